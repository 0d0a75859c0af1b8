import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { giveSupervisionOrder } from "../commands/order/give";
import { TextArea, TextInput } from "../components/form";
import { IssueVerb } from "../components/issue-verb";
import { actOnIssue, issueFor } from "../http/issue-verb.server";
import { look } from "../http/look.server";
import { forAct, one } from "../http/respond.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { orderTerms } from "../views/clocks";

export const meta = titled("act.order");

export async function loader(args: LoaderFunctionArgs) {
  const { data } = await issueFor(args, "order");
  const { db, viewer } = await look(args);
  return forAct({ ...data, latest: await orderTerms(db, viewer) }, data.may);
}
export const action = (args: ActionFunctionArgs) =>
  actOnIssue(args, giveSupervisionOrder, (values) => ({ dueOn: one(values, "dueOn"), text: one(values, "text") }));

export default function Order() {
  const { latest, ...at } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { t, dates } = useWords();
  const hint = t("order.due.hint", { day: dates.localDay(latest.dueOn), max: latest.days });
  const body = at.issue.holder.name;
  return (
    <IssueVerb
      at={at}
      sent={sent}
      title={t("order.title", { body })}
      lead={t("order.lead", { body })}
      button={t("order.button")}
      fields={{ text: t("order.text"), dueOn: t("order.due") }}
    >
      <TextArea name="text" label={t("order.text")} sent={sent} max={500} keep />
      <TextInput name="dueOn" type="date" label={t("order.due")} hint={hint} sent={sent} />
    </IssueVerb>
  );
}
