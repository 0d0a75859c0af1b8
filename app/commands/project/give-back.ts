import { z } from "zod";
import { words } from "../../domain/input";
import { returnProject } from "../../domain/project";
import { command } from "../command";
import { loadProjectState, onProject, projectOfState, seenProject } from "./state";

/** Not good yet: it runs again, with what is missing. */
export const returnTheProject = command({
  action: "project.return",
  input: z.object({ ...onProject, text: words(1000) }),
  load: (tx, { projectId }, { actor, now }) => loadProjectState(tx, projectId, actor, now),
  subject: projectOfState,
  seen: seenProject,
  decide: ({ project }, { text }) => returnProject(project, text),
});
