// Buttons in letters: an address that says whose it is, what it does and until when, sealed with this server's secret.
import { createHmac, timingSafeEqual } from "node:crypto";
import { type Act, acts } from "../domain/word";
import type { WordRow } from "./word.server";

export type Link = { communityId: string; wordId: string; act: Act; until: string };

type Bound = Pick<WordRow, "communityId" | "id" | "personId" | "channelId" | "type" | "subjectId">;
const macOf = (secret: string, word: Bound, act: Act, until: number): string =>
  createHmac("sha256", secret)
    .update([word.communityId, word.id, word.personId, word.channelId, word.type, word.subjectId, act, until].join("\n"))
    .digest("base64url");

/** The secret part of a button's address: the same however often it is made for the same word, act and end. */
export function makeLink(secret: string, word: Bound, act: Act, until: string): string {
  const end = Math.floor(Date.parse(until) / 1000);
  return [word.communityId, word.id, act, end.toString(36), macOf(secret, word, act, end)].join(".");
}

/** What an address claims to be. Nothing of it is believed before `isSealed` has seen the word it names. */
export function readLink(token: string): (Link & { mac: string }) | null {
  const [communityId = "", wordId = "", act = "", end = "", mac = "", ...more] = token.slice(0, 300).split(".");
  const known = acts.find((one) => one === act);
  if (!known || more.length > 0 || !/^[0-9a-z]{1,8}$/.test(end) || !/^[\w-]{43}$/.test(mac)) return null;
  return { communityId, wordId, act: known, until: new Date(Number.parseInt(end, 36) * 1000).toISOString(), mac };
}

export function isSealed(secret: string, link: Link & { mac: string }, word: Bound): boolean {
  const own = macOf(secret, word, link.act, Math.floor(Date.parse(link.until) / 1000));
  return timingSafeEqual(Buffer.from(own), Buffer.from(link.mac));
}

/**
 * The request's id a button's press is done under: the log refuses it a second time. Stopping the letters is done again after
 * somebody has turned them on again: `wishes` is the version of what they wish.
 */
export const pressOf = ({ wordId, act }: Pick<Link, "wordId" | "act">, wishes: number): string =>
  act === "stop" ? `letter-${wordId}-stop-${wishes}` : `letter-${wordId}-${act}`;
