// The thread that folds, as the main thread has it: begun when there is something to fold, ended when there was nothing for a while.
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Done, Task } from "./fold-worker";

type Answer = Exclude<Done, { refused: string }>;
/** The thread ended, and not because it was told to. */
class Died extends Error {}

export class FoldThread {
  private worker: Worker | null = null;
  private resting: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(
    private readonly dir: string,
    /** Milliseconds after which a thread with nothing to fold ends, and gives back what large documents took. */
    private readonly restAfter = 2000,
    private readonly start: (dir: string) => Promise<Worker> = startWorker,
  ) {}

  get stands(): boolean {
    return this.worker !== null;
  }

  /**
   * Fold these, and put them on the shelf: one call at a time. A room the thread dies of is named as failed. Rejects when the
   * disk refuses, and when it is closed before it is done.
   */
  async fold(tasks: readonly Task[]): Promise<Answer> {
    try {
      return await this.hand(tasks);
    } catch (error) {
      const [only, ...others] = tasks;
      if (!(error instanceof Died) || this.closed || !only) throw error;
      if (others.length === 0) return { folded: [], failed: [{ room: only.room, problem: error.message }] };
    }
    // One of them was too much for it.
    const all: Answer = { folded: [], failed: [] };
    for (const task of tasks) {
      const { folded, failed } = await this.fold([task]);
      all.folded.push(...folded);
      all.failed.push(...failed);
    }
    return all;
  }

  private async hand(tasks: readonly Task[]): Promise<Answer> {
    if (this.resting) clearTimeout(this.resting);
    const worker = this.worker ?? (await this.begin());
    if (this.closed) {
      await this.close();
      throw new Error("The log is closed.");
    }
    try {
      const done = await answerOf(worker, tasks);
      if ("refused" in done) throw new Error(done.refused);
      return done;
    } finally {
      this.resting = setTimeout(() => this.end(), this.restAfter).unref();
    }
  }

  private async begin(): Promise<Worker> {
    const worker = await this.start(this.dir);
    worker.unref();
    this.worker = worker;
    // However it ends, nobody hands it anything any more; who waits for an answer hears of it too.
    worker.on("error", () => {});
    worker.once("exit", () => {
      if (this.worker === worker) this.worker = null;
    });
    return worker;
  }

  private end(): Promise<unknown> {
    const { worker } = this;
    this.worker = null;
    return worker?.terminate() ?? Promise.resolve();
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.resting) clearTimeout(this.resting);
    await this.end();
  }
}

function answerOf(worker: Worker, tasks: readonly Task[]): Promise<Done> {
  return new Promise((resolve, reject) => {
    let why = "The thread that folds ended before it was done.";
    const answered = (done: Done) => end(() => resolve(done));
    const failed = (error: Error) => {
      why = error.message;
    };
    const ended = () => end(() => reject(new Died(why)));
    const end = (how: () => void) => {
      worker.off("message", answered);
      worker.off("error", failed);
      worker.off("exit", ended);
      how();
    };
    worker.on("message", answered);
    worker.on("error", failed);
    worker.on("exit", ended);
    worker.postMessage(tasks);
  });
}

async function startWorker(dir: string): Promise<Worker> {
  const file = fileURLToPath(new URL("./fold-worker.js", import.meta.url));
  if (!import.meta.url.endsWith(".ts")) return new Worker(file, { workerData: dir });
  return new Worker(await translated(file.replace(/js$/, "ts")), { eval: true, execArgv: [], workerData: dir });
}

/** From source: a thread knows no TypeScript, and loaders that teach it do so unreliably. */
async function translated(file: string): Promise<string> {
  const { buildSync } = await import("esbuild");
  const built = buildSync({ entryPoints: [file], bundle: true, write: false, platform: "node", format: "cjs", target: "node20", external: ["better-sqlite3"] });
  return built.outputFiles[0]?.text ?? "";
}
