import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { stopTheProject } from "../commands/project/stop";
import { TextArea } from "../components/form";
import { ProjectVerb } from "../components/project-verb";
import { actOnProject, projectFor } from "../http/project-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("project.stop");
export const loader = (args: LoaderFunctionArgs) => projectFor(args, "stop");
export const action = (args: ActionFunctionArgs) => actOnProject(args, stopTheProject);

export default function Stop() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <ProjectVerb
      at={at}
      sent={sent}
      title={t("project.stop.title")}
      lead={t("project.stop.lead")}
      button={t("project.stop.button")}
      fields={{ text: t("project.stop.text") }}
    >
      <TextArea name="text" label={t("project.stop.text")} sent={sent} max={1000} rows={3} keep />
    </ProjectVerb>
  );
}
