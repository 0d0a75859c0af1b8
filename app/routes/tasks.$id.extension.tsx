import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { askTaskExtension } from "../commands/task/extension";
import { TextArea, TextInput } from "../components/form";
import { TaskVerb } from "../components/task-verb";
import { nextDay } from "../domain/clock";
import { one } from "../http/respond.server";
import { actOnTask, taskFor } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";

export const meta = titled("task.extension.title");
export const loader = (args: LoaderFunctionArgs) => taskFor(args, "askExtension");
export const action = (args: ActionFunctionArgs) => actOnTask(args, askTaskExtension, undefined, (values) => ({ dueOn: one(values, "dueOn") }));

export default function Extension() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { t, dates } = useWords();
  return (
    <TaskVerb
      at={at}
      sent={sent}
      title={t("task.extension.title")}
      lead={t("task.extension.lead", { due: dates.localDay(at.task.dueOn) })}
      button={t("task.extension.button", { body: at.task.decision.body })}
      fields={{ dueOn: t("task.extension.on"), text: t("task.extension.reason") }}
    >
      <TextInput name="dueOn" type="date" label={t("task.extension.on")} value={nextDay(at.task.dueOn, 7)} sent={sent} />
      <TextArea name="text" label={t("task.extension.reason")} sent={sent} max={500} rows={3} keep />
    </TaskVerb>
  );
}
