// Dates as papers write them: always with the year, Arabic figures, no leading zeros (GB/T 9704-2012, 7.3.5.4).
import { localDay, wallClock } from "../domain/clock";
import type { Locale } from "../domain/vocabulary";

/** 2026年3月4日, 4 March 2026, of a local day YYYY-MM-DD. */
export const longDay = (locale: Locale, day: string): string =>
  new Intl.DateTimeFormat(locale === "zh-CN" ? "zh-CN" : "en-GB", { timeZone: "UTC", year: "numeric", month: "long", day: "numeric" }).format(
    new Date(`${day}T12:00:00Z`),
  );
/** The same of an instant, in the community's zone. */
export const longDate = (locale: Locale, timeZone: string, at: string): string => longDay(locale, localDay(at, timeZone));
/** 19:05 */
export const shortTime = (timeZone: string, at: string): string => wallClock(at, timeZone).slice(11, 16);
export const longDateTime = (locale: Locale, timeZone: string, at: string): string =>
  `${longDate(locale, timeZone, at)}${locale === "zh-CN" ? "" : ", "}${shortTime(timeZone, at)}`;
