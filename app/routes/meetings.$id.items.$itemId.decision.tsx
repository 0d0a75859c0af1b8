import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { recordDecision } from "../commands/decision/record";
import { DecisionWords, useDecisionFields, VotedWords } from "../components/decision-form";
import { Choices } from "../components/form";
import { QuorumSign } from "../components/quorum";
import { DecisionBlock } from "../components/record";
import { VerbPage } from "../components/verb-page";
import { outcomes } from "../domain/decision";
import { wordingOf } from "../http/decision-form.server";
import { found, look } from "../http/look.server";
import { actOnMeeting } from "../http/meeting-verb.server";
import { forAct, one, orNull } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { upperOf } from "../views/body-page";
import { meetingPage } from "../views/meeting-page";
import { handsOn, voteToRecord } from "../views/room";

export const meta = titled("decision.new.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const meeting = found(await meetingPage(db, viewer, { meetingId: args.params.id ?? "" }));
  const at = meeting.agenda.findIndex((line) => line.id === args.params.itemId);
  const item = found(meeting.agenda[at]);
  const voteId = new URL(args.request.url).searchParams.get("vote");
  const vote = item.visible ? await voteToRecord(db, viewer, { meetingId: meeting.id, itemId: item.id, voteId }) : null;
  const here = await handsOn(db, viewer, { meetingId: meeting.id, itemId: item.id });
  const decided = meeting.decisions.filter((d) => d.itemId === item.id);
  return forAct(
    { meeting, item, n: at + 1, decided, upper: await upperOf(db, viewer, meeting.body.id), vote, here, requestId },
    meeting.can.record && item.visible,
  );
}

export const action = (args: ActionFunctionArgs) =>
  actOnMeeting(
    args,
    recordDecision,
    (values) => ({
      version: undefined,
      itemId: args.params.itemId,
      outcome: one(values, "outcome"),
      voteId: orNull(one(values, "voteId")),
      known: one(values, "known") || undefined,
      ...wordingOf(values),
    }),
    (values) => (one(values, "voteId") ? `/meetings/${args.params.id}/room` : `/meetings/${args.params.id}/minutes#item-${args.params.itemId}`),
  );

export default function NewDecision() {
  const { meeting, item, n, decided, upper, vote, here, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const fields = useDecisionFields();
  // What came too late, or is only advised on, may be put off and nothing else.
  const putOff = item.undecidable || meeting.methods.length === 0;
  const options = outcomes
    .filter((value) => (value !== "escalated" || upper) && (!vote || vote.outcomes.includes(value)) && (!putOff || value === "deferred"))
    .map((value) => ({
      value,
      label: t(`outcome.${value}`),
      hint: value === "escalated" ? t("decision.outcome.hint.escalated", { upper: upper ?? "" }) : undefined,
    }));
  return (
    <VerbPage
      back={vote ? { href: `/meetings/${meeting.id}/room`, to: t("room.back") } : { href: `/meetings/${meeting.id}/minutes`, to: t("meeting.minutes") }}
      kicker={t("decision.new.lead", { n, title: item.title })}
      title={t("decision.new.title")}
      sent={sent}
      fields={fields}
      about={
        <>
          {item.undecidable && <p className="now now-soon strong">{t("room.late")}</p>}
          {!meeting.quorum.met && <QuorumSign meeting={meeting} />}
          {decided.map((decision) => (
            <DecisionBlock key={decision.id} decision={{ ...decision, tasks: [], opensProject: false }} />
          ))}
        </>
      }
      requestId={requestId}
      button={t("decision.button")}
      may={may}
    >
      <input type="hidden" name="known" value={decided.length} />
      {vote ? (
        <>
          <VotedWords vote={vote} />
          <input type="hidden" name="voteId" value={vote.id} />
        </>
      ) : (
        <DecisionWords sent={sent} known={meeting.methods} here={here} />
      )}
      <Choices name="outcome" label={fields.outcome ?? ""} sent={sent} value={putOff ? "deferred" : vote?.outcomes[0]} options={options} />
    </VerbPage>
  );
}
