// The servers that are compared: how each is started, what it uses of the machine and how it ends.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Target } from "./client.js";
import type { Protocol } from "./wire.js";

const here = import.meta.dirname;
const root = join(here, "..", "..");

export type Candidate = {
  name: string;
  protocol: Protocol;
  /** What its clients add to be told what is stored: asked for only where that is counted. */
  query: string;
  /** Whether documents are kept at all over a restart. */
  stores: boolean;
  directory: string;
  /** What is started; a candidate without it is left out. */
  entry: string;
  arguments: (port: number, data: string) => string[];
  environment: (port: number, data: string) => Record<string, string>;
  /** Arguments which make it give up documents nobody uses after a second. */
  idle: string[];
};

const own = (file: string) => ({
  directory: here,
  entry: join(here, file),
  arguments: () => [file],
  environment: (port: number, data: string) => ({ PORT: String(port), HOST: "127.0.0.1", DATA: data }),
  idle: [],
  query: "",
});

export const candidates: Candidate[] = [
  { ...own("servers/relay.mjs"), name: "relay", protocol: "relay", stores: false },
  { ...own("node_modules/@y/websocket-server/src/server.js"), name: "stock", protocol: "websocket", stores: false },
  {
    ...own("node_modules/y-websocket/bin/server.cjs"),
    name: "lvl",
    protocol: "websocket",
    stores: true,
    environment: (port, data) => ({ PORT: String(port), HOST: "127.0.0.1", YPERSISTENCE: join(data, "level") }),
  },
  { ...own("servers/hocus.mjs"), name: "hocus", protocol: "hocuspocus", stores: true },
  {
    name: "ours",
    protocol: "websocket",
    query: "?ours=1",
    stores: true,
    directory: root,
    entry: join(root, "scripts", "realtime.mjs"),
    arguments: (port, data) => ["scripts/realtime.mjs", "--port", String(port), "--data", data, "--anonymous"],
    environment: () => ({}),
    idle: ["--idle", "1"],
  },
];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

const threads = (pid: number): string[] => {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
};

/** A process and all that it started. */
function family(pid: number): number[] {
  const children = threads(pid).flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean).map(Number));
  return [pid, ...children.flatMap(family)];
}

/** Seconds of processor time: exact per living thread, in hundredths where threads have ended since. */
function processorTime(pid: number): number {
  const exact = threads(pid).reduce((sum, thread) => sum + Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(" ")[0]) / 1e9, 0);
  const fields = read(`/proc/${pid}/stat`).split(") ")[1]?.split(" ") ?? [];
  return Math.max(exact, (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100);
}

export class Server {
  private constructor(
    readonly candidate: Candidate,
    readonly target: Target,
    readonly data: string,
    private readonly child: ChildProcess,
  ) {}

  /** Where every server leaves a profile of its processor time when it ends; null: none is taken. */
  static profiles: string | null = null;

  static async start(candidate: Candidate, options: { data?: string; idle?: boolean } = {}): Promise<Server> {
    const data = options.data ?? mkdtempSync(join(tmpdir(), `bench-${candidate.name}-`));
    mkdirSync(data, { recursive: true });
    const port = await freePort();
    const log = openSync(join(data, "errors.log"), "a");
    const profile = Server.profiles === null ? [] : ["--cpu-prof", `--cpu-prof-dir=${join(Server.profiles, candidate.name)}`];
    const child = spawn(process.execPath, [...profile, ...candidate.arguments(port, data), ...(options.idle ? candidate.idle : [])], {
      cwd: candidate.directory,
      stdio: ["ignore", "ignore", log],
      env: {
        ...process.env,
        NODE_ENV: "production",
        MEMORY_FILE: join(data, "memory"),
        NODE_OPTIONS: `--import ${pathToFileURL(join(here, "servers", "collect.mjs"))}`,
        ...candidate.environment(port, data),
      },
    });
    closeSync(log);
    const server = new Server(candidate, { port, protocol: candidate.protocol, query: "" }, data, child);
    for (const end = performance.now() + 30_000; !(await answers(port)); await sleep(15)) {
      if (server.alive && performance.now() < end) continue;
      child.kill("SIGKILL");
      throw new Error(`${candidate.name} does not start: ${read(join(data, "errors.log")).slice(-2000)}`);
    }
    return server;
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Seconds of processor time used so far. */
  cpu(): number {
    return family(this.child.pid ?? 0).reduce((sum, pid) => sum + processorTime(pid), 0);
  }

  /** Memory of its own in kB. */
  memory(): number {
    return family(this.child.pid ?? 0).reduce((sum, pid) => sum + Number(read(`/proc/${pid}/status`).match(/RssAnon:\s+(\d+)/)?.[1] ?? 0), 0);
  }

  /** Memory after the garbage was collected, in kB: what the process holds of the machine's, and what of that JavaScript has in use. */
  async settledMemory(): Promise<{ resident: number; used: number }> {
    for (let i = 0; i < 2 && this.alive; i++) {
      this.child.kill("SIGUSR2");
      await sleep(400);
    }
    return { resident: this.memory(), used: Number(read(join(this.data, "memory"))) };
  }

  /** Until it uses less than a sixth of a processor, or the limit has passed. */
  async calm(limit: number): Promise<void> {
    const end = performance.now() + limit;
    for (let before = this.cpu(); performance.now() < end; ) {
      await sleep(250);
      const after = this.cpu();
      if (after - before < 0.04) return;
      before = after;
    }
  }

  /** Ends the process and waits; a polite end that takes longer than ten seconds becomes a hard one. */
  async end(signal: "SIGTERM" | "SIGKILL" = "SIGKILL"): Promise<void> {
    if (!this.alive) return;
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    const timer = setTimeout(() => this.child.kill("SIGKILL"), 10_000);
    this.child.kill(signal);
    await ended;
    clearTimeout(timer);
  }

  /** Ends the process and removes what it wrote. */
  async discard(): Promise<void> {
    await this.end(Server.profiles === null ? "SIGKILL" : "SIGTERM");
    rmSync(this.data, { recursive: true, force: true });
  }
}
