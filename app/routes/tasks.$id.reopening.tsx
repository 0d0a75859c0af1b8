import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { reopenTask } from "../commands/task/confirm";
import { TextArea } from "../components/form";
import { TaskVerb } from "../components/task-verb";
import { actOnTask, taskFor } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("task.reopen.title");
export const loader = (args: LoaderFunctionArgs) => taskFor(args, "reopen");
export const action = (args: ActionFunctionArgs) => actOnTask(args, reopenTask);

export default function Reopening() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <TaskVerb
      at={at}
      sent={sent}
      title={t("task.reopen.title")}
      lead={t("task.reopen.lead", { name: at.task.assignee.name })}
      button={t("task.reopen.button")}
      fields={{ text: t("task.reopen.text") }}
    >
      <TextArea name="text" label={t("task.reopen.text")} sent={sent} max={500} rows={3} keep />
    </TaskVerb>
  );
}
