import { z } from "zod";
import { optionalWords } from "../../domain/input";
import { finish } from "../../domain/project";
import { command } from "../command";
import { loadProjectState, onProject, projectOfState, seenProject } from "./state";

/** All is done: the body that decided checks it. */
export const finishProject = command({
  action: "project.finish",
  input: z.object({ ...onProject, text: optionalWords(1000) }),
  load: (tx, { projectId }, { actor, now }) => loadProjectState(tx, projectId, actor, now),
  subject: projectOfState,
  seen: seenProject,
  decide: ({ project, today }, { text }) => finish(project, text, today),
});
