import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { rateAnswer } from "../commands/issue/rate";
import { AnswerWords, useAnswerFields } from "../components/follow-up";
import { IssueVerb } from "../components/issue-verb";
import { Staircase } from "../components/sign";
import { answerWords } from "../http/follow-up.server";
import { actOnIssue, issueFor } from "../http/issue-verb.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";

export const meta = titled("act.rate");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "rate");
export const action = (args: ActionFunctionArgs) => actOnIssue(args, rateAnswer, answerWords);

export default function Rating() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { t, dates } = useWords();
  const { issue } = at;
  const { changeUntil, mine } = issue.followUp;
  return (
    <IssueVerb
      at={at}
      sent={sent}
      title={issue.title}
      button={t("feedback.button")}
      fields={useAnswerFields()}
      about={
        <>
          <Staircase steps={issue.steps} home={issue.home} />
          {issue.answer && (
            <div className="now mt-5">
              <p className="head">{t(`issue.answer.${issue.answer.kind}`, { body: issue.answer.bodyName })}</p>
              {issue.answer.text && <p className="said">{issue.answer.text}</p>}
              <p className="soft">{changeUntil ? t("rate.until", { date: dates.day(changeUntil) }) : t("rate.open")}</p>
            </div>
          )}
        </>
      }
    >
      <AnswerWords sent={sent} hint={t("rate.solved.hint")} mine={mine} />
    </IssueVerb>
  );
}
