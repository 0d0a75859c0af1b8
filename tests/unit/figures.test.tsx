// Figures on a page: each table says what it is, each rate what it is of, each bare number what its list holds.
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Bars } from "../../app/components/charts";
import { Counted } from "../../app/components/dashboard";
import { FigureListView } from "../../app/components/figure-list";
import { ReportView } from "../../app/components/report";
import { monthOf } from "../../app/domain/period";
import { measures, type Share } from "../../app/domain/rates";
import { translator } from "../../app/i18n/engine";
import { listWords } from "../../app/i18n/figure-words";
import { WordsProvider } from "../../app/i18n/t";
import { type Report, reportPaper, reportRows } from "../../app/papers/report-paper";
import type { FigureList } from "../../app/views/rates";

const rendered = (view: ReactNode, locale: "zh-CN" | "en" = "en") =>
  renderToStaticMarkup(
    <WordsProvider locale={locale} timeZone="Asia/Shanghai" now="2026-05-12T04:00:00.000Z">
      {view}
    </WordsProvider>,
  );

const share: Share = { hit: 5, of: 6 };
const line = { raised: 7, closed: 6, up: 2, down: 1, running: 4, red: 3, response: share, resolution: share, satisfaction: share, settled: share };
const report: Report = {
  community: "Baoyuan",
  timeZone: "Asia/Shanghai",
  period: monthOf(2026, 4),
  madeAt: "2026-05-12T04:00:00.000Z",
  only: [],
  counts: { before: 9, raised: 7, closed: 6, lapsed: 2, merged: 1, after: 9, answered: 5 },
  rates: Object.fromEntries(measures.map((measure) => [measure, share])) as Report["rates"],
  levels: [{ kind: "building", ...line }],
  bodies: [{ id: "b7", name: "Building 7", ...line }],
  categories: [{ category: "water", ...line }],
  whys: [{ why: "slow", n: 2 }],
  reds: [{ number: "2026-0001", body: "Building 7", seen: null }],
  moreReds: 2,
};
const reportHtml = (over: Partial<Report> = {}, body: string | null = null) =>
  rendered(<ReportView report={{ ...report, ...over }} body={body} bodies={[]} months={[]} />);
const headsOf = (html: string, label: string): string[] =>
  [...(html.split(`<caption class="unseen">${label}</caption>`)[1]?.split("</thead>")[0] ?? "").matchAll(/<th scope="col">([^<]*)/g)].map((m) => m[1] ?? "");

test("[RT7] a rate is named for what it is of: in the building for the whole community, here for a body", () => {
  const whole = reportHtml();
  expect(headsOf(whole, "By category").at(-1)).toBe("Settled in the building");
  expect(headsOf(whole, "By body").at(-1)).toBe("Settled here");
  expect(headsOf(reportHtml({ only: ["Building 7"] }, "b7"), "By category").at(-1)).toBe("Settled here");
  const [zh, en] = [translator("zh-CN"), translator("en")];
  const no = { of: "settled", side: "no" } as const;
  expect([listWords(en, no, 2, true), listWords(en, no, 2, false)]).toEqual(["2 settled only further up", "2 settled elsewhere"]);
  // What came down was not settled further up either.
  expect(listWords(zh, no, 2, false)).toBe("不是这一级办成的，2件");
  expect(listWords(en, { of: "settled" }, 2, false)).toBe("2 closed");
});

test("[RT11] page, paper and table have the same columns; what stands now is named so with its day, and a month that lasts ends today", () => {
  const columns = ["Raised", "Closed", "Sent up", "Sent down"];
  const en = translator("en");
  const heads = headsOf(reportHtml(), "By body");
  expect(heads).toHaveLength(9);
  const paper = JSON.stringify(reportPaper(report, "en"));
  const rows = reportRows(report, "en");
  const measuresOf = rows.filter((row) => row[1] === "Body" && row[2] === "Building 7").map((row) => row[3]);
  expect(measuresOf).toEqual(heads.slice(1));
  for (const head of heads) expect(paper).toContain(JSON.stringify(head));
  expect(heads.slice(1, 1 + columns.length)).toEqual((["raised", "closed", "up", "down"] as const).map((set) => en(`report.${set}`)));
  expect(headsOf(reportHtml(), "By level").slice(-2)).toEqual(["In hand now (12 May)", "Overdue now (12 May)"]);
  const now = rows.filter((row) => String(row[3]).includes(" now "));
  expect(now).toHaveLength(2);
  for (const row of [...now, ...rows.filter((r) => r[1] === en("report.reds.one"))]) expect(row[0]).toBe("2026-05-12");
  expect(reportHtml()).toContain("9 were open at its end");
  expect(reportHtml({ period: monthOf(2026, 5) })).toContain("9 were open on 12 May");
  expect(reportRows({ ...report, only: ["Building 7"] }, "en")[1]?.[1]).toBe("Body");
});

test("[RT8] a report's numbers lead to their lists, those it does not name too", () => {
  const html = reportHtml({}, "b7").replaceAll("&amp;", "&");
  for (const ask of ["of=lapsed&period=2026-04&body=b7", "of=merged&period=2026-04&body=b7", "of=answered&body=b7", "of=red&body=b7"])
    expect(html, ask).toContain(`href="/dashboard/list?${ask}"`);
  expect(html).toContain("Only those who handle it can read it");
});

test("every table has its name, and a link that is a bare number says what it counts and of what", () => {
  const bars = (
    <Bars
      head={["Waited", "Issues"]}
      label="How long"
      rows={[{ key: "week", words: "a week", n: 3, count: <Counted n={3} ask={{ of: "running" }} of="a week" /> }]}
    />
  );
  const html = reportHtml() + rendered(bars);
  expect(html.match(/<caption/g)?.length).toBe(html.match(/<table/g)?.length);
  expect(html).toContain('<caption class="unseen">How long</caption>');
  for (const [, attributes, text] of html.matchAll(/<a ([^>]*)>([^<]*)<\/a>/g))
    if (/^\d+$/.test(text ?? "")) expect(attributes, text).toMatch(new RegExp(`aria-label="[^"]+: [^"]*\\b${text}\\b`));
  expect(html).toContain('aria-label="a week: 3 in hand"');
  expect(html).toContain('aria-label="Building 7: 6 closed"');
});

test("[RT7] a row of one body's list says whether it was settled here or elsewhere", () => {
  const row = { number: "2026-0001", title: "Lamp", body: "Building 7", party: null, at: "2026-04-02T00:00:00.000Z", red: null };
  const list = (whole: boolean): FigureList => ({
    ask: { of: "settled" },
    rows: [
      { ...row, key: "1", hit: true },
      { ...row, key: "2", hit: false },
    ],
    total: 2,
    page: 1,
    pages: 1,
    period: null,
    whole,
    names: {},
  });
  const said = (whole: boolean) =>
    [...rendered(<FigureListView list={list(whole)} />, "zh-CN").matchAll(/<span class="small">([^<]*)<\/span>/g)].map((m) => m[1]);
  expect(said(true)).toEqual(["在楼里", "到上面才办成"]);
  expect(said(false)).toEqual(["在这一级", "不是这一级办成的"]);
});

test("[RT8] a page there is not is said so, with the way back", () => {
  const list = { ask: { of: "running" as const }, rows: [], total: 51, page: 999, pages: 2, period: null, whole: true, names: {} };
  const html = rendered(<FigureListView list={list} />);
  expect(html).toContain("There is no page 999; there are 2.");
  expect(html).toContain('href="/dashboard/list?of=running"');
  expect(html).not.toContain("None.");
});
