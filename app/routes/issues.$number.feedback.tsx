import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { giveIssueFeedback } from "../commands/issue/feedback";
import { AnswerWords, useAnswerFields } from "../components/follow-up";
import { IssueVerb } from "../components/issue-verb";
import { Staircase } from "../components/sign";
import { answerWords } from "../http/follow-up.server";
import { actOnIssue, issueFor } from "../http/issue-verb.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";

export const meta = titled("act.feedback");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "feedback");
export const action = (args: ActionFunctionArgs) => actOnIssue(args, giveIssueFeedback, answerWords);

export default function Feedback() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { t, dates } = useWords();
  const { issue } = at;
  const fields = useAnswerFields();
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
              {issue.followUp.until && <p className="soft">{t("feedback.until", { date: dates.day(issue.followUp.until) })}</p>}
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
      <AnswerWords sent={sent} hint={t("feedback.solved.hint", { body })} mine={null} needed />
    </IssueVerb>
  );
}
