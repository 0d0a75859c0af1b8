import { z } from "zod";
import { isLastSecretary, loadCommunity, loadMembership } from "../../data/organisation.server";
import { communitySubject } from "../../data/subjects.server";
import { endOffice } from "../../domain/body";
import { localDay } from "../../domain/clock";
import { accept, refuse } from "../../domain/refusal";
import { id, version } from "../../domain/vocabulary";
import { command } from "../command";

/** End an office now. Open minutes close to the person at once. */
export const endMembership = command({
  action: "membership.end",
  input: z.object({ membershipId: id, version }),
  async load(tx, { membershipId }, { actor, now }) {
    const membership = await loadMembership(tx, actor.communityId, membershipId);
    const community = await loadCommunity(tx, actor.communityId);
    if (!membership || !community) return refuse("notFound", { what: membershipId });
    const today = localDay(now, community.timeZone);
    return accept({ membership, today, last: await isLastSecretary(tx, membership, today), subject: await communitySubject(tx, actor.communityId) });
  },
  subject: ({ subject }) => subject,
  seen: ({ membership }) => ({ kind: "membership", id: membership.id, version: membership.version }),
  decide: ({ membership, last }) => endOffice(membership, last),
});
