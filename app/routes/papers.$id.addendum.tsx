import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { addToMinutes } from "../commands/paper/addend";
import { TextArea } from "../components/form";
import { VerbPage } from "../components/verb-page";
import { actOnPaper, paperFor } from "../http/paper-verb.server";
import { one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("signing.addend");
export const loader = (args: LoaderFunctionArgs) => paperFor(args, "addend");
export const action = (args: ActionFunctionArgs) => actOnPaper(args, addToMinutes, (values) => ({ text: one(values, "text") }));

export default function Addendum() {
  const { paper, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <VerbPage
      back={{ href: `/papers/${paper.id}`, to: paper.sheet.title }}
      title={t("signing.addend.title")}
      lead={t("signing.addend.lead")}
      sent={sent}
      fields={{ text: t("signing.addend.text") }}
      requestId={requestId}
      button={t("signing.addend.button")}
      may={may}
    >
      <TextArea name="text" label={t("signing.addend.text")} sent={sent} rows={8} max={10_000} keep />
    </VerbPage>
  );
}
