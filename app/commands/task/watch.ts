import { z } from "zod";
import { mannedBodies } from "../../data/tasks.server";
import { localDay } from "../../domain/clock";
import { accept } from "../../domain/refusal";
import { watchTask } from "../../domain/task-work";
import { command } from "../command";
import { loadTaskState, onTask, seenTask, taskOfState } from "./state";

/** The clock: nobody works any more in the body that leads a task, or somebody does again. */
export const watchTheTask = command({
  action: "task.watch",
  input: z.object({ ...onTask }),
  async load(tx, { taskId }, { actor, now }) {
    const state = await loadTaskState(tx, taskId, actor);
    if (!state.ok) return state;
    const manned = await mannedBodies(tx, actor.communityId, localDay(now, state.value.community.timeZone));
    return accept({ ...state.value, somebodyWorks: manned.has(state.value.task.assignee.id) });
  },
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task, somebodyWorks }) => watchTask(task, somebodyWorks),
});
