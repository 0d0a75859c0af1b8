// The steps of a task: added and taken off here, ticked here and on the task's own page.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { addAStep, dropAStep, tickAStep } from "../commands/task/steps";
import { ProblemSummary, Sealed, Select, TextInput } from "../components/form";
import { Kicker, Page, Thumb } from "../components/frame";
import { useHandOptions } from "../components/hands";
import { Phrase } from "../components/phrase";
import { Steps } from "../components/task-parts";
import { found, look } from "../http/look.server";
import { act, formOf, one, orNull, valuesOf } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { assignees } from "../views/people";
import { taskPage } from "../views/task-page";

export const meta = titled("task.steps");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const task = found(await taskPage(db, viewer, { taskId: args.params.id ?? "" }));
  return { task, requestId, who: task.can.addStep ? await assignees(db, viewer, task.deskId) : { bodies: [], people: [] } };
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args.request);
  const values = valuesOf(form);
  const taskId = args.params.id;
  const stepId = one(values, "stepId");
  const next = () => `/tasks/${taskId}${one(values, "from") === "task" ? "" : "/steps"}`;
  switch (one(values, "act")) {
    case "tick":
    case "untick":
      return act(args, tickAStep, () => ({ taskId, stepId, done: one(values, "act") === "tick" ? "yes" : "no" }), next, form);
    case "drop":
      return act(args, dropAStep, () => ({ taskId, stepId }), next, form);
    default:
      return act(args, addAStep, () => ({ taskId, title: one(values, "title"), owner: orNull(one(values, "owner")) }), next, form);
  }
}

export default function StepsPage() {
  const { task, requestId, who } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const options = useHandOptions(who);
  return (
    <Page width="narrow" back={{ href: `/tasks/${task.id}`, to: t("task.of") }}>
      <Kicker>{task.title}</Kicker>
      <h1 className="title mb-4">
        <Phrase>{t("task.steps")}</Phrase>
      </h1>
      <ProblemSummary sent={sent} fields={{ title: t("task.step.title"), owner: t("task.step.who") }} />
      {task.stepList.length === 0 ? <p className="soft">{t("task.steps.none")}</p> : <Steps task={task} requestId={requestId} drop />}
      {task.can.addStep && (
        <form method="post" className="stack-wide mt-5" data-once>
          <Sealed requestId={requestId} />
          <TextInput name="title" label={t("task.step.title")} sent={sent} />
          <Select name="owner" label={t("task.step.who")} required={false} empty={t("task.step.who.none")} options={options} sent={sent} />
          <Thumb>
            <button className="btn btn-main">{t("task.step.add")}</button>
            <a className="btn btn-plain" href={`/tasks/${task.id}`}>
              {t("nav.back", { to: t("task.of") })}
            </a>
          </Thumb>
        </form>
      )}
    </Page>
  );
}
