// A letter: one transmission of words to one channel. When it leaves, how often it is tried, and what is carried at once.
import type { Channel } from "./channel";
import { atLocal, localDay, nextDay, wallClock } from "./clock";
import { accept, type Outcome, refuse } from "./refusal";
import { type Mode, type Preference, type Urgency, within } from "./word";

/** Planned: gathered, not on the wire yet. Sending: handed to the wire, no answer kept. Failed: tried again later. Dead: given up. */
export type LetterStatus = "planned" | "sending" | "sent" | "failed" | "dead" | "dropped";
export type Letter = {
  communityId: string;
  id: string;
  channelId: string;
  status: LetterStatus;
  tries: number;
  /** Not before this instant. */
  nextAt: string;
  firstAt: string | null;
  lastAt: string | null;
  /** A code; `detail` is what the other side said, never an address or a key. */
  fault: string;
  detail: string;
  sentAt: string | null;
  createdAt: string;
};

export type LetterEvent = { type: "letter.resent"; id: string } | { type: "letter.dropped"; id: string };

const minute = 60_000;
const longest = 6 * 60 * minute;
/** As many tries, or fewer of them over longer than a day and a quarter, and it is given up; a process that slept for two days has not tried. */
export const mostTries = 12;
export const fewestTries = 5;
export const givenUpAfter = 30 * 60 * minute;

/** A share of 0 to 1 that is the same every time for the same letter and try (FNV-1a, 32 bits). */
function drawn(id: string, tries: number): number {
  let hash = 0x811c9dc5;
  for (const character of `${id}/${tries}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash / 0x1_0000_0000;
}

/** Milliseconds until the next try: 1, 4, 16, 64 minutes … at most 6 hours, each a quarter shorter or longer, drawn from the letter's id. */
export function backOff(id: string, tries: number): number {
  const plain = Math.min(longest, minute * 4 ** Math.max(0, tries - 1));
  return Math.round(plain * (0.75 + drawn(id, tries) / 2));
}

export type Attempt =
  | { ok: true }
  /** `for good`: trying again would bring the same answer. `gone`: the address itself is no more. `waitMs`: the other side named a time. */
  | { ok: false; fault: string; detail: string; forGood?: boolean; gone?: boolean; waitMs?: number };

/** A letter after one try. */
export function tried(letter: Letter, attempt: Attempt, now: string): Letter {
  if (attempt.ok) return { ...letter, status: "sent", sentAt: now, fault: "", detail: "" };
  const { fault, detail } = attempt;
  const since = Date.parse(now) - Date.parse(letter.firstAt ?? now);
  const enough = letter.tries >= mostTries || (since >= givenUpAfter && letter.tries >= fewestTries);
  if (attempt.forGood || attempt.gone || enough) return { ...letter, status: "dead", fault, detail };
  const wait = Math.max(backOff(letter.id, letter.tries), Math.min(attempt.waitMs ?? 0, longest));
  return { ...letter, status: "failed", fault, detail, nextAt: new Date(Date.parse(now) + wait).toISOString() };
}

/** Nothing is ever put off longer than a try, a digest, quiet hours and a change of clocks make: a time further off means that the clock has jumped back. */
export const furthestWord = 50 * 60 * minute;

/** The next instant after `now` at which the wall clock shows `time`. */
export function nextLocal(now: string, time: string, timeZone: string): string {
  const today = localDay(now, timeZone);
  for (let step = 0; ; step++) {
    const at = atLocal(nextDay(today, step), time, timeZone);
    if (at > now) return at;
  }
}

type Hours = Pick<Preference, "quietFrom" | "quietUntil" | "digestAt">;
/** When a word may leave: at once, at the end of the quiet hours, or with the next digest. Null: never. What is pressing waits for nothing. */
export function leavesAt(mode: Mode, hours: Hours, now: string, timeZone: string, urgency: Urgency = "news"): string | null {
  if (mode === "never") return null;
  if (urgency === "pressing") return now;
  if (mode === "digest") return nextLocal(now, hours.digestAt, timeZone);
  const clock = wallClock(now, timeZone).slice(11, 16);
  return within(clock, hours.quietFrom, hours.quietUntil) ? nextLocal(now, hours.quietUntil, timeZone) : now;
}

/** A robot takes 20 messages a minute: one in 3.2 seconds is never more than 19 in any minute. */
export const robotPace = 3_200;
export const robotBytes = 4096;
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** As many whole lines, from the first, as fit into `most` bytes of UTF-8 with `head` before and what `rest` says of those left out. */
export function fitLines(head: string, lines: readonly string[], rest: (left: number) => string, most: number): { text: string; taken: number } {
  for (let taken = lines.length; taken > 0; taken--) {
    const left = lines.length - taken;
    const text = [head, ...lines.slice(0, taken), ...(left > 0 ? [rest(left)] : [])].join("\n\n");
    if (bytesOf(text) <= most) return { text, taken };
  }
  // Not even one line fits: as much of it as does, cut between characters.
  let text = "";
  for (const character of [head, ...lines.slice(0, 1)].join("\n\n")) {
    if (bytesOf(text) + bytesOf(character) > most) break;
    text += character;
  }
  return { text, taken: 1 };
}

/** Send again what was given up. Refused: what was delivered or still runs, and where nobody is reached any more. */
export function resend(letter: Letter, channel: Pick<Channel, "closedAt"> | null): Outcome<LetterEvent> {
  if (letter.status === "dead" && (!channel || channel.closedAt)) return refuse("channel.closed", {});
  return letter.status === "dead" ? accept({ type: "letter.resent", id: letter.id }) : refuse("letter.notDead", {});
}
/** Give it up for good. Refused: what was delivered or still runs. */
export function drop(letter: Letter): Outcome<LetterEvent> {
  return letter.status === "dead" ? accept({ type: "letter.dropped", id: letter.id }) : refuse("letter.notDead", {});
}
