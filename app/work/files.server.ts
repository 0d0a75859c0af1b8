// Files nobody points at: refused or taken back, or left by a process that was killed between the file and its row.
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { filesPointedAt } from "../data/files.server";
import type { Job, Means } from "./clockwork.server";

const day = 86_400_000;

/** A file of ours, by its name: an id, what it is, and after that what it was called while it was being written. */
const ours = /^([0-9a-z]{1,32})(?:\.small)?\.(?:webp|pdf)(\.[0-9a-z]+)?$/;

/** Takes away what is older than a day and nothing points at: nobody is still handing it in. Other files are left alone. */
async function sweep({ store, logger }: Pick<Means, "store" | "logger">, at: number): Promise<void> {
  const dir = join(store.dir, "files");
  const names = await readdir(dir);
  // Asked after the look: what is pointed at now stays, and nothing ever points at an old file again.
  const wanted = await filesPointedAt(store.read);
  let swept = 0;
  for (const name of names) {
    const [, id, draft] = ours.exec(name) ?? [];
    if (id === undefined || (wanted.has(id) && draft === undefined)) continue;
    const file = join(dir, name);
    if (at - (await stat(file)).mtimeMs < day) continue;
    await rm(file, { force: true });
    swept++;
  }
  if (swept > 0) logger.info({ files: swept }, "Files that nothing pointed at were taken away.");
}

/** Looks at the start and once a day. @param clock the machine's own, in ms: a file's age is by it, whatever day it is for a community. */
export function filesSwept(clock: () => number = Date.now): Job {
  let next = 0;
  return {
    name: "files nobody points at",
    async run(means) {
      const at = clock();
      if (at < next) return;
      await sweep(means, at);
      next = at + day;
    },
  };
}
