// A task: what a decision asks somebody to do, by a day, with a proof. It always points to its decision, and always has a lead.
// Its way from hand to hand is here; what happens on that way (steps, returns, hand-over, more time) is in task-work.ts.
import { tooFar } from "./clock";
import { type Course, isCarriedOut } from "./course";
import type { Decision } from "./decision";
import { type By, holderOf, type Issue, type IssueEvent } from "./issue";
import type { HandoutType, Meeting } from "./meeting";
import { accept, type Outcome, refuse } from "./refusal";

export type TaskStatus = "assigned" | "accepted" | "handedIn" | "verified";
export type Assignee = { kind: "person" | "body"; id: string };

/** A part of the work that can be ticked off; its owner is optional, the lead answers for all of them. */
export type TaskStep = { id: string; title: string; owner: Assignee | null; doneBy: string | null; doneAt: string | null };
/** A paper that proves or explains, kept like the handouts of a meeting. */
export type TaskDocument = { id: string; name: string; type: HandoutType; bytes: number; digest: string; givenBy: string; at: string };

/**
 * The stated rules for which a lead may give a task back, and whether the rule asks whom it belongs to instead.
 * A closed list: anything else is a matter of hurry, and for that there is more time to ask for.
 */
export const returnRules = [
  { rule: "notOurs", asksWhom: true },
  { rule: "needsDecision", asksWhom: true },
  { rule: "duplicate", asksWhom: false },
  { rule: "factsWrong", asksWhom: false },
  { rule: "conflict", asksWhom: false },
] as const;
export type ReturnRule = (typeof returnRules)[number]["rule"];
export const returnRuleCodes = returnRules.map((r) => r.rule) as [ReturnRule, ...ReturnRule[]];

export const photoKinds = ["before", "after"] as const;
export type PhotoKind = (typeof photoKinds)[number];

/** A return that waits for the deciding body. Until then the lead stays responsible. */
export type SentBack = { rule: ReturnRule; belongsTo: Assignee | null; reason: string; by: string; at: string };
/** More time that was asked for and not decided yet. */
export type ExtensionAsked = { dueOn: string; dueAt: string; reason: string; by: string; at: string };
/** One of a series: the first task's id, which one this is (from 1), the RRULE and the day it counts from. */
export type Series = { id: string; no: number; rule: string; startsOn: string };

/** Why a task came into other hands. */
export type HandOverCause = "asked" | "officeEnded" | "bodyEnded";

export type Task = {
  communityId: string;
  id: string;
  decisionId: string;
  issueId: string;
  bodyId: string;
  title: string;
  assignee: Assignee;
  /** Local day, and the instant at which that working day ends. */
  dueOn: string;
  dueAt: string;
  proof: string;
  status: TaskStatus;
  assignedBy: string;
  assignedAt: string;
  acceptedBy: string | null;
  acceptedAt: string | null;
  progress: string;
  evidence: string;
  handedInBy: string | null;
  handedInAt: string | null;
  verifiedBy: string | null;
  verifiedAt: string | null;
  returnedFor: string;
  /** The body that stands behind the lead: the lead itself, or the one in which the person holds an office. */
  deskId: string;
  supporting: readonly Assignee[];
  steps: readonly TaskStep[];
  /** What was last said, 0 to 100. With steps, `progressOf` counts those instead. */
  percent: number;
  documents: readonly TaskDocument[];
  sentBack: SentBack | null;
  /** Rules the deciding body insisted against: this lead cannot return it for them again. */
  insisted: readonly ReturnRule[];
  extension: ExtensionAsked | null;
  /** How often more time was granted, and the day it was first due. */
  extensions: number;
  plannedDueOn: string;
  confirmed: readonly { by: string; at: string }[];
  reopened: number;
  series: Series | null;
  /** When the next of its series is to be made; null once it was, or when there is none. */
  repeatAt: string | null;
  nextId: string | null;
  /** Since when nobody works in the body that leads it, as the clock found; null while somebody does. */
  unheldAt: string | null;
  version: number;
};

/** Whether its issue waits for it. The second and later ones of a series are routine, until somebody says that one is not done. */
export const holdsIssue = (task: Task): boolean => task.status !== "verified" && ((task.series?.no ?? 1) === 1 || task.reopened > 0);

/** How far it is, 0 to 100: by its steps where it has any, by what was last said else. */
export function progressOf({ status, steps, percent }: Pick<Task, "status" | "steps" | "percent">): number {
  if (status === "verified") return 100;
  if (steps.length === 0) return status === "handedIn" ? 100 : percent;
  return Math.round((steps.filter((s) => s.doneAt !== null).length * 100) / steps.length);
}

type Facts = { id: string; decisionId: string; issueId: string };
export type TaskEvent =
  | ({
      type: "task.assigned";
      bodyId: string;
      meetingId: string;
      assignee: Assignee;
      dueOn: string;
      dueAt: string;
      deskId?: string;
      supporting?: readonly Assignee[];
      steps?: readonly { id: string; owner: Assignee | null }[];
      series?: Series | null;
      /** `steps`: their titles, one a line. */
      words: { title: string; proof: string; steps?: string };
    } & Facts)
  | ({ type: "task.accepted" } & Facts)
  // `aside`: by somebody who supports, which does not take the task on for its lead.
  | ({ type: "task.progressed"; percent?: number | null; aside?: boolean; words: { text: string } } & Facts)
  | ({ type: "task.stepAdded"; stepId: string; owner: Assignee | null; words: { title: string } } & Facts)
  | ({ type: "task.stepTicked"; stepId: string; done: boolean; aside: boolean } & Facts)
  | ({ type: "task.stepDropped"; stepId: string } & Facts)
  // `added`: those who did not help before.
  | ({ type: "task.supportSet"; supporting: readonly Assignee[]; added?: readonly Assignee[] } & Facts)
  | ({ type: "task.photosGiven"; which: PhotoKind; photos: number; aside: boolean } & Facts)
  | ({ type: "task.documentGiven"; documentId: string; fileType: HandoutType; bytes: number; digest: string; words: { name: string } } & Facts)
  | ({ type: "task.sentBack"; rule: ReturnRule; belongsTo: Assignee | null; words: { reason: string } } & Facts)
  | ({ type: "task.insisted"; rule: ReturnRule; words: { reason: string } } & Facts)
  // `from`: who led it until then.
  | ({ type: "task.reassigned"; assignee: Assignee; from?: Assignee; deskId: string; words: { reason: string } } & Facts)
  | ({ type: "task.handedOver"; assignee: Assignee; from?: Assignee; deskId: string; cause: HandOverCause; words: { reason: string } } & Facts)
  | ({ type: "task.extensionAsked"; dueOn: string; dueAt: string; words: { reason: string } } & Facts)
  | ({ type: "task.extended"; dueOn: string; dueAt: string; words: { text: string } } & Facts)
  | ({ type: "task.extensionRefused"; words: { text: string } } & Facts)
  // Who asked for it has no part in the task any more.
  | ({ type: "task.extensionDropped" } & Facts)
  | ({ type: "task.confirmed"; words: { text: string } } & Facts)
  | ({ type: "task.reopened"; dueOn: string; dueAt: string; words: { reason: string } } & Facts)
  // Nobody works any more in the body that leads it; somebody does again.
  | ({ type: "task.unheld" } & Facts)
  | ({ type: "task.held" } & Facts)
  | ({ type: "task.repeated"; nextId: string } & Facts)
  | ({ type: "task.repeatStopped" } & Facts)
  | ({ type: "task.handedIn"; photos: number; words: { text: string } } & Facts)
  | ({ type: "task.verified"; words: { text: string } } & Facts)
  | ({ type: "task.returned"; words: { reason: string } } & Facts);

type Assignment = {
  title: string;
  assignee: Assignee;
  dueOn: string;
  dueAt: string;
  proof: string;
  deskId?: string;
  supporting?: readonly Assignee[];
  steps?: readonly { id: string; title: string }[];
  /** An RRULE that is counted from the day it is due. */
  repeats?: string | null;
};

/**
 * Assign a task under a decision. Refused: a decision that was rejected or deferred, a day that has passed or is ten years off,
 * an issue that is over, a lead who would support themselves. The first task of an adopted decision sets the issue to work.
 */
export function assign(
  state: { decision: Decision; meeting: Meeting; issue: Issue },
  command: Assignment,
  by: { id: string; now: string },
): Outcome<(TaskEvent | IssueEvent)[]> {
  const { decision, issue } = state;
  if (decision.outcome === "rejected" || decision.outcome === "deferred") return refuse("task.decisionNotCarried", { outcome: decision.outcome });
  if (issue.phase.status === "closed" || issue.phase.status === "merged" || issue.phase.status === "answered")
    return refuse("issue.notOpen", { status: issue.phase.status, number: issue.number });
  if (command.dueAt <= by.now) return refuse("task.dueInThePast", {}, "dueOn");
  const far = tooFar(command.dueOn, by.now, "dueOn");
  if (far) return far;
  const { supporting = [], steps = [], repeats = null } = command;
  const doubled = checkSupport(command.assignee, supporting);
  if (doubled) return doubled;
  if (steps.length > taskLimits.steps) return refuse("task.tooManySteps", { max: taskLimits.steps }, "steps");
  const assigned: TaskEvent = {
    type: "task.assigned",
    id: by.id,
    decisionId: decision.id,
    issueId: issue.id,
    bodyId: decision.bodyId,
    meetingId: decision.meetingId,
    assignee: command.assignee,
    dueOn: command.dueOn,
    dueAt: command.dueAt,
    deskId: command.deskId ?? (command.assignee.kind === "body" ? command.assignee.id : decision.bodyId),
    supporting,
    steps: steps.map(({ id }) => ({ id, owner: null })),
    series: repeats === null ? null : { id: by.id, no: 1, rule: repeats, startsOn: command.dueOn },
    words: { title: command.title, proof: command.proof, steps: steps.map((s) => s.title).join("\n") },
  };
  return accept([assigned, ...setToWork(state)]);
}

/** The first work under an adopted decision sets the issue to work, where the body that decided has it in hand. */
export function setToWork({ decision, meeting, issue }: { decision: Decision; meeting: Meeting; issue: Issue }): IssueEvent[] {
  const holds = meeting.terms.course || issue.stays.at(-1)?.bodyId === decision.bodyId;
  if (decision.outcome !== "adopted" || !holds || issue.phase.status !== "open") return [];
  return [{ type: "issue.assigned", id: issue.id, bodyId: decision.bodyId, decisionId: decision.id }];
}

/** What the check of one piece of work looks at: how much else its issue waits for, and whether a course has still to decide it. */
export type Checked = { issue: Issue; course: Course | null; otherOpen: number };

/** The last check of an issue that is being worked on sends the answer home: the raiser is asked whether it is solved. */
export function sendHome({ issue, course, otherOpen }: Checked, answer: string): IssueEvent[] {
  if (otherOpen > 0 || issue.phase.status !== "doing" || !isCarriedOut(course)) return [];
  return [{ type: "issue.answered", id: issue.id, bodyId: holderOf(issue), kind: "done", words: { text: answer } }];
}

/** How much a task holds. What a community may change is in its clocks' limits. */
export const taskLimits = { steps: 20, supporting: 8, documents: 10 };

export const same = (a: Assignee | null, b: Assignee | null): boolean => a?.kind === b?.kind && a?.id === b?.id;

/** Refused: the lead among those who support, somebody twice, too many. Null when it is in order. */
export function checkSupport(lead: Assignee, supporting: readonly Assignee[]) {
  if (supporting.some((s) => same(s, lead))) return refuse("task.leadSupports", {}, "supporting");
  if (supporting.some((s, n) => supporting.findIndex((o) => same(o, s)) !== n)) return refuse("task.supportTwice", {}, "supporting");
  if (supporting.length > taskLimits.supporting) return refuse("task.tooManySupporting", { max: taskLimits.supporting }, "supporting");
  return null;
}

export const factsOf = (task: Task): Facts => ({ id: task.id, decisionId: task.decisionId, issueId: task.issueId });
/** It is not in a state in which this can be done. */
export const wrongState = (task: Task) => refuse("task.wrongState", { status: task.status });

export function acceptTask(task: Task): Outcome<TaskEvent> {
  if (task.status !== "assigned") return wrongState(task);
  return accept({ type: "task.accepted", ...factsOf(task) });
}

/** Say how it stands, with a percentage if one likes. Refused: a percentage where steps are counted. */
export function progress(task: Task, text: string, { percent = null, aside = false }: { percent?: number | null; aside?: boolean } = {}): Outcome<TaskEvent> {
  if (task.status === "verified") return wrongState(task);
  if (percent !== null && task.steps.length > 0) return refuse("task.percentFromSteps", { n: task.steps.length }, "percent");
  return accept({ type: "task.progressed", ...factsOf(task), percent, aside, words: { text } });
}

/** Hand in what proves it done: words, photos (new ones, and those `kept` from before), documents. Refused while steps are open, and without any proof. */
export function handIn(task: Task, text: string, photos: number, kept = 0): Outcome<TaskEvent> {
  if (task.status !== "assigned" && task.status !== "accepted") return wrongState(task);
  const open = task.steps.filter((s) => s.doneAt === null).length;
  if (open > 0) return refuse("task.stepsOpen", { n: open });
  if (text === "" && photos + kept === 0 && task.documents.length === 0) return refuse("task.noEvidence", {}, "text");
  return accept({ type: "task.handedIn", ...factsOf(task), photos, words: { text } });
}

/** Verify what was handed in. Refused to the one who handed it in. The last work of its issue sends the answer home. */
export function verify(state: Checked & { task: Task }, text: string, by: { actorId: string; answer: string }): Outcome<(TaskEvent | IssueEvent)[]> {
  const { task } = state;
  if (task.status !== "handedIn") return wrongState(task);
  if (task.handedInBy === by.actorId) return refuse("task.ownWork", {});
  return accept([{ type: "task.verified", ...factsOf(task), words: { text } }, ...sendHome(state, by.answer)]);
}

/** Send it back with a reason: it is due again as before. */
export function giveBack(task: Task, reason: string): Outcome<TaskEvent> {
  if (task.status !== "handedIn") return wrongState(task);
  return accept({ type: "task.returned", ...factsOf(task), words: { reason } });
}

/** The task after `event`. */
export function evolveTask(task: Task | null, event: TaskEvent, by: By): Task {
  if (event.type === "task.assigned") {
    const titles = event.words.steps ? event.words.steps.split("\n") : [];
    const series = event.series ?? null;
    return {
      communityId: by.communityId,
      id: event.id,
      decisionId: event.decisionId,
      issueId: event.issueId,
      bodyId: event.bodyId,
      title: event.words.title,
      assignee: event.assignee,
      dueOn: event.dueOn,
      dueAt: event.dueAt,
      proof: event.words.proof,
      status: "assigned",
      assignedBy: by.actorId,
      assignedAt: by.at,
      acceptedBy: null,
      acceptedAt: null,
      progress: "",
      evidence: "",
      handedInBy: null,
      handedInAt: null,
      verifiedBy: null,
      verifiedAt: null,
      returnedFor: "",
      deskId: event.deskId ?? (event.assignee.kind === "body" ? event.assignee.id : event.bodyId),
      supporting: event.supporting ?? [],
      steps: (event.steps ?? []).map(({ id, owner }, n) => ({ id, title: titles[n] ?? "", owner, doneBy: null, doneAt: null })),
      percent: 0,
      documents: [],
      sentBack: null,
      insisted: [],
      extension: null,
      extensions: 0,
      plannedDueOn: event.dueOn,
      confirmed: [],
      reopened: 0,
      series,
      repeatAt: series && event.dueAt,
      nextId: null,
      unheldAt: null,
      version: 1,
    };
  }
  if (!task) throw new Error(`${event.type} before task.assigned: ${event.id}`);
  return { ...task, ...changes(task, event, by), version: task.version + 1 };
}

/** Into other hands: to be taken on anew, with nothing left of what those before asked for. Work handed in stays handed in. */
const inHands = (task: Task, assignee: Assignee, deskId: string): Partial<Task> => ({
  assignee,
  deskId,
  status: task.status === "handedIn" || task.status === "verified" ? task.status : "assigned",
  acceptedBy: null,
  acceptedAt: null,
  sentBack: null,
  insisted: [],
  extension: null,
  unheldAt: null,
  supporting: task.supporting.filter((s) => !same(s, assignee)),
});

function changes(task: Task, event: Exclude<TaskEvent, { type: "task.assigned" }>, by: By): Partial<Task> {
  const taken = task.acceptedAt === null ? { acceptedBy: by.actorId, acceptedAt: by.at } : {};
  const begun = "aside" in event && event.aside ? {} : { ...taken, status: task.status === "assigned" ? ("accepted" as const) : task.status };
  switch (event.type) {
    case "task.accepted":
      return { status: "accepted", acceptedBy: by.actorId, acceptedAt: by.at };
    case "task.progressed":
      return { ...begun, progress: event.words.text, percent: event.percent ?? task.percent };
    case "task.stepAdded":
      return { steps: [...task.steps, { id: event.stepId, title: event.words.title, owner: event.owner, doneBy: null, doneAt: null }] };
    case "task.stepTicked": {
      const ticked = event.done ? { doneBy: by.actorId, doneAt: by.at } : { doneBy: null, doneAt: null };
      return { ...begun, steps: task.steps.map((s) => (s.id === event.stepId ? { ...s, ...ticked } : s)) };
    }
    case "task.stepDropped":
      return { steps: task.steps.filter((s) => s.id !== event.stepId) };
    case "task.supportSet":
      return { supporting: event.supporting };
    case "task.photosGiven":
      return begun;
    case "task.documentGiven": {
      const { documentId, fileType, bytes, digest, words } = event;
      return { documents: [...task.documents, { id: documentId, name: words.name, type: fileType, bytes, digest, givenBy: by.actorId, at: by.at }] };
    }
    case "task.handedIn":
      return {
        ...taken,
        status: "handedIn",
        evidence: event.words.text,
        handedInBy: by.actorId,
        handedInAt: by.at,
        returnedFor: "",
        sentBack: null,
        extension: null,
      };
    case "task.verified":
      return { status: "verified", verifiedBy: by.actorId, verifiedAt: by.at, extension: null };
    case "task.returned":
      return { status: "accepted", returnedFor: event.words.reason };
    case "task.sentBack":
      return { sentBack: { rule: event.rule, belongsTo: event.belongsTo, reason: event.words.reason, by: by.actorId, at: by.at } };
    case "task.insisted":
      return { sentBack: null, insisted: [...task.insisted, event.rule] };
    case "task.reassigned":
    case "task.handedOver":
      return inHands(task, event.assignee, event.deskId);
    case "task.extensionAsked":
      return { extension: { dueOn: event.dueOn, dueAt: event.dueAt, reason: event.words.reason, by: by.actorId, at: by.at } };
    case "task.extended":
      return { extension: null, extensions: task.extensions + 1, dueOn: event.dueOn, dueAt: event.dueAt };
    case "task.extensionRefused":
    case "task.extensionDropped":
      return { extension: null };
    case "task.confirmed":
      return { confirmed: [...task.confirmed, { by: by.actorId, at: by.at }] };
    case "task.reopened":
      return {
        status: "accepted",
        returnedFor: event.words.reason,
        dueOn: event.dueOn,
        dueAt: event.dueAt,
        confirmed: [],
        reopened: task.reopened + 1,
        verifiedBy: null,
        verifiedAt: null,
      };
    case "task.unheld":
      return { unheldAt: by.at };
    case "task.held":
      return { unheldAt: null };
    case "task.repeated":
      return { repeatAt: null, nextId: event.nextId };
    case "task.repeatStopped":
      return { repeatAt: null };
  }
}
