// Photos and papers of a task on their way in: kept with the person's draft, or on the disk, before a command points at them.
import type { ActionFunctionArgs } from "@remix-run/node";
import { photoDraft } from "../commands/task/proof";
import type { PhotoKind } from "../domain/task";
import { type TaskPage, taskPage } from "../views/task-page";
import { draftPhotos } from "./drafts.server";
import { found, look } from "./look.server";
import { keepPhotos } from "./photos.server";
import { refused, type Values } from "./respond.server";

/** The task of the address, for whoever posts to it. */
export async function postedTask(args: ActionFunctionArgs): Promise<TaskPage> {
  const { db, viewer } = await look(args);
  return found(await taskPage(db, viewer, { taskId: args.params.id ?? "" }));
}

/** Keep a field's photos with the person's draft for this task. @returns the answer to a bad one, naming the field, or null. */
export async function keepTaskPhotos(args: ActionFunctionArgs, form: FormData, field: string, which: PhotoKind, values: Values) {
  const { viewer } = await look(args);
  const bad = await keepPhotos(args.context.services.store, viewer, `${photoDraft[which]}.${args.params.id}`, form.getAll(field));
  return bad ? refused({ ...bad, field }, values) : null;
}

/** Photos of a kind this person has chosen for the task and not given yet. */
export async function keptTaskPhotos(args: Pick<ActionFunctionArgs, "context" | "params" | "request">, which: PhotoKind): Promise<{ id: string }[]> {
  const { viewer } = await look(args);
  return draftPhotos(args.context.services.store, viewer, `${photoDraft[which]}.${args.params.id}`);
}
