import { z } from "zod";
import { post } from "../../domain/course";
import { day } from "../../domain/input";
import { command } from "../command";
import { onIssue, subjectOfState } from "../issue/state";
import { loadCourseState, onCourse } from "./state";

/** Post what the stage publishes, from today until a day; not given: for as many days as the rule asks. */
export const postCourse = command({
  action: "course.post",
  input: z.object({ ...onIssue, until: day.nullable().default(null) }),
  load: (tx, { number }, { actor, now }) => loadCourseState(tx, number, actor, now),
  subject: subjectOfState,
  decide: (state, { until }) => onCourse(state, (course) => post(course, state.issue, until, state)),
});
