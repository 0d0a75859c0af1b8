// Projects at rest: one row, and one per report.
import type { Selectable } from "kysely";
import { type Money, openWork, type Plan, type PlanChange, type Progress, type Project, type ProjectStatus, type Report } from "../domain/project";
import { type Db, prepared, rows } from "./dialect.server";
import type { Project as ProjectRow, ProjectReport as ReportRow } from "./generated/types";
import { tasksOf } from "./meetings.server";

const byId = prepared<{ communityId: string; id: string }>()((db, p) =>
  db.selectFrom("Project").selectAll().where("communityId", "=", p("communityId")).where("id", "=", p("id")),
);
const all = prepared<{ communityId: string }>()((db, p) =>
  db.selectFrom("Project").selectAll().where("communityId", "=", p("communityId")).orderBy("openedAt").orderBy("id"),
);
const waiting = prepared<{ communityId: string }>()((db, p) =>
  db
    .selectFrom("Project")
    .selectAll()
    .where("communityId", "=", p("communityId"))
    .where((eb) => eb.or([eb("status", "=", "finished"), eb.and([eb("status", "=", "running"), eb("returnedFor", "!=", "")])]))
    .orderBy("openedAt"),
);
const ofIssue = prepared<{ communityId: string; issueId: string }>()((db, p) =>
  db.selectFrom("Project").selectAll().where("communityId", "=", p("communityId")).where("issueId", "=", p("issueId")).orderBy("openedAt").orderBy("id"),
);
const reportsOf = prepared<{ communityId: string; id: string }>()((db, p) =>
  db.selectFrom("ProjectReport").selectAll().where("communityId", "=", p("communityId")).where("projectId", "=", p("id")).orderBy("position"),
);

/** A project without its reports: what lists and charts show. */
export type ProjectLine = Omit<Project, "reports">;

const lineOf = (row: Selectable<ProjectRow>): ProjectLine => ({
  ...row,
  plan: JSON.parse(row.plan) as Plan,
  baseline: JSON.parse(row.baseline) as Plan,
  changes: JSON.parse(row.changes) as PlanChange[],
  received: JSON.parse(row.received) as Money,
  progress: JSON.parse(row.progress) as Record<string, Progress>,
  status: row.status as ProjectStatus,
});

const reportOf = ({ communityId: _c, projectId: _p, position: _n, percents, ...row }: ReportRow): Report => ({
  ...row,
  percents: JSON.parse(percents) as Report["percents"],
});

/** A project with its reports, oldest first, or null. */
export async function loadProject(db: Db, communityId: string, id: string): Promise<Project | null> {
  const [row] = await byId(db, { communityId, id });
  return row ? { ...lineOf(row), reports: (await reportsOf(db, { communityId, id })).map(reportOf) } : null;
}

/** Every project of a community, the first opened first. */
export const projectLines = async (db: Db, communityId: string): Promise<ProjectLine[]> => (await all(db, { communityId })).map(lineOf);

/** Ids of running projects whose body is not among the `manned` and was not found so before, or is again after it was. */
export async function projectsToWatch(db: Db, communityId: string, manned: ReadonlySet<string>): Promise<string[]> {
  const running = await db
    .selectFrom("Project")
    .select(["id", "responsibleId", "unheldAt"])
    .where("communityId", "=", communityId)
    .where("status", "=", "running")
    .orderBy("id")
    .execute();
  return running.filter((p) => manned.has(p.responsibleId) === (p.unheldAt !== null)).map((p) => p.id);
}

/** Those that wait for their check, and those the check gave back. */
export const waitingProjects = async (db: Db, communityId: string): Promise<ProjectLine[]> => (await waiting(db, { communityId })).map(lineOf);

export const projectsOf = async (db: Db, communityId: string, issueId: string): Promise<ProjectLine[]> =>
  (await ofIssue(db, { communityId, issueId })).map(lineOf);

/** How much work an issue waits for, tasks and projects, besides the one that is looked at. */
export async function openWorkOf(db: Db, communityId: string, issueId: string, besides = ""): Promise<number> {
  const others = <T extends { id: string }>(work: readonly T[]) => work.filter(({ id }) => id !== besides);
  return openWork(others(await tasksOf(db, communityId, { issueId })), others(await projectsOf(db, communityId, issueId)));
}

/** To which project a report belongs. */
export async function projectOfReport(db: Db, communityId: string, reportId: string): Promise<string | null> {
  const row = await db.selectFrom("ProjectReport").select("projectId").where("communityId", "=", communityId).where("id", "=", reportId).executeTakeFirst();
  return row?.projectId ?? null;
}

const [projectRows, reportRows] = [rows("Project"), rows("ProjectReport")];

/** Write `next` over `before`; reports are only ever added. Throws when somebody else wrote in between. */
export async function saveProject(tx: Db, next: Project, before: Project | null): Promise<void> {
  const { communityId, id } = next;
  const { reports, ...rest } = next;
  const row = {
    ...rest,
    plan: JSON.stringify(next.plan),
    baseline: JSON.stringify(next.baseline),
    changes: JSON.stringify(next.changes),
    received: JSON.stringify(next.received),
    progress: JSON.stringify(next.progress),
  };
  if (!before) await projectRows.insert(tx, row);
  else {
    const { communityId: _c, id: _i, decisionId: _d, issueId: _s, bodyId: _b, openedBy: _o, openedAt: _a, openedOn: _n, ...changing } = row;
    const updated = await projectRows.update(tx, changing, { communityId, id, version: before.version });
    if (updated !== 1) throw new Error(`Project ${id} is not at version ${before.version} any more.`);
  }
  for (let n = before?.reports.length ?? 0; n < reports.length; n++) {
    const report = reports[n];
    if (report) await reportRows.insert(tx, { ...report, percents: JSON.stringify(report.percents), communityId, projectId: id, position: n });
  }
}
