// What the pages of one act on a task share.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import type { Command } from "../commands/command";
import { type TaskAct, taskPage } from "../views/task-page";
import { found, look } from "./look.server";
import { act, forAct, one, type Values } from "./respond.server";

/** The data of a page for one act on a task. */
export async function taskFor(args: LoaderFunctionArgs, what: TaskAct) {
  const { db, viewer, requestId } = await look(args);
  const task = found(await taskPage(db, viewer, { taskId: args.params.id ?? "" }));
  return forAct({ task, requestId }, task.can[what]);
}

/** Runs a command on the task of the address with the form's words, and with what else `more` takes from the form. */
export function actOnTask<Input extends { version?: number | undefined }, State>(
  args: ActionFunctionArgs,
  command: Command<Input, State>,
  form?: FormData,
  more: (values: Values) => object = () => ({}),
) {
  return act(
    args,
    command,
    (values: Values) => ({ taskId: args.params.id, version: one(values, "version") || undefined, text: one(values, "text"), ...more(values) }),
    () => `/tasks/${args.params.id}`,
    form,
  );
}
