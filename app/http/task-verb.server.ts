// What the pages of one act on a task share.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import type { Command } from "../commands/command";
import { type TaskPage, taskPage } from "../views/task-page";
import { found, look } from "./look.server";
import { act, forAct, one, type Values } from "./respond.server";

export async function taskFor(args: LoaderFunctionArgs, what: keyof TaskPage["can"]) {
  const { db, viewer, requestId } = await look(args);
  const task = found(await taskPage(db, viewer, { taskId: args.params.id ?? "" }));
  return forAct({ task, requestId }, task.can[what]);
}

export function actOnTask<Input extends { version?: number | undefined }, State>(args: ActionFunctionArgs, command: Command<Input, State>, form?: FormData) {
  return act(
    args,
    command,
    (values: Values) => ({ taskId: args.params.id, version: one(values, "version") || undefined, text: one(values, "text") }),
    () => `/tasks/${args.params.id}`,
    form,
  );
}
