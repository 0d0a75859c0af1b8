import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { sendPaperBack } from "../commands/paper/send-back";
import { withdrawPaper } from "../commands/paper/withdraw";
import { TextArea } from "../components/form";
import { VerbPage } from "../components/verb-page";
import { actOnPaper, paperFor } from "../http/paper-verb.server";
import { one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("signing.back");
/** Minutes are mended and frozen anew; a summary or an addendum is taken back, and drawn up again. */
export async function loader(args: LoaderFunctionArgs) {
  const { data } = await paperFor(args);
  return paperFor(args, data.paper.kind === "minutes" ? "sendBack" : "withdraw");
}
export async function action(args: ActionFunctionArgs) {
  const { data } = await paperFor(args);
  const command = data.paper.kind === "minutes" ? sendPaperBack : withdrawPaper;
  return actOnPaper(args, command, (values) => ({ fingerprint: one(values, "fingerprint"), reason: one(values, "reason") }));
}

export default function Return() {
  const { paper, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const how = paper.kind === "minutes" ? "back" : "withdraw";
  return (
    <VerbPage
      back={{ href: `/papers/${paper.id}`, to: paper.sheet.title }}
      title={t(`signing.${how}.title`)}
      lead={t(`signing.${how}.lead`)}
      sent={sent}
      fields={{ reason: t("signing.back.reason"), fingerprint: t("signing.text") }}
      requestId={requestId}
      button={t(`signing.${how}.button`)}
      may={may}
    >
      <input type="hidden" name="fingerprint" value={paper.fingerprint} />
      <TextArea name="reason" label={t("signing.back.reason")} sent={sent} rows={4} max={500} keep />
    </VerbPage>
  );
}
