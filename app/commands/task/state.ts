// What the commands on one task look at.
import { z } from "zod";
import { runningCourseOf } from "../../data/courses.server";
import type { Db } from "../../data/dialect.server";
import { loadIssue } from "../../data/issues.server";
import { loadTask } from "../../data/meetings.server";
import { type Community, loadActor, loadBody, loadCommunity } from "../../data/organisation.server";
import { openWorkOf } from "../../data/projects.server";
import { taskSubject } from "../../data/subjects.server";
import type { Course } from "../../domain/course";
import { id, version } from "../../domain/input";
import type { Issue } from "../../domain/issue";
import { type Actor, can, mayBeCharged } from "../../domain/permission";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import type { Assignee, Task } from "../../domain/task";

export const onTask = { taskId: id, version };

/** One field of a form: "person:…" or "body:…". */
export const assigneeText = z.string({ error: "choice.missing" }).regex(/^(person|body):[0-9a-z]{1,32}$/, { error: "choice.missing" });

/** Whom a form's field means, and the body behind them: for a person the one preferred, where they hold an office there. Refused: whom no work may be given to. */
export async function loadHand(
  tx: Db,
  communityId: string,
  text: string,
  at: { now: string; prefer: string; field: string },
): Promise<Outcome<{ assignee: Assignee; deskId: string }>> {
  const [kind, handId = ""] = text.split(":");
  if (kind === "body") {
    const body = await loadBody(tx, communityId, handId);
    if (!body || body.endedAt) return refuse("task.unknownAssignee", {}, at.field);
    return accept({ assignee: { kind: "body", id: handId }, deskId: handId });
  }
  const person = await loadActor(tx, communityId, handId, at.now);
  const posts = person?.posts.filter(mayBeCharged) ?? [];
  const post = posts.find((p) => p.bodyId === at.prefer) ?? posts[0];
  if (!post) return refuse("task.unknownAssignee", {}, at.field);
  return accept({ assignee: { kind: "person", id: handId }, deskId: post.bodyId });
}

/** The same for a list. */
export async function loadHands(
  tx: Db,
  communityId: string,
  texts: readonly string[],
  at: { now: string; prefer: string; field: string },
): Promise<Outcome<Assignee[]>> {
  const hands: Assignee[] = [];
  for (const text of texts) {
    const hand = await loadHand(tx, communityId, text, at);
    if (!hand.ok) return hand;
    hands.push(hand.value.assignee);
  }
  return accept(hands);
}

/** `aside`: the actor helps and does not lead, so what they do does not take the task on. */
export type TaskState = { task: Task; issue: Issue; course: Course | null; otherOpen: number; aside: boolean; community: Community };

export async function loadTaskState(tx: Db, taskId: string, actor: Actor): Promise<Outcome<TaskState>> {
  const task = await loadTask(tx, actor.communityId, taskId);
  const issue = task && (await loadIssue(tx, actor.communityId, task.issueId));
  const community = await loadCommunity(tx, actor.communityId);
  if (!task || !issue || !community || !can(actor, "task.see", taskSubject(task, issue))) return refuse("notFound", { what: taskId });
  return accept({
    task,
    issue,
    community,
    course: await runningCourseOf(tx, actor.communityId, issue.id),
    aside: !can(actor, "task.accept", taskSubject(task, issue)),
    otherOpen: await openWorkOf(tx, actor.communityId, issue.id, task.id),
  });
}

export const taskOfState = ({ task, issue }: TaskState) => taskSubject(task, issue);
const harmless = new Set([
  "task.progressed",
  "task.stepTicked",
  "task.photosGiven",
  "task.documentGiven",
  "task.confirmed",
  "task.repeated",
  "task.unheld",
  "task.held",
]);
/** A percentage said meanwhile is overwritten by another. */
export const harmlessToPercent = new Set([...harmless].filter((type) => type !== "task.progressed"));
export const seenTask = ({ task }: TaskState) => ({
  kind: "task",
  id: task.id,
  version: task.version,
  harmless,
});
