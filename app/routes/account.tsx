import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { changePassword } from "../commands/person/change-password";
import { revokeSession } from "../commands/session/revoke";
import { ProblemSummary, TextInput } from "../components/form";
import { Page } from "../components/frame";
import { Phrase } from "../components/phrase";
import { look } from "../http/look.server";
import { hashPassword, passwordProblem, passwordRefusal } from "../http/passwords.server";
import { act, formOf, one, refused, valuesOf } from "../http/respond.server";
import { signedIn } from "../http/session.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { accountPage } from "../views/account";

export const meta = titled("account.title");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  return { ...(await accountPage(db, viewer)), changed: new URL(args.request.url).searchParams.has("changed") };
}

export async function action(args: ActionFunctionArgs) {
  const who = await signedIn(args);
  const form = await formOf(args.request);
  const values = valuesOf(form);
  if (values.session !== undefined)
    return act(
      args,
      revokeSession,
      (v) => ({ session: one(v, "session"), current: who.sessionHash }),
      () => "/account",
      form,
    );
  // Passwords never go back into a page.
  const next = one(values, "password");
  const problem = await passwordProblem(args.context.services, who, one(values, "current"), "current");
  if (problem) return refused(problem, {});
  const weak = passwordRefusal(next, who.actor.name);
  if (weak) return refused(weak, {});
  if (next !== one(values, "again")) return refused({ code: "password.differs", params: {}, field: "again" }, {});
  const passwordHash = await hashPassword(next);
  return act(
    args,
    changePassword,
    () => ({ passwordHash, current: who.sessionHash }),
    () => "/account?changed",
    new FormData(),
  );
}

export default function Account() {
  const { name, posts, devices, changed } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { t, dates } = useWords();
  return (
    <Page width="narrow">
      <p className="kicker">{t("account.title")}</p>
      <h1 className="title mb-5">
        <Phrase>{name}</Phrase>
      </h1>
      {changed && <p className="refusal notice mb-5">{t("account.password.done")}</p>}
      <section>
        <h2 className="title-small mb-3">{t("account.posts")}</h2>
        {posts.length === 0 && <p className="soft">{t("account.noPosts")}</p>}
        <ul className="stack-tight">
          {posts.map((p) => (
            <li key={p.body.id + p.role}>
              <a href={`/bodies/${p.body.id}`}>{t("account.post", { body: p.body.name, role: t(`role.${p.role}`), party: t(`party.${p.party}`) })}</a>
              {p.endsOn && <span className="small soft under-label">{t("account.post.until", { date: dates.localDay(p.endsOn) })}</span>}
            </li>
          ))}
        </ul>
      </section>
      <section className="section">
        <h2 className="title-small mb-3">{t("prefs.title")}</h2>
        <p>
          <a href="/account/word">{t("prefs.link")}</a>
        </p>
      </section>
      <section className="section">
        <h2 className="title-small mb-3">{t("calendar.title")}</h2>
        <p>
          <a href="/account/calendar">{t("calendar.link")}</a>
        </p>
      </section>
      <section className="section">
        <h2 className="title-small">{t("account.devices")}</h2>
        <ul className="rows">
          {devices.map((d) => (
            <li key={d.name} className="row device">
              <div>
                <p className="strong">{d.device}</p>
                <p className="small soft">{d.here ? t("account.device.here") : t("account.device.seen", { date: dates.dayTime(d.seenAt) })}</p>
              </div>
              {!d.here && (
                <form method="post">
                  <button className="btn btn-small" name="session" value={d.name} aria-label={t("account.device.end.of", { device: d.device })}>
                    {t("account.device.end")}
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
        {devices.length > 1 && (
          <form method="post" className="mt-3">
            <button className="btn" name="session" value="others">
              {t("account.device.endOthers")}
            </button>
          </form>
        )}
      </section>
      <section className="section">
        <h2 className="title-small">{t("account.password")}</h2>
        <ProblemSummary
          sent={sent}
          fields={{ current: t("account.password.current"), password: t("account.password.new"), again: t("account.password.again") }}
        />
        <form method="post" className="stack" data-once>
          <TextInput name="current" label={t("account.password.current")} type="password" autoComplete="current-password" sent={sent} />
          <TextInput name="password" label={t("account.password.new")} hint={t("join.password.hint")} type="password" autoComplete="new-password" sent={sent} />
          <TextInput name="again" label={t("account.password.again")} type="password" autoComplete="new-password" sent={sent} />
          <button className="btn">{t("account.password.button")}</button>
        </form>
      </section>
    </Page>
  );
}
