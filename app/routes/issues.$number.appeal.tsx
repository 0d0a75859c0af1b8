import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { appealIssue } from "../commands/issue/appeal";
import { IssueWords } from "../components/issue-verb";
import { actOnIssue, issueFor, textOf } from "../http/issue-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("appeal.title");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "appeal");
export const action = (args: ActionFunctionArgs) => actOnIssue(args, appealIssue, textOf);

export default function Appeal() {
  const at = useLoaderData<typeof loader>();
  const t = useT();
  const upper = at.issue.upper?.name ?? "";
  return (
    <IssueWords
      at={at}
      sent={useActionData<typeof action>()}
      title={t("appeal.title")}
      lead={t("appeal.lead", { body: at.issue.holder.name, upper })}
      label={t("appeal.text")}
      button={t("appeal.button", { upper })}
    />
  );
}
