// Many acts of one kind, a few at once: one that fails is said, and the others go on.
import type { Outcome } from "../domain/refusal";
import type { Means } from "./clockwork.server";

/** How many acts of the clock share a commit, and how many things one round looks at: people's commands come in between. */
export const together = 32;
export const aRound = 2000;

/** What it is about, for the log: ids and numbers, never names or words. */
export type Act = { about: string | number; run(): Promise<Outcome<unknown>> };

/**
 * Runs every act. Those that throw are counted in the log and tried again at the next round; so is what was refused for
 * another reason than `quiet` names: that somebody came first, between the look and the turn. @returns the places of those that threw.
 */
export async function attempt({ logger }: Pick<Means, "logger">, job: string, acts: readonly Act[], quiet: readonly string[]): Promise<number[]> {
  const failed: number[] = [];
  for (let from = 0; from < acts.length; from += together) {
    const errors: unknown[] = [];
    const some = acts.slice(from, from + together);
    await Promise.all(
      some.map(async ({ about, run }, n) => {
        try {
          const outcome = await run();
          if (!outcome.ok && !quiet.includes(outcome.refusal.code)) logger.warn({ job, about, code: outcome.refusal.code }, "The clock's own act was refused.");
        } catch (error) {
          errors.push(error);
          failed.push(from + n);
        }
      }),
    );
    if (errors.length > 0)
      logger.error(
        { err: errors[0], job, failed: errors.length, of: some.length, about: failed.slice(-errors.length).map((n) => acts[n]?.about) },
        "Some of what the clock does on its own could not be done; the rest was. It is tried again within half a minute. If it stays so, look at what is named here.",
      );
  }
  return failed.sort((a, b) => a - b);
}
