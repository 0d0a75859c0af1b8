// The built server on a folder of its own and a free port, for tests, benches and measurements.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

export type Served = { url: string; process: ChildProcess; stop(): Promise<void> };

export async function serve(dir: string, env: Record<string, string> = {}): Promise<Served> {
  const child = spawn(process.execPath, [join(root, "build/server.js")], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", DEMO: "1", PORT: "0", DATA_DIR: dir, LOG_LEVEL: "info", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let out = "";
    child.once("exit", (code) => reject(new Error(`The server ended with ${code} before it served: ${out}`)));
    child.stdout.on("data", (chunk) => {
      out += String(chunk);
      const match = /"url":"([^"]+)"/.exec(out);
      if (match?.[1]) resolve(match[1]);
      for (const line of String(chunk).split("\n")) if (line.includes('"level":50')) console.error(line);
    });
  });
  return {
    url,
    process: child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}

/** Run one of our TypeScript programs to its end. */
export async function runScript(path: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ["--import", "tsx", join(root, path), ...args], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`${path} ended with ${code}.`);
}
