// The room of a meeting that sits: the item, who speaks, the vote, and what is whose to do. The television shows the same.
import type { Db } from "../data/dialect.server";
import { decisionsOf, loadMeeting, tableCode, votesOf } from "../data/meetings.server";
import { meetingSubject } from "../data/subjects.server";
import { lateBy } from "../domain/agenda";
import { type Count, type Counts, tally } from "../domain/count";
import type { DecisionOutcome } from "../domain/decision";
import { type HandKind, queueOf } from "../domain/floor";
import type { Meeting, Seat } from "../domain/meeting";
import { fewest, mayDecideBy } from "../domain/procedure";
import { isHere, votersOn } from "../domain/seats";
import { type Party, parties } from "../domain/vocabulary";
import {
  type Ballot,
  type Base,
  ballotsThatCount,
  type Choice,
  countsOf,
  takingPart,
  type Vote,
  type VoteMethod,
  type VoteStatus,
  voteMethods,
  wholeOf,
} from "../domain/vote";
import { type AgendaLine, type MeetingPage, meetingPage } from "./meeting-page";
import { minutesAccess } from "./minutes";
import { lineOf, type RuleLine } from "./procedures";
import { mayDo, type Viewer } from "./viewer";

export type RoomItem = {
  line: AgendaLine;
  /** Its place on the agenda, from 1. */
  n: number;
  of: number;
  /** When its time box is used up, counting the time spent on it before. */
  until: string;
  /** It came after the notice: talked about, not decided, by this rule. */
  late: RuleLine | null;
  recused: { personId: string; name: string }[];
  decided: boolean;
};
export type Speaking = { personId: string; name: string; party: Party; kind: HandKind; since: string };
export type Waiting = { personId: string; name: string; party: Party; kind: HandKind; turns: number };
/** One voter of a vote by name. */
export type VoterLine = {
  personId: string;
  name: string;
  party: Party;
  choice: Choice | null;
  proxy: string | null;
  /** Whoever wrote down what they said in the room; null where they cast it themselves. */
  notedBy: string | null;
  /** Cast, and not counted: they recused themselves, or have no vote any more. */
  uncounted: boolean;
  /** Whether their ballot may be written down for them: not once they cast it themselves. */
  notable: boolean;
};
/** A ballot this person may cast: their own, or of somebody they represent. */
export type MyBallot = { personId: string; name: string; self: boolean; choice: Choice | null; notedBy: string | null };
export type WhyNot = "recused" | "noVote" | "notThere";
export type RoomVote = {
  id: string;
  itemId: string;
  question: string;
  method: VoteMethod;
  status: VoteStatus;
  counts: Counts;
  total: Count;
  cast: number;
  voters: number;
  /** Of those with a vote, who is in the room, who is represented there, and how many of both are recused; null once it is closed. */
  there: { present: number; represented: number; recused: number } | null;
  base: Base;
  whole: number;
  /** How many for it takes. */
  needed: number;
  list: VoterLine[];
  mine: MyBallot[];
  whyNot: WhyNot | null;
  decided: boolean;
  version: number;
};

export type PartyVoters = { party: Party; n: number }[];

export type RoomPage = {
  meeting: MeetingPage;
  item: RoomItem | null;
  next: AgendaLine | null;
  speaker: Speaking | null;
  queue: Waiting[];
  /** The vote that runs, or the last one on this item that was closed. */
  vote: RoomVote | null;
  /** How many of each party may vote on the item now. */
  voters: PartyVoters;
  /** Ways to vote the procedure knows. */
  methods: VoteMethod[];
  me: { personId: string; hand: HandKind | null; speaking: boolean; here: boolean; represents: string[] };
  can: {
    /** Runs the meeting: items, floor, votes. */
    run: boolean;
    hand: boolean;
    /** Raises points of order: members alone. */
    order: boolean;
    openVote: boolean;
    voidVote: boolean;
    recuse: boolean;
    recuseSelf: boolean;
    minutes: boolean;
    /** Sees the code that lies on the table. */
    table: boolean;
  };
};

/** When an item's time box is used up: its minutes from when it was taken, less what was spent on it before. */
export function timeUp(since: string, minutes: number, spent: number): string {
  return new Date(Date.parse(since) + minutes * 60_000 - spent).toISOString();
}

/** The vote every screen shows: the one that runs, else the last on the item that was closed and not called off. */
export const shownVote = (votes: readonly Vote[], itemId: string | null): Vote | null =>
  votes.find((v) => v.status === "open") ?? votes.findLast((v) => v.itemId === itemId && v.status !== "void") ?? null;

/** What a vote that was closed may become; everything while nothing was voted on. Putting it off is always left. */
export function outcomesOf(vote: Pick<Vote, "status"> | null): readonly DecisionOutcome[] {
  if (!vote) return ["adopted", "rejected", "deferred", "escalated"];
  return vote.status === "carried" ? ["adopted", "deferred", "escalated"] : ["rejected", "deferred"];
}

/** The width of a text in Chinese characters, about. */
export const widthOf = (text: string): number => [...text].reduce((sum, c) => sum + (/[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]/.test(c) ? 1 : 0.6), 0);

/** Whether a question is so long that a television shows it and nothing besides. */
export const standsAlone = (question: string): boolean => widthOf(question) > 70;

/** How a long title fits a television: the step of its size. */
export function titleStep(title: string): 1 | 2 | 3 | 4 {
  const width = widthOf(title);
  return width <= 14 ? 1 : width <= 28 ? 2 : width <= 52 ? 3 : 4;
}

/** Why somebody has no buttons in a vote by name; null for whoever has, or only looks on. */
export function whyNot(meeting: Pick<Meeting, "seats" | "items">, itemId: string, personId: string): WhyNot | null {
  const seat = meeting.seats.find((s) => s.personId === personId);
  if (!seat?.votes) return "noVote";
  if (meeting.items.find((i) => i.id === itemId)?.recused.includes(personId)) return "recused";
  return seat.presence === "present" ? null : "notThere";
}

/** The ballots one person may cast: their own while they are here, and those of whom they represent, unless recused. */
export function ballotsOf(meeting: Pick<Meeting, "seats" | "items">, itemId: string, personId: string): Seat[] {
  const here = meeting.seats.some((s) => s.personId === personId && s.presence === "present");
  if (!here) return [];
  return votersOn(meeting, itemId)
    .filter((s) => s.personId === personId || (s.presence !== "present" && s.proxyTo === personId))
    .sort((a, b) => Number(b.personId === personId) - Number(a.personId === personId));
}

type Named = (personId: string) => { name: string; party: Party };

/** A vote as a screen shows it to one person. While it runs by name it is counted as it stands. */
export function showVote(vote: Vote, meeting: Meeting, personId: string, named: Named, decided: boolean): RoomVote {
  const voters = votersOn(meeting, vote.itemId);
  const valid = ballotsThatCount(vote, meeting);
  const taking = takingPart(vote, meeting);
  const runs = vote.status === "open";
  const counts = runs && vote.method === "rollCall" ? countsOf(valid, meeting) : vote.counts;
  const total = tally(counts);
  const all = meeting.seats.filter((s) => s.votes).length;
  const whole = runs ? wholeOf(vote.base, total, taking.length, all) : vote.whole;
  const here = meeting.seats.filter((s) => s.votes && isHere(s, meeting.seats));
  const inRoom = here.filter((s) => s.presence === "present");
  const ballotOf = (id: string): Ballot | undefined => vote.ballots.find((b) => b.personId === id);
  const notedBy = (id: string): string | null => {
    const ballot = ballotOf(id);
    return ballot?.noted && ballot.by ? named(ballot.by).name : null;
  };
  const mine = runs && vote.method === "rollCall" ? ballotsOf(meeting, vote.itemId, personId) : [];
  const seats = meeting.seats.filter((s) => ballotOf(s.personId) !== undefined || (runs && taking.includes(s)));
  const { id, itemId, question, method, status, base, version } = vote;
  return {
    id,
    itemId,
    question,
    method,
    status,
    base,
    version,
    counts,
    total,
    whole,
    needed: Math.max(1, fewest(vote.share, whole)),
    cast: valid.length,
    voters: taking.length,
    there: runs ? { present: inRoom.length, represented: here.length - inRoom.length, recused: here.length - voters.length } : null,
    list:
      method === "rollCall"
        ? seats.map((s) => ({
            personId: s.personId,
            ...named(s.personId),
            choice: ballotOf(s.personId)?.choice ?? null,
            proxy: s.presence !== "present" && s.proxyTo ? named(s.proxyTo).name : null,
            notedBy: notedBy(s.personId),
            uncounted: ballotOf(s.personId) !== undefined && !valid.some((b) => b.personId === s.personId),
            notable: voters.includes(s) && s.presence === "present" && ballotOf(s.personId)?.by !== null,
          }))
        : [],
    mine: mine.map((s) => ({
      personId: s.personId,
      name: named(s.personId).name,
      self: s.personId === personId,
      choice: ballotOf(s.personId)?.choice ?? null,
      notedBy: notedBy(s.personId),
    })),
    whyNot: runs ? whyNot(meeting, itemId, personId) : null,
    decided,
  };
}

export async function roomPage(db: Db, viewer: Viewer, { meetingId }: { meetingId: string }): Promise<RoomPage | null> {
  const page = await meetingPage(db, viewer, { meetingId });
  const meeting = page && (await loadMeeting(db, viewer.actor.communityId, meetingId));
  if (!page || !meeting) return null;
  const { personId } = viewer.actor;
  const subject = meetingSubject(meeting);
  const sits = meeting.status === "inSession";
  const { floor } = meeting;
  const line = page.agenda.find((a) => a.id === floor.itemId);
  const at = meeting.items.findIndex((i) => i.id === floor.itemId);
  const agendaItem = meeting.items[at];
  const seatOf = new Map(page.seats.map((s) => [s.personId, s]));
  const named: Named = (id) => ({ name: seatOf.get(id)?.name ?? "", party: seatOf.get(id)?.party ?? "owners" });
  const votes = await votesOf(db, meeting.communityId, meetingId);
  const shown = shownVote(votes, floor.itemId);
  const visible = shown !== null && page.agenda.some((a) => a.id === shown.itemId && a.visible);
  const decidedBy = new Set((await decisionsOf(db, meeting.communityId, { meetingId })).map((d) => d.voteId));
  const late = agendaItem ? lateBy(meeting, agendaItem) : null;
  const runs = sits && mayDo(viewer, "meeting.takeItem", subject);
  const seat = seatOf.get(personId);
  const here = seat?.presence === "present";
  const voters = agendaItem ? votersOn(meeting, agendaItem.id) : [];
  return {
    meeting: page,
    item:
      line && agendaItem && floor.since
        ? {
            line,
            n: at + 1,
            of: meeting.items.length,
            until: timeUp(floor.since, agendaItem.minutes, floor.spent[agendaItem.id] ?? 0),
            late: late && lineOf(late),
            recused: agendaItem.recused.map((id) => ({ personId: id, name: named(id).name })),
            decided: page.decisions.some((d) => d.itemId === agendaItem.id),
          }
        : null,
    next: page.agenda[page.agenda.findIndex((a) => a.id === floor.itemId) + 1] ?? null,
    speaker: floor.speaker && {
      personId: floor.speaker.personId,
      ...named(floor.speaker.personId),
      kind: floor.speaker.kind,
      since: floor.speaker.since,
    },
    queue: queueOf(floor).map((h) => ({ personId: h.personId, ...named(h.personId), kind: h.kind, turns: floor.turns[h.personId] ?? 0 })),
    vote: shown && visible ? showVote(shown, meeting, personId, named, decidedBy.has(shown.id)) : null,
    voters: byParty(voters),
    methods: voteMethods.filter((method) => mayDecideBy(meeting.terms, method) === null),
    me: {
      personId,
      hand: floor.hands.find((h) => h.personId === personId)?.kind ?? null,
      speaking: floor.speaker?.personId === personId,
      here,
      represents: meeting.seats.filter((s) => s.proxyTo === personId && isHere(s, meeting.seats)).map((s) => named(s.personId).name),
    },
    can: {
      run: runs,
      hand: sits && here && mayDo(viewer, "meeting.raiseHand", subject),
      order: sits && here && seat?.votes === true && mayDo(viewer, "meeting.raiseHand", subject),
      openVote: runs && mayDo(viewer, "vote.open", subject) && line?.visible === true,
      voidVote: sits && mayDo(viewer, "vote.void", subject),
      recuse: runs && mayDo(viewer, "meeting.recuse", subject),
      recuseSelf:
        sits &&
        here &&
        seat?.votes === true &&
        !agendaItem?.recused.includes(personId) &&
        mayDo(viewer, "meeting.recuse", { ...subject, people: { self: [personId] } }),
      minutes: (await minutesAccess(db, viewer, meetingId)) !== null,
      table: page.can.seat,
    },
  };
}

const byParty = (voters: readonly Seat[]): PartyVoters =>
  parties.map((party) => ({ party, n: voters.filter((s) => s.party === party).length })).filter((p) => p.n > 0);

/** How many of each party may vote on an item now: as many hands as may be counted. */
export async function handsOn(db: Db, viewer: Viewer, of: { meetingId: string; itemId: string }): Promise<PartyVoters> {
  const meeting = await loadMeeting(db, viewer.actor.communityId, of.meetingId);
  return meeting ? byParty(votersOn(meeting, of.itemId)) : [];
}

/** What is on the table, for whoever may take attendance; null for everybody else: the code is proof of having been there. */
export async function codeOnTable(db: Db, viewer: Viewer, page: Pick<MeetingPage, "id" | "can">): Promise<string | null> {
  return page.can.seat ? tableCode(db, viewer.actor.communityId, page.id) : null;
}

/**
 * A closed vote a decision is to be recorded from, with what it may become: the one that is named, or the first on the item
 * that stands in no decision yet. Null when there is none of this meeting's item.
 */
export async function voteToRecord(
  db: Db,
  viewer: Viewer,
  of: { meetingId: string; itemId: string; voteId: string | null },
): Promise<{ id: string; question: string; method: VoteMethod; counts: Counts; outcomes: readonly DecisionOutcome[] } | null> {
  const decided = new Set((await decisionsOf(db, viewer.actor.communityId, { meetingId: of.meetingId })).map((d) => d.voteId));
  const votes = await votesOf(db, viewer.actor.communityId, of.meetingId);
  const open = votes.filter((v) => v.itemId === of.itemId && (v.status === "carried" || v.status === "lost") && !decided.has(v.id));
  const vote = open.find((v) => v.id === of.voteId) ?? open[0];
  if (!vote) return null;
  const { id, question, method, counts } = vote;
  return { id, question, method, counts, outcomes: outcomesOf(vote) };
}
