import { z } from "zod";
import { loadLimits } from "../../data/clocks.server";
import { loadBody, loadCalendar } from "../../data/organisation.server";
import { localDay } from "../../domain/clock";
import { optionalWords, words } from "../../domain/input";
import { holderOf } from "../../domain/issue";
import { accept, refuse } from "../../domain/refusal";
import { confirm, reopen } from "../../domain/task-work";
import { command } from "../command";
import { clockFor } from "../issue/state";
import { loadTaskState, onTask, seenTask, taskOfState } from "./state";

/** One of those it was done for says it is so. */
export const confirmTask = command({
  action: "task.confirm",
  input: z.object({ ...onTask, text: optionalWords(500) }),
  load: (tx, { taskId }, { actor }) => loadTaskState(tx, taskId, actor),
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task, issue }, { text }, { actorId }) => confirm(task, issue, text, { actorId }),
});

/** One of those it was done for says it is not, and why. */
export const reopenTask = command({
  action: "task.reopen",
  input: z.object({ ...onTask, text: words(500) }),
  async load(tx, { taskId }, { actor, now }) {
    const state = await loadTaskState(tx, taskId, actor);
    if (!state.ok) return state;
    const { issue, community } = state.value;
    const answeredBy = await loadBody(tx, actor.communityId, issue.phase.status === "answered" ? issue.phase.answer.bodyId : holderOf(issue));
    if (!answeredBy) return refuse("notFound", { what: taskId });
    const calendar = await loadCalendar(tx, community, localDay(now, community.timeZone));
    const limits = await loadLimits(tx, community.id);
    return accept({ ...state.value, calendar, limits, clock: await clockFor(tx, community, answeredBy.kind, issue, now) });
  },
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task, issue, calendar, limits, clock }, { text }, { now }) => reopen(task, issue, text, { now, calendar, limits, clock }),
});
