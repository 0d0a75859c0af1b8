import { z } from "zod";
import { acceptTask } from "../../domain/task";
import { command } from "../command";
import { loadTaskState, onTask, seenTask, taskOfState } from "./state";

/** Take the task on. */
export const acceptTheTask = command({
  action: "task.accept",
  input: z.object({ ...onTask }),
  load: (tx, { taskId }, { actor }) => loadTaskState(tx, taskId, actor),
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task }) => acceptTask(task),
});
