import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { joinIssue } from "../commands/issue/join";
import { TextInput } from "../components/form";
import { IssueVerb } from "../components/issue-verb";
import { dropDraft } from "../http/drafts.server";
import { actOnIssue, issueFor } from "../http/issue-verb.server";
import { one } from "../http/respond.server";
import { signedIn } from "../http/session.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("join.title");
export const loader = (args: LoaderFunctionArgs) => issueFor(args, "join");

export async function action(args: ActionFunctionArgs) {
  const who = await signedIn(args);
  return actOnIssue(
    args,
    joinIssue,
    (values) => ({ households: one(values, "households") || 1 }),
    async (values) => {
      // Pressed instead of raising a twin: what was begun there is not needed any more.
      if (values.what !== undefined) await dropDraft(args.context.services.store, who, "raise");
      return `/issues/${args.params.number}`;
    },
  );
}

export default function Support() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  return (
    <IssueVerb at={at} sent={sent} title={t("join.title")} lead={t("join.lead")} button={t("join.button.issue")} fields={{ households: t("join.households") }}>
      <TextInput name="households" label={t("join.households")} hint={t("join.households.hint")} value="1" inputMode="numeric" sent={sent} />
    </IssueVerb>
  );
}
