import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { recordDecision } from "../commands/decision/record";
import { DecisionWords, useDecisionFields } from "../components/decision-form";
import { Choices } from "../components/form";
import { QuorumSign } from "../components/quorum";
import { VerbPage } from "../components/verb-page";
import { outcomes } from "../domain/decision";
import { wordingOf } from "../http/decision-form.server";
import { found, look } from "../http/look.server";
import { actOnMeeting } from "../http/meeting-verb.server";
import { forAct, one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { upperOf } from "../views/body-page";
import { meetingPage } from "../views/meeting-page";

export const meta = titled("decision.new.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const meeting = found(await meetingPage(db, viewer, { meetingId: args.params.id ?? "" }));
  const at = meeting.agenda.findIndex((line) => line.id === args.params.itemId);
  const item = found(meeting.agenda[at]);
  return forAct({ meeting, item, n: at + 1, upper: await upperOf(db, viewer, meeting.body.id), requestId }, meeting.can.record && item.visible);
}

export const action = (args: ActionFunctionArgs) =>
  actOnMeeting(
    args,
    recordDecision,
    (values) => ({ version: undefined, itemId: args.params.itemId, outcome: one(values, "outcome"), ...wordingOf(values) }),
    () => `/meetings/${args.params.id}/minutes#item-${args.params.itemId}`,
  );

export default function NewDecision() {
  const { meeting, item, n, upper, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const fields = useDecisionFields();
  const options = outcomes
    .filter((value) => value !== "escalated" || upper)
    .map((value) => ({
      value,
      label: t(`outcome.${value}`),
      hint: value === "escalated" ? t("decision.outcome.hint.escalated", { upper: upper ?? "" }) : undefined,
    }));
  return (
    <VerbPage
      back={{ href: `/meetings/${meeting.id}/minutes`, to: t("meeting.minutes") }}
      kicker={t("decision.new.lead", { n, title: item.title })}
      title={t("decision.new.title")}
      sent={sent}
      fields={fields}
      about={!meeting.quorum.met && <QuorumSign meeting={meeting} />}
      requestId={requestId}
      button={t("decision.button")}
      may={may}
    >
      <DecisionWords sent={sent} seats={meeting.seats} />
      <Choices name="outcome" label={fields.outcome ?? ""} sent={sent} options={options} />
    </VerbPage>
  );
}
