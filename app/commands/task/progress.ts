import { z } from "zod";
import { progress } from "../../domain/task";
import { words } from "../../domain/vocabulary";
import { command } from "../command";
import { loadTaskState, onTask, seenTask, taskOfState } from "./state";

/** Say how it stands. */
export const reportProgress = command({
  action: "task.progress",
  input: z.object({ ...onTask, text: words(1000) }),
  load: (tx, { taskId }, { actor }) => loadTaskState(tx, taskId, actor),
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task }, { text }) => progress(task, text),
});
