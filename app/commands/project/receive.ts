import { z } from "zod";
import { receive } from "../../domain/project";
import { command } from "../command";
import { loadProjectState, moneyBySource, onProject, projectOfState, seenProject } from "./state";

/** Put down what came in from each source up to now. */
export const receiveMoney = command({
  action: "project.receive",
  input: z.object({ ...onProject, received: moneyBySource }),
  load: (tx, { projectId }, { actor, now }) => loadProjectState(tx, projectId, actor, now),
  subject: projectOfState,
  seen: (state) => ({ ...seenProject(state), harmless: new Set(["project.reported", "project.planned"]), whole: true }),
  decide: ({ project }, { received }) => receive(project, received),
});
