import { createContext, type ReactNode, useContext, useMemo } from "react";
import { type Dates, dates, hasWords, type Key, type ShownLocale, type T, translator } from "./engine";

export type Words = { locale: ShownLocale; t: T; has: (key: string) => key is Key; dates: Dates; now: string; timeZone: string };

const WordsContext = createContext<Words | null>(null);

export function WordsProvider({ locale, timeZone, now, children }: { locale: ShownLocale; timeZone: string; now: string; children: ReactNode }) {
  const words = useMemo(() => wordsFor(locale, timeZone, now), [locale, timeZone, now]);
  return <WordsContext.Provider value={words}>{children}</WordsContext.Provider>;
}

export const wordsFor = (locale: ShownLocale, timeZone: string, now: string): Words => ({
  locale,
  t: translator(locale),
  has: (key): key is Key => hasWords(locale, key),
  dates: dates(locale, timeZone, now),
  now,
  timeZone,
});

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error("There is no WordsProvider above this component.");
  return words;
}
export const useT = (): T => useWords().t;
export const useDates = (): Dates => useWords().dates;
