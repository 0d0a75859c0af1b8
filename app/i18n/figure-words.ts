// Figures in words, the same on pages and on papers.
import { percentText, type Reason, type Share } from "../domain/rates";
import type { FigureAsk } from "../views/filters";
import type { Key, T } from "./engine";

/** 98.2% (166/169); with too few, a dash and the two numbers. */
export const shareWords = (t: T, share: Share): string => t("rate.cell", { share: percentText(share) ?? t("rate.none"), hit: share.hit, total: share.of });

/** What a list behind a figure is of, and how many: "12 closed". `whole`: of the whole community, not of bodies. */
export function listWords(t: T, { of, side }: Pick<FigureAsk, "of" | "side">, n: number, whole: boolean): string {
  const own = of === "settled" && !whole && side ? ".body" : "";
  return t(`list.title.${of}${own}${side ? `.${side}` : ""}` as Key, { n });
}

/** Why something is red: who owes what, and how often it was put off. */
export type RedCause = { reason: Reason; who: string; task: string; putOff: number };

/** Why it is red in one sentence, or that this reader may not know. */
export const causeWords = (t: T, red: RedCause | null): string => (red ? redWords(t, red) : t("dashboard.reds.hidden"));

function redWords(t: T, { reason, who, task, putOff }: RedCause): string {
  if (reason === "settle" && putOff > 0) return t("red.settle.putOff", { who, n: putOff });
  return t(`red.${reason}`, { who, task });
}
