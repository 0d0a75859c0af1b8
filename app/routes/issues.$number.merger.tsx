import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { mergeIssue } from "../commands/issue/merge";
import { TextArea, TextInput } from "../components/form";
import { IssueVerb } from "../components/issue-verb";
import { actOnIssue } from "../http/issue-verb.server";
import { found, look } from "../http/look.server";
import { forAct, one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { issuePage } from "../views/issue-page";
import { similarTo } from "../views/issue-rows";

export const meta = titled("merge.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const issue = found(await issuePage(db, viewer, { number: args.params.number ?? "" }));
  const similar = (await similarTo(db, viewer, `${issue.title}\n${issue.what}`)).filter((row) => row.id !== issue.id);
  return forAct({ issue, requestId, similar: similar.map(({ number, title }) => ({ number, title })) }, issue.can.merge);
}
export const action = (args: ActionFunctionArgs) => actOnIssue(args, mergeIssue, (values) => ({ into: one(values, "into"), text: one(values, "text") }));

export default function Merger() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <IssueVerb
      at={at}
      sent={sent}
      title={t("merge.title")}
      lead={t("merge.lead")}
      button={t("merge.button")}
      fields={{ into: t("merge.into"), text: t("merge.text") }}
    >
      {at.similar.length > 0 && (
        <div className="kept">
          <p className="strong">{t("merge.similar")}</p>
          <ul>
            {at.similar.map((row) => (
              <li key={row.number}>
                <a href={`/issues/${row.number}`} className="num">
                  {row.number}
                </a>{" "}
                {row.title}
              </li>
            ))}
          </ul>
        </div>
      )}
      <TextInput name="into" label={t("merge.into")} hint={t("merge.into.hint")} sent={sent} />
      <TextArea name="text" label={t("merge.text")} hint={t("form.optional")} sent={sent} required={false} max={500} rows={2} />
    </IssueVerb>
  );
}
