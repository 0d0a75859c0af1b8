// Tasks looked for by who has them in hand and by what is due.
import { holdsOffice } from "../domain/body";
import { can, working } from "../domain/permission";
import type { Assignee, Task } from "../domain/task";
import type { Hands } from "../domain/task-work";
import type { Db } from "./dialect.server";
import { loadIssue } from "./issues.server";
import { taskOf } from "./meetings.server";
import { loadActor, loadBodies, loadPerson, membershipsOf } from "./organisation.server";
import { taskSubject } from "./subjects.server";

/** Open tasks this person or body leads, the most urgent first. */
async function openTasksOf(db: Db, communityId: string, lead: Assignee): Promise<Task[]> {
  const rows = await db
    .selectFrom("Task")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("assigneeKind", "=", lead.kind)
    .where("assigneeId", "=", lead.id)
    .where("status", "!=", "verified")
    .orderBy("dueAt")
    .orderBy("id")
    .execute();
  return rows.map(taskOf);
}

/** Open tasks this body stands behind: its own, and those its people hold in its name. */
export async function openTasksBehind(db: Db, communityId: string, bodyId: string): Promise<Task[]> {
  const rows = await db
    .selectFrom("Task")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("deskId", "=", bodyId)
    .where("status", "!=", "verified")
    .orderBy("id")
    .execute();
  return rows.map(taskOf);
}

/** Open tasks a person would leave behind with this office: those they hold through its body, when it is their last office there. */
export async function tasksLeftBehind(db: Db, office: { communityId: string; id: string; personId: string; bodyId: string }, today: string): Promise<Task[]> {
  const others = (await membershipsOf(db, office.communityId, { personId: office.personId })).filter((m) => m.id !== office.id && holdsOffice(m, today));
  if (others.some((m) => m.bodyId === office.bodyId)) return [];
  const open = await openTasksOf(db, office.communityId, { kind: "person", id: office.personId });
  return open.filter((t) => t.deskId === office.bodyId || others.length === 0);
}

/** Whether a person holds an office in a body on `today`. */
export async function inOffice(db: Db, communityId: string, personId: string, bodyId: string, today: string): Promise<boolean> {
  const person = await loadPerson(db, communityId, personId);
  if (!person || person.removedAt) return false;
  return (await membershipsOf(db, communityId, { personId })).some((m) => m.bodyId === bodyId && holdsOffice(m, today));
}

/** Of these, who is still there at `now`: bodies that did not end, and people who hold an office anywhere. */
export async function stillThere(db: Db, communityId: string, hands: readonly Assignee[], now: string): Promise<Assignee[]> {
  const bodies = await loadBodies(db, communityId);
  const there: Assignee[] = [];
  for (const hand of hands) {
    const person = hand.kind === "person" ? await loadActor(db, communityId, hand.id, now) : null;
    if (hand.kind === "body" ? bodies.get(hand.id)?.endedAt === null : person !== null && person.posts.length > 0) there.push(hand);
  }
  return there;
}

/** Who is still there for a task, once the body `ending` is not. The last resort is the body that decided, then those above it, then the community itself. */
export async function handsOf(db: Db, task: Task, today: string, ending: string | null = null): Promise<Hands> {
  const { communityId, assignee, deskId } = task;
  const bodies = await loadBodies(db, communityId);
  const there = (id: string | null): boolean => id !== null && id !== ending && bodies.get(id)?.endedAt === null;
  const lead = assignee.kind === "body" ? there(assignee.id) : there(deskId) && (await inOffice(db, communityId, assignee.id, deskId, today));
  let last: string | null = task.bodyId;
  const seen = new Set<string>();
  while (last !== null && !there(last) && !seen.has(last)) {
    seen.add(last);
    last = bodies.get(last)?.escalatesToId ?? null;
  }
  const community = [...bodies.values()].find((b) => b.kind === "community" && b.endedAt === null);
  return {
    lead,
    desk: there(deskId) && !(assignee.kind === "body" && assignee.id === deskId),
    last: there(last) && last !== null ? last : (community?.id ?? task.bodyId),
  };
}

/** Ids of open tasks whose lead may be gone: no office in the body behind them on `today`, or a body that ended. */
export async function tasksOfTheGone(db: Db, communityId: string, today: string): Promise<string[]> {
  const rows = await db
    .selectFrom("Task")
    .select("Task.id")
    .where("Task.communityId", "=", communityId)
    .where("Task.status", "!=", "verified")
    .where((eb) =>
      eb.or([
        eb.and([
          eb("Task.assigneeKind", "=", "person"),
          eb.not(
            eb.exists(
              eb
                .selectFrom("Membership")
                .innerJoin("Person", (join) => join.onRef("Person.communityId", "=", "Membership.communityId").onRef("Person.id", "=", "Membership.personId"))
                .select("Membership.id")
                .whereRef("Membership.communityId", "=", "Task.communityId")
                .whereRef("Membership.personId", "=", "Task.assigneeId")
                .whereRef("Membership.bodyId", "=", "Task.deskId")
                .where("Person.removedAt", "is", null)
                .where("Membership.endedAt", "is", null)
                .where("Membership.startsOn", "<=", today)
                .where((or) => or.or([or("Membership.endsOn", "is", null), or("Membership.endsOn", ">=", today)])),
            ),
          ),
        ]),
        eb.exists(
          eb
            .selectFrom("Body")
            .select("Body.id")
            .whereRef("Body.communityId", "=", "Task.communityId")
            .whereRef("Body.id", "=", "Task.deskId")
            .where("Body.endedAt", "is not", null),
        ),
      ]),
    )
    .orderBy("Task.id")
    .limit(500)
    .execute();
  return rows.map((r) => r.id);
}

/** Ids of tasks whose series is to go on by `now`. */
export async function tasksToRepeat(db: Db, communityId: string, now: string): Promise<string[]> {
  const rows = await db
    .selectFrom("Task")
    .select("id")
    .where("communityId", "=", communityId)
    .where("repeatAt", "<=", now)
    .orderBy("repeatAt")
    .limit(500)
    .execute();
  return rows.map((r) => r.id);
}

/** Bodies in which somebody works today. */
export async function mannedBodies(db: Db, communityId: string, today: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("Membership")
    .innerJoin("Person", (join) => join.onRef("Person.communityId", "=", "Membership.communityId").onRef("Person.id", "=", "Membership.personId"))
    .select("Membership.bodyId")
    .distinct()
    .where("Membership.communityId", "=", communityId)
    .where("Membership.role", "in", working)
    .where("Person.removedAt", "is", null)
    .where("Membership.endedAt", "is", null)
    .where("Membership.startsOn", "<=", today)
    .where((eb) => eb.or([eb("Membership.endsOn", "is", null), eb("Membership.endsOn", ">=", today)]))
    .execute();
  return new Set(rows.map((r) => r.bodyId));
}

/** Ids of running tasks whose lead is a body that is not among the `manned` and was not found so before, or is again after it was. */
export async function tasksToWatch(db: Db, communityId: string, manned: ReadonlySet<string>): Promise<string[]> {
  const bodies = manned.size > 0 ? [...manned] : [""];
  const rows = await db
    .selectFrom("Task")
    .select("id")
    .where("communityId", "=", communityId)
    .where("assigneeKind", "=", "body")
    .where("status", "in", ["assigned", "accepted"])
    .where((eb) =>
      eb.or([
        eb.and([eb("unheldAt", "is", null), eb("assigneeId", "not in", bodies)]),
        eb.and([eb("unheldAt", "is not", null), eb("assigneeId", "in", bodies)]),
      ]),
    )
    .orderBy("id")
    .limit(500)
    .execute();
  return rows.map((r) => r.id);
}

/** Tasks these bodies gave to a body that is not among the `manned`, and that are not handed in: nobody holds them. */
export async function tasksOfNobody(db: Db, communityId: string, deciders: readonly string[], manned: ReadonlySet<string>): Promise<Task[]> {
  const rows = await db
    .selectFrom("Task")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("bodyId", "in", deciders.length > 0 ? deciders : [""])
    .where("assigneeKind", "=", "body")
    .where("assigneeId", "not in", manned.size > 0 ? [...manned] : [""])
    .where("status", "in", ["assigned", "accepted"])
    .orderBy("dueAt")
    .limit(100)
    .execute();
  return rows.map(taskOf);
}

/** Whether whoever asked for more time still has the task in hand at `now`. */
export async function askerLeads(db: Db, task: Task, now: string): Promise<boolean> {
  const asker = task.extension && (await loadActor(db, task.communityId, task.extension.by, now));
  const issue = asker && (await loadIssue(db, task.communityId, task.issueId));
  return issue ? can(asker, "task.askExtension", taskSubject(task, issue)) : false;
}

/** Ids of running tasks with a request for more time by somebody who has them in hand no more. */
export async function requestsOfTheGone(db: Db, communityId: string, now: string): Promise<string[]> {
  const rows = await db
    .selectFrom("Task")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("status", "in", ["assigned", "accepted"])
    .where("extension", "is not", null)
    .orderBy("id")
    .execute();
  const gone: string[] = [];
  for (const task of rows.map(taskOf)) if (!(await askerLeads(db, task, now))) gone.push(task.id);
  return gone;
}
