import { z } from "zod";
import { stop } from "../../domain/course";
import { words } from "../../domain/input";
import { command } from "../command";
import { onIssue, subjectOfState } from "../issue/state";
import { loadCourseState, onCourse } from "./state";

/** Take the issue off its course, with the reason. */
export const stopCourse = command({
  action: "course.stop",
  input: z.object({ ...onIssue, text: words(500) }),
  load: (tx, { number }, { actor, now }) => loadCourseState(tx, number, actor, now),
  subject: subjectOfState,
  decide: (state, { text }) => onCourse(state, (course) => stop(course, state.issue, text, state)),
});
