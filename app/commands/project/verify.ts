import { z } from "zod";
import { verifyProject } from "../../domain/project";
import { optionalWords } from "../../domain/vocabulary";
import { command } from "../command";
import { loadProjectState, onProject, projectOfState, seenProject } from "./state";

/** The body that decided finds it good. */
export const verifyTheProject = command({
  action: "project.verify",
  input: z.object({ ...onProject, text: optionalWords(1000) }),
  load: (tx, { projectId }, { actor, now }) => loadProjectState(tx, projectId, actor, now),
  subject: projectOfState,
  seen: seenProject,
  decide: ({ project }, { text }, { actorId }) => verifyProject(project, text, actorId),
});
