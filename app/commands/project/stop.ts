import { z } from "zod";
import { words } from "../../domain/input";
import { stopProject } from "../../domain/project";
import { command } from "../command";
import { loadProjectState, onProject, projectOfState, seenProject } from "./state";

/** End it before it is done, with the reason. */
export const stopTheProject = command({
  action: "project.stop",
  input: z.object({ ...onProject, text: words(1000) }),
  load: (tx, { projectId }, { actor, now }) => loadProjectState(tx, projectId, actor, now),
  subject: projectOfState,
  seen: seenProject,
  decide: ({ project, today }, { text }) => stopProject(project, text, today),
});
