import { z } from "zod";
import { words } from "../../domain/input";
import { giveBack } from "../../domain/task";
import { command } from "../command";
import { loadTaskState, onTask, seenTask, taskOfState } from "./state";

/** Send it back with a reason. */
export const returnTask = command({
  action: "task.return",
  input: z.object({ ...onTask, text: words(500) }),
  load: (tx, { taskId }, { actor }) => loadTaskState(tx, taskId, actor),
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task }, { text }) => giveBack(task, text),
});
