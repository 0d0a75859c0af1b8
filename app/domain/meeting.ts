// A meeting of a body: called with an agenda from its docket, counted, held, closed. What it demands is its procedure's.
import type { Quorum } from "./body";
import { localDay } from "./clock";
import { emptyFloor, type Floor, type FloorEvent, floorAfter, isFloorEvent, withoutPerson } from "./floor";
import type { By } from "./issue";
import type { Terms } from "./procedure";
import { refuse } from "./refusal";
import type { Party, Role } from "./vocabulary";

export type MeetingStatus = "called" | "inSession" | "closed" | "cancelled";

export type Reply = "none" | "yes" | "no";

export type Presence = "unknown" | "present" | "left" | "excused" | "absent";

/** What somebody's presence may be mended into: when they came or went, nobody can tell afterwards. */
export const mendedPresences = ["present", "excused", "absent"] as const;
export type MendedPresence = (typeof mendedPresences)[number];

/** What an agenda names: an issue, how long it may take, and how many meetings put it off before. */
export type Entry = { id: string; issueId: string; minutes: number; carried: number };

export type AgendaItem = Entry & {
  /** When it came on the agenda, and whether that was too late for the notice. */
  addedAt: string;
  /** Who has an interest of their own in it, and takes no part in its votes. */
  recused: readonly string[];
  /** The meeting ended without settling it. */
  unfinished: boolean;
};

export type Seat = {
  personId: string;
  party: Party;
  role: Role;
  votes: boolean;
  reply: Reply;
  presence: Presence;
  /** Who votes for somebody who is not there. */
  proxyTo: string | null;
  arrivedAt: string | null;
  leftAt: string | null;
};

/** A paper or photo handed in for a meeting or one of its items, kept as a file of that digest. */
export type Handout = { id: string; itemId: string | null; name: string; type: HandoutType; bytes: number; digest: string; givenBy: string; givenAt: string };

export const handoutTypes = ["application/pdf", "image/webp"] as const;

export type HandoutType = (typeof handoutTypes)[number];

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
  /** The procedure's rules as they were when it was called, and what the body itself asked for besides. */
  terms: Terms;
  quorum: Quorum;
  /** What came on the agenda before this instant was noticed in time. */
  noticeBy: string;
  /** Why what is not urgent in itself could not wait for a regular meeting, in the words of who put it on; null where nobody had to say. */
  urgency: string | null;
  items: readonly AgendaItem[];
  seats: readonly Seat[];
  floor: Floor;
  handouts: readonly Handout[];
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
      items: readonly Entry[];
      invited: readonly (Invited & { votes: boolean })[];
      terms: Terms;
      /** Absent in logs from before meetings kept it. */
      quorum?: Quorum;
      noticeBy: string;
      words: { place: string; urgency?: string };
    }
  | { type: "meeting.moved"; id: string; bodyId: string; startsAt: string; endsAt: string; noticeBy: string; words: { place: string } }
  | { type: "meeting.cancelled"; id: string; bodyId: string; words: { reason: string } }
  | { type: "meeting.itemAdded"; id: string; bodyId: string; item: Entry; words?: { urgency: string } }
  | { type: "meeting.itemRemoved"; id: string; bodyId: string; itemId: string; issueId: string }
  | { type: "meeting.ordered"; id: string; bodyId: string; order: readonly string[] }
  | { type: "meeting.replied"; id: string; bodyId: string; coming: boolean }
  | { type: "meeting.seated"; id: string; bodyId: string; personId: string; presence: Presence; guest: Invited | null }
  /** The roll was put down wrongly, and is mended while the minutes are. */
  | { type: "meeting.seatMended"; id: string; bodyId: string; personId: string; was: Presence; presence: MendedPresence; words: { reason: string } }
  | { type: "meeting.checkedIn"; id: string; bodyId: string }
  | { type: "meeting.represented"; id: string; bodyId: string; personId: string; proxyTo: string | null }
  | { type: "meeting.voteEnded"; id: string; bodyId: string; personId: string }
  | { type: "meeting.recused"; id: string; bodyId: string; itemId: string; personId: string; words: { reason: string } }
  | {
      type: "meeting.handoutGiven";
      id: string;
      bodyId: string;
      handoutId: string;
      itemId: string | null;
      media: HandoutType;
      bytes: number;
      digest: string;
      words: { name: string };
    }
  | { type: "meeting.handoutTaken"; id: string; bodyId: string; handoutId: string }
  | { type: "meeting.opened"; id: string; bodyId: string; noticeBy: string }
  | { type: "meeting.closed"; id: string; bodyId: string; unfinished: readonly string[] }
  | FloorEvent;

export const isRunning = (meeting: Meeting): boolean => meeting.status === "called" || meeting.status === "inSession";

/** Called for a day that has gone by where the community lives, and never opened: nobody is asked to come any more. */
export const missed = ({ status, endsAt }: { status: MeetingStatus; endsAt: string }, now: string, timeZone: string): boolean =>
  status === "called" && localDay(endsAt, timeZone) < localDay(now, timeZone);

/** Refused: only a meeting that is called and not yet open can be changed so. */
export const notCalled = (meeting: Meeting) => refuse("meeting.notCalled", { status: meeting.status });

const noQuorum: Quorum = { numerator: 0, denominator: 1, parties: [] };

const agendaItem = (entry: Entry, at: string): AgendaItem => ({ ...entry, addedAt: at, recused: [], unfinished: false });

const emptySeat = { reply: "none", presence: "unknown", proxyTo: null, arrivedAt: null, leftAt: null } as const;

/** Who comes in has arrived; who goes has left. Being represented ends where one comes oneself. */
function seated(seat: Seat, presence: Presence, at: string): Seat {
  if (presence === "present") return { ...seat, presence, proxyTo: null, arrivedAt: seat.arrivedAt ?? at, leftAt: null };
  return { ...seat, presence, leftAt: presence === "left" ? at : null };
}

/** Who was there after all was there to the end; who was not neither came nor left. */
function mended(seat: Seat, presence: MendedPresence, openedAt: string | null): Seat {
  if (presence === "present") return { ...seat, presence, proxyTo: null, arrivedAt: seat.arrivedAt ?? openedAt, leftAt: null };
  return { ...seat, presence, arrivedAt: null, leftAt: null };
}

/** What was said before with one more line; the same words once. */
const withLine = (before: string | null, more: string | undefined): string | null =>
  more === undefined || `\n${before}\n`.includes(`\n${more}\n`) ? before : [before ?? [], more].flat().join("\n");

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
      terms: event.terms,
      quorum: event.quorum ?? noQuorum,
      noticeBy: event.noticeBy,
      urgency: event.words.urgency ?? null,
      items: event.items.map((entry) => agendaItem(entry, by.at)),
      seats: event.invited.map((i) => ({ ...i, ...emptySeat })),
      floor: emptyFloor,
      handouts: [],
      version: 1,
    };
  }
  if (!meeting) throw new Error(`${event.type} before meeting.called: ${event.id}`);
  return { ...meeting, ...changes(meeting, event, by), version: meeting.version + 1 };
}

function changes(meeting: Meeting, event: Exclude<MeetingEvent, { type: "meeting.called" }>, by: By): Partial<Meeting> {
  if (isFloorEvent(event)) return { floor: floorAfter(meeting.floor, event, by) };
  switch (event.type) {
    case "meeting.moved":
      // A new time is a new question: those who answered are asked again.
      return {
        noticeBy: event.noticeBy,
        startsAt: event.startsAt,
        endsAt: event.endsAt,
        place: event.words.place,
        seats: event.startsAt === meeting.startsAt ? meeting.seats : meeting.seats.map((s) => ({ ...s, reply: "none" })),
      };
    case "meeting.cancelled":
      return { status: "cancelled", closedAt: by.at, closedBy: by.actorId, reason: event.words.reason };
    case "meeting.itemAdded":
      return { items: [...meeting.items, agendaItem(event.item, by.at)], urgency: withLine(meeting.urgency, event.words?.urgency) };
    case "meeting.itemRemoved":
      return { items: meeting.items.filter((i) => i.id !== event.itemId), handouts: meeting.handouts.filter((h) => h.itemId !== event.itemId) };
    case "meeting.handoutGiven": {
      const { handoutId, itemId, media, bytes, digest, words } = event;
      return { handouts: [...meeting.handouts, { id: handoutId, itemId, name: words.name, type: media, bytes, digest, givenBy: by.actorId, givenAt: by.at }] };
    }
    case "meeting.handoutTaken":
      return { handouts: meeting.handouts.filter((h) => h.id !== event.handoutId) };
    case "meeting.ordered":
      return { items: [...meeting.items].sort((a, b) => event.order.indexOf(a.id) - event.order.indexOf(b.id)) };
    case "meeting.replied":
      return { seats: meeting.seats.map((s) => (s.personId === by.actorId ? { ...s, reply: event.coming ? "yes" : "no" } : s)) };
    case "meeting.seated": {
      const { guest } = event;
      const seats: Seat[] = guest
        ? [...meeting.seats, seated({ ...guest, votes: false, ...emptySeat }, event.presence, by.at)]
        : meeting.seats.map((s) => (s.personId === event.personId ? seated(s, event.presence, by.at) : s));
      return event.presence === "present" ? { seats } : { seats, floor: withoutPerson(meeting.floor, event.personId) };
    }
    case "meeting.seatMended":
      return { seats: meeting.seats.map((s) => (s.personId === event.personId ? mended(s, event.presence, meeting.openedAt) : s)) };
    case "meeting.checkedIn":
      return { seats: meeting.seats.map((s) => (s.personId === by.actorId ? seated(s, "present", by.at) : s)) };
    case "meeting.represented":
      return { seats: meeting.seats.map((s) => (s.personId === event.personId ? { ...s, proxyTo: event.proxyTo } : s)) };
    case "meeting.voteEnded": {
      const without = (s: Seat): Seat => (s.personId === event.personId ? { ...s, votes: false, proxyTo: null } : s);
      return { seats: meeting.seats.map((s) => (s.proxyTo === event.personId ? { ...s, proxyTo: null } : without(s))) };
    }
    case "meeting.recused":
      return { items: meeting.items.map((i) => (i.id === event.itemId ? { ...i, recused: [...i.recused, event.personId] } : i)) };
    case "meeting.opened":
      return {
        status: "inSession",
        openedAt: by.at,
        noticeBy: event.noticeBy,
        floor: { ...meeting.floor, itemId: meeting.items[0]?.id ?? null, since: by.at },
      };
    case "meeting.closed":
      return {
        status: "closed",
        closedAt: by.at,
        closedBy: by.actorId,
        floor: emptyFloor,
        items: meeting.items.map((i) => (event.unfinished.includes(i.id) ? { ...i, unfinished: true } : i)),
      };
  }
}
