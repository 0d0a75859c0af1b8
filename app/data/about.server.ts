// What an event is about, and what somebody is reminded of, as it stands now.
import { isOpen } from "../domain/acknowledgement";
import { type DomainEvent, issueOf, meetingOf } from "../domain/event";
import { current, holderOf, type Issue } from "../domain/issue";
import type { Meeting } from "../domain/meeting";
import { isOwed } from "../domain/order";
import type { Paper } from "../domain/paper";
import type { Project } from "../domain/project";
import type { Assignee, Task } from "../domain/task";
import type { MatterKind } from "../domain/word";
import type { Recorded } from "./audit.server";
import { loadAcknowledgement, loadOrder } from "./clocks.server";
import type { Db } from "./dialect.server";
import { loadIssue } from "./issues.server";
import { loadMeeting, loadTask } from "./meetings.server";
import { loadPaper } from "./papers.server";
import { loadProject } from "./projects.server";

export type About = {
  communityId: string;
  /** The body it happened in, or came to; and the one it came from. */
  bodyId: string | null;
  bodyBefore: string | null;
  issue: Issue | null;
  meeting: Meeting | null;
  paper: Paper | null;
  task: Task | null;
  project: Project | null;
  owed: Owed | null;
  /** Who led the task before it came into other hands, and which of its helpers are new. */
  leadBefore: Assignee | null;
  newSupport: readonly Assignee[];
  personId: string | null;
};

/** What a supervision order or an acknowledgement asks of a body: for whom, by when, and whether it was given or is asked no more. */
export type Owed = { issueId: string; bodyId: string; fromId: string; dueAt: string; given: boolean };

const nothing: Omit<About, "communityId"> = {
  bodyId: null,
  bodyBefore: null,
  issue: null,
  meeting: null,
  paper: null,
  task: null,
  project: null,
  owed: null,
  leadBefore: null,
  newSupport: [],
  personId: null,
};

async function loadOwed(db: Db, communityId: string, kind: string, id: string): Promise<Owed | null> {
  if (kind === "order") {
    const order = await loadOrder(db, communityId, id);
    return order && { ...order, given: !isOwed(order) };
  }
  const asked = kind === "acknowledgement" ? await loadAcknowledgement(db, communityId, id) : null;
  return asked && { ...asked, given: !isOpen(asked) };
}

const text = (event: DomainEvent, name: string): string | null => {
  const value = (event as unknown as Record<string, unknown>)[name];
  return typeof value === "string" ? value : null;
};

/** The things an event is about, as they stand now. */
export async function aboutOf(db: Db, { communityId, event }: Pick<Recorded, "communityId" | "event">): Promise<About> {
  const kind = event.type.slice(0, event.type.indexOf("."));
  const task = kind === "task" ? await loadTask(db, communityId, event.id) : null;
  const project = kind === "project" ? await loadProject(db, communityId, event.id) : null;
  const paper = kind === "paper" ? await loadPaper(db, communityId, event.id) : null;
  const owed = await loadOwed(db, communityId, kind, event.id);
  const issueId = issueOf(event) ?? task?.issueId ?? null;
  const meetingId = meetingOf(event);
  const issue = issueId === null ? null : await loadIssue(db, communityId, issueId);
  return {
    ...nothing,
    communityId,
    bodyId:
      text(event, "to") ?? text(event, "bodyId") ?? task?.bodyId ?? project?.bodyId ?? (kind === "body" ? event.id : issue ? current(issue).bodyId : null),
    bodyBefore: text(event, "from") ?? text(event, "fromId") ?? owed?.fromId ?? null,
    issue,
    meeting: meetingId === null ? null : await loadMeeting(db, communityId, meetingId),
    paper,
    task,
    project,
    owed,
    leadBefore: event.type === "task.reassigned" || event.type === "task.handedOver" ? (event.from ?? null) : null,
    newSupport: event.type === "task.supportSet" ? (event.added ?? event.supporting) : [],
    personId: text(event, "personId"),
  };
}

/** A matter somebody is reminded of, as it stands now; null when there is none such. */
export async function aboutMatter(db: Db, communityId: string, kind: MatterKind, id: string): Promise<About | null> {
  const of = { ...nothing, communityId };
  switch (kind) {
    case "issue": {
      const issue = await loadIssue(db, communityId, id);
      return issue && { ...of, issue, bodyId: holderOf(issue) };
    }
    case "task": {
      const task = await loadTask(db, communityId, id);
      return task && { ...of, task, issue: await loadIssue(db, communityId, task.issueId), bodyId: task.bodyId };
    }
    case "order":
    case "acknowledgement": {
      const owed = await loadOwed(db, communityId, kind, id);
      return owed && { ...of, owed, issue: await loadIssue(db, communityId, owed.issueId), bodyId: owed.bodyId, bodyBefore: owed.fromId };
    }
    case "meeting": {
      const meeting = await loadMeeting(db, communityId, id);
      return meeting && { ...of, meeting, bodyId: meeting.bodyId };
    }
    case "paper": {
      const paper = await loadPaper(db, communityId, id);
      return paper && { ...of, paper, meeting: await loadMeeting(db, communityId, paper.meetingId), bodyId: paper.bodyId };
    }
  }
}

/** Whether a meeting was moved after an instant. */
export async function movedSince(db: Db, communityId: string, meetingId: string, at: string): Promise<boolean> {
  const rows = await db
    .selectFrom("AuditEvent")
    .select("seq")
    .where("communityId", "=", communityId)
    .where("subject", "=", "meeting")
    .where("subjectId", "=", meetingId)
    .where("type", "=", "meeting.moved")
    .where("at", ">", at)
    .limit(1)
    .execute();
  return rows.length > 0;
}
