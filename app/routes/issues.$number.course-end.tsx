import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { stopCourse } from "../commands/course/stop";
import { IssueWords } from "../components/issue-verb";
import { actOnIssue, issueFor, textOf } from "../http/issue-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("act.stop");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "stop");
export const action = (args: ActionFunctionArgs) => actOnIssue(args, stopCourse, textOf);

export default function CourseEnd() {
  const t = useT();
  return (
    <IssueWords
      at={useLoaderData<typeof loader>()}
      sent={useActionData<typeof action>()}
      title={t("course.stop.title")}
      lead={t("course.stop.lead")}
      label={t("course.stop.text")}
      button={t("course.stop.button")}
      max={500}
    />
  );
}
