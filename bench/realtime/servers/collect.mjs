// Loaded into every server before its own code: SIGUSR2 collects garbage and notes what is left, so that memory is compared after the same treatment.
import { writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread } from "node:worker_threads";

if (isMainThread && process.env.MEMORY_FILE) {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  // A process that dies of a signal leaves no profile: who has nothing of its own to do at its end just ends.
  process.on("SIGTERM", () => {
    if (process.listenerCount("SIGTERM") === 1) process.exit();
  });
  process.on("SIGUSR2", () => {
    collect();
    collect();
    const { heapUsed, external } = process.memoryUsage();
    writeFileSync(process.env.MEMORY_FILE, String(Math.round((heapUsed + external) / 1024)));
  });
}
