import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { reassignTask } from "../commands/task/send-back";
import { Select, TextArea } from "../components/form";
import { useHandOptions } from "../components/hands";
import { TaskVerb } from "../components/task-verb";
import { found, look } from "../http/look.server";
import { forAct, one } from "../http/respond.server";
import { actOnTask } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { assignees } from "../views/people";
import { handsOfTask, taskPage } from "../views/task-page";

export const meta = titled("task.reassign.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const task = found(await taskPage(db, viewer, { taskId: args.params.id ?? "" }));
  const { lead } = await handsOfTask(db, viewer, task.id);
  return forAct({ task, requestId, lead, who: await assignees(db, viewer, task.decision.bodyId) }, task.can.reassign);
}

export const action = (args: ActionFunctionArgs) => actOnTask(args, reassignTask, undefined, (values) => ({ assignee: one(values, "assignee") || undefined }));

export default function Reassignment() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <TaskVerb
      at={at}
      sent={sent}
      title={t("task.reassign.title")}
      lead={t("task.reassign.lead", { name: at.task.assignee.name })}
      button={t("task.reassign.button")}
      fields={{ assignee: t("task.reassign.to"), text: t("task.rule.text") }}
    >
      <Select name="assignee" label={t("task.reassign.to")} options={useHandOptions(at.who, at.lead)} sent={sent} />
      <TextArea name="text" label={t("task.rule.text")} sent={sent} max={500} rows={3} keep />
    </TaskVerb>
  );
}
