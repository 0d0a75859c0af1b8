import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { setFollowUp } from "../commands/follow-up/set";
import { TextInput } from "../components/form";
import { VerbPage } from "../components/verb-page";
import { act, one } from "../http/respond.server";
import { setUp } from "../http/setup.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { ruleOfAsking } from "../views/follow-up";

export const meta = titled("followUp.setup.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await setUp(args);
  return { ...(await ruleOfAsking(db, viewer)), requestId };
}

export const action = (args: ActionFunctionArgs) =>
  act(
    args,
    setFollowUp,
    (values) => ({ version: one(values, "version") || undefined, askDays: one(values, "askDays"), changeDays: one(values, "changeDays") }),
    () => "/setup",
  );

export default function FollowUpSetup() {
  const { askDays, changeDays, version, requestId } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const fields = { askDays: t("followUp.setup.ask"), changeDays: t("followUp.setup.change") };
  return (
    <VerbPage
      back={{ href: "/setup", to: t("setup.title") }}
      title={t("followUp.setup.title")}
      lead={t("followUp.setup.lead")}
      sent={sent}
      fields={fields}
      version={version}
      requestId={requestId}
      button={t("followUp.setup.button")}
    >
      <TextInput name="askDays" label={fields.askDays} hint={t("followUp.setup.ask.hint")} sent={sent} value={String(askDays)} inputMode="numeric" />
      <TextInput
        name="changeDays"
        label={fields.changeDays}
        hint={t("followUp.setup.change.hint")}
        sent={sent}
        value={String(changeDays)}
        inputMode="numeric"
      />
    </VerbPage>
  );
}
