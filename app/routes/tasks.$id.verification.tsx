import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { verifyTask } from "../commands/task/verify";
import { PhotoStrip, TextArea } from "../components/form";
import { ProofPapers } from "../components/task-parts";
import { TaskVerb } from "../components/task-verb";
import { actOnTask, taskFor } from "../http/task-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("task.verify");
export const loader = (args: LoaderFunctionArgs) => taskFor(args, "verify");
export const action = (args: ActionFunctionArgs) => actOnTask(args, verifyTask);

export default function Verification() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const { task } = at;
  return (
    <TaskVerb
      at={at}
      sent={sent}
      title={t("task.verify.title", { title: task.title })}
      lead={t("task.verify.lead", { proof: task.proof })}
      button={t("task.verify.button")}
      fields={{ text: t("task.verify.text") }}
      about={
        <section className="kept">
          <h2 className="small soft">{t("task.evidence")}</h2>
          {task.evidence && <p className="said">{task.evidence}</p>}
          <PhotoStrip photos={task.photoIds.map((id) => ({ id }))} />
          <ProofPapers task={task} />
          {task.can.return && (
            <p className="small mt-3">
              <a href={`/tasks/${task.id}/return`}>{t("task.return")}</a>
            </p>
          )}
        </section>
      }
    >
      <TextArea name="text" label={t("task.verify.text")} hint={t("task.verify.text.hint")} sent={sent} required={false} max={500} rows={2} keep />
    </TaskVerb>
  );
}
