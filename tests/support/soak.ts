// Random people, a random network and a random machine: whatever happens, everybody ends with the same document, and
// nothing typed is lost. The seed decides what is done; the machine decides how it falls together.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";
import type * as Y from "yjs";
import { Line } from "../../app/collab/line";
import { Drawer } from "./drawer";
import type { Fault } from "./soak-server";

export type Told = { typed: number; kills: number; stops: number; faults: number; crashes: number; saved: number };

/** Numbers below a number, the same for the same seed. */
export function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

class Person {
  line: Line;
  private readonly drawer = new Drawer(() => {
    throw new Error("A keeper was cleared though nobody was shown out.");
  });
  /** Typed on this page, and not yet known to be saved. */
  private fresh: string[] = [];
  constructor(
    private readonly name: string,
    private readonly url: string,
    private readonly saved: Set<string>,
  ) {
    this.line = this.open();
  }
  private open(): Line {
    const cookie = this.name;
    class WithCookie extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols, { headers: { cookie } });
      }
    }
    return new Line({
      url: this.url,
      room: "soak",
      keep: this.drawer.of,
      WebSocket: WithCookie as unknown as typeof globalThis.WebSocket,
      onChange: ({ savedAt, ended }) => {
        if (ended) throw new Error(`${this.name} was shown out: ${ended}`);
        if (savedAt === null) return;
        for (const token of this.fresh) this.saved.add(token);
        this.fresh = [];
      },
    });
  }
  get text(): Y.Text {
    return this.line.doc.getText("t");
  }
  type(token: string, at: number): void {
    // Before the insert: the mark "saved" speaks of what was typed before it was set.
    this.fresh.push(token);
    this.text.insert(Math.min(at, this.text.length), token);
  }
  /** The browser dies and is opened again. */
  crash(): void {
    this.line.provider.destroy();
    this.line.destroy();
    this.fresh = [];
    this.line = this.open();
  }
}

async function start(dir: string, port: number): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(join(import.meta.dirname, "soak-server.ts"), [dir, String(port)], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let problem = "";
  child.stderr?.on("data", (chunk) => {
    problem += String(chunk);
  });
  const listening = await Promise.race([once(child, "message"), once(child, "exit").then(() => null)]);
  if (!listening) throw new Error(`The server did not start: ${problem}`);
  return { child, port: Number(listening[0]) };
}

const within = async (what: string, holds: () => boolean, ms = 60_000): Promise<void> => {
  for (const end = performance.now() + ms; !holds(); await new Promise((next) => setTimeout(next, 5)))
    if (performance.now() > end) throw new Error(`This never came: ${what}`);
};

/** One life of a document under this seed. Throws, naming the seed, when a promise is broken. */
export async function soak(seed: number, steps: number): Promise<Told> {
  const roll = dice(seed);
  const dir = mkdtempSync(join(tmpdir(), "yishi-soak-"));
  const told: Told = { typed: 0, kills: 0, stops: 0, faults: 0, crashes: 0, saved: 0 };
  const saved = new Set<string>();
  const typed: string[] = [];
  let { child, port } = await start(dir, 0);
  const url = `ws://127.0.0.1:${port}/collab`;
  const people = Array.from({ length: 5 }, (_, n) => new Person(`person${n}`, url, saved));
  const fault = (what: Fault) => child.connected && child.send(what);
  const again = async () => {
    ({ child, port } = await start(dir, port));
  };
  try {
    for (let step = 0; step < steps; step++) {
      const person = people[roll(people.length)] as Person;
      const what = roll(100);
      if (what < 62) {
        const token = `<${seed}.${step}>`;
        typed.push(token);
        // At a token's edge: a token torn in two by another would not be found.
        const edges = [0, ...[...person.text.toString().matchAll(/>/g)].map((m) => m.index + 1)];
        person.type(token, edges[roll(edges.length)] ?? 0);
      } else if (what < 70) person.line.provider.disconnect();
      else if (what < 84) person.line.provider.connect();
      else if (what < 88) {
        told.crashes++;
        person.crash();
      } else if (what < 91) {
        told.faults++;
        fault({ disk: (["full", "held"] as const)[roll(2)] ?? "full" });
      } else if (what < 95) fault({ disk: "fine" });
      else if (what < 97) fault({ clock: (roll(3) - 1) * 3_600_000 });
      else if (what < 99) {
        told.kills++;
        const gone = once(child, "exit");
        child.kill("SIGKILL");
        await gone;
        await again();
      } else {
        told.stops++;
        const gone = once(child, "exit");
        child.send("stop");
        await gone;
        await again();
      }
      if (roll(3) === 0) await new Promise((next) => setTimeout(next, roll(20)));
    }
    fault({ disk: "fine" });
    for (const person of people) person.line.provider.connect();
    await within("everybody has everything, and everything is saved", () => {
      const [first] = people;
      return (
        people.every((p) => p.line.state.savedAt !== null && p.text.toString() === first?.text.toString()) &&
        typed.every((t) => first?.text.toString().includes(t))
      );
    }).catch((error: Error) => {
      const text = people[0]?.text.toString() ?? "";
      throw new Error(
        `${error.message}. Missing: ${typed.filter((t) => !text.includes(t)).join(" ") || "nothing"}; of these called saved: ${[...saved].filter((t) => !text.includes(t)).join(" ") || "none"}; states: ${JSON.stringify(people.map((p) => p.line.state))}`,
      );
    });
    const text = people[0]?.text.toString() ?? "";
    const twice = typed.filter((t) => text.split(t).length !== 2);
    if (twice.length > 0) throw new Error(`These stand more than once: ${twice.join(" ")}`);
    // A newcomer, after one more kill, finds the same.
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    await again();
    const newcomer = new Person("newcomer", url, new Set());
    await within("a newcomer finds the same after a kill", () => newcomer.text.toString() === text);
    newcomer.line.destroy();
    told.typed = typed.length;
    told.saved = saved.size;
    return told;
  } catch (error) {
    throw new Error(`Seed ${seed}, ${steps} steps: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    for (const person of people) person.line.destroy();
    child.kill("SIGKILL");
    rmSync(dir, { recursive: true, force: true });
  }
}
