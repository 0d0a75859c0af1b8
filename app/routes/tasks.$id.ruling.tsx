import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { insistOnTask, reassignTask } from "../commands/task/send-back";
import { Choices, Select, TextArea } from "../components/form";
import { useHandOptions } from "../components/hands";
import { TaskVerb } from "../components/task-verb";
import { found, look } from "../http/look.server";
import { forAct, formOf, one, refused, valuesOf } from "../http/respond.server";
import { actOnTask } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { assignees } from "../views/people";
import { handsOfTask, taskPage } from "../views/task-page";

export const meta = titled("task.rule.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const task = found(await taskPage(db, viewer, { taskId: args.params.id ?? "" }));
  const { lead, belongsTo } = await handsOfTask(db, viewer, task.id);
  return forAct({ task, requestId, lead, belongsTo, who: await assignees(db, viewer, task.decision.bodyId) }, task.can.rule);
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args.request);
  const values = valuesOf(form);
  switch (one(values, "what")) {
    case "reassign":
      return actOnTask(args, reassignTask, form, (v) => ({ assignee: one(v, "assignee") || undefined }));
    case "insist":
      return actOnTask(args, insistOnTask, form);
    default:
      return refused({ code: "input.choice.missing", params: { field: "what" }, field: "what" }, values);
  }
}

export default function Ruling() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const options = useHandOptions(at.who, at.lead);
  const { sentBack } = at.task;
  return (
    <TaskVerb
      at={at}
      sent={sent}
      title={t("task.rule.title")}
      button={t("task.rule.button")}
      fields={{ what: t("task.rule.what"), assignee: t("task.reassign.to"), text: t("task.rule.text") }}
      about={
        sentBack && (
          <div className="kept">
            <p className="strong">{t("task.sentBack", { name: sentBack.by, rule: t(`returnRule.${sentBack.rule}`) })}</p>
            <p className="said">{sentBack.reason}</p>
            {sentBack.belongsTo && <p>{t("task.sentBack.to", { name: sentBack.belongsTo })}</p>}
          </div>
        )
      }
    >
      <Choices
        name="what"
        columns={1}
        label={t("task.rule.what")}
        sent={sent}
        options={[
          {
            value: "reassign",
            label: t("task.rule.reassign"),
            more: <Select name="assignee" label={t("task.reassign.to")} options={options} value={at.belongsTo} sent={sent} />,
          },
          { value: "insist", label: t("task.rule.insist"), hint: t("task.rule.insist.hint") },
        ]}
      />
      <TextArea name="text" label={t("task.rule.text")} sent={sent} max={500} rows={3} keep />
    </TaskVerb>
  );
}
