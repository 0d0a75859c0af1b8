// What happens when a level's time runs out: the issue climbs by itself, unless something holds it; and how to ask for more time.

import { removeItem } from "./agenda";
import type { Body } from "./body";
import { cancel } from "./calling";
import { type Calendar, type ClockLimits, type Deadlines, dueAfter, type Unit } from "./clock";
import { current, holderOf, type Issue, type IssueEvent, over, running } from "./issue";
import type { Meeting, MeetingEvent } from "./meeting";
import { accept, type Outcome, refuse } from "./refusal";

/** What keeps an overdue issue where it is: its work, its course, the meeting that has it, what a meeting of this level decided, or left over. */
export type Hold = "tasks" | "course" | "meeting" | "decided" | "leftOver";
export type Agenda = Pick<Meeting, "status" | "startsAt" | "endsAt"> & { addedAt: string };

/**
 * Why an issue whose deadline has passed does not climb by itself. Tasks and projects have dates of their own, and a course its stages.
 * A meeting keeps what was put on its agenda by the deadline, if it begins by `latest`; one that was not held, or never
 * ended, keeps it no longer than a day after its time. What it decided holds until `decidedUntil`: time to hand out the work.
 * What it left over stays for the next meeting, if that begins by `leftUntil`; once: the next one leaves nothing here.
 */
export function heldBack(
  issue: Issue,
  at: {
    openWork: number;
    onCourse: boolean;
    agenda: Agenda | null;
    latest: string;
    now: string;
    decidedUntil?: string | null;
    leftUntil?: string | null;
  },
): Hold | null {
  if (issue.phase.status === "doing" && at.openWork > 0) return "tasks";
  if (at.onCourse) return "course";
  if (at.decidedUntil && at.now <= at.decidedUntil) return "decided";
  const left = at.leftUntil && at.now <= at.leftUntil ? ("leftOver" as const) : null;
  if (!at.agenda) return left;
  const { status, startsAt, endsAt, addedAt } = at.agenda;
  if (at.now > new Date(Date.parse(endsAt) + 86_400_000).toISOString()) return left;
  const latest = [at.latest, at.leftUntil ?? ""].sort()[1] ?? at.latest;
  const early = addedAt <= current(issue).settleBy || (at.leftUntil ?? null) !== null;
  return status === "inSession" || (early && startsAt <= latest) ? "meeting" : left;
}

/** What was on an agenda leaves it; with nothing else to deliberate the meeting is called off. One that sits keeps its agenda as it was. */
function offAgenda(meeting: Meeting, issueId: string): Outcome<MeetingEvent[]> {
  const item = meeting.items.find((i) => i.issueId === issueId);
  if (!item || meeting.status !== "called") return accept([]);
  const off = meeting.items.length === 1 ? cancel(meeting, "") : removeItem(meeting, item.id);
  return off.ok ? accept([off.value]) : off;
}

/**
 * Nobody settled it by the deadline: it goes up one level by itself, and off an agenda it was put on too late. Refused:
 * before the deadline, while the raiser is asked, at the top, and while something holds it back.
 */
export function climb(
  state: { issue: Issue; holder: Body; hold: Hold | null; meeting: Meeting | null; clock: Deadlines },
  now: string,
): Outcome<(IssueEvent | MeetingEvent)[]> {
  const { issue, holder, meeting } = state;
  if (!running(issue)) return over(issue);
  if (current(issue).settleBy >= now) return refuse("issue.notOverdue", { number: issue.number });
  if (holder.escalatesToId === null) return refuse("issue.topLevel", { name: holder.name });
  if (state.hold) return refuse("issue.heldBack", { number: issue.number });
  const off = meeting ? offAgenda(meeting, issue.id) : accept([]);
  if (!off.ok) return off;
  return accept([
    { type: "issue.escalated", id: issue.id, from: holder.id, to: holder.escalatesToId, decisionId: null, overdue: true, ...state.clock, words: { text: "" } },
    ...off.value,
  ]);
}

/** Put the deadline off, with a reason. Refused: after it has passed, more often or by more than the community's limits. */
export function extend(
  issue: Issue,
  by: { amount: number; unit: Unit; reason: string },
  at: { limits: ClockLimits; calendar: Calendar; now: string },
): Outcome<IssueEvent> {
  if (!running(issue)) return over(issue);
  const { respondBy, settleBy, extensions } = current(issue);
  const { limits } = at;
  if (settleBy < at.now) return refuse("issue.extendedLate", { number: issue.number });
  if (extensions >= limits.extensions) return refuse("issue.extendedOften", { max: limits.extensions });
  const most = by.unit === "hours" ? limits.extensionHours : limits.extensionDays;
  if (by.amount > most) return refuse(`issue.extendedFar.${by.unit}`, { max: most }, "amount");
  const later = dueAfter(settleBy, by.amount, by.unit, at.calendar);
  return accept({
    type: "issue.extended",
    id: issue.id,
    bodyId: holderOf(issue),
    amount: by.amount,
    unit: by.unit,
    respondBy,
    settleBy: later,
    words: { reason: by.reason },
  });
}
