// When a body meets, as a rule: the parts of RFC 5545's RRULE that meetings need, expanded period by period by their
// definition, so that no rule can make it search. Days are YYYY-MM-DD of the community's own calendar.
import { z } from "zod";
import { atLocal, type Calendar, isWorkingDay, localDay, nextDay } from "./clock";
import { isUnannounced } from "./holidays";
import { day, line, wholeNumber } from "./input";
import { accept, type Outcome, refuse } from "./refusal";

export const onDayOffs = ["move", "skip", "keep"] as const;
/** What happens when a day the rule gives is not worked: the next working day, not at all, or all the same. */
export type OnDayOff = (typeof onDayOffs)[number];

export type Cadence = {
  /** RRULE text in our own spelling (`ruleText`). */
  rule: string;
  /** The first day it may give; where every second week or third month is counted from. */
  startsOn: string;
  /** HH:MM on the community's wall clock. */
  time: string;
  minutes: number;
  place: string;
  onDayOff: OnDayOff;
  setAt: string;
};

/** One meeting a cadence gives: the day of the rule, the day it falls on (later when that was not worked), its instants. */
export type Occurrence = {
  on: string;
  day: string;
  startsAt: string;
  endsAt: string;
  /** Its year's holidays are not announced yet, and it gives way to days off: it may still move. */
  unsettled: boolean;
};

export const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof weekdays)[number];

export type Rule = {
  freq: "WEEKLY" | "MONTHLY" | "YEARLY";
  interval: number;
  byMonth: readonly number[];
  byMonthDay: readonly number[];
  /** `nth` is 0 for every such day, negative when counted from the end. */
  byDay: readonly { nth: number; weekday: Weekday }[];
  bySetPos: readonly number[];
};

export const cadenceFields = z.object({
  rule: line(200),
  startsOn: day,
  time: z.string({ error: "time.malformed" }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "time.malformed" }),
  minutes: wholeNumber(15, 480, "minutes.malformed"),
  place: line(80),
  onDayOff: z.enum(onDayOffs, { error: "choice.missing" }),
});
export type CadenceFields = z.infer<typeof cadenceFields>;

/** How far ahead a cadence is looked at, and how far from today it may start. */
const years = 5;
/** A day off is moved on by at most so many days: longer than any holiday. */
const longestHoliday = 60;

const dayMs = 86_400_000;
const numberOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / dayMs;
const dayOf = (n: number): string => new Date(n * dayMs).toISOString().slice(0, 10);
const pad = (n: number, to: number) => String(n).padStart(to, "0");
const firstOfMonth = (month: number): number => numberOf(`${pad(Math.floor(month / 12), 4)}-${pad((month % 12) + 1, 2)}-01`);
const laterBy = (text: string, more: number): string => `${pad(Number(text.slice(0, 4)) + more, 4)}${text.slice(4).replace("02-29", "02-28")}`;

const inRule = (code: string, params: Record<string, string | number> = {}) => refuse(code, params, "rule");

/** Whole numbers of a part; null when one is not, or lies outside. Negative ones count from the end where `fromEnd`. */
function figures(value: string, max: number, fromEnd: boolean): number[] | null {
  const list = value.split(",").map((piece) => (/^[+-]?\d{1,3}$/.test(piece) ? Number(piece) : 0));
  const bad = list.some((n) => n === 0 || Math.abs(n) > max || (n < 0 && !fromEnd));
  return bad ? null : [...new Set(list)];
}

function weekdaysOf(value: string, max: number): { nth: number; weekday: Weekday }[] | null {
  const list = value.split(",").map((piece) => {
    const [, nth, name] = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(piece) ?? [];
    return name === undefined || (nth !== undefined && (Number(nth) === 0 || Math.abs(Number(nth)) > max)) ? null : { nth: Number(nth ?? 0), weekday: name };
  });
  return list.includes(null) ? null : (list as { nth: number; weekday: Weekday }[]);
}

const known = ["FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS"] as const;

/** Read an RRULE. Refused, naming the part: one that is unknown, given twice, malformed, or has no place beside the others. */
export function readRule(text: string): Outcome<Rule> {
  const parts = new Map<string, string>();
  for (const piece of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, "")
    .split(";")) {
    const [part = "", value = "", ...more] = piece.split("=");
    if (!(known as readonly string[]).includes(part)) return inRule("cadence.unknownPart", { part: part.slice(0, 20) });
    if (parts.has(part)) return inRule("cadence.partTwice", { part });
    if (value === "" || more.length > 0) return inRule("cadence.emptyPart", { part });
    parts.set(part, value);
  }
  const freq = parts.get("FREQ");
  if (freq !== "WEEKLY" && freq !== "MONTHLY" && freq !== "YEARLY") return inRule("cadence.badFreq");
  const list = (part: string, max: number, fromEnd: boolean) => (parts.has(part) ? figures(parts.get(part) ?? "", max, fromEnd) : []);
  const interval = list("INTERVAL", 60, false);
  if (interval === null || interval.length > 1) return inRule("cadence.badInterval");
  const byMonth = list("BYMONTH", 12, false);
  if (!byMonth) return inRule("cadence.badMonth");
  const byMonthDay = list("BYMONTHDAY", 31, true);
  if (!byMonthDay) return inRule("cadence.badMonthDay");
  if (freq === "WEEKLY" && byMonthDay.length > 0) return inRule("cadence.monthDayInWeek");
  const byDay = parts.has("BYDAY") ? weekdaysOf(parts.get("BYDAY") ?? "", freq === "YEARLY" && byMonth.length === 0 ? 53 : 5) : [];
  if (!byDay) return inRule("cadence.badDay");
  if (freq === "WEEKLY" && byDay.some((d) => d.nth !== 0)) return inRule("cadence.nthInWeek");
  const bySetPos = list("BYSETPOS", 366, true);
  if (!bySetPos) return inRule("cadence.badSetPos");
  if (bySetPos.length > 0 && byDay.length + byMonthDay.length + byMonth.length === 0) return inRule("cadence.setPosAlone");
  return accept({ freq, interval: interval[0] ?? 1, byMonth, byMonthDay, byDay, bySetPos });
}

/** A rule as RRULE text: the same rule always in the same words. */
export function ruleText(rule: Rule): string {
  const list = (part: string, values: readonly (string | number)[]) => (values.length > 0 ? [`${part}=${values.join(",")}`] : []);
  return [
    `FREQ=${rule.freq}`,
    ...(rule.interval > 1 ? [`INTERVAL=${rule.interval}`] : []),
    ...list("BYMONTH", rule.byMonth),
    ...list("BYMONTHDAY", rule.byMonthDay),
    ...list(
      "BYDAY",
      rule.byDay.map((d) => `${d.nth === 0 ? "" : d.nth}${d.weekday}`),
    ),
    ...list("BYSETPOS", rule.bySetPos),
  ].join(";");
}

/** Which week (from Monday), month or year a day is in, counted on from year 0; and that period's first day. */
const unitOf: Record<Rule["freq"], (n: number) => number> = {
  WEEKLY: (n) => Math.floor((n + 3) / 7),
  MONTHLY: (n) => Number(dayOf(n).slice(0, 4)) * 12 + Number(dayOf(n).slice(5, 7)) - 1,
  YEARLY: (n) => Number(dayOf(n).slice(0, 4)),
};
const firstDayOf: Record<Rule["freq"], (unit: number) => number> = {
  WEEKLY: (unit) => unit * 7 - 3,
  MONTHLY: firstOfMonth,
  YEARLY: (unit) => firstOfMonth(unit * 12),
};

/** Whether the n-th of `length` days is the `wanted`-th, counted from the end when negative. */
const isNth = (wanted: number, n: number, length: number): boolean => (wanted > 0 ? n === wanted : n === length + wanted + 1);

/** Whether the rule's parts take this day, before BYSETPOS picks among those it takes. */
function takes(rule: Rule, n: number, start: string): boolean {
  const text = dayOf(n);
  const month = unitOf.MONTHLY(n);
  const [inMonth, date] = [Number(text.slice(5, 7)), Number(text.slice(8))];
  const length = firstOfMonth(month + 1) - firstOfMonth(month);
  if (rule.byMonth.length > 0 && !rule.byMonth.includes(inMonth)) return false;
  if (rule.byMonthDay.length > 0 && !rule.byMonthDay.some((wanted) => isNth(wanted, date, length))) return false;
  if (rule.byDay.length > 0) {
    const weekday = weekdays[(((n + 3) % 7) + 7) % 7];
    // Ordinals count within the month; within the year when a yearly rule names no months.
    const first = rule.freq === "YEARLY" && rule.byMonth.length === 0 ? firstDayOf.YEARLY(unitOf.YEARLY(n)) : firstOfMonth(month);
    const end = rule.freq === "YEARLY" && rule.byMonth.length === 0 ? firstDayOf.YEARLY(unitOf.YEARLY(n) + 1) : firstOfMonth(month + 1);
    return rule.byDay.some(
      (d) => d.weekday === weekday && (d.nth === 0 || (d.nth > 0 ? Math.floor((n - first) / 7) === d.nth - 1 : Math.floor((end - 1 - n) / 7) === -d.nth - 1)),
    );
  }
  if (rule.byMonthDay.length > 0) return true;
  // What no part says, the first day says.
  if (rule.freq === "WEEKLY") return (n - numberOf(start)) % 7 === 0;
  if (date !== Number(start.slice(8))) return false;
  return rule.freq === "MONTHLY" || rule.byMonth.length > 0 || inMonth === Number(start.slice(5, 7));
}

/** Days the rule gives from `from` on, ascending, within five years. At most some 2,000 days are looked at, whatever the rule. */
function* daysOf(rule: Rule, start: string, from: string): Generator<string> {
  const [since, until] = [Math.max(numberOf(from), numberOf(start)), numberOf(laterBy(from, years))];
  const [unit, firstDay] = [unitOf[rule.freq], firstDayOf[rule.freq]];
  const begin = unit(numberOf(start));
  for (let at = begin + Math.max(0, Math.floor((unit(since) - begin) / rule.interval)) * rule.interval; firstDay(at) <= until; at += rule.interval) {
    const period = Array.from({ length: firstDay(at + 1) - firstDay(at) }, (_, n) => firstDay(at) + n);
    const taken = period.filter((n) => takes(rule, n, start));
    const picked = rule.bySetPos.length > 0 ? taken.filter((_, n) => rule.bySetPos.some((wanted) => isNth(wanted, n + 1, taken.length))) : taken;
    for (const n of picked) if (n >= since && n <= until) yield dayOf(n);
  }
}

/** The day a meeting of `on` is held; null when it is not. */
function heldOn(on: string, onDayOff: OnDayOff, calendar: Calendar): string | null {
  if (onDayOff === "keep" || isWorkingDay(on, calendar)) return on;
  if (onDayOff === "skip") return null;
  for (let later = 1; later <= longestHoliday; later++) if (isWorkingDay(nextDay(on, later), calendar)) return nextDay(on, later);
  return null;
}

/** From which day on a calendar must be known to tell what comes after `now`. */
export const calendarFrom = (now: string, timeZone: string): string => nextDay(localDay(now, timeZone), -longestHoliday - 1);

/**
 * The next meetings of a cadence that begin after `now`, at most `limit`, ascending, at most one a day: where several days
 * off move to the same day there is one meeting. The time is the wall clock's, whatever its offset that day.
 */
export function occurrences(
  cadence: Pick<CadenceFields, "rule" | "startsOn" | "time" | "minutes" | "onDayOff">,
  calendar: Calendar,
  now: string,
  limit: number,
): Occurrence[] {
  const read = readRule(cadence.rule);
  if (!read.ok) throw new Error(`A cadence holds a rule that cannot be read: ${read.refusal.code}.`);
  const { startsOn, time, minutes, onDayOff } = cadence;
  const found: Occurrence[] = [];
  for (const on of daysOf(read.value, startsOn, calendarFrom(now, calendar.timeZone))) {
    const held = heldOn(on, onDayOff, calendar);
    if (held === null) continue;
    const startsAt = atLocal(held, time, calendar.timeZone);
    if (startsAt <= now) continue;
    // The day's own meeting stands for those that would move onto it.
    if (found.at(-1)?.day === held) {
      if (on === held) found.pop();
      else continue;
    }
    if (found.length === limit) break;
    const unsettled = onDayOff !== "keep" && isUnannounced(held.slice(0, 4), localDay(now, calendar.timeZone).slice(0, 4), calendar);
    found.push({ on, day: held, startsAt, endsAt: new Date(Date.parse(startsAt) + minutes * 60_000).toISOString(), unsettled });
  }
  return found;
}

/** A cadence worth keeping, its rule in our spelling. Refused: what cannot be read, a start too far off, an end past midnight, a rule that gives no day. */
export function checkCadence(fields: CadenceFields, calendar: Calendar, now: string): Outcome<CadenceFields> {
  const read = readRule(fields.rule);
  if (!read.ok) return read;
  const today = localDay(now, calendar.timeZone);
  if (fields.startsOn < laterBy(today, -years) || fields.startsOn > laterBy(today, years)) return refuse("cadence.startsTooFar", { years }, "startsOn");
  const [hour = 0, minute = 0] = fields.time.split(":").map(Number);
  if (hour * 60 + minute + fields.minutes >= 24 * 60) return refuse("cadence.pastMidnight", {}, "minutes");
  const checked = { ...fields, rule: ruleText(read.value) };
  if (occurrences(checked, calendar, now, 1).length === 0) return inRule("cadence.never", { years });
  return accept(checked);
}

/** Rules people can say in a sentence; any other is a rule of their own. */
export type Preset =
  | { kind: "nth"; nth: number; weekday: Weekday }
  | { kind: "monthDays"; days: readonly number[] }
  | { kind: "ending"; digit: number }
  | { kind: "weekly"; every: number; weekday: Weekday }
  /** In the first, second or third month of each quarter. */
  | { kind: "quarter"; month: number; nth: number; weekday: Weekday }
  | { kind: "own"; rule: string };
export const presetKinds = ["nth", "monthDays", "ending", "weekly", "quarter", "own"] as const satisfies readonly Preset["kind"][];
export const nths = [1, 2, 3, 4, -1] as const;

const endingIn = (digit: number): number[] => [digit, digit + 10, digit + 20, digit + 30].filter((d) => d >= 1 && d <= (digit === 0 ? 30 : 31));
const quarterMonths = (month: number): number[] => [0, 3, 6, 9].map((n) => n + month);

export function presetRule(preset: Preset): string {
  switch (preset.kind) {
    case "nth":
      return `FREQ=MONTHLY;BYDAY=${preset.nth}${preset.weekday}`;
    case "monthDays":
      return `FREQ=MONTHLY;BYMONTHDAY=${preset.days.join(",")}`;
    case "ending":
      return `FREQ=MONTHLY;BYMONTHDAY=${endingIn(preset.digit).join(",")}`;
    case "weekly":
      // Anything but 1 is written down, and what is no such figure refused where the rule is read.
      return `FREQ=WEEKLY${preset.every === 1 ? "" : `;INTERVAL=${preset.every}`};BYDAY=${preset.weekday}`;
    case "quarter":
      return `FREQ=YEARLY;BYMONTH=${quarterMonths(preset.month).join(",")};BYDAY=${preset.nth}${preset.weekday}`;
    case "own":
      return preset.rule;
  }
}

/** The sentence a rule can be said in, if there is one. */
export function presetOf(rule: string): Preset {
  const read = readRule(rule);
  if (!read.ok) return { kind: "own", rule };
  const { freq, interval, byMonth, byMonthDay, byDay } = read.value;
  const [one] = byDay;
  const weekday = one?.weekday ?? "MO";
  const nth = one?.nth ?? 1;
  const digits = [4, 5, 6, 7, 8, 9, 0, 1, 2, 3];
  const guesses: Preset[] = [
    { kind: "nth", nth, weekday },
    ...digits.map((digit): Preset => ({ kind: "ending", digit })),
    { kind: "monthDays", days: byMonthDay },
    { kind: "weekly", every: interval, weekday },
    { kind: "quarter", month: byMonth[0] ?? 1, nth, weekday },
  ];
  const usual = (nths as readonly number[]).includes(nth) || freq === "WEEKLY";
  return (
    (usual ? guesses.find((guess) => presetRule(guess) === rule && (guess.kind !== "monthDays" || byMonthDay.every((d) => d > 0))) : undefined) ?? {
      kind: "own",
      rule,
    }
  );
}
