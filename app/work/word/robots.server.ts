// Group robots of WeCom and DingTalk. A robot says the number, the category and building if its body may see them, what happened, and where to look.
import { createHmac } from "node:crypto";
import type { RobotKind } from "../../domain/channel";
import { type Attempt, fitLines, robotBytes } from "../../domain/letter";
import type { Words } from "../../i18n/t";
import { wordWords } from "../../i18n/word-words";
import type { WordItem } from "../../views/word";
import { askedToWait, type Parcel, shortAnswer, wireFault } from "./send";

export type RobotAddress = Parcel["address"] & { kind: RobotKind };

/** People's words may not become markdown of ours: no links, no addresses, no mentions, no headings. */
const plain = (text: string): string =>
  text
    .replaceAll(/[\\`*_[\]<>#@|~]/g, (mark) => ({ "<": "＜", ">": "＞", "[": "［", "]": "］", "@": "＠", "#": "＃", "*": "＊" })[mark] ?? "")
    .replaceAll("://", "：//")
    .replaceAll(/\s+/g, " ");

/** The text of a robot's message and how many of the items stand in it whole. */
export function robotText(
  items: readonly WordItem[],
  said: { words: Words; community: string; body: string; origin: string },
): { title: string; text: string; taken: number } {
  const { words, community, body, origin } = said;
  const { t } = words;
  const title = t("robot.head", { community: plain(community), body: plain(body) });
  const lines = items.map((item) => {
    const { head, what } = wordWords(item, words);
    return t("robot.line", { head: plain(head), what: plain(what), url: `${origin}${item.href}` });
  });
  return { title, ...fitLines(title, lines, (n) => t("robot.rest", { n }), robotBytes) };
}

/** DingTalk's signature of a moment (milliseconds): base64 of HMAC-SHA256 over time, line feed and secret, keyed with the secret. */
export const dingtalkSign = (secret: string, ms: number): string => createHmac("sha256", secret).update(`${ms}\n${secret}`).digest("base64");

/** The request a robot gets, as its maker wants it. `ms` is the moment DingTalk's signature is of. */
export function robotRequest(address: RobotAddress, message: { title: string; text: string }, ms: number): { url: string; body: string } {
  if (address.kind === "wecom") return { url: address.url, body: JSON.stringify({ msgtype: "markdown", markdown: { content: message.text } }) };
  const sign = encodeURIComponent(dingtalkSign(address.secret, ms));
  return {
    url: `${address.url}&timestamp=${ms}&sign=${sign}`,
    body: JSON.stringify({ msgtype: "markdown", markdown: { title: message.title, text: message.text } }),
  };
}

/** Answers that a later try may change: too many at once, or the maker's own trouble. */
const passing: ReadonlySet<number> = new Set([-1, 45009, 45033, 130101, 410100]);

/** Post the message. Redirects are not followed: a robot's door is where its maker put it. */
export async function sendToRobot(parcel: Parcel<RobotAddress>, now: string): Promise<Attempt> {
  const { address, letter } = parcel;
  const ms = Date.parse(now);
  const request = robotRequest(
    address,
    robotText(parcel.items, { words: parcel.words, community: parcel.community.name, body: parcel.name, origin: parcel.origin }),
    ms,
  );
  try {
    const response = await fetch(request.url, {
      method: "POST",
      headers: { "Content-Type": "application/json; charset=utf-8", "Idempotency-Key": letter.id },
      body: request.body,
      redirect: "manual",
      signal: AbortSignal.timeout(parcel.limit),
    });
    const answer = await shortAnswer(response);
    const wait = askedToWait(response, ms);
    if (response.status === 429 || response.status >= 500)
      return {
        ok: false,
        fault: response.status === 429 ? "tooMany" : "theirs",
        detail: `HTTP ${response.status}`,
        ...(wait === undefined ? {} : { waitMs: wait }),
      };
    if (response.status !== 200) return { ok: false, fault: "refused", detail: `HTTP ${response.status}`, forGood: true };
    const { errcode, errmsg } = codeOf(answer);
    if (errcode === 0) return { ok: true };
    const detail = `${errcode} ${errmsg}`.trim().slice(0, 200);
    return passing.has(errcode) ? { ok: false, fault: "tooMany", detail } : { ok: false, fault: "refused", detail, forGood: true };
  } catch (error) {
    return wireFault(error);
  }
}

/** What a robot's answer says. One that is no answer of theirs counts as trouble that may pass. */
function codeOf(answer: string): { errcode: number; errmsg: string } {
  try {
    const { errcode, errmsg } = JSON.parse(answer) as { errcode?: unknown; errmsg?: unknown };
    return { errcode: typeof errcode === "number" ? errcode : -1, errmsg: typeof errmsg === "string" ? errmsg.replaceAll(/[\w-]{16,}/g, "…") : "" };
  } catch {
    return { errcode: -1, errmsg: "" };
  }
}
