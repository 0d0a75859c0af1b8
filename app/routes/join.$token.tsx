import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useInvitation } from "../commands/invitation/use";
import { ProblemSummary, TextInput } from "../components/form";
import { Page, Thumb } from "../components/frame";
import { Phrase } from "../components/phrase";
import { hashPassword, passwordRefusal } from "../http/passwords.server";
import { formOf, one, orNull, refused, valuesOf } from "../http/respond.server";
import { beginSession } from "../http/session.server";
import { titled } from "../http/title";
import { refusalWords } from "../i18n/refusal-words";
import { useWords } from "../i18n/t";
import { slipPage } from "../views/slip";

export const meta = titled("join.button");

export async function loader({ params, context: { services } }: LoaderFunctionArgs) {
  const slip = await slipPage(services.store.read, params.token ?? "", services.now());
  return data(slip, { status: slip.open ? 200 : 410 });
}

export async function action(args: ActionFunctionArgs) {
  const { services } = args.context;
  const { password, again, ...typed } = valuesOf(await formOf(args.request));
  const slip = await slipPage(services.store.read, args.params.token ?? "", services.now());
  if (!slip.open) return refused(slip.refusal, typed);
  const chosen = one({ password: password ?? "" }, "password");
  const weak = passwordRefusal(chosen, slip.name);
  if (weak) return refused(weak, typed);
  if (chosen !== one({ again: again ?? "" }, "again")) return refused({ code: "password.differs", params: {}, field: "again" }, typed);
  const phone = orNull(one(typed, "phone").replace(/[\s-]/g, ""));
  // Nobody has an office here by holding a slip: they act as themselves, and may do this one thing.
  const actor = { communityId: slip.communityId, personId: slip.personId, name: slip.name, posts: [] };
  const done = await services.perform(useInvitation, actor, { invitationId: slip.invitationId, passwordHash: await hashPassword(chosen), phone });
  if (!done.ok) return refused(done.refusal, typed);
  throw redirect("/", { status: 303, headers: { "Set-Cookie": await beginSession(args, actor) } });
}

export default function Join() {
  const slip = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const words = useWords();
  const { t } = words;
  if (!slip.open) {
    const { what, why } = refusalWords(slip.refusal, words);
    return (
      <Page width="narrow">
        <h1 className="title mb-4">
          <Phrase>{t("join.closed")}</Phrase>
        </h1>
        <div className="refusal mb-6">
          <p className="head">{what}</p>
          {why && <p className="rule">{why}</p>}
        </div>
        <a className="btn btn-main" href="/sign-in">
          {t("nav.signIn")}
        </a>
      </Page>
    );
  }
  return (
    <Page width="narrow">
      <h1 className="title mb-3">
        <Phrase>{t("join.slip.title", { name: slip.name })}</Phrase>
      </h1>
      <p className="soft measure mb-5">{t("join.slip.lead", { community: slip.community, body: slip.body, role: t(`role.${slip.role}`) })}</p>
      <ProblemSummary sent={sent} fields={{ password: t("join.password"), again: t("join.password.again"), phone: t("join.phone") }} />
      <form method="post" className="stack-wide" data-once>
        <input type="hidden" name="username" value={slip.name} autoComplete="username" />
        <TextInput name="password" label={t("join.password")} hint={t("join.password.hint")} type="password" autoComplete="new-password" sent={sent} />
        <TextInput name="again" label={t("join.password.again")} type="password" autoComplete="new-password" sent={sent} />
        <TextInput name="phone" label={t("join.phone")} hint={t("join.phone.hint")} inputMode="tel" autoComplete="tel" required={false} sent={sent} />
        <Thumb>
          <button className="btn btn-main">{t("join.button")}</button>
        </Thumb>
      </form>
    </Page>
  );
}
