// The thread that folds, as the main thread has it: begun when there is something to fold, ended when there was nothing for a while.
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { whole } from "./bytes";
import type { Done, Task } from "./fold-worker";

export class FoldThread {
  private worker: Worker | null = null;
  private resting: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(
    private readonly dir: string,
    /** Milliseconds after which a thread with nothing to fold ends, and gives back what large documents took. */
    private readonly restAfter = 10_000,
  ) {}

  get stands(): boolean {
    return this.worker !== null;
  }

  /** Fold these, and put them on the shelf: one call at a time. Rejects when the disk refuses, or the thread ends before it is done. */
  async fold(tasks: Task[]): Promise<Exclude<Done, { refused: string }>> {
    if (this.resting) clearTimeout(this.resting);
    this.worker ??= await startWorker(this.dir);
    const { worker } = this;
    if (this.closed) {
      await this.close();
      throw new Error("The log is closed.");
    }
    try {
      const done = await answerOf(worker, tasks);
      if ("refused" in done) throw new Error(done.refused);
      return done;
    } catch (error) {
      // Whatever it was at, the next fold begins with a thread that knows nothing of it.
      this.worker = null;
      await worker.terminate();
      throw error;
    } finally {
      this.resting = setTimeout(() => this.rest(), this.restAfter).unref();
    }
  }

  private rest(): void {
    const { worker } = this;
    this.worker = null;
    worker?.terminate();
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.resting) clearTimeout(this.resting);
    await this.worker?.terminate();
    this.worker = null;
  }
}

function answerOf(worker: Worker, tasks: Task[]): Promise<Done> {
  return new Promise((resolve, reject) => {
    const answered = (done: Done) => end(() => resolve(done));
    const died = (why: unknown) => end(() => reject(why instanceof Error ? why : new Error("The thread that folds ended before it was done.")));
    const end = (how: () => void) => {
      worker.off("message", answered);
      worker.off("error", died);
      worker.off("exit", died);
      how();
    };
    worker.on("message", answered);
    worker.on("error", died);
    worker.on("exit", died);
    worker.postMessage(tasks, whole(...tasks.map(({ moments }) => moments)));
  });
}

async function startWorker(dir: string): Promise<Worker> {
  const file = fileURLToPath(new URL("./fold-worker.js", import.meta.url));
  const worker = import.meta.url.endsWith(".ts")
    ? new Worker(await translated(file.replace(/js$/, "ts")), { eval: true, execArgv: [], workerData: dir })
    : new Worker(file, { workerData: dir });
  worker.unref();
  return worker;
}

/** From source: a thread knows no TypeScript, and loaders that teach it do so unreliably. */
async function translated(file: string): Promise<string> {
  const { buildSync } = await import("esbuild");
  const built = buildSync({ entryPoints: [file], bundle: true, write: false, platform: "node", format: "cjs", target: "node20", external: ["better-sqlite3"] });
  return built.outputFiles[0]?.text ?? "";
}
