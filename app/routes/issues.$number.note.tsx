import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { noteOnIssue } from "../commands/issue/note";
import { IssueWords } from "../components/issue-verb";
import { actOnIssue, issueFor, textOf } from "../http/issue-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("note.title");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "note");
export const action = (args: ActionFunctionArgs) => actOnIssue(args, noteOnIssue, textOf);

export default function Note() {
  const t = useT();
  return (
    <IssueWords
      at={useLoaderData<typeof loader>()}
      sent={useActionData<typeof action>()}
      title={t("note.title")}
      lead={t("note.lead")}
      label={t("note.text")}
      button={t("note.button")}
    />
  );
}
