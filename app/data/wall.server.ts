// What hangs on the wall besides projects: every task of a community with how it stands to bodies and people.
import type { Subject } from "../domain/permission";
import type { Assignee, Task, TaskStatus } from "../domain/task";
import { type Db, prepared } from "./dialect.server";

const tasks = prepared<{ communityId: string; from: string }>()((db, p) =>
  db
    .selectFrom("Task")
    .select(["id", "decisionId", "issueId", "bodyId", "title", "assigneeKind", "assigneeId", "assignedAt", "dueOn", "status", "steps", "percent", "supporting"])
    .where("communityId", "=", p("communityId"))
    .where((eb) => eb.or([eb("status", "!=", "verified"), eb("dueOn", ">=", p("from"))]))
    .orderBy("dueAt")
    .orderBy("id"),
);
const issues = prepared<{ communityId: string }>()((db, p) =>
  db.selectFrom("Issue").select(["id", "number", "title", "raisedInId", "raisedBy"]).where("communityId", "=", p("communityId")),
);
const stays = prepared<{ communityId: string }>()((db, p) => db.selectFrom("Stay").select(["issueId", "bodyId"]).where("communityId", "=", p("communityId")));

/** Most have none, and a thousand are read at once. */
const listIn = <T>(json: string): readonly T[] => (json === "[]" ? [] : (JSON.parse(json) as T[]));

/** What a chart needs of a task, and no more: a wall has a thousand of them. */
export type TaskOnWall = Pick<
  Task,
  "id" | "decisionId" | "issueId" | "bodyId" | "title" | "assignee" | "assignedAt" | "dueOn" | "status" | "steps" | "percent"
>;
export type ChartedTask = { task: TaskOnWall; subject: Subject; issue: { number: string; title: string } };

/** Tasks that are open, or were due on `from` or later, by the day they are due. Three queries, however many there are. */
export async function chartedTasks(db: Db, communityId: string, from: string): Promise<ChartedTask[]> {
  const found = await tasks(db, { communityId, from });
  if (found.length === 0) return [];
  const of = new Map((await issues(db, { communityId })).map((issue) => [issue.id, issue]));
  const paths = new Map<string, string[]>();
  for (const { issueId, bodyId } of await stays(db, { communityId })) {
    const path = paths.get(issueId);
    if (path) path.push(bodyId);
    else paths.set(issueId, [bodyId]);
  }
  const charted: ChartedTask[] = [];
  for (const { assigneeKind, assigneeId, status, steps, supporting, ...row } of found) {
    const issue = of.get(row.issueId);
    if (!issue) continue;
    const assignee: Assignee = { kind: assigneeKind as Assignee["kind"], id: assigneeId };
    const helping = listIn<Task["supporting"][number]>(supporting);
    const subject: Subject = {
      communityId,
      bodies: {
        body: [row.bodyId],
        raisedIn: [issue.raisedInId],
        path: paths.get(row.issueId) ?? [],
        assigneeBody: assignee.kind === "body" ? [assigneeId] : [],
        supportBody: helping.flatMap((s) => (s.kind === "body" ? [s.id] : [])),
      },
      people: {
        assignee: assignee.kind === "person" ? [assigneeId] : [],
        supporter: helping.flatMap((s) => (s.kind === "person" ? [s.id] : [])),
        raiser: [issue.raisedBy],
      },
    };
    charted.push({ task: { ...row, assignee, status: status as TaskStatus, steps: listIn<Task["steps"][number]>(steps) }, subject, issue });
  }
  return charted;
}
