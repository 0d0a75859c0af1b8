// The thread in which large documents are folded.
import { parentPort } from "node:worker_threads";
import { type FoldInput, fold } from "./fold";

parentPort?.on("message", (input: FoldInput) => {
  try {
    const output = fold(input);
    parentPort?.postMessage({ output });
  } catch (error) {
    parentPort?.postMessage({ problem: error instanceof Error ? error.message : String(error) });
  }
});
