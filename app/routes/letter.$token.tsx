// Where the buttons of a mail lead. Looking does nothing; the press does it, in the name of whoever the mail was for.
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ContentWords, useAnswerFields } from "../components/follow-up";
import { ProblemSummary } from "../components/form";
import { Page, Thumb } from "../components/frame";
import { Phrase } from "../components/phrase";
import { answerWords } from "../http/follow-up.server";
import { type Letter, openLetter, pressLetter } from "../http/letter.server";
import { choseLanguage } from "../http/preferences.server";
import { formOf, refused, valuesOf } from "../http/respond.server";
import { whoAsks } from "../http/session.server";
import { titled } from "../http/title";
import { useWords, WordsProvider } from "../i18n/t";
import { wordWords } from "../i18n/word-words";

export const meta = titled("word.title");

const statusOf: Record<Letter["state"], number> = { open: 200, used: 410, late: 410, changed: 410, bad: 404, other: 403 };

export async function loader(args: LoaderFunctionArgs) {
  const who = await whoAsks(args);
  const { letter, written } = await openLetter(args.context.services, args.params.token ?? "", who);
  const lasting = (await choseLanguage(args.request)) ? null : written;
  return data({ letter, known: who !== null, written: lasting, now: args.context.services.now() }, { status: statusOf[letter.state] });
}

/** The status is said: the page is looked up again after the press, and by then its button is used. */
const pressedWell = (next: string) => data({ done: true, next, refusal: null, values: {} }, { status: 200 });

export async function action(args: ActionFunctionArgs) {
  const { services } = args.context;
  const token = args.params.token ?? "";
  const values = valuesOf(await formOf(args.request));
  const found = await openLetter(services, token, await whoAsks(args));
  const { letter } = found;
  // A mail program that stops the mails for somebody asks without a page, and may ask twice.
  if (letter.state === "used" && letter.act === "stop") return pressedWell("/account/word");
  if (letter.state !== "open") return data({ done: false, next: "", refusal: null, values: {} }, { status: statusOf[letter.state] });
  const pressed = await pressLetter(services, token, found, answerWords(values));
  return pressed.ok ? pressedWell(letter.href) : refused(pressed.refusal, values);
}

/** A mail's page is in its mail's language and its community's time, unless this device chose a language for all pages. */
export default function PressedInALetter() {
  const { written, now } = useLoaderData<typeof loader>();
  if (!written) return <LetterPage />;
  return (
    <WordsProvider locale={written.locale} timeZone={written.timeZone} now={now}>
      <div lang={written.locale}>
        <LetterPage />
      </div>
    </WordsProvider>
  );
}

function LetterPage() {
  const { letter, known } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const words = useWords();
  const fields = useAnswerFields();
  const { t, dates } = words;
  if (answer && "done" in answer && answer.done)
    return (
      <Page width="narrow">
        <h1 className="title mb-4">
          <Phrase>{t("word.link.done")}</Phrase>
        </h1>
        <p className="soft measure mb-6">{t("word.link.done.text")}</p>
        <a className="btn" href={answer.next}>
          {t(answer.next === "/account/word" ? "word.prefs" : "word.link.look")}
        </a>
      </Page>
    );
  if (letter.state !== "open")
    return (
      <Page width="narrow">
        <h1 className="title mb-4">
          <Phrase>{t(`word.link.${letter.state}.title`)}</Phrase>
        </h1>
        <div className="refusal mb-6">
          <p>
            {letter.state === "used"
              ? t("word.link.used.why", { date: dates.dayTime(letter.at) })
              : letter.state === "other"
                ? t("word.link.other.why", { name: letter.name })
                : t(`word.link.${letter.state}.why`)}
          </p>
        </div>
        {letter.state === "other" ? (
          <form method="post" action="/sign-out">
            <button className="btn btn-main">{t("nav.signOut")}</button>
          </form>
        ) : letter.state === "bad" ? (
          <a className="btn btn-main" href={known ? "/" : "/sign-in"}>
            {t(known ? "error.home" : "nav.signIn")}
          </a>
        ) : (
          <a className="btn btn-main" href={letter.href}>
            {t("word.link.now")}
          </a>
        )}
      </Page>
    );
  const { act, item, name } = letter;
  const sent = answer?.refusal ? { refusal: answer.refusal, values: answer.values } : undefined;
  const said = item ? wordWords(item, words) : null;
  return (
    <Page width="narrow">
      <h1 className="title mb-3">
        <Phrase>{t(`word.link.${act}`)}</Phrase>
      </h1>
      <p className="soft measure mb-5">{act === "stop" ? t("word.link.stop.why") : t("word.link.as", { name })}</p>
      <ProblemSummary sent={sent} fields={fields} />
      {said && act !== "stop" && act !== "confirm" && (
        <div className="now mb-5">
          <p className="head">{said.head}</p>
          <p className="soft">{said.what}</p>
        </div>
      )}
      <form method="post" className="stack-wide" data-once>
        {(act === "solved" || act === "unsolved") && <ContentWords sent={sent} mine={null} needed={act === "unsolved"} />}
        <Thumb>
          <button className="btn btn-main">{t(`word.act.${act}`)}</button>
        </Thumb>
      </form>
    </Page>
  );
}
