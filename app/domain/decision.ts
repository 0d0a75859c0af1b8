// A decision of a meeting on one agenda item. It always points to issue, item and meeting.

import { mayTakeUp, needNotice } from "./agenda";
import type { Body } from "./body";
import { type Deadlines, nextDay } from "./clock";
import { type Counts, checkHandsOf, tally } from "./count";
import { afterDecision, type Course, type CourseEvent, checkCourse } from "./course";
import { type By, escalate, type Issue, type IssueEvent } from "./issue";
import type { Meeting } from "./meeting";
import { fewest, mayDecideBy, passOf, refuseBy, ruleOf } from "./procedure";
import { accept, type Outcome, type Refused, refuse } from "./refusal";
import { needQuorum, votersOn } from "./seats";
import { answeredBy, carries, goesOnByName, motionOf, type Vote, wholeOf } from "./vote";

export const methods = ["consensus", "showOfHands", "rollCall", "chairsResolution"] as const;
export const outcomes = ["adopted", "rejected", "deferred", "escalated"] as const;
export type Method = (typeof methods)[number];
export type DecisionOutcome = (typeof outcomes)[number];

export type Decision = {
  communityId: string;
  id: string;
  meetingId: string;
  itemId: string;
  issueId: string;
  bodyId: string;
  text: string;
  method: Method;
  outcome: DecisionOutcome;
  counts: Counts;
  /** The vote it stands on, if it was voted on in the room. */
  voteId: string | null;
  /** The day by which a regular meeting must adopt it too, where the procedure says so. */
  ratifyBy: string | null;
  /** The regular meeting's decision that made it hold, or undid it. */
  ratifiedById: string | null;
  overturned: boolean;
  recordedBy: string;
  recordedAt: string;
  version: number;
};

type Facts = { meetingId: string; itemId: string; issueId: string; bodyId: string };
export type DecisionEvent =
  | ({
      type: "decision.recorded";
      id: string;
      method: Method;
      outcome: DecisionOutcome;
      counts: Counts;
      voteId: string | null;
      ratifyBy: string | null;
      words: { text: string };
    } & Facts)
  | ({ type: "decision.ratified" | "decision.overturned"; id: string; byId: string } & Facts)
  | ({ type: "decision.amended"; id: string; method: Method; counts: Counts; words: { text: string } } & Facts);

/** Decided in haste, and no regular meeting adopted it by the day: it no longer holds. `today` is the community's day. */
export const isLapsed = (decision: Pick<Decision, "ratifyBy" | "ratifiedById">, today: string): boolean =>
  decision.ratifyBy !== null && decision.ratifiedById === null && decision.ratifyBy < today;

type Wording = { text: string; method: Method; counts: Counts };
const favourable: ReadonlySet<DecisionOutcome> = new Set(["adopted", "escalated"]);

/**
 * Hands are counted by party and never exceed the voters here of that party. A show of hands carries by the procedure's
 * pass rule; consensus means nobody is against, and those who do not abstain are enough by the same rule; a vote by name
 * stands on its vote; a chair's resolution, where the procedure knows it, needs no count.
 */
function checkHands(meeting: Meeting, itemId: string, said: Wording, outcome: DecisionOutcome, vote: Vote | null): Refused | null {
  const { method } = said;
  if (vote) {
    // The motion as it was put is what was voted on.
    if (said.text !== motionOf(vote.question)) return refuse("decision.otherWords", {}, "text");
    if (vote.itemId !== itemId || vote.meetingId !== meeting.id || vote.status === "open" || vote.status === "void")
      return refuse("decision.voteOpen", {}, "voteId");
    if (vote.method !== method) return refuse("decision.otherMethod", {}, "method");
    if (favourable.has(outcome) && vote.status !== "carried")
      return refuseBy(ruleOf(meeting.terms, "pass"), "decision.notCarried", { for: tally(vote.counts).for, needed: fewest(vote.share, vote.whole) }, "outcome");
    if (outcome === "rejected" && vote.status === "carried")
      return refuseBy(ruleOf(meeting.terms, "pass"), "decision.carriedAll", { for: tally(vote.counts).for, whole: vote.whole }, "outcome");
    return null;
  }
  const voters = votersOn(meeting, itemId);
  const total = tally(said.counts);
  const bad = checkHandsOf(said.counts, voters);
  // Putting it off needs no majority.
  if (bad || outcome === "deferred") return bad;
  if (method === "rollCall") return refuse("decision.noVote", {}, "method");
  if (method === "consensus" && total.against > 0) return refuse("decision.notConsensus", { n: total.against }, "method");
  if (method === "chairsResolution") return null;
  if (method === "showOfHands" && total.for + total.against + total.abstained === 0) return refuse("decision.noHands", {}, "counts");
  // Whoever says nothing against it agrees, but for those who say that they abstain.
  const given = method === "consensus" ? { ...total, for: voters.length - total.abstained } : total;
  const { share, base } = passOf(meeting.terms);
  const whole = wholeOf(base, given, voters.length, meeting.seats.filter((s) => s.votes).length);
  const carried = carries(share, given, whole);
  if (favourable.has(outcome) && !carried)
    return refuseBy(ruleOf(meeting.terms, "pass"), "decision.notCarried", { for: given.for, needed: fewest(share, whole) }, "outcome");
  if (method === "consensus") return null;
  if (outcome === "rejected" && carried) return refuseBy(ruleOf(meeting.terms, "pass"), "decision.carriedAll", { for: total.for, whole }, "outcome");
  return null;
}

/**
 * Refused without its vote: what was voted on is recorded as the vote came out; where people voted by name, and that was
 * called off or lost, the item goes on by name; and what a vote lost is not agreed to in another way.
 */
function needVote(state: { votes: readonly Vote[]; itemId: string; earlier: readonly Pick<Decision, "voteId">[] }, said: Wording): Refused | null {
  const counted = state.votes.filter((v) => v.status === "carried" || v.status === "lost");
  if (counted.some((v) => !state.earlier.some((d) => d.voteId === v.id))) return refuse("decision.voteStands", {}, "method");
  if (goesOnByName(state.votes, state.itemId)) return refuse("decision.byNameAgain", {}, "method");
  return answeredBy(state.votes, state.itemId, said.text) ? refuse("decision.votedAlready", {}, "text") : null;
}

/**
 * Record what was decided on an item. Refused: a meeting that is not in session, no quorum (saying who is missing), an item
 * that is not on the agenda or came too late, an issue whose course is at another stage, a way of deciding the procedure does not know, an issue that has moved on, hands that do not add up, a second outcome on one item
 * unless the first was to defer or both adopt, a second decision on one vote, other words than the motion that was voted on, a way around a vote, one recorded while its writer did not know of another. An outcome "escalated" sends the issue up in the same breath; "adopted" takes its course on to the next stage.
 */
export function record(
  state: {
    meeting: Meeting;
    body: Body;
    upper: Body | null;
    issue: Issue;
    /** The course the issue is on. */
    course: Course | null;
    itemId: string;
    /** What this meeting decided before. */
    earlier: readonly Pick<Decision, "itemId" | "outcome" | "voteId">[];
    clock: Deadlines | null;
    vote: Vote | null;
    /** The votes this meeting took on the item. */
    votes: readonly Vote[];
    /** Decisions on this issue that wait for a regular meeting. */
    provisional: readonly Decision[];
  },
  said: Wording & {
    outcome: DecisionOutcome;
    /** How many decisions on this item whoever records it saw; absent where no page was read. */
    known?: number | undefined;
  },
  by: { id: string; today: string },
): Outcome<(DecisionEvent | IssueEvent | CourseEvent)[]> {
  const { meeting, body, issue, itemId } = state;
  if (meeting.status !== "inSession") return refuse("meeting.notInSession", { status: meeting.status });
  const item = meeting.items.find((i) => i.id === itemId);
  if (!item || item.issueId !== issue.id) return refuse("meeting.noSuchItem", {});
  const short = needQuorum(meeting);
  if (short) return short;
  const elsewhere = checkCourse(state.course, meeting.terms, issue);
  if (elsewhere) return elsewhere;
  // What was done in haste may be over before the regular meeting has its say.
  const over = issue.phase.status === "answered" || issue.phase.status === "closed";
  const waits = state.provisional.some((d) => !isLapsed(d, by.today));
  if (!mayTakeUp(body, meeting.terms, issue) || !(issue.phase.status === "open" || issue.phase.status === "doing" || (over && waits)))
    return refuse("decision.issueMovedOn", { number: issue.number });
  if (state.earlier.some((d) => d.itemId === itemId && d.outcome !== "deferred" && (said.outcome !== "adopted" || d.outcome !== "adopted")))
    return refuse("decision.alreadyDecided", { number: issue.number });
  if (state.vote && state.earlier.some((d) => d.voteId === state.vote?.id)) return refuse("decision.onThisVote", {});
  if (said.known !== undefined && said.known !== state.earlier.filter((d) => d.itemId === itemId).length)
    return refuse("decision.anotherCame", { number: issue.number });
  if (state.votes.some((v) => v.status === "open")) return refuse("decision.voteOpen", {}, "voteId");
  const byVote = state.vote || said.outcome === "deferred" ? null : needVote(state, said);
  if (byVote) return byVote;
  // Putting it off needs nothing but the quorum.
  const unfit = said.outcome === "deferred" ? null : (needNotice(meeting, item) ?? mayDecideBy(meeting.terms, said.method));
  const bad = unfit ?? checkHands(meeting, itemId, said, said.outcome, state.vote);
  if (bad) return bad;
  const ratify = favourable.has(said.outcome) ? ruleOf(meeting.terms, "ratify") : null;
  const recorded: DecisionEvent = {
    type: "decision.recorded",
    id: by.id,
    meetingId: meeting.id,
    itemId,
    issueId: issue.id,
    bodyId: body.id,
    method: said.method,
    outcome: said.outcome,
    counts: state.vote?.counts ?? said.counts,
    voteId: state.vote?.id ?? null,
    ratifyBy: ratify && nextDay(by.today, ratify.days),
    words: { text: said.text },
  };
  // A regular meeting's word on the same issue settles what was decided in haste.
  const regular = ruleOf(meeting.terms, "ratify") === null && said.outcome !== "deferred";
  const settled = regular
    ? state.provisional
        .filter((d) => !isLapsed(d, by.today))
        .map((d): DecisionEvent => ofDecision(d, favourable.has(said.outcome) ? "decision.ratified" : "decision.overturned", by.id))
    : [];
  if (said.outcome !== "escalated") return accept([recorded, ...settled, ...afterDecision(state.course, said.outcome, by.id)]);
  if (state.course) return refuse("course.goesItsWay", { number: issue.number }, "outcome");
  if (!state.upper || !state.clock) return refuse("issue.topLevel", { name: body.name }, "outcome");
  const up = escalate(issue, body, state.upper, { text: said.text, decisionId: by.id }, state.clock, { onRunningAgenda: true });
  return up.ok ? accept([recorded, ...settled, up.value]) : up;
}

const ofDecision = ({ id, meetingId, itemId, issueId, bodyId }: Decision, type: "decision.ratified" | "decision.overturned", byId: string): DecisionEvent => ({
  type,
  id,
  meetingId,
  itemId,
  issueId,
  bodyId,
  byId,
});

/**
 * Correct wording or count while the meeting still sits; what was voted on keeps its words, its way and its count: other
 * ones are refused. A new count or way of deciding asks all that a new decision would. Afterwards only a later addendum can.
 */
export function amend(decision: Decision, meeting: Meeting, given: Wording, vote: Vote | null): Outcome<DecisionEvent> {
  if (meeting.status !== "inSession") return refuse("meeting.notInSession", { status: meeting.status });
  const named = Object.keys(given.counts).length > 0;
  if (vote && named && JSON.stringify(tally(given.counts)) !== JSON.stringify(tally(vote.counts))) return refuse("decision.votedFigures", {}, "counts");
  if (vote && given.text !== motionOf(vote.question)) return refuse("decision.otherWords", {}, "text");
  const said = vote ? { ...given, counts: vote.counts } : given;
  // Only the wording: who has left since then does not matter.
  const counted = said.method !== decision.method || JSON.stringify(said.counts) !== JSON.stringify(decision.counts);
  const item = meeting.items.find((i) => i.id === decision.itemId);
  if (!item) return refuse("meeting.noSuchItem", {});
  const unfit = decision.outcome === "deferred" ? null : (needNotice(meeting, item) ?? mayDecideBy(meeting.terms, said.method));
  const bad = counted ? (needQuorum(meeting) ?? unfit ?? checkHands(meeting, decision.itemId, said, decision.outcome, vote)) : null;
  if (bad) return bad;
  const { meetingId, itemId, issueId, bodyId } = decision;
  return accept({
    type: "decision.amended",
    id: decision.id,
    meetingId,
    itemId,
    issueId,
    bodyId,
    method: said.method,
    counts: said.counts,
    words: { text: said.text },
  });
}

/** The decision after `event`. */
export function evolveDecision(decision: Decision | null, event: DecisionEvent, by: By): Decision {
  if (event.type === "decision.recorded") {
    const { type: _, words, ...facts } = event;
    return {
      communityId: by.communityId,
      ...facts,
      text: words.text,
      ratifiedById: null,
      overturned: false,
      recordedBy: by.actorId,
      recordedAt: by.at,
      version: 1,
    };
  }
  if (!decision) throw new Error(`${event.type} before decision.recorded: ${event.id}`);
  if (event.type !== "decision.amended")
    return { ...decision, ratifiedById: event.byId, overturned: event.type === "decision.overturned", version: decision.version + 1 };
  return { ...decision, text: event.words.text, method: event.method, counts: event.counts, version: decision.version + 1 };
}
