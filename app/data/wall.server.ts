// What hangs on the wall besides projects: every task of a community with how it stands to bodies and people.
import type { Subject } from "../domain/permission";
import type { Task } from "../domain/task";
import { type Db, prepared } from "./dialect.server";
import { taskOf } from "./meetings.server";

const tasks = prepared<{ communityId: string; from: string }>()((db, p) =>
  db
    .selectFrom("Task")
    .selectAll()
    .where("communityId", "=", p("communityId"))
    .where((eb) => eb.or([eb("status", "!=", "verified"), eb("dueOn", ">=", p("from"))]))
    .orderBy("dueAt")
    .orderBy("id"),
);
const issues = prepared<{ communityId: string }>()((db, p) =>
  db.selectFrom("Issue").select(["id", "number", "title", "raisedInId", "raisedBy"]).where("communityId", "=", p("communityId")),
);
const stays = prepared<{ communityId: string }>()((db, p) => db.selectFrom("Stay").select(["issueId", "bodyId"]).where("communityId", "=", p("communityId")));

export type ChartedTask = { task: Task; subject: Subject; issue: { number: string; title: string } };

/** Tasks that are open, or were due on `from` or later, by the day they are due. Three queries, however many there are. */
export async function chartedTasks(db: Db, communityId: string, from: string): Promise<ChartedTask[]> {
  const found = (await tasks(db, { communityId, from })).map(taskOf);
  if (found.length === 0) return [];
  const of = new Map((await issues(db, { communityId })).map((issue) => [issue.id, issue]));
  const paths = new Map<string, string[]>();
  for (const { issueId, bodyId } of await stays(db, { communityId })) {
    const path = paths.get(issueId);
    if (path) path.push(bodyId);
    else paths.set(issueId, [bodyId]);
  }
  return found.flatMap((task) => {
    const issue = of.get(task.issueId);
    if (!issue) return [];
    const subject: Subject = {
      communityId,
      bodies: {
        body: [task.bodyId],
        raisedIn: [issue.raisedInId],
        path: paths.get(task.issueId) ?? [],
        assigneeBody: task.assignee.kind === "body" ? [task.assignee.id] : [],
      },
      people: { assignee: task.assignee.kind === "person" ? [task.assignee.id] : [], raiser: [issue.raisedBy] },
    };
    return [{ task, subject, issue }];
  });
}
