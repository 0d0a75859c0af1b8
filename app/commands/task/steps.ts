import { z } from "zod";
import { id, line } from "../../domain/input";
import { accept } from "../../domain/refusal";
import { addStep, dropStep, tickStep } from "../../domain/task-work";
import { command } from "../command";
import { assigneeText, loadHands, loadTaskState, onTask, seenTask, taskOfState } from "./state";

/** Add a step to the list, with whoever does it where that is known. */
export const addAStep = command({
  action: "task.addStep",
  input: z.object({ ...onTask, title: line(120), owner: assigneeText.nullable().default(null) }),
  async load(tx, { taskId, owner }, { actor, now, newId }) {
    const state = await loadTaskState(tx, taskId, actor);
    if (!state.ok) return state;
    const owners = await loadHands(tx, actor.communityId, owner === null ? [] : [owner], { now, prefer: state.value.task.deskId, field: "owner" });
    return owners.ok ? accept({ ...state.value, owner: owners.value[0] ?? null, stepId: newId() }) : owners;
  },
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task, owner, stepId }, { title }) => addStep(task, { id: stepId, title, owner }),
});

/** Tick a step off, or open it again. */
export const tickAStep = command({
  action: "task.tickStep",
  input: z.object({ ...onTask, stepId: id, done: z.enum(["yes", "no"], { error: "choice.missing" }) }),
  load: (tx, { taskId }, { actor }) => loadTaskState(tx, taskId, actor),
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task, aside }, { stepId, done }) => tickStep(task, stepId, done === "yes", aside),
});

/** Take a step off the list. */
export const dropAStep = command({
  action: "task.dropStep",
  input: z.object({ ...onTask, stepId: id }),
  load: (tx, { taskId }, { actor }) => loadTaskState(tx, taskId, actor),
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task }, { stepId }) => dropStep(task, stepId),
});
