import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { acceptTheIssue } from "../commands/issue/accept";
import { IssueVerb } from "../components/issue-verb";
import { actOnIssue, issueFor } from "../http/issue-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("act.accept");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "accept");
export const action = (args: ActionFunctionArgs) => actOnIssue(args, acceptTheIssue, () => ({}));

export default function Acceptance() {
  const t = useT();
  return <IssueVerb at={useLoaderData<typeof loader>()} sent={useActionData<typeof action>()} title={t("act.accept")} button={t("act.accept")} />;
}
