import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { sendTaskBack } from "../commands/task/send-back";
import { Choices, Select, TextArea, typed } from "../components/form";
import { useHandOptions } from "../components/hands";
import { TaskVerb } from "../components/task-verb";
import { returnRules } from "../domain/task";
import { found, look } from "../http/look.server";
import { forAct, one, orNull } from "../http/respond.server";
import { actOnTask } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { assignees } from "../views/people";
import { taskPage } from "../views/task-page";

export const meta = titled("task.sendBack.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const task = found(await taskPage(db, viewer, { taskId: args.params.id ?? "" }));
  return forAct({ task, requestId, who: await assignees(db, viewer, task.decision.bodyId) }, task.can.sendBack);
}

export const action = (args: ActionFunctionArgs) =>
  actOnTask(args, sendTaskBack, undefined, (values) => ({
    rule: one(values, "rule"),
    // Each rule that asks has a field of its own: only the one that was chosen counts.
    belongsTo: orNull(one(values, `belongsTo.${one(values, "rule")}`)),
  }));

export default function SendingBack() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const options = useHandOptions(at.who);
  const asked = sent?.refusal.field === "belongsTo" ? `belongsTo.${typed(sent, "rule")}` : "belongsTo";
  const named = sent && { ...sent, refusal: { ...sent.refusal, ...(sent.refusal.field === "belongsTo" ? { field: asked } : {}) } };
  return (
    <TaskVerb
      at={at}
      sent={named}
      title={t("task.sendBack.title")}
      lead={t("task.sendBack.lead")}
      button={t("task.sendBack.button", { body: at.task.decision.body })}
      fields={{ rule: t("task.sendBack.rule"), [asked]: t("task.sendBack.to"), text: t("task.sendBack.reason") }}
    >
      <Choices
        name="rule"
        columns={1}
        label={t("task.sendBack.rule")}
        sent={named}
        options={returnRules
          .filter(({ rule }) => !at.task.insisted.includes(rule))
          .map(({ rule, asksWhom }) => ({
            value: rule,
            label: t(`returnRule.${rule}`),
            more: asksWhom ? (
              <Select
                name={`belongsTo.${rule}`}
                label={t(rule === "needsDecision" ? "task.sendBack.decision" : "task.sendBack.to")}
                options={options}
                sent={named}
              />
            ) : undefined,
          }))}
      />
      <TextArea name="text" label={t("task.sendBack.reason")} sent={named} max={500} rows={3} keep />
    </TaskVerb>
  );
}
