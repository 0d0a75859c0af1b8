// The page of one act on an issue, most often a few words and a button.
import type { ReactNode } from "react";
import { useT } from "../i18n/t";
import type { Origin } from "../views/forward";
import type { IssuePage } from "../views/issue-page";
import { type Sent, TextArea } from "./form";
import { VerbPage } from "./verb-page";

export type IssueForAct = { issue: IssuePage; requestId: string; may: boolean };

/** The words an issue is sent on with from adopted minutes: what was decided there, and where it stands. */
export function useOriginWords(origin: Origin | null): string {
  const t = useT();
  if (!origin) return "";
  const { body, position: n, decisions } = origin;
  const from = t("forward.from", { body, n });
  // What people may write here is a thousand characters.
  return decisions.length > 0 ? t("forward.decided", { from, text: decisions.join("\n").slice(0, 900) }) : t("forward.undecided", { from });
}

export function IssueVerb({
  at: { issue, requestId, may },
  sent,
  children,
  ...page
}: {
  at: IssueForAct;
  sent: Sent;
  title: string;
  lead?: string;
  button: string;
  fields?: Record<string, string>;
  about?: ReactNode;
  encType?: "multipart/form-data";
  children?: ReactNode;
}) {
  return (
    <VerbPage
      back={{ href: `/issues/${issue.number}`, to: issue.number }}
      kicker={page.title === issue.title ? undefined : issue.title}
      sent={sent}
      version={issue.version}
      requestId={requestId}
      may={may}
      fields={{}}
      {...page}
    >
      {children}
    </VerbPage>
  );
}

/** An act that needs nothing but words. */
export function IssueWords({
  at,
  sent,
  label,
  hint,
  max = 1000,
  required = true,
  ...page
}: Omit<Parameters<typeof IssueVerb>[0], "children"> & { label: string; hint?: string; max?: number; required?: boolean }) {
  const t = useT();
  return (
    <IssueVerb at={at} sent={sent} {...page} fields={{ text: label }}>
      <TextArea name="text" label={label} hint={hint ?? (required ? undefined : t("form.optional"))} sent={sent} max={max} required={required} keep />
    </IssueVerb>
  );
}
