import { z } from "zod";
import { percentGiven, words } from "../../domain/input";
import { progress } from "../../domain/task";
import { command } from "../command";
import { harmlessToPercent, loadTaskState, onTask, seenTask, taskOfState } from "./state";

/** Say how it stands, with a percentage if one likes. */
export const reportProgress = command({
  action: "task.progress",
  input: z.object({
    ...onTask,
    text: words(1000),
    percent: percentGiven.nullable().default(null),
  }),
  load: (tx, { taskId }, { actor }) => loadTaskState(tx, taskId, actor),
  subject: taskOfState,
  // Words stand beside earlier words; a percentage takes the place of the one before.
  seen: (state, { percent }) => (percent === null ? seenTask(state) : { ...seenTask(state), harmless: harmlessToPercent, whole: true }),
  decide: ({ task, aside }, { text, percent }) => progress(task, text, { percent, aside }),
});
