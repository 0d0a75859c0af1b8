import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { settleIssue } from "../commands/issue/settle";
import { IssueWords } from "../components/issue-verb";
import { actOnIssue, issueFor, textOf } from "../http/issue-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("settle.title");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "settle");
export const action = (args: ActionFunctionArgs) => actOnIssue(args, settleIssue, textOf);

export default function Settlement() {
  const t = useT();
  return (
    <IssueWords
      at={useLoaderData<typeof loader>()}
      sent={useActionData<typeof action>()}
      title={t("settle.title")}
      lead={t("settle.lead")}
      label={t("settle.text")}
      hint={t("settle.text.hint")}
      button={t("settle.button")}
    />
  );
}
