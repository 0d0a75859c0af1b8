import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { dropLetter } from "../commands/letter/drop";
import { resendLetter } from "../commands/letter/resend";
import { ProblemSummary } from "../components/form";
import { Page } from "../components/frame";
import { Phrase } from "../components/phrase";
import { faultKey } from "../components/word-channels";
import { act, formOf, one, valuesOf } from "../http/respond.server";
import { setUp } from "../http/setup.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { deadLetterPage } from "../views/word-setup";

export const meta = titled("dead.page");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await setUp(args);
  return { letters: await deadLetterPage(db, viewer), mails: args.context.services.env.SMTP_URL !== undefined };
}

export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args.request);
  const values = valuesOf(form);
  const letter = () => ({ letterId: one(values, "letter") });
  return one(values, "intent") === "resend"
    ? act(args, resendLetter, letter, () => "/setup/word", form)
    : act(args, dropLetter, letter, () => "/setup/word", form);
}

export default function DeadLetters() {
  const { letters, mails } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { t, has, dates } = useWords();
  return (
    <Page back={{ href: "/setup", to: t("setup.title") }}>
      <h1 className="title mb-3">
        <Phrase>{letters.length > 0 ? t("dead.title", { n: letters.length }) : t("dead.none")}</Phrase>
      </h1>
      <p className="soft measure mb-5">{t("dead.lead")}</p>
      {!mails && <p className="soft measure mb-5">{t("dead.noMail")}</p>}
      <ProblemSummary sent={sent} fields={{}} />
      {letters.length > 0 && (
        <ul className="rows">
          {letters.map((letter) => {
            const fault = faultKey(letter.fault, letter.kind, has);
            const of = { to: letter.to, channel: t(`channel.${letter.kind}`) };
            return (
              <li key={letter.id} className="row">
                <div className="top">
                  <span className="small faint">{dates.dayTime(letter.lastAt)}</span>
                  <span className="small faint">{t("dead.tries", { n: letter.tries })}</span>
                </div>
                <h2>{t("dead.to", of)}</h2>
                <p className="ask">
                  {t(fault ?? "fault.unknown")} {letter.detail && <span className="nowrap">{t("dead.detail", { detail: letter.detail })}</span>}
                </p>
                <p className="small soft">{t("dead.words", { n: letter.words, date: dates.dayTime(letter.firstAt) })}</p>
                <form method="post" className="btns mt-3" data-once>
                  <input type="hidden" name="letter" value={letter.id} />
                  {letter.closed ? (
                    <p className="small soft">{t("dead.closed")}</p>
                  ) : (
                    <button className="btn btn-small" name="intent" value="resend" aria-label={t("dead.resend.of", of)}>
                      {t("dead.resend")}
                    </button>
                  )}
                  <button className="btn btn-small" name="intent" value="drop" aria-label={t("dead.drop.of", of)}>
                    {t("dead.drop")}
                  </button>
                </form>
              </li>
            );
          })}
        </ul>
      )}
    </Page>
  );
}
