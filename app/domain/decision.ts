// A decision of a meeting on one agenda item. It always points to issue, item and meeting.
import type { Body } from "./body";
import type { Deadlines } from "./clock";
import { type By, escalate, holderOf, type Issue, type IssueEvent } from "./issue";
import { type Meeting, quorumOf } from "./meeting";
import { accept, type Outcome, refuse } from "./refusal";
import { type Party, parties } from "./vocabulary";

export const methods = ["consensus", "showOfHands", "chairsResolution"] as const;
export const outcomes = ["adopted", "rejected", "deferred", "escalated"] as const;
export type Method = (typeof methods)[number];
export type DecisionOutcome = (typeof outcomes)[number];

/** Hands of one party: for, against, abstained. */
export type Count = { for: number; against: number; abstained: number };
export type Counts = Partial<Record<Party, Count>>;

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
  recordedBy: string;
  recordedAt: string;
  version: number;
};

type Facts = { meetingId: string; itemId: string; issueId: string; bodyId: string };
export type DecisionEvent =
  | ({ type: "decision.recorded"; id: string; method: Method; outcome: DecisionOutcome; counts: Counts; words: { text: string } } & Facts)
  | ({ type: "decision.amended"; id: string; method: Method; counts: Counts; words: { text: string } } & Facts);

export const tally = (counts: Counts): Count =>
  Object.values(counts).reduce<Count>((sum, c) => ({ for: sum.for + c.for, against: sum.against + c.against, abstained: sum.abstained + c.abstained }), {
    for: 0,
    against: 0,
    abstained: 0,
  });

type Wording = { text: string; method: Method; counts: Counts };

/**
 * Hands are counted by party and never exceed the voters present of that party. A show of hands carries with more
 * than half of the voters present; consensus means nobody is against; a chair's resolution needs no count.
 */
function checkHands(meeting: Meeting, said: Wording, outcome: DecisionOutcome) {
  const total = tally(said.counts);
  const cast = total.for + total.against + total.abstained;
  const present = meeting.seats.filter((s) => s.votes && s.presence === "present");
  for (const party of parties) {
    const count = said.counts[party];
    if (!count) continue;
    const here = present.filter((s) => s.party === party).length;
    if (count.for + count.against + count.abstained > here) return refuse("decision.moreHandsThanPeople", { party, n: here }, `counts.${party}`);
  }
  if (said.method === "showOfHands" && cast === 0) return refuse("decision.noHands", {}, "counts");
  if (said.method === "consensus" && total.against > 0) return refuse("decision.notConsensus", { n: total.against }, "method");
  const carried = total.for * 2 > present.length;
  if (said.method === "showOfHands" && (outcome === "adopted" || outcome === "escalated") && !carried)
    return refuse("decision.notCarried", { for: total.for, present: present.length }, "outcome");
  if (said.method === "showOfHands" && outcome === "rejected" && carried)
    return refuse("decision.carriedAll", { for: total.for, present: present.length }, "outcome");
  return null;
}

/**
 * Record what was decided on an item. Refused: a meeting that is not in session, no quorum (saying who is missing),
 * an item that is not on the agenda, an issue that has moved on, hands that do not add up, a second outcome on one item
 * unless the first was to defer. An outcome "escalated" sends the issue up in the same breath.
 */
export function record(
  state: {
    meeting: Meeting;
    body: Body;
    upper: Body | null;
    issue: Issue;
    itemId: string;
    earlier: readonly Pick<Decision, "itemId" | "outcome">[];
    clock: Deadlines | null;
  },
  said: Wording & { outcome: DecisionOutcome },
  by: { id: string },
): Outcome<(DecisionEvent | IssueEvent)[]> {
  const { meeting, body, issue, itemId } = state;
  if (meeting.status !== "inSession") return refuse("meeting.notInSession", { status: meeting.status });
  const item = meeting.items.find((i) => i.id === itemId);
  if (!item || item.issueId !== issue.id) return refuse("meeting.noSuchItem", {});
  const quorum = quorumOf(meeting.seats, body.quorum);
  const short = quorum.missing[0];
  if (short?.kind === "heads") return refuse("meeting.noQuorumHeads", { n: short.n, present: quorum.present, needed: quorum.needed });
  if (short?.kind === "party") return refuse("meeting.noQuorumParty", { party: short.party });
  if (holderOf(issue) !== body.id || (issue.phase.status !== "open" && issue.phase.status !== "doing"))
    return refuse("decision.issueMovedOn", { number: issue.number });
  if (state.earlier.some((d) => d.itemId === itemId && d.outcome !== "deferred" && (said.outcome !== "adopted" || d.outcome !== "adopted")))
    return refuse("decision.alreadyDecided", { number: issue.number });
  const bad = checkHands(meeting, said, said.outcome);
  if (bad) return bad;
  const recorded: DecisionEvent = {
    type: "decision.recorded",
    id: by.id,
    meetingId: meeting.id,
    itemId,
    issueId: issue.id,
    bodyId: body.id,
    method: said.method,
    outcome: said.outcome,
    counts: said.counts,
    words: { text: said.text },
  };
  if (said.outcome !== "escalated") return accept([recorded]);
  if (!state.upper || !state.clock) return refuse("issue.topLevel", { name: body.name }, "outcome");
  const up = escalate(issue, body, state.upper, { text: said.text, decisionId: by.id }, state.clock, { onRunningAgenda: true });
  return up.ok ? accept([recorded, up.value]) : up;
}

/** Correct wording or count while the meeting still sits. Afterwards only a later addendum can. */
export function amend(decision: Decision, meeting: Meeting, said: Wording): Outcome<DecisionEvent> {
  if (meeting.status !== "inSession") return refuse("meeting.notInSession", { status: meeting.status });
  const bad = checkHands(meeting, said, decision.outcome);
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
    return { communityId: by.communityId, ...facts, text: words.text, recordedBy: by.actorId, recordedAt: by.at, version: 1 };
  }
  if (!decision) throw new Error(`${event.type} before decision.recorded: ${event.id}`);
  return { ...decision, text: event.words.text, method: event.method, counts: event.counts, version: decision.version + 1 };
}
