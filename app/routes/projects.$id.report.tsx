import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { reportOnProject } from "../commands/project/report";
import { PhotoPick, TextArea, TextInput } from "../components/form";
import { ProjectVerb } from "../components/project-verb";
import { yuan } from "../domain/money";
import { draftPhotos } from "../http/drafts.server";
import { found, look } from "../http/look.server";
import { keepPhotos, photoLimits } from "../http/photos.server";
import { actOnProject } from "../http/project-verb.server";
import { forAct, formOf, one, refused, type Values, valuesOf } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { projectPage } from "../views/project-page";

export const meta = titled("project.report");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const project = found(await projectPage(db, viewer, { projectId: args.params.id ?? "" }));
  const photos = await draftPhotos(args.context.services.store, viewer, `project.${project.id}`);
  return forAct({ project, requestId, photos, max: photoLimits.count }, project.can.report);
}

const percents = "percents.";
/** Percentages stand by their place in the form; whose they are stands beside them. */
const toldIn = (values: Values) => ({
  day: one(values, "day"),
  percent: values.percent === undefined ? null : one(values, "percent"),
  percents: Object.keys(values)
    .filter((name) => name.startsWith(percents) && name.endsWith(".id"))
    .map((name) => ({ id: one(values, name), percent: one(values, name.replace(/id$/, "percent")) })),
  spent: one(values, "spent"),
  text: one(values, "text"),
});

export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await look(args);
  const project = found(await projectPage(db, viewer, { projectId: args.params.id ?? "" }));
  const form = await formOf(args.request);
  if (project.can.report) {
    const bad = await keepPhotos(args.context.services.store, viewer, `project.${project.id}`, form.getAll("photos"));
    if (bad) return refused(bad, valuesOf(form));
  }
  return actOnProject(args, reportOnProject, toldIn, form);
}

export default function Report() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const { milestones, today, spent, percent } = at.project;
  const steps = milestones.map((m, n) => ({ ...m, name: `${percents}${n}.percent` }));
  return (
    <ProjectVerb
      at={at}
      sent={sent}
      title={t("project.report.title")}
      lead={t("project.report.lead")}
      button={t("project.report.button")}
      fields={{
        day: t("project.report.day"),
        percent: t("project.report.percent"),
        ...Object.fromEntries(steps.map((step) => [step.name, step.title])),
        spent: t("project.report.spent"),
        text: t("project.report.text"),
        photos: t("form.photos"),
      }}
      encType="multipart/form-data"
    >
      <TextInput name="day" type="date" label={t("project.report.day")} value={today} sent={sent} />
      {steps.length === 0 ? (
        <TextInput name="percent" label={t("project.report.percent")} value={String(percent)} inputMode="numeric" sent={sent} />
      ) : (
        <fieldset className="stack">
          <legend className="head">{t("project.report.percents")}</legend>
          {steps.map((step, n) => (
            <div key={step.id} className="percent-line">
              <input type="hidden" name={`${percents}${n}.id`} value={step.id} />
              <TextInput name={step.name} label={step.title} value={String(step.percent)} inputMode="numeric" sent={sent} />
            </div>
          ))}
        </fieldset>
      )}
      <TextInput name="spent" label={t("project.report.spent")} value={yuan(spent)} sent={sent} />
      <TextArea name="text" label={t("project.report.text")} hint={t("project.report.text.hint")} sent={sent} required={false} keep />
      <PhotoPick photos={at.photos} max={at.max} sent={sent} />
    </ProjectVerb>
  );
}
