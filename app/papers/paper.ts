// A paper before it has a format: what stands on it, in order. Each renderer (docx, print-html, markdown) knows only this.
import type { Locale } from "../domain/vocabulary";

export type Piece = { text: string; bold: boolean; href: string | null };
export type Cell = { header: boolean; lines: Piece[][] };
/** What somebody put down as their signature; null where a pen is still to come. */
export type Hand = { kind: "text"; text: string } | { kind: "ink"; strokes: number[][] } | null;
export type Block =
  | { kind: "heading"; level: 1 | 2 | 3 | 4; text: string }
  | { kind: "paragraph"; pieces: Piece[] }
  | { kind: "entry"; depth: number; mark: string; pieces: Piece[] }
  /** A label in Hei and its words with a hanging indent: 出席：… */
  | { kind: "fact"; label: string; text: string }
  | { kind: "table"; rows: Cell[][] }
  | { kind: "image"; photoId: string; alt: string }
  | { kind: "blank" }
  | { kind: "signature"; label: string; hand: Hand; at: string }
  | { kind: "note"; text: string };
export type Paper = {
  locale: Locale;
  title: string;
  /** A summary of decisions: the title is the red heading, with number, issuing body and date above the red rule. */
  masthead: { number: string; office: string; date: string } | null;
  blocks: Block[];
};

/** Bytes of a photo, or null when they are gone. Asked one after the other. */
export type ReadImage = (photoId: string) => Promise<Uint8Array | null>;

/** How many bytes of pictures one paper carries; those after it are named only. */
export const pictureBytes = 48 * 1024 * 1024;

/**
 * What may stand on paper: no control characters, which no XML can hold, nor those that turn the direction of writing.
 * Tabs become spaces; line ends stay.
 */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
    .replace(/\t/g, " ")
    .replace(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]/gu, "");
export const piece = (text: string, bold = false, href: string | null = null): Piece => ({ text: clean(text), bold, href });
export const linesOf = (pieces: readonly Piece[]): string => pieces.map((each) => each.text).join("");

const han = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
/** 1 to 99 in Chinese figures. Larger ones stay Arabic. */
export const hanNumber = (n: number): string => {
  if (!Number.isInteger(n) || n < 1 || n > 99) return String(n);
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  return `${tens > 1 ? han[tens] : ""}${tens > 0 ? "十" : ""}${han[ones]}`;
};
const letter = (n: number): string => (n <= 26 ? String.fromCharCode(96 + n) : String(n));

/** The number of a heading by its level: 一、（一）1.（1） in Chinese, 1. (1) a. (a) in English. */
export function numberOf(locale: Locale, level: 1 | 2 | 3 | 4, n: number): string {
  if (locale === "zh-CN") return [`${hanNumber(n)}、`, `（${hanNumber(n)}）`, `${n}. `, `（${n}）`][level - 1] ?? "";
  return [`${n}. `, `(${n}) `, `${letter(n)}. `, `(${letter(n)}) `][level - 1] ?? "";
}

const longestName = 80;
/** A file's name made from words: no paths, control signs, dots in front, or names Windows keeps for itself. */
export function fileName(words: string, ending: string): string {
  const stem = [
    ...clean(words)
      .replace(/[\n\\/:*?"<>|%~\p{C}]/gu, " ")
      .replace(/\s+/gu, " "),
  ]
    .slice(0, longestName)
    .join("")
    .replace(/^[\s.-]+|[\s.]+$/gu, "");
  const kept = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(stem) ? `_${stem}` : stem;
  return `${kept || "yishi"}.${ending}`;
}

/** The Content-Disposition of a download: plain letters for old programs, and the name itself (RFC 6266, RFC 8187). */
export function disposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const exact = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}

/** Links that go to a page; anything else is only its words. */
export const safeLink = (href: string | null): string | null => {
  if (href === null || !/^https?:\/\/\S+$/i.test(href)) return null;
  try {
    return new URL(href).href;
  } catch {
    return null;
  }
};
