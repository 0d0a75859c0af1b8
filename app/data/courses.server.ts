// Courses at rest: matters on their way through a procedure's stages.
import type { Selectable } from "kysely";
import type { Course, CourseStatus, Passed, Posted } from "../domain/course";
import type { Procedure } from "../domain/procedure";
import { type Db, prepared, rows } from "./dialect.server";
import type { Course as CourseRow } from "./generated/types";

const courseOf = (row: Selectable<CourseRow>): Course => ({
  ...row,
  procedure: JSON.parse(row.procedure) as Procedure,
  status: row.status as CourseStatus,
  passed: JSON.parse(row.passed) as Passed[],
  posted: JSON.parse(row.posted) as Posted | null,
});

export async function loadCourse(db: Db, communityId: string, id: string): Promise<Course | null> {
  const row = await db.selectFrom("Course").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  return row ? courseOf(row) : null;
}

const courseRows = rows("Course");

export async function saveCourse(tx: Db, next: Course, before: Course | null): Promise<void> {
  const row = { ...next, procedure: JSON.stringify(next.procedure), passed: JSON.stringify(next.passed), posted: JSON.stringify(next.posted) };
  const { status, passed, posted, endedAt, reason, version } = row;
  await courseRows.save(tx, row, before, { status, passed, posted, endedAt, reason, version });
}

const ofIssue = prepared<{ communityId: string; issueId: string }>()((db, p) =>
  db.selectFrom("Course").selectAll().where("communityId", "=", p("communityId")).where("issueId", "=", p("issueId")).orderBy("begunAt").orderBy("id"),
);

/** The courses an issue has been on, the latest last. */
export const coursesOf = async (db: Db, communityId: string, issueId: string): Promise<Course[]> => (await ofIssue(db, { communityId, issueId })).map(courseOf);

/** The course an issue is on: never more than one. */
export async function runningCourseOf(db: Db, communityId: string, issueId: string): Promise<Course | null> {
  return (await coursesOf(db, communityId, issueId)).find((c) => c.status === "running") ?? null;
}

/** Every running course of a community. */
export async function runningCourses(db: Db, communityId: string): Promise<Course[]> {
  const rows = await db.selectFrom("Course").selectAll().where("communityId", "=", communityId).where("status", "=", "running").orderBy("begunAt").execute();
  return rows.map(courseOf);
}
