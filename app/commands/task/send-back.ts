import { z } from "zod";
import { words } from "../../domain/input";
import { accept } from "../../domain/refusal";
import { returnRuleCodes } from "../../domain/task";
import { insist, reassign, sendBack } from "../../domain/task-work";
import { command } from "../command";
import { assigneeText, loadHand, loadHands, loadTaskState, onTask, seenTask, taskOfState } from "./state";

/** The lead asks to be rid of a task for a stated rule, naming whom it belongs to where the rule asks. */
export const sendTaskBack = command({
  action: "task.sendBack",
  input: z.object({
    ...onTask,
    rule: z.enum(returnRuleCodes, { error: "choice.missing" }),
    belongsTo: assigneeText.nullable().default(null),
    text: words(500),
  }),
  async load(tx, { taskId, belongsTo }, { actor, now }) {
    const state = await loadTaskState(tx, taskId, actor);
    if (!state.ok) return state;
    const named = await loadHands(tx, actor.communityId, belongsTo === null ? [] : [belongsTo], { now, prefer: state.value.task.bodyId, field: "belongsTo" });
    return named.ok ? accept({ ...state.value, belongsTo: named.value[0] ?? null }) : named;
  },
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task, belongsTo }, { rule, text }) => sendBack(task, { rule, belongsTo, reason: text }),
});

/** The deciding body lets a returned task stay where it is. */
export const insistOnTask = command({
  action: "task.insist",
  input: z.object({ ...onTask, text: words(500) }),
  load: (tx, { taskId }, { actor }) => loadTaskState(tx, taskId, actor),
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task }, { text }) => insist(task, text),
});

/** The deciding body gives a task to another lead. */
export const reassignTask = command({
  action: "task.reassign",
  input: z.object({ ...onTask, assignee: assigneeText, text: words(500) }),
  async load(tx, { taskId, assignee }, { actor, now }) {
    const state = await loadTaskState(tx, taskId, actor);
    if (!state.ok) return state;
    const hand = await loadHand(tx, actor.communityId, assignee, { now, prefer: state.value.task.bodyId, field: "assignee" });
    return hand.ok ? accept({ ...state.value, to: hand.value }) : hand;
  },
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task, to }, { text }) => reassign(task, to, text),
});
