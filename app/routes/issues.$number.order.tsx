import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { giveSupervisionOrder } from "../commands/order/give";
import { TextArea, TextInput } from "../components/form";
import { IssueVerb } from "../components/issue-verb";
import { actOnIssue, issueFor } from "../http/issue-verb.server";
import { one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("act.order");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "order");
export const action = (args: ActionFunctionArgs) =>
  actOnIssue(args, giveSupervisionOrder, (values) => ({ dueOn: one(values, "dueOn"), text: one(values, "text") }));

export default function Order() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const body = at.issue.holder.name;
  return (
    <IssueVerb
      at={at}
      sent={sent}
      title={t("order.title", { body })}
      lead={t("order.lead", { body })}
      button={t("order.button")}
      fields={{ text: t("order.text"), dueOn: t("order.due") }}
    >
      <TextArea name="text" label={t("order.text")} sent={sent} max={500} keep />
      <TextInput name="dueOn" type="date" label={t("order.due")} sent={sent} />
    </IssueVerb>
  );
}
