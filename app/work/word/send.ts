// What every channel is: it puts a letter's words on the wire and says what the other side answered.
import type { Community } from "../../data/organisation.server";
import type { Address } from "../../domain/channel";
import type { Attempt, Letter } from "../../domain/letter";
import type { Words } from "../../i18n/t";
import type { WordItem } from "../../views/word";

export type Parcel<A extends Address = Address> = {
  letter: Letter;
  address: A;
  items: readonly WordItem[];
  words: Words;
  community: Community;
  /** Who it is for; a group has a body's name instead. */
  name: string;
  /** The pages' public address. */
  origin: string;
  /** Milliseconds the other side has to answer. */
  limit: number;
  /** The address of a button. */
  link(item: WordItem, act: WordItem["acts"][number]): string;
};

/** Milliseconds the other side of a wire has to answer. */
export const timeLimit = 10_000;

/** What a thrown error says about the wire: a code people can be told, never an address. */
export function wireFault(error: unknown): Attempt {
  const code = (error as { code?: unknown; cause?: { code?: unknown } }).code ?? (error as { cause?: { code?: unknown } }).cause?.code;
  const name = error instanceof Error ? error.name : "";
  if (name === "TimeoutError" || name === "AbortError" || code === "ETIMEDOUT" || code === "UND_ERR_HEADERS_TIMEOUT")
    return { ok: false, fault: "timeout", detail: "" };
  return { ok: false, fault: "unreachable", detail: typeof code === "string" ? code : name };
}

/** The first 2000 characters of an answer: more is nobody's error message. */
export async function shortAnswer(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  while (text.length < 2000) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text.slice(0, 2000);
}

/** How long the other side asks us to wait, in milliseconds; nothing when it does not say. */
export function askedToWait(response: Response, now: number): number | undefined {
  const given = response.headers.get("retry-after");
  if (given === null) return undefined;
  const seconds = Number(given);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(given) - now;
  return Number.isFinite(wait) && wait > 0 ? wait : undefined;
}
