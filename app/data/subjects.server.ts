// How a thing stands to bodies and people, as the permission table asks.
import { ladder } from "../domain/body";
import type { Decision } from "../domain/decision";
import { holderOf, type Issue, raisedIn } from "../domain/issue";
import type { Meeting } from "../domain/meeting";
import { type Actor, can, clockId, type Subject } from "../domain/permission";
import type { Project } from "../domain/project";
import type { Assignee, Task } from "../domain/task";
import { type Db, prepared } from "./dialect.server";

const assignees = prepared<{ communityId: string; issueId: string }>()((db, p) =>
  db.selectFrom("Task").select(["assigneeKind", "assigneeId", "supporting"]).where("communityId", "=", p("communityId")).where("issueId", "=", p("issueId")),
);

const responsible = prepared<{ communityId: string; issueId: string }>()((db, p) =>
  db.selectFrom("Project").select("responsibleId").where("communityId", "=", p("communityId")).where("issueId", "=", p("issueId")),
);

/** Whether an issue was told to those who handle it alone. */
export const isConfided = ({ visibility }: { visibility: string }): boolean => visibility === "handlers";

const uppers = prepared<{ communityId: string }>()((db, p) =>
  db.selectFrom("Body").select(["id", "escalatesToId"]).where("communityId", "=", p("communityId")),
);

/** The subject of an issue: those its tasks and projects were given to are near it; the levels above its holder are named where only its building sees it. Everybody may look at a community's open issues; who else is asked only when it matters. */
export async function issueSubject(db: Db, issue: Issue): Promise<Subject> {
  const { communityId } = issue;
  const open = issue.visibility === "community";
  const given = open ? [] : await assignees(db, { communityId, issueId: issue.id });
  const projects = open ? [] : await responsible(db, { communityId, issueId: issue.id });
  const bodies = issue.visibility === "body" ? await uppers(db, { communityId }) : [];
  const helping = given.flatMap((a) => JSON.parse(a.supporting) as Assignee[]);
  return {
    communityId,
    confided: isConfided(issue),
    bodies: {
      holder: [holderOf(issue)],
      ...(bodies.length > 0 && { above: ladder(holderOf(issue), new Map(bodies.map((b) => [b.id, b]))) }),
      raisedIn: [raisedIn(issue)],
      path: [...new Set(issue.stays.map((s) => s.bodyId))],
      body: issue.buildingId ? [issue.buildingId] : [],
      assigneeBody: [...given.filter((a) => a.assigneeKind === "body").map((a) => a.assigneeId), ...projects.map((p) => p.responsibleId)],
      supportBody: helping.filter((a) => a.kind === "body").map((a) => a.id),
    },
    people: {
      raiser: [issue.raisedBy],
      joined: issue.supports.map((s) => s.personId),
      assignee: given.filter((a) => a.assigneeKind === "person").map((a) => a.assigneeId),
      supporter: helping.filter((a) => a.kind === "person").map((a) => a.id),
    },
  };
}

export const meetingSubject = (meeting: Meeting): Subject => ({
  communityId: meeting.communityId,
  bodies: { body: [meeting.bodyId] },
  people: { invited: meeting.seats.map((s) => s.personId) },
});

export const bodySubject = (communityId: string, bodyId: string): Subject => ({ communityId, bodies: { body: [bodyId] }, people: {} });

export const decisionSubject = (decision: Decision): Subject => bodySubject(decision.communityId, decision.bodyId);

export const taskSubject = (task: Task, issue: Issue): Subject => ({
  communityId: task.communityId,
  confided: isConfided(issue),
  bodies: {
    body: [task.bodyId],
    raisedIn: [raisedIn(issue)],
    path: [...new Set(issue.stays.map((s) => s.bodyId))],
    assigneeBody: task.assignee.kind === "body" ? [task.assignee.id] : [],
    supportBody: task.supporting.flatMap((s) => (s.kind === "body" ? [s.id] : [])),
  },
  people: {
    assignee: task.assignee.kind === "person" ? [task.assignee.id] : [],
    supporter: task.supporting.flatMap((s) => (s.kind === "person" ? [s.id] : [])),
    raiser: [issue.raisedBy],
    joined: issue.supports.map((s) => s.personId),
    clock: [clockId],
  },
});

/** The subject of a project: the body that decided, who does it, and the issue's way. */
export const projectSubject = (project: Pick<Project, "communityId" | "bodyId" | "responsibleId" | "personId">, issue: Issue): Subject => ({
  communityId: project.communityId,
  confided: isConfided(issue),
  bodies: {
    body: [project.bodyId],
    raisedIn: [raisedIn(issue)],
    path: [...new Set(issue.stays.map((s) => s.bodyId))],
    assigneeBody: [project.responsibleId],
  },
  people: { inCharge: project.personId === null ? [] : [project.personId], raiser: [issue.raisedBy], clock: [clockId] },
});

/** Whether somebody may see an issue. */
export async function seesIssue(db: Db, actor: Actor, issue: Issue): Promise<boolean> {
  return can(actor, `issue.see.${issue.visibility}`, await issueSubject(db, issue));
}

/** A project is seen by whoever sees its issue, and by who decides or does it. */
export async function seesProject(db: Db, actor: Actor, project: Parameters<typeof projectSubject>[0], issue: Issue): Promise<boolean> {
  return can(actor, "project.see", projectSubject(project, issue)) || seesIssue(db, actor, issue);
}

const communityBodies = prepared<{ communityId: string }>()((db, p) =>
  db.selectFrom("Body").select("id").where("communityId", "=", p("communityId")).where("kind", "=", "community").where("endedAt", "is", null),
);

/** The house itself: what its secretary sets up. */
export async function communitySubject(db: Db, communityId: string): Promise<Subject> {
  return { communityId, bodies: { community: (await communityBodies(db, { communityId })).map((b) => b.id) }, people: {} };
}

/** A channel: its person's own, or its body's and the secretary's. The clock may close one that leads nowhere. */
export async function channelSubject(db: Db, communityId: string, of: { personId: string | null; bodyId: string | null }): Promise<Subject> {
  if (of.bodyId === null) return { communityId, bodies: {}, people: { self: of.personId === null ? [] : [of.personId], clock: [clockId] } };
  return { communityId, bodies: { ...(await communitySubject(db, communityId)).bodies, body: [of.bodyId] }, people: { clock: [clockId] } };
}
