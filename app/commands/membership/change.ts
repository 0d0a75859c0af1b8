import { changeOffice, holdsOffice, officeFields } from "../../domain/body";
import type { DomainEvent } from "../../domain/event";
import { id, version } from "../../domain/input";
import { accept, type Outcome } from "../../domain/refusal";
import { hasVote, votesEnded } from "../../domain/seats";
import { command } from "../command";
import { loadOffice, seenOffice } from "./state";

/** Change an office's role, party or term. One that gives no vote any more, or not today, gives none in the body's meetings. */
export const changeMembership = command({
  action: "membership.change",
  input: officeFields.extend({ membershipId: id, version }),
  load: (tx, { membershipId }, by) => loadOffice(tx, membershipId, by),
  subject: ({ subject }) => subject,
  seen: (state) => ({ ...seenOffice(state), whole: true }),
  decide({ membership, last, today, meetings, others }, { role, party, startsOn, endsOn }): Outcome<DomainEvent[]> {
    const changed = changeOffice(membership, { role, party, startsOn, endsOn }, last, today);
    if (!changed.ok) return changed;
    const votes = hasVote(role) && holdsOffice({ startsOn, endsOn, endedAt: null }, today);
    const voters = votes ? new Set([...others, membership.personId]) : others;
    return accept([changed.value, ...meetings.flatMap((m) => votesEnded(m, voters))]);
  },
});
