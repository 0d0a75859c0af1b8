// What hangs on the wall besides projects: every task of a community with how it stands to bodies and people.
import type { Subject } from "../domain/permission";
import type { Assignee, Task, TaskStatus } from "../domain/task";
import { type Db, prepared } from "./dialect.server";
import { isConfided } from "./subjects.server";

type Ask = { communityId: string; from: string };
const tasks = prepared<Ask>()((db, p) =>
  db
    .selectFrom("Task")
    .innerJoin("Issue", (join) => join.onRef("Issue.communityId", "=", "Task.communityId").onRef("Issue.id", "=", "Task.issueId"))
    .select(["Task.id", "decisionId", "issueId", "bodyId", "Task.title", "assigneeKind", "assigneeId", "assignedAt", "dueOn", "Task.status"])
    .select([
      "steps",
      "percent",
      "supporting",
      "Issue.number as issueNumber",
      "Issue.title as issueTitle",
      "Issue.raisedInId",
      "Issue.raisedBy",
      "Issue.visibility",
    ])
    .where("Task.communityId", "=", p("communityId"))
    .where((eb) => eb.or([eb("Task.status", "!=", "verified"), eb("dueOn", ">=", p("from"))]))
    .orderBy("Task.dueAt")
    .orderBy("Task.id"),
);
const stays = prepared<Ask>()((db, p) =>
  db
    .selectFrom("Stay")
    .select(["issueId", "bodyId"])
    .where("communityId", "=", p("communityId"))
    .where("issueId", "in", (eb) =>
      eb
        .selectFrom("Task")
        .select("Task.issueId")
        .where("Task.communityId", "=", p("communityId"))
        .where(({ or, eb }) => or([eb("Task.status", "!=", "verified"), eb("Task.dueOn", ">=", p("from"))])),
    ),
);

/** Most have none, and a thousand are read at once. */
const listIn = <T>(json: string): readonly T[] => (json === "[]" ? [] : (JSON.parse(json) as T[]));

/** What a chart needs of a task, and no more: a wall has a thousand of them. */
export type TaskOnWall = Pick<
  Task,
  "id" | "decisionId" | "issueId" | "bodyId" | "title" | "assignee" | "assignedAt" | "dueOn" | "status" | "steps" | "percent"
>;
export type ChartedTask = { task: TaskOnWall; subject: Subject; issue: { number: string; title: string } };

/** Tasks that are open, or were due on `from` or later, by the day they are due. Two queries, however many there are. */
export async function chartedTasks(db: Db, communityId: string, from: string): Promise<ChartedTask[]> {
  const found = await tasks(db, { communityId, from });
  if (found.length === 0) return [];
  const paths = new Map<string, string[]>();
  for (const { issueId, bodyId } of await stays(db, { communityId, from })) {
    const path = paths.get(issueId);
    if (path) path.push(bodyId);
    else paths.set(issueId, [bodyId]);
  }
  const charted: ChartedTask[] = [];
  for (const row of found) {
    const assignee: Assignee = { kind: row.assigneeKind as Assignee["kind"], id: row.assigneeId };
    const helping = listIn<Task["supporting"][number]>(row.supporting);
    const subject: Subject = {
      communityId,
      confided: isConfided(row),
      bodies: {
        body: [row.bodyId],
        raisedIn: [row.raisedInId],
        path: paths.get(row.issueId) ?? [],
        assigneeBody: assignee.kind === "body" ? [assignee.id] : [],
        supportBody: helping.flatMap((s) => (s.kind === "body" ? [s.id] : [])),
      },
      people: {
        assignee: assignee.kind === "person" ? [assignee.id] : [],
        supporter: helping.flatMap((s) => (s.kind === "person" ? [s.id] : [])),
        raiser: [row.raisedBy],
      },
    };
    charted.push({
      // Named one by one: spreading a thousand rows costs as much as reading them.
      task: {
        id: row.id,
        decisionId: row.decisionId,
        issueId: row.issueId,
        bodyId: row.bodyId,
        title: row.title,
        assignee,
        assignedAt: row.assignedAt,
        dueOn: row.dueOn,
        status: row.status as TaskStatus,
        steps: listIn<Task["steps"][number]>(row.steps),
        percent: row.percent,
      },
      subject,
      issue: { number: row.issueNumber, title: row.issueTitle },
    });
  }
  return charted;
}
