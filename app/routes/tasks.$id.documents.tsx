import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { giveTaskDocument } from "../commands/task/proof";
import { FilePick, TextInput } from "../components/form";
import { TaskDocuments } from "../components/task-parts";
import { TaskVerb } from "../components/task-verb";
import { dropHandout, handoutBytes, keepHandout } from "../http/handouts.server";
import { found, look } from "../http/look.server";
import { act, forAct, formOf, one, refused, valuesOf } from "../http/respond.server";
import { postedTask } from "../http/task-files.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { taskPage } from "../views/task-page";

export const meta = titled("task.documents.give");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const task = found(await taskPage(db, viewer, { taskId: args.params.id ?? "" }));
  return forAct({ task, requestId, max: handoutBytes / 1024 / 1024 }, task.can.giveDocument);
}

export async function action(args: ActionFunctionArgs) {
  const task = await postedTask(args);
  const { dir } = args.context.services.store;
  const form = await formOf(args.request);
  const values = valuesOf(form);
  // Nothing comes to the disk from whoever may not hand in; the command asks again.
  if (!task.can.giveDocument) return refused({ code: "forbidden", params: {} }, values);
  const kept = await keepHandout(dir, form.get("file"), one(values, "name"));
  if (!kept.ok) return refused(kept.refusal, values);
  const { handoutId, ...file } = kept.value;
  const answer = await act(
    args,
    giveTaskDocument,
    (v) => ({ ...file, taskId: task.id, documentId: handoutId, version: one(v, "version") || undefined }),
    async ({ repeated }) => {
      if (repeated) await dropHandout(dir, kept.value);
      // Whoever was handing in goes on there.
      return new URL(args.request.url).searchParams.get("from") === "evidence" ? `/tasks/${task.id}/evidence` : `/tasks/${task.id}`;
    },
    form,
  );
  await dropHandout(dir, kept.value);
  return answer;
}

export default function Documents() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <TaskVerb
      at={at}
      sent={sent}
      title={t("task.documents.give")}
      lead={t("task.documents.lead")}
      button={t("task.documents.button")}
      fields={{ file: t("handout.file"), name: t("handout.name") }}
      encType="multipart/form-data"
      about={<TaskDocuments task={at.task} />}
    >
      <FilePick name="file" label={t("handout.file")} hint={t("handout.file.hint", { max: at.max })} accept="application/pdf,image/*" sent={sent} />
      <TextInput name="name" label={t("handout.name")} hint={t("handout.name.hint")} required={false} sent={sent} />
    </TaskVerb>
  );
}
