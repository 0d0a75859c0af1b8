// The thread in which large documents are folded.
import { parentPort } from "node:worker_threads";
import { type FoldInput, fold, readMoments } from "./fold";

/** Moments come as bytes: thousands of small objects would take the main thread longer to hand over than to write down. */
export type Handed = Omit<FoldInput, "moments"> & { moments: Uint8Array };

parentPort?.on("message", ({ moments, ...rest }: Handed) => {
  try {
    const output = fold({ ...rest, moments: readMoments(moments) });
    parentPort?.postMessage({ output });
  } catch (error) {
    parentPort?.postMessage({ problem: error instanceof Error ? error.message : String(error) });
  }
});
