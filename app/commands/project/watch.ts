import { z } from "zod";
import { mannedBodies } from "../../data/tasks.server";
import { watchProject } from "../../domain/project";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { loadProjectState, onProject, projectOfState, seenProject } from "./state";

/** The clock: nobody works any more in the body that carries a project out, or somebody does again. */
export const watchTheProject = command({
  action: "project.watch",
  input: z.object({ ...onProject }),
  async load(tx, { projectId }, { actor, now }) {
    const state = await loadProjectState(tx, projectId, actor, now);
    if (!state.ok) return state;
    const manned = await mannedBodies(tx, actor.communityId, state.value.today);
    return accept({ ...state.value, somebodyWorks: manned.has(state.value.project.responsibleId) });
  },
  subject: projectOfState,
  seen: seenProject,
  decide: ({ project, somebodyWorks }) => watchProject(project, somebodyWorks),
});
