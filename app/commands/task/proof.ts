import { z } from "zod";
import { attachmentsOf, draftOwner, giveAttachments } from "../../data/attachments.server";
import { id, line } from "../../domain/input";
import { handoutTypes } from "../../domain/meeting";
import { accept } from "../../domain/refusal";
import { photoKinds } from "../../domain/task";
import { giveDocument, givePhotos } from "../../domain/task-work";
import { command } from "../command";
import { loadTaskState, onTask, seenTask, taskOfState } from "./state";

/** The draft that keeps photos of one kind for a task until they are given. */
export const photoDraft = { before: "task.before", after: "task" } as const;
const owners = { before: "taskBefore", after: "task" } as const;

/** Give photos that lie in the draft: how it was before, or how it is now. */
export const giveTaskPhotos = command({
  action: "task.givePhotos",
  input: z.object({ ...onTask, which: z.enum(photoKinds, { error: "choice.missing" }) }),
  async load(tx, { taskId, which }, { actor }) {
    const state = await loadTaskState(tx, taskId, actor);
    if (!state.ok) return state;
    const photos = await attachmentsOf(tx, actor.communityId, "draft", [draftOwner(actor.personId, `${photoDraft[which]}.${taskId}`)]);
    return accept({ ...state.value, photos: photos.length });
  },
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task, photos, aside }, { which }) => givePhotos(task, which, photos, aside),
  async beside(tx, { task }, { which }, { actor }) {
    await giveAttachments(tx, actor.communityId, draftOwner(actor.personId, `${photoDraft[which]}.${task.id}`), { kind: owners[which], id: task.id });
    return undefined;
  },
});

/** Give a document whose file lies on the disk already, under its id. */
export const giveTaskDocument = command({
  action: "task.giveDocument",
  input: z.object({
    ...onTask,
    documentId: id,
    name: line(120),
    type: z.enum(handoutTypes),
    bytes: z.int().min(1),
    digest: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  load: (tx, { taskId }, { actor }) => loadTaskState(tx, taskId, actor),
  subject: taskOfState,
  seen: seenTask,
  decide: ({ task }, { documentId, name, type, bytes, digest }) => giveDocument(task, { id: documentId, name, type, bytes, digest }),
});
