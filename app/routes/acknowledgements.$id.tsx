import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { giveAcknowledgement } from "../commands/acknowledgement/give";
import { TextArea } from "../components/form";
import { VerbPage } from "../components/verb-page";
import { found, look } from "../http/look.server";
import { act, forAct, one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { acknowledgementPage } from "../views/clocks";

export const meta = titled("ack.button");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const owed = found(await acknowledgementPage(db, viewer, args.params.id ?? ""));
  return forAct({ owed, requestId }, owed.may);
}

export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await look(args);
  const owed = found(await acknowledgementPage(db, viewer, args.params.id ?? ""));
  return act(
    args,
    giveAcknowledgement,
    (values) => ({ acknowledgementId: owed.id, version: one(values, "version") || undefined, text: one(values, "text") }),
    () => `/issues/${owed.number}`,
  );
}

export default function Acknowledge() {
  const { owed, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const overdue = owed.cause === "overdue";
  const label = t(overdue ? "ack.text.overdue" : "ack.text");
  return (
    <VerbPage
      back={{ href: `/issues/${owed.number}`, to: owed.number }}
      kicker={owed.title}
      title={t(`ack.title.${owed.cause}`, { from: owed.from })}
      lead={t(overdue ? "ack.lead.overdue" : "ack.lead", { body: owed.to })}
      about={owed.text && <p className="quote said">{owed.text}</p>}
      sent={sent}
      fields={{ text: label }}
      version={owed.version}
      requestId={requestId}
      button={t("ack.button")}
      may={may}
    >
      <TextArea name="text" label={label} hint={t(overdue ? "ack.text.hint.overdue" : "ack.text.hint")} sent={sent} max={500} required={false} keep />
    </VerbPage>
  );
}
