// Issues in lists: one row each, the most urgent first, page by page.
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { loadBodies } from "../data/organisation.server";
import { findIssues, similarIssues } from "../data/search.server";
import { seesIssue } from "../data/subjects.server";
import type { Light } from "../domain/clock";
import { householdsOf, type Issue } from "../domain/issue";
import { type Step, staircase } from "../domain/stairs";
import type { Category, Track } from "../domain/vocabulary";
import type { IssueFilter } from "./filters";
import { lightOf } from "./issue-page";
import type { Viewer } from "./viewer";

export type IssueRow = {
  id: string;
  number: string;
  title: string;
  category: Category;
  track: Track;
  status: Issue["phase"]["status"];
  light: Light;
  steps: Step[];
  home: boolean;
  holder: string;
  from: string;
  since: string;
  came: string;
  days: number;
  households: number;
  joined: boolean;
  mine: boolean;
  place: string;
};

/** The rows of these issues, those the viewer may not see left out, in the order given. */
export async function issueRows(db: Db, viewer: Viewer, ids: readonly string[]): Promise<IssueRow[]> {
  const bodies = await loadBodies(db, viewer.actor.communityId);
  const rows: IssueRow[] = [];
  for (const id of ids) {
    const issue = await loadIssue(db, viewer.actor.communityId, id);
    if (!issue || !(await seesIssue(db, viewer.actor, issue))) continue;
    rows.push(issueRow(issue, bodies, viewer));
  }
  return rows;
}

export function issueRow(issue: Issue, bodies: Awaited<ReturnType<typeof loadBodies>>, viewer: Viewer): IssueRow {
  const steps = staircase(issue, bodies, viewer.now, viewer.community.timeZone);
  const stay = issue.stays.at(-1);
  const before = issue.stays.at(-2);
  const building = issue.buildingId ? bodies.get(issue.buildingId)?.name : undefined;
  return {
    id: issue.id,
    number: issue.number,
    title: issue.title,
    category: issue.category,
    track: issue.track,
    status: issue.phase.status,
    light: lightOf(issue, viewer),
    steps,
    home: issue.phase.status === "answered" || issue.phase.status === "closed",
    holder: bodies.get(stay?.bodyId ?? "")?.name ?? "",
    from: before && stay?.came !== "raised" ? (bodies.get(before.bodyId)?.name ?? "") : (building ?? ""),
    since: stay?.receivedAt ?? issue.raisedAt,
    came: stay?.came ?? "raised",
    days: steps.find((s) => s.running)?.days ?? 0,
    households: householdsOf(issue),
    joined: issue.supports.some((s) => s.personId === viewer.actor.personId),
    mine: issue.raisedBy === viewer.actor.personId,
    place: building ?? "",
  };
}

export type IssueList = { filter: IssueFilter; query: string; rows: IssueRow[]; next: string | null };

const pageSize = 20;

/** A page of issues. `after` is the cursor the page before gave. Invisible issues are skipped, never counted. */
export async function issueList(db: Db, viewer: Viewer, ask: { filter: IssueFilter; query: string; after: string | null }): Promise<IssueList> {
  const { communityId, personId, posts } = viewer.actor;
  if (ask.query) {
    const number = /^\d{4}-\d{4,}$/.test(ask.query.trim()) ? ask.query.trim() : null;
    const ids = number
      ? (await db.selectFrom("Issue").select("id").where("communityId", "=", communityId).where("number", "=", number).execute()).map((r) => r.id)
      : await findIssues(db, communityId, ask.query, 100);
    return { ...ask, rows: (await issueRows(db, viewer, ids)).slice(0, 50), next: null };
  }
  const rows: IssueRow[] = [];
  let cursor = ask.after;
  // Pages are filled across issues the reader may not see; a bounded number of tries keeps a page's cost bounded.
  for (let tries = 0; tries < 10 && rows.length < pageSize; tries++) {
    let query = db.selectFrom("Issue").select(["id", "dueAt", "raisedAt", "closedAt"]).where("communityId", "=", communityId).limit(pageSize);
    if (ask.filter === "closed") query = query.where("status", "in", ["closed", "merged"]);
    else query = query.where("status", "not in", ["closed", "merged"]);
    if (ask.filter === "late") query = query.where("dueAt", "<", viewer.now);
    if (ask.filter === "bodies") query = query.where("holderId", "in", posts.length > 0 ? posts.map((p) => p.bodyId) : [""]);
    if (ask.filter === "mine")
      query = query.where((eb) =>
        eb.or([
          eb("raisedBy", "=", personId),
          eb("id", "in", eb.selectFrom("Support").select("issueId").where("communityId", "=", communityId).where("personId", "=", personId)),
        ]),
      );
    if (cursor) query = query.where("raisedAt", "<", cursor);
    const found = await query.orderBy("raisedAt", "desc").execute();
    const shown = await issueRows(
      db,
      viewer,
      found.map((r) => r.id),
    );
    rows.push(...shown);
    cursor = found.at(-1)?.raisedAt ?? null;
    if (found.length < pageSize) return { ...ask, rows, next: null };
  }
  return { ...ask, rows, next: cursor };
}

/** Open issues that resemble what somebody is writing, best first, at most three. */
export async function similarTo(db: Db, viewer: Viewer, text: string): Promise<(IssueRow & { canJoin: boolean })[]> {
  if ([...text.trim()].length < 2) return [];
  const matches = await similarIssues(db, viewer.actor.communityId, text, 6);
  const rows = await issueRows(
    db,
    viewer,
    matches.map((m) => m.id),
  );
  return rows.slice(0, 3).map((row) => ({ ...row, canJoin: !row.mine && !row.joined }));
}
