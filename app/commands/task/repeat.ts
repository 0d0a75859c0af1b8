import { z } from "zod";
import { loadDecision } from "../../data/meetings.server";
import { loadCalendar } from "../../data/organisation.server";
import { stillThere } from "../../data/tasks.server";
import { calendarFrom } from "../../domain/cadence";
import { accept, refuse } from "../../domain/refusal";
import { repeat, stopRepeat } from "../../domain/task-work";
import { command } from "../command";
import { loadTaskState, onTask, seenTask, taskOfState } from "./state";

/** The clock: make the next of a series once the one before was due. */
export const repeatTask = command({
  action: "task.repeat",
  input: z.object({ ...onTask }),
  async load(tx, { taskId }, { actor, now, newId }) {
    const state = await loadTaskState(tx, taskId, actor);
    if (!state.ok) return state;
    const { task, community } = state.value;
    const decision = await loadDecision(tx, community.id, task.decisionId);
    if (!decision) return refuse("notFound", { what: taskId });
    const calendar = await loadCalendar(tx, community, calendarFrom(now, community.timeZone));
    const { supporting, steps } = task;
    const there = await stillThere(tx, actor.communityId, [...supporting, ...steps.flatMap((s) => s.owner ?? [])], now);
    return accept({ ...state.value, calendar, meetingId: decision.meetingId, next: newId(), stepIds: steps.map(() => newId()), there });
  },
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task, next, calendar, meetingId, stepIds, there }, _input, { now }) => repeat(task, { id: next, now, calendar, meetingId, stepIds, there }),
});

/** No more of this series after this one. */
export const stopTaskRepeat = command({
  action: "task.stopRepeat",
  input: z.object({ ...onTask }),
  load: (tx, { taskId }, { actor }) => loadTaskState(tx, taskId, actor),
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task }) => stopRepeat(task),
});
