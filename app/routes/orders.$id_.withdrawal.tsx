import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { withdrawSupervisionOrder } from "../commands/order/withdraw";
import { TextArea } from "../components/form";
import { VerbPage } from "../components/verb-page";
import { found, look } from "../http/look.server";
import { act, forAct, one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { orderPage } from "../views/clocks";

export const meta = titled("order.withdraw.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const order = found(await orderPage(db, viewer, args.params.id ?? ""));
  return forAct({ order, requestId }, order.mayWithdraw);
}

export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await look(args);
  const order = found(await orderPage(db, viewer, args.params.id ?? ""));
  return act(
    args,
    withdrawSupervisionOrder,
    (values) => ({ orderId: order.id, text: one(values, "text") }),
    () => `/issues/${order.number}`,
  );
}

export default function WithdrawOrder() {
  const { order, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <VerbPage
      back={{ href: `/issues/${order.number}`, to: order.number }}
      kicker={order.title}
      title={t("order.withdraw.title")}
      lead={t("order.withdraw.lead", { body: order.to })}
      about={<p className="quote said">{order.text}</p>}
      sent={sent}
      fields={{ text: t("order.withdraw.text") }}
      requestId={requestId}
      button={t("order.withdraw.button")}
      may={may}
    >
      <TextArea name="text" label={t("order.withdraw.text")} sent={sent} max={500} keep />
    </VerbPage>
  );
}
