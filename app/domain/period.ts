// Stretches of days people count by: a month, a quarter, a year, or any from one day to another, on the community's calendar.
import { atLocal, nextDay } from "./clock";
import { day } from "./input";

export type Period = { kind: "month" | "quarter" | "year" | "days"; code: string; from: string; to: string };
/** The same as instants: `from` belongs to it, `until` does not. */
export type Span = { from: string; until: string };

const two = (n: number) => String(n).padStart(2, "0");
const lastDay = (year: number, month: number): string => nextDay(month === 12 ? `${year + 1}-01-01` : `${year}-${two(month + 1)}-01`, -1);
const isDay = (text: string): boolean => day.safeParse(text).success;

export const monthOf = (year: number, month: number): Period => ({
  kind: "month",
  code: `${year}-${two(month)}`,
  from: `${year}-${two(month)}-01`,
  to: lastDay(year, month),
});
export const quarterOf = (year: number, quarter: number): Period => ({
  kind: "quarter",
  code: `${year}-q${quarter}`,
  from: `${year}-${two(quarter * 3 - 2)}-01`,
  to: lastDay(year, quarter * 3),
});
export const yearOf = (year: number): Period => ({ kind: "year", code: String(year), from: `${year}-01-01`, to: `${year}-12-31` });

/** The month, or quarter, that holds a day. */
export const monthAround = (day: string): Period => monthOf(Number(day.slice(0, 4)), Number(day.slice(5, 7)));
export const quarterAround = (day: string): Period => quarterOf(Number(day.slice(0, 4)), Math.ceil(Number(day.slice(5, 7)) / 3));
export const yearAround = (day: string): Period => yearOf(Number(day.slice(0, 4)));
/** The month before. */
export const monthBefore = (month: Period): Period => monthAround(nextDay(month.from, -1));

/** What people write: 2026, 2026-q2, 2026-05, or 2026-03-04..2026-05-12. Years from 1900 to 2199. Null when it is none, ends before it begins, or is longer than ten years. */
export function periodOf(code: string): Period | null {
  const [, year, rest] = /^((?:19|20|21)\d\d)(?:-(q[1-4]|0[1-9]|1[0-2]))?$/.exec(code) ?? [];
  if (year) {
    if (!rest) return yearOf(Number(year));
    return rest.startsWith("q") ? quarterOf(Number(year), Number(rest.slice(1))) : monthOf(Number(year), Number(rest));
  }
  const [from = "", to = "", more] = code.split("..");
  if (more !== undefined || !isDay(from) || !isDay(to) || to < from || Date.parse(to) - Date.parse(from) > 3653 * 86_400_000) return null;
  return { kind: "days", code, from, to };
}

/** Whole days, as instants in the community's zone. */
export const spanOf = (period: Pick<Period, "from" | "to">, timeZone: string): Span => ({
  from: atLocal(period.from, "00:00", timeZone),
  until: atLocal(nextDay(period.to), "00:00", timeZone),
});

/** The last `n` months up to the one a period ends in, the oldest first. */
export function monthsUpTo(day: string, n: number): Period[] {
  const months: Period[] = [];
  for (let month = monthAround(day); months.length < n; month = monthBefore(month)) months.unshift(month);
  return months;
}
