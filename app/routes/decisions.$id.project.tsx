import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { openAProject } from "../commands/project/open";
import { PlanFields, planFieldNames } from "../components/plan-form";
import { VerbPage } from "../components/verb-page";
import { localDay } from "../domain/clock";
import { found, look } from "../http/look.server";
import { planIn } from "../http/project-verb.server";
import { act, forAct } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { decisionPage } from "../views/meeting-page";
import { newPlan } from "../views/project-form";

export const meta = titled("project.open.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const { meeting, decision } = found(await decisionPage(db, viewer, { decisionId: args.params.id ?? "" }));
  const plan = await newPlan(db, viewer, meeting.body, localDay(viewer.now, viewer.community.timeZone));
  return forAct({ issueNumber: decision.issueNumber, text: decision.text, plan, requestId }, decision.opensProject);
}

export async function action(args: ActionFunctionArgs) {
  return act(
    args,
    openAProject,
    (values) => ({ decisionId: args.params.id, ...planIn(values) }),
    ({ events }) => `/projects/${events.find((e) => e.type === "project.opened")?.id ?? ""}`,
  );
}

export default function OpenProject() {
  const { issueNumber, text, plan, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <VerbPage
      back={{ href: `/issues/${issueNumber}`, to: issueNumber }}
      title={t("project.open.title")}
      lead={t("project.open.lead", { text })}
      sent={sent}
      fields={planFieldNames(t, plan.lines.length)}
      requestId={requestId}
      button={t("project.open.button")}
      may={may}
    >
      <PlanFields plan={plan} sent={sent} edits={false} />
    </VerbPage>
  );
}
