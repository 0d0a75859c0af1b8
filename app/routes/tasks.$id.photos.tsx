import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { giveTaskPhotos } from "../commands/task/proof";
import { Choices, PhotoPick } from "../components/form";
import { BeforeAfter } from "../components/task-parts";
import { TaskVerb } from "../components/task-verb";
import { photoKinds } from "../domain/task";
import { found, look } from "../http/look.server";
import { photoLimits } from "../http/photos.server";
import { forAct, formOf, one, valuesOf } from "../http/respond.server";
import { keepTaskPhotos, keptTaskPhotos, postedTask } from "../http/task-files.server";
import { actOnTask } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { taskPage } from "../views/task-page";

export const meta = titled("task.photos.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const task = found(await taskPage(db, viewer, { taskId: args.params.id ?? "" }));
  const kept = { before: await keptTaskPhotos(args, "before"), after: await keptTaskPhotos(args, "after") };
  return forAct({ task, requestId, kept: [...kept.before, ...kept.after], max: photoLimits.count }, task.can.givePhotos);
}

export async function action(args: ActionFunctionArgs) {
  const task = await postedTask(args);
  const form = await formOf(args.request);
  const values = valuesOf(form);
  const which = photoKinds.find((kind) => kind === one(values, "which"));
  const bad = task.can.givePhotos && which ? await keepTaskPhotos(args, form, "photos", which, values) : null;
  return bad ?? actOnTask(args, giveTaskPhotos, form, (v) => ({ which: one(v, "which") }));
}

export default function Photos() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <TaskVerb
      at={at}
      sent={sent}
      title={t("task.photos.title")}
      lead={t("task.photos.lead")}
      button={t("task.photos.button")}
      fields={{ which: t("task.photos.which"), photos: t("form.photos") }}
      encType="multipart/form-data"
      about={at.task.beforeIds.length + at.task.photoIds.length > 0 ? <BeforeAfter task={at.task} /> : undefined}
    >
      <Choices
        name="which"
        label={t("task.photos.which")}
        value={at.task.beforeIds.length === 0 ? "before" : "after"}
        options={photoKinds.map((kind) => ({ value: kind, label: t(`task.${kind}`) }))}
        sent={sent}
      />
      <PhotoPick photos={at.kept} max={at.max} sent={sent} />
    </TaskVerb>
  );
}
