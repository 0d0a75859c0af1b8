import { z } from "zod";
import { runningCourseOf } from "../../data/courses.server";
import { openWorkOf } from "../../data/projects.server";
import { optionalWords } from "../../domain/input";
import { verifyProject } from "../../domain/project";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { loadProjectState, onProject, projectOfState, seenProject } from "./state";

/** The body that decided finds it good. The last work of its issue sends the answer home. */
export const verifyTheProject = command({
  action: "project.verify",
  input: z.object({ ...onProject, text: optionalWords(1000) }),
  async load(tx, { projectId }, { actor, now }) {
    const state = await loadProjectState(tx, projectId, actor, now);
    if (!state.ok) return state;
    const { issue } = state.value;
    return accept({
      ...state.value,
      course: await runningCourseOf(tx, actor.communityId, issue.id),
      otherOpen: await openWorkOf(tx, actor.communityId, issue.id, projectId),
    });
  },
  subject: projectOfState,
  seen: seenProject,
  decide: (state, { text }, { actorId }) => verifyProject(state, text, actorId),
});
