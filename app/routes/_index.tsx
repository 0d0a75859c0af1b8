import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ComingList } from "../components/calendar";
import { Page, Thumb } from "../components/frame";
import { issueWord, useWhere } from "../components/issue-row";
import { Phrase } from "../components/phrase";
import { LightSign, MiniStairs } from "../components/sign";
import { look } from "../http/look.server";
import { titled } from "../http/title";
import { useWords } from "../i18n/t";
import { comingOf } from "../views/calendar";
import { type HomeItem, home } from "../views/home";

export const meta = titled("nav.home");

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, requestId } = await look(args);
  return { ...(await home(db, viewer)), coming: await comingOf(db, viewer, { mine: true }), me: viewer.actor.name, now: viewer.now, requestId };
}

export default function Home() {
  const { items, coming, me, now, requestId } = useLoaderData<typeof loader>();
  const { t, dates } = useWords();
  return (
    <Page width="narrow">
      {items.length > 0 ? (
        <>
          <p className="small soft">
            <span className="nowrap">{dates.dayWeekday(now)}</span>
            <span className="dot" />
            <span className="nowrap">{me}</span>
          </p>
          <h1 className="title mb-5">
            <Phrase>{t("home.title", { n: items.length })}</Phrase>
          </h1>
          <ul className="rows">
            {items.map((item) => (
              <Item key={item.key + item.ask} item={item} requestId={requestId} />
            ))}
          </ul>
        </>
      ) : (
        <div className="empty">
          <svg viewBox="0 0 320 96" aria-hidden="true">
            <g fill="var(--color-stone)">
              <rect x="0" y="74" width="320" height="18" rx="3" />
              <rect x="76" y="52" width="244" height="18" rx="3" />
              <rect x="152" y="30" width="168" height="18" rx="3" />
            </g>
            <circle cx="30" cy="62" r="10" fill="var(--color-ink)" />
          </svg>
          <h1 className="title">
            <Phrase>{t("home.empty.title")}</Phrase>
          </h1>
          <p className="soft mt-3">{t("home.empty.text")}</p>
        </div>
      )}
      {coming.length > 0 && (
        <section className="section">
          <h2 className="title-small">{t("calendar.next")}</h2>
          <ComingList coming={coming} />
        </section>
      )}
      <Thumb>
        <a className="btn btn-main" href="/raise">
          {t("home.raise")}
        </a>
      </Thumb>
    </Page>
  );
}

function useAsk(): (item: HomeItem) => { title: string; ask: string } {
  const { t, dates } = useWords();
  return (item) => {
    const { ask, title, detail } = item;
    if (ask === "replyMeeting" || ask === "openMeeting" || ask === "enterMeeting")
      return {
        title: t(`ask.${ask}.title`, { title }),
        ask: item.at ? t("home.on", { date: dates.dayWeekdayTime(item.at), place: item.place }) : t(`ask.${ask}`),
      };
    if (isOfPaper(ask)) return { title: t(`ask.${ask}.title`, { title, n: Number(detail) }), ask: t(`ask.${ask}`) };
    if (ask === "keepDays") return { title: t("ask.keepDays.title", { year: title }), ask: t("ask.keepDays") };
    if (ask === "deadLetters") return { title: t("dead.title", { n: Number(detail) }), ask: t("ask.deadLetters") };
    if (ask === "ratifyDecision") {
      const date = dates.localDay(item.at ?? "");
      return {
        title: t("ask.ratifyDecision.title", { title, date }),
        ask: detail ? t("ask.ratifyDecision", { date: dates.localDay(detail) }) : t("ask.ratifyDecision.late", { date }),
      };
    }
    if (ask === "decideIssue" && !detail) return { title, ask: t("ask.decideIssue.top") };
    if (ask === "redoIssue" && !detail) return { title, ask: item.why ? t("ask.redoIssue", { detail: t(`why.${item.why}`) }) : t("ask.redoIssue.plain") };
    if (ask === "verifyTask" && !detail) return { title, ask: t("ask.verifyTask.plain") };
    return { title, ask: t(`ask.${ask}`, { detail }) };
  };
}

const ofPaper = ["signPaper", "signSummary", "signAddendum", "mendMinutes"] as const;
const isOfPaper = (ask: HomeItem["ask"]): ask is (typeof ofPaper)[number] => (ofPaper as readonly HomeItem["ask"][]).includes(ask);

function Item({ item, requestId }: { item: HomeItem; requestId: string }) {
  const { t, now } = useWords();
  const where = useWhere();
  const words = useAsk()(item);
  const held = item.steps.find((s) => s.state === "held" || s.state === "done");
  const status = item.ask === "replyIssue" ? "waiting" : item.home ? "answered" : /(Task|Project)$/.test(item.ask) ? "doing" : "open";
  return (
    <li>
      <a className="row" href={item.href}>
        <div className="top">
          <LightSign
            light={item.light}
            word={
              item.ask === "verifyTask" || item.ask === "confirmTask" || item.ask === "verifyProject"
                ? "light.waitingCheck"
                : isOfPaper(item.ask)
                  ? "signing.waits"
                  : item.ask === "deadLetters"
                    ? "dead.waits"
                    : item.light.state === "paused"
                      ? issueWord(status)
                      : undefined
            }
          />
          <span className="small faint num">{item.ask === "deadLetters" ? t("nav.word") : item.label || t("home.meeting", { n: Number(item.detail) })}</span>
        </div>
        <h2>{words.title}</h2>
        <p className="ask">{words.ask}</p>
        {item.steps.length > 0 && (
          <div className="foot-line">
            <MiniStairs steps={item.steps} label={where({ status, holder: held?.name ?? "", since: item.since ?? held?.fact.at ?? now })} />
          </div>
        )}
      </a>
      {item.ask === "replyMeeting" && item.meetingId && (
        <form className="row-answer" method="post" action={`/meetings/${item.meetingId}/reply`}>
          <input type="hidden" name="requestId" value={`${requestId}-${item.meetingId}`} />
          <input type="hidden" name="to" value="/" />
          <button className="btn" name="coming" value="yes">
            {t("home.yes")}
          </button>
          <button className="btn" name="coming" value="no">
            {t("home.no")}
          </button>
        </form>
      )}
    </li>
  );
}
