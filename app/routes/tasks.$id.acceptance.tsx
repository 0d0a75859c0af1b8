import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { acceptTheTask } from "../commands/task/accept";
import { TaskVerb } from "../components/task-verb";
import { actOnTask, taskFor } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("task.accept");
export const loader = (args: LoaderFunctionArgs) => taskFor(args, "accept");
export const action = (args: ActionFunctionArgs) => actOnTask(args, acceptTheTask);

export default function Acceptance() {
  const t = useT();
  return <TaskVerb at={useLoaderData<typeof loader>()} sent={useActionData<typeof action>()} title={t("task.accept")} button={t("task.accept")} fields={{}} />;
}
