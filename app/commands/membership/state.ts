// What the commands on one office look at.
import type { Db } from "../../data/dialect.server";
import { runningMeetingsOf } from "../../data/meetings.server";
import { isLastSecretary, loadCommunity, loadMembership } from "../../data/organisation.server";
import { communitySubject } from "../../data/subjects.server";
import type { Membership } from "../../domain/body";
import { localDay } from "../../domain/clock";
import type { Actor } from "../../domain/permission";
import { accept, refuse } from "../../domain/refusal";
import { votersIn } from "../meeting/state";

/** The office, with the meetings of its body that are called or sit, and who votes there besides it. `last`: it is the last secretary's. */
export async function loadOffice(tx: Db, membershipId: string, { actor, now }: { actor: Actor; now: string }) {
  const { communityId } = actor;
  const membership = await loadMembership(tx, communityId, membershipId);
  const community = await loadCommunity(tx, communityId);
  if (!membership || !community) return refuse("notFound", { what: membershipId });
  const today = localDay(now, community.timeZone);
  return accept({
    membership,
    today,
    last: await isLastSecretary(tx, membership, today),
    meetings: await runningMeetingsOf(tx, communityId, membership.bodyId),
    others: await votersIn(tx, communityId, membership.bodyId, today, membership.id),
    subject: await communitySubject(tx, communityId),
  });
}

export const seenOffice = ({ membership }: { membership: Membership }) => ({ kind: "membership", id: membership.id, version: membership.version });
