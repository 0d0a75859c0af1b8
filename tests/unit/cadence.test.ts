import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { setCadence } from "../../app/domain/body";
import {
  type CadenceFields,
  checkCadence,
  occurrences,
  onDayOffs,
  type Preset,
  presetOf,
  presetRule,
  readRule,
  ruleText,
  weekdays,
} from "../../app/domain/cadence";
import { type Calendar, isWorkingDay, nextDay } from "../../app/domain/clock";
import { holidays } from "../../app/domain/holidays";
import { atField, datesOf } from "../../app/http/cadence-form.server";
import { accepted, body, council, refusedFor } from "../support/given";

const plain: Calendar = { timeZone: "Asia/Shanghai", dayEndsAt: "18:00", exceptions: new Map() };
const china: Calendar = { ...plain, exceptions: new Map(Object.entries(holidays)) };
const cadence = (rule: string, over: Partial<CadenceFields> = {}): CadenceFields => ({
  rule,
  startsOn: "2026-01-01",
  time: "19:00",
  minutes: 90,
  place: "Hall",
  onDayOff: "keep",
  ...over,
});
const newYear = "2025-12-31T16:00:00.000Z";
const days = (rule: string, over: Partial<CadenceFields> = {}, limit = 5, now = newYear, calendar = plain) =>
  occurrences(cadence(rule, over), calendar, now, limit).map((o) => o.day);

describe("presets", () => {
  const said: [Preset, string, string[]][] = [
    [{ kind: "nth", nth: -1, weekday: "TH" }, "FREQ=MONTHLY;BYDAY=-1TH", ["2026-01-29", "2026-02-26", "2026-03-26", "2026-04-30", "2026-05-28"]],
    [{ kind: "nth", nth: 1, weekday: "MO" }, "FREQ=MONTHLY;BYDAY=1MO", ["2026-01-05", "2026-02-02", "2026-03-02", "2026-04-06", "2026-05-04"]],
    [{ kind: "monthDays", days: [1, 15] }, "FREQ=MONTHLY;BYMONTHDAY=1,15", ["2026-01-01", "2026-01-15", "2026-02-01", "2026-02-15", "2026-03-01"]],
    [{ kind: "ending", digit: 4 }, "FREQ=MONTHLY;BYMONTHDAY=4,14,24", ["2026-01-04", "2026-01-14", "2026-01-24", "2026-02-04", "2026-02-14"]],
    [{ kind: "ending", digit: 0 }, "FREQ=MONTHLY;BYMONTHDAY=10,20,30", ["2026-01-10", "2026-01-20", "2026-01-30", "2026-02-10", "2026-02-20"]],
    [{ kind: "weekly", every: 2, weekday: "TU" }, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", ["2026-01-13", "2026-01-27", "2026-02-10", "2026-02-24", "2026-03-10"]],
    [
      { kind: "quarter", month: 3, nth: 2, weekday: "WE" },
      "FREQ=YEARLY;BYMONTH=3,6,9,12;BYDAY=2WE",
      ["2026-03-11", "2026-06-10", "2026-09-09", "2026-12-09", "2027-03-10"],
    ],
  ];
  test.each(said)("[CA1] %j is %s and gives its days", (preset, rule, given) => {
    expect(presetRule(preset)).toBe(rule);
    expect(presetOf(rule)).toEqual(preset);
    expect(days(rule)).toEqual(given);
  });
  test("[CA1] the last day of the month is a rule of one's own", () => {
    expect(presetOf("FREQ=MONTHLY;BYMONTHDAY=-1")).toEqual({ kind: "own", rule: "FREQ=MONTHLY;BYMONTHDAY=-1" });
    expect(days("FREQ=MONTHLY;BYMONTHDAY=-1", {}, 3)).toEqual(["2026-01-31", "2026-02-28", "2026-03-31"]);
  });
  test("[CA1] the last weekday of the month by position", () =>
    expect(days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", {}, 3)).toEqual(["2026-01-30", "2026-02-27", "2026-03-31"]));
});

describe("rules", () => {
  test.each([
    ["FREQ=DAILY", "cadence.badFreq"],
    ["BYDAY=MO", "cadence.badFreq"],
    ["FREQ=WEEKLY;COUNT=3", "cadence.unknownPart"],
    ["FREQ=WEEKLY;UNTIL=20270101", "cadence.unknownPart"],
    ["hello", "cadence.unknownPart"],
    ["FREQ=WEEKLY;FREQ=MONTHLY", "cadence.partTwice"],
    ["FREQ=WEEKLY;BYDAY=", "cadence.emptyPart"],
    ["FREQ=WEEKLY;BYDAY=MO=TU", "cadence.emptyPart"],
    ["FREQ=WEEKLY;INTERVAL=0", "cadence.badInterval"],
    ["FREQ=WEEKLY;INTERVAL=1000000000", "cadence.badInterval"],
    ["FREQ=MONTHLY;BYMONTH=13", "cadence.badMonth"],
    ["FREQ=MONTHLY;BYMONTHDAY=32", "cadence.badMonthDay"],
    ["FREQ=MONTHLY;BYMONTHDAY=0", "cadence.badMonthDay"],
    ["FREQ=WEEKLY;BYMONTHDAY=4", "cadence.monthDayInWeek"],
    ["FREQ=MONTHLY;BYDAY=6MO", "cadence.badDay"],
    ["FREQ=MONTHLY;BYDAY=XX", "cadence.badDay"],
    ["FREQ=WEEKLY;BYDAY=1MO", "cadence.nthInWeek"],
    ["FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "cadence.badSetPos"],
    ["FREQ=MONTHLY;BYSETPOS=1", "cadence.setPosAlone"],
    ["FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "cadence.never"],
    ["FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300", "cadence.never"],
  ])("[CA2] %s is refused for %s", (rule, code) => {
    const outcome = checkCadence(cadence(rule), plain, newYear);
    expect(refusedFor(outcome)).toBe(code);
    expect(!outcome.ok && outcome.refusal.field).toBe("rule");
  });
  test("[CA2] a sentence that says no whole figure of weeks is refused on that field", () => {
    const form = (every: string) => ({
      kind: "weekly",
      every,
      weekly: "MO",
      startsOn: "2026-01-01",
      time: "19:00",
      minutes: "90",
      place: "Hall",
      onDayOff: "move",
    });
    for (const every of ["0", "-1", "61", "x", ""]) {
      const read = datesOf(form(every));
      const outcome = read.ok ? checkCadence(read.value, plain, newYear) : read;
      if (outcome.ok) throw new Error(`"${every}" was taken.`);
      expect(atField(outcome.refusal, form(every))).toEqual({ code: "cadence.badEvery", params: {}, field: "every" });
    }
    for (const every of ["1", "2", "60"]) {
      const read = datesOf(form(every));
      expect(read.ok && checkCadence(read.value, plain, newYear).ok).toBe(true);
    }
  });
  test("[CA2] a start too far off, an end past midnight and a body that does not deliberate are refused", () => {
    const weekly = "FREQ=WEEKLY;BYDAY=MO";
    expect(refusedFor(checkCadence(cadence(weekly, { startsOn: "9999-01-01" }), plain, newYear))).toBe("cadence.startsTooFar");
    expect(refusedFor(checkCadence(cadence(weekly, { startsOn: "0001-01-01" }), plain, newYear))).toBe("cadence.startsTooFar");
    expect(refusedFor(checkCadence(cadence(weekly, { time: "22:30" }), plain, newYear))).toBe("cadence.pastMidnight");
    expect(refusedFor(setCadence(body(), cadence(weekly), plain, newYear))).toBe("meeting.doesNotDeliberate");
    expect(refusedFor(setCadence(council(), null, plain, newYear))).toBe("cadence.none");
    expect(accepted(setCadence(council(), cadence("rrule:freq=weekly;byday=mo"), plain, newYear))).toMatchObject({ rule: weekly, words: { place: "Hall" } });
  });
  test("[CA2] hostile rules end quickly", () => {
    const hostile = [
      "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31",
      "FREQ=YEARLY;BYDAY=53MO;BYMONTHDAY=1;BYSETPOS=366",
      "FREQ=WEEKLY;INTERVAL=60;BYMONTH=2;BYDAY=MO;BYSETPOS=9",
    ];
    const began = performance.now();
    for (const rule of hostile) expect(days(rule, { startsOn: "2021-01-01" }, 1000)).toEqual([]);
    expect(days("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", { startsOn: "0001-01-01" }, 1_000_000).length).toBeLessThan(2000);
    expect(days("FREQ=WEEKLY;BYDAY=MO", { startsOn: "9999-12-31" })).toEqual([]);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe("days off", () => {
  // The national day's holiday of 2026 is 1 to 7 October; Saturday the 10th is worked instead.
  const late = "2026-09-20T16:00:00.000Z";
  const ending = (onDayOff: CadenceFields["onDayOff"], limit: number) =>
    occurrences(cadence("FREQ=MONTHLY;BYMONTHDAY=4,14,24", { onDayOff }), china, late, limit);
  test("[CA3] a day off moves to the next working day, and says from where", () => {
    const first = ending("move", 4);
    // The 4th of October lies in the holiday and moves to the 8th; the 24th is a Saturday and moves to Monday the 26th.
    expect(first.map((o) => [o.on, o.day])).toEqual([
      ["2026-09-24", "2026-09-24"],
      ["2026-10-04", "2026-10-08"],
      ["2026-10-14", "2026-10-14"],
      ["2026-10-24", "2026-10-26"],
    ]);
  });
  test("[CA3] a day off is skipped, or kept", () => {
    expect(ending("skip", 3).map((o) => o.day)).toEqual(["2026-09-24", "2026-10-14", "2026-11-04"]);
    expect(ending("keep", 3).map((o) => o.day)).toEqual(["2026-09-24", "2026-10-04", "2026-10-14"]);
  });
  test("[CA3] a make-up Saturday is worked: nothing moves off it, and what moves may land on it", () => {
    const saturdays = occurrences(cadence("FREQ=WEEKLY;BYDAY=SA", { onDayOff: "skip" }), china, late, 1);
    expect(saturdays.map((o) => o.day)).toEqual(["2026-10-10"]);
    const eighth = new Map([...china.exceptions, ["2026-10-08", false], ["2026-10-09", false]] as const);
    expect(days("FREQ=MONTHLY;BYMONTHDAY=4", { onDayOff: "move" }, 1, late, { ...china, exceptions: eighth })).toEqual(["2026-10-10"]);
  });
  test("[CA3] days that move to the same day are one meeting, and that day's own stands for them", () => {
    const found = occurrences(cadence("FREQ=MONTHLY;BYMONTHDAY=4,5,8", { onDayOff: "move" }), china, "2026-09-30T00:00:00.000Z", 2);
    expect(found.map((o) => [o.on, o.day])).toEqual([
      ["2026-10-08", "2026-10-08"],
      ["2026-11-04", "2026-11-04"],
    ]);
  });
  test("[CA3] what was planned before today and moved on past it is still to come", () =>
    expect(occurrences(cadence("FREQ=MONTHLY;BYMONTHDAY=4", { onDayOff: "move" }), china, "2026-10-06T00:00:00.000Z", 1)[0]).toMatchObject({
      on: "2026-10-04",
      day: "2026-10-08",
    }));
});

describe("a year that is not announced", () => {
  const monthly = (rest: Partial<CadenceFields>, limit: number, calendar = china) =>
    occurrences(cadence("FREQ=MONTHLY;BYMONTHDAY=1", { onDayOff: "move", ...rest }), calendar, "2026-11-21T00:00:00.000Z", limit);
  test("[CA11] fixed holidays are days off all the same, unless the community says they are worked", () => {
    // The 1st of January 2027 is a Friday, the 1st of October too.
    expect(monthly({}, 11).map((o) => o.day)).toEqual(expect.arrayContaining(["2026-12-01", "2027-01-04", "2027-05-03", "2027-10-04"]));
    expect(isWorkingDay("2026-12-01", china)).toBe(true);
    for (const day of ["2027-01-01", "2028-05-01", "2028-05-02", "2029-10-01", "2029-10-02", "2029-10-03"]) {
      expect(isWorkingDay(day, china)).toBe(false);
      expect(isWorkingDay(day, { ...china, exceptions: new Map([[day, true]]) })).toBe(true);
      expect(isWorkingDay(day, { ...china, timeZone: "Europe/Berlin" })).toBe(true);
    }
    expect(isWorkingDay("2027-10-04", china)).toBe(true);
  });
  test("[CA11] its dates say they may move, until the year is written down; where days off are kept nothing moves", () => {
    const marks = (rest: Partial<CadenceFields>, calendar = china) => monthly(rest, 3, calendar).map((o) => o.unsettled);
    expect(marks({})).toEqual([false, true, true]);
    expect(marks({ onDayOff: "skip" })).toEqual([false, true, true]);
    expect(marks({ onDayOff: "keep" })).toEqual([false, false, false]);
    expect(marks({}, { ...china, exceptions: new Map([...china.exceptions, ["2027-02-08", false]] as const) })).toEqual([false, false, false]);
    expect(marks({}, { ...china, timeZone: "Europe/Berlin" })).toEqual([false, false, false]);
  });
});

test("[CA4] the time is the wall clock's on both sides of a change of clocks", () => {
  const berlin = { ...plain, timeZone: "Europe/Berlin" };
  const found = occurrences(cadence("FREQ=WEEKLY;BYDAY=SU"), berlin, "2026-03-20T00:00:00.000Z", 2);
  expect(found.map((o) => o.startsAt)).toEqual(["2026-03-22T18:00:00.000Z", "2026-03-29T17:00:00.000Z"]);
  const night = occurrences(cadence("FREQ=WEEKLY;BYDAY=SU", { time: "02:30" }), berlin, "2026-03-28T12:00:00.000Z", 1);
  // Half past two does not exist that night: it is the hour after, and the meeting is as long as ever.
  expect(night[0]).toMatchObject({ startsAt: "2026-03-29T01:30:00.000Z", endsAt: "2026-03-29T03:00:00.000Z" });
});

// The definition itself, the slow way: every day of five years is asked.
const dayNumber = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const facts = new Map<string, { y: number; m: number; d: number; length: number; weekday: number }>();
function factsOf(day: string) {
  const [y, m, d] = day.split("-").map(Number) as [number, number, number];
  const known = facts.get(day) ?? { y, m, d, length: new Date(Date.UTC(y, m, 0)).getUTCDate(), weekday: new Date(`${day}T00:00:00Z`).getUTCDay() };
  facts.set(day, known);
  return known;
}
function slowly(text: string, start: string, until: string): string[] {
  const rule = accepted(readRule(text));
  const startMonday = nextDay(start, -((factsOf(start).weekday + 6) % 7));
  const groups = new Map<string, string[]>();
  for (let day = nextDay(start, -400); day <= nextDay(until, 400); day = nextDay(day)) {
    const { y, m, d, length, weekday } = factsOf(day);
    const monday = nextDay(day, -((weekday + 6) % 7));
    const months = (y - Number(start.slice(0, 4))) * 12 + m - Number(start.slice(5, 7));
    const step = rule.freq === "WEEKLY" ? (dayNumber(monday) - dayNumber(startMonday)) / 7 : rule.freq === "MONTHLY" ? months : y - Number(start.slice(0, 4));
    if (step < 0 || step % rule.interval !== 0) continue;
    if (rule.byMonth.length > 0 && !rule.byMonth.includes(m)) continue;
    if (rule.byMonthDay.length > 0 && !rule.byMonthDay.some((n) => n === d || n === d - length - 1)) continue;
    const inYear = rule.freq === "YEARLY" && rule.byMonth.length === 0;
    const before = inYear ? Math.floor((dayNumber(day) - dayNumber(`${y}-01-01`)) / 7) + 1 : Math.ceil(d / 7);
    const after = inYear ? Math.floor((dayNumber(`${y}-12-31`) - dayNumber(day)) / 7) + 1 : Math.ceil((length - d + 1) / 7);
    const name = weekdays[(weekday + 6) % 7];
    if (rule.byDay.length > 0 && !rule.byDay.some((w) => w.weekday === name && (w.nth === 0 || w.nth === before || w.nth === -after))) continue;
    if (rule.byDay.length === 0 && rule.byMonthDay.length === 0) {
      if (rule.freq === "WEEKLY" && weekday !== factsOf(start).weekday) continue;
      if (rule.freq !== "WEEKLY" && d !== Number(start.slice(8))) continue;
      if (rule.freq === "YEARLY" && rule.byMonth.length === 0 && m !== Number(start.slice(5, 7))) continue;
    }
    const key = rule.freq === "WEEKLY" ? monday : rule.freq === "MONTHLY" ? day.slice(0, 7) : day.slice(0, 4);
    groups.set(key, [...(groups.get(key) ?? []), day]);
  }
  const picked = [...groups.values()].flatMap((set) =>
    rule.bySetPos.length === 0 ? set : set.filter((_, n) => rule.bySetPos.some((p) => p === n + 1 || p === n - set.length)),
  );
  return picked.filter((day) => day >= start && day <= until);
}

const someOf = <T>(values: readonly T[], most = 3) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most });
const part = (name: string, values: fc.Arbitrary<readonly (string | number)[]>) =>
  fc.option(
    values.map((list) => `;${name}=${list.join(",")}`),
    { nil: "" },
  );
const rules = fc.constantFrom("WEEKLY", "MONTHLY", "YEARLY").chain((freq) => {
  const names = freq === "WEEKLY" ? weekdays : weekdays.flatMap((w) => [w, `1${w}`, `3${w}`, `5${w}`, `-1${w}`]);
  const parts = [
    fc.constantFrom("", "", ";INTERVAL=2", ";INTERVAL=3"),
    part("BYMONTH", someOf([1, 2, 3, 6, 9, 11, 12])),
    freq === "WEEKLY" ? fc.constant("") : part("BYMONTHDAY", someOf([1, 4, 14, 24, 29, 30, 31, -1, -2])),
    part("BYDAY", someOf(names)),
  ];
  return fc
    .tuple(...parts, part("BYSETPOS", someOf([1, 2, -1], 2)))
    .map(([interval, months, dates, named, positions]) => `FREQ=${freq}${interval}${months}${dates}${named}${months || dates || named ? positions : ""}`);
});
const starts = fc.integer({ min: 0, max: 800 }).map((n) => nextDay("2026-01-01", n));

describe("any rule", () => {
  test("[CA1] gives the days its definition gives", () => {
    fc.assert(
      fc.property(rules, starts, (text, startsOn) => {
        // One meeting a day, kept on its day: what is found is the rule's own days.
        const now = `${nextDay(startsOn, -1)}T00:00:00.000Z`;
        const until = nextDay(startsOn, 365 * 3);
        const found = days(text, { startsOn }, 12, now).filter((day) => day <= until);
        expect(found).toEqual(slowly(text, startsOn, until).slice(0, 12));
      }),
      { numRuns: 120, seed: 5545 },
    );
  });
  test("[CA1] agrees with an independent reader wherever a rule has one part", () => {
    const simple = rules.filter(
      (text) => text.replace(/;INTERVAL=\d+/, "").split(";").length <= 2 && !/YEARLY.*BYMONTH/.test(text) && !/(WEEKLY|MONTHLY).*BYMONTH=/.test(text),
    );
    fc.assert(
      fc.property(simple, starts, (text, startsOn) => {
        const reader = ICAL.Recur.fromString(text).iterator(ICAL.Time.fromDateString(startsOn));
        const theirs = Array.from({ length: 6 }, () => reader.next()?.toString().slice(0, 10) ?? "");
        const ours = days(text, { startsOn }, 6, `${nextDay(startsOn, -1)}T00:00:00.000Z`);
        expect(ours).toEqual(theirs.slice(0, ours.length));
      }),
      { numRuns: 200, seed: 5546 },
    );
  });
  test("[CA3] ascends strictly, one a day, and never falls on a day off unless days off are kept", () => {
    fc.assert(
      fc.property(rules, starts, fc.constantFrom(...onDayOffs), fc.integer({ min: -30, max: 900 }), (rule, startsOn, onDayOff, later) => {
        const now = `${nextDay(startsOn, later)}T12:00:00.000Z`;
        const found = occurrences(cadence(rule, { startsOn, onDayOff }), china, now, 20);
        for (const [n, o] of found.entries()) {
          expect(o.startsAt > now && o.on >= startsOn && o.day >= o.on).toBe(true);
          if (n > 0) expect(o.day > (found[n - 1]?.day ?? "")).toBe(true);
          if (onDayOff !== "keep") expect(isWorkingDay(o.day, china)).toBe(true);
          if (onDayOff !== "move") expect(o.day).toBe(o.on);
          expect(Date.parse(o.endsAt) - Date.parse(o.startsAt)).toBe(90 * 60_000);
        }
      }),
      { numRuns: 200, seed: 5547 },
    );
  });
  test("[CA1] is kept in one spelling, which reads as the same rule", () => {
    fc.assert(
      fc.property(rules, (text) => {
        const rule = accepted(readRule(text));
        expect(accepted(readRule(ruleText(rule)))).toEqual(rule);
        expect(presetRule(presetOf(ruleText(rule)))).toBe(ruleText(rule));
      }),
      { seed: 5548 },
    );
  });
  test("[CA2] any text is read or refused, never thrown at", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 200 }), fc.stringMatching(/^(FREQ|BYDAY|BYSETPOS|INTERVAL)=[A-Z0-9,;=+-]{0,80}$/)),
        (text) => void readRule(text),
      ),
      { numRuns: 1000, seed: 5549 },
    );
  });
});
