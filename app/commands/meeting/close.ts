import { z } from "zod";
import { runningCourseOf } from "../../data/courses.server";
import { loadIssue } from "../../data/issues.server";
import { decisionsOf, loadMeeting, runningMeetingOf, votesOf } from "../../data/meetings.server";
import { addItem } from "../../domain/agenda";
import { close } from "../../domain/calling";
import type { Course } from "../../domain/course";
import type { DomainEvent } from "../../domain/event";
import type { Issue } from "../../domain/issue";
import { type AgendaItem, type Entry, evolveMeeting } from "../../domain/meeting";
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
    const following = next === null ? null : await loadMeeting(tx, communityId, next);
    const carried: { item: AgendaItem; entry: Entry; issue: Issue; course: Course | null }[] = [];
    for (const item of open) {
      const issue = await loadIssue(tx, communityId, item.issueId);
      if (issue)
        carried.push({
          item,
          issue,
          course: await runningCourseOf(tx, communityId, issue.id),
          entry: { id: newId(), issueId: item.issueId, minutes: item.minutes, carried: item.carried + 1 },
        });
    }
    const running = (await votesOf(tx, communityId, meetingId)).some((v) => v.status === "open");
    return accept({ ...state.value, settled, following, carried, running });
  },
  subject: meetingOfState,
  seen: seenMeeting,
  decide({ meeting, body, settled, following, carried, running }, _input, { actorId, now }): Outcome<DomainEvent[]> {
    const closed = close(meeting, settled, running, actorId);
    if (!closed.ok) return closed;
    // What the next agenda cannot take (the issue has moved on, the agenda is full) stays behind.
    const moved: DomainEvent[] = [];
    let next = following;
    for (const { entry, issue, course } of carried) {
      const added = next && addItem(next, body, { issue, course, waits: false, onOtherAgenda: false }, entry);
      if (!next || !added?.ok) continue;
      moved.push(added.value);
      next = evolveMeeting(next, added.value, { communityId: next.communityId, actorId, at: now });
    }
    return accept([closed.value, ...moved]);
  },
});
