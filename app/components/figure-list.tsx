// The list behind a figure: as many rows as the figure says.
import type { Key } from "../i18n/engine";
import { causeWords, listWords } from "../i18n/figure-words";
import { periodWords } from "../i18n/periods";
import { useT, useWords } from "../i18n/t";
import { figureHref, narrowings } from "../views/filters";
import type { FigureList, FigureRow } from "../views/rates";
import { Dot, Page } from "./frame";
import { Phrase } from "./phrase";

export function FigureListView({ list }: { list: FigureList }) {
  const { t, locale } = useWords();
  const { ask, rows, total, page, pages, period, names } = list;
  const about = [
    period ? periodWords(t, locale, period) : "",
    ask.level ? t(`bodyKind.${ask.level}` as Key) : "",
    ask.body ? (names[ask.body] ?? "") : "",
    ask.building ? (names[ask.building] ?? "") : "",
    ask.category ? t(`category.${ask.category}` as Key) : "",
    ask.age ? t(`age.${ask.age}` as Key) : "",
  ].filter(Boolean);
  const turn = (to: number) => `${figureHref(ask)}&page=${to}`;
  return (
    <Page back={{ href: ask.period ? `/dashboard?period=${ask.period}` : "/dashboard", to: t("list.back") }}>
      {about.length > 0 && (
        <p className="kicker">
          {about.map((words, n) => (
            <span key={words}>
              {n > 0 && <Dot />}
              {words}
            </span>
          ))}
        </p>
      )}
      <h1 className="title mb-5">
        <Phrase>{listWords(t, ask, total, list.whole)}</Phrase>
      </h1>
      {page > pages ? (
        <p>
          {t("list.beyond", { page, pages })} <a href={figureHref(ask)}>{t("list.first")}</a>
        </p>
      ) : rows.length === 0 ? (
        <p className="soft">{t("list.none")}</p>
      ) : (
        <ul className="rows figures">
          {rows.map((row) => (
            <li key={row.key}>
              <Row row={row} of={ask.of} whole={list.whole} />
            </li>
          ))}
        </ul>
      )}
      {pages > 1 && page <= pages && (
        <nav className="btns mt-4" aria-label={t("list.page", { page, pages })}>
          {page > 1 && <a href={turn(page - 1)}>{t("list.before")}</a>}
          <span className="small soft">{t("list.page", { page, pages })}</span>
          {page < pages && <a href={turn(page + 1)}>{t("list.next")}</a>}
        </nav>
      )}
    </Page>
  );
}

function Row({ row, of, whole }: { row: FigureRow; of: FigureList["ask"]["of"]; whole: boolean }) {
  const { t, dates } = useWords();
  const inside = (
    <>
      <div className="top">
        <span className="small faint num">{row.number}</span>
        {narrowings[of].includes("side") && (
          <span className="small">{t(`list.${row.hit ? "hit" : "miss"}.${of}${of === "settled" && !whole ? ".body" : ""}` as Key)}</span>
        )}
      </div>
      <h2>{row.title ?? t("list.hidden")}</h2>
      {row.red && <p className="ask small">{causeWords(t, row.red)}</p>}
      <p className="small soft">
        {row.body && (
          <>
            {row.body}
            <Dot />
          </>
        )}
        {t(`list.at.${of}`, { date: dates.day(row.at) })}
      </p>
    </>
  );
  return row.title === null ? (
    <div className="row">{inside}</div>
  ) : (
    <a className="row" href={`/issues/${row.number}`}>
      {inside}
    </a>
  );
}

/** An address nobody wrote on a page of ours. */
export function UnreadList() {
  const t = useT();
  return (
    <Page back={{ href: "/dashboard", to: t("list.back") }}>
      <h1 className="title mb-4">
        <Phrase>{t("list.unread")}</Phrase>
      </h1>
      <p className="soft">{t("list.unread.why")}</p>
    </Page>
  );
}
