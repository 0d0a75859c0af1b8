// Two servers for the browser tests: a small community to act in, and the demo's story to look at.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openComing } from "../../scripts/pages";
import { root, runScript, serve } from "./serve";

export default async function setup(): Promise<() => Promise<void>> {
  const built = spawnSync(process.execPath, ["-e", "import('./scripts/ready.mjs').then((ready) => ready.built())"], { cwd: root, stdio: "inherit" });
  if (built.status !== 0) throw new Error("The build failed.");
  const dir = mkdtempSync(join(tmpdir(), "yishi-browser-"));
  const small = join(dir, "small");
  const story = join(dir, "story");
  await runScript("tests/support/small-house.ts", [small]);
  await runScript("prisma/seed/main.ts", ["--dir", story]);
  const servers = [await serve(small), await serve(story)];
  // Live minutes to look at need a meeting in session.
  for (const locale of ["zh-CN", "en"] as const) await openComing(servers[1]?.url ?? "", story, locale);
  process.env.STORY_DIR = story;
  process.env.SMALL_URL = servers[0]?.url;
  process.env.STORY_URL = servers[1]?.url;
  return async () => {
    for (const server of servers) await server.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
