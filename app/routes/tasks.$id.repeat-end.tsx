import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { stopTaskRepeat } from "../commands/task/repeat";
import { TaskVerb } from "../components/task-verb";
import { actOnTask, taskFor } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("task.stopRepeat");
export const loader = (args: LoaderFunctionArgs) => taskFor(args, "stopRepeat");
export const action = (args: ActionFunctionArgs) => actOnTask(args, stopTaskRepeat);

/** Pressed on the task's page; this one shows what was refused, or asks once more. */
export default function RepeatEnd() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return <TaskVerb at={at} sent={sent} title={at.task.title} lead={t("task.series.next")} button={t("task.stopRepeat")} fields={{}} />;
}
