import { isLastSecretary, loadMembership } from "../../data/organisation.server";
import { communitySubject } from "../../data/subjects.server";
import { changeOffice, officeFields } from "../../domain/body";
import { accept, refuse } from "../../domain/refusal";
import { id, version } from "../../domain/vocabulary";
import { command } from "../command";

/** Change an office's role, party or term. */
export const changeMembership = command({
  action: "membership.change",
  input: officeFields.extend({ membershipId: id, version }),
  async load(tx, { membershipId }, { actor }) {
    const membership = await loadMembership(tx, actor.communityId, membershipId);
    if (!membership) return refuse("notFound", { what: membershipId });
    return accept({ membership, last: await isLastSecretary(tx, membership), subject: await communitySubject(tx, actor.communityId) });
  },
  subject: ({ subject }) => subject,
  seen: ({ membership }) => ({ kind: "membership", id: membership.id, version: membership.version }),
  decide: ({ membership, last }, { role, party, startsOn, endsOn }) => changeOffice(membership, { role, party, startsOn, endsOn }, last),
});
