// What the commands on one project look at.
import { z } from "zod";
import type { Db } from "../../data/dialect.server";
import { loadIssue } from "../../data/issues.server";
import { loadActor, loadBody, loadCommunity } from "../../data/organisation.server";
import { loadProject } from "../../data/projects.server";
import { projectSubject, seesProject } from "../../data/subjects.server";
import { localDay } from "../../domain/clock";
import { day, id, line, version, wholeNumber } from "../../domain/input";
import type { Issue } from "../../domain/issue";
import { amount, optionalAmount } from "../../domain/money";
import { type Actor, mayBeCharged } from "../../domain/permission";
import { limits, type Project, sources } from "../../domain/project";
import { accept, type Outcome, refuse } from "../../domain/refusal";

export const onProject = { projectId: id, version };

export type ProjectState = { project: Project; issue: Issue; today: string };

export async function loadProjectState(tx: Db, projectId: string, actor: Actor, now: string): Promise<Outcome<ProjectState>> {
  const project = await loadProject(tx, actor.communityId, projectId);
  const issue = project && (await loadIssue(tx, actor.communityId, project.issueId));
  const community = await loadCommunity(tx, actor.communityId);
  if (!project || !issue || !community || !(await seesProject(tx, actor, project, issue))) return refuse("notFound", { what: projectId });
  return accept({ project, issue, today: localDay(now, community.timeZone) });
}

export const projectOfState = ({ project, issue }: ProjectState) => projectSubject(project, issue);
export const seenProject = ({ project }: ProjectState) => ({
  kind: "project",
  id: project.id,
  version: project.version,
  // Money that came in contradicts neither a plan nor a report, nor does who is there to carry it out.
  harmless: new Set(["project.received", "project.unheld", "project.held"]),
});

const weight = wholeNumber(1, limits.weight, "weight.malformed");
const milestone = z.object({ id: id.nullable().default(null), title: line(120), startsOn: day, endsOn: day, weight, ownerId: id });

/** Fen by source; what is left out is nothing. */
export const moneyBySource = z.object(
  Object.fromEntries(sources.map((source) => [source, optionalAmount])) as Record<(typeof sources)[number], typeof optionalAmount>,
);

/** What opening and changing a plan both take. `person` may be nobody in particular. */
export const planFields = {
  name: line(120),
  responsibleId: z.string({ error: "choice.missing" }).min(1, { error: "choice.missing" }).pipe(id),
  personId: id.nullable().default(null),
  startsOn: day,
  endsOn: day,
  budget: amount,
  funds: moneyBySource,
  milestones: z
    .array(milestone.nullable())
    .max(limits.milestones, { error: `list.tooLong:${limits.milestones}` })
    .default([]),
};

type Given = { responsibleId: string; personId: string | null; milestones: readonly ({ ownerId: string } | null)[] };

/** Refused when whoever is to do it is not there any more, or holds no office today, in the body that is to do it, in which work is given. */
export async function checkPeople(tx: Db, communityId: string, given: Given, now: string): Promise<Outcome<null>> {
  const there = async (bodyId: string) => {
    const body = await loadBody(tx, communityId, bodyId);
    return body !== null && body.endedAt === null;
  };
  if (!(await there(given.responsibleId))) return refuse("project.unknownBody", {}, "responsibleId");
  if (given.personId !== null) {
    const person = await loadActor(tx, communityId, given.personId, now);
    if (!person?.posts.some(mayBeCharged)) return refuse("project.unknownPerson", {}, "personId");
    if (!person.posts.some((post) => post.bodyId === given.responsibleId && mayBeCharged(post))) return refuse("project.personElsewhere", {}, "personId");
  }
  for (const [n, m] of given.milestones.entries()) if (m && !(await there(m.ownerId))) return refuse("project.unknownBody", {}, `milestones.${n}.ownerId`);
  return accept(null);
}
