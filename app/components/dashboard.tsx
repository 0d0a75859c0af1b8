// Where things stand, for a chair and for the wall of a hall.
import { fourRates, type Measure, percentText, permille, type Share } from "../domain/rates";
import type { Key } from "../i18n/engine";
import { causeWords, listWords, shareWords } from "../i18n/figure-words";
import { monthWords, periodWords } from "../i18n/periods";
import { useT, useWords } from "../i18n/t";
import type { Dashboard, LevelProps, RedProps } from "../views/dashboard";
import { type FigureAsk, figureHref } from "../views/filters";
import { Bars, Behind, Heat, type Line, Lines } from "./charts";
import { Page } from "./frame";
import { Phrase } from "./phrase";
import { LightSign, MiniStairs, Who } from "./sign";

const plural: Partial<Record<LevelProps["kind"], Key>> = {
  building: "dashboard.level.buildings",
  grid: "dashboard.level.grids",
  council: "dashboard.level.councils",
  jointMeeting: "dashboard.level.joints",
  street: "dashboard.level.streets",
};

export function DashboardView({ at }: { at: Dashboard }) {
  const { t, locale, dates } = useWords();
  const { period, today, running, red, answered } = at;
  const named = periodWords(t, locale, period);
  const title = running === 0 && red === 0 ? t("dashboard.title.none") : t(red > 0 ? "dashboard.title" : "dashboard.title.fine", { n: running, red });
  return (
    <Page width="wide">
      <div className="dash-top">
        <div>
          <p className="kicker">{period.from <= today && today < period.to ? t("period.until", { period: named, day: dates.localDay(today) }) : named}</p>
          <h1 className="title title-big">
            <Phrase>{title}</Phrase>
          </h1>
          {!at.whole && <p className="soft">{t("dashboard.own", { names: at.own.join(t("list.comma")) })}</p>}
          {answered > 0 && (
            <p className="soft">
              <a href={figureHref({ of: "answered" })}>{t("dashboard.answered", { n: answered })}</a>
            </p>
          )}
        </div>
        <PeriodChoice at={at} />
      </div>
      {at.unread !== null && (
        <div className="refusal mb-5" role="alert">
          <p className="head">{t("period.unread", { asked: at.typed ? [at.typed.from, at.typed.to].filter(Boolean).join(t("period.span")) : at.unread })}</p>
          <p className="rule">{t("period.unread.why")}</p>
        </div>
      )}
      <div className="dash-all">
        <div className="dash-two">
          <Levels at={at} />
          <Reds at={at} />
        </div>
        <Rates at={at} />
        <div className="dash-two dash-rule">
          <Buildings at={at} />
          <Ages at={at} />
        </div>
      </div>
    </Page>
  );
}

function PeriodChoice({ at }: { at: Dashboard }) {
  const { t, locale } = useWords();
  const [last = at.today] = [at.period.to, at.today].sort();
  const wrong = at.typed ? t(at.typed.from === "" || at.typed.to === "" ? "period.days.missing" : "period.days.wrong") : "";
  const faulty = wrong ? { "aria-invalid": true, "aria-describedby": "days-wrong" } : {};
  return (
    <div className="dash-tools">
      <a className="btn btn-small" href={`/reports/${last.slice(0, 7)}`}>
        {t("dashboard.report")}
      </a>
      <details className="more" open={Boolean(at.typed)}>
        <summary>{t("period.change")}</summary>
        <ul>
          {at.choices.map((choice) => (
            <li key={choice.code}>
              <a href={`/dashboard?period=${choice.code}`} aria-current={choice.code === at.period.code ? "true" : undefined}>
                {periodWords(t, locale, choice)}
              </a>
            </li>
          ))}
        </ul>
        <form className="dash-days">
          {wrong && (
            <p className="msg" id="days-wrong">
              {wrong}
            </p>
          )}
          <label>
            {t("period.from")}
            <input className="input" type="date" name="from" defaultValue={at.typed?.from ?? at.period.from} {...faulty} />
          </label>
          <label>
            {t("period.to")}
            <input className="input" type="date" name="to" defaultValue={at.typed?.to ?? at.period.to} {...faulty} />
          </label>
          <button className="btn btn-small">{t("period.show")}</button>
        </form>
      </details>
    </div>
  );
}

function useLevelName(): (level: LevelProps) => string {
  const t = useT();
  return ({ name, kind, bodies }) => name || t(plural[kind] ?? "dashboard.level", { n: bodies });
}

/** The staircase again, with what each level holds; what went up stands above a step, what came down beside it. */
function Levels({ at: { levels, period } }: { at: Dashboard }) {
  const t = useT();
  const nameOf = useLevelName();
  return (
    <section>
      <h2 className="title-small">{t("dashboard.levels")}</h2>
      <p className="small soft mb-4">{t("dashboard.levels.lead")}</p>
      <ol className="flow">
        {levels.map((level, n) => (
          <li key={level.kind} style={{ "--i": n } as React.CSSProperties}>
            <div className={`flow-step${level.mine ? " flow-mine" : ""}`}>
              <b className="num">
                <Counted n={level.running} ask={{ of: "running", level: level.kind }} of={nameOf(level)} />
              </b>
              <span>
                <span className="flow-name">{nameOf(level)}</span>
                <span className="small">
                  {level.closed > 0 ? (
                    <a href={figureHref({ of: "closed", level: level.kind, period: period.code })}>{t("dashboard.closed", { n: level.closed })}</a>
                  ) : (
                    t("dashboard.closed", { n: 0 })
                  )}
                </span>
                {level.mine && <span className="unseen">{t("dashboard.mine")}</span>}
              </span>
              {level.red > 0 && (
                <a className="flow-red" href={figureHref({ of: "red", level: level.kind })}>
                  <LateCount n={level.red} />
                </a>
              )}
            </div>
            {(n < levels.length - 1 || level.up > 0 || level.down > 0) && (
              <p className="flow-moves">
                <Moved words={t("dashboard.up")} of={nameOf(level)} n={level.up} ask={{ of: "up", level: level.kind, period: period.code }} />
                <Moved words={t("dashboard.down")} of={nameOf(level)} n={level.down} ask={{ of: "down", level: level.kind, period: period.code }} />
              </p>
            )}
          </li>
        ))}
      </ol>
      <Behind
        label={t("dashboard.levels")}
        head={[t("dashboard.level"), t("dashboard.head.running"), t("dashboard.head.red"), t("dashboard.head.closed"), t("dashboard.up"), t("dashboard.down")]}
        rows={levels.map((level) => [nameOf(level), level.running, level.red, level.closed, level.up, level.down])}
      />
    </section>
  );
}

const LateCount = ({ n }: { n: number }) => {
  const t = useT();
  return (
    <span className="light light-late">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z" fill="currentColor" />
        <path d="M8 4v5M8 10.6v1.8" stroke="var(--color-sheet)" strokeWidth="2" />
      </svg>
      {t("dashboard.red", { n })}
    </span>
  );
};

const Moved = ({ words, n, ask, of }: { words: string; n: number; ask: FigureAsk; of: string }) => (
  <span>
    {words} {n > 0 ? <Counted n={n} ask={ask} of={of} /> : <b>{n}</b>}
  </span>
);

/** A bare number that opens its list. By itself, in a list of links, it says what it counts and of what. */
export function Counted({ n, ask, of }: { n: number; ask: FigureAsk; of: string }) {
  const t = useT();
  if (n === 0) return <span>{n}</span>;
  return (
    <a href={figureHref(ask)} aria-label={t("list.of", { name: of, list: listWords(t, ask, n, true) })}>
      {n}
    </a>
  );
}

function Reds({ at: { reds, red } }: { at: Dashboard }) {
  const t = useT();
  return (
    <section>
      <h2 className="title-small">{t("dashboard.reds")}</h2>
      <p className="small soft mb-4">{red > 0 ? t("dashboard.reds.lead") : t("dashboard.reds.none")}</p>
      {reds.length > 0 && (
        <ul className="rows">
          {reds.map((row) => (
            <li key={row.key}>
              <RedRow row={row} />
            </li>
          ))}
        </ul>
      )}
      {red > reds.length && (
        <p className="mt-3">
          <a href={figureHref({ of: "red" })}>{t("dashboard.reds.more", { n: red - reds.length })}</a>
        </p>
      )}
    </section>
  );
}

function RedRow({ row }: { row: RedProps }) {
  const { t, dates } = useWords();
  const inside = (
    <>
      <div className="top">
        <LightSign light={row.light} />
        <span className="small faint num">{row.number}</span>
      </div>
      <h3>{row.title ?? t("dashboard.reds.hidden")}</h3>
      {row.title !== null && <p className="ask small">{causeWords(t, row.red)}</p>}
      <div className="foot-line">
        <MiniStairs steps={row.steps} label={t("mini.at", { name: row.holder, date: dates.day(row.since) })} />
        {row.red?.party && <Who party={row.red.party} name={row.red.who} />}
      </div>
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

function Rates({ at }: { at: Dashboard }) {
  const { t, locale } = useWords();
  const { rates, months, period, whole } = at;
  const lined = ["response", "satisfaction", "resolution"] as const;
  const said = (share: Share) => percentText(share) ?? t("rate.none");
  const last = (points: readonly Share[]) => points.findLast((p) => permille(p) !== null);
  const lines: Line[] = lined.map((measure) => {
    const points = months.map((month) => month[measure]);
    const end = last(points);
    return { key: measure, points: points.map(permille), end: end ? t("rate.end", { name: t(`rate.short.${measure}`), share: said(end) }) : "" };
  });
  const label = t("dashboard.over.label", {
    from: monthWords(t, locale, months[0]?.period ?? period),
    to: monthWords(t, locale, months.at(-1)?.period ?? period),
    lines: lined
      .map((measure) => {
        const points = months.map((month) => month[measure]);
        const [first, end] = [points.find((p) => permille(p) !== null), last(points)];
        const name = t(`rate.${measure}`);
        return first && end ? t("dashboard.over.line", { name, first: said(first), last: said(end) }) : t("dashboard.over.few", { name });
      })
      .join(t("list.comma")),
  });
  return (
    <section className="dash-rule dash-even">
      <div>
        <h2 className="title-small">{t("dashboard.rates")}</h2>
        <p className="small soft mb-4">{t("dashboard.rates.lead")}</p>
        <dl className="rates">
          {fourRates.map((measure) => (
            <Rate key={measure} measure={measure} share={rates[measure]} period={period.code} whole={whole} />
          ))}
          {rates.neighbours.of > 0 && <Rate measure="neighbours" share={rates.neighbours} period={period.code} whole={whole} />}
        </dl>
      </div>
      <div>
        <h3 className="small soft">{t("dashboard.over")}</h3>
        <Lines lines={lines} labels={months.map((month) => monthWords(t, locale, month.period))} label={label} />
        <Behind
          label={t("dashboard.over")}
          head={[t("dashboard.month"), ...lined.map((measure) => t(`rate.${measure}`))]}
          rows={months.map((month) => [
            monthWords(t, locale, month.period),
            ...lined.map((measure) => <ShareCell key={measure} measure={measure} share={month[measure]} period={month.period.code} />),
          ])}
        />
      </div>
    </section>
  );
}

/** One rate: the share, and the two numbers behind it, each with its list. */
function Rate({ measure, share, period, whole }: { measure: Measure; share: Share; period: string; whole: boolean }) {
  const t = useT();
  const own = measure === "settled" && !whole;
  return (
    <div>
      <dt className="small soft">{t(own ? "rate.settled.body" : `rate.${measure}`)}</dt>
      <dd>
        <b className="num">{percentText(share) ?? t("rate.none")}</b>
        <span className="small">
          <Linked n={share.of} words={t(`rate.of.${measure}`, { n: share.of })} ask={{ of: measure, period }} />
          {t("list.comma")}
          <Linked n={share.hit} words={t(own ? "rate.hit.settled.body" : `rate.hit.${measure}`, { n: share.hit })} ask={{ of: measure, side: "yes", period }} />
        </span>
      </dd>
    </div>
  );
}

const Linked = ({ n, words, ask }: { n: number; words: string; ask: FigureAsk }) => (n > 0 ? <a href={figureHref(ask)}>{words}</a> : <span>{words}</span>);

/** A share in a table: 98.2% (166/169), the figures linked. */
export function ShareCell({ measure, share, period, body, category }: { measure: Measure; share: Share } & Omit<FigureAsk, "of" | "side">) {
  const t = useT();
  return <Linked n={share.of} words={shareWords(t, share)} ask={{ of: measure, period, body, category }} />;
}

function Buildings({ at: { heat } }: { at: Dashboard }) {
  const t = useT();
  const { buildings, total, period } = heat;
  return (
    <section>
      <h2 className="title-small">{t("dashboard.heat")}</h2>
      <p className="small soft mb-4">{buildings.length > 0 ? t("dashboard.heat.lead", { n: total }) : t("dashboard.heat.none")}</p>
      <Heat places={buildings.map((b) => ({ ...b, href: figureHref({ of: "raised", building: b.id, period: period.code }) }))} />
      {buildings.length > 0 && (
        <Behind label={t("dashboard.heat")} head={[t("dashboard.building"), t("dashboard.count")]} rows={buildings.map((b) => [b.name, b.n])} />
      )}
    </section>
  );
}

function Ages({ at: { ages, running } }: { at: Dashboard }) {
  const t = useT();
  return (
    <section>
      <h2 className="title-small">{t("dashboard.ages")}</h2>
      <p className="small soft mb-4">{t("dashboard.ages.lead", { n: running })}</p>
      <Bars
        head={[t("dashboard.age"), t("dashboard.count")]}
        label={t("dashboard.ages")}
        rows={ages.map(({ age, n }) => {
          const words = t(`age.${age}`);
          return { key: age, words, count: <Counted n={n} ask={{ of: "running", age }} of={words} />, n };
        })}
      />
    </section>
  );
}
