// A meeting of a body: called with an agenda from its docket, counted, held, closed.
import type { Body, Quorum } from "./body";
import type { By } from "./issue";
import { holderOf, type Issue } from "./issue";
import { accept, type Outcome, refuse } from "./refusal";
import { deliberates, type Party, type Role } from "./vocabulary";

export type MeetingStatus = "called" | "inSession" | "closed" | "cancelled";
export type Reply = "none" | "yes" | "no";
export type Presence = "unknown" | "present" | "excused" | "absent";
export type AgendaItem = { id: string; issueId: string; minutes: number };
export type Seat = { personId: string; party: Party; role: Role; votes: boolean; reply: Reply; presence: Presence };

export type Meeting = {
  communityId: string;
  id: string;
  bodyId: string;
  /** Which meeting of its body this is, counted from 1. */
  position: number;
  startsAt: string;
  endsAt: string;
  place: string;
  status: MeetingStatus;
  calledBy: string;
  openedAt: string | null;
  closedAt: string | null;
  closedBy: string | null;
  reason: string;
  items: readonly AgendaItem[];
  seats: readonly Seat[];
  version: number;
};

export type Invited = { personId: string; party: Party; role: Role };

export type MeetingEvent =
  | {
      type: "meeting.called";
      id: string;
      bodyId: string;
      position: number;
      startsAt: string;
      endsAt: string;
      items: readonly AgendaItem[];
      invited: readonly (Invited & { votes: boolean })[];
      words: { place: string };
    }
  | { type: "meeting.moved"; id: string; bodyId: string; startsAt: string; endsAt: string; words: { place: string } }
  | { type: "meeting.cancelled"; id: string; bodyId: string; words: { reason: string } }
  | { type: "meeting.itemAdded"; id: string; bodyId: string; item: AgendaItem }
  | { type: "meeting.itemRemoved"; id: string; bodyId: string; itemId: string; issueId: string }
  | { type: "meeting.ordered"; id: string; bodyId: string; order: readonly string[] }
  | { type: "meeting.replied"; id: string; bodyId: string; coming: boolean }
  | { type: "meeting.seated"; id: string; bodyId: string; personId: string; presence: Presence; guest: Invited | null }
  | { type: "meeting.opened"; id: string; bodyId: string }
  | { type: "meeting.closed"; id: string; bodyId: string };

export const isRunning = (meeting: Meeting): boolean => meeting.status === "called" || meeting.status === "inSession";

/** Observers, linked leaders who do not chair, and department staff attend without a vote. */
export const hasVote = (role: Role): boolean => role !== "observer" && role !== "staff" && role !== "secretary";

export type QuorumReport = {
  met: boolean;
  due: number;
  present: number;
  needed: number;
  missing: readonly ({ kind: "heads"; n: number } | { kind: "party"; party: Party })[];
};

/** Heads are rounded up: two thirds of 11 is 8. Parties are counted among those present with a vote. */
export function quorumOf(seats: readonly Seat[], rule: Quorum): QuorumReport {
  const voters = seats.filter((s) => s.votes);
  const present = voters.filter((s) => s.presence === "present");
  const needed = Math.max(1, Math.ceil((voters.length * rule.numerator) / rule.denominator));
  const missing: QuorumReport["missing"][number][] = [];
  if (present.length < needed) missing.push({ kind: "heads", n: needed - present.length });
  for (const party of rule.parties) if (!present.some((s) => s.party === party)) missing.push({ kind: "party", party });
  return { met: missing.length === 0, due: voters.length, present: present.length, needed, missing };
}

type Docket = { issue: Issue; onOtherAgenda: boolean };

function checkDocket(body: Body, docket: readonly Docket[]) {
  for (const { issue, onOtherAgenda } of docket) {
    if (holderOf(issue) !== body.id || issue.phase.status === "merged" || issue.phase.status === "closed" || issue.phase.status === "answered")
      return refuse("meeting.notOnDocket", { number: issue.number, name: body.name }, "issues");
    if (onOtherAgenda) return refuse("meeting.onOtherAgenda", { number: issue.number }, "issues");
  }
  return null;
}

/** Call a meeting. Refused: a body that does not deliberate, a time that is past or ends before it begins, an issue that is not its own. */
export function call(
  state: { body: Body; docket: readonly Docket[]; members: readonly Invited[]; position: number },
  command: { startsAt: string; endsAt: string; place: string; items: readonly AgendaItem[] },
  by: { id: string; now: string },
): Outcome<MeetingEvent> {
  const { body } = state;
  if (body.endedAt) return refuse("body.ended", { name: body.name });
  if (!deliberates(body.kind)) return refuse("meeting.doesNotDeliberate", { name: body.name });
  if (command.startsAt <= by.now) return refuse("meeting.inThePast", {}, "startsAt");
  if (command.endsAt <= command.startsAt) return refuse("meeting.endsBeforeStart", {}, "endsAt");
  if (command.items.length === 0) return refuse("meeting.noAgenda", {}, "issues");
  if (state.members.length === 0) return refuse("meeting.nobodyToInvite", { name: body.name });
  const bad = checkDocket(body, state.docket);
  if (bad) return bad;
  return accept({
    type: "meeting.called",
    id: by.id,
    bodyId: body.id,
    position: state.position,
    startsAt: command.startsAt,
    endsAt: command.endsAt,
    items: command.items,
    invited: state.members.map((m) => ({ ...m, votes: hasVote(m.role) })),
    words: { place: command.place },
  });
}

const notCalled = (meeting: Meeting) => refuse("meeting.notCalled", { status: meeting.status });

export function move(meeting: Meeting, to: { startsAt: string; endsAt: string; place: string }, now: string): Outcome<MeetingEvent> {
  if (meeting.status !== "called") return notCalled(meeting);
  if (to.startsAt <= now) return refuse("meeting.inThePast", {}, "startsAt");
  if (to.endsAt <= to.startsAt) return refuse("meeting.endsBeforeStart", {}, "endsAt");
  return accept({ type: "meeting.moved", id: meeting.id, bodyId: meeting.bodyId, startsAt: to.startsAt, endsAt: to.endsAt, words: { place: to.place } });
}

export function cancel(meeting: Meeting, reason: string): Outcome<MeetingEvent> {
  if (meeting.status !== "called") return notCalled(meeting);
  return accept({ type: "meeting.cancelled", id: meeting.id, bodyId: meeting.bodyId, words: { reason } });
}

/** Items may be added until the meeting is closed: what comes up in session is minuted too. */
export function addItem(meeting: Meeting, body: Body, entry: Docket, item: AgendaItem): Outcome<MeetingEvent> {
  if (!isRunning(meeting)) return refuse("meeting.over", { status: meeting.status });
  if (meeting.items.some((i) => i.issueId === item.issueId)) return refuse("meeting.alreadyOnAgenda", { number: entry.issue.number }, "issue");
  const bad = checkDocket(body, [entry]);
  if (bad) return bad;
  if (meeting.items.length >= 80) return refuse("meeting.agendaFull", { max: 80 });
  return accept({ type: "meeting.itemAdded", id: meeting.id, bodyId: meeting.bodyId, item });
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

export function replyTo(meeting: Meeting, personId: string, coming: boolean): Outcome<MeetingEvent> {
  if (meeting.status !== "called") return notCalled(meeting);
  if (!meeting.seats.some((s) => s.personId === personId)) return refuse("meeting.notInvited", {});
  return accept({ type: "meeting.replied", id: meeting.id, bodyId: meeting.bodyId, coming });
}

/** Take attendance of one person. A guest (not a member) is seated without a vote. */
export function seat(meeting: Meeting, personId: string, presence: Presence, guest: Invited | null): Outcome<MeetingEvent> {
  if (!isRunning(meeting)) return refuse("meeting.over", { status: meeting.status });
  const known = meeting.seats.some((s) => s.personId === personId);
  if (!known && !guest) return refuse("meeting.notInvited", {});
  return accept({ type: "meeting.seated", id: meeting.id, bodyId: meeting.bodyId, personId, presence, guest: known ? null : guest });
}

export function open(meeting: Meeting): Outcome<MeetingEvent> {
  if (meeting.status !== "called") return notCalled(meeting);
  if (!meeting.seats.some((s) => s.presence === "present")) return refuse("meeting.nobodyPresent", {});
  return accept({ type: "meeting.opened", id: meeting.id, bodyId: meeting.bodyId });
}

export function close(meeting: Meeting): Outcome<MeetingEvent> {
  if (meeting.status !== "inSession") return refuse("meeting.notInSession", { status: meeting.status });
  return accept({ type: "meeting.closed", id: meeting.id, bodyId: meeting.bodyId });
}

/** The meeting after `event`. Total: the log alone rebuilds every meeting. */
export function evolveMeeting(meeting: Meeting | null, event: MeetingEvent, by: By): Meeting {
  if (event.type === "meeting.called") {
    return {
      communityId: by.communityId,
      id: event.id,
      bodyId: event.bodyId,
      position: event.position,
      startsAt: event.startsAt,
      endsAt: event.endsAt,
      place: event.words.place,
      status: "called",
      calledBy: by.actorId,
      openedAt: null,
      closedAt: null,
      closedBy: null,
      reason: "",
      items: event.items,
      seats: event.invited.map((i) => ({ ...i, reply: "none", presence: "unknown" })),
      version: 1,
    };
  }
  if (!meeting) throw new Error(`${event.type} before meeting.called: ${event.id}`);
  return { ...meeting, ...changes(meeting, event, by), version: meeting.version + 1 };
}

function changes(meeting: Meeting, event: Exclude<MeetingEvent, { type: "meeting.called" }>, by: By): Partial<Meeting> {
  switch (event.type) {
    case "meeting.moved":
      // A new time is a new question: those who answered are asked again.
      return {
        startsAt: event.startsAt,
        endsAt: event.endsAt,
        place: event.words.place,
        seats: event.startsAt === meeting.startsAt ? meeting.seats : meeting.seats.map((s) => ({ ...s, reply: "none" })),
      };
    case "meeting.cancelled":
      return { status: "cancelled", closedAt: by.at, closedBy: by.actorId, reason: event.words.reason };
    case "meeting.itemAdded":
      return { items: [...meeting.items, event.item] };
    case "meeting.itemRemoved":
      return { items: meeting.items.filter((i) => i.id !== event.itemId) };
    case "meeting.ordered":
      return { items: [...meeting.items].sort((a, b) => event.order.indexOf(a.id) - event.order.indexOf(b.id)) };
    case "meeting.replied":
      return { seats: meeting.seats.map((s) => (s.personId === by.actorId ? { ...s, reply: event.coming ? "yes" : "no" } : s)) };
    case "meeting.seated": {
      const { guest } = event;
      const seats: Seat[] = guest
        ? [...meeting.seats, { ...guest, votes: false, reply: "none", presence: event.presence }]
        : meeting.seats.map((s) => (s.personId === event.personId ? { ...s, presence: event.presence } : s));
      return { seats };
    }
    case "meeting.opened":
      return { status: "inSession", openedAt: by.at };
    case "meeting.closed":
      return { status: "closed", closedAt: by.at, closedBy: by.actorId };
  }
}
