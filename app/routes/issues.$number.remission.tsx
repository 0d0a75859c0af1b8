import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { remitIssue } from "../commands/issue/remit";
import { Select, TextArea } from "../components/form";
import { IssueVerb, useOriginWords } from "../components/issue-verb";
import { actOnIssue, issueFor } from "../http/issue-verb.server";
import { one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("act.remit");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "remit");
export const action = (args: ActionFunctionArgs) => actOnIssue(args, remitIssue, (values) => ({ to: one(values, "to"), text: one(values, "text") }));

export default function Remission() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const words = useOriginWords(at.origin);
  const { lower } = at.issue;
  const only = lower.length === 1 ? lower[0] : undefined;
  return (
    <IssueVerb
      at={at}
      sent={sent}
      title={t("remit.title")}
      lead={t("remit.lead")}
      button={only ? t("remit.button.to", { to: only.name }) : t("remit.button")}
      fields={{ to: t("remit.to"), text: t("remit.text") }}
    >
      {only ? (
        <input type="hidden" name="to" value={only.id} />
      ) : (
        <Select name="to" label={t("remit.to")} sent={sent} options={lower.map((b) => ({ value: b.id, label: b.name }))} />
      )}
      <TextArea name="text" label={t("remit.text")} sent={sent} max={1000} value={words} keep />
    </IssueVerb>
  );
}
