import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Choices, ProblemSummary, TextInput } from "../components/form";
import { Page, Thumb } from "../components/frame";
import { Phrase } from "../components/phrase";
import { enter } from "../http/door.server";
import { formOf, one, statusOf, valuesOf } from "../http/respond.server";
import { beginSession, safePath, whoAsks } from "../http/session.server";
import { titled } from "../http/title";
import { useT } from "../i18n/t";

export const meta = titled("signIn.title");

export async function loader(args: LoaderFunctionArgs) {
  const to = new URL(args.request.url).searchParams.get("to");
  if (await whoAsks(args)) throw redirect(safePath(to));
  return { to: safePath(to), demo: args.context.services.env.DEMO };
}

export async function action(args: ActionFunctionArgs) {
  const { services, address } = args.context;
  const values = valuesOf(await formOf(args.request));
  const entered = await enter(services, { login: one(values, "login"), password: one(values, "password"), community: one(values, "community"), address });
  // The password never goes back into a page.
  const { password: _, ...typed } = values;
  if (entered.kind === "refused") return data({ refusal: entered.refusal, values: typed, which: [] }, { status: statusOf(entered.refusal) });
  if (entered.kind === "which") return data({ refusal: null, values: typed, which: entered.communities });
  throw redirect(safePath(one(values, "to")), { status: 303, headers: { "Set-Cookie": await beginSession(args, entered.actor, entered.throttleKey) } });
}

export default function SignIn() {
  const { to, demo } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const sent = answer?.refusal ? { refusal: answer.refusal, values: answer.values } : undefined;
  const which = answer?.which ?? [];
  const t = useT();
  return (
    <Page width="narrow">
      <h1 className="title mb-3">
        <Phrase>{t("signIn.title")}</Phrase>
      </h1>
      <p className="soft measure mb-5">{t("signIn.lead")}</p>
      <ProblemSummary sent={sent} fields={{}} />
      <form method="post" className="stack-wide" data-once>
        <input type="hidden" name="to" value={to} />
        <TextInput name="login" label={t("signIn.login")} autoComplete="username" sent={sent} value={String(answer?.values.login ?? "")} />
        <TextInput name="password" label={t("signIn.password")} type="password" autoComplete="current-password" />
        {which.length > 0 && <Choices name="community" label={t("signIn.which")} columns={1} options={which.map((c) => ({ value: c.id, label: c.name }))} />}
        <Thumb>
          <button className="btn btn-main">{t("signIn.button")}</button>
          {demo && (
            <a className="btn btn-plain" href="/demo">
              {t("signIn.demo")}
            </a>
          )}
        </Thumb>
      </form>
    </Page>
  );
}
