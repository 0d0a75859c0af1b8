// Money is whole fen, never a fraction: 1 yuan is 100. What people write in yuan becomes fen here, and back.
import { z } from "zod";

/** A hundred thousand million yuan: more than any estate handles, and sums of many stay exact. */
export const mostFen = 10_000_000_000_000;

/** 1,234,567.50 — thousands apart, fen only where there are some. */
export function yuan(fen: number): string {
  const whole = Math.floor(Math.abs(fen) / 100);
  const rest = Math.abs(fen) % 100;
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${fen < 0 ? "-" : ""}${grouped}${rest > 0 ? `.${String(rest).padStart(2, "0")}` : ""}`;
}

const written = /^(?:¥|￥)?(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,6}))?(万)?元?$/;

/** Fen of what somebody wrote in yuan ("1,860,000", "12.5", "186万"), or null when it is no such amount or has parts of a fen. */
export function fenOf(text: string): number | null {
  const [, whole, parts = "", tenThousands] = written.exec(text.normalize("NFKC").replaceAll("，", ",").replaceAll(/\s/g, "")) ?? [];
  if (whole === undefined) return null;
  const places = tenThousands ? 6 : 2;
  if (parts.replace(/0+$/, "").length > places) return null;
  return Number(whole.replaceAll(",", "") + parts.padEnd(places, "0").slice(0, places));
}

/** An amount in yuan as a form sends it; becomes fen. */
export const amount = z
  .string({ error: "money.missing" })
  .refine((text) => text.trim() !== "", { error: "money.missing", abort: true })
  .refine((text) => text.length <= 40 && fenOf(text) !== null, { error: "money.malformed", abort: true })
  .refine((text) => (fenOf(text) ?? 0) <= mostFen, { error: "money.tooMuch", abort: true })
  .transform((text) => fenOf(text) ?? 0);
/** The same, where nothing written is nothing. */
export const optionalAmount = z
  .string()
  .default("")
  .transform((text) => (text.trim() === "" ? "0" : text))
  .pipe(amount);
