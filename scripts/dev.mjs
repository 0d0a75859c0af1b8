// Development: pages reload through Vite; the server starts again when what it holds in memory changes.
import { spawn } from "node:child_process";
import { at, dependencies, root } from "./ready.mjs";

dependencies();
const watched = ["server.ts", "realtime", "app/data", "app/commands", "app/domain", "app/http", "app/views", "app/collab"];
const child = spawn(process.execPath, ["--import", "tsx", ...watched.map((path) => `--watch-path=${at(path)}`), "--watch-preserve-output", at("server.ts")], {
  cwd: root,
  stdio: "inherit",
  env: { DATA_DIR: "data/demo", DEMO: "1", ...process.env, NODE_ENV: "development" },
});
child.on("exit", (code) => process.exit(code ?? 0));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
