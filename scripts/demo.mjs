// From a fresh clone to a running estate: install, build, migrate, tell the story, serve.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { basename, dirname, join, resolve } from "node:path";
import { at, built, dependencies, root, run } from "./ready.mjs";

dependencies();
built();
// DATA_DIR is heeded where nothing lies yet or a demonstration does; another community's folder is never told over.
const dir = resolve(root, process.env.DATA_DIR ?? "data/demo");
const signIns = join(dir, "sign-ins.json");
if (!existsSync(signIns)) {
  if (existsSync(dir) && readdirSync(dir).length > 0 && process.env.DATA_DIR) {
    console.error(`${dir} holds something that is no demonstration; choose an empty folder for DATA_DIR.`);
    process.exit(1);
  }
  // Told beside its place and moved there whole: a story cut short leaves nothing behind.
  console.log("Telling the story of Baoyuan and Meiting …");
  mkdirSync(dirname(dir), { recursive: true });
  // What a story that was cut short left behind.
  for (const name of readdirSync(dirname(dir)))
    if (name.startsWith(`${basename(dir)}.draft-`)) rmSync(join(dirname(dir), name), { recursive: true, force: true });
  const draft = `${dir}.draft-${process.pid}`;
  if (!run(process.execPath, ["--import", "tsx", at("prisma/seed/main.ts"), "--dir", draft])) {
    rmSync(draft, { recursive: true, force: true });
    process.exit(1);
  }
  rmSync(dir, { recursive: true, force: true });
  renameSync(draft, dir);
}

const free = (port) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(free(port + 1)));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(port)));
  });
const port = process.env.PORT ?? String(await free(3000));
const { password, people } = JSON.parse(readFileSync(signIns, "utf8"));

const server = spawn(process.execPath, ["--enable-source-maps", at("build/server.js")], {
  cwd: root,
  stdio: ["inherit", "pipe", "inherit"],
  env: { LOG_LEVEL: "info", ...process.env, NODE_ENV: "production", DEMO: "1", DATA_DIR: dir, PORT: port },
});
let told = false;
server.stdout.on("data", (chunk) => {
  process.stdout.write(chunk);
  if (told || !String(chunk).includes("Yishi is at")) return;
  told = true;
  tell();
});
server.on("exit", (code) => process.exit(code ?? 0));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));

function tell() {
  const url = `http://${process.env.HOST && process.env.HOST !== "0.0.0.0" ? process.env.HOST : "localhost"}:${port}`;
  const line = (p) => `  ${p.name}  ·  ${p.community}\n      ${p.why}`;
  console.log(`
议事 Yishi:  ${url}
Step into any role at  ${url}/demo   (中文故事 / English story: ?story=en)
Or sign in by name; the password is always  ${password}

中文
${people
  .filter((p) => p.locale === "zh-CN")
  .map(line)
  .join("\n")}

English
${people
  .filter((p) => p.locale === "en")
  .map(line)
  .join("\n")}
`);
}
