// One task with its story, its proofs, and what this reader may do with it.
import { attachmentsOf } from "../data/attachments.server";
import { readEvents } from "../data/audit.server";
import { loadLimits } from "../data/clocks.server";
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { loadDecision, loadTask } from "../data/meetings.server";
import { loadBodies, namesOf } from "../data/organisation.server";
import { taskSubject } from "../data/subjects.server";
import type { Body } from "../domain/body";
import type { ClockLimits } from "../domain/clock";
import type { DomainEvent } from "../domain/event";
import { isOver } from "../domain/issue";
import type { Action, Subject } from "../domain/permission";
import { acceptTask, giveBack, progress, type ReturnRule, type Task, taskLimits } from "../domain/task";
import { type RepeatKind, repeatKindOf } from "../domain/task-work";
import { handProps, peopleIn, type TaskProps, taskProps } from "./decisions";
import { fullName, mayDo, type Viewer } from "./viewer";

/** What the page offers. The names are those of the commands, but for `rule`, which is insisting or reassigning after a return. */
export type TaskAct =
  | "accept"
  | "progress"
  | "handIn"
  | "verify"
  | "return"
  | "addStep"
  | "dropStep"
  | "tickStep"
  | "setSupport"
  | "givePhotos"
  | "giveDocument"
  | "sendBack"
  | "rule"
  | "reassign"
  | "handOver"
  | "askExtension"
  | "decideExtension"
  | "confirm"
  | "reopen"
  | "stopRepeat";

export type StepLine = { id: string; title: string; done: boolean; owner: string; doneBy: string; doneAt: string | null };
export type StoryLine = { at: string; what: string; by: string; text: string; to: string; rule: ReturnRule | null; on: string; n: number };

export type TaskPage = TaskProps & {
  issue: { number: string; title: string };
  decision: { text: string; at: string; body: string; bodyId: string; meetingId: string };
  /** The body behind a person in the lead; empty where the lead is a body. */
  desk: string;
  deskId: string;
  stepList: StepLine[];
  evidence: string;
  photoIds: string[];
  beforeIds: string[];
  documents: { id: string; name: string; type: Task["documents"][number]["type"]; bytes: number }[];
  sentBack: { rule: ReturnRule; belongsTo: string; reason: string; by: string; at: string } | null;
  insisted: readonly ReturnRule[];
  extension: { dueOn: string; reason: string; by: string } | null;
  extensions: number;
  plannedDueOn: string;
  confirmed: { n: number; mine: boolean };
  reopened: number;
  series: { kind: RepeatKind; no: number; goesOn: boolean; nextId: string | null } | null;
  handedInBy: string;
  verifiedBy: string;
  verifiedAt: string | null;
  story: StoryLine[];
  can: Record<TaskAct, boolean>;
  /** Their own work cannot be checked by those who handed it in; the page says so instead of a missing button. */
  ownWork: boolean;
  version: number;
};

export async function taskPage(db: Db, viewer: Viewer, { taskId }: { taskId: string }): Promise<TaskPage | null> {
  const { communityId, personId } = viewer.actor;
  const task = await loadTask(db, communityId, taskId);
  const issue = task && (await loadIssue(db, communityId, task.issueId));
  if (!task || !issue) return null;
  const subject = taskSubject(task, issue);
  if (!mayDo(viewer, "task.see", subject)) return null;
  const bodies = await loadBodies(db, communityId);
  const decision = await loadDecision(db, communityId, task.decisionId);
  const [photos, before] = [await attachmentsOf(db, communityId, "task", [task.id]), await attachmentsOf(db, communityId, "taskBefore", [task.id])];
  const rows = await db
    .selectFrom("AuditEvent")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("subject", "=", "task")
    .where("subjectId", "=", task.id)
    .orderBy("seq")
    .execute();
  const events = await readEvents(db, rows);
  const names = await namesOf(db, communityId, [
    ...events.map((e) => e.actorId),
    ...events.flatMap((e) => handsIn(e.event)),
    ...[task.handedInBy, task.verifiedBy].flatMap((id) => id ?? []),
    ...peopleIn(task),
    ...task.steps.flatMap((s) => s.doneBy ?? []),
    ...[task.sentBack?.by, task.extension?.by].flatMap((id) => id ?? []),
  ]);
  const titles = stepTitles(events.map((e) => e.event));
  const checks = mayDo(viewer, "task.verify", subject);
  const handler = mayDo(viewer, "issue.see.handlers", subject);
  const nameOf = (id: string | null): string => (id === null || (id === issue.raisedBy && !handler) ? "" : (names.get(id) ?? ""));
  const deskBody = task.assignee.kind === "person" ? bodies.get(task.deskId) : undefined;
  return {
    ...taskProps(viewer, bodies, names)(task),
    issue: { number: issue.number, title: issue.title },
    decision: {
      text: decision?.text ?? "",
      at: decision?.recordedAt ?? task.assignedAt,
      body: bodies.get(task.bodyId)?.name ?? "",
      bodyId: task.bodyId,
      meetingId: decision?.meetingId ?? "",
    },
    desk: deskBody ? fullName(deskBody) : "",
    deskId: task.deskId,
    stepList: task.steps.map((s) => ({
      id: s.id,
      title: s.title,
      done: s.doneAt !== null,
      owner: s.owner ? handProps(s.owner, bodies, names).name : "",
      doneBy: nameOf(s.doneBy),
      doneAt: s.doneAt,
    })),
    evidence: task.evidence,
    photos: photos.length,
    photoIds: photos.map((p) => p.id),
    beforeIds: before.map((p) => p.id),
    documents: task.documents.map(({ id, name, type, bytes }) => ({ id, name, type, bytes })),
    sentBack: task.sentBack && {
      rule: task.sentBack.rule,
      belongsTo: task.sentBack.belongsTo ? handProps(task.sentBack.belongsTo, bodies, names).name : "",
      reason: task.sentBack.reason,
      by: nameOf(task.sentBack.by),
      at: task.sentBack.at,
    },
    insisted: task.insisted,
    extension: task.extension && { dueOn: task.extension.dueOn, reason: task.extension.reason, by: nameOf(task.extension.by) },
    extensions: task.extensions,
    plannedDueOn: task.plannedDueOn,
    confirmed: { n: task.confirmed.length, mine: task.confirmed.some((c) => c.by === personId) },
    reopened: task.reopened,
    series: task.series && { kind: repeatKindOf(task.series), no: task.series.no, goesOn: task.repeatAt !== null, nextId: task.nextId },
    handedInBy: nameOf(task.handedInBy),
    verifiedBy: nameOf(task.verifiedBy),
    verifiedAt: task.verifiedAt,
    story: events.map((e) => storyLine(e.event, e.at, nameOf(e.actorId), { bodies, names, titles })),
    can: acts(viewer, subject, task, { issueOver: isOver(issue), limits: await loadLimits(db, communityId) }),
    ownWork: checks && task.status === "handedIn" && task.handedInBy === personId,
    version: task.version,
  };
}

function acts(viewer: Viewer, subject: Subject, task: Task, at: { issueOver: boolean; limits: ClockLimits }): Record<TaskAct, boolean> {
  const may = (act: Exclude<TaskAct, "rule"> | "insist") => mayDo(viewer, `task.${act}` as Action, subject);
  const { personId } = viewer.actor;
  const running = task.status === "assigned" || task.status === "accepted";
  const affected = task.status === "verified" && !at.issueOver;
  return {
    accept: may("accept") && acceptTask(task).ok && task.sentBack === null,
    progress: may("progress") && progress(task, "x").ok,
    handIn: may("handIn") && running,
    verify: may("verify") && task.status === "handedIn" && task.handedInBy !== personId,
    return: may("return") && giveBack(task, "x").ok,
    addStep: may("addStep") && running && task.steps.length < taskLimits.steps,
    dropStep: may("dropStep") && running,
    tickStep: may("tickStep") && running,
    setSupport: may("setSupport") && running,
    givePhotos: may("givePhotos") && running,
    giveDocument: may("giveDocument") && running && task.documents.length < taskLimits.documents,
    sendBack: may("sendBack") && running && task.sentBack === null,
    rule: may("insist") && running && task.sentBack !== null,
    reassign: may("reassign") && running && task.sentBack === null,
    handOver: may("handOver") && task.status !== "verified",
    askExtension: may("askExtension") && running && task.extension === null && task.extensions < at.limits.taskExtensions,
    decideExtension: may("decideExtension") && running && task.extension !== null,
    confirm: may("confirm") && affected && !task.confirmed.some((c) => c.by === personId),
    reopen: may("reopen") && affected,
    stopRepeat: may("stopRepeat") && task.repeatAt !== null,
  };
}

/** People an event names. */
function handsIn(event: DomainEvent): string[] {
  const hands = [...("assignee" in event ? [event.assignee] : []), ...("supporting" in event ? (event.supporting ?? []) : [])];
  return hands.flatMap((hand) => (hand.kind === "person" ? [hand.id] : []));
}

/** What the steps are called, those that were taken off included. */
function stepTitles(events: readonly DomainEvent[]): Map<string, string> {
  return new Map(
    events.flatMap((event) => {
      if (event.type === "task.stepAdded") return [[event.stepId, event.words.title] as const];
      const titles = event.type === "task.assigned" ? (event.words.steps ?? "").split("\n") : [];
      return event.type === "task.assigned" ? (event.steps ?? []).map(({ id }, n) => [id, titles[n] ?? ""] as const) : [];
    }),
  );
}

type Known = { bodies: ReadonlyMap<string, Body>; names: ReadonlyMap<string, string>; titles: ReadonlyMap<string, string> };
function storyLine(event: DomainEvent, at: string, by: string, { bodies, names, titles }: Known): StoryLine {
  const words: Record<string, string> = ("words" in event && event.words) || {};
  const line: StoryLine = { at, what: event.type, by, text: words.text ?? words.reason ?? words.title ?? words.name ?? "", to: "", rule: null, on: "", n: 0 };
  const name = (hand: Task["assignee"]) => handProps(hand, bodies, names).name;
  switch (event.type) {
    case "task.progressed":
      return { ...line, n: event.percent ?? 0 };
    case "task.stepTicked":
      return { ...line, what: event.done ? event.type : `${event.type}.open`, text: titles.get(event.stepId) ?? "" };
    case "task.stepDropped":
      return { ...line, text: titles.get(event.stepId) ?? "" };
    case "task.supportSet":
      return { ...line, what: event.supporting.length > 0 ? event.type : `${event.type}.none`, to: event.supporting.map(name).join(" · ") };
    case "task.photosGiven":
      return { ...line, n: event.photos };
    case "task.sentBack":
    case "task.insisted":
      return { ...line, rule: event.rule };
    case "task.reassigned":
      return { ...line, to: name(event.assignee) };
    case "task.handedOver":
      return { ...line, what: event.cause === "asked" ? event.type : `${event.type}.${event.cause}`, to: name(event.assignee) };
    case "task.extensionAsked":
    case "task.extended":
      return { ...line, on: event.dueOn };
    default:
      return line;
  }
}

/** A task's document, or null when there is none or none this person may see. */
export async function seeTaskDocument(db: Db, viewer: Viewer, taskId: string, id: string): Promise<Task["documents"][number] | null> {
  const { communityId } = viewer.actor;
  const task = await loadTask(db, communityId, taskId);
  const issue = task && (await loadIssue(db, communityId, task.issueId));
  if (!task || !issue || !mayDo(viewer, "task.see", taskSubject(task, issue))) return null;
  return task.documents.find((d) => d.id === id) ?? null;
}

/** Whom the page's forms may name: this task's people and bodies as values of a field. */
export async function handsOfTask(db: Db, viewer: Viewer, taskId: string): Promise<{ supporting: string[]; lead: string; belongsTo: string }> {
  const task = await loadTask(db, viewer.actor.communityId, taskId);
  const value = (hand: Task["assignee"]) => `${hand.kind}:${hand.id}`;
  const belongsTo = task?.sentBack?.belongsTo;
  return { supporting: task?.supporting.map(value) ?? [], lead: task ? value(task.assignee) : "", belongsTo: belongsTo ? value(belongsTo) : "" };
}
