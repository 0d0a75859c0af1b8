import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { planProject } from "../commands/project/plan";
import { TextArea } from "../components/form";
import { PlanFields, planFieldNames } from "../components/plan-form";
import { ProjectVerb } from "../components/project-verb";
import { found, look } from "../http/look.server";
import { actOnProject, planIn } from "../http/project-verb.server";
import { forAct, one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { planAsIs } from "../views/project-form";
import { projectPage } from "../views/project-page";

export const meta = titled("project.plan");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const project = found(await projectPage(db, viewer, { projectId: args.params.id ?? "" }));
  return forAct({ project, plan: await planAsIs(db, viewer, project), requestId }, project.can.plan);
}
export const action = (args: ActionFunctionArgs) => actOnProject(args, planProject, (values) => ({ ...planIn(values), reason: one(values, "reason") }));

export default function ChangePlan() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const { laying, name } = at.project;
  return (
    <ProjectVerb
      at={at}
      sent={sent}
      title={t(laying ? "project.plan.lay.title" : "project.plan.title", { name })}
      lead={t(laying ? "project.plan.lay.lead" : "project.plan.lead")}
      button={t("project.plan.button")}
      fields={planFieldNames(t, at.plan.lines.length)}
    >
      <PlanFields plan={at.plan} sent={sent} edits />
      {!laying && <TextArea name="reason" label={t("project.field.reason")} hint={t("project.field.reason.hint")} sent={sent} max={500} rows={3} />}
    </ProjectVerb>
  );
}
