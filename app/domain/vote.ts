// A vote inside a meeting: by raised hands, counted by party, or by name. What carries is the procedure's pass rule.

import { needNotice } from "./agenda";
import { type Count, type Counts, checkHandsOf, tally } from "./count";
import type { By } from "./issue";
import type { Meeting, Seat } from "./meeting";
import { mayDecideBy, passOf, reaches, type Share } from "./procedure";
import { accept, type Outcome, refuse } from "./refusal";
import { isHere, needQuorum, votersOn } from "./seats";
import type { Party } from "./vocabulary";

export const voteMethods = ["showOfHands", "rollCall"] as const;
export const choices = ["for", "against", "abstained"] as const;
export type VoteMethod = (typeof voteMethods)[number];
export type Choice = (typeof choices)[number];
/**
 * One voter's word; `by` when somebody else put it down: who represents them, or, where `noted`, who wrote what they said in
 * the room. `uncounted`: cast, and not counted when the vote was closed; it stays on the record.
 */
export type Ballot = { personId: string; choice: Choice; by: string | null; noted?: true | undefined; uncounted?: true | undefined };
export type VoteStatus = "open" | "carried" | "lost" | "void";
export type Base = "present" | "all" | "cast";
/** For what a vote is called off: the quorum has left, the question was not clear, or the voting could not go on as it must. */
export const voidGrounds = ["quorum", "question", "disturbed"] as const;
export type VoidGround = (typeof voidGrounds)[number];

/** Of the count: how many hold a vote in the meeting, and who of them could give it, being there or (so many) represented. */
export type Turnout = { entitled: number; represented: number; voters: readonly string[] };

export type Vote = {
  communityId: string;
  id: string;
  meetingId: string;
  itemId: string;
  issueId: string;
  bodyId: string;
  question: string;
  method: VoteMethod;
  share: Share;
  base: Base;
  status: VoteStatus;
  ballots: readonly Ballot[];
  counts: Counts;
  /** What the share was of when the vote was closed. */
  whole: number;
  /** Null until it is closed, and of votes from before it was kept. */
  turnout: Turnout | null;
  openedBy: string;
  openedAt: string;
  closedAt: string | null;
  /** Called off: for what, and in which words. */
  ground: VoidGround | null;
  reason: string;
  version: number;
};

type Facts = { meetingId: string; itemId: string; issueId: string; bodyId: string };
export type VoteEvent =
  | ({ type: "vote.opened"; id: string; method: VoteMethod; share: Share; base: Base; words: { question: string } } & Facts)
  | ({ type: "vote.cast"; id: string; personId: string; choice: Choice; noted?: true | undefined } & Facts)
  | ({ type: "vote.closed"; id: string; counts: Counts; whole: number; carried: boolean; counted: readonly string[]; turnout?: Turnout } & Facts)
  | ({
      type: "vote.voided";
      id: string;
      /** Absent in logs from before a ground was asked for. */
      ground?: VoidGround;
      /** As it stood when it was called off. */
      counts?: Counts;
      words: { reason: string };
    } & Facts);

/** What people add to a motion when they read it out. */
const asked = /[，,、；;\s]*(?:大家|是否)?(?:同意吗|同意不同意|同不同意|赞成吗|行不行|行吗|好不好|好吗|可以吗|agreed|do (?:we|you) agree)\s*[？?]\s*$/iu;

/** The sentence a vote decides on: the question without the words that only ask for an answer. */
export function motionOf(question: string): string {
  const motion = question.replace(asked, "");
  if (motion === "" || motion === question) return question;
  return motion + (/\p{Script=Han}$/u.test(motion) ? "。" : /\p{P}$/u.test(motion) ? "" : ".");
}

/** The number the share is of: those present, all who have a vote, or the votes for and against. */
export function wholeOf(base: Base, total: Count, present: number, all: number): number {
  return base === "present" ? present : base === "all" ? all : total.for + total.against;
}
/** Whether so many for carry. Nothing carries without a single vote for it. */
export const carries = (share: Share, total: Count, whole: number): boolean => total.for > 0 && reaches(share, total.for, whole);

const factsOf = ({ meetingId, itemId, issueId, bodyId }: Vote): Facts => ({ meetingId, itemId, issueId, bodyId });

/** A question without blanks, points and capitals: asked again it is the same. */
const bare = (question: string): string =>
  question
    .normalize("NFKC")
    .replaceAll(/[\s\p{P}\p{S}]/gu, "")
    .toLowerCase();
export const isSameQuestion = (a: string, b: string): boolean => bare(a) === bare(b);

type Taken = Pick<Vote, "itemId" | "method" | "status" | "ballots" | "question">;

/** Whether an item goes on by name: people voted by name on it, and that was called off or lost. */
export const goesOnByName = (votes: readonly Taken[], itemId: string): boolean =>
  votes.some((v) => v.itemId === itemId && v.method === "rollCall" && v.ballots.length > 0 && (v.status === "void" || v.status === "lost"));

/** The vote of this meeting that answered the question on an item already, whatever it came to. */
export const answeredBy = <V extends Taken>(votes: readonly V[], itemId: string, question: string): V | undefined =>
  votes.find((v) => v.itemId === itemId && (v.status === "carried" || v.status === "lost") && isSameQuestion(v.question, question));

/**
 * Put a question to the vote. Refused: outside a session, without quorum (saying who is missing), on an item that came
 * too late, by a method the procedure does not know, while another vote runs, with nobody left to vote; a question this
 * meeting answered already; and raised hands where people voted by name before.
 */
export function openVote(
  state: { meeting: Meeting; votes: readonly Taken[] },
  asked: { itemId: string; question: string; method: VoteMethod },
  by: { id: string },
): Outcome<VoteEvent> {
  const { meeting, votes } = state;
  if (meeting.status !== "inSession") return refuse("meeting.notInSession", { status: meeting.status });
  const item = meeting.items.find((i) => i.id === asked.itemId);
  if (!item) return refuse("meeting.noSuchItem", {});
  if (votes.some((v) => v.status === "open")) return refuse("vote.anotherRuns", {});
  const bad = needQuorum(meeting) ?? needNotice(meeting, item) ?? mayDecideBy(meeting.terms, asked.method);
  if (bad) return bad;
  if (votersOn(meeting, item.id).length === 0) return refuse("vote.nobodyToVote", {});
  if (answeredBy(votes, item.id, asked.question)) return refuse("vote.answeredAlready", {}, "question");
  if (asked.method !== "rollCall" && goesOnByName(votes, item.id)) return refuse("vote.byNameAgain", {}, "method");
  const { share, base } = passOf(meeting.terms);
  return accept({
    type: "vote.opened",
    id: by.id,
    meetingId: meeting.id,
    itemId: item.id,
    issueId: item.issueId,
    bodyId: meeting.bodyId,
    method: asked.method,
    share,
    base,
    words: { question: asked.question },
  });
}

/**
 * Cast a ballot by name, or change it, until the vote is closed. Refused: for somebody without a vote, who is not there,
 * or recused; without the quorum (what was cast before stays); for somebody else, unless one represents them or writes down (`writes`) what a person in the room says, never
 * over what they cast themselves; and
 * when another ballot was cast than the one (`was`, "" for none) that was on the page: an old press does not undo a newer one.
 */
export function cast(
  vote: Vote,
  meeting: Meeting,
  ballot: { personId: string; choice: Choice; was?: Choice | "" | undefined },
  by: { actorId: string; writes: boolean },
): Outcome<VoteEvent[]> {
  if (vote.status !== "open") return refuse("vote.closed", {});
  if (vote.method !== "rollCall") return refuse("vote.byHands", {});
  const seat = meeting.seats.find((s) => s.personId === ballot.personId);
  if (!seat?.votes) return refuse("vote.noVote", {});
  const item = meeting.items.find((i) => i.id === vote.itemId);
  if (item?.recused.includes(seat.personId)) return refuse("vote.recused", {});
  if (!isHere(seat, meeting.seats)) return refuse("vote.notThere", {});
  const short = needQuorum(meeting);
  if (short) return short;
  // Here, with a vote, not recused: it is whoever represents them that is.
  if (!votersOn(meeting, vote.itemId).includes(seat)) return refuse("vote.recused", {});
  const own = seat.personId === by.actorId && seat.presence === "present";
  const represents = seat.presence !== "present" && seat.proxyTo === by.actorId;
  if (!own && !represents && !(by.writes && seat.presence === "present")) return refuse("vote.notYours", {});
  const before = vote.ballots.find((b) => b.personId === ballot.personId);
  const noted = !own && !represents;
  if (noted && before && before.by === null) return refuse("vote.castThemselves", {}, "personId");
  // Pressed by themselves, what was written down for them becomes their own.
  if (before?.choice === ballot.choice && !(own && before.noted)) return accept([]);
  if (ballot.was !== undefined && ballot.was !== (before?.choice ?? "")) return refuse("vote.changedMeanwhile", {});
  return accept([{ type: "vote.cast", id: vote.id, ...factsOf(vote), personId: ballot.personId, choice: ballot.choice, ...(noted ? { noted } : {}) }]);
}

/**
 * The ballots that count. A ballot cast by name counts though its voter left the room: whoever voted took part. One of
 * somebody who recused themselves, or was represented by somebody who did, does not, nor one of whoever has no vote any more.
 */
export function ballotsThatCount(vote: Pick<Vote, "ballots" | "itemId" | "status">, meeting: Pick<Meeting, "seats" | "items">): Ballot[] {
  if (vote.status !== "open") return vote.ballots.filter((b) => !b.uncounted);
  const recused = meeting.items.find((i) => i.id === vote.itemId)?.recused ?? [];
  const voters = new Set(meeting.seats.filter((s) => s.votes && !recused.includes(s.personId)).map((s) => s.personId));
  return vote.ballots.filter((b) => voters.has(b.personId) && (b.by === null || b.noted === true || !recused.includes(b.by)));
}

/** Who takes part in a vote: those who may cast one now, and those whose ballot counts though they have left. */
export function takingPart(vote: Pick<Vote, "ballots" | "itemId" | "status">, meeting: Pick<Meeting, "seats" | "items">): Seat[] {
  const here = new Set(votersOn(meeting, vote.itemId).map((s) => s.personId));
  const voted = new Set(ballotsThatCount(vote, meeting).map((b) => b.personId));
  return meeting.seats.filter((s) => here.has(s.personId) || voted.has(s.personId));
}

/** Ballots added up by party. */
export function countsOf(ballots: readonly Ballot[], meeting: Pick<Meeting, "seats">): Counts {
  const party = new Map(meeting.seats.map((s) => [s.personId, s.party]));
  const counts: Counts = {};
  for (const { personId, choice } of ballots) {
    const of: Party = party.get(personId) ?? "owners";
    const count = counts[of] ?? { for: 0, against: 0, abstained: 0 };
    counts[of] = { ...count, [choice]: count[choice] + 1 };
  }
  return counts;
}

/**
 * Close the vote and count. Hands are given by party; ballots by name count though their voter has left. Refused when the
 * quorum has left meanwhile (the vote stays open, or is called off), with more hands than people, with nobody's vote.
 */
export function closeVote(vote: Vote, state: { meeting: Meeting }, hands: Counts): Outcome<VoteEvent> {
  const { meeting } = state;
  if (vote.status !== "open") return refuse("vote.closed", {});
  if (meeting.status !== "inSession") return refuse("meeting.notInSession", { status: meeting.status });
  const short = needQuorum(meeting);
  if (short) return short;
  const voters = takingPart(vote, meeting);
  const ballots = vote.method === "rollCall" ? ballotsThatCount(vote, meeting) : [];
  const counts = vote.method === "rollCall" ? countsOf(ballots, meeting) : hands;
  const bad = checkHandsOf(counts, voters);
  if (bad) return bad;
  const total = tally(counts);
  if (total.for + total.against + total.abstained === 0) return refuse("decision.noHands", {}, "counts");
  const all = meeting.seats.filter((s) => s.votes).length;
  const whole = wholeOf(vote.base, total, voters.length, all);
  return accept({
    type: "vote.closed",
    id: vote.id,
    ...factsOf(vote),
    counts,
    whole,
    carried: carries(vote.share, total, whole),
    counted: ballots.map((b) => b.personId),
    turnout: {
      entitled: all,
      represented: voters.filter((s) => s.presence !== "present" && s.proxyTo !== null && isHere(s, meeting.seats)).length,
      voters: voters.map((s) => s.personId),
    },
  });
}

export type Attended = { entitled: number; present: number; represented: number; silent: number; notVoted: string[] };

/** Who was there at the count and who did not vote; `notVoted` names them where ballots were given by name. Null where it is not known. */
export function attended(vote: Pick<Vote, "turnout" | "counts" | "ballots" | "method">): Attended | null {
  if (!vote.turnout) return null;
  const { entitled, represented, voters } = vote.turnout;
  const total = tally(vote.counts);
  const voted = new Set(vote.ballots.map((b) => b.personId));
  return {
    entitled,
    present: voters.length - represented,
    represented,
    silent: Math.max(0, voters.length - total.for - total.against - total.abstained),
    notVoted: vote.method === "rollCall" ? voters.filter((id) => !voted.has(id)) : [],
  };
}

/** Passed votes nothing was decided on: neither as the vote came out nor, afterwards, in another way on the same item. */
export const votesWithoutDecision = <V extends Pick<Vote, "id" | "itemId" | "status" | "closedAt">>(
  votes: readonly V[],
  decisions: readonly { itemId: string; voteId: string | null; recordedAt: string }[],
): V[] =>
  votes.filter(
    (v) =>
      v.status === "carried" &&
      !decisions.some((d) => d.voteId === v.id || (d.voteId === null && d.itemId === v.itemId && v.closedAt !== null && d.recordedAt >= v.closedAt)),
  );

/**
 * Call a vote off before it is counted, for a ground and in words: it counts for nothing, and stays on the record as it
 * stood. Refused once it was counted, and for the quorum while that is there.
 */
export function voidVote(vote: Vote, meeting: Meeting, why: { ground: VoidGround; reason: string }): Outcome<VoteEvent> {
  if (meeting.status !== "inSession") return refuse("meeting.notInSession", { status: meeting.status });
  if (vote.status === "void") return refuse("vote.standsAlready", {});
  if (vote.status !== "open") return refuse("vote.countedAlready", {});
  if (why.ground === "quorum" && needQuorum(meeting) === null) return refuse("vote.quorumThere", {}, "ground");
  const counts = countsOf(ballotsThatCount(vote, meeting), meeting);
  return accept({ type: "vote.voided", id: vote.id, ...factsOf(vote), ground: why.ground, counts, words: { reason: why.reason } });
}

/** The vote after `event`. */
export function evolveVote(vote: Vote | null, event: VoteEvent, by: By): Vote {
  if (event.type === "vote.opened") {
    const { type: _, words, ...facts } = event;
    return {
      communityId: by.communityId,
      ...facts,
      question: words.question,
      status: "open",
      ballots: [],
      counts: {},
      whole: 0,
      turnout: null,
      openedBy: by.actorId,
      openedAt: by.at,
      closedAt: null,
      ground: null,
      reason: "",
      version: 1,
    };
  }
  if (!vote) throw new Error(`${event.type} before vote.opened: ${event.id}`);
  return { ...vote, ...changes(vote, event, by), version: vote.version + 1 };
}

function changes(vote: Vote, event: Exclude<VoteEvent, { type: "vote.opened" }>, by: By): Partial<Vote> {
  switch (event.type) {
    case "vote.cast": {
      const { personId, choice, noted } = event;
      const ballot: Ballot = { personId, choice, by: by.actorId === personId ? null : by.actorId, ...(noted ? { noted } : {}) };
      return { ballots: [...vote.ballots.filter((b) => b.personId !== personId), ballot] };
    }
    case "vote.closed":
      return {
        counts: event.counts,
        whole: event.whole,
        turnout: event.turnout ?? null,
        status: event.carried ? "carried" : "lost",
        // What was cast is never dropped: what did not count says so.
        ballots: vote.ballots.map((b) => (event.counted.includes(b.personId) ? b : { ...b, uncounted: true as const })),
        closedAt: by.at,
      };
    case "vote.voided":
      return {
        status: "void",
        ground: event.ground ?? null,
        counts: event.counts ?? vote.counts,
        reason: event.words.reason,
        closedAt: vote.closedAt ?? by.at,
      };
  }
}
