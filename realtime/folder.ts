// Folds one room after the other in the background: small ones by the handful in one commit, large ones in a thread.
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { birthOf } from "./births";
import { type FoldOutput, fold, writeMoments } from "./fold";
import { type Handed, whole } from "./fold-worker";
import { Busy, type Folded, type UpdateLog } from "./log";
import type { Metrics } from "./metrics";
import { birthUpdate } from "./update";

/** Bytes up to which folding is quicker than handing it to another thread: what many wrote in one place takes the square of it. */
const small = 4 * 1024;
/** Milliseconds after which a room that could not be folded is tried again. */
const again = 600_000;
/** Milliseconds of folding between two looks at the sockets. */
const slice = 8;

export class Folder {
  private readonly wanted = new Set<string>();
  /** Rooms that could not be folded, and until when they are left alone. */
  private readonly givenUp = new Map<string, number>();
  private running = false;
  private worker: Worker | null = null;
  private resting: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(
    private readonly log: UpdateLog,
    private readonly metrics: Metrics,
    private readonly onFolded: (folded: Folded) => void,
    private readonly onError: (error: unknown, what: string) => void,
    /** Milliseconds after which a thread with nothing to fold ends, and gives back what large documents took. */
    private readonly restAfter = 10_000,
  ) {}

  /** Whether a thread stands ready for large documents. */
  get threaded(): boolean {
    return this.worker !== null;
  }

  /** Fold this room when there is time. */
  want(room: string): void {
    if (this.closed || this.gaveUp(room)) return;
    this.wanted.add(room);
    if (this.running) return;
    this.running = true;
    setImmediate(() => this.run());
  }

  /** Whether it was tried lately in vain. */
  gaveUp(room: string): boolean {
    return (this.givenUp.get(room) ?? 0) > performance.now();
  }
  private giveUp(room: string, problem: unknown): null {
    this.givenUp.set(room, performance.now() + again);
    this.onError(problem, `The live document ${room} could not be folded and stays as it is.`);
    return null;
  }

  private async run(): Promise<void> {
    while (this.wanted.size > 0 && !this.closed) {
      try {
        await this.step();
      } catch (error) {
        // A log that stays long only opens more slowly; the next housekeeping tries again.
        if (!(error instanceof Busy)) this.onError(error, "The log of live documents could not be shortened. Nothing is lost; check the disk of DATA_DIR.");
        this.wanted.clear();
      }
      await new Promise((next) => setImmediate(next));
    }
    this.running = false;
  }

  private async step(): Promise<void> {
    const begun = performance.now();
    const done: Folded[] = [];
    for (const room of this.wanted) {
      if (performance.now() - begun > slice) break;
      const { state, moments } = this.log.unfolded(room);
      if (moments.length === 0) {
        this.wanted.delete(room);
        continue;
      }
      const bytes = moments.reduce((sum, m) => sum + m.update.length, state?.length ?? 0);
      if (bytes > small) {
        if (done.length > 0) break;
        this.wanted.delete(room);
        const output = await this.elsewhere(room, { state, moments });
        if (output && !this.closed) this.write([{ room, updates: moments.length, ...output }]);
        return;
      }
      this.wanted.delete(room);
      const output = this.here(room, { state, moments });
      if (output) done.push({ room, updates: moments.length, ...output });
    }
    if (done.length > 0) this.write(done);
    this.metrics.folds.add(performance.now() - begun);
  }

  private write(done: Folded[]): void {
    this.log.fold(done);
    for (const folded of done) this.onFolded(folded);
  }

  private here(room: string, input: ReturnType<UpdateLog["unfolded"]>): FoldOutput | null {
    try {
      return fold({ ...input, birth: birthUpdate(birthOf(this.log.id, room)) });
    } catch (error) {
      return this.giveUp(room, error);
    }
  }

  private async elsewhere(room: string, input: ReturnType<UpdateLog["unfolded"]>): Promise<FoldOutput | null> {
    if (this.resting) clearTimeout(this.resting);
    this.worker ??= await startWorker();
    const { worker } = this;
    if (this.closed) return null;
    return new Promise((resolve) => {
      const end = (output: FoldOutput | null, problem?: unknown) => {
        worker.off("message", answered);
        worker.off("error", died);
        worker.off("exit", died);
        this.resting = setTimeout(() => this.rest(), this.restAfter).unref();
        resolve(problem === undefined ? output : this.giveUp(room, problem));
      };
      const answered = ({ output, problem }: { output?: FoldOutput; problem?: string }) => end(output ?? null, problem);
      const died = (error: unknown) => {
        this.worker = null;
        end(null, this.closed ? undefined : error);
      };
      worker.on("message", answered);
      worker.on("error", died);
      worker.on("exit", died);
      const handed: Handed = { state: input.state, moments: writeMoments(input.moments), birth: birthUpdate(birthOf(this.log.id, room)) };
      worker.postMessage(handed, whole(handed.state, handed.moments));
    });
  }

  private rest(): void {
    const { worker } = this;
    this.worker = null;
    worker?.terminate().catch((error) => this.onError(error, "The thread that folds large documents did not end by itself."));
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.resting) clearTimeout(this.resting);
    await this.worker?.terminate();
  }
}

async function startWorker(): Promise<Worker> {
  const file = fileURLToPath(new URL("./fold-worker.js", import.meta.url));
  const worker = import.meta.url.endsWith(".ts") ? new Worker(await translated(file.replace(/js$/, "ts")), { eval: true, execArgv: [] }) : new Worker(file);
  worker.unref();
  return worker;
}

/** From source: a thread knows no TypeScript, and loaders that teach it do so unreliably. */
async function translated(file: string): Promise<string> {
  const { buildSync } = await import("esbuild");
  return buildSync({ entryPoints: [file], bundle: true, write: false, platform: "node", format: "cjs", target: "node20" }).outputFiles[0]?.text ?? "";
}
