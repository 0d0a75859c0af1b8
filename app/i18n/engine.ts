// Words for codes. i18next chooses plurals and fills places; the keys are typed from the Chinese, which defines them.

import i18next from "i18next";
import { languages } from "#languages";
import type { Locale } from "../domain/vocabulary";
import type zh from "./zh-CN";

/** en-XA is made from English at run time: every message marked and accented, so that a word that went round it shows. */
export type ShownLocale = Locale | "en-XA";

type Raw = keyof typeof zh;
/** A key without its plural ending. */
export type Key = Raw extends infer K ? (K extends `${infer Stem}_other` ? Stem : K) : never;
export type Params = Record<string, string | number>;
export type T = (key: Key, params?: Params) => string;

const accents: Record<string, string> = {
  a: "á",
  e: "é",
  i: "í",
  o: "ó",
  u: "ú",
  c: "ç",
  n: "ñ",
  y: "ý",
  A: "Á",
  E: "É",
  I: "Í",
  O: "Ó",
  U: "Ú",
  C: "Ç",
  N: "Ñ",
};
const pseudo = (text: string): string => `⟦${text.replace(/\{\{.*?\}\}|[a-zA-Z]/g, (piece) => (piece.startsWith("{{") ? piece : (accents[piece] ?? piece)))}⟧`;

/** Words that are data in both languages, as a procedure's are. */
export const inLocale = (locale: ShownLocale, text: { zh: string; en: string }): string =>
  locale === "zh-CN" ? text.zh : locale === "en-XA" ? pseudo(text.en) : text.en;

function messages(locale: ShownLocale): Record<string, string> {
  const words = languages[locale === "zh-CN" ? "zh-CN" : "en"];
  if (!words) throw new Error(`${locale} was not fetched before its words were asked for.`);
  return locale === "en-XA" ? Object.fromEntries(Object.entries(words).map(([key, text]) => [key, pseudo(text)])) : words;
}

const made = new Map<ShownLocale, { t: T; has: (key: string) => boolean }>();

function engine(locale: ShownLocale) {
  let known = made.get(locale);
  if (!known) {
    const instance = i18next.createInstance();
    // The pseudo-locale borrows English's plurals.
    const lng = locale === "en-XA" ? "en" : locale;
    instance.init({
      lng,
      initAsync: false,
      keySeparator: false,
      nsSeparator: false,
      interpolation: { escapeValue: false },
      resources: { [lng]: { translation: messages(locale) } },
    });
    // i18next would derive a union of every key's shape here; ours is typed by Key already.
    const say = instance.t as (key: string, params: Params) => string;
    known = { t: (key, params) => say(key, withCount(params)), has: (key) => instance.exists(key) };
    made.set(locale, known);
  }
  return known;
}

/** `n` is the figure plurals go by. */
const withCount = (params: Params | undefined): Params => (params && typeof params.n === "number" ? { ...params, count: params.n } : { ...params });

export const translator = (locale: ShownLocale): T => engine(locale).t;
/** For codes that may have no words of their own (a refusal's second sentence). */
export const hasWords = (locale: ShownLocale, key: string): key is Key => engine(locale).has(key);

export type Dates = {
  /** 5月12日, with the year when it is not this one. */
  day(at: string): string;
  /** The same of a local YYYY-MM-DD. */
  localDay(day: string): string;
  /** 4月, of a local YYYY-MM-DD. */
  month(day: string): string;
  /** 2026年4月 */
  monthOfYear(day: string): string;
  /** 5月12日 星期二 */
  dayWeekday(at: string): string;
  time(at: string): string;
  /** With seconds. */
  clock(at: string): string;
  dayTime(at: string): string;
  dayWeekdayTime(at: string): string;
  isToday(at: string): boolean;
};

/** Dates as the field writes them, in the community's zone. `now` decides whether the year is said. */
export function dates(locale: ShownLocale, timeZone: string, now: string): Dates {
  const language = locale === "zh-CN" ? "zh-CN" : "en-GB";
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { timeZone, ...options });
  const yearOf = format({ year: "numeric" });
  const [short, long] = [format({ month: "long", day: "numeric" }), format({ year: "numeric", month: "long", day: "numeric" })];
  const clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const exact = format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  const week = format({ weekday: language === "zh-CN" ? "long" : "long" });
  const shortWeek = format({ weekday: "short" });
  const iso = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const thisYear = iso.format(new Date(now)).slice(0, 4);
  // Local days are dates without a zone: made once each, because lists and charts name the same ones over and over.
  const utc = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { timeZone: "UTC", ...options });
  const [localShort, localLong] = [utc({ month: "long", day: "numeric" }), utc({ month: "long", day: "numeric", year: "numeric" })];
  const named = new Map<string, string>();
  const noon = (text: string) => new Date(`${text}T12:00:00Z`);
  const day = (at: string) => (yearOf.format(new Date(at)) === yearOf.format(new Date(now)) ? short : long).format(new Date(at));
  const time = (at: string) => clock.format(new Date(at));
  return {
    day,
    localDay: (text) => {
      const known = named.get(text) ?? (text.slice(0, 4) === thisYear ? localShort : localLong).format(noon(text));
      named.set(text, known);
      return known;
    },
    month: (text) => utc({ month: "short" }).format(noon(text)),
    monthOfYear: (text) => utc({ month: "long", year: "numeric" }).format(noon(text)),
    dayWeekday: (at) => (language === "zh-CN" ? `${day(at)} ${week.format(new Date(at))}` : `${week.format(new Date(at))} ${day(at)}`),
    time,
    clock: (at) => exact.format(new Date(at)),
    dayTime: (at) => `${day(at)} ${time(at)}`,
    dayWeekdayTime: (at) =>
      language === "zh-CN" ? `${day(at)} ${shortWeek.format(new Date(at))} ${time(at)}` : `${shortWeek.format(new Date(at))} ${day(at)}, ${time(at)}`,
    isToday: (at) => iso.format(new Date(at)) === iso.format(new Date(now)),
  };
}
