// A meeting of a body: called with an agenda from its docket, counted, held, closed. What it demands is its procedure's.
import type { Body, Quorum } from "./body";
import { atLocal, localDay, nextDay } from "./clock";
import { type Course, checkCourse } from "./course";
import { emptyFloor, type Floor, type FloorEvent, floorAfter, isFloorEvent, withoutPerson } from "./floor";
import type { By } from "./issue";
import { holderOf, type Issue } from "./issue";
import { checkMembers, fewest, reaches, refuseBy, ruleOf, type Terms } from "./procedure";
import { accept, type Outcome, type Refused, refuse } from "./refusal";
import { deliberates, isLevel, type Party, type Role } from "./vocabulary";

export type MeetingStatus = "called" | "inSession" | "closed" | "cancelled";
export type Reply = "none" | "yes" | "no";
export type Presence = "unknown" | "present" | "left" | "excused" | "absent";
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
/** More than anybody reads before a meeting. */
export const mostHandouts = 60;

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
      words: { place: string };
    }
  | { type: "meeting.moved"; id: string; bodyId: string; startsAt: string; endsAt: string; noticeBy: string; words: { place: string } }
  | { type: "meeting.cancelled"; id: string; bodyId: string; words: { reason: string } }
  | { type: "meeting.itemAdded"; id: string; bodyId: string; item: Entry }
  | { type: "meeting.itemRemoved"; id: string; bodyId: string; itemId: string; issueId: string }
  | { type: "meeting.ordered"; id: string; bodyId: string; order: readonly string[] }
  | { type: "meeting.replied"; id: string; bodyId: string; coming: boolean }
  | { type: "meeting.seated"; id: string; bodyId: string; personId: string; presence: Presence; guest: Invited | null }
  | { type: "meeting.checkedIn"; id: string; bodyId: string }
  | { type: "meeting.represented"; id: string; bodyId: string; personId: string; proxyTo: string | null }
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

/** Observers, linked leaders who do not chair, and department staff attend without a vote. */
export const hasVote = (role: Role): boolean => role !== "observer" && role !== "staff" && role !== "secretary";

export type QuorumReport = {
  met: boolean;
  due: number;
  present: number;
  needed: number;
  missing: readonly ({ kind: "heads"; n: number } | { kind: "party"; party: Party })[];
};

/** There, or represented by somebody who is. */
export const isHere = (seat: Seat, seats: readonly Seat[]): boolean =>
  seat.presence === "present" || (seat.proxyTo !== null && seats.some((s) => s.personId === seat.proxyTo && s.presence === "present"));

/** Those who have a vote, are here, and have no interest of their own in an item. Nobody votes through somebody recused. */
export function votersOn(meeting: Pick<Meeting, "seats" | "items">, itemId: string): Seat[] {
  const recused = meeting.items.find((i) => i.id === itemId)?.recused ?? [];
  const votesBy = (seat: Seat) => (seat.presence === "present" ? seat.personId : seat.proxyTo);
  return meeting.seats.filter((s) => s.votes && isHere(s, meeting.seats) && !recused.includes(s.personId) && !recused.includes(votesBy(s) ?? ""));
}

/**
 * Whether those who must be there are: as the procedure says, and as the body itself has set. Heads are rounded up:
 * two thirds of 11 is 8. Parties are counted among those with a vote; where a meeting only advises, among all who are
 * there. Who is recused still counts as there.
 */
export function quorumOf(seats: readonly Seat[], own: Quorum, terms: Pick<Terms, "rules"> = { rules: [] }): QuorumReport {
  const voters = seats.filter((s) => s.votes);
  const present = voters.filter((s) => isHere(s, seats));
  const rule = ruleOf(terms, "quorum");
  const needed = Math.max(1, fewest({ ...own, strict: false }, voters.length), rule ? fewest(rule.share, voters.length) : 0);
  const wanted = new Set([...own.parties, ...(ruleOf(terms, "parties")?.parties ?? [])]);
  const company = ruleOf(terms, "advises") ? seats.filter((s) => isHere(s, seats)) : present;
  const missing: QuorumReport["missing"][number][] = [];
  if (present.length < needed) missing.push({ kind: "heads", n: needed - present.length });
  for (const party of wanted) if (!company.some((s) => s.party === party)) missing.push({ kind: "party", party });
  return { met: missing.length === 0, due: voters.length, present: present.length, needed, missing };
}

/** Refused without a quorum, saying who is missing and by which rule. */
export function needQuorum(meeting: Meeting): Refused | null {
  const quorum = quorumOf(meeting.seats, meeting.quorum, meeting.terms);
  const short = quorum.missing[0];
  if (!short) return null;
  if (short.kind === "party") {
    const rule = ruleOf(meeting.terms, "parties");
    return refuseBy(rule?.parties.includes(short.party) ? rule : null, "meeting.noQuorumParty", { party: short.party });
  }
  const rule = ruleOf(meeting.terms, "quorum");
  const byRule = rule !== null && !reaches(rule.share, quorum.present, quorum.due);
  return refuseBy(byRule ? rule : null, "meeting.noQuorumHeads", { n: short.n, present: quorum.present, needed: quorum.needed });
}

/** The instant before which an agenda must be out: `days` whole days of the community's calendar before the meeting's day. */
export function noticeBy(startsAt: string, terms: Pick<Terms, "rules">, timeZone: string): string {
  const days = ruleOf(terms, "notice")?.days ?? 0;
  return atLocal(nextDay(localDay(startsAt, timeZone), 1 - days), "00:00", timeZone);
}

/** Whether an item came after the notice. */
export const isLate = (meeting: Pick<Meeting, "noticeBy">, item: Pick<AgendaItem, "addedAt">): boolean => item.addedAt >= meeting.noticeBy;

/** Refused when an item came too late to be decided: after the notice, or the meeting was opened before its day. */
export function needNotice(meeting: Meeting, item: AgendaItem): Refused | null {
  if (!isLate(meeting, item)) return null;
  const rule = ruleOf(meeting.terms, "lateItems") ?? ruleOf(meeting.terms, "notice");
  return rule && refuseBy(rule, "decision.lateItem", {});
}

/** An issue for an agenda, with the course it is on, and whether something decided on it in haste waits for a regular meeting. */
export type Docket = { issue: Issue; course: Course | null; waits: boolean; onOtherAgenda: boolean };
/** An agenda holds so many items. */
export const mostItems = 80;

/**
 * Whether a body may deliberate on an issue under these terms: its own; in a stage of a course whatever is at that stage;
 * and a body that is no level, and so holds none (a branch, a committee, an assembly), what everybody may see.
 */
export const mayTakeUp = (body: Body, terms: Terms, issue: Issue): boolean =>
  terms.course || holderOf(issue) === body.id || (!isLevel(body.kind) && issue.visibility === "community");

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

/**
 * Call a meeting: its agenda goes out now. Refused: a body that does not deliberate, a time that is past or ends before it
 * begins, one that leaves too short a notice, an issue that is not its own, and a body with too few members for the procedure.
 */
export function call(
  state: { body: Body; docket: readonly Docket[]; members: readonly Invited[]; position: number; terms: Terms; timeZone: string },
  command: { startsAt: string; endsAt: string; place: string; items: readonly Entry[] },
  by: { id: string; now: string },
): Outcome<MeetingEvent> {
  const { body, terms, timeZone } = state;
  if (body.endedAt) return refuse("body.ended", { name: body.name });
  if (!deliberates(body.kind)) return refuse("meeting.doesNotDeliberate", { name: body.name });
  if (command.startsAt <= by.now) return refuse("meeting.inThePast", {}, "startsAt");
  if (command.endsAt <= command.startsAt) return refuse("meeting.endsBeforeStart", {}, "endsAt");
  if (command.items.length === 0) return refuse("meeting.noAgenda", {}, "issues");
  if (state.members.length === 0) return refuse("meeting.nobodyToInvite", { name: body.name });
  const bad = checkDocket(body, terms, state.docket) ?? checkNotice(command.startsAt, terms, timeZone, by.now);
  if (bad) return bad;
  const votes = state.members.filter((m) => hasVote(m.role));
  const wrong = checkMembers(terms, votes.length);
  if (wrong) return wrong;
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
    words: { place: command.place },
  });
}

function checkNotice(startsAt: string, terms: Terms, timeZone: string, now: string): Refused | null {
  const rule = ruleOf(terms, "notice");
  if (!rule || now < noticeBy(startsAt, terms, timeZone)) return null;
  return refuseBy(rule, "meeting.noticeTooShort", { days: rule.days, earliest: nextDay(localDay(now, timeZone), rule.days) }, "startsAt");
}

const notCalled = (meeting: Meeting) => refuse("meeting.notCalled", { status: meeting.status });

/** Another time or place. A new day needs its notice like the first. */
export function move(meeting: Meeting, to: { startsAt: string; endsAt: string; place: string }, at: { now: string; timeZone: string }): Outcome<MeetingEvent> {
  if (meeting.status !== "called") return notCalled(meeting);
  if (to.startsAt <= at.now) return refuse("meeting.inThePast", {}, "startsAt");
  if (to.endsAt <= to.startsAt) return refuse("meeting.endsBeforeStart", {}, "endsAt");
  const sameDay = localDay(to.startsAt, at.timeZone) === localDay(meeting.startsAt, at.timeZone);
  const short = sameDay ? null : checkNotice(to.startsAt, meeting.terms, at.timeZone, at.now);
  if (short) return short;
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

/** Items may be added until the meeting is closed: what comes up in session is minuted too. */
export function addItem(meeting: Meeting, body: Body, entry: Docket, item: Entry): Outcome<MeetingEvent> {
  if (!isRunning(meeting)) return refuse("meeting.over", { status: meeting.status });
  if (meeting.items.some((i) => i.issueId === item.issueId)) return refuse("meeting.alreadyOnAgenda", { number: entry.issue.number }, "issue");
  const bad = checkDocket(body, meeting.terms, [entry]);
  if (bad) return bad;
  if (meeting.items.length >= mostItems) return refuse("meeting.agendaFull", { max: mostItems });
  return accept({ type: "meeting.itemAdded", id: meeting.id, bodyId: meeting.bodyId, item });
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

/** Somebody who is invited says they are here, with the code that lies on the table. Saying it twice changes nothing. */
export function checkIn(meeting: Meeting, personId: string): Outcome<MeetingEvent[]> {
  if (!isRunning(meeting)) return refuse("meeting.over", { status: meeting.status });
  const seat = meeting.seats.find((s) => s.personId === personId);
  if (!seat) return refuse("meeting.notInvited", {});
  return accept(seat.presence === "present" ? [] : [{ type: "meeting.checkedIn", id: meeting.id, bodyId: meeting.bodyId }]);
}

/**
 * Somebody who cannot come is represented by somebody who has a vote; `proxyTo` null ends it. Refused where the procedure
 * knows no proxies or forbids them, for oneself, for who is there, through who is represented too, across parties where
 * the rule keeps it within one, and beyond the number one may represent.
 */
export function represent(meeting: Meeting, personId: string, proxyTo: string | null): Outcome<MeetingEvent> {
  if (!isRunning(meeting)) return refuse("meeting.over", { status: meeting.status });
  const from = meeting.seats.find((s) => s.personId === personId);
  if (!from?.votes) return refuse("meeting.noVoteToGive", {}, "proxyTo");
  if (proxyTo !== null) {
    const rule = ruleOf(meeting.terms, "proxies");
    if (!rule) return refuse("meeting.noProxies", { procedureZh: meeting.terms.title.zh, procedureEn: meeting.terms.title.en }, "proxyTo");
    if (rule.most === 0) return refuseBy(rule, "meeting.proxiesForbidden", {}, "proxyTo");
    const to = meeting.seats.find((s) => s.personId === proxyTo);
    if (!to?.votes || proxyTo === personId || to.proxyTo !== null) return refuse("meeting.proxyWhom", {}, "proxyTo");
    // Else one person could be two parties, and a party that sent nobody would count as there.
    if (rule.sameParty && to.party !== from.party) return refuseBy(rule, "meeting.proxyOtherParty", { party: from.party }, "proxyTo");
    if (from.presence === "present") return refuse("meeting.proxyPresent", {}, "proxyTo");
    if (meeting.seats.some((s) => s.proxyTo === personId)) return refuse("meeting.proxyWhom", {}, "proxyTo");
    if (meeting.seats.filter((s) => s.proxyTo === proxyTo && s.personId !== personId).length >= rule.most)
      return refuseBy(rule, "meeting.proxyMost", { n: rule.most }, "proxyTo");
  }
  return accept({ type: "meeting.represented", id: meeting.id, bodyId: meeting.bodyId, personId, proxyTo });
}

/** Somebody has an interest of their own in an item, and takes no part in its votes from now on. */
export function recuse(meeting: Meeting, itemId: string, personId: string, reason: string): Outcome<MeetingEvent> {
  if (!isRunning(meeting)) return refuse("meeting.over", { status: meeting.status });
  const item = meeting.items.find((i) => i.id === itemId);
  if (!item) return refuse("meeting.noSuchItem", {});
  if (!meeting.seats.some((s) => s.personId === personId && s.votes)) return refuse("meeting.noVoteToGive", {}, "personId");
  if (item.recused.includes(personId)) return refuse("meeting.alreadyRecused", {}, "personId");
  return accept({ type: "meeting.recused", id: meeting.id, bodyId: meeting.bodyId, itemId, personId, words: { reason } });
}

/** Open it. Earlier than its day, the notice is counted from the day it is held. */
export function open(meeting: Meeting, at: { now: string; timeZone: string }): Outcome<MeetingEvent> {
  if (meeting.status !== "called") return notCalled(meeting);
  if (!meeting.seats.some((s) => s.presence === "present")) return refuse("meeting.nobodyPresent", {});
  const held = noticeBy(at.now, meeting.terms, at.timeZone);
  return accept({ type: "meeting.opened", id: meeting.id, bodyId: meeting.bodyId, noticeBy: [held, meeting.noticeBy].sort()[0] ?? held });
}

/** Close it. `settled` names the items that came to an outcome; the others go to the next agenda. Not while a vote runs. */
export function close(meeting: Meeting, settled: ReadonlySet<string>, voting: boolean, closerId: string): Outcome<MeetingEvent> {
  if (meeting.status !== "inSession") return refuse("meeting.notInSession", { status: meeting.status });
  if (voting) return refuse("meeting.voteRuns", {});
  // Somebody must answer for the minutes: whoever closes it sits in it.
  if (!meeting.seats.some((s) => s.personId === closerId)) return refuse("meeting.closerNotThere", {});
  const unfinished = meeting.items.filter((i) => !settled.has(i.id)).map((i) => i.id);
  return accept({ type: "meeting.closed", id: meeting.id, bodyId: meeting.bodyId, unfinished });
}

const noQuorum: Quorum = { numerator: 0, denominator: 1, parties: [] };
const agendaItem = (entry: Entry, at: string): AgendaItem => ({ ...entry, addedAt: at, recused: [], unfinished: false });
const emptySeat = { reply: "none", presence: "unknown", proxyTo: null, arrivedAt: null, leftAt: null } as const;

/** Who comes in has arrived; who goes has left. Being represented ends where one comes oneself. */
function seated(seat: Seat, presence: Presence, at: string): Seat {
  if (presence === "present") return { ...seat, presence, proxyTo: null, arrivedAt: seat.arrivedAt ?? at, leftAt: null };
  return { ...seat, presence, leftAt: presence === "left" ? at : null };
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
      terms: event.terms,
      quorum: event.quorum ?? noQuorum,
      noticeBy: event.noticeBy,
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
      return { items: [...meeting.items, agendaItem(event.item, by.at)] };
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
    case "meeting.checkedIn":
      return { seats: meeting.seats.map((s) => (s.personId === by.actorId ? seated(s, "present", by.at) : s)) };
    case "meeting.represented":
      return { seats: meeting.seats.map((s) => (s.personId === event.personId ? { ...s, proxyTo: event.proxyTo } : s)) };
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
