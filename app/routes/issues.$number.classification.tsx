import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { classifyIssue } from "../commands/issue/classify";
import { Choices, TextArea, TextInput } from "../components/form";
import { IssueVerb } from "../components/issue-verb";
import { categories, tracks } from "../domain/vocabulary";
import { actOnIssue, issueFor } from "../http/issue-verb.server";
import { one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("classify.title");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "classify");
export const action = (args: ActionFunctionArgs) =>
  actOnIssue(args, classifyIssue, (values) => ({
    title: one(values, "title"),
    category: one(values, "category"),
    track: one(values, "track"),
    text: one(values, "text"),
  }));

export default function Classification() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const { issue } = at;
  const fields = { title: t("classify.name"), category: t("classify.category"), track: t("classify.track"), text: t("classify.why") };
  return (
    <IssueVerb at={at} sent={sent} title={t("classify.title")} lead={t("classify.lead")} button={t("classify.button")} fields={fields}>
      <TextInput name="title" label={fields.title} value={issue.title} sent={sent} />
      <Choices
        name="track"
        label={fields.track}
        value={issue.track}
        sent={sent}
        columns={3}
        options={tracks.map((value) => ({ value, label: t(`track.${value}.long`) }))}
      />
      <TextArea name="text" label={fields.text} hint={t("classify.why.hint")} rows={2} max={300} required={false} sent={sent} />
      <Choices
        name="category"
        label={fields.category}
        value={issue.category}
        sent={sent}
        options={categories.map((value) => ({ value, label: t(`category.${value}`) }))}
      />
    </IssueVerb>
  );
}
