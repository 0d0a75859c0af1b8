import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { amendDecision } from "../commands/decision/amend";
import { DecisionWords, useDecisionFields } from "../components/decision-form";
import { DecisionBlock } from "../components/record";
import { VerbPage } from "../components/verb-page";
import { wordingOf } from "../http/decision-form.server";
import { found, look } from "../http/look.server";
import { act, forAct, one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { decisionPage } from "../views/meeting-page";
import { handsOn } from "../views/room";

export const meta = titled("decision.label");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const page = found(await decisionPage(db, viewer, { decisionId: args.params.id ?? "" }));
  const here = await handsOn(db, viewer, { meetingId: page.meeting.id, itemId: page.decision.itemId });
  return forAct({ ...page, here, requestId }, page.meeting.can.record && !page.decision.voted);
}

export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await look(args);
  const { meeting } = found(await decisionPage(db, viewer, { decisionId: args.params.id ?? "" }));
  return act(
    args,
    amendDecision,
    (values) => ({ decisionId: args.params.id, version: one(values, "version") || undefined, ...wordingOf(values) }),
    () => `/meetings/${meeting.id}/minutes`,
  );
}

export default function Amend() {
  const { meeting, decision, here, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <VerbPage
      back={{ href: `/meetings/${meeting.id}`, to: t("meeting.name", { body: meeting.body.name, n: meeting.position }) }}
      title={t("decision.amend.title")}
      lead={t("decision.amend.lead")}
      about={sent && <DecisionBlock decision={decision} />}
      sent={sent}
      fields={useDecisionFields()}
      version={decision.version}
      requestId={requestId}
      button={t("decision.amend.button")}
      may={may}
    >
      <DecisionWords sent={sent} known={meeting.methods} here={here} before={decision} />
    </VerbPage>
  );
}
