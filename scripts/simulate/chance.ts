// Chance that does not depend on what was asked before: the same seed and the same question give the same answer, also after a kill.
import { createHash } from "node:crypto";

export type Chance = {
  /** A number from 0 up to, not including, 1. */
  of(...what: readonly (string | number)[]): number;
  /** A whole number from `least` to `most`. */
  whole(least: number, most: number, ...what: readonly (string | number)[]): number;
  /** One of several, by weight. */
  pick<T extends string>(weights: Readonly<Record<T, number>>, ...what: readonly (string | number)[]): T;
};

export function makeChance(seed: number): Chance {
  const of = (...what: readonly (string | number)[]): number =>
    createHash("sha256")
      .update([seed, ...what].join("/"))
      .digest()
      .readUInt32BE(0) /
    2 ** 32;
  return {
    of,
    whole: (least, most, ...what) => least + Math.floor(of(...what) * (most - least + 1)),
    pick<T extends string>(weights: Readonly<Record<T, number>>, ...what: readonly (string | number)[]): T {
      const entries = Object.entries(weights) as [T, number][];
      let at = of(...what) * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        at -= weight;
        if (at < 0) return name;
      }
      return entries.at(-1)?.[0] as T;
    },
  };
}
