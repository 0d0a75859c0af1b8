// The forms of what people send: words, lines, ids, days. Each refuses with a code that `i18n/` gives words to.
import { z } from "zod";

// Control characters have no place in what people write: line feed and tab do. The bidirectional overrides
// (U+202A–202E, U+2066–2069) can make a sentence read as its opposite, so they are refused with them.
const unprintable = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u;
const hasUnprintable = (text: string) => unprintable.test(text.replaceAll("\n", "").replaceAll("\t", ""));

const prose = (max: number) =>
  z
    .string({ error: "words.missing" })
    .transform((text) => text.replaceAll("\r\n", "\n").trim().normalize("NFC"))
    .refine((text) => !hasUnprintable(text) && text.isWellFormed(), { error: "words.unprintable" })
    .refine((text) => [...text].length <= max, { error: `words.tooLong:${max}` });

/** Words a person must give: 1 to `max` characters (code points). */
export const words = (max: number) => prose(max).refine((text) => text.length > 0, { error: "words.missing" });
/** Words a person may leave out: up to `max` characters. */
export const optionalWords = (max: number) => prose(max).default("");
/** One line: a name, a place, a title. */
export const line = (max: number) => words(max).refine((text) => !text.includes("\n"), { error: "words.oneLine" });
export const optionalLine = (max: number) => optionalWords(max).refine((text) => !text.includes("\n"), { error: "words.oneLine" });

/** An emptied choice is one that is still to be made. */
export const id = z
  .string({ error: "id.missing" })
  .min(1, { error: "id.missing" })
  .regex(/^[0-9a-z]{1,32}$/, { error: "id.malformed" });
/** The version of the thing as the person saw it; absent when they decided without looking at one. */
export const version = z.coerce.number({ error: "version.malformed" }).int({ error: "version.malformed" }).min(1).optional();
/** Years people write: far enough for every record there is, and no day of theirs lies outside what a clock can count. */
const inYears = (text: string): boolean => /^(19|20|21)\d\d-/.test(text);
export const day = z
  .string({ error: "day.missing" })
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: "day.malformed" })
  .refine((text) => !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text), {
    error: "day.malformed",
  })
  .refine(inYears, { error: "day.outOfYears" });
export const instant = z.iso.datetime({ error: "instant.malformed" }).refine(inYears, { error: "day.outOfYears" });

/** What somebody wrote as a whole number, in full-width digits too; no sign, no point, no exponent. Null when it is none. */
export const wholeIn = (text: string): number | null => {
  const plain = text.normalize("NFKC").trim();
  return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
};
/** A whole number within its range, which the refusal names. An empty field is not nothing: it must not read as 0. */
export const wholeNumber = (least: number, most: number, code = `number.between:${most}:${least}`) =>
  z
    .union([z.string(), z.number()], { error: code })
    .transform((given) => wholeIn(String(given)))
    .refine((n): n is number => n !== null && n >= least && n <= most, { error: code });
/** The same from 0, where nothing written is nothing. */
export const optionalNumber = (most: number) =>
  z.preprocess((given) => (typeof given === "string" && given.trim() === "" ? undefined : given), wholeNumber(0, most).default(0));

/** 0 to 100, with or without its sign. */
export const percentGiven = z.preprocess(
  (given) => (typeof given === "string" ? given.trim().replace(/[%％]$/, "") : given),
  wholeNumber(0, 100, "percent.malformed"),
);
