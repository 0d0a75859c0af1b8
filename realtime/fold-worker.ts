// The thread in which large documents are folded.
import { parentPort } from "node:worker_threads";
import { type FoldInput, fold, readMoments } from "./fold";

/** Moments come as bytes: thousands of small objects would take the main thread longer to hand over than to write down. */
export type Handed = Omit<FoldInput, "moments"> & { moments: Uint8Array };

/** The memory of these, where it holds nothing else: it is handed over instead of copied. */
export const whole = (...pieces: readonly (Uint8Array | null)[]): ArrayBuffer[] =>
  pieces.flatMap((piece) => (piece && piece.byteLength === piece.buffer.byteLength ? [piece.buffer as ArrayBuffer] : []));

parentPort?.on("message", ({ moments, ...rest }: Handed) => {
  try {
    const output = fold({ ...rest, moments: readMoments(moments) });
    parentPort?.postMessage({ output }, whole(output.state, output.vector, output.chapter));
  } catch (error) {
    parentPort?.postMessage({ problem: error instanceof Error ? error.message : String(error) });
  }
});
