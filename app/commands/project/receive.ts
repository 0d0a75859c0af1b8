import { z } from "zod";
import { optionalWords } from "../../domain/input";
import { receive } from "../../domain/project";
import { command } from "../command";
import { loadProjectState, moneyBySource, onProject, projectOfState, seenProject } from "./state";

/** Put down what came in from each source up to now. */
export const receiveMoney = command({
  action: "project.receive",
  input: z.object({ ...onProject, received: moneyBySource, reason: optionalWords(500) }),
  load: (tx, { projectId }, { actor, now }) => loadProjectState(tx, projectId, actor, now),
  subject: projectOfState,
  seen: (state) => ({ ...seenProject(state), harmless: new Set(["project.reported", "project.planned"]), whole: true }),
  decide: ({ project }, { received, reason }) => receive(project, received, reason),
});
