// The thread that folds: it reads what is on the shelf, makes it one with the tails it is handed, and writes the shelf.
import { parentPort, workerData } from "node:worker_threads";
import { whole } from "./bytes";
import { fold, readMoments } from "./fold";
import type { Folds } from "./log";
import { type Shelved, shelfWriter } from "./shelf";

/** A room's tail. Moments come as bytes: thousands of small objects would take the main thread longer to hand over than to write down. */
export type Task = { room: string; seq: number; birth: Uint8Array; moments: Uint8Array };
export type Done = { folded: { room: string; state: Uint8Array }[]; failed: Folds["failed"] } | { refused: string };

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const port = parentPort;
if (port) {
  const shelf = shelfWriter(workerData as string);
  const work = (tasks: readonly Task[]): Done => {
    const shelved: Shelved[] = [];
    const failed: Folds["failed"] = [];
    for (const { room, seq, birth, moments } of tasks) {
      try {
        shelved.push({ room, seq, ...fold({ state: shelf.stateOf(room), moments: readMoments(moments), birth }) });
      } catch (error) {
        failed.push({ room, problem: textOf(error) });
      }
    }
    try {
      shelf.put(shelved);
    } catch (error) {
      return { refused: textOf(error) };
    }
    return { folded: shelved.map(({ room, state }) => ({ room, state })), failed };
  };
  port.on("message", (tasks: Task[]) => {
    const done = work(tasks);
    port.postMessage(done, "refused" in done ? [] : whole(...done.folded.map(({ state }) => state)));
  });
}
