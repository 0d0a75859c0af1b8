// The thread that folds: it reads what is on the shelf, makes it one with the tails it is handed, and writes the shelf.
import { parentPort, workerData } from "node:worker_threads";
import { whole } from "./bytes";
import { fold, readTail } from "./fold";
import type { Folds } from "./log";
import { type Shelved, shelfWriter } from "./shelf";

/**
 * A room's tail: of each update its time, its writer and its length, and all their bytes in shared memory, copied once and
 * seen by every thread it is handed to. Thousands of small objects would keep the main thread too long.
 */
export type Task = { room: string; seq: number; birth: Uint8Array; heads: Uint8Array; words: Uint8Array };
export type Done = { folded: { room: string; state: Uint8Array }[]; failed: Folds["failed"] } | { refused: string };

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const port = parentPort;
if (port) {
  const shelf = shelfWriter(workerData as string);
  const work = (tasks: readonly Task[]): Done => {
    const shelved: Shelved[] = [];
    const failed: Folds["failed"] = [];
    for (const { room, seq, birth, heads, words } of tasks) {
      try {
        shelved.push({ room, seq, ...fold({ state: shelf.stateOf(room), moments: readTail(heads, words), birth }) });
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
