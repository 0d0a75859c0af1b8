import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { finishProject } from "../commands/project/finish";
import { TextArea } from "../components/form";
import { ProjectVerb } from "../components/project-verb";
import { actOnProject, projectFor } from "../http/project-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("project.finish");
export const loader = (args: LoaderFunctionArgs) => projectFor(args, "finish");
export const action = (args: ActionFunctionArgs) => actOnProject(args, finishProject);

export default function Finish() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <ProjectVerb
      at={at}
      sent={sent}
      title={t("project.finish.title")}
      lead={t("project.finish.lead", { body: at.project.body.name })}
      button={t("project.finish.button")}
      fields={{ text: t("project.finish.text") }}
    >
      <TextArea name="text" label={t("project.finish.text")} hint={t("project.finish.text.hint")} required={false} sent={sent} max={1000} rows={3} keep />
    </ProjectVerb>
  );
}
