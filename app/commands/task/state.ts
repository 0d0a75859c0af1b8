// What the commands on one task look at.
import { runningCourseOf } from "../../data/courses.server";
import type { Db } from "../../data/dialect.server";
import { loadIssue } from "../../data/issues.server";
import { loadTask, tasksOf } from "../../data/meetings.server";
import { taskSubject } from "../../data/subjects.server";
import type { Course } from "../../domain/course";
import type { Issue } from "../../domain/issue";
import { type Actor, can } from "../../domain/permission";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import type { Task } from "../../domain/task";
import { id, version } from "../../domain/vocabulary";

export const onTask = { taskId: id, version };

export type TaskState = { task: Task; issue: Issue; course: Course | null; otherOpen: number; all: number };

export async function loadTaskState(tx: Db, taskId: string, actor: Actor): Promise<Outcome<TaskState>> {
  const task = await loadTask(tx, actor.communityId, taskId);
  const issue = task && (await loadIssue(tx, actor.communityId, task.issueId));
  if (!task || !issue || !can(actor, "task.see", taskSubject(task, issue))) return refuse("notFound", { what: taskId });
  const all = await tasksOf(tx, actor.communityId, { issueId: issue.id });
  const course = await runningCourseOf(tx, actor.communityId, issue.id);
  return accept({ task, issue, course, all: all.length, otherOpen: all.filter((t) => t.id !== task.id && t.status !== "verified").length });
}

export const taskOfState = ({ task, issue }: TaskState) => taskSubject(task, issue);
export const seenTask = ({ task }: TaskState) => ({ kind: "task", id: task.id, version: task.version, harmless: new Set(["task.progressed"]) });
