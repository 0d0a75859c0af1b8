// Tables for a spreadsheet: RFC 4180, with the mark by which Excel knows UTF-8.
import { clean } from "./paper";

/** Signs with which a spreadsheet begins to calculate, their full-width twins too. */
const formula = /^[\s]*[=+\-@＝＋－＠|%]/u;
const number = /^-?\d+(\.\d+)?$/;

/** One cell. What a program would take for a formula gets an apostrophe before it; plain numbers stay numbers. */
export function cell(value: string | number): string {
  const text = clean(String(value));
  const safe = formula.test(text) && !number.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A whole file: every line, the last too, ends with CR LF. */
export const csv = (rows: readonly (readonly (string | number)[])[]): string => `\ufeff${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
