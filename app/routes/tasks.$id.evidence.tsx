import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { handInTask } from "../commands/task/hand-in";
import { PhotoPick, TextArea } from "../components/form";
import { TaskVerb } from "../components/task-verb";
import { draftPhotos } from "../http/drafts.server";
import { found, look } from "../http/look.server";
import { keepPhotos, photoLimits } from "../http/photos.server";
import { forAct, formOf, refused, valuesOf } from "../http/respond.server";
import { actOnTask } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { taskPage } from "../views/task-page";

export const meta = titled("task.handIn.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const task = found(await taskPage(db, viewer, { taskId: args.params.id ?? "" }));
  const photos = await draftPhotos(args.context.services.store, viewer, `task.${task.id}`);
  return forAct({ task, requestId, photos, max: photoLimits.count }, task.can.handIn);
}

export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await look(args);
  const task = found(await taskPage(db, viewer, { taskId: args.params.id ?? "" }));
  const form = await formOf(args.request);
  if (task.can.handIn) {
    const bad = await keepPhotos(args.context.services.store, viewer, `task.${task.id}`, form.getAll("photos"));
    if (bad) return refused(bad, valuesOf(form));
  }
  return actOnTask(args, handInTask, form);
}

export default function Evidence() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <TaskVerb
      at={at}
      sent={sent}
      title={t("task.handIn.title")}
      lead={t("task.handIn.lead", { proof: at.task.proof })}
      button={t("task.handIn.button")}
      fields={{ text: t("task.handIn.text"), photos: t("form.photos") }}
      encType="multipart/form-data"
    >
      <TextArea name="text" label={t("task.handIn.text")} hint={t("task.handIn.text.hint")} sent={sent} required={false} keep={`task-${at.task.id}`} />
      <PhotoPick photos={at.photos} max={at.max} sent={sent} />
    </TaskVerb>
  );
}
