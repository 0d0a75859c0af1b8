// Whom an event concerns: who stands in which relation to it today, and may see it.
import { raisedIn } from "../domain/issue";
import { type Action, type Actor, can, mayBeCharged, type Subject } from "../domain/permission";
import type { Project } from "../domain/project";
import type { Assignee } from "../domain/task";
import type { Relation } from "../domain/word";
import type { About } from "./about.server";
import type { Db } from "./dialect.server";
import { loadIssue } from "./issues.server";
import { officeHolders } from "./organisation.server";
import { communitySubject, meetingSubject, projectSubject, seesIssue, taskSubject } from "./subjects.server";

const asked = (subject: Partial<Subject>, communityId: string): Subject => ({ communityId, bodies: subject.bodies ?? {}, people: subject.people ?? {} });

/** Everybody whose office in one of the subject's bodies grants `action` today. */
async function whoMay(db: Db, action: Action, subject: Subject, today: string): Promise<string[]> {
  const found: string[] = [];
  for (const bodyId of new Set(Object.values(subject.bodies).flat()))
    for (const m of await officeHolders(db, subject.communityId, bodyId, today)) {
      const actor: Actor = {
        communityId: subject.communityId,
        personId: m.personId,
        name: "",
        posts: [{ membershipId: m.id, bodyId, role: m.role, party: m.party }],
      };
      if (can(actor, action, { ...subject, people: {} })) found.push(m.personId);
    }
  return found;
}

const inCharge = ({ personId }: Pick<Project, "personId">): Subject["people"] => (personId === null ? {} : { inCharge: [personId] });
/** The person in charge of a project alone, as long as they are of the body that does it; else whoever works there. */
async function hands(db: Db, project: Project, today: string): Promise<string[] | null> {
  const held = await officeHolders(db, project.communityId, project.responsibleId, today);
  return held.some((m) => m.personId === project.personId && mayBeCharged(m)) ? [project.personId ?? ""] : null;
}

type Standing = { action: Action; subject: Subject };

/** Relations that are a matter of what somebody may do: the acts, and to what. Null: named one by one, see `peopleIn`. */
function standingsOf(relation: Relation, about: About): Standing[] | null {
  const { communityId, issue, task, project } = about;
  const may = (action: Action, subject: Partial<Subject>): Standing => ({ action, subject: asked(subject, communityId) });
  const hand = ({ kind, id }: Assignee) => may("task.accept", kind === "person" ? { people: { assignee: [id] } } : { bodies: { assigneeBody: [id] } });
  const desk = (bodyId: string | null) =>
    bodyId === null ? [] : [may("issue.settle", { bodies: { holder: [bodyId] } }), may("issue.classify", { bodies: { holder: [bodyId] } })];
  switch (relation) {
    case "desk":
      return desk(about.bodyId);
    case "deskBefore":
    case "overseer":
      return desk(about.bodyBefore);
    case "chairs":
      return about.bodyId === null ? [] : [may("meeting.call", { bodies: { body: [about.bodyId] } })];
    case "assignee":
      if (project) return [may("project.report", { bodies: { assigneeBody: [project.responsibleId] }, people: inCharge(project) })];
      return task ? [hand(task.assignee)] : [];
    case "leadBefore":
      return about.leadBefore ? [hand(about.leadBefore)] : [];
    case "supporter":
      return (task?.supporting ?? []).map(hand);
    case "newSupporter":
      return about.newSupport.map(hand);
    case "checkers":
      if (project) return [may("project.verify", { bodies: { body: [project.bodyId] } })];
      return task && issue ? [may("task.verify", { bodies: { raisedIn: [raisedIn(issue)], body: [task.bodyId] } })] : [];
    default:
      return null;
  }
}

/** Whether somebody still stands in the relation a word was told for: offices end, and tasks come into other hands. */
export function stillStands(actor: Actor, relation: Relation, about: About): boolean {
  return standingsOf(relation, about)?.some(({ action, subject }) => can(actor, action, subject)) ?? true;
}

/** Who stands in `relation` to what happened, on the local day `today`. Robots and channels are no people: see `channelsOf`. */
export async function peopleIn(db: Db, relation: Relation, about: About, today: string): Promise<string[]> {
  const { communityId, issue, meeting, paper } = about;
  const standings = standingsOf(relation, about);
  const alone = relation === "assignee" && about.project ? await hands(db, about.project, today) : null;
  if (alone) return alone;
  if (standings) {
    const found = await Promise.all(
      standings.map(async ({ action, subject }) => [...(subject.people.assignee ?? []), ...(await whoMay(db, action, subject, today))]),
    );
    return found.flat();
  }
  switch (relation) {
    case "raiser":
      return issue ? [issue.raisedBy] : [];
    case "joined":
      return issue?.supports.map((s) => s.personId) ?? [];
    case "signers":
      return paper?.signers.filter((id) => !paper.signed.includes(id)) ?? [];
    case "invited":
      return meeting?.seats.map((s) => s.personId) ?? [];
    case "onAgenda": {
      const issues = await Promise.all((meeting?.items ?? []).map((item) => loadIssue(db, communityId, item.issueId)));
      return issues.flatMap((one) => (one ? [one.raisedBy, ...one.supports.map((s) => s.personId)] : []));
    }
    case "person":
      return about.personId === null ? [] : [about.personId];
    case "secretary":
      return whoMay(db, "membership.begin", await communitySubject(db, communityId), today);
    default:
      return [];
  }
}

/** Whether somebody may see what a word would tell them of. Asked when it is planned, and again when it is shown or sent. */
export async function maySee(db: Db, actor: Actor, about: Pick<About, "issue" | "meeting" | "task" | "project" | "paper">): Promise<boolean> {
  const { issue, meeting, task, project, paper } = about;
  const toTask = task && issue ? can(actor, "task.see", taskSubject(task, issue)) : false;
  const toProject = project && issue ? can(actor, "project.see", projectSubject(project, issue)) : false;
  if (issue && !toTask && !toProject && !(await seesIssue(db, actor, issue))) return false;
  if (meeting && !can(actor, "meeting.see", meetingSubject(meeting)) && !meeting.seats.some((s) => s.personId === actor.personId)) return false;
  return !paper || paper.signers.includes(actor.personId) || (meeting !== null && can(actor, "minutes.readClosed", meetingSubject(meeting)));
}

/** A group's robot sees what any member of its body sees, and not a word more. */
export const asGroup = (communityId: string, bodyId: string): Actor => ({
  communityId,
  personId: "",
  name: "",
  posts: [{ membershipId: "", bodyId, role: "resident", party: "owners" }],
});
