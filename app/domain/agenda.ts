// What a meeting deliberates: its agenda from the docket, its papers, and whether both were out in time.
import type { Body } from "./body";
import { atLocal, localDay, nextDay } from "./clock";
import { type Course, checkCourse } from "./course";
import { holderOf, type Issue } from "./issue";
import { type AgendaItem, type Entry, type Handout, isRunning, type Meeting, type MeetingEvent, notCalled } from "./meeting";
import { type Rule, refuseBy, ruleOf, type Terms } from "./procedure";
import { accept, type Outcome, type Refused, refuse } from "./refusal";
import { isLevel } from "./vocabulary";

/** More than anybody reads before a meeting. */
export const mostHandouts = 60;

/** The instant before which an agenda must be out: `days` whole days of the community's calendar before the meeting's day. */
export function noticeBy(startsAt: string, terms: Pick<Terms, "rules">, timeZone: string): string {
  const days = ruleOf(terms, "notice")?.days ?? 0;
  return atLocal(nextDay(localDay(startsAt, timeZone), 1 - days), "00:00", timeZone);
}

/** Whether an item came after the notice. */
export const isLate = (meeting: Pick<Meeting, "noticeBy">, item: Pick<AgendaItem, "addedAt">): boolean => item.addedAt >= meeting.noticeBy;

/** The rule by which an item came too late to be decided: after the notice, or the meeting was opened before its day. Null when it may be. */
export const lateBy = (meeting: Pick<Meeting, "noticeBy" | "terms">, item: Pick<AgendaItem, "addedAt">): Rule | null =>
  isLate(meeting, item) ? (ruleOf(meeting.terms, "lateItems") ?? ruleOf(meeting.terms, "notice")) : null;

/** Refused when an item came too late to be decided. */
export function needNotice(meeting: Pick<Meeting, "noticeBy" | "terms">, item: Pick<AgendaItem, "addedAt">): Refused | null {
  const rule = lateBy(meeting, item);
  return rule && refuseBy(rule, "decision.lateItem", {});
}

/** Whether a meeting can adopt what was decided in haste, if that comes on its agenda at `now`: a regular one, in time for its notice, no later than the day it lapses. */
export const mayRatify = (
  meeting: Pick<Meeting, "noticeBy" | "terms" | "startsAt">,
  now: string,
  { ratifyBy }: { ratifyBy: string | null },
  timeZone: string,
): boolean =>
  ruleOf(meeting.terms, "ratify") === null &&
  needNotice(meeting, { addedAt: now }) === null &&
  ratifyBy !== null &&
  localDay(meeting.startsAt, timeZone) <= ratifyBy;

/** Whether a meeting as it is called now will adopt in time what was decided in haste: a regular one that has its issue on the agenda, not too late. */
export function willRatify(meeting: Meeting, decision: { bodyId: string; issueId: string; ratifyBy: string | null }, timeZone: string): boolean {
  const item = meeting.items.find((i) => i.issueId === decision.issueId);
  return item !== undefined && isRunning(meeting) && meeting.bodyId === decision.bodyId && mayRatify(meeting, item.addedAt, decision, timeZone);
}

/** An issue for an agenda, with the course it is on, and whether something decided on it in haste waits for a regular meeting. */
export type Docket = { issue: Issue; course: Course | null; waits: boolean; onOtherAgenda: boolean };

/** An agenda holds so many items. */
export const mostItems = 80;

/**
 * Whether a body may deliberate on an issue under these terms: its own; in a stage of a course whatever is at that stage;
 * and a body that is no level, and so holds none (a branch, a committee, an assembly), what everybody may see.
 */
export const isTheirs = (body: Pick<Body, "id" | "kind">, terms: Pick<Terms, "course">, issue: Pick<Issue, "visibility"> & { holderId: string }): boolean =>
  terms.course || issue.holderId === body.id || (!isLevel(body.kind) && issue.visibility === "community");

export const mayTakeUp = (body: Body, terms: Terms, issue: Issue): boolean =>
  isTheirs(body, terms, { visibility: issue.visibility, holderId: holderOf(issue) });

/** Refused: an issue that is over (unless a decision on it waits for this) or not this body's to take up, one whose course is elsewhere, and one that another agenda has. */
export function checkDocket(body: Body, terms: Terms, docket: readonly Docket[]): Refused | null {
  for (const { issue, course, waits, onOtherAgenda } of docket) {
    const settled = issue.phase.status === "answered" || issue.phase.status === "closed";
    if (!mayTakeUp(body, terms, issue) || issue.phase.status === "merged" || (settled && !waits))
      return refuse("meeting.notOnDocket", { number: issue.number, name: body.name }, "issues");
    const elsewhere = checkCourse(course, terms, issue);
    if (elsewhere) return elsewhere;
    if (onOtherAgenda) return refuse("meeting.onOtherAgenda", { number: issue.number }, "issues");
  }
  return null;
}

/** How long the words may be on why a matter cannot wait, in characters. */
export const mostUrgency = 200;

/**
 * Refused: under rules whose decisions lapse unless a regular meeting adopts them, so that no notice is due, a matter that is
 * not on the urgent track and that nobody said why it cannot wait for a notice. Names the matters meant.
 */
export function checkUrgency(terms: Pick<Terms, "rules">, docket: readonly Pick<Docket, "issue">[], urgency: string): Refused | null {
  const rule = ruleOf(terms, "ratify");
  const ordinary = docket.filter(({ issue }) => issue.track !== "urgent");
  if (!rule || ordinary.length === 0 || urgency !== "") return null;
  return refuseBy(rule, "meeting.whyUrgent", { numbers: ordinary.map(({ issue }) => issue.number).join(" ") }, "urgency");
}

/** The words on why it cannot wait, as an event keeps them: under any other rules there is nothing to say. */
export const urgencyWords = (terms: Pick<Terms, "rules">, urgency: string): { urgency: string } | null =>
  urgency !== "" && ruleOf(terms, "ratify") ? { urgency } : null;

/** Refused when a meeting at `startsAt` leaves too short a notice now, with the earliest day there is. */
export function checkNotice(startsAt: string, terms: Pick<Terms, "rules">, timeZone: string, now: string): Refused | null {
  const rule = ruleOf(terms, "notice");
  if (!rule || now < noticeBy(startsAt, terms, timeZone)) return null;
  return refuseBy(rule, "meeting.noticeTooShort", { days: rule.days, earliest: nextDay(localDay(now, timeZone), rule.days) }, "startsAt");
}

/** Items may be added until the meeting is closed: what comes up in session is minuted too, and, being late, not decided. `urgency`: why it cannot wait. */
export function addItem(meeting: Meeting, body: Body, entry: Docket, item: Entry, urgency = ""): Outcome<MeetingEvent> {
  if (!isRunning(meeting)) return refuse("meeting.over", { status: meeting.status });
  if (meeting.items.some((i) => i.issueId === item.issueId)) return refuse("meeting.alreadyOnAgenda", { number: entry.issue.number }, "issue");
  const bad = checkDocket(body, meeting.terms, [entry]);
  if (bad) return bad;
  if (meeting.items.length >= mostItems) return refuse("meeting.agendaFull", { max: mostItems });
  const hasty = meeting.status === "called" ? checkUrgency(meeting.terms, [entry], urgency) : null;
  if (hasty) return hasty;
  const words = urgencyWords(meeting.terms, urgency);
  return accept({ type: "meeting.itemAdded", id: meeting.id, bodyId: meeting.bodyId, item, ...(words && { words }) });
}

/** Hand in a paper or a photo, for the whole meeting or for one item, until the meeting is closed. The same file twice is refused. */
export function giveHandout(meeting: Meeting, handout: Omit<Handout, "givenBy" | "givenAt">): Outcome<MeetingEvent> {
  if (!isRunning(meeting)) return refuse("meeting.over", { status: meeting.status });
  const { id, itemId, name, type, bytes, digest } = handout;
  if (itemId !== null && !meeting.items.some((i) => i.id === itemId)) return refuse("meeting.noSuchItem", {}, "itemId");
  if (meeting.handouts.length >= mostHandouts) return refuse("handout.tooMany", { max: mostHandouts }, "file");
  if (meeting.handouts.some((h) => h.digest === digest && h.itemId === itemId)) return refuse("handout.thereAlready", { name }, "file");
  return accept({ type: "meeting.handoutGiven", id: meeting.id, bodyId: meeting.bodyId, handoutId: id, itemId, media: type, bytes, digest, words: { name } });
}

/** Take a handout back before the meeting; afterwards it belongs to its record. */
export function takeHandout(meeting: Meeting, handoutId: string): Outcome<MeetingEvent> {
  if (meeting.status !== "called") return notCalled(meeting);
  if (!meeting.handouts.some((h) => h.id === handoutId)) return refuse("notFound", { what: handoutId });
  return accept({ type: "meeting.handoutTaken", id: meeting.id, bodyId: meeting.bodyId, handoutId });
}

export function removeItem(meeting: Meeting, itemId: string): Outcome<MeetingEvent> {
  if (meeting.status !== "called") return notCalled(meeting);
  const item = meeting.items.find((i) => i.id === itemId);
  if (!item) return refuse("meeting.noSuchItem", {});
  if (meeting.items.length === 1) return refuse("meeting.noAgenda", {});
  return accept({ type: "meeting.itemRemoved", id: meeting.id, bodyId: meeting.bodyId, itemId, issueId: item.issueId });
}

/** A new order of the same items. Refused when it names others, or not all. */
export function order(meeting: Meeting, ids: readonly string[]): Outcome<MeetingEvent> {
  if (meeting.status !== "called") return notCalled(meeting);
  const same = ids.length === meeting.items.length && new Set(ids).size === ids.length && meeting.items.every((i) => ids.includes(i.id));
  if (!same) return refuse("meeting.otherItems", {});
  return accept({ type: "meeting.ordered", id: meeting.id, bodyId: meeting.bodyId, order: ids });
}
