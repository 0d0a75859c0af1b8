// The projects of a community by the body that decided them, plan against actual.
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { loadBodies } from "../data/organisation.server";
import { type ProjectLine, projectLines } from "../data/projects.server";
import { seesProject } from "../data/subjects.server";
import type { Body } from "../domain/body";
import { localDay } from "../domain/clock";
import type { Issue } from "../domain/issue";
import { isOverBudget } from "../domain/project";
import { type Pace, pace, weighted } from "../domain/schedule";
import { type ProjectProps, projectProps } from "./project-page";
import type { Viewer } from "./viewer";

/** `over`: how many of them spent more than their budget. */
export type Totals = { budget: number; received: number; spent: number; over: number; pace: Pace };
export type ProjectGroup = { body: { id: string; name: string }; rows: ProjectProps[]; totals: Totals };
export type ProjectList = { ended: boolean; groups: ProjectGroup[]; counts: { running: number; ended: number; behind: number } };

/** Projects this person may see, the first opened first. */
export async function seenProjects(db: Db, viewer: Viewer): Promise<ProjectLine[]> {
  const issues = new Map<string, Issue | null>();
  const seen: ProjectLine[] = [];
  for (const project of await projectLines(db, viewer.actor.communityId)) {
    let issue = issues.get(project.issueId);
    if (issue === undefined) {
      issue = await loadIssue(db, project.communityId, project.issueId);
      issues.set(project.issueId, issue);
    }
    if (issue && (await seesProject(db, viewer.actor, project, issue))) seen.push(project);
  }
  return seen;
}

/** Money adds up; percentages by budget, because a million-yuan pump weighs more than a lamp. What was stopped counts in money alone. */
export function totalsOf(rows: readonly ProjectProps[]): Totals {
  const sum = (of: (row: ProjectProps) => number) => rows.reduce((total, row) => total + of(row), 0);
  const going = rows.filter((row) => row.status !== "stopped");
  const share = (of: (row: ProjectProps) => number) => weighted(going.map((row) => ({ weight: Math.max(1, row.budget), share: of(row) })));
  return {
    budget: sum((row) => row.budget),
    received: sum((row) => row.received),
    spent: sum((row) => row.spent),
    over: rows.filter(isOverBudget).length,
    pace: pace(
      share((row) => row.state.pace.done),
      share((row) => row.state.pace.planned),
    ),
  };
}

/** Red or amber, as its light shows it: what ended has neither. */
export const isBehind = ({ state }: Pick<ProjectProps, "state">): boolean => state.light.state === "late" || state.light.state === "soon";
export const byBodies =
  (bodies: ReadonlyMap<string, Body>) =>
  (a: { id: string }, b: { id: string }): number =>
    [...bodies.keys()].indexOf(a.id) - [...bodies.keys()].indexOf(b.id);

export async function projectList(db: Db, viewer: Viewer, { ended }: { ended: boolean }): Promise<ProjectList> {
  const bodies = await loadBodies(db, viewer.actor.communityId);
  const today = localDay(viewer.now, viewer.community.timeZone);
  const all = (await seenProjects(db, viewer)).map((project) => projectProps(project, bodies, today));
  const running = (row: ProjectProps) => row.status === "running" || row.status === "finished";
  const shown = all.filter((row) => running(row) !== ended);
  const groups = [...new Map(shown.map((row) => [row.body.id, row.body])).values()].sort(byBodies(bodies)).map((body) => {
    const rows = shown.filter((row) => row.body.id === body.id);
    return { body, rows, totals: totalsOf(rows) };
  });
  const behind = all.filter(isBehind).length;
  return { ended, groups, counts: { running: all.filter(running).length, ended: all.length - all.filter(running).length, behind } };
}
