import { z } from "zod";
import { handsOf, inOffice } from "../../data/tasks.server";
import { localDay } from "../../domain/clock";
import { words } from "../../domain/input";
import { accept } from "../../domain/refusal";
import { fall, handOver } from "../../domain/task-work";
import { command } from "../command";
import { assigneeText, loadHand, loadTaskState, onTask, seenTask, taskOfState } from "./state";

/** Pass a task on within the body that stands behind it: to somebody there, or to the body itself. */
export const handTaskOver = command({
  action: "task.handOver",
  input: z.object({ ...onTask, assignee: assigneeText, text: words(500) }),
  async load(tx, { taskId, assignee }, { actor, now }) {
    const state = await loadTaskState(tx, taskId, actor);
    if (!state.ok) return state;
    const { deskId } = state.value.task;
    const hand = await loadHand(tx, actor.communityId, assignee, { now, prefer: deskId, field: "assignee" });
    if (!hand.ok) return hand;
    const to = hand.value.assignee;
    const inDesk = to.kind === "body" ? to.id === deskId : await inOffice(tx, actor.communityId, to.id, deskId, localDay(now, state.value.community.timeZone));
    return accept({ ...state.value, to, inDesk });
  },
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task, to, inDesk }, { text }) => handOver(task, { assignee: to, inDesk }, text),
});

/** The clock: a task whose lead is gone falls to the body behind it. */
export const letTaskFall = command({
  action: "task.fall",
  input: z.object({ ...onTask }),
  async load(tx, { taskId }, { actor, now }) {
    const state = await loadTaskState(tx, taskId, actor);
    if (!state.ok) return state;
    return accept({ ...state.value, hands: await handsOf(tx, state.value.task, localDay(now, state.value.community.timeZone)) });
  },
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task, hands }) => fall(task, hands),
});
