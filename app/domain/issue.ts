// An issue: raised once, held by one level at a time, answered to the person who raised it.
import type { Body } from "./body";
import { type Calendar, type Deadlines, putOff, resume, type Unit, type Units } from "./clock";
import type { DomainEvent } from "./event";
import type { Rating, WhyNot } from "./follow-up";
import { accept, type Outcome, refuse } from "./refusal";
import { type Category, isLevel, type Track, type Visibility } from "./vocabulary";

export type Came = "raised" | "escalated" | "remitted" | "reopened" | "appealed" | "overdue";
export type Ending = "escalated" | "remitted" | "settled" | "declined" | "done" | "merged" | "overdue";

/** One level's own record of the issue, from its receipt to its ending. */
export type Stay = Deadlines & {
  bodyId: string;
  came: Came;
  receivedAt: string;
  brief: string;
  acceptedBy: string | null;
  acceptedAt: string | null;
  ending: Ending | null;
  endedAt: string | null;
  endedBy: string | null;
  said: string;
  /** How often the settlement's deadline was put off here. */
  extensions: number;
};

export type AnswerKind = "settled" | "declined" | "done";
export type Answer = { kind: AnswerKind; text: string; bodyId: string; at: string };
export type Content = "content" | "fair" | "discontent";
export type Feedback = { solved: boolean; content: Content; remark: string; why: WhyNot | null };

export type Phase =
  | { status: "open" }
  | { status: "waiting"; question: string; pausedAt: string }
  | { status: "doing"; since: string }
  | { status: "answered"; answer: Answer }
  /** Without feedback the raiser never said a word, and the clock closed it. */
  | { status: "closed"; answer: Answer; feedback: Feedback | null; closedAt: string }
  | { status: "merged"; into: string; closedAt: string };

export type Place = { buildingId: string | null; stairwell: number | null; place: string };
export type Issue = Place & {
  communityId: string;
  id: string;
  number: string;
  title: string;
  what: string;
  category: Category;
  track: Track;
  visibility: Visibility;
  raisedBy: string;
  raisedAt: string;
  phase: Phase;
  stays: readonly Stay[];
  supports: readonly { personId: string; households: number; at: string }[];
  /** What was said about its answers, by the raiser and by those who joined. */
  ratings: readonly Rating[];
  version: number;
};

export type IssueEvent =
  | ({
      type: "issue.raised";
      id: string;
      number: string;
      bodyId: string;
      buildingId: string | null;
      stairwell: number | null;
      category: Category;
      track: Track;
      visibility: Visibility;
      photos: number;
      words: { title: string; what: string; place: string };
    } & Deadlines)
  | { type: "issue.accepted"; id: string; bodyId: string }
  | ({ type: "issue.classified"; id: string; category: Category; track: Track; words: { title: string; text?: string } } & Deadlines)
  | { type: "issue.noted"; id: string; bodyId: string; words: { text: string } }
  | { type: "issue.asked"; id: string; bodyId: string; words: { question: string } }
  | ({ type: "issue.replied"; id: string; bodyId: string; photos: number; words: { text: string } } & Deadlines)
  | { type: "issue.joined"; id: string; households: number }
  | ({ type: "issue.escalated"; id: string; from: string; to: string; decisionId: string | null; overdue?: true; words: { text: string } } & Deadlines)
  | ({ type: "issue.extended"; id: string; bodyId: string; amount: number; unit: Unit; words: { reason: string } } & Deadlines)
  | ({ type: "issue.remitted"; id: string; from: string; to: string; words: { text: string } } & Deadlines)
  | { type: "issue.answered"; id: string; bodyId: string; kind: AnswerKind; words: { text: string } }
  | { type: "issue.merged"; id: string; bodyId: string; into: string; words: { text: string } }
  | { type: "issue.absorbed"; id: string; from: string; supports: readonly { personId: string; households: number }[] }
  | { type: "issue.assigned"; id: string; bodyId: string; decisionId: string }
  | { type: "issue.closed"; id: string; content: Content; why?: WhyNot | null; words: { remark: string } }
  // With a task: somebody it was done for says it is not done; else the raiser says it is not solved.
  | ({
      type: "issue.reopened";
      id: string;
      bodyId: string;
      taskId?: string;
      content: Content | null;
      why?: WhyNot | null;
      words: { remark: string };
    } & Deadlines)
  | { type: "issue.rated"; id: string; position: number; solved: boolean; content: Content; why: WhyNot | null; words: { remark: string } }
  | { type: "issue.lapsed"; id: string }
  | ({ type: "issue.appealed"; id: string; from: string; to: string; words: { text: string } } & Deadlines);

/** Happenings that never contradict what somebody else is writing about the same issue. */
export const harmlessToOthers: ReadonlySet<string> = new Set(["issue.joined", "issue.noted", "issue.accepted", "issue.absorbed", "issue.rated"]);

export const current = (issue: Issue): Stay => {
  const stay = issue.stays.at(-1);
  if (!stay) throw new Error(`issue ${issue.id} has no stay`);
  return stay;
};
export const holderOf = (issue: Issue): string => current(issue).bodyId;
export const raisedIn = (issue: Issue): string => issue.stays[0]?.bodyId ?? holderOf(issue);
export const isOver = (issue: Issue): boolean => issue.phase.status === "closed" || issue.phase.status === "merged";
export const householdsOf = (issue: Issue): number => 1 + issue.supports.reduce((sum, s) => sum + s.households, 0);

/** The date somebody owes something by: a first word until accepted, then the settlement. Null when no clock of a level runs. */
export function dueOf(issue: Issue): string | null {
  if (issue.phase.status !== "open" && issue.phase.status !== "doing") return null;
  const stay = current(issue);
  return stay.acceptedAt === null ? stay.respondBy : stay.settleBy;
}

/** A title people can scan, taken from what was written: its first clause, at most 40 characters. */
export function headline(what: string): string {
  const first =
    what
      .split(/[\n。！？!?；;]/u)
      .find((part) => part.trim().length > 0)
      ?.trim() ?? what.trim();
  const characters = [...first];
  if (characters.length <= 40) return first;
  // One of the 40 is the ellipsis.
  const head = characters.slice(0, 39).join("");
  const cut = Math.max(head.lastIndexOf("，"), head.lastIndexOf(","), head.lastIndexOf("："), head.lastIndexOf(" "));
  return `${(cut > 12 ? head.slice(0, cut) : head).trimEnd()}…`;
}

/** People say the number aloud: the year, a dash, at least four figures. */
export const sayableNumber = (year: number, n: number): string => `${year}-${String(n).padStart(4, "0")}`;

type Raise = {
  what: string;
  place: string;
  buildingId: string | null;
  stairwell: number | null;
  category: Category;
  track: Track;
  visibility: Visibility;
};

/** Raise an issue in `body`. Refused: an ended body, one that holds no issues, an upper level one is not a member of, a stairwell the building lacks. */
export function raise(
  state: { body: Body; building: Body | null; member: boolean; photos: number; clock: Deadlines },
  command: Raise,
  by: { id: string; number: string },
): Outcome<IssueEvent> {
  const { body, building } = state;
  if (body.endedAt) return refuse("body.ended", { name: body.name });
  if (!isLevel(body.kind)) return refuse("issue.notALevel", { name: body.name });
  if (body.kind !== "building" && body.kind !== "grid" && !state.member) return refuse("issue.startsBelow", { name: body.name }, "bodyId");
  if (command.stairwell !== null && (command.stairwell < 1 || command.stairwell > (building?.stairwells ?? 0)))
    return refuse("issue.noSuchStairwell", { n: command.stairwell }, "stairwell");
  return accept({
    type: "issue.raised",
    id: by.id,
    number: by.number,
    bodyId: body.id,
    buildingId: command.buildingId,
    stairwell: command.stairwell,
    category: command.category,
    track: command.track,
    visibility: command.visibility,
    photos: state.photos,
    ...state.clock,
    words: { title: headline(command.what), what: command.what, place: command.place },
  });
}

export const over = (issue: Issue) => refuse("issue.notOpen", { status: issue.phase.status, number: issue.number });
export const running = (issue: Issue) => issue.phase.status === "open" || issue.phase.status === "doing";

/** Take an issue on: the level's answer to "has anybody seen it". Refused twice, or when the issue is not open here. */
export function acceptIssue(issue: Issue): Outcome<IssueEvent> {
  if (issue.phase.status !== "open") return over(issue);
  if (current(issue).acceptedAt !== null) return refuse("issue.alreadyAccepted", { number: issue.number });
  return accept({ type: "issue.accepted", id: issue.id, bodyId: holderOf(issue) });
}

const begins: ReadonlySet<string> = new Set(["issue.raised", "issue.escalated", "issue.remitted", "issue.reopened", "issue.appealed"]);

/**
 * Deadlines that are counted anew from the receipt at this level, through everything that moved them since: the clock that
 * stood still while the raiser was asked, and what was put off. `past`: everything that happened to the issue, oldest first.
 */
export function throughPast(anew: Deadlines, past: readonly { event: DomainEvent; at: string }[], units: Units, calendar: Calendar): Deadlines {
  let due = anew;
  let pausedAt: string | null = null;
  for (const { event, at } of past.slice(past.findLastIndex((p) => begins.has(p.event.type)) + 1)) {
    if (event.type === "issue.asked") pausedAt = at;
    else if (event.type === "issue.replied" && pausedAt !== null) due = resume(due, pausedAt, at, units, calendar);
    else if (event.type === "issue.extended") due = { ...due, settleBy: putOff(due.settleBy, event.amount, event.unit, units.settleUnit, calendar) };
  }
  return due;
}

/** Name it, and put it on the right track: the running deadlines follow the track. Refused: another track without saying why. */
export function classify(issue: Issue, to: { title: string; category: Category; track: Track; text?: string }, clock: Deadlines): Outcome<IssueEvent> {
  if (!running(issue)) return over(issue);
  if (to.title === issue.title && to.category === issue.category && to.track === issue.track) return refuse("issue.nothingChanged", {});
  const { title, category, track, text = "" } = to;
  const stay = current(issue);
  const same = track === issue.track;
  if (!same && text === "") return refuse("issue.whyTrack", {}, "text");
  const kept = same ? { respondBy: stay.respondBy, settleBy: stay.settleBy } : clock;
  return accept({ type: "issue.classified", id: issue.id, category, track, ...kept, words: { title, ...(!same && { text }) } });
}

/** Put on record what was found or tried at this level. */
export function note(issue: Issue, text: string): Outcome<IssueEvent> {
  if (issue.phase.status === "answered" || isOver(issue)) return over(issue);
  return accept({ type: "issue.noted", id: issue.id, bodyId: holderOf(issue), words: { text } });
}

/** Ask the raiser for more. The clock stands still until they answer. */
export function ask(issue: Issue, question: string): Outcome<IssueEvent> {
  if (issue.phase.status !== "open") return over(issue);
  return accept({ type: "issue.asked", id: issue.id, bodyId: holderOf(issue), words: { question } });
}

/** The raiser's answer; the clock goes on, counted in `units`. Refused when nothing was asked. */
export function reply(issue: Issue, text: string, photos: number, at: { now: string; units: Units; calendar: Calendar }): Outcome<IssueEvent> {
  if (issue.phase.status !== "waiting") return refuse("issue.nothingAsked", { number: issue.number });
  const moved = resume(current(issue), issue.phase.pausedAt, at.now, at.units, at.calendar);
  return accept({ type: "issue.replied", id: issue.id, bodyId: holderOf(issue), photos, ...moved, words: { text } });
}

/** "Me too". Refused to the raiser, to one who joined before, and once the issue is over. */
export function join(issue: Issue, personId: string, households: number): Outcome<IssueEvent> {
  if (isOver(issue)) return over(issue);
  if (issue.raisedBy === personId) return refuse("issue.ownIssue", { number: issue.number });
  if (issue.supports.some((s) => s.personId === personId)) return refuse("issue.alreadyJoined", { number: issue.number });
  return accept({ type: "issue.joined", id: issue.id, households });
}

/** Settle it here. Refused while tasks or projects of its decisions are under way. */
export function settle(issue: Issue, text: string, openWork: number): Outcome<IssueEvent> {
  if (!running(issue)) return over(issue);
  if (openWork > 0) return refuse("issue.workOpen", { n: openWork });
  return accept({ type: "issue.answered", id: issue.id, bodyId: holderOf(issue), kind: "settled", words: { text } });
}

/** Decline with a reason: dissenters get an explanation (2015 opinions on consultation). */
export function decline(issue: Issue, reason: string, openWork: number): Outcome<IssueEvent> {
  if (!running(issue)) return over(issue);
  if (openWork > 0) return refuse("issue.workOpen", { n: openWork });
  return accept({ type: "issue.answered", id: issue.id, bodyId: holderOf(issue), kind: "declined", words: { text: reason } });
}

/** Send it up one level, with what was tried. Refused: any level but the next, and from the top. */
export function escalate(
  issue: Issue,
  holder: Body,
  to: { id: string; name: string } | null,
  said: { text: string; decisionId: string | null },
  clock: Deadlines,
  agenda: { onRunningAgenda: boolean },
): Outcome<IssueEvent> {
  if (!running(issue)) return over(issue);
  if (holder.escalatesToId === null) return refuse("issue.topLevel", { name: holder.name });
  if (!to || holder.escalatesToId !== to.id) return refuse("issue.levelSkipped", { to: to?.name ?? "" }, "to");
  if (agenda.onRunningAgenda && said.decisionId === null) return refuse("issue.onAgenda", { number: issue.number });
  return accept({ type: "issue.escalated", id: issue.id, from: holder.id, to: to.id, decisionId: said.decisionId, ...clock, words: { text: said.text } });
}

/** Send it down with an instruction. Refused: any body but those just below that had it, or below at all when it never was there. */
export function remit(
  issue: Issue,
  holder: Body,
  to: Pick<Body, "id" | "name" | "escalatesToId" | "endedAt"> | null,
  instruction: string,
  clock: Deadlines,
  agenda: { onRunningAgenda: boolean },
): Outcome<IssueEvent> {
  if (!running(issue)) return over(issue);
  if (!to || to.endedAt || to.escalatesToId !== holder.id) return refuse("issue.notBelow", { to: to?.name ?? "" }, "to");
  const below = issue.stays.filter((s) => s.came !== "remitted").map((s) => s.bodyId);
  const cameThrough = below.length > 1 && below.includes(holder.id) && below[0] !== holder.id;
  if (cameThrough && !below.includes(to.id)) return refuse("issue.notItsPath", { to: to.name }, "to");
  if (agenda.onRunningAgenda) return refuse("issue.onAgenda", { number: issue.number });
  return accept({ type: "issue.remitted", id: issue.id, from: holder.id, to: to.id, ...clock, words: { text: instruction } });
}

/** Make this the same matter as another: its raiser and those who joined go with it. */
export function merge(issue: Issue, into: Issue | null, text: string, openWork: number): Outcome<IssueEvent[]> {
  if (!running(issue)) return over(issue);
  if (!into || into.id === issue.id) return refuse("issue.mergeIntoWhat", {}, "into");
  if (isOver(into) || into.phase.status === "answered") return refuse("issue.mergeIntoOver", { number: into.number }, "into");
  if (openWork > 0) return refuse("issue.workOpen", { n: openWork });
  const there = new Set([into.raisedBy, ...into.supports.map((s) => s.personId)]);
  const brought = [{ personId: issue.raisedBy, households: 1 }, ...issue.supports.map(({ personId, households }) => ({ personId, households }))].filter(
    (s) => !there.has(s.personId),
  );
  return accept([
    { type: "issue.merged", id: issue.id, bodyId: holderOf(issue), into: into.id, words: { text } },
    { type: "issue.absorbed", id: into.id, from: issue.id, supports: brought },
  ]);
}

/** The raiser's word at the end. "Not solved" says why, chosen or in words, and reopens it at the level that closed it, with a fresh clock. */
export function giveFeedback(issue: Issue, said: Feedback, clock: Deadlines): Outcome<IssueEvent> {
  if (issue.phase.status !== "answered") return refuse("issue.notAnswered", { number: issue.number });
  if (said.solved) return accept({ type: "issue.closed", id: issue.id, content: said.content, why: said.why, words: { remark: said.remark } });
  if (said.why === null && said.remark === "") return refuse("feedback.whyMissing", {}, "why");
  const bodyId = issue.phase.answer.bodyId;
  return accept({ type: "issue.reopened", id: issue.id, bodyId, content: said.content, why: said.why, ...clock, words: { remark: said.remark } });
}

/** After a "no": the raiser asks the next level to look again. Refused unless declined, and at the top. */
export function appeal(issue: Issue, decliner: Body, text: string, clock: Deadlines): Outcome<IssueEvent> {
  if (issue.phase.status !== "answered") return refuse("issue.notAnswered", { number: issue.number });
  if (issue.phase.answer.kind !== "declined") return refuse("issue.notDeclined", { number: issue.number });
  if (decliner.escalatesToId === null) return refuse("issue.topLevel", { name: decliner.name });
  return accept({ type: "issue.appealed", id: issue.id, from: decliner.id, to: decliner.escalatesToId, ...clock, words: { text } });
}

export type By = { actorId: string; at: string; communityId: string };

/** The issue after `event`. Total: the log alone rebuilds every issue. */
export function evolveIssue(issue: Issue | null, event: IssueEvent, by: By): Issue {
  if (event.type === "issue.raised") {
    return {
      communityId: by.communityId,
      id: event.id,
      number: event.number,
      title: event.words.title,
      what: event.words.what,
      place: event.words.place,
      category: event.category,
      track: event.track,
      visibility: event.visibility,
      buildingId: event.buildingId,
      stairwell: event.stairwell,
      raisedBy: by.actorId,
      raisedAt: by.at,
      phase: { status: "open" },
      stays: [received(event.bodyId, "raised", "", event, by)],
      supports: [],
      ratings: [],
      version: 1,
    };
  }
  if (!issue) throw new Error(`${event.type} before issue.raised: ${event.id}`);
  return { ...issue, ...changes(issue, event, by), version: issue.version + 1 };
}

function received(bodyId: string, came: Came, brief: string, clock: Deadlines, by: By): Stay {
  return {
    bodyId,
    came,
    brief,
    receivedAt: by.at,
    respondBy: clock.respondBy,
    settleBy: clock.settleBy,
    acceptedBy: null,
    acceptedAt: null,
    ending: null,
    endedAt: null,
    endedBy: null,
    said: "",
    extensions: 0,
  };
}

function changes(issue: Issue, event: Exclude<IssueEvent, { type: "issue.raised" }>, by: By): Partial<Issue> {
  const stay = current(issue);
  const before = issue.stays.slice(0, -1);
  const now = (changed: Partial<Stay>): readonly Stay[] => (Object.keys(changed).length === 0 ? issue.stays : [...before, { ...stay, ...changed }]);
  // Whoever acts on an issue has seen it: acting accepts.
  const seen = stay.acceptedAt === null ? { acceptedBy: by.actorId, acceptedAt: by.at } : {};
  const ended = (ending: Ending, said: string): readonly Stay[] => now({ ...seen, ending, said, endedAt: by.at, endedBy: by.actorId });
  /** What the raiser, or somebody who joined, said about the answer of this stay: the latest word of each counts. */
  const said = (word: Pick<Rating, "solved" | "content" | "why" | "remark">): readonly Rating[] => {
    const rating: Rating = { position: issue.stays.length - 1, bodyId: stay.bodyId, personId: by.actorId, ...word, at: by.at };
    const again = issue.ratings.findIndex((r) => r.position === rating.position && r.personId === rating.personId);
    return again < 0 ? [...issue.ratings, rating] : issue.ratings.with(again, rating);
  };
  switch (event.type) {
    case "issue.accepted":
      return { stays: now(seen) };
    case "issue.classified":
      return {
        title: event.words.title,
        category: event.category,
        track: event.track,
        stays: now({ ...seen, respondBy: event.respondBy, settleBy: event.settleBy }),
      };
    case "issue.noted":
      return { stays: now(seen) };
    case "issue.asked":
      return { phase: { status: "waiting", question: event.words.question, pausedAt: by.at }, stays: now(seen) };
    case "issue.replied":
      return { phase: { status: "open" }, stays: now({ respondBy: event.respondBy, settleBy: event.settleBy }) };
    case "issue.extended":
      return { stays: now({ ...seen, respondBy: event.respondBy, settleBy: event.settleBy, extensions: stay.extensions + 1 }) };
    case "issue.joined":
      return { supports: [...issue.supports, { personId: by.actorId, households: event.households, at: by.at }] };
    case "issue.absorbed":
      return { supports: [...issue.supports, ...event.supports.map((s) => ({ ...s, at: by.at }))] };
    case "issue.escalated":
      // Nobody acted: whoever let the deadline pass has not seen it by that.
      if (event.overdue)
        return {
          phase: { status: "open" },
          stays: [...now({ ending: "overdue", endedAt: by.at, endedBy: by.actorId }), received(event.to, "overdue", "", event, by)],
        };
      return {
        phase: { status: "open" },
        stays: [...ended("escalated", event.words.text), received(event.to, "escalated", event.words.text, event, by)],
      };
    case "issue.remitted":
      return {
        phase: { status: "open" },
        stays: [...ended("remitted", event.words.text), received(event.to, "remitted", event.words.text, event, by)],
      };
    case "issue.assigned":
      return { phase: { status: "doing", since: by.at }, stays: now(seen) };
    case "issue.answered":
      return {
        phase: { status: "answered", answer: { kind: event.kind, text: event.words.text, bodyId: event.bodyId, at: by.at } },
        stays: ended(event.kind, event.words.text),
      };
    case "issue.merged":
      return { phase: { status: "merged", into: event.into, closedAt: by.at }, stays: ended("merged", event.words.text) };
    case "issue.closed": {
      if (issue.phase.status !== "answered") throw new Error(`issue.closed while ${issue.phase.status}: ${issue.id}`);
      const feedback = { solved: true, content: event.content, remark: event.words.remark, why: event.why ?? null };
      return { phase: { status: "closed", answer: issue.phase.answer, feedback, closedAt: by.at }, ratings: said(feedback) };
    }
    case "issue.lapsed":
      if (issue.phase.status !== "answered") throw new Error(`issue.lapsed while ${issue.phase.status}: ${issue.id}`);
      return { phase: { status: "closed", answer: issue.phase.answer, feedback: null, closedAt: by.at } };
    case "issue.rated":
      return { ratings: said({ solved: event.solved, content: event.content, why: event.why, remark: event.words.remark }) };
    case "issue.reopened":
      return {
        phase: { status: "open" },
        stays: [...issue.stays, received(event.bodyId, "reopened", event.words.remark, event, by)],
        ratings: said({ solved: false, content: event.content, why: event.why ?? null, remark: event.words.remark }),
      };
    case "issue.appealed":
      return {
        phase: { status: "open" },
        stays: [...issue.stays, received(event.to, "appealed", event.words.text, event, by)],
        // Whoever asks the next level has said that this was no solution.
        ratings: said({ solved: false, content: null, why: null, remark: "" }),
      };
  }
}
