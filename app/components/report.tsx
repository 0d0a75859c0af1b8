// A month's report to read: every figure opens its list, and the same goes out as a paper or a table.
import type { ReactNode } from "react";
import type { Period } from "../domain/period";
import { fourRates, levelCounts, lineCounts, type Measure, measures, nowCounts } from "../domain/rates";
import { causeWords } from "../i18n/figure-words";
import { periodWords, untilWords } from "../i18n/periods";
import { useWords } from "../i18n/t";
import type { Report, ReportLine } from "../papers/report-paper";
import { type FigureAsk, figureHref } from "../views/filters";
import { Table } from "./charts";
import { Counted, ShareCell } from "./dashboard";
import { Select } from "./form";
import { Kicker, Page, Thumb } from "./frame";
import { Phrase } from "./phrase";

export function ReportView({
  report,
  body,
  bodies,
  months,
}: {
  report: Report;
  body: string | null;
  bodies: readonly { id: string; name: string }[];
  months: readonly Period[];
}) {
  const { t, locale, dates } = useWords();
  const { period, counts, rates, only } = report;
  const of = body ? `?body=${body}` : "";
  const file = (format: string) => `/reports/${period.code}/${format}${of}`;
  const own = body ?? undefined;
  const line = (name: string, l: ReportLine, where: Pick<FigureAsk, "body" | "category">): ReactNode[] => [
    name,
    ...lineCounts.map((set) => <Counted key={set} n={l[set]} ask={{ of: set, period: period.code, ...where }} of={name} />),
    ...fourRates.map((measure) => <ShareCell key={measure} measure={measure} share={l[measure]} period={period.code} {...where} />),
  ];
  const rate = (measure: Measure, ofBody: boolean) => t(measure === "settled" && ofBody ? "rate.settled.body" : `rate.${measure}`);
  const heads = (ofBody: boolean) => [...lineCounts.map((set) => t(`report.${set}`)), ...fourRates.map((measure) => rate(measure, ofBody))];
  const narrowed = only.length > 0;
  const month = periodWords(t, locale, period);
  return (
    <Page width="wide" back={{ href: `/dashboard?period=${period.code}`, to: t("nav.dashboard") }}>
      <Kicker>{t("report.page")}</Kicker>
      <h1 className="title title-big">
        <Phrase>{month}</Phrase>
      </h1>
      {narrowed && <p className="soft">{t("dashboard.own", { names: only.join(t("list.comma")) })}</p>}
      <p className="measure mt-4">
        {t(narrowed ? "report.counts.only" : "report.counts", { ...counts, until: untilWords(t, report, dates.day(report.madeAt)) })}
      </p>
      <Part title={t("report.month")} lead={t("report.few")}>
        <Table
          label={t("report.month")}
          head={[t("report.measure"), t("report.share")]}
          rows={[
            ...(narrowed ? (["raised", "closed", "lapsed"] as const) : (["raised", "closed", "lapsed", "merged"] as const)).map((set) => [
              t(`report.count.${set}`),
              <Counted key={set} n={counts[set]} ask={{ of: set, period: period.code, body: own }} of={month} />,
            ]),
            [t("report.count.answered"), <Counted key="answered" n={counts.answered} ask={{ of: "answered", body: own }} of={month} />],
            ...measures.map((measure) => [
              rate(measure, narrowed),
              <ShareCell key={measure} measure={measure} share={rates[measure]} period={period.code} body={own} />,
            ]),
          ]}
        />
      </Part>
      <Part title={t("report.levels")}>
        <Table
          label={t("report.levels")}
          head={[
            t("dashboard.level"),
            ...levelCounts.map((set) => t(`report.${set}`)),
            ...nowCounts.map((set) => t("report.now", { what: t(`dashboard.head.${set}`), day: dates.day(report.madeAt) })),
          ]}
          rows={report.levels.map((l) => {
            const name = t(`bodyKind.${l.kind}`);
            return [
              name,
              ...levelCounts.map((set) => <Counted key={set} n={l[set]} ask={{ of: set, level: l.kind, period: period.code, body: own }} of={name} />),
              ...nowCounts.map((set) => <Counted key={set} n={l[set]} ask={{ of: set, level: l.kind, body: own }} of={name} />),
            ];
          })}
        />
      </Part>
      <Part title={t("report.bodies")}>
        <Table label={t("report.bodies")} head={[t("report.body"), ...heads(true)]} rows={report.bodies.map((b) => line(b.name, b, { body: b.id }))} />
      </Part>
      <Part title={t("report.categories")}>
        <Table
          label={t("report.categories")}
          head={[t("report.category"), ...heads(narrowed)]}
          rows={report.categories.map((c) => line(t(`category.${c.category}`), c, { category: c.category, body: own }))}
        />
      </Part>
      <Part title={t("report.whys")}>
        {report.whys.length === 0 ? (
          <p className="soft">{t("report.whys.none")}</p>
        ) : (
          <Table label={t("report.whys")} head={[t("report.why"), t("dashboard.count")]} rows={report.whys.map(({ why, n }) => [t(`why.${why}`), n])} />
        )}
      </Part>
      <Part title={t("report.reds", { day: dates.day(report.madeAt) })}>
        {report.reds.length === 0 ? (
          <p className="soft">{t("dashboard.reds.none")}</p>
        ) : (
          <ol className="plain">
            {report.reds.map((red) => (
              <li key={red.number} className="measure mb-3">
                {red.seen ? <a href={`/issues/${red.number}`}>{red.number}</a> : red.number} {red.seen?.title}
                <span className="under-label small soft">{causeWords(t, red.seen)}</span>
              </li>
            ))}
          </ol>
        )}
        {report.moreReds > 0 && (
          <p>
            <a href={figureHref({ of: "red", body: own })}>{t("dashboard.reds.more", { n: report.moreReds })}</a>
          </p>
        )}
      </Part>
      <p className="small soft measure mt-6">{t("report.rules")}</p>
      <details className="more mt-5">
        <summary>{t("report.choose")}</summary>
        <form action="/reports" className="stack-wide mt-3 measure">
          <Select
            name="month"
            label={t("dashboard.month")}
            sent={undefined}
            value={period.code}
            options={months.map((month) => ({ value: month.code, label: periodWords(t, locale, month) }))}
          />
          <Select
            name="body"
            label={t("report.whose")}
            sent={undefined}
            required={false}
            value={body ?? ""}
            empty={t("report.whole")}
            options={bodies.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <button className="btn">{t("report.show")}</button>
        </form>
      </details>
      <p className="btns mt-5">
        <a className="btn" href={file("csv")}>
          {t("report.csv")}
        </a>
        <a className="btn" href={file("html")}>
          {t("report.print")}
        </a>
      </p>
      <Thumb>
        <a className="btn btn-main" href={file("docx")}>
          {t("report.docx")}
        </a>
      </Thumb>
    </Page>
  );
}

const Part = ({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) => (
  <section className="section">
    <h2 className="title-small mb-2">{title}</h2>
    {lead && <p className="small soft mb-2">{lead}</p>}
    {children}
  </section>
);
