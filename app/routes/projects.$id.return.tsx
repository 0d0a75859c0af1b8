import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { returnTheProject } from "../commands/project/give-back";
import { TextArea } from "../components/form";
import { ProjectVerb } from "../components/project-verb";
import { actOnProject, projectFor } from "../http/project-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("project.return");
export const loader = (args: LoaderFunctionArgs) => projectFor(args, "return");
export const action = (args: ActionFunctionArgs) => actOnProject(args, returnTheProject);

export default function Return() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <ProjectVerb at={at} sent={sent} title={t("project.return.title")} button={t("project.return.button")} fields={{ text: t("project.return.text") }}>
      <TextArea name="text" label={t("project.return.text")} sent={sent} max={1000} rows={3} keep />
    </ProjectVerb>
  );
}
