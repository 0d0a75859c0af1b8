import { z } from "zod";
import { accept } from "../../domain/refusal";
import { setSupport } from "../../domain/task-work";
import { command } from "../command";
import { assigneeText, loadHands, loadTaskState, onTask, seenTask, taskOfState } from "./state";

/** Say who helps the lead. */
export const setTaskSupport = command({
  action: "task.setSupport",
  input: z.object({ ...onTask, supporting: z.array(assigneeText).max(50) }),
  async load(tx, { taskId, supporting }, { actor, now }) {
    const state = await loadTaskState(tx, taskId, actor);
    if (!state.ok) return state;
    const help = await loadHands(tx, actor.communityId, supporting, { now, prefer: state.value.task.bodyId, field: "supporting" });
    return help.ok ? accept({ ...state.value, help: help.value }) : help;
  },
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task, help }) => setSupport(task, help),
});
