// What happens because time passed or because something happened, and nobody presses for it. The jobs run one after the
// other: at the start, when the log grows, and every half minute.
import type { Logger } from "pino";
import type { Perform } from "../commands/perform.server";
import type { Store } from "../data/store.server";
import type { Env } from "../http/env.server";

export type Means = {
  env: Env;
  store: Store;
  perform: Perform;
  /** The clock: ISO text in UTC. */
  now(): string;
  logger: Logger;
};

/** One thing the clock does. It looks for itself what is due, so running it again after a kill at any instruction does nothing twice. */
export type Job = {
  name: string;
  run(means: Means): Promise<void>;
  /** Wait for what a round has begun and left running. */
  stop?(): Promise<void>;
};

export type Clockwork = {
  /** Run every job once more. Resolves when they are done; calls that come while they run share the next round. */
  tick(): Promise<void>;
  /** Run when the log grows and every `every` milliseconds. */
  start(every?: number): void;
  stop(): Promise<void>;
};

/** The jobs over their means. One that fails is logged and tried again at the next round; it does not keep the others from running. */
export function makeClockwork(means: Means, jobs: readonly Job[]): Clockwork {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let unfollow: (() => void) | undefined;
  const round = async () => {
    next = null;
    for (const job of jobs) {
      if (stopped) return;
      try {
        await job.run(means);
      } catch (error) {
        means.logger.error({ err: error, job: job.name }, "What the clock does on its own could not be done. It is tried again within half a minute.");
      }
    }
  };
  const tick = () => {
    next ??= running.then(round);
    running = next;
    return next;
  };
  return {
    tick,
    start(every = 30_000) {
      unfollow = means.store.follow(() => void tick());
      timer = setInterval(() => void tick(), every);
      void tick();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      unfollow?.();
      await running;
      await Promise.all(jobs.map((job) => job.stop?.()));
    },
  };
}
