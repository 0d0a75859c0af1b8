import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { postCourse } from "../commands/course/post";
import { TextInput } from "../components/form";
import { IssueVerb } from "../components/issue-verb";
import { actOnIssue, issueFor } from "../http/issue-verb.server";
import { one, orNull } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("act.post");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "post");
export const action = (args: ActionFunctionArgs) => actOnIssue(args, postCourse, (values) => ({ until: orNull(one(values, "until")) }));

export default function Posting() {
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <IssueVerb
      at={useLoaderData<typeof loader>()}
      sent={sent}
      title={t("course.post.title")}
      lead={t("course.post.lead")}
      button={t("course.post.button")}
      fields={{ until: t("course.post.until") }}
    >
      <TextInput name="until" type="date" label={t("course.post.until")} hint={t("course.post.until.hint")} required={false} sent={sent} />
    </IssueVerb>
  );
}
