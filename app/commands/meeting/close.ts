import { z } from "zod";
import { runningCourseOf } from "../../data/courses.server";
import { loadIssue } from "../../data/issues.server";
import { decisionsOf, provisionalOn, runningMeetingsOf, votesOf } from "../../data/meetings.server";
import { addItem, mayRatify } from "../../domain/agenda";
import { close } from "../../domain/calling";
import { localDay } from "../../domain/clock";
import type { Course } from "../../domain/course";
import { isLapsed } from "../../domain/decision";
import type { DomainEvent } from "../../domain/event";
import type { Issue } from "../../domain/issue";
import { type Entry, evolveMeeting } from "../../domain/meeting";
import { ruleOf } from "../../domain/procedure";
import { accept, type Outcome } from "../../domain/refusal";
import { votesWithoutDecision } from "../../domain/vote";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting, seenMeeting } from "./state";

/**
 * Close the meeting: its minutes are read-only from here. What was not settled goes on the agenda of the body's next
 * meeting, if that has been called; what was decided in haste, on that of the next one that can adopt it. Otherwise both
 * are there when one is called. A passed vote that nobody wrote down as a decision keeps it open, until it is said (`leave`)
 * that it stays a vote.
 */
export const closeMeeting = command({
  action: "meeting.close",
  input: z.object({ ...onMeeting, leave: z.literal("yes").optional() }),
  async load(tx, { meetingId }, { actor, now, newId }) {
    const state = await loadMeetingState(tx, meetingId, actor);
    if (!state.ok) return state;
    const { communityId } = actor;
    const today = localDay(now, state.value.timeZone);
    const decisions = await decisionsOf(tx, communityId, { meetingId });
    const settled = new Set(decisions.filter((d) => d.outcome !== "deferred").map((d) => d.itemId));
    const hasty = new Set(decisions.filter((d) => d.ratifyBy !== null && d.ratifiedById === null).map((d) => d.itemId));
    const following = (await runningMeetingsOf(tx, communityId, state.value.body.id)).filter((m) => m.id !== meetingId);
    const carried: { entry: Entry; issue: Issue; course: Course | null; waits: boolean; to: string | undefined }[] = [];
    for (const item of state.value.meeting.items.filter((i) => !settled.has(i.id) || hasty.has(i.id))) {
      const issue = await loadIssue(tx, communityId, item.issueId);
      if (!issue) continue;
      const waiting = (await provisionalOn(tx, communityId, issue.id)).filter((d) => !isLapsed(d, today));
      const waits = waiting.length > 0;
      const regular = following.find((m) => waiting.some((d) => mayRatify(m, now, d, state.value.timeZone)));
      carried.push({
        issue,
        course: await runningCourseOf(tx, communityId, issue.id),
        waits,
        // What is left over never goes to an urgent meeting by itself.
        to: (waits ? regular : following.find((m) => ruleOf(m.terms, "ratify") === null))?.id,
        entry: { id: newId(), issueId: item.issueId, minutes: item.minutes, carried: settled.has(item.id) ? 0 : item.carried + 1 },
      });
    }
    const votes = await votesOf(tx, communityId, meetingId);
    const running = votes.some((v) => v.status === "open");
    return accept({ ...state.value, settled, following, carried, running, unrecorded: votesWithoutDecision(votes, decisions).length });
  },
  subject: meetingOfState,
  seen: seenMeeting,
  decide({ meeting, body, settled, following, carried, running, unrecorded }, { leave }, { actorId, now }): Outcome<DomainEvent[]> {
    const closed = close(meeting, settled, running, actorId, { unrecorded, left: leave === "yes" });
    if (!closed.ok) return closed;
    // What the next agenda cannot take (the issue has moved on, the agenda is full) stays behind.
    const moved: DomainEvent[] = [];
    const agendas = new Map(following.map((m) => [m.id, m]));
    for (const { entry, issue, course, waits, to } of carried) {
      const next = to === undefined ? undefined : agendas.get(to);
      const added = next && addItem(next, body, { issue, course, waits, onOtherAgenda: false }, entry);
      if (!next || !added?.ok) continue;
      moved.push(added.value);
      agendas.set(next.id, evolveMeeting(next, added.value, { communityId: next.communityId, actorId, at: now }));
    }
    return accept([closed.value, ...moved]);
  },
});
