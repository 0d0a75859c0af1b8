import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { verifyTheProject } from "../commands/project/verify";
import { TextArea } from "../components/form";
import { ProjectVerb } from "../components/project-verb";
import { actOnProject, projectFor } from "../http/project-verb.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("project.verify");
export const loader = (args: LoaderFunctionArgs) => projectFor(args, "verify");
export const action = (args: ActionFunctionArgs) => actOnProject(args, verifyTheProject);

export default function Verification() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <ProjectVerb
      at={at}
      sent={sent}
      title={t("project.verify.title", { name: at.project.name })}
      lead={t("project.verify.lead")}
      button={t("project.verify.button")}
      fields={{ text: t("project.verify.text") }}
    >
      <TextArea name="text" label={t("project.verify.text")} hint={t("project.verify.text.hint")} required={false} sent={sent} max={1000} rows={3} keep />
    </ProjectVerb>
  );
}
