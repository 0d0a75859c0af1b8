import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { reportProgress } from "../commands/task/progress";
import { TextArea, TextInput } from "../components/form";
import { ProofLinks } from "../components/task-parts";
import { TaskVerb } from "../components/task-verb";
import { one, orNull } from "../http/respond.server";
import { actOnTask, taskFor } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("task.progress");
export const loader = (args: LoaderFunctionArgs) => taskFor(args, "progress");
export const action = (args: ActionFunctionArgs) =>
  actOnTask(args, reportProgress, undefined, (values) => ({ percent: orNull(one(values, "percent").trim()) }));

export default function Progress() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <TaskVerb
      at={at}
      sent={sent}
      title={t("task.progress.title")}
      lead={t("task.progress.lead")}
      button={t("task.progress.button")}
      fields={{ text: t("task.progress.text"), percent: t("task.progress.percent") }}
      about={<ProofLinks task={at.task} />}
    >
      <TextArea name="text" label={t("task.progress.text")} sent={sent} max={1000} rows={3} keep />
      {at.task.steps === null && (
        <TextInput name="percent" label={t("task.progress.percent")} hint={t("task.progress.percent.hint")} inputMode="numeric" required={false} sent={sent} />
      )}
    </TaskVerb>
  );
}
