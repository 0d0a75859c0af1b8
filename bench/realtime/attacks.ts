// What hostile and broken clients do to a server: each attack lasts until `until` and gives back whether it was stopped.

import { setTimeout as sleep } from "node:timers/promises";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { Client, empty, type Target } from "./client.js";
import { written } from "./document.js";
import { bytes, random } from "./random.js";
import { header, opcodes } from "./socket.js";

/** `closed` once the server has cut the offender off. */
export type Offender = { readonly closed: boolean; close(): void };

/** Who does nothing more is watched for so many ms of `patience`, as servers give such clients some time. */
type Attack = (target: Target, room: string, until: number, patience: number) => Promise<Offender>;

const mebibyte = 1024 * 1024;

/** Sends so many a second, less where the server does not take them. */
async function paced(client: Client, perSecond: number, until: number, send: (turn: number) => void): Promise<void> {
  const start = performance.now();
  for (let turn = 0; performance.now() < until && !client.closed; await sleep(1)) {
    const due = Math.ceil(((performance.now() - start) / 1000) * perSecond);
    for (; turn < due && !client.closed; turn++) send(turn);
    await client.socket.drained();
  }
}

/** Connected and answered, as any client is at first. */
async function entered(target: Target, room: string): Promise<Client> {
  const client = await Client.open(target, room);
  await client.answered(5000);
  return client;
}

/** An update with one struct whose content is of a type that does not exist. */
function unknownContent(type: number): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const value of [1, 1, 77 + type, 0]) encoding.writeVarUint(encoder, value);
  encoding.writeUint8(encoder, type);
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarString(encoder, "content");
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

/** Pastes 10 MB a second, which one more client reads or does not. */
function pasting(reads: boolean): Attack {
  return async (target, room, until, patience) => {
    const client = await entered(target, room);
    const typist = await entered(target, room);
    if (!reads) client.socket.pause();
    const doc = new Y.Doc();
    doc.on("update", (update: Uint8Array) => typist.send("update", update));
    const page = "x".repeat(10_000);
    await paced(typist, 1000, until, () => doc.getText("content").insert(0, page));
    typist.close();
    await sleep(patience);
    client.socket.resume();
    await sleep(1000);
    return client;
  };
}

export const attacks: Record<string, Attack> = {
  "malformed 7 bytes": async (target, room) => {
    const client = await entered(target, room);
    client.socket.raw(Buffer.alloc(7, 0xff));
    return client;
  },
  "101 MB frame": async (target, room, until) => {
    const client = await entered(target, room);
    client.socket.raw(header(101 * mebibyte, opcodes.binary));
    const part = Buffer.alloc(mebibyte);
    for (let i = 0; i < 101 && !client.closed && performance.now() < until; i++) {
      client.socket.raw(part);
      await client.socket.drained();
    }
    return client;
  },
  "50 MB frame": async (target, room) => {
    const client = await entered(target, room);
    client.send("update", Buffer.alloc(50 * mebibyte, 0x7a));
    await client.socket.drained();
    return client;
  },
  "3,000 orphaned updates": async (target, room) => {
    const client = await entered(target, room);
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => updates.push(update));
    for (let i = 0; i <= 3000; i++) doc.getText("content").insert(i, "x");
    for (const update of updates.slice(1)) client.send("update", update);
    await client.socket.drained();
    return client;
  },
  // The same document grows in both: what the second takes more is held for the one who does not read.
  "10 MB/s, all read": pasting(true),
  "never reads": pasting(false),
  "random frames": async (target, room, until) => {
    const next = random(7);
    let client = await entered(target, room);
    for (let connection = 0; connection < 10; connection++) {
      await paced(client, 500, Math.min(until, performance.now() + 300), () => client.socket.send(bytes(next, 1 + Math.floor(next() * 200))));
      if (client.closed) client = connection < 9 ? await entered(target, room) : client;
    }
    client.socket.send(bytes(next, 100));
    return client;
  },
  "unknown content type": async (target, room) => {
    const client = await entered(target, room);
    for (let type = 11; type < 32; type++) client.send("update", unknownContent(type));
    return client;
  },
  "presence flood": async (target, room, until) => {
    const client = await entered(target, room);
    const name = "x".repeat(200);
    await paced(client, 2000, until, (turn) => client.presence(turn + 1, 1, { user: { name } }));
    return client;
  },
  "text frames": async (target, room, until) => {
    const client = await entered(target, room);
    await paced(client, 200, until, () => client.socket.send(Buffer.from("hello"), opcodes.text));
    return client;
  },
  "ask flood": async (target, room, until) => {
    const client = await entered(target, room);
    for (const frame of written(2000).frames) client.send("update", frame);
    const next = random(11);
    const vector = () => {
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, 20);
      for (let i = 0; i < 40; i++) encoding.writeVarUint(encoder, Math.floor(next() * 1_000_000));
      return encoding.toUint8Array(encoder);
    };
    await paced(client, 5000, until, () => client.send("ask", vector()));
    return client;
  },
  "connect flood": async (target, room, until) => {
    let refused = 0;
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        while (performance.now() < until) {
          try {
            const brief = await Client.open(target, room);
            brief.send("ask", empty);
            brief.close();
          } catch {
            refused++;
            await sleep(20);
          }
        }
      }),
    );
    return { closed: refused > 0, close: () => {} };
  },
};
