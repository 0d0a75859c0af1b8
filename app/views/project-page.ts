// A project with its money, milestones and reports, and what hangs under a decision.
import { attachmentsOf } from "../data/attachments.server";
import { eventsSince } from "../data/audit.server";
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { loadDecision } from "../data/meetings.server";
import { loadBodies, namesOf, officeHolders } from "../data/organisation.server";
import { loadProject, type ProjectLine, projectsOf } from "../data/projects.server";
import { decisionSubject, projectSubject, seesProject } from "../data/subjects.server";
import { type Body, fullName } from "../domain/body";
import { doneLight, type Light, localDay, pausedLight } from "../domain/clock";
import type { Decision } from "../domain/decision";
import { mayBeCharged } from "../domain/permission";
import { doneShare, finish, isBeingLaid, type Milestone, type Money, noMoney, type Project, type Source, shouldBe, sources, sumOf } from "../domain/project";
import { behindBy, dayLight, type Pace, pace, plannedShare, type Span, whole } from "../domain/schedule";
import type { Party } from "../domain/vocabulary";
import { mayDo, type Viewer } from "./viewer";

export type OwnerProps = { name: string; party: Party | null };
/** What stands beside a light instead of the days that are left. */
export type Standing = "days" | "notYet" | "today" | "behind" | "ahead" | "even" | "finished" | "verified" | "stopped" | "done";
export type State = { light: Light; standing: Standing; pace: Pace };

export type MilestoneProps = Span & {
  id: string;
  title: string;
  weight: number;
  ownerId: string;
  owner: OwnerProps;
  percent: number;
  startedOn: string | null;
  finishedOn: string | null;
  /** What was promised first, where it is not what is planned now; null days: it was not promised then. */
  first: Span | "new" | null;
  state: State;
};
export type MoneyLine = { source: Source; planned: number; received: number };
export type MoneyEntry = { at: string; by: string; reason: string; lines: { source: Source; before: number; now: number }[] };
export type ReportProps = { id: string; day: string; share: number; spent: number; text: string; by: string; photos: { id: string }[] };

export type ProjectProps = Span & {
  id: string;
  name: string;
  status: Project["status"];
  body: { id: string; name: string };
  responsible: OwnerProps & { id: string };
  budget: number;
  received: number;
  spent: number;
  state: State;
};
export type ProjectPage = ProjectProps & {
  issue: { id: string; number: string; title: string };
  decision: { id: string; text: string; at: string; meetingId: string };
  person: { id: string; name: string } | null;
  /** The first promise, where it is not what is planned now. */
  first: (Span & { budget: number }) | null;
  laying: boolean;
  money: MoneyLine[];
  percent: number;
  milestones: MilestoneProps[];
  dropped: string[];
  reports: ReportProps[];
  /** Every time money was put down as come in, the newest first: only the sources that changed. */
  entries: MoneyEntry[];
  changes: { at: string; by: string; reason: string; from: Span & { budget: number }; to: Span & { budget: number } }[];
  openedBy: string;
  openedAt: string;
  ended: { on: string; by: string; said: string } | null;
  verified: { by: string; at: string } | null;
  returnedFor: string;
  today: string;
  can: Record<ProjectAct, boolean>;
  /** Whoever said it is finished does not check it; the page says so instead of a missing button. */
  ownWork: boolean;
  version: number;
};
export type ProjectAct = "plan" | "receive" | "report" | "finish" | "stop" | "verify" | "return";

export const ownerOf = (bodies: ReadonlyMap<string, Body>, id: string): OwnerProps => {
  const body = bodies.get(id);
  return { name: body ? fullName(body) : "", party: body?.party ?? null };
};

/** How a milestone stands today; in a project that ended, as on its last day. */
export function milestoneState(milestone: Milestone, percent: number, today: string): State {
  const at = { pace: pace(percent * 100, plannedShare(milestone, today)) };
  if (percent === 100) return { ...at, light: doneLight, standing: "done" };
  if (percent === 0 && today < milestone.startsOn) return { ...at, light: pausedLight, standing: "notYet" };
  return { ...at, light: dayLight(milestone, today), standing: today === milestone.endsOn ? "today" : "days" };
}

/** How a project stands: red once its last day is over, amber when it is behind by more than a report may be old. */
export function projectState(project: ProjectLine, today: string): State {
  const at = { pace: pace(doneShare(project), shouldBe(project.plan, project.endedOn ?? today)) };
  if (project.status === "verified" || project.status === "finished")
    return { ...at, light: project.status === "verified" ? doneLight : pausedLight, standing: project.status };
  if (project.status === "stopped") return { ...at, light: pausedLight, standing: "stopped" };
  if (today > project.plan.endsOn && at.pace.done < whole) return { ...at, light: dayLight(project.plan, today), standing: "days" };
  if (today < project.plan.startsOn && at.pace.done === 0) return { ...at, light: pausedLight, standing: "notYet" };
  const standing = at.pace.ahead < 0 ? "behind" : at.pace.ahead > 0 ? "ahead" : "even";
  return { ...at, light: { state: at.pace.ahead <= -behindBy ? "soon" : "ok", left: null, due: null }, standing };
}

export function projectProps(project: ProjectLine, bodies: ReadonlyMap<string, Body>, today: string): ProjectProps {
  const { id, name, status, plan, spent } = project;
  return {
    id,
    name,
    status,
    startsOn: plan.startsOn,
    endsOn: plan.endsOn,
    body: { id: project.bodyId, name: ownerOf(bodies, project.bodyId).name },
    responsible: { id: project.responsibleId, ...ownerOf(bodies, project.responsibleId) },
    budget: plan.budget,
    received: sumOf(project.received),
    spent,
    state: projectState(project, today),
  };
}

/** Null when there is no such project, or none this reader may know of. */
export async function projectPage(db: Db, viewer: Viewer, { projectId }: { projectId: string }): Promise<ProjectPage | null> {
  const { communityId, personId } = viewer.actor;
  const project = await loadProject(db, communityId, projectId);
  const issue = project && (await loadIssue(db, communityId, project.issueId));
  if (!project || !issue || !(await seesProject(db, viewer.actor, project, issue))) return null;
  const bodies = await loadBodies(db, communityId);
  const decision = await loadDecision(db, communityId, project.decisionId);
  const photos = await attachmentsOf(
    db,
    communityId,
    "project",
    project.reports.map((r) => r.id),
  );
  const put = await moneyPut(db, project);
  const names = await namesOf(db, communityId, [
    project.openedBy,
    ...put.map((e) => e.by),
    ...[project.personId, project.endedBy, project.verifiedBy].flatMap((id) => id ?? []),
    ...project.changes.map((c) => c.by),
    ...project.reports.map((r) => r.by),
  ]);
  const nameOf = (id: string) => names.get(id) ?? "";
  const held = await officeHolders(db, communityId, project.responsibleId, localDay(viewer.now, viewer.community.timeZone));
  const inCharge = held.find((m) => m.personId === project.personId && mayBeCharged(m));
  const { plan, baseline } = project;
  const today = localDay(viewer.now, viewer.community.timeZone);
  const asOf = project.endedOn ?? today;
  const subject = projectSubject(project, issue);
  const may = (act: ProjectAct) => mayDo(viewer, `project.${act}`, subject);
  const running = project.status === "running";
  const same = baseline.startsOn === plan.startsOn && baseline.endsOn === plan.endsOn && baseline.budget === plan.budget;
  return {
    ...projectProps(project, bodies, today),
    issue: { id: issue.id, number: issue.number, title: issue.title },
    decision: { id: project.decisionId, text: decision?.text ?? "", at: decision?.recordedAt ?? project.openedAt, meetingId: decision?.meetingId ?? "" },
    person: inCharge ? { id: inCharge.personId, name: nameOf(inCharge.personId) } : null,
    first: same ? null : { startsOn: baseline.startsOn, endsOn: baseline.endsOn, budget: baseline.budget },
    laying: isBeingLaid(project, today),
    money: sources.map((source) => ({ source, planned: plan.funds[source], received: project.received[source] })),
    percent: project.percent,
    milestones: plan.milestones.map((m) => {
      const before = baseline.milestones.find((b) => b.id === m.id);
      const { percent, startedOn, finishedOn } = project.progress[m.id] ?? { percent: 0, startedOn: null, finishedOn: null };
      const moved = before && (before.startsOn !== m.startsOn || before.endsOn !== m.endsOn) ? { startsOn: before.startsOn, endsOn: before.endsOn } : null;
      return {
        ...m,
        owner: ownerOf(bodies, m.ownerId),
        percent,
        startedOn,
        finishedOn,
        first: before ? moved : "new",
        state: milestoneState(m, percent, asOf),
      };
    }),
    dropped: baseline.milestones.filter((b) => !plan.milestones.some((m) => m.id === b.id)).map((b) => b.title),
    reports: [...project.reports].reverse().map((r) => ({
      id: r.id,
      day: r.day,
      share: r.share,
      spent: r.spent,
      text: r.text,
      by: nameOf(r.by),
      photos: photos.filter((p) => p.ownerId === r.id).map(({ id }) => ({ id })),
    })),
    entries: put.reverse().map((e) => ({ ...e, by: nameOf(e.by) })),
    changes: [...project.changes].reverse().map((c) => ({ ...c, by: nameOf(c.by) })),
    openedBy: nameOf(project.openedBy),
    openedAt: project.openedAt,
    ended: project.endedOn === null ? null : { on: project.endedOn, by: nameOf(project.endedBy ?? ""), said: project.said },
    verified: project.verifiedAt === null ? null : { by: nameOf(project.verifiedBy ?? ""), at: project.verifiedAt },
    returnedFor: project.returnedFor,
    today,
    can: {
      plan: running && may("plan"),
      receive: project.status !== "verified" && may("receive"),
      report: running && may("report"),
      finish: may("finish") && finish(project, "", today).ok,
      stop: running && may("stop"),
      verify: project.status === "finished" && project.endedBy !== personId && may("verify"),
      return: project.status === "finished" && may("return"),
    },
    ownWork: project.status === "finished" && project.endedBy === personId && may("verify"),
    version: project.version,
  };
}

/** Every entry of money received as the log has it, the oldest first, by whom (an id) and against what stood there before. */
async function moneyPut(db: Db, { communityId, id }: Pick<Project, "communityId" | "id">): Promise<MoneyEntry[]> {
  let before: Money = noMoney;
  const entries: MoneyEntry[] = [];
  for (const { event, at, actorId } of await eventsSince(db, communityId, "project", id, 0)) {
    if (event.type !== "project.received") continue;
    const lines = sources.map((source) => ({ source, before: before[source], now: event.received[source] })).filter((line) => line.before !== line.now);
    // An entry from before reasons were asked has no words.
    entries.push({ at, by: actorId, reason: event.words?.reason ?? "", lines });
    before = event.received;
  }
  return entries;
}

export type ProjectsUnder = { projects: { id: string; name: string }[]; opensProject: boolean };

/** What hangs under the decisions of these issues, and whether this person may open more. */
export async function projectsUnder(db: Db, viewer: Viewer, issueIds: readonly string[]): Promise<(decision: Decision) => ProjectsUnder> {
  const there: ProjectLine[] = [];
  for (const issueId of new Set(issueIds)) there.push(...(await projectsOf(db, viewer.actor.communityId, issueId)));
  return (decision) => ({
    projects: there.filter((p) => p.decisionId === decision.id).map(({ id, name }) => ({ id, name })),
    opensProject:
      !decision.overturned && (decision.outcome === "adopted" || decision.outcome === "escalated") && mayDo(viewer, "project.open", decisionSubject(decision)),
  });
}
