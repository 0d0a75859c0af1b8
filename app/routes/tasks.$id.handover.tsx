import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { handTaskOver } from "../commands/task/hand-over";
import { Select, TextArea } from "../components/form";
import { TaskVerb } from "../components/task-verb";
import { found, look } from "../http/look.server";
import { forAct, one } from "../http/respond.server";
import { actOnTask } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { deskOf } from "../views/people";
import { handsOfTask, taskPage } from "../views/task-page";

export const meta = titled("task.handOver.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const task = found(await taskPage(db, viewer, { taskId: args.params.id ?? "" }));
  const { lead } = await handsOfTask(db, viewer, task.id);
  return forAct({ task, requestId, lead, desk: await deskOf(db, viewer, task.deskId) }, task.can.handOver);
}

export const action = (args: ActionFunctionArgs) => actOnTask(args, handTaskOver, undefined, (values) => ({ assignee: one(values, "assignee") || undefined }));

export default function Handover() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const options = [
    ...at.desk.people.map((p) => ({ value: `person:${p.id}`, label: p.name })),
    { value: `body:${at.desk.id}`, label: t("task.handOver.desk", { body: at.desk.name }) },
  ].filter((o) => o.value !== at.lead);
  return (
    <TaskVerb
      at={at}
      sent={sent}
      title={t("task.handOver.title")}
      lead={t("task.handOver.lead", { body: at.desk.name })}
      button={t("task.handOver.button")}
      fields={{ assignee: t("task.handOver.to"), text: t("task.handOver.reason") }}
    >
      <Select name="assignee" label={t("task.handOver.to")} options={options} sent={sent} />
      <TextArea name="text" label={t("task.handOver.reason")} sent={sent} max={500} rows={3} keep />
    </TaskVerb>
  );
}
