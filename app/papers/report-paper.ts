// A month's report as a paper and as a table. It carries no names of people: what is shown of them is masked before it comes here.
import { localDay } from "../domain/clock";
import type { WhyNot } from "../domain/follow-up";
import type { Period } from "../domain/period";
import { fourRates, levelCounts, lineCounts, type Measure, measures, nowCounts, percentText, type Share } from "../domain/rates";
import type { BodyKind, Category, Locale } from "../domain/vocabulary";
import { type T, translator } from "../i18n/engine";
import { causeWords, type RedCause, shareWords } from "../i18n/figure-words";
import { periodWords, untilWords } from "../i18n/periods";
import { longDate } from "./dates";
import { type Block, type Cell, clean, numberOf, type Paper, piece } from "./paper";

export type ReportLine = Record<Exclude<Measure, "neighbours">, Share> & {
  raised: number;
  closed: number;
  up: number;
  down: number;
  running: number;
  red: number;
};
/** `seen`: what there is to read of it; null where it is not this reader's: it is counted, and no more is said of it. */
export type ReportRed = { number: string; body: string; seen: ({ title: string } & RedCause) | null };
export type Report = {
  community: string;
  timeZone: string;
  period: Period;
  madeAt: string;
  /** The bodies it is narrowed to; empty: the whole community. */
  only: string[];
  /** Before + raised − closed − merged = after, for a whole community. Closed holds the lapsed ones. */
  counts: { before: number; raised: number; closed: number; lapsed: number; merged: number; after: number; answered: number };
  rates: Record<Measure, Share>;
  levels: ({ kind: BodyKind } & Pick<ReportLine, "running" | "red" | "closed" | "up" | "down">)[];
  bodies: ({ id: string; name: string } & ReportLine)[];
  categories: ({ category: Category } & ReportLine)[];
  whys: { why: WhyNot; n: number }[];
  reds: ReportRed[];
  /** How many more are red than are listed. */
  moreReds: number;
};

const text = (words: string): Block => ({ kind: "paragraph", pieces: [piece(words)] });
const head = (words: string): Cell => ({ header: true, lines: [[piece(words, true)]] });
const put = (words: string | number): Cell => ({ header: false, lines: [[piece(String(words))]] });
const table = (heads: readonly string[], rows: readonly (readonly (string | number)[])[]): Block => ({
  kind: "table",
  rows: [heads.map(head), ...rows.map((row) => row.map(put))],
});

/** The report to print and to hand on. */
export function reportPaper(report: Report, locale: Locale): Paper {
  const t = translator(locale);
  const { counts, rates, timeZone } = report;
  const period = periodWords(t, locale, report.period);
  let part = 0;
  const heading = (words: string): Block => ({ kind: "heading", level: 1, text: numberOf(locale, 1, ++part) + words });
  const name = (measure: Measure) => t(measure === "settled" && report.only.length > 0 ? "rate.settled.body" : `rate.${measure}`);
  const line = (l: ReportLine) => [...lineCounts.map((set) => l[set]), ...fourRates.map((measure) => shareWords(t, l[measure]))];
  const lineHeads = (ofBody: boolean) => [
    ...lineCounts.map((set) => t(`report.${set}`)),
    ...fourRates.map((measure) => t(measure === "settled" && ofBody ? "rate.settled.body" : `rate.${measure}`)),
  ];
  const now = (set: (typeof nowCounts)[number]) => t("report.now", { what: t(`dashboard.head.${set}`), day: longDate(locale, timeZone, report.madeAt) });
  const blocks: Block[] = [
    { kind: "fact", label: t("report.period"), text: period },
    { kind: "fact", label: t("report.made"), text: longDate(locale, timeZone, report.madeAt) },
    ...(report.only.length > 0 ? [{ kind: "fact" as const, label: t("report.only"), text: clean(report.only.join(t("list.comma"))) }] : []),
    heading(t("report.month")),
    text(
      t(report.only.length > 0 ? "report.counts.only" : "report.counts", {
        ...counts,
        until: untilWords(t, report, longDate(locale, timeZone, report.madeAt)),
      }),
    ),
    table(
      [t("report.measure"), t("report.share")],
      measures.map((measure) => [name(measure), shareWords(t, rates[measure])]),
    ),
    text(t("report.few")),
    heading(t("report.levels")),
    table(
      [t("dashboard.level"), ...levelCounts.map((set) => t(`report.${set}`)), ...nowCounts.map(now)],
      report.levels.map((l) => [t(`bodyKind.${l.kind}`), ...levelCounts.map((set) => l[set]), ...nowCounts.map((set) => l[set])]),
    ),
    heading(t("report.bodies")),
    table(
      [t("report.body"), ...lineHeads(true)],
      report.bodies.map((b) => [b.name, ...line(b)]),
    ),
    heading(t("report.categories")),
    table(
      [t("report.category"), ...lineHeads(report.only.length > 0)],
      report.categories.map((c) => [t(`category.${c.category}`), ...line(c)]),
    ),
    heading(t("report.whys")),
    ...(report.whys.length > 0
      ? [
          table(
            [t("report.why"), t("dashboard.count")],
            report.whys.map(({ why, n }) => [t(`why.${why}`), n]),
          ),
        ]
      : [text(t("report.whys.none"))]),
    heading(t("report.reds", { day: longDate(locale, timeZone, report.madeAt) })),
    ...(report.reds.length === 0
      ? [text(t("dashboard.reds.none"))]
      : report.reds.map(
          (red, n): Block => ({
            kind: "entry",
            depth: 0,
            mark: `${n + 1}.`,
            pieces: [
              piece(
                t(red.seen ? "report.red" : "report.red.hidden", {
                  number: red.number,
                  title: red.seen?.title ?? "",
                  body: red.body,
                  why: causeWords(t, red.seen),
                }),
              ),
            ],
          }),
        )),
    ...(report.moreReds > 0 ? [text(t("dashboard.reds.more", { n: report.moreReds }))] : []),
    { kind: "blank" },
    { kind: "note", text: t("report.rules") },
  ];
  return { locale, title: t("report.title", { community: clean(report.community), period }), masthead: null, blocks };
}

/** What is red, one a line: columns of their own under a head of their own, as many as the figures have. */
function redLines({ reds, moreReds }: Report, day: string, t: T): (string | number)[][] {
  const line = (...cells: string[]) => [day, t("report.reds.one"), ...cells, ""];
  return [
    ["", "", "", "", "", "", ""],
    [t("report.when"), t("report.scope"), t("report.red.number"), t("report.red.title"), t("report.body"), t("report.red.why"), ""],
    ...reds.map((red) => line(red.number, red.seen?.title ?? "", red.body, causeWords(t, red.seen))),
    ...(moreReds > 0 ? [line("", t("dashboard.reds.more", { n: moreReds }), "", "")] : []),
  ];
}

/** The same figures as lines for a spreadsheet: one figure a line; what is red stands below, under a head of its own. */
export function reportRows(report: Report, locale: Locale): (string | number)[][] {
  const t = translator(locale);
  const month = report.period.code;
  // What stands now belongs to the day it was counted, whichever month is told of.
  const today = localDay(report.madeAt, report.timeZone);
  const day = longDate(locale, report.timeZone, report.madeAt);
  const rows: (string | number)[][] = [
    [t("report.when"), t("report.scope"), t("report.name"), t("report.measure"), t("report.hit"), t("report.of"), t("report.percent")],
  ];
  const share = (scope: string, name: string, measure: string, { hit, of }: Share) =>
    rows.push([month, scope, name, measure, hit, of, percentText({ hit, of }) ?? ""]);
  const count = (scope: string, name: string, measure: string, n: number, when = month) => rows.push([when, scope, name, measure, n, "", ""]);
  const whole = t(report.only.length > 0 ? "report.body" : "report.whole");
  const name = report.only.length > 0 ? report.only.join(t("list.comma")) : report.community;
  const counted =
    report.only.length > 0
      ? (["raised", "closed", "lapsed", "answered"] as const)
      : (["before", "raised", "closed", "lapsed", "merged", "after", "answered"] as const);
  for (const key of counted)
    count(whole, name, t(`report.count.${key}`, { until: untilWords(t, report, day) }), report.counts[key], key === "answered" ? today : month);
  for (const measure of measures)
    share(whole, name, t(measure === "settled" && report.only.length > 0 ? "rate.settled.body" : `rate.${measure}`), report.rates[measure]);
  for (const level of report.levels) {
    const kind = t(`bodyKind.${level.kind}`);
    for (const set of levelCounts) count(t("dashboard.level"), kind, t(`report.${set}`), level[set]);
    for (const set of nowCounts) count(t("dashboard.level"), kind, t("report.now", { what: t(`dashboard.head.${set}`), day }), level[set], today);
  }
  const line = (scope: string, called: string, of: ReportLine, body: boolean) => {
    for (const set of lineCounts) count(scope, called, t(`report.${set}`), of[set]);
    for (const measure of fourRates) share(scope, called, t(measure === "settled" && body ? "rate.settled.body" : `rate.${measure}`), of[measure]);
  };
  for (const body of report.bodies) line(t("report.body"), body.name, body, true);
  for (const category of report.categories) line(t("report.category"), t(`category.${category.category}`), category, report.only.length > 0);
  for (const { why, n } of report.whys) count(t("report.why"), t(`why.${why}`), t("dashboard.count"), n);
  if (report.reds.length > 0) rows.push(...redLines(report, today, t));
  return rows;
}
