import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { askRaiser } from "../commands/issue/ask";
import { IssueWords } from "../components/issue-verb";
import { actOnIssue, issueFor, textOf } from "../http/issue-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("ask.title");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "ask");
export const action = (args: ActionFunctionArgs) => actOnIssue(args, askRaiser, textOf);

export default function Question() {
  const t = useT();
  return (
    <IssueWords
      at={useLoaderData<typeof loader>()}
      sent={useActionData<typeof action>()}
      title={t("ask.title")}
      lead={t("ask.lead")}
      label={t("ask.text")}
      button={t("ask.button")}
      max={500}
    />
  );
}
