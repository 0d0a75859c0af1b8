import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { receiveMoney } from "../commands/project/receive";
import { TextArea, TextInput } from "../components/form";
import { ProjectVerb } from "../components/project-verb";
import { yuan } from "../domain/money";
import { actOnProject, moneyIn, projectFor } from "../http/project-verb.server";
import { one } from "../http/respond.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("project.receive");
export const loader = (args: LoaderFunctionArgs) => projectFor(args, "receive");
export const action = (args: ActionFunctionArgs) =>
  actOnProject(args, receiveMoney, (values) => ({ received: moneyIn(values, "received"), reason: one(values, "reason") }));

export default function Received() {
  const at = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useT();
  const lines = at.project.money.map((line) => ({
    ...line,
    name: `received.${line.source}`,
    label: t("project.receive.of", { source: t(`source.${line.source}`), amount: yuan(line.planned) }),
  }));
  return (
    <ProjectVerb
      at={at}
      sent={sent}
      title={t("project.receive.title")}
      lead={t("project.receive.lead")}
      button={t("project.receive.button")}
      fields={{ ...Object.fromEntries(lines.map(({ name, label }) => [name, label])), reason: t("project.receive.reason") }}
    >
      {lines.map(({ name, label, received }) => (
        <TextInput key={name} name={name} label={label} value={received > 0 ? yuan(received) : ""} required={false} sent={sent} />
      ))}
      <TextArea name="reason" label={t("project.receive.reason")} hint={t("project.receive.reason.hint")} sent={sent} required={false} keep />
    </ProjectVerb>
  );
}
