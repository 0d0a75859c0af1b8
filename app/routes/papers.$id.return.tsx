import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { sendPaperBack } from "../commands/paper/send-back";
import { TextArea } from "../components/form";
import { VerbPage } from "../components/verb-page";
import { actOnPaper, paperFor } from "../http/paper-verb.server";
import { one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("signing.back");
export const loader = (args: LoaderFunctionArgs) => paperFor(args, "sendBack");
export const action = (args: ActionFunctionArgs) =>
  actOnPaper(args, sendPaperBack, (values) => ({ fingerprint: one(values, "fingerprint"), reason: one(values, "reason") }));

export default function Return() {
  const { paper, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <VerbPage
      back={{ href: `/papers/${paper.id}`, to: paper.sheet.title }}
      title={t("signing.back.title")}
      lead={t("signing.back.lead")}
      sent={sent}
      fields={{ reason: t("signing.back.reason"), fingerprint: t("signing.text") }}
      requestId={requestId}
      button={t("signing.back.button")}
      may={may}
    >
      <input type="hidden" name="fingerprint" value={paper.fingerprint} />
      <TextArea name="reason" label={t("signing.back.reason")} sent={sent} rows={4} max={500} keep />
    </VerbPage>
  );
}
