// Browser push: a short line on the telephone's screen, sealed for that browser alone.
import webpush, { type RequestDetails } from "web-push";
import type { VapidKeys } from "../../data/secrets.server";
import type { Address } from "../../domain/channel";
import type { Attempt } from "../../domain/letter";
import { asks } from "../../domain/word";
import { wordWords } from "../../i18n/word-words";
import { askedToWait, type Parcel, wireFault } from "./send";

export type Vapid = VapidKeys & { subject: string };

/** What the service worker shows: the first thing, how many more, and where to look. The tag folds a second copy into the first. */
export function pushPayload({ items, words, origin, letter }: Pick<Parcel, "items" | "words" | "origin" | "letter">): string {
  const [first, ...more] = items;
  const line = first ? wordWords(first, words) : { head: "", what: "" };
  const body = more.length > 0 ? `${line.what} ${words.t("push.more", { n: more.length })}` : line.what;
  return JSON.stringify({ title: line.head, body, url: `${origin}${more.length > 0 || !first ? "/word" : first.href}`, tag: letter.id });
}

/** The request as the browser's service takes it; null when the browser gave a key that is none. */
function sealedFor(parcel: Parcel<Address & { kind: "push" }>, vapid: Vapid): RequestDetails | null {
  const { endpoint, p256dh, auth } = parcel.address;
  const payload = pushPayload(parcel);
  try {
    return webpush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
      vapidDetails: vapid,
      TTL: 86_400,
      topic: parcel.letter.id,
      urgency: parcel.items.some((item) => asks(item.urgency)) ? "high" : "normal",
    });
  } catch {
    return null;
  }
}

/** Hand it to the browser maker's service. 404 and 410 say that the browser is gone. */
export async function sendPush(parcel: Parcel<Address & { kind: "push" }>, now: string, vapid: Vapid): Promise<Attempt> {
  const sealed = sealedFor(parcel, vapid);
  // A key no message can be sealed with stays one at every try.
  if (!sealed) return { ok: false, fault: "refused", detail: "", forGood: true };
  try {
    const response = await fetch(sealed.endpoint, {
      method: "POST",
      headers: sealed.headers as Record<string, string>,
      body: new Uint8Array(sealed.body ?? Buffer.alloc(0)),
      redirect: "manual",
      signal: AbortSignal.timeout(parcel.limit),
    });
    await response.body?.cancel();
    const detail = `HTTP ${response.status}`;
    if (response.status >= 200 && response.status < 300) return { ok: true };
    if (response.status === 404 || response.status === 410) return { ok: false, fault: "gone", detail, gone: true };
    const wait = askedToWait(response, Date.parse(now));
    if (response.status === 429 || response.status >= 500)
      return { ok: false, fault: response.status === 429 ? "tooMany" : "theirs", detail, ...(wait === undefined ? {} : { waitMs: wait }) };
    return { ok: false, fault: "refused", detail, forGood: true };
  } catch (error) {
    return wireFault(error);
  }
}
