import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { returnTask } from "../commands/task/give-back";
import { TextArea } from "../components/form";
import { TaskVerb } from "../components/task-verb";
import { actOnTask, taskFor } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("task.return.title");
export const loader = (args: LoaderFunctionArgs) => taskFor(args, "return");
export const action = (args: ActionFunctionArgs) => actOnTask(args, returnTask);

export default function Return() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <TaskVerb at={at} sent={sent} title={t("task.return.title")} button={t("task.return.button")} fields={{ text: t("task.return.text") }}>
      <TextArea name="text" label={t("task.return.text")} sent={sent} max={500} rows={3} keep />
    </TaskVerb>
  );
}
