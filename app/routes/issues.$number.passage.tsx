import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { passCourse } from "../commands/course/pass";
import { IssueVerb } from "../components/issue-verb";
import { actOnIssue, issueFor } from "../http/issue-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("act.pass");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "pass");
export const action = (args: ActionFunctionArgs) => actOnIssue(args, passCourse, () => ({}));

export default function Passage() {
  const t = useT();
  return (
    <IssueVerb
      at={useLoaderData<typeof loader>()}
      sent={useActionData<typeof action>()}
      title={t("course.pass.title")}
      lead={t("course.pass.lead")}
      button={t("course.pass.button")}
    />
  );
}
