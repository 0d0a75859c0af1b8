// Bytes for facts: the one way in which this house writes a fact down before it takes a digest of it.
import { createHash } from "node:crypto";

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** JSON with sorted keys and without what is undefined: the same facts always give the same bytes. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, v]) => `${JSON.stringify(key)}:${canonical(v)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/** What stands for words: salted, so that a name cannot be found by trying names. */
export const wordsDigest = (salt: string, text: string): string => sha256(`${salt}\n${text}`);
