// A task: what a decision asks somebody to do, by a day, with a proof. It always points to its decision.
import { type Course, isCarriedOut } from "./course";
import type { Decision } from "./decision";
import type { By, Issue, IssueEvent } from "./issue";
import type { Meeting } from "./meeting";
import { accept, type Outcome, refuse } from "./refusal";

export type TaskStatus = "assigned" | "accepted" | "handedIn" | "verified";
export type Assignee = { kind: "person" | "body"; id: string };

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
  version: number;
};

type Facts = { id: string; decisionId: string; issueId: string };
export type TaskEvent =
  | ({
      type: "task.assigned";
      bodyId: string;
      meetingId: string;
      assignee: Assignee;
      dueOn: string;
      dueAt: string;
      words: { title: string; proof: string };
    } & Facts)
  | ({ type: "task.accepted" } & Facts)
  | ({ type: "task.progressed"; words: { text: string } } & Facts)
  | ({ type: "task.handedIn"; photos: number; words: { text: string } } & Facts)
  | ({ type: "task.verified"; words: { text: string } } & Facts)
  | ({ type: "task.returned"; words: { reason: string } } & Facts);

/**
 * Assign a task under a decision. Refused: a decision that was rejected or deferred, a day that has passed,
 * an issue that is over. The first task of an adopted decision sets the issue to work.
 */
export function assign(
  state: { decision: Decision; meeting: Meeting; issue: Issue },
  command: { title: string; assignee: Assignee; dueOn: string; dueAt: string; proof: string },
  by: { id: string; now: string },
): Outcome<(TaskEvent | IssueEvent)[]> {
  const { decision, issue } = state;
  if (decision.outcome === "rejected" || decision.outcome === "deferred") return refuse("task.decisionNotCarried", { outcome: decision.outcome });
  if (issue.phase.status === "closed" || issue.phase.status === "merged" || issue.phase.status === "answered")
    return refuse("issue.notOpen", { status: issue.phase.status, number: issue.number });
  if (command.dueAt <= by.now) return refuse("task.dueInThePast", {}, "dueOn");
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
    words: { title: command.title, proof: command.proof },
  };
  const holds = state.meeting.terms.course || issue.stays.at(-1)?.bodyId === decision.bodyId;
  if (decision.outcome !== "adopted" || !holds || issue.phase.status !== "open") return accept([assigned]);
  return accept([assigned, { type: "issue.assigned", id: issue.id, bodyId: decision.bodyId, decisionId: decision.id }]);
}

const facts = (task: Task): Facts => ({ id: task.id, decisionId: task.decisionId, issueId: task.issueId });
const wrong = (task: Task) => refuse("task.wrongState", { status: task.status });

export function acceptTask(task: Task): Outcome<TaskEvent> {
  if (task.status !== "assigned") return wrong(task);
  return accept({ type: "task.accepted", ...facts(task) });
}

export function progress(task: Task, text: string): Outcome<TaskEvent> {
  if (task.status === "verified") return wrong(task);
  return accept({ type: "task.progressed", ...facts(task), words: { text } });
}

/** Hand in what proves it done: words, photos, or both. */
export function handIn(task: Task, text: string, photos: number): Outcome<TaskEvent> {
  if (task.status !== "assigned" && task.status !== "accepted") return wrong(task);
  if (text === "" && photos === 0) return refuse("task.noEvidence", {}, "text");
  return accept({ type: "task.handedIn", ...facts(task), photos, words: { text } });
}

/**
 * Verify what was handed in. Refused to the one who handed it in. The last open task of an issue that is being
 * worked on sends the answer home: the raiser is asked whether it is solved. Not while a course has still to decide it.
 */
export function verify(
  state: { task: Task; issue: Issue; course: Course | null; otherOpen: number; all: number },
  text: string,
  by: { actorId: string; answer: string },
): Outcome<(TaskEvent | IssueEvent)[]> {
  const { task, issue } = state;
  if (task.status !== "handedIn") return wrong(task);
  if (task.handedInBy === by.actorId) return refuse("task.ownWork", {});
  const verified: TaskEvent = { type: "task.verified", ...facts(task), words: { text } };
  if (state.otherOpen > 0 || issue.phase.status !== "doing" || !isCarriedOut(state.course)) return accept([verified]);
  const bodyId = issue.stays.at(-1)?.bodyId ?? task.bodyId;
  return accept([verified, { type: "issue.answered", id: issue.id, bodyId, kind: "done", words: { text: by.answer } }]);
}

/** Send it back with a reason: it is due again as before. */
export function giveBack(task: Task, reason: string): Outcome<TaskEvent> {
  if (task.status !== "handedIn") return wrong(task);
  return accept({ type: "task.returned", ...facts(task), words: { reason } });
}

/** The task after `event`. */
export function evolveTask(task: Task | null, event: TaskEvent, by: By): Task {
  if (event.type === "task.assigned") {
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
      version: 1,
    };
  }
  if (!task) throw new Error(`${event.type} before task.assigned: ${event.id}`);
  return { ...task, ...changes(task, event, by), version: task.version + 1 };
}

function changes(task: Task, event: Exclude<TaskEvent, { type: "task.assigned" }>, by: By): Partial<Task> {
  const taken = task.acceptedAt === null ? { acceptedBy: by.actorId, acceptedAt: by.at } : {};
  switch (event.type) {
    case "task.accepted":
      return { status: "accepted", acceptedBy: by.actorId, acceptedAt: by.at };
    case "task.progressed":
      return { ...taken, status: task.status === "assigned" ? "accepted" : task.status, progress: event.words.text };
    case "task.handedIn":
      return { ...taken, status: "handedIn", evidence: event.words.text, handedInBy: by.actorId, handedInAt: by.at, returnedFor: "" };
    case "task.verified":
      return { status: "verified", verifiedBy: by.actorId, verifiedAt: by.at };
    case "task.returned":
      return { status: "accepted", returnedFor: event.words.reason };
  }
}
