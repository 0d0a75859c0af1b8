import { isLastSecretary, loadCommunity, loadMembership } from "../../data/organisation.server";
import { communitySubject } from "../../data/subjects.server";
import { changeOffice, officeFields } from "../../domain/body";
import { localDay } from "../../domain/clock";
import { accept, refuse } from "../../domain/refusal";
import { id, version } from "../../domain/vocabulary";
import { command } from "../command";

/** Change an office's role, party or term. */
export const changeMembership = command({
  action: "membership.change",
  input: officeFields.extend({ membershipId: id, version }),
  async load(tx, { membershipId }, { actor, now }) {
    const membership = await loadMembership(tx, actor.communityId, membershipId);
    const community = await loadCommunity(tx, actor.communityId);
    if (!membership || !community) return refuse("notFound", { what: membershipId });
    const today = localDay(now, community.timeZone);
    return accept({ membership, today, last: await isLastSecretary(tx, membership, today), subject: await communitySubject(tx, actor.communityId) });
  },
  subject: ({ subject }) => subject,
  seen: ({ membership }) => ({ kind: "membership", id: membership.id, version: membership.version }),
  decide: ({ membership, last, today }, { role, party, startsOn, endsOn }) => changeOffice(membership, { role, party, startsOn, endsOn }, last, today),
});
