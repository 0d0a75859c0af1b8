// Days that differ from Monday to Friday in mainland China, as the State Council's office announced them for 2026.
const off = (month: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => [`2026-${month}-${String(from + n).padStart(2, "0")}`, false] as const);
const work = (...days: string[]) => days.map((day) => [`2026-${day}`, true] as const);

/** By local day; true: worked though it is a weekend. Years that are not here are written down by the secretary when they are announced. */
export const holidays: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...off("01", 1, 3),
  ...off("02", 15, 23),
  ...off("04", 4, 6),
  ...off("05", 1, 5),
  ...off("06", 19, 21),
  ...off("09", 25, 27),
  ...off("10", 1, 7),
  ...work("01-04", "02-14", "02-28", "05-09", "09-20", "10-10"),
]);

/**
 * The public holidays that fall on the same days every year, whatever is announced of make-up days; those that follow the
 * moon are known only from the announcement. (全国年节及纪念日放假办法, 2024: 1 January, 1 and 2 May, 1 to 3 October)
 */
export const isFixedHoliday = (day: string, timeZone: string): boolean => timeZone === "Asia/Shanghai" && /-(01-01|05-0[12]|10-0[123])$/.test(day);

/** Whether a coming year's holidays were neither announced nor written down yet, where a country announces them. `year`, `thisYear`: YYYY. */
export const isUnannounced = (year: string, thisYear: string, calendar: { timeZone: string; exceptions: ReadonlyMap<string, boolean> }): boolean =>
  calendar.timeZone === "Asia/Shanghai" && year > thisYear && ![...calendar.exceptions.keys()].some((day) => day.startsWith(year));

/** The days a community begins with, by its time zone: those of the country that were announced. */
export const announcedIn = (timeZone: string): Readonly<Record<string, boolean>> => (timeZone === "Asia/Shanghai" ? holidays : {});
