import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { decideTaskExtension } from "../commands/task/extension";
import { Choices, TextArea } from "../components/form";
import { TaskVerb } from "../components/task-verb";
import { one } from "../http/respond.server";
import { actOnTask, taskFor } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";

export const meta = titled("task.extension.decide.title");
export const loader = (args: LoaderFunctionArgs) => taskFor(args, "decideExtension");
export const action = (args: ActionFunctionArgs) => actOnTask(args, decideTaskExtension, undefined, (values) => ({ grant: one(values, "grant") || undefined }));

export default function ExtensionRuling() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { t, dates } = useWords();
  const { extension, dueOn } = at.task;
  return (
    <TaskVerb
      at={at}
      sent={sent}
      title={t("task.extension.decide.title")}
      {...(extension ? { lead: t("task.extension.waits", { name: extension.by, due: dates.localDay(extension.dueOn), reason: extension.reason }) } : {})}
      button={t("task.extension.decide.button")}
      fields={{ grant: t("task.extension.grant"), text: t("task.extension.text") }}
    >
      <Choices
        name="grant"
        columns={1}
        label={t("task.extension.grant")}
        sent={sent}
        options={[
          { value: "yes", label: t("task.extension.yes", { due: extension ? dates.localDay(extension.dueOn) : "" }) },
          { value: "no", label: t("task.extension.no", { due: dates.localDay(dueOn) }) },
        ]}
      />
      <TextArea name="text" label={t("task.extension.text")} sent={sent} required={false} max={500} rows={3} keep />
    </TaskVerb>
  );
}
