// The page of one act on a project.
import type { ReactNode } from "react";
import { useT } from "../i18n/t";
import type { ProjectPage } from "../views/project-page";
import type { Sent } from "./form";
import { VerbPage } from "./verb-page";

export type ProjectForAct = { project: ProjectPage; requestId: string; may: boolean };

export function ProjectVerb({
  at: { project, requestId, may },
  ...page
}: {
  at: ProjectForAct;
  sent: Sent;
  title: string;
  lead?: string;
  button: string;
  fields: Record<string, string>;
  encType?: "multipart/form-data";
  children?: ReactNode;
}) {
  const t = useT();
  return (
    <VerbPage
      back={{ href: `/projects/${project.id}`, to: t("project.of") }}
      kicker={project.name}
      version={project.version}
      requestId={requestId}
      may={may}
      {...page}
    />
  );
}
