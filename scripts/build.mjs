// Builds everything the production server needs: Remix's two bundles, the enhancement script, the server itself.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const at = (...path) => join(root, ...path);

rmSync(at("build"), { recursive: true, force: true });
const remix = spawnSync(process.execPath, [at("node_modules/@remix-run/dev/dist/cli.js"), "vite:build", "--logLevel", "warn"], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, NODE_ENV: "production" },
});
if (remix.status !== 0) process.exit(remix.status ?? 1);

mkdirSync(at("build/client/assets"), { recursive: true });
async function enhancement(entry) {
  const draft = at("build/enhance.js");
  await build({ entryPoints: [at("app", entry)], bundle: true, minify: true, format: "esm", target: "es2020", outfile: draft, logLevel: "warning" });
  const hash = createHash("sha256").update(readFileSync(draft)).digest("hex").slice(0, 8);
  renameSync(draft, at(`build/client/assets/enhance-${hash}.js`));
  return `/assets/enhance-${hash}.js`;
}
writeFileSync(
  at("build/enhance.json"),
  `${JSON.stringify({
    page: await enhancement("enhance/index.ts"),
    room: await enhancement("enhance/room.ts"),
    tools: await enhancement("enhance/tools.ts"),
    minutes: await enhancement("enhance/minutes.ts"),
    late: await enhancement("collab/late.ts"),
  })}\n`,
);

await build({
  entryPoints: [at("realtime/fold-worker.ts")],
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  outfile: at("build/fold-worker.js"),
  logLevel: "warning",
});
await build({
  entryPoints: [at("server.ts")],
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  sourcemap: true,
  outfile: at("build/server.js"),
  logLevel: "warning",
  // Only development needs Vite, and loads it when it runs.
  external: ["vite"],
});
