// What every scenario is given and gives back, and the figures' way into tables.
import type { Crowds } from "./crowds.js";
import { type Candidate, Server } from "./servers.js";

export type Context = { candidates: Candidate[]; crowds: Crowds; quick: boolean; log: (text: string) => void };

/** One line of a table: which case, which server, what was measured. Numbers are medians over the rounds; text is shown as it is. */
export type Row = { case: string; server: string; figures: Record<string, number | string | null> };

export type Scenario = { title: string; run: (context: Context) => Promise<Row[]> };

export function median(values: number[]): number | null {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

type Sample = Record<string, number | null>;

/** Collects samples round by round and adds, for the figures named in `ratios`, the median ratio to the relay of the same round. */
export class Samples {
  private readonly samples = new Map<string, Map<string, Sample[]>>();

  constructor(private readonly ratios: string[]) {}

  add(name: string, server: string, sample: Sample): void {
    const servers = this.samples.get(name) ?? new Map<string, Sample[]>();
    this.samples.set(name, servers);
    servers.set(server, [...(servers.get(server) ?? []), sample]);
  }

  rows(): Row[] {
    return [...this.samples].flatMap(([name, servers]) =>
      [...servers].map(([server, samples]) => {
        const figures: Row["figures"] = {};
        for (const figure of new Set(samples.flatMap((sample) => Object.keys(sample)))) {
          const values = samples.map((sample) => sample[figure] ?? Number.NaN);
          figures[figure] = median(values);
          if (!this.ratios.includes(figure)) continue;
          const relay = servers.get("relay") ?? [];
          figures[`${figure} ÷ relay`] = median(values.map((value, round) => value / (relay[round]?.[figure] ?? Number.NaN)));
        }
        return { case: name, server, figures };
      }),
    );
  }
}

/** Interleaves: every server in every round, each in a process and directory of its own. A server that fails is left out of that round. */
export async function interleave(
  { candidates, crowds, log }: Context,
  rounds: number,
  options: { idle?: boolean },
  measure: (server: Server, round: number) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const candidate of candidates) {
      let server: Server | undefined;
      try {
        server = await Server.start(candidate, options);
        await measure(server, round);
      } catch (error) {
        log(`${candidate.name}, round ${round + 1}: ${error instanceof Error ? error.message : error}`);
      } finally {
        await crowds.leave();
        await server?.discard();
      }
    }
  }
}
