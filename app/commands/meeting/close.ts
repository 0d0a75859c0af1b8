import { z } from "zod";
import { loadIssue } from "../../data/issues.server";
import { decisionsOf, loadMeeting, runningMeetingOf, votesOf } from "../../data/meetings.server";
import type { DomainEvent } from "../../domain/event";
import { type AgendaItem, addItem, close, type Entry } from "../../domain/meeting";
import { accept, type Outcome } from "../../domain/refusal";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting, seenMeeting } from "./state";

/**
 * Close the meeting: its minutes are read-only from here. What was not settled goes on the agenda of the body's next
 * meeting, if that has been called; otherwise it is there when one is.
 */
export const closeMeeting = command({
  action: "meeting.close",
  input: z.object({ ...onMeeting }),
  async load(tx, { meetingId }, { actor, newId }) {
    const state = await loadMeetingState(tx, meetingId, actor);
    if (!state.ok) return state;
    const { communityId } = actor;
    const decisions = await decisionsOf(tx, communityId, { meetingId });
    const settled = new Set(decisions.filter((d) => d.outcome !== "deferred").map((d) => d.itemId));
    const open = state.value.meeting.items.filter((i) => !settled.has(i.id));
    const next = await runningMeetingOf(tx, communityId, state.value.body.id, meetingId);
    const following = next && (await loadMeeting(tx, communityId, next));
    const carried: { item: AgendaItem; entry: Entry; issue: NonNullable<Awaited<ReturnType<typeof loadIssue>>> }[] = [];
    for (const item of open) {
      const issue = await loadIssue(tx, communityId, item.issueId);
      if (issue) carried.push({ item, issue, entry: { id: newId(), issueId: item.issueId, minutes: item.minutes, carried: item.carried + 1 } });
    }
    const running = (await votesOf(tx, communityId, meetingId)).some((v) => v.status === "open");
    return accept({ ...state.value, settled, following, carried, running });
  },
  subject: meetingOfState,
  seen: seenMeeting,
  decide({ meeting, body, settled, following, carried, running }): Outcome<DomainEvent[]> {
    const closed = close(meeting, settled, running);
    if (!closed.ok) return closed;
    // What the next agenda cannot take (the issue has moved on, the agenda is full) stays behind.
    const moved = following
      ? carried.flatMap(({ entry, issue }) => {
          const added = addItem(following, body, { issue, onOtherAgenda: false }, entry);
          return added.ok ? [added.value] : [];
        })
      : [];
    return accept([closed.value, ...moved]);
  },
});
