// kill -9 while four people write: which edits others had already seen, or their authors been told were kept, are gone afterwards.
import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { Client, empty } from "../client.js";
import { marker, scan } from "../marker.js";
import type { Row, Scenario } from "../scenario.js";
import { type Candidate, Server } from "../servers.js";

const writers = 4;
const everyMs = 10;

type Loss = { relayed: number; relayedLost: number; acknowledged: number; acknowledgedLost: number };

/** Writes for so long; how many edits of each writer had been seen by another client and how many acknowledged when the server was killed. */
async function writeUntilKilled(server: Server, room: string, seconds: number): Promise<{ relayed: number[]; acknowledged: number[] }> {
  const [relayed, acknowledged] = [new Array<number>(writers).fill(0), new Array<number>(writers).fill(0)];
  const observer = await Client.open(server.target, room);
  await observer.answered(5000);
  observer.socket.onFrame = (bytes, start, end) =>
    scan(bytes, start, end, (writer, sequence) => {
      relayed[writer] = Math.max(relayed[writer] ?? 0, sequence);
    });
  const typing = await Promise.all(
    relayed.map(async (_, writer) => {
      const client = await Client.open({ ...server.target, query: server.candidate.query }, room);
      await client.answered(5000);
      client.onMessage = (message) => {
        if (message.kind === "stored") acknowledged[writer] = message.count;
        if (message.kind === "acknowledged") acknowledged[writer] = (acknowledged[writer] ?? 0) + 1;
      };
      const doc = new Y.Doc();
      doc.on("update", (update: Uint8Array) => client.send("update", update));
      let sequence = 0;
      const text = doc.getText("content");
      const timer = setInterval(() => text.insert(text.length, marker(writer, ++sequence)), everyMs);
      return { client, timer };
    }),
  );
  await sleep(seconds * 1000);
  await server.end("SIGKILL");
  for (const { client, timer } of typing) {
    clearInterval(timer);
    client.close();
  }
  observer.close();
  return { relayed, acknowledged };
}

/** Which edits a new client finds, given time until it has found those wanted. */
async function found(server: Server, room: string, wanted: number[]): Promise<Set<number>[]> {
  const present = wanted.map(() => new Set<number>());
  const client = await Client.open(server.target, room);
  client.socket.onFrame = (bytes, start, end) => scan(bytes, start, end, (writer, sequence) => present[writer]?.add(sequence));
  client.send("ask", empty);
  const end = performance.now() + (server.candidate.stores ? 3000 : 200);
  while (performance.now() < end && missing(present, wanted) > 0) await sleep(10);
  client.close();
  return present;
}

/** How many of the first `counts` edits of each writer are not there. */
function missing(present: Set<number>[], counts: number[]): number {
  let gone = 0;
  counts.forEach((count, writer) => {
    for (let sequence = 1; sequence <= count; sequence++) if (!present[writer]?.has(sequence)) gone++;
  });
  return gone;
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

async function losses(candidate: Candidate, rounds: number, longest: number): Promise<Loss[]> {
  const all: Loss[] = [];
  let server = await Server.start(candidate);
  try {
    for (let round = 0; round < rounds; round++) {
      const room = `kill-${round}`;
      const { relayed, acknowledged } = await writeUntilKilled(server, room, 0.2 + Math.random() * longest);
      server = await Server.start(candidate, { data: server.data });
      const present = await found(
        server,
        room,
        relayed.map((count, writer) => Math.max(count, acknowledged[writer] ?? 0)),
      );
      all.push({
        relayed: sum(relayed),
        relayedLost: missing(present, relayed),
        acknowledged: sum(acknowledged),
        acknowledgedLost: missing(present, acknowledged),
      });
    }
  } finally {
    await server.discard();
  }
  return all;
}

export const kill: Scenario = {
  title: `kill -9 at a random moment while ${writers} clients write ${1000 / everyMs} edits/s each`,
  async run({ candidates, quick, log }) {
    const rows: Row[] = [];
    for (const candidate of candidates.filter(({ protocol }) => protocol !== "relay")) {
      const rounds = quick ? 5 : candidate.name === "ours" ? 100 : 10;
      try {
        // Where there are many rounds they are shorter; debounced storing needs a few seconds to store anything.
        const all = await losses(candidate, rounds, rounds > 10 ? 1 : quick ? 2 : 4);
        const total = (figure: keyof Loss) => sum(all.map((loss) => loss[figure]));
        rows.push({
          case: `${rounds} kills`,
          server: candidate.name,
          figures: {
            relayed: total("relayed"),
            "relayed, lost": total("relayedLost"),
            acknowledged: total("acknowledged"),
            "acknowledged, lost": total("acknowledgedLost"),
            "kills with a loss": all.filter((loss) => loss.relayedLost + loss.acknowledgedLost > 0).length,
          },
        });
      } catch (error) {
        log(`${candidate.name}: ${error instanceof Error ? error.message : error}`);
      }
    }
    return rows;
  },
};
