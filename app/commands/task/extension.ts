import { z } from "zod";
import { loadLimits } from "../../data/clocks.server";
import { askerLeads } from "../../data/tasks.server";
import { atLocal } from "../../domain/clock";
import { day, optionalWords, words } from "../../domain/input";
import { accept } from "../../domain/refusal";
import { askExtension, decideExtension, dropExtension } from "../../domain/task-work";
import { command } from "../command";
import { loadTaskState, onTask, seenTask, taskOfState } from "./state";

/** Ask for more time, until a day, with a reason. */
export const askTaskExtension = command({
  action: "task.askExtension",
  input: z.object({ ...onTask, dueOn: day, text: words(500) }),
  async load(tx, { taskId, dueOn }, { actor }) {
    const state = await loadTaskState(tx, taskId, actor);
    if (!state.ok) return state;
    return accept({
      ...state.value,
      dueAt: atLocal(dueOn, state.value.community.dayEndsAt, state.value.community.timeZone),
      limits: await loadLimits(tx, actor.communityId),
    });
  },
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task, dueAt, limits }, { dueOn, text }, { now }) => askExtension(task, { dueOn, dueAt }, text, { limits, now }),
});

/** Grant more time or refuse it. A refusal says why. */
export const decideTaskExtension = command({
  action: "task.decideExtension",
  input: z.object({ ...onTask, grant: z.enum(["yes", "no"], { error: "choice.missing" }), text: optionalWords(500) }),
  load: (tx, { taskId }, { actor }) => loadTaskState(tx, taskId, actor),
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task }, { grant, text }, { now }) => decideExtension(task, grant === "yes", text, now),
});

/** The clock: a request for more time falls away with whoever asked for it. */
export const dropTaskExtension = command({
  action: "task.dropExtension",
  input: z.object({ ...onTask }),
  async load(tx, { taskId }, { actor, now }) {
    const state = await loadTaskState(tx, taskId, actor);
    if (!state.ok) return state;
    return accept({ ...state.value, leads: await askerLeads(tx, state.value.task, now) });
  },
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task, leads }) => dropExtension(task, leads),
});
