import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { handInTask } from "../commands/task/hand-in";
import { PhotoPick, TextArea } from "../components/form";
import { BeforeAfter, ProofPapers } from "../components/task-parts";
import { TaskVerb } from "../components/task-verb";
import { found, look } from "../http/look.server";
import { photoLimits } from "../http/photos.server";
import { forAct, formOf, valuesOf } from "../http/respond.server";
import { keepTaskPhotos, keptTaskPhotos, postedTask } from "../http/task-files.server";
import { actOnTask } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { taskPage } from "../views/task-page";

export const meta = titled("task.handIn.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const task = found(await taskPage(db, viewer, { taskId: args.params.id ?? "" }));
  return forAct({ task, requestId, photos: await keptTaskPhotos(args, "after"), max: photoLimits.count }, task.can.handIn);
}

export async function action(args: ActionFunctionArgs) {
  const task = await postedTask(args);
  const form = await formOf(args.request);
  const bad = task.can.handIn ? await keepTaskPhotos(args, form, "photos", "after", valuesOf(form)) : null;
  return bad ?? actOnTask(args, handInTask, form);
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
      about={
        <section className="kept">
          <BeforeAfter task={at.task} />
          <ProofPapers task={at.task} add />
        </section>
      }
    >
      <TextArea name="text" label={t("task.handIn.text")} hint={t("task.handIn.text.hint")} sent={sent} required={false} keep />
      <PhotoPick photos={at.photos} max={at.max} sent={sent} label={t("task.handIn.after")} />
    </TaskVerb>
  );
}
