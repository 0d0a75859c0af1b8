import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { extendIssue } from "../commands/issue/extend";
import { TextArea, TextInput } from "../components/form";
import { IssueVerb } from "../components/issue-verb";
import { actOnIssue, issueFor } from "../http/issue-verb.server";
import { found, look } from "../http/look.server";
import { forAct, one } from "../http/respond.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { extensionPage } from "../views/clocks";

export const meta = titled("act.extend");

export async function loader(args: LoaderFunctionArgs) {
  const { data } = await issueFor(args, "extend");
  const { db, viewer } = await look(args);
  return forAct({ ...data, extension: found(await extensionPage(db, viewer, data.issue.id)) }, data.may);
}
export const action = (args: ActionFunctionArgs) => actOnIssue(args, extendIssue, (values) => ({ amount: one(values, "amount"), text: one(values, "text") }));

export default function Extend() {
  const { extension, ...at } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { t, dates } = useWords();
  const amount = t(`extend.amount.${extension.unit}`, { max: extension.max });
  return (
    <IssueVerb
      at={at}
      sent={sent}
      title={t("extend.title")}
      lead={t("extend.lead", { due: dates.dayWeekdayTime(extension.due), body: at.issue.holder.name, n: extension.left })}
      button={t("extend.button")}
      fields={{ amount, text: t("extend.text") }}
    >
      <TextInput name="amount" label={amount} sent={sent} inputMode="numeric" />
      <TextArea name="text" label={t("extend.text")} sent={sent} max={500} keep />
    </IssueVerb>
  );
}
