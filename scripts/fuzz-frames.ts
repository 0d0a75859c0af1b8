// Throws broken and strange frames at a live-document server of its own while honest people type: it must stand, they
// must notice nothing, and its memory must be what it was. Attackers share the processors with the server and the honest:
// how much of a delay is the machine's is seen by two who type at a second server, which nobody attacks.
// Options: --frames N, --seed N, --rate N (frames a second of all attackers),
// --profile DIR (where the server leaves a profile of its processor time)
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

const { values } = parseArgs({
  options: {
    frames: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    rate: { type: "string", default: "5000" },
    profile: { type: "string" },
    /** Said by this script to itself: be the honest people at this server. */
    honest: { type: "string" },
  },
});
if (values.honest) {
  await typeAndWatch(values.honest);
  process.exit(0);
}
const wanted = Number(values.frames);
let state = Number(values.seed) >>> 0;
function roll(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

const root = join(import.meta.dirname, "..");
const dir = mkdtempSync(join(tmpdir(), "yishi-fuzz-"));
/** A server, and where it listens. */
async function serve(name: string, profile?: string) {
  const child = spawn(
    process.execPath,
    [
      ...(profile ? ["--cpu-prof", `--cpu-prof-dir=${profile}`] : []),
      "--import",
      join(root, "bench/realtime/servers/collect.mjs"),
      join(root, "scripts/realtime.mjs"),
      ...["--port", "0", "--data", join(dir, name), "--anonymous", "--idle", "1"],
    ],
    { cwd: root, stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, MEMORY_FILE: join(dir, `${name}.memory`) } },
  );
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += String(chunk);
  });
  while (!/:(\d+)\//.test(out)) await new Promise((next) => setTimeout(next, 20));
  return { process: child, address: `127.0.0.1:${/:(\d+)\//.exec(out)?.[1]}` };
}
// One after the other: each is built before it starts.
const attacked = await serve("attacked", values.profile);
const beside = await serve("beside");
const server = attacked.process;
const url = `ws://${attacked.address}`;

/** Real frames of a real client, to be spoilt. */
function material(): Uint8Array[] {
  const doc = new Y.Doc();
  const frames: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => frames.push(Uint8Array.from([0, 2, update.length, ...update].filter(() => update.length < 128))));
  const text = doc.getText("t");
  for (let n = 0; n < 30; n++) {
    text.insert(roll(text.length + 1), "abc".slice(0, 1 + roll(3)));
    if (text.length > 4 && n % 4 === 0) text.delete(roll(text.length - 2), 2);
    if (n % 7 === 0) doc.getMap("m").set(`k${roll(4)}`, { a: [n, "b"] });
    if (n % 9 === 0) doc.getXmlFragment("x").insert(0, [new Y.XmlElement("p")]);
  }
  const vector = Y.encodeStateVector(doc);
  frames.push(Uint8Array.from([0, 0, vector.length, ...vector]), Uint8Array.from([0, 1, 2, 0, 0]), Uint8Array.from([3]));
  const presence = new TextEncoder().encode('{"cursor":1}');
  frames.push(Uint8Array.from([1, presence.length + 4, 1, 77, roll(99), presence.length, ...presence]));
  return frames.filter((frame) => frame.length > 0);
}
function spoilt(frame: Uint8Array): Uint8Array {
  const bad = frame.slice();
  switch (roll(6)) {
    case 0:
      return bad.slice(0, roll(bad.length));
    case 1:
      return Uint8Array.from([...bad, ...Array.from({ length: roll(9) }, () => roll(256))]);
    case 2:
      return Uint8Array.from({ length: 1 + roll(40) }, () => roll(256));
    default:
      for (let n = 0; n <= roll(3); n++) bad[roll(bad.length)] = roll(256);
      return bad;
  }
}

let sent = 0;
let since = { at: performance.now(), sent: 0 };
/** Resolves when the next frame may be sent at the rate wanted. */
async function due(): Promise<void> {
  // Asleep meanwhile: whoever spins takes the processor from those who are measured.
  do await new Promise((next) => setTimeout(next, 1));
  while (sent - since.sent > ((performance.now() - since.at) / 1000) * Number(values.rate));
}
async function attacker(number: number): Promise<void> {
  while (sent < wanted) {
    const ws = new WebSocket(`${url}/fuzz${number % 4}`);
    let open = true;
    ws.on("close", () => {
      open = false;
    });
    ws.on("error", () => {
      open = false;
    });
    await once(ws, "open").catch(() => {
      open = false;
    });
    const frames = material();
    // A connection ends with its first malformed frame: most are honest, or strange and yet well formed.
    for (let n = 0; n < 300 && open && sent < wanted; n++) {
      const frame = frames[n % frames.length] as Uint8Array;
      const text = roll(2000) === 0;
      if (text) ws.send("text");
      else ws.send(roll(40) === 0 ? spoilt(frame) : frame);
      sent++;
      if (n % 20 === 19) await due();
    }
    ws.close();
    ws.terminate();
  }
}

/** Milliseconds until one honest client sees the other's letters, until told that it is over. In a process of their own: attackers have much to read. */
async function honest(address: string, over: Promise<unknown>): Promise<number[]> {
  const child = fork(import.meta.filename, ["--honest", `ws://${address}/honest`]);
  await over;
  child.send("over");
  const [seen] = (await once(child, "message")) as [number[]];
  return seen;
}
async function typeAndWatch(address: string): Promise<void> {
  const [, url = "", name = ""] = /^(.*)\/(.*)$/.exec(address) ?? [];
  let over = false;
  process.once("message", () => {
    over = true;
  });
  const [a, b] = [new Y.Doc(), new Y.Doc()];
  const options = { WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket, disableBc: true };
  const [pa, pb] = [new WebsocketProvider(url, name, a, options), new WebsocketProvider(url, name, b, options)];
  while (!pa.synced || !pb.synced) await new Promise((next) => setTimeout(next, 5));
  const seen: number[] = [];
  while (!over) {
    const at = performance.now();
    const length = a.getText("t").length + 1;
    const heard = new Promise<void>((resolve) => {
      b.on("update", function look() {
        if (b.getText("t").length < length) return;
        b.off("update", look);
        resolve();
      });
    });
    a.getText("t").insert(0, "x");
    await heard;
    seen.push(performance.now() - at);
    await new Promise((next) => setTimeout(next, 20));
  }
  pa.destroy();
  pb.destroy();
  seen.sort((x, y) => x - y);
  await new Promise((sent) => process.send?.(seen, sent));
}
const at = (sorted: number[], share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
const late = (sorted: number[]) => ({ p50: at(sorted, 0.5), p99: at(sorted, 0.99) });
/** Kilobytes in use after the garbage was collected, and of the process as the system sees it; whether all rooms were given back by then. */
async function memory(): Promise<{ used: number; resident: number; givenBack: boolean }> {
  // Rooms nobody is in are folded and given back first.
  let givenBack = false;
  for (const end = performance.now() + 180_000; !givenBack && performance.now() < end; await new Promise((next) => setTimeout(next, 500))) {
    const text = await (await fetch(`http://${attacked.address}/metrics`)).text();
    givenBack = /^yishi_live_rooms 0$/m.test(text) && /^yishi_live_unfolded_bytes 0$/m.test(text);
  }
  for (let n = 0; n < 2; n++) {
    server.kill("SIGUSR2");
    await new Promise((next) => setTimeout(next, 700));
  }
  return {
    givenBack,
    used: Number(readFileSync(join(dir, "attacked.memory"), "utf8")),
    resident: Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]),
  };
}

// Warm first: code that was never run is compiled once, and that is no leak.
const all = wanted;
const round = async (frames: number, number: number) => {
  sent = all - frames;
  since = { at: performance.now(), sent };
  await Promise.all(Array.from({ length: 8 }, (_, n) => attacker(number * 8 + n)));
};
const quiet = await honest(attacked.address, new Promise((over) => setTimeout(over, 5000)));
await round(Math.ceil(all * 0.15), 0);
const before = await memory();
const begun = performance.now();
const over = round(all, 0);
const [disturbed, undisturbed] = await Promise.all([honest(attacked.address, over), honest(beside.address, over)]);
const seconds = (performance.now() - begun) / 1000;
const after = await memory();
const metrics = await (await fetch(`http://${attacked.address}/metrics`)).text();
const cuts = Object.fromEntries([...metrics.matchAll(/cut_total\{reason="(\w+)"\} (\d+)/g)].map((m) => [m[1], Number(m[2])]));
const up = server.exitCode === null && server.signalCode === null;
console.log(
  JSON.stringify({
    frames: all,
    seconds: Math.round(seconds),
    up,
    /** Milliseconds until another's letter is seen: before, during, and meanwhile at the server that nobody attacks. */
    before: late(quiet),
    during: late(disturbed),
    beside: late(undisturbed),
    memory: { before, after },
    ratio: (after.used / before.used).toFixed(3),
    cuts,
  }),
);
for (const each of [server, beside.process]) {
  each.kill(values.profile ? "SIGTERM" : "SIGKILL");
  await once(each, "exit");
}
rmSync(dir, { recursive: true, force: true });
process.exit(up && after.givenBack && after.used <= before.used * 1.05 ? 0 : 1);
