// What the commands on an issue's course look at.
import type { Db } from "../../data/dialect.server";
import { localDay } from "../../domain/clock";
import type { Course, CourseEvent } from "../../domain/course";
import type { Actor } from "../../domain/permission";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { type Held, type Hindrances, type IssueState, loadEndable } from "../issue/state";

export type CourseState = IssueState & Held & Hindrances & { today: string };

/** The issue with the course it is on, if any. */
export async function loadCourseState(tx: Db, number: string, actor: Actor, now: string): Promise<Outcome<CourseState>> {
  const state = await loadEndable(tx, number, actor);
  if (!state.ok) return state;
  return accept({ ...state.value, today: localDay(now, state.value.community.timeZone) });
}

/** What is decided on the course; refused when there is none. */
export const onCourse = (state: CourseState, decide: (course: Course) => Outcome<CourseEvent>): Outcome<CourseEvent> =>
  state.course ? decide(state.course) : refuse("course.none", { number: state.issue.number });
