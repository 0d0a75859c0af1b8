// The live-document server in a process of its own; realtime/main.ts says what it takes. It is built first, which takes a
// moment, and runs in this very process, so that whoever started it can also end it.
import { join } from "node:path";
import { dependencies } from "./ready.mjs";

dependencies();
const { buildSync } = await import("esbuild");
const root = join(import.meta.dirname, "..");
buildSync({
  entryPoints: { realtime: join(root, "realtime/main.ts"), "fold-worker": join(root, "realtime/fold-worker.ts") },
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  outdir: join(root, "build/realtime"),
  logLevel: "warning",
});
process.env.YISHI_ROOT ??= root;
await import("../build/realtime/realtime.js");
