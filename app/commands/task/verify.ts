import { z } from "zod";
import { optionalWords } from "../../domain/input";
import { verify } from "../../domain/task";
import { command } from "../command";
import { loadTaskState, onTask, seenTask, taskOfState } from "./state";

/** Check what was handed in and find it good. The last one sends the answer home. */
export const verifyTask = command({
  action: "task.verify",
  input: z.object({ ...onTask, text: optionalWords(500) }),
  load: (tx, { taskId }, { actor }) => loadTaskState(tx, taskId, actor),
  subject: taskOfState,
  seen: seenTask,
  decide: (state, { text }, { actorId }) => verify(state, text, { actorId, answer: text }),
});
