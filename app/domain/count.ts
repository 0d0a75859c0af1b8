// Hands and ballots added up by party.
import type { Seat } from "./meeting";
import { type Refused, refuse } from "./refusal";
import { type Party, parties } from "./vocabulary";

/** Hands of one party: for, against, abstained. */
export type Count = { for: number; against: number; abstained: number };
export type Counts = Partial<Record<Party, Count>>;

export const tally = (counts: Counts): Count =>
  Object.values(counts).reduce<Count>((sum, c) => ({ for: sum.for + c.for, against: sum.against + c.against, abstained: sum.abstained + c.abstained }), {
    for: 0,
    against: 0,
    abstained: 0,
  });

/** Refused when a party has more hands than voters. */
export function checkHandsOf(counts: Counts, voters: readonly Seat[]): Refused | null {
  for (const party of parties) {
    const count = counts[party];
    if (!count) continue;
    const here = voters.filter((s) => s.party === party).length;
    if (count.for + count.against + count.abstained > here) return refuse("decision.moreHandsThanPeople", { party, n: here }, `counts.${party}`);
  }
  return null;
}
