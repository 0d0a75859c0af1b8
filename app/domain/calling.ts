// A meeting's life: called, moved or called off, opened, closed.
import { checkDocket, checkNotice, checkUrgency, type Docket, noticeBy, urgencyWords } from "./agenda";
import type { Body } from "./body";
import { localDay, tooFar, wallClock } from "./clock";
import { type Entry, type Invited, type Meeting, type MeetingEvent, notCalled } from "./meeting";
import { checkMembers, refuseBy, ruleOf, type Terms } from "./procedure";
import { accept, type Outcome, refuse } from "./refusal";
import { hasVote } from "./seats";
import { deliberates } from "./vocabulary";

/** A meeting that is called or sitting, with the name of its body. */
export type Beside = { id: string; bodyId: string; body: string; position: number; startsAt: string; endsAt: string; place: string };

const samePlace = (a: string, b: string): boolean => a.replace(/\s+/gu, "").toLowerCase() === b.replace(/\s+/gu, "").toLowerCase();

/**
 * Ask whoever sets a time at which the body, or the place, has another meeting whether they mean it: refused until `seen` names just
 * the meetings it overlaps with. Nobody is asked when `seen` is not given: whoever sent it has no page to be asked on.
 */
export function checkOverlap(
  beside: readonly Beside[],
  at: { bodyId: string; startsAt: string; endsAt: string; place: string; timeZone: string },
  seen: string | undefined,
) {
  const overlaps = beside.filter((m) => m.startsAt < at.endsAt && m.endsAt > at.startsAt && (m.bodyId === at.bodyId || samePlace(m.place, at.place)));
  const [first] = overlaps;
  const all = overlaps.map((m) => m.id).join(" ");
  if (!first || seen === undefined || seen === all) return null;
  const clock = (instant: string) => wallClock(instant, at.timeZone).slice(11, 16);
  const { body, position: n, place } = first;
  return refuse("meeting.overlaps", { body, n, place, from: clock(first.startsAt), until: clock(first.endsAt), seen: all }, "startsAt");
}

/**
 * Call a meeting: its agenda goes out now. Refused: a body that does not deliberate, a time that is past or ends before it
 * begins, one that leaves too short a notice, an issue that is not its own, an urgent meeting on what is not urgent without
 * saying why, an empty agenda where the body meets by no cadence, a body with too few members for the procedure, and, last, a
 * time at which it or its place has another meeting (`overlap`: those that were seen).
 */
export function call(
  state: { body: Body; docket: readonly Docket[]; members: readonly Invited[]; position: number; terms: Terms; timeZone: string; beside: readonly Beside[] },
  command: { startsAt: string; endsAt: string; place: string; items: readonly Entry[]; urgency?: string; overlap?: string | undefined },
  by: { id: string; now: string },
): Outcome<MeetingEvent> {
  const { body, terms, timeZone } = state;
  const { urgency = "" } = command;
  if (body.endedAt) return refuse("body.ended", { name: body.name });
  if (!deliberates(body.kind)) return refuse("meeting.doesNotDeliberate", { name: body.name });
  if (command.startsAt <= by.now) return refuse("meeting.inThePast", {}, "startsAt");
  const far = tooFar(command.startsAt, by.now, "startsAt");
  if (far) return far;
  if (command.endsAt <= command.startsAt) return refuse("meeting.endsBeforeStart", {}, "endsAt");
  if (command.items.length === 0 && !mayBeEmpty(body, terms)) return refuse("meeting.noAgenda", {}, "issues");
  if (state.members.length === 0) return refuse("meeting.nobodyToInvite", { name: body.name });
  const bad = checkDocket(body, terms, state.docket) ?? checkNotice(command.startsAt, terms, timeZone, by.now) ?? checkUrgency(terms, state.docket, urgency);
  if (bad) return bad;
  const votes = state.members.filter((m) => hasVote(m.role));
  const wrong = checkMembers(terms, votes.length);
  if (wrong) return wrong;
  const asked = checkOverlap(state.beside, { ...command, bodyId: body.id, timeZone }, command.overlap);
  if (asked) return asked;
  return accept({
    type: "meeting.called",
    id: by.id,
    bodyId: body.id,
    position: state.position,
    startsAt: command.startsAt,
    endsAt: command.endsAt,
    items: command.items,
    invited: state.members.map((m) => ({ ...m, votes: votes.includes(m) })),
    terms,
    quorum: body.quorum,
    noticeBy: noticeBy(command.startsAt, terms, timeZone),
    words: { place: command.place, ...urgencyWords(terms, urgency) },
  });
}

/**
 * Whether a meeting may be called with nothing on its agenda yet: the regular one of a body that meets by a cadence. What
 * is urgent, and a stage of a course, meets for a matter.
 */
export const mayBeEmpty = (body: Pick<Body, "cadence">, terms: Pick<Terms, "rules" | "course">): boolean =>
  body.cadence !== null && !terms.course && ruleOf(terms, "ratify") === null;

/** Another time or place. A new day needs its notice like the first. Refused last for a time at which the body or the place has another meeting. */
export function move(
  meeting: Meeting,
  to: { startsAt: string; endsAt: string; place: string; overlap?: string | undefined },
  at: { now: string; timeZone: string; beside: readonly Beside[] },
): Outcome<MeetingEvent> {
  if (meeting.status !== "called") return notCalled(meeting);
  if (to.startsAt <= at.now) return refuse("meeting.inThePast", {}, "startsAt");
  const far = tooFar(to.startsAt, at.now, "startsAt");
  if (far) return far;
  if (to.endsAt <= to.startsAt) return refuse("meeting.endsBeforeStart", {}, "endsAt");
  const sameDay = localDay(to.startsAt, at.timeZone) === localDay(meeting.startsAt, at.timeZone);
  const short = sameDay ? null : checkNotice(to.startsAt, meeting.terms, at.timeZone, at.now);
  if (short) return short;
  const others = at.beside.filter((m) => m.id !== meeting.id);
  const asked = checkOverlap(others, { ...to, bodyId: meeting.bodyId, timeZone: at.timeZone }, to.overlap);
  if (asked) return asked;
  return accept({
    type: "meeting.moved",
    id: meeting.id,
    bodyId: meeting.bodyId,
    startsAt: to.startsAt,
    endsAt: to.endsAt,
    noticeBy: noticeBy(to.startsAt, meeting.terms, at.timeZone),
    words: { place: to.place },
  });
}

export function cancel(meeting: Meeting, reason: string): Outcome<MeetingEvent> {
  if (meeting.status !== "called") return notCalled(meeting);
  return accept({ type: "meeting.cancelled", id: meeting.id, bodyId: meeting.bodyId, words: { reason } });
}

/** Milliseconds before its time from which a meeting that people were given notice of may open. */
const doorsOpen = 30 * 60_000;

/** When it may be opened: half an hour before the time people were told. Null where its procedure asks for no notice: what is urgent is opened when they are there. */
export const opensAt = (meeting: Pick<Meeting, "startsAt" | "terms">): string | null =>
  ruleOf(meeting.terms, "notice") ? new Date(Date.parse(meeting.startsAt) - doorsOpen).toISOString() : null;

/**
 * Open it. Refused before the time people were told, where the procedure asks for notice, and with nobody there. On the
 * evening before its day, the notice is counted from the day it is held. What is added once it sits is late under any rule.
 */
export function open(meeting: Meeting, at: { now: string; timeZone: string }): Outcome<MeetingEvent> {
  if (meeting.status !== "called") return notCalled(meeting);
  const from = opensAt(meeting);
  if (from && at.now < from) {
    const when = wallClock(meeting.startsAt, at.timeZone).slice(0, 16).replace("T", " ");
    return refuseBy(ruleOf(meeting.terms, "notice"), "meeting.tooEarly", { when });
  }
  if (!meeting.seats.some((s) => s.presence === "present")) return refuse("meeting.nobodyPresent", {});
  const after = new Date(Date.parse(at.now) + 1).toISOString();
  const held = noticeBy(at.now, meeting.terms, at.timeZone);
  return accept({ type: "meeting.opened", id: meeting.id, bodyId: meeting.bodyId, noticeBy: [held, meeting.noticeBy, after].sort()[0] ?? held });
}

/**
 * Close it. `settled` names the items that came to an outcome; the others go to the next agenda. Refused while a vote runs,
 * and while passed votes stand in no decision (`unrecorded`), unless whoever closes says that they are left so.
 */
export function close(
  meeting: Meeting,
  settled: ReadonlySet<string>,
  voting: boolean,
  closerId: string,
  votes: { unrecorded: number; left: boolean } = { unrecorded: 0, left: false },
): Outcome<MeetingEvent> {
  if (meeting.status !== "inSession") return refuse("meeting.notInSession", { status: meeting.status });
  if (voting) return refuse("meeting.voteRuns", {});
  if (votes.unrecorded > 0 && !votes.left) return refuse("meeting.votesUnrecorded", { n: votes.unrecorded }, "leave");
  // Somebody must answer for the minutes: whoever closes it sits in it.
  if (!meeting.seats.some((s) => s.personId === closerId)) return refuse("meeting.closerNotThere", {});
  const unfinished = meeting.items.filter((i) => !settled.has(i.id)).map((i) => i.id);
  return accept({ type: "meeting.closed", id: meeting.id, bodyId: meeting.bodyId, unfinished });
}
