import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { endMembership } from "../commands/membership/end";
import { Select } from "../components/form";
import { VerbPage } from "../components/verb-page";
import { found } from "../http/look.server";
import { act, one, type Values } from "../http/respond.server";
import { setUp } from "../http/setup.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { type LeftBehind, leftBehind } from "../views/left-behind";
import { membershipPage } from "../views/setup";

export const meta = titled("setup.member.end.button");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await setUp(args);
  const id = args.params.id ?? "";
  return { member: found(await membershipPage(db, viewer, id)), left: await leftBehind(db, viewer, id), requestId };
}

export async function action(args: ActionFunctionArgs) {
  const { db, viewer } = await setUp(args);
  const { body } = found(await membershipPage(db, viewer, args.params.id ?? ""));
  return act(
    args,
    endMembership,
    (values) => ({ membershipId: args.params.id, to: handsOn(values), version: one(values, "version") || undefined }),
    () => `/setup?body=${body.id}`,
  );
}

/** Who takes which task: the form's fields called "to.…"; an empty one means the body. */
function handsOn(values: Values): Record<string, string> {
  const chosen = Object.keys(values).flatMap((name) => (name.startsWith("to.") && one(values, name) ? [[name.slice(3), one(values, name)] as const] : []));
  return Object.fromEntries(chosen);
}

export default function EndMember() {
  const { member, left, requestId } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { t, dates } = useWords();
  const question = (task: LeftBehind["tasks"][number]) => t("setup.member.end.task", { title: task.title, due: dates.localDay(task.dueOn) });
  return (
    <VerbPage
      back={{ href: `/setup/members/${member.id}`, to: member.name }}
      title={t("setup.member.end", { name: member.name })}
      lead={t("setup.member.end.lead")}
      kicker={member.body.name}
      sent={sent}
      fields={Object.fromEntries(left.tasks.map((task) => [`to.${task.id}`, question(task)]))}
      version={member.version}
      requestId={requestId}
      button={t("setup.member.end.button")}
    >
      {left.nobodys.length > 0 && (
        <section className="stack">
          <h2 className="title-small">{t("setup.member.end.nobody", { body: member.body.name, n: left.nobodys.length })}</h2>
          <p className="soft">{t("setup.member.end.nobody.lead")}</p>
          <ul className="stack">
            {left.nobodys.map((piece) => (
              <li key={piece.id}>
                <a href={piece.href}>{piece.title}</a>{" "}
                <span className="small soft">{t("setup.member.end.nobody.due", { due: dates.localDay(piece.dueOn) })}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {left.tasks.length > 0 && (
        <section className="stack">
          <h2 className="title-small">{t("setup.member.end.tasks", { n: left.tasks.length })}</h2>
          <p className="soft">{t("setup.member.end.tasks.lead", { body: member.body.name })}</p>
          {left.tasks.map((task) => (
            <Select
              key={task.id}
              name={`to.${task.id}`}
              label={question(task)}
              required={false}
              empty={t("setup.member.end.task.desk", { body: member.body.name })}
              options={left.people.map((p) => ({ value: `person:${p.id}`, label: p.name }))}
              sent={sent}
            />
          ))}
        </section>
      )}
    </VerbPage>
  );
}
