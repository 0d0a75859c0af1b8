import { z } from "zod";
import { attachmentsOf, draftOwner, giveAttachments } from "../../data/attachments.server";
import { optionalWords } from "../../domain/input";
import { accept } from "../../domain/refusal";
import { handIn } from "../../domain/task";
import { command } from "../command";
import { loadTaskState, onTask, seenTask, taskOfState } from "./state";

/** Hand in what proves it done: words, photos, or both. */
export const handInTask = command({
  action: "task.handIn",
  input: z.object({ ...onTask, text: optionalWords(2000) }),
  async load(tx, { taskId }, { actor }) {
    const state = await loadTaskState(tx, taskId, actor);
    if (!state.ok) return state;
    const photos = await attachmentsOf(tx, actor.communityId, "draft", [draftOwner(actor.personId, `task.${taskId}`)]);
    const kept = await attachmentsOf(tx, actor.communityId, "task", [taskId]);
    return accept({ ...state.value, photos: photos.length, kept: kept.length });
  },
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task, photos, kept }, { text }) => handIn(task, text, photos, kept),
  async beside(tx, { task }, _input, { actor }) {
    await giveAttachments(tx, actor.communityId, draftOwner(actor.personId, `task.${task.id}`), { kind: "task", id: task.id });
    return undefined;
  },
});
