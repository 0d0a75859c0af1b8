import { runningMeetingsOf } from "../../data/meetings.server";
import { isLastSecretary, loadCommunity, loadMembership } from "../../data/organisation.server";
import { communitySubject } from "../../data/subjects.server";
import { changeOffice, holdsOffice, officeFields } from "../../domain/body";
import { localDay } from "../../domain/clock";
import type { DomainEvent } from "../../domain/event";
import { id, version } from "../../domain/input";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { hasVote, votesEnded } from "../../domain/seats";
import { command } from "../command";
import { votersIn } from "../meeting/state";

/** Change an office's role, party or term. One that gives no vote any more, or not today, gives none in the body's meetings. */
export const changeMembership = command({
  action: "membership.change",
  input: officeFields.extend({ membershipId: id, version }),
  async load(tx, { membershipId }, { actor, now }) {
    const membership = await loadMembership(tx, actor.communityId, membershipId);
    const community = await loadCommunity(tx, actor.communityId);
    if (!membership || !community) return refuse("notFound", { what: membershipId });
    const today = localDay(now, community.timeZone);
    return accept({
      membership,
      today,
      last: await isLastSecretary(tx, membership, today),
      meetings: await runningMeetingsOf(tx, actor.communityId, membership.bodyId),
      others: await votersIn(tx, actor.communityId, membership.bodyId, today, membership.id),
      subject: await communitySubject(tx, actor.communityId),
    });
  },
  subject: ({ subject }) => subject,
  seen: ({ membership }) => ({ kind: "membership", id: membership.id, version: membership.version, whole: true }),
  decide({ membership, last, today, meetings, others }, { role, party, startsOn, endsOn }): Outcome<DomainEvent[]> {
    const changed = changeOffice(membership, { role, party, startsOn, endsOn }, last, today);
    if (!changed.ok) return changed;
    const votes = hasVote(role) && holdsOffice({ startsOn, endsOn, endedAt: null }, today);
    const voters = votes ? new Set([...others, membership.personId]) : others;
    return accept([changed.value, ...meetings.flatMap((m) => votesEnded(m, voters))]);
  },
});
