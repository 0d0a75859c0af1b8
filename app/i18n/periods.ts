// How a stretch of days is called.
import { localDay } from "../domain/clock";
import type { Period } from "../domain/period";
import type { ShownLocale, T } from "./engine";

const language = (locale: ShownLocale) => (locale === "zh-CN" ? "zh-CN" : "en-GB");
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

/** 2026年5月, 2026年第2季度, 2026年, 2026年3月4日到2026年5月12日. */
export function periodWords(t: T, locale: ShownLocale, period: Period): string {
  const year = period.from.slice(0, 4);
  const format = (options: Intl.DateTimeFormatOptions, day: string) =>
    new Intl.DateTimeFormat(language(locale), { timeZone: "UTC", ...options }).format(noon(day));
  switch (period.kind) {
    case "month":
      return t("period.month", { month: format({ year: "numeric", month: "long" }, period.from) });
    case "quarter":
      return t("period.quarter", { year, q: Math.ceil(Number(period.from.slice(5, 7)) / 3) });
    case "year":
      return t("period.year", { year });
    case "days": {
      const day = { year: "numeric", month: "long", day: "numeric" } as const;
      return t("period.days", { from: format(day, period.from), to: format(day, period.to) });
    }
  }
}

/** 5月: a month among others, where the year is plain. */
export const monthWords = (t: T, locale: ShownLocale, period: Period): string =>
  t("period.month", { month: new Intl.DateTimeFormat(language(locale), { timeZone: "UTC", month: "short" }).format(noon(period.from)) });

/** Until when what is still open is counted: the month's end, or today while it lasts. `day`: the day it was made, in words. */
export const untilWords = (t: T, { period, madeAt, timeZone }: { period: Period; madeAt: string; timeZone: string }, day: string): string =>
  localDay(madeAt, timeZone) <= period.to ? t("report.until.today", { day }) : t("report.until.end");
