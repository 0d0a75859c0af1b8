import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { confirmTask } from "../commands/task/confirm";
import { TaskVerb } from "../components/task-verb";
import { actOnTask, taskFor } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("task.confirm.yes");
export const loader = (args: LoaderFunctionArgs) => taskFor(args, "confirm");
export const action = (args: ActionFunctionArgs) => actOnTask(args, confirmTask);

/** Pressed on the task's page; this one shows what was refused, or asks once more. */
export default function Confirmation() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return <TaskVerb at={at} sent={sent} title={at.task.title} lead={t("task.confirm.ask")} button={t("task.confirm.yes")} fields={{}} />;
}
