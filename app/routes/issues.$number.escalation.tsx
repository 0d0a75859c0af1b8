import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { escalateIssue } from "../commands/issue/escalate";
import { TextArea } from "../components/form";
import { IssueVerb, useOriginWords } from "../components/issue-verb";
import { actOnIssue, issueFor } from "../http/issue-verb.server";
import { one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("act.escalate.plain");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "escalate");
export const action = (args: ActionFunctionArgs) => actOnIssue(args, escalateIssue, (values) => ({ to: one(values, "to"), text: one(values, "text") }));

export default function Escalation() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const words = useOriginWords(at.origin);
  const { issue } = at;
  const to = issue.upper?.name ?? "";
  const label = issue.holder.deliberates ? t("escalate.text.upper") : t("escalate.text");
  return (
    <IssueVerb
      at={at}
      sent={sent}
      title={t("escalate.title", { to })}
      lead={t("escalate.lead", { from: issue.holder.name, to })}
      button={t("escalate.button", { to })}
      fields={{ text: label }}
    >
      <input type="hidden" name="to" value={issue.upper?.id ?? ""} />
      <TextArea name="text" label={label} sent={sent} max={1000} value={words} keep />
    </IssueVerb>
  );
}
