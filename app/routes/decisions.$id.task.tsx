import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { assignTask } from "../commands/task/assign";
import { CheckList, Select, TextArea, TextInput, typed } from "../components/form";
import { useHandOptions } from "../components/hands";
import { VerbPage } from "../components/verb-page";
import { localDay, nextDay } from "../domain/clock";
import { repeatKinds } from "../domain/task-work";
import { found, look } from "../http/look.server";
import { act, forAct, many, one, orNull } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";
import { decisionPage } from "../views/meeting-page";
import { assignees } from "../views/people";

export const meta = titled("task.new.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  const { meeting, decision, canAssign } = found(await decisionPage(db, viewer, { decisionId: args.params.id ?? "" }));
  const day = nextDay(localDay(viewer.now, viewer.community.timeZone), 7);
  return forAct({ meetingId: meeting.id, decision, who: await assignees(db, viewer, meeting.body.id), day, requestId }, canAssign);
}

export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await look(args);
  const { meeting } = found(await decisionPage(db, viewer, { decisionId: args.params.id ?? "" }));
  return act(
    args,
    assignTask,
    (values) => ({
      decisionId: args.params.id,
      title: one(values, "title"),
      assignee: one(values, "assignee"),
      supporting: many(values, "supporting"),
      dueOn: one(values, "dueOn"),
      proof: one(values, "proof"),
      steps: one(values, "steps"),
      repeats: orNull(one(values, "repeats")),
    }),
    () => `/meetings/${meeting.id}/minutes`,
  );
}

export default function NewTask() {
  const { meetingId, decision, who, day, requestId, may } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const fields = {
    title: t("task.new.name"),
    assignee: t("task.new.assignee"),
    supporting: t("task.support.more"),
    dueOn: t("task.new.due"),
    proof: t("task.new.proof"),
    steps: t("task.new.steps"),
    repeats: t("task.new.repeats"),
  };
  const options = useHandOptions(who);
  const more = sent && ["supporting", "steps", "repeats"].some((field) => typed(sent, field) !== "");
  return (
    <VerbPage
      back={{ href: `/meetings/${meetingId}/minutes`, to: t("meeting.minutes") }}
      title={t("task.new.title")}
      lead={t("task.new.lead", { text: decision.text })}
      sent={sent}
      fields={fields}
      requestId={requestId}
      button={t("task.new.button")}
      may={may}
    >
      <TextInput name="title" label={fields.title} sent={sent} />
      <Select name="assignee" label={fields.assignee} sent={sent} options={options} />
      <TextInput name="dueOn" type="date" label={fields.dueOn} value={day} sent={sent} />
      <TextInput name="proof" label={fields.proof} hint={t("task.new.proof.hint")} sent={sent} />
      <details className="more" open={more}>
        <summary>{t("task.new.more")}</summary>
        <div className="stack-wide">
          <TextArea name="steps" label={fields.steps} hint={t("task.new.steps.hint")} sent={sent} required={false} rows={3} />
          <Select
            name="repeats"
            label={fields.repeats}
            sent={sent}
            required={false}
            empty={t("task.new.repeats.once")}
            options={repeatKinds.map((kind) => ({ value: kind, label: t(`task.series.${kind}`) }))}
          />
          <CheckList name="supporting" label={fields.supporting} none={t("task.support.none")} values={[]} options={options} sent={sent} />
        </div>
      </details>
    </VerbPage>
  );
}
