import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { setTaskSupport } from "../commands/task/support";
import { CheckList } from "../components/form";
import { useHandOptions } from "../components/hands";
import { TaskVerb } from "../components/task-verb";
import { found, look } from "../http/look.server";
import { forAct, many } from "../http/respond.server";
import { actOnTask } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { assignees } from "../views/people";
import { handsOfTask, taskPage } from "../views/task-page";

export const meta = titled("task.support.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const task = found(await taskPage(db, viewer, { taskId: args.params.id ?? "" }));
  const hands = await handsOfTask(db, viewer, task.id);
  return forAct({ task, requestId, hands, who: await assignees(db, viewer, task.decision.bodyId) }, task.can.setSupport);
}

export const action = (args: ActionFunctionArgs) => actOnTask(args, setTaskSupport, undefined, (values) => ({ supporting: many(values, "supporting") }));

export default function Support() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <TaskVerb
      at={at}
      sent={sent}
      title={t("task.support.title")}
      lead={t("task.support.lead", { name: at.task.assignee.name })}
      button={t("task.support.button")}
      fields={{ supporting: t("task.support") }}
    >
      <CheckList
        name="supporting"
        label={t("task.support")}
        none={t("task.support.none")}
        values={at.hands.supporting}
        options={useHandOptions(at.who, at.hands.lead)}
        sent={sent}
      />
    </TaskVerb>
  );
}
