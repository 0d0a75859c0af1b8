// Ten people type while one client misbehaves: whether the server stands, how late the others' edits become, what it costs in memory.
import { setTimeout as sleep } from "node:timers/promises";
import { attacks, type Offender } from "../attacks.js";
import { Client } from "../client.js";
import type { Counts } from "../crowd.js";
import { percentile } from "../histogram.js";
import { type Context, median, type Row, type Scenario } from "../scenario.js";
import { type Candidate, Server } from "../servers.js";

const people = 10;
const room = "hostile";
const typing = { writers: people, perSecond: 5 };

/** A percentile of three seconds swings with one late write of the disk: every attack is made so often, each on a new server. */
const rounds = 3;

/** The 99th percentile where an edit that never came counts as later than any other. */
function p99({ sent, delivered, latencies }: Counts): number | null {
  const expected = sent * (people - 1);
  return delivered < expected * 0.99 ? null : percentile(latencies, Math.min(1, (expected * 0.99) / delivered));
}

async function serves(server: Server): Promise<boolean> {
  if (!server.alive) return false;
  try {
    const client = await Client.open(server.target, room);
    const answered = await client.answered(5000);
    client.close();
    return answered;
  } catch {
    return false;
  }
}

/** What one attack did. */
type Suffered = {
  up: "yes" | "HANGS" | "CRASHED";
  undisturbed: number | null;
  disturbed: number | null;
  offender: "cut off" | "kept";
  cut: number;
  memory: number;
};

/** One round; `patient`: who does nothing more is watched until a server would have lost its patience. */
async function suffered({ crowds, quick }: Context, candidate: Candidate, attack: (typeof attacks)[string], patient: boolean): Promise<Suffered> {
  const [calm, seconds] = quick ? [0.5, 1.3] : [3, 3];
  const server = await Server.start(candidate);
  let offender: Offender | undefined;
  try {
    await crowds.gather(server.target, room, people, people);
    await crowds.all("type", { ...typing, seconds: 0.5 });
    await crowds.delivered(people - 1, 2000);
    await crowds.all("reset");
    await crowds.all("type", { ...typing, seconds: calm });
    const undisturbed = p99(await crowds.delivered(people - 1, 2000));
    await crowds.all("reset");
    const before = server.memory();
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, server.memory());
    }, 50);
    const typed = crowds.all("type", { ...typing, seconds });
    await sleep(200);
    offender = await attack(server.target, room, performance.now() + (seconds - 0.4) * 1000, patient && !quick ? 13_000 : 0).catch(() => undefined);
    await typed;
    const counts = await crowds.delivered(people - 1, server.alive ? (patient && !quick ? 12_000 : 6000) : 0);
    clearInterval(watch);
    const disturbed = server.alive ? p99(counts) : null;
    return {
      up: (await serves(server)) ? "yes" : server.alive ? "HANGS" : "CRASHED",
      undisturbed,
      disturbed,
      offender: offender === undefined || offender.closed ? "cut off" : "kept",
      cut: server.alive ? counts.closed : people,
      memory: (peak - before) / 1024,
    };
  } finally {
    offender?.close();
    await crowds.leave();
    await server.discard();
  }
}

/** The middle of the rounds; of everything that should not be, the worst. */
function together(all: readonly Suffered[]): Row["figures"] {
  const some = (values: (number | null)[]) => median(values.map((value) => value ?? Number.NaN));
  return {
    up: all.find(({ up }) => up !== "yes")?.up ?? "yes",
    "p99 ms before": some(all.map(({ undisturbed }) => undisturbed)),
    "p99 ms during": all.some(({ disturbed }) => disturbed === null) ? "never" : some(all.map(({ disturbed }) => disturbed)),
    "p99 during ÷ before": some(all.map(({ undisturbed, disturbed }) => disturbed && undisturbed && disturbed / undisturbed)),
    offender: all.at(-1)?.offender ?? "kept",
    "people cut off": Math.max(...all.map(({ cut }) => cut)),
    "memory +MB": Math.max(...all.map(({ memory }) => memory)),
  };
}

export const hostile: Scenario = {
  title: `Hostile clients while ${people} people type`,
  async run(context) {
    const rows: Row[] = [];
    for (const [name, attack] of Object.entries(attacks)) {
      for (const candidate of context.candidates.filter(({ protocol }) => protocol !== "relay")) {
        try {
          const all: Suffered[] = [];
          for (let left = context.quick ? 1 : rounds; left > 0; left--) all.push(await suffered(context, candidate, attack, left === 1));
          rows.push({ case: name, server: candidate.name, figures: together(all) });
        } catch (error) {
          context.log(`${candidate.name}, ${name}: ${error instanceof Error ? error.message : error}`);
        }
      }
    }
    return rows;
  },
};
