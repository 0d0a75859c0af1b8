import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { giveIssueFeedback } from "../commands/issue/feedback";
import { Choices, TextArea } from "../components/form";
import { IssueVerb } from "../components/issue-verb";
import { Staircase } from "../components/sign";
import { actOnIssue, issueFor } from "../http/issue-verb.server";
import { one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("act.feedback");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "feedback");
export const action = (args: ActionFunctionArgs) =>
  actOnIssue(args, giveIssueFeedback, (values) => ({ solved: one(values, "solved"), content: one(values, "content"), remark: one(values, "remark") }));

export default function Feedback() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const { issue } = at;
  const fields = { solved: t("feedback.solved"), content: t("feedback.content"), remark: t("feedback.remark") };
  const body = issue.answer?.bodyName ?? issue.holder.name;
  return (
    <IssueVerb
      at={at}
      sent={sent}
      title={issue.title}
      button={t("feedback.button")}
      fields={fields}
      about={
        <>
          <Staircase steps={issue.steps} home={issue.home} />
          {issue.answer && (
            <div className="now mt-5">
              <p className="head">{t(`issue.answer.${issue.answer.kind}`, { body })}</p>
              {issue.answer.text && <p className="said">{issue.answer.text}</p>}
              {issue.can.appeal && (
                <p>
                  <a href={`/issues/${issue.number}/appeal`}>{t("feedback.appeal", { upper: issue.upper?.name ?? "" })}</a>
                </p>
              )}
            </div>
          )}
        </>
      }
    >
      <Choices
        name="solved"
        big
        label={fields.solved}
        hint={t("feedback.solved.hint", { body })}
        sent={sent}
        options={[
          { value: "yes", label: t("feedback.solved.yes") },
          { value: "no", label: t("feedback.solved.no") },
        ]}
      />
      <Choices
        name="content"
        big
        label={fields.content}
        sent={sent}
        columns={3}
        options={(["content", "fair", "discontent"] as const).map((value) => ({ value, label: t(`feedback.content.${value}`) }))}
      />
      <TextArea name="remark" label={fields.remark} hint={t("feedback.remark.hint")} sent={sent} required={false} rows={2} max={500} />
    </IssueVerb>
  );
}
