import { z } from "zod";
import { runningCourseOf } from "../../data/courses.server";
import { proceduresOf } from "../../data/procedures.server";
import { begin } from "../../domain/course";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";
import { loadEndable, onIssue, seenIssue, subjectOfState } from "../issue/state";

/** Put an issue on a course: from here it goes through the procedure's stages in their order. */
export const beginCourse = command({
  action: "course.begin",
  input: z.object({ ...onIssue, procedure: z.string({ error: "choice.missing" }).regex(/^[a-zA-Z0-9]{1,32}$/, { error: "choice.missing" }) }),
  async load(tx, { number, procedure: code }, { actor, newId }) {
    const state = await loadEndable(tx, number, actor);
    if (!state.ok) return state;
    const known = (await proceduresOf(tx, actor.communityId)).find((p) => p.code === code);
    if (!known) return refuse("notFound", { what: code }, "procedure");
    const { own: _, ...procedure } = known;
    return accept({ ...state.value, procedure, running: await runningCourseOf(tx, actor.communityId, state.value.issue.id), id: newId() });
  },
  subject: subjectOfState,
  seen: seenIssue,
  decide: (state) => begin(state, state),
});
