// Tasks: one with its story, and the two lists that never mix: mine to do, and what my bodies gave out.
import { attachmentsOf } from "../data/attachments.server";
import { readEvents } from "../data/audit.server";
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { loadDecision, loadTask, taskOf } from "../data/meetings.server";
import { loadBodies, namesOf } from "../data/organisation.server";
import { taskSubject } from "../data/subjects.server";
import { acceptTask, giveBack, handIn, progress } from "../domain/task";
import { type TaskProps, taskProps } from "./issue-page";
import { mayDo, type Viewer } from "./viewer";

export type TaskPage = TaskProps & {
  issue: { number: string; title: string };
  decision: { text: string; at: string; body: string; meetingId: string };
  evidence: string;
  photoIds: string[];
  handedInBy: string;
  verifiedBy: string;
  verifiedAt: string | null;
  story: { at: string; what: string; by: string; text: string }[];
  can: { accept: boolean; progress: boolean; handIn: boolean; verify: boolean; return: boolean };
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
  const photos = await attachmentsOf(db, communityId, "task", [task.id]);
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
    ...[task.handedInBy, task.verifiedBy].flatMap((id) => id ?? []),
    ...(task.assignee.kind === "person" ? [task.assignee.id] : []),
  ]);
  const checks = mayDo(viewer, "task.verify", subject);
  return {
    ...taskProps(viewer, bodies, names)(task),
    issue: { number: issue.number, title: issue.title },
    decision: {
      text: decision?.text ?? "",
      at: decision?.recordedAt ?? task.assignedAt,
      body: bodies.get(task.bodyId)?.name ?? "",
      meetingId: decision?.meetingId ?? "",
    },
    evidence: task.evidence,
    photos: photos.length,
    photoIds: photos.map((p) => p.id),
    handedInBy: task.handedInBy ? (names.get(task.handedInBy) ?? "") : "",
    verifiedBy: task.verifiedBy ? (names.get(task.verifiedBy) ?? "") : "",
    verifiedAt: task.verifiedAt,
    story: events.map((e) => {
      const words: Record<string, string> = "words" in e.event ? e.event.words : {};
      return { at: e.at, what: e.event.type, by: names.get(e.actorId) ?? "", text: words.text ?? words.reason ?? "" };
    }),
    can: {
      accept: mayDo(viewer, "task.accept", subject) && acceptTask(task).ok,
      progress: mayDo(viewer, "task.progress", subject) && progress(task, "x").ok,
      handIn: mayDo(viewer, "task.handIn", subject) && handIn(task, "x", 0).ok,
      verify: checks && task.status === "handedIn" && task.handedInBy !== personId,
      return: checks && giveBack(task, "x").ok,
    },
    ownWork: checks && task.status === "handedIn" && task.handedInBy === personId,
    version: task.version,
  };
}

export type TaskRow = TaskProps & { issue: { number: string; title: string } };
export type TaskList = { which: "mine" | "given"; done: boolean; rows: TaskRow[]; counts: { mine: number; given: number } };

const working = ["head", "chair", "member", "staff", "recorder"];

/** Open (or finished) tasks: those I am to do, or those my bodies gave out. */
export async function taskList(db: Db, viewer: Viewer, ask: { which: "mine" | "given"; done: boolean }): Promise<TaskList> {
  const { communityId, personId, posts } = viewer.actor;
  const at = posts.length > 0 ? posts.map((p) => p.bodyId) : [""];
  const worksAt = posts.filter((p) => working.includes(p.role)).map((p) => p.bodyId);
  const base = (which: "mine" | "given") =>
    db
      .selectFrom("Task")
      .where("communityId", "=", communityId)
      .where((eb) =>
        which === "given"
          ? eb("bodyId", "in", at)
          : eb.or([
              eb.and([eb("assigneeKind", "=", "person"), eb("assigneeId", "=", personId)]),
              eb.and([eb("assigneeKind", "=", "body"), eb("assigneeId", "in", worksAt.length > 0 ? worksAt : [""])]),
            ]),
      );
  const open = (which: "mine" | "given") => base(which).where("status", "!=", "verified");
  const count = async (which: "mine" | "given") => (await open(which).select("id").limit(1000).execute()).length;
  const rows = await (ask.done ? base(ask.which).where("status", "=", "verified").orderBy("verifiedAt", "desc") : open(ask.which).orderBy("dueAt"))
    .selectAll()
    .limit(100)
    .execute();
  const bodies = await loadBodies(db, communityId);
  const names = await namesOf(
    db,
    communityId,
    rows.filter((r) => r.assigneeKind === "person").map((r) => r.assigneeId),
  );
  const props = taskProps(viewer, bodies, names);
  const list: TaskRow[] = [];
  for (const row of rows) {
    const issue = await loadIssue(db, communityId, row.issueId);
    if (issue) list.push({ ...props(taskOf(row)), issue: { number: issue.number, title: issue.title } });
  }
  return { ...ask, rows: list, counts: { mine: await count("mine"), given: await count("given") } };
}
