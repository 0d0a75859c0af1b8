import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { answerSupervisionOrder } from "../commands/order/answer";
import { TextArea } from "../components/form";
import { VerbPage } from "../components/verb-page";
import { found, look } from "../http/look.server";
import { act, forAct, one } from "../http/respond.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { orderPage } from "../views/clocks";

export const meta = titled("order.answer.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const order = found(await orderPage(db, viewer, args.params.id ?? ""));
  return forAct({ order, requestId }, order.may);
}

export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await look(args);
  const order = found(await orderPage(db, viewer, args.params.id ?? ""));
  return act(
    args,
    answerSupervisionOrder,
    (values) => ({ orderId: order.id, text: one(values, "text") }),
    () => `/issues/${order.number}`,
  );
}

export default function AnswerOrder() {
  const { order, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { t, dates } = useWords();
  return (
    <VerbPage
      back={{ href: `/issues/${order.number}`, to: order.number }}
      kicker={order.title}
      title={t("order.answer.title")}
      lead={t("order.answer.lead", { from: order.from, body: order.to, due: dates.localDay(order.dueOn) })}
      about={<p className="quote said">{order.text}</p>}
      sent={sent}
      fields={{ text: t("order.answer.text") }}
      requestId={requestId}
      button={t("order.answer.button")}
      may={may}
    >
      <TextArea name="text" label={t("order.answer.text")} sent={sent} max={1000} keep />
    </VerbPage>
  );
}
