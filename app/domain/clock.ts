// How long a level has, and what light a deadline shows. All times are ISO text in UTC.
import { isFixedHoliday } from "./holidays";
import { type Refused, refuse } from "./refusal";
import type { BodyKind, Category, Track } from "./vocabulary";

export type Unit = "hours" | "workingDays";
export type ClockRule = {
  bodyKind: BodyKind;
  track: Track;
  /** Empty: every category without a rule of its own. */
  category: Category | "";
  respondAmount: number;
  respondUnit: Unit;
  settleAmount: number;
  settleUnit: Unit;
};

/** A community's days: its time zone, when a working day ends, and the days that differ from Monday to Friday. */
export type Calendar = { timeZone: string; dayEndsAt: string; exceptions: ReadonlyMap<string, boolean> };

export type Deadlines = { respondBy: string; settleBy: string };

const dayMs = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();
function partsOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** The wall clock of `instant` in `timeZone`, as "YYYY-MM-DDTHH:MM:SS". */
export function wallClock(instant: string, timeZone: string): string {
  const part = new Map(
    partsOf(timeZone)
      .formatToParts(new Date(instant))
      .map((p) => [p.type, p.value]),
  );
  return `${part.get("year")}-${part.get("month")}-${part.get("day")}T${part.get("hour")}:${part.get("minute")}:${part.get("second")}`;
}

/** The local calendar day of `instant`, YYYY-MM-DD. */
export const localDay = (instant: string, timeZone: string): string => wallClock(instant, timeZone).slice(0, 10);

/** The instant at which the wall clock of `timeZone` shows `day` and `time` (HH:MM). In a gap of daylight saving it is the hour after. */
export function atLocal(day: string, time: string, timeZone: string): string {
  const wanted = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}Z`);
  let guess = wanted;
  // Two rounds settle every zone: the first offset may lie on the other side of a change of clocks.
  for (let round = 0; round < 2; round++) {
    const shown = Date.parse(`${wallClock(new Date(guess).toISOString(), timeZone)}Z`);
    guess += wanted - shown;
  }
  return new Date(guess).toISOString();
}

export const nextDay = (day: string, step = 1): string => new Date(Date.parse(`${day}T00:00:00Z`) + step * dayMs).toISOString().slice(0, 10);

/** Nothing is planned further off than this, in years: it would be a slip of the pen. */
export const farthestYears = 10;

/** Refused, naming the field: a day more than ten years before or after `now` (a day or an instant). Null when it is near enough. */
export function tooFar(day: string, now: string, field: string): Refused | null {
  const off = Math.abs(Date.parse(day.slice(0, 10)) - Date.parse(now.slice(0, 10)));
  return off > farthestYears * 366 * dayMs ? refuse("day.farAway", { max: farthestYears }, field) : null;
}

/** Whether `day` is worked: the community's exceptions first (holidays, make-up days), then the country's fixed holidays, else Monday to Friday. */
export function isWorkingDay(day: string, calendar: Calendar): boolean {
  const exception = calendar.exceptions.get(day);
  if (exception !== undefined) return exception;
  if (isFixedHoliday(day, calendar.timeZone)) return false;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** `amount` hours later, or the end of the `amount`-th working day after today. */
export function dueAfter(start: string, amount: number, unit: Unit, calendar: Calendar): string {
  if (unit === "hours") return new Date(Date.parse(start) + amount * 3_600_000).toISOString();
  let day = localDay(start, calendar.timeZone);
  for (let left = amount; left > 0; ) {
    day = nextDay(day);
    if (isWorkingDay(day, calendar)) left--;
  }
  return atLocal(day, calendar.dayEndsAt, calendar.timeZone);
}

/** What a community begins with; each figure is its own to change. Hours run through nights and holidays. */
export const standardClocks = (bodyKind: BodyKind, track: Track): ClockRule => {
  const slow = bodyKind === "jointMeeting" || bodyKind === "street";
  const council = bodyKind === "council";
  const rule = { bodyKind, track, category: "" as const };
  if (track === "urgent") return { ...rule, respondAmount: 2, respondUnit: "hours", settleAmount: slow ? 72 : council ? 48 : 24, settleUnit: "hours" };
  const settle = track === "minor" ? (slow ? 15 : council ? 10 : 5) : slow ? 60 : council ? 30 : 10;
  return { ...rule, respondAmount: slow ? 5 : council ? 3 : 2, respondUnit: "workingDays", settleAmount: settle, settleUnit: "workingDays" };
};

/** How far deadlines may be put off at one level, how long what a level owes may take, and what a task is given. */
export type ClockLimits = {
  /** How often at one level. */
  extensions: number;
  /** By how many working days each time at most; hours where the level's time is counted in hours. */
  extensionDays: number;
  extensionHours: number;
  /** An overdue issue waits for a meeting that begins within so many working days. */
  meetingDays: number;
  /** Working days to acknowledge what came down. */
  acknowledgeDays: number;
  /** Working days an ordered answer may be given at most. */
  orderDays: number;
  /** How often a task is given more time. */
  taskExtensions: number;
  /** Working days to mend a task of which those it was done for say it is not. */
  taskMendDays: number;
};

export const standardLimits: ClockLimits = {
  extensions: 1,
  extensionDays: 5,
  extensionHours: 24,
  meetingDays: 10,
  acknowledgeDays: 3,
  orderDays: 30,
  taskExtensions: 2,
  taskMendDays: 5,
};
export const limitNames = Object.keys(standardLimits) as (keyof ClockLimits)[];

/** The rule that counts for a matter: the category's own, else the one for any category, else the standard. */
export function ruleFor(rules: readonly ClockRule[], bodyKind: BodyKind, track: Track, category: Category): ClockRule {
  const fits = rules.filter((r) => r.bodyKind === bodyKind && r.track === track);
  return fits.find((r) => r.category === category) ?? fits.find((r) => r.category === "") ?? standardClocks(bodyKind, track);
}

/** A first word is never due after the outcome: 24 hours may be longer than the one working day the rule gives it. */
export function deadlines(start: string, rule: ClockRule, calendar: Calendar): Deadlines {
  const respondBy = dueAfter(start, rule.respondAmount, rule.respondUnit, calendar);
  const settleBy = dueAfter(start, rule.settleAmount, rule.settleUnit, calendar);
  return respondBy > settleBy ? { respondBy: settleBy, settleBy } : { respondBy, settleBy };
}

/** What a clock counts in, until the first word and until the outcome. */
export type Units = Pick<ClockRule, "respondUnit" | "settleUnit">;

/** One deadline after a pause. Hours are moved on by as long as the clock stood still; of working days those that were still to come count from the answer. */
function movedOn(at: string, pausedAt: string, now: string, unit: Unit, calendar: Calendar): string {
  if (at <= pausedAt || now <= pausedAt) return at;
  if (unit === "hours") return new Date(Date.parse(at) + Date.parse(now) - Date.parse(pausedAt)).toISOString();
  const [asked, last, answered] = [pausedAt, at, now].map((instant) => localDay(instant, calendar.timeZone)) as [string, string, string];
  if (answered === asked) return at;
  let left = 0;
  for (let day = nextDay(asked); day <= last; day = nextDay(day)) if (isWorkingDay(day, calendar)) left++;
  // Whoever asked on the last day has the day after the answer.
  return dueAfter(now, Math.max(1, left), "workingDays", calendar);
}

/** Deadlines after a pause, each by its own unit; one that had passed before stays, and no first word is due after the outcome. */
export function resume(due: Deadlines, pausedAt: string, now: string, units: Units, calendar: Calendar): Deadlines {
  const settleBy = movedOn(due.settleBy, pausedAt, now, units.settleUnit, calendar);
  const respondBy = movedOn(due.respondBy, pausedAt, now, units.respondUnit, calendar);
  return respondBy > settleBy ? { respondBy: settleBy, settleBy } : { respondBy, settleBy };
}

/** `amount` more of `unit` on a deadline that is counted in `counted`: one in working days ends at the closing time of a worked day, whatever is added. */
export function putOff(due: string, amount: number, unit: Unit, counted: Unit, calendar: Calendar): string {
  const later = dueAfter(due, amount, unit, calendar);
  if (unit === counted || counted === "hours") return later;
  const day = localDay(later, calendar.timeZone);
  const closing = atLocal(day, calendar.dayEndsAt, calendar.timeZone);
  return isWorkingDay(day, calendar) && later <= closing ? closing : dueAfter(later, 1, "workingDays", calendar);
}

export type Light = {
  state: "ok" | "soon" | "late" | "paused" | "done";
  left: { unit: "days" | "hours" | "minutes"; n: number } | null;
  due: string | null;
};

/** Green in time, yellow when at most a fifth of the time is left, red when over. `left.n` counts up once overdue. */
export function light(since: string, due: string, now: string, timeZone: string): Light {
  const total = Date.parse(due) - Date.parse(since);
  const left = Date.parse(due) - Date.parse(now);
  const state = left < 0 ? "late" : left * 5 <= total ? "soon" : "ok";
  return { state, left: distance(now, due, timeZone), due };
}

function distance(now: string, due: string, timeZone: string): Light["left"] {
  const days = Math.abs((Date.parse(`${localDay(due, timeZone)}T00:00:00Z`) - Date.parse(`${localDay(now, timeZone)}T00:00:00Z`)) / dayMs);
  if (days >= 1) return { unit: "days", n: days };
  const minutes = Math.max(1, Math.round(Math.abs(Date.parse(due) - Date.parse(now)) / 60_000));
  return minutes >= 60 ? { unit: "hours", n: Math.round(minutes / 60) } : { unit: "minutes", n: minutes };
}

export const pausedLight: Light = { state: "paused", left: null, due: null };
export const doneLight: Light = { state: "done", left: null, due: null };
