// Figures in words, the same on pages and on papers.
import { percentText, type Reason, type Share } from "../domain/rates";
import type { T } from "./engine";

/** 98.2% (166/169); with too few, a dash and the two numbers. */
export const shareWords = (t: T, share: Share): string => t("rate.cell", { share: percentText(share) ?? t("rate.none"), hit: share.hit, total: share.of });

/** Why something is red, in one sentence. */
export function redWords(t: T, { reason, who, task, putOff }: { reason: Reason; who: string; task: string; putOff: number }): string {
  if (reason === "settle" && putOff > 0) return t("red.settle.putOff", { who, n: putOff });
  return t(`red.${reason}`, { who, task });
}
