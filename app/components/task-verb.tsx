// The page of one act on a task.
import type { ReactNode } from "react";
import { useT } from "../i18n/t";
import type { TaskPage } from "../views/task-page";
import type { Sent } from "./form";
import { VerbPage } from "./verb-page";

export type TaskForAct = { task: TaskPage; requestId: string; may: boolean };

export function TaskVerb({
  at: { task, requestId, may },
  ...page
}: {
  at: TaskForAct;
  sent: Sent;
  title: string;
  lead?: string;
  button: string;
  fields: Record<string, string>;
  about?: ReactNode;
  encType?: "multipart/form-data";
  children?: ReactNode;
}) {
  const t = useT();
  return (
    <VerbPage back={{ href: `/tasks/${task.id}`, to: t("task.of") }} kicker={task.title} version={task.version} requestId={requestId} may={may} {...page} />
  );
}
