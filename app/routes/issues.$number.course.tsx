import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { beginCourse } from "../commands/course/begin";
import { Choices } from "../components/form";
import { IssueVerb } from "../components/issue-verb";
import { useSaid } from "../components/procedure";
import { actOnIssue } from "../http/issue-verb.server";
import { found, look } from "../http/look.server";
import { forAct, one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { issuePage } from "../views/issue-page";
import { courseChoices } from "../views/procedures";

export const meta = titled("act.course");
export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const issue = found(await issuePage(db, viewer, { number: args.params.number ?? "" }));
  return forAct({ issue, requestId, choices: await courseChoices(db, viewer) }, issue.can.course);
}
export const action = (args: ActionFunctionArgs) => actOnIssue(args, beginCourse, (values) => ({ procedure: one(values, "procedure") }));

export default function BeginCourse() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const said = useSaid();
  return (
    <IssueVerb
      at={at}
      sent={sent}
      title={t("course.begin.title")}
      lead={t("course.begin.lead")}
      button={t("course.begin.button")}
      fields={{ procedure: t("course.begin.procedure") }}
    >
      <Choices
        name="procedure"
        label={t("course.begin.procedure")}
        sent={sent}
        value={at.choices[0]?.value}
        columns={1}
        options={at.choices.map((c) => ({ value: c.value, label: said(c.title), hint: said(c.about) }))}
      />
    </IssueVerb>
  );
}
