import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { mendTheRoll } from "../commands/paper/mend-roll";
import { Choices, Select, TextArea } from "../components/form";
import { VerbPage } from "../components/verb-page";
import { mendedPresences } from "../domain/meeting";
import { found, look } from "../http/look.server";
import { actOnPaper, paperFor } from "../http/paper-verb.server";
import { one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { meetingPage } from "../views/meeting-page";

export const meta = titled("signing.roll.title");
export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const page = await paperFor(args, "mendRoll");
  const { seats } = found(await meetingPage(db, viewer, { meetingId: page.data.paper.meeting.id }));
  return { ...page.data, seats };
}
export const action = (args: ActionFunctionArgs) =>
  actOnPaper(args, mendTheRoll, (values) => ({ personId: one(values, "personId"), presence: one(values, "presence"), reason: one(values, "reason") }));

export default function Roll() {
  const { paper, seats, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const fields = { personId: t("signing.roll.who"), presence: t("signing.roll.presence"), reason: t("signing.roll.reason") };
  const now = (name: string, presence: (typeof seats)[number]["presence"]) => t("signing.roll.who.now", { name, presence: t(`meeting.presence.${presence}`) });
  return (
    <VerbPage
      back={{ href: `/papers/${paper.id}`, to: paper.sheet.title }}
      title={t("signing.roll.title")}
      lead={t("signing.roll.lead")}
      sent={sent}
      fields={fields}
      requestId={requestId}
      button={t("signing.roll.button")}
      may={may}
    >
      <Select name="personId" label={fields.personId} sent={sent} options={seats.map((s) => ({ value: s.personId, label: now(s.name, s.presence) }))} />
      <Choices
        name="presence"
        label={fields.presence}
        sent={sent}
        options={mendedPresences.map((value) => ({ value, label: t(`meeting.presence.${value}`) }))}
      />
      <TextArea name="reason" label={fields.reason} sent={sent} rows={3} max={500} keep />
    </VerbPage>
  );
}
