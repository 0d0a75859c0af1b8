import { z } from "zod";
import { pass } from "../../domain/course";
import { command } from "../command";
import { onIssue, subjectOfState } from "../issue/state";
import { loadCourseState, onCourse } from "./state";

/** Go on to the next stage once the notice has been posted long enough. */
export const passCourse = command({
  action: "course.pass",
  input: z.object({ ...onIssue }),
  load: (tx, { number }, { actor, now }) => loadCourseState(tx, number, actor, now),
  subject: subjectOfState,
  decide: (state) => onCourse(state, (course) => pass(course, state.issue, state)),
});
