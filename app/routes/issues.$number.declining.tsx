import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { declineIssue } from "../commands/issue/decline";
import { IssueWords } from "../components/issue-verb";
import { actOnIssue, issueFor, textOf } from "../http/issue-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("decline.title");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "decline");
export const action = (args: ActionFunctionArgs) => actOnIssue(args, declineIssue, textOf);

export default function Declining() {
  const t = useT();
  return (
    <IssueWords
      at={useLoaderData<typeof loader>()}
      sent={useActionData<typeof action>()}
      title={t("decline.title")}
      lead={t("decline.lead")}
      label={t("decline.text")}
      button={t("decline.button")}
    />
  );
}
