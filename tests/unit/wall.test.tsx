// The wall chart: where things lie on the timeline, and that a reader without eyes or scripts gets the same.
import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { WallChart, WallTable } from "../../app/components/wall";
import { doneLight, localDay, nextDay, pausedLight } from "../../app/domain/clock";
import { dayLight, localDays, pace, whole } from "../../app/domain/schedule";
import { WordsProvider } from "../../app/i18n/t";
import { asked, countsOf, drawer, type Place, shareOfTask, type Wall, type WallRow } from "../../app/views/wall";

const days = fc.integer({ min: -500, max: 500 }).map((n) => nextDay("2026-05-12", n));
const span = fc.tuple(days, fc.integer({ min: 0, max: 400 })).map(([startsOn, n]) => ({ startsOn, endsOn: nextDay(startsOn, n) }));

describe("the timeline", () => {
  test("[PJ30] a bar begun before what is shown keeps its share of the whole, and says at its left end that it began earlier", () => {
    // 100 days, of which 50 are shown.
    const bars = (share: number) => drawer("2026-04-01", "2026-09-30", "2026-05-12").bars({ startsOn: "2026-02-10", endsOn: "2026-05-20" }, share, true, null);
    expect(bars(3000)).toMatchObject({ plan: { x: 0 }, done: null, earlier: "done" });
    expect(bars(0)).toMatchObject({ done: null, earlier: "plan" });
    const { plan, done } = bars(7500);
    expect((done?.w ?? 0) * 2).toBe(plan?.w);
  });
  test("[PJ17] nothing leaves it, the actual never outruns the plan, and overdue begins where the plan ends and ends today", () => {
    fc.assert(
      fc.property(span, days, fc.integer({ min: 0, max: whole }), fc.boolean(), (plan, today, share, open) => {
        const draw = drawer("2026-04-01", "2026-09-30", today);
        const bars = draw.bars(plan, share, open, null);
        for (const place of [bars.plan, bars.done, bars.over]) {
          if (!place) continue;
          expect(Number.isInteger(place.x) && Number.isInteger(place.w) && place.w > 0).toBe(true);
          expect(place.x >= 0 && place.x + place.w <= whole).toBe(true);
        }
        const end = (place: Place | null) => (place ? place.x + place.w : 0);
        if (bars.done) expect(end(bars.done)).toBeLessThanOrEqual(end(bars.plan));
        if (bars.over) {
          expect(open && today > plan.endsOn).toBe(true);
          if (bars.plan) expect(bars.over.x).toBe(end(bars.plan));
          if (draw.today !== null) expect(end(bars.over)).toBe(draw.today);
        }
        // Nothing that was done leaves the chart without a word: it is drawn, or its bar says that it began before.
        const before = plan.startsOn < "2026-04-01";
        expect(bars.earlier).toBe(bars.plan && before ? (share > 0 ? "done" : "plan") : null);
        if (bars.plan && share * 2 > whole && !before) expect(bars.done).not.toBeNull();
        if (!draw.shows(plan, open)) expect([bars.plan, bars.done, bars.over]).toEqual([null, null, null]);
      }),
    );
  });
  test("[PJ17] quarter, half a year and a year begin a little before today; a strange address is half a year from last month", () => {
    expect(asked({ range: "half", from: "" }, "2026-05-12").months).toEqual(["2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"]);
    expect(asked({ range: "quarter", from: "" }, "2026-01-31").months).toEqual(["2025-12", "2026-01", "2026-02"]);
    expect(asked({ range: "year", from: "2027-11" }, "2026-01-31").months).toHaveLength(12);
    for (const from of ["2026-13", "0000-00", "9999-01", "../../etc", "2026-05-12", "１"])
      expect(asked({ range: "x", from }, "2026-05-12")).toMatchObject({ range: "half", from: "2026-04" });
  });
  test("[PJ2] local days by the day's distance from UTC are the calendar's", () => {
    const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) }).map((at) => new Date(at).toISOString());
    const zones = ["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "Asia/Kathmandu"];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.array(instants, { minLength: 1, maxLength: 40 }), (zone, given) => {
        const dayOf = localDays(zone);
        expect(given.map(dayOf)).toEqual(given.map((at) => localDay(at, zone)));
      }),
    );
    // Through a whole night in which clocks change, minute by minute.
    const dayOf = localDays("America/New_York");
    for (let minute = 0; minute < 2 * 1440; minute += 7) {
      const at = new Date(Date.UTC(2026, 2, 7) + minute * 60_000).toISOString();
      expect(dayOf(at)).toBe(localDay(at, "America/New_York"));
    }
  });
});

const today = "2026-05-12";
const draw = drawer("2026-04-01", "2026-09-30", today);
const row = (over: Partial<WallRow> & Pick<WallRow, "kind" | "name" | "startsOn" | "endsOn" | "share">): WallRow => ({
  id: over.name,
  href: `/projects/${over.name}`,
  owner: { name: "区水务局", party: "department" },
  state: { light: dayLight(over, today), standing: "days", pace: pace(over.share, 5000) },
  money: null,
  issue: "",
  ...draw.bars(over, over.share, over.share < whole, null),
  ...over,
});
const sample: Wall = {
  range: "half",
  from: "2026-04",
  to: "2026-09-30",
  months: ["2026-04-01", "2026-05-01"].map((day) => ({ day, x: draw.monthAt(day) })),
  today: { day: today, x: draw.today },
  body: "",
  bodies: [],
  groups: [
    {
      id: "p",
      rows: [
        row({
          kind: "project",
          name: "<b>Pumps</b>",
          startsOn: "2026-04-18",
          endsOn: "2026-08-30",
          share: 5895,
          state: { light: { state: "ok", left: null, due: null }, standing: "ahead", pace: pace(5895, 5000) },
          money: { budget: 186_000_000, spent: 1_200_050 },
        }),
        row({ kind: "milestone", name: "Survey", startsOn: "2026-04-10", endsOn: "2026-05-06", share: 5000 }),
        row({
          kind: "milestone",
          name: "Pipes",
          startsOn: "2026-06-01",
          endsOn: "2026-08-30",
          share: 0,
          state: { light: pausedLight, standing: "notYet", pace: pace(0, 0) },
        }),
      ],
    },
  ],
  tasks: [row({ kind: "task", name: "Funds", startsOn: "2026-05-01", endsOn: "2026-05-20", share: 0, issue: "No water" })],
  counts: { projects: 1, behind: 0, tasks: 1, late: 0 },
  previous: "2025-10",
  next: "2026-10",
};
const rendered = (View: typeof WallChart, locale: "zh-CN" | "en") =>
  renderToStaticMarkup(
    <WordsProvider locale={locale} timeZone="Asia/Shanghai" now="2026-05-12T04:00:00.000Z">
      <View wall={sample} />
    </WordsProvider>,
  );

test("[PJ4] [PJ17] chart and table say the same figures, in words, in both languages", () => {
  const zh = rendered(WallChart, "zh-CN");
  for (const words of [
    "做了58.9%",
    "超前8.9个百分点",
    "是计划的117.8%",
    "1,860,000元，用了12,000.50元",
    "逾期6天",
    "没到时间",
    "还有8天",
    "计划4月18日到8月30日",
    "今天 5月12日",
    "为“No water”",
  ])
    expect(zh, words).toContain(words);
  const en = rendered(WallTable, "en");
  for (const words of ["58.9%", "117.8%", "8.9 points ahead", "6 days overdue", "18 April", "30 August", "Milestone"]) expect(en, words).toContain(words);
  for (const html of [zh, en]) {
    expect(html).toContain("&lt;b&gt;Pumps&lt;/b&gt;");
    // A row has its name as its head, a column too; the bars say nothing the words do not.
    expect(html.match(/<th scope="row">/g)).toHaveLength(4);
    expect(html).toMatch(/<th scope="col"/);
    expect(html).not.toContain("<script");
  }
  expect(zh.match(/class="over"/g)?.length).toBe(2);
});
test("[PJ31] the heading counts what hangs below it: what ended too, and every step and task that is overdue", () => {
  const rows = sample.groups.flatMap((g) => g.rows);
  expect(countsOf([...rows, ...sample.tasks])).toEqual({ projects: 1, behind: 0, tasks: 1, late: 1 });
  const verified = row({
    ...{ kind: "project", name: "Gate", startsOn: "2026-04-01", endsOn: "2026-04-30", share: whole },
    state: { light: doneLight, standing: "verified", pace: pace(whole, whole) },
  });
  const late = row({ kind: "project", name: "Lift", startsOn: "2026-04-01", endsOn: "2026-05-02", share: 4000 });
  const task = row({ kind: "task", name: "Offer", startsOn: "2026-04-01", endsOn: "2026-05-02", share: 4000 });
  expect(countsOf([...rows, verified, late, task])).toEqual({ projects: 3, behind: 1, tasks: 1, late: 2 });
});
test("[PJ17] a task is as far as its steps, or its last word, and whole once it is handed in", () => {
  const at = (status: "assigned" | "accepted" | "handedIn" | "verified") => shareOfTask({ status, steps: [], percent: 40 });
  expect((["assigned", "accepted", "handedIn", "verified"] as const).map(at)).toEqual([4000, 4000, whole, whole]);
});
