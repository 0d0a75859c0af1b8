// Many clients in one process: they type on a schedule or as fast as they are answered, count what reaches them, leave and come back.
import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { Client, type Target } from "./client.js";
import { add, type Histogram } from "./histogram.js";
import { marker, milliseconds, now, scan } from "./marker.js";

export type Room = { name: string; numbers: number[] };
export type Counts = { sent: number; delivered: number; latencies: Histogram; closed: number };

let counts: Counts = { sent: 0, delivered: 0, latencies: [], closed: 0 };

class Member {
  /** Called when this member sees the edit of the one before it. */
  onSeen: (edits: number) => void = () => {};
  private readonly doc = new Y.Doc({ gc: false });
  private readonly text = this.doc.getText("content");
  private readonly seen: Uint32Array;
  private sequence = 0;

  constructor(
    readonly client: Client,
    readonly number: number,
    writers: number,
    private readonly watched: number,
  ) {
    this.seen = new Uint32Array(writers);
    client.onClose = () => counts.closed++;
    client.socket.onFrame = (bytes, start, end) => scan(bytes, start, end, this.found);
    this.doc.on("update", (update: Uint8Array) => client.send("update", update));
  }

  type(): void {
    counts.sent++;
    this.text.insert(this.text.length, marker(this.number, ++this.sequence));
  }

  private readonly found = (writer: number, sequence: number, time: number): void => {
    const before = this.seen[writer];
    if (writer === this.number || before === undefined || sequence <= before) return;
    this.seen[writer] = sequence;
    counts.delivered++;
    add(counts.latencies, milliseconds(time, now()));
    if (writer === this.watched) this.onSeen(sequence - before);
  };
}

let members: Member[] = [];

/** The results of `work` for every item, with so many under way at a time. */
async function pooled<T, R>(items: T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(width, items.length) }, async () => {
      for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i] as T);
    }),
  );
  return results;
}

/** Connects one member per number and room. Numbers below `writers` are those who may type. */
async function join({ target, rooms, writers }: { target: Target; rooms: Room[]; writers: number }): Promise<number> {
  const wanted = rooms.flatMap((room) => room.numbers.map((number, i) => ({ room: room.name, number, before: room.numbers.at(i - 1) as number })));
  members = await pooled(wanted, 50, async ({ room, number, before }) => {
    const client = await Client.open(target, room);
    if (!(await client.answered(30_000))) throw new Error("not synced within 30 s");
    return new Member(client, number, writers, before);
  });
  return members.length;
}

/** The writers type `perSecond` times a second each, at moments of their own (a Poisson process), on a schedule that waits for nothing. */
async function type({ writers, perSecond, seconds }: { writers: number; perSecond: number; seconds: number }): Promise<void> {
  const typing = members.filter((member) => member.number < writers);
  const next = Math.random;
  const rate = (perSecond * typing.length) / 1000;
  const total = Math.round(rate * 1000 * seconds);
  const start = performance.now();
  let due = -Math.log(1 - next()) / rate;
  for (let typed = 0; typed < total; await sleep(1)) {
    for (const now = performance.now() - start; due <= now && typed < total; due -= Math.log(1 - next()) / rate) typing[typed++ % typing.length]?.type();
  }
}

/** Every member types on as soon as the next member has seen an edit of its, with a few under way. */
async function rush({ outstanding, seconds }: { outstanding: number; seconds: number }): Promise<void> {
  let ended = false;
  members.forEach((member, i) => {
    const next = members[(i + 1) % members.length] as Member;
    next.onSeen = (edits) => {
      for (let edit = 0; edit < edits && !ended; edit++) member.type();
    };
    for (let edit = 0; edit < outstanding; edit++) member.type();
  });
  await sleep(seconds * 1000);
  ended = true;
}

function reset(): void {
  counts = { sent: 0, delivered: 0, latencies: [], closed: 0 };
}

function leave(): void {
  for (const member of members) member.client.close();
  members = [];
  reset();
}

let holder: Client | undefined;

/** A client that stays and, where the server knows no documents, answers in its place. */
async function hold({ target, room }: { target: Target; room: string }): Promise<void> {
  holder?.close();
  const client = await Client.open(target, room);
  holder = client;
  let answering = false;
  client.onMessage = (message) => {
    if (message.kind !== "ask" || target.protocol !== "relay" || answering) return;
    // One answer for all who asked in the meantime: it reaches everyone.
    answering = true;
    setTimeout(() => {
      answering = false;
      client.send("answer", Uint8Array.of(0, 0));
    }, 5);
  };
}

function release(): void {
  holder?.close();
  holder = undefined;
}

/** So many clients that have the document connect at once; the time until the last one was answered, or null where not all were. */
async function storm({ target, room, state, clients, first }: { target: Target; room: string; state: string; clients: number; first: number }) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Buffer.from(state, "base64"));
  const vector = Y.encodeStateVector(doc);
  const start = performance.now();
  const opened: Client[] = [];
  const synced = await Promise.all(
    Array.from({ length: clients }, (_, i) => i).map(async (i) => {
      try {
        const client = await Client.open(target, room);
        opened.push(client);
        const answered = new Promise<boolean>((resolve) => {
          setTimeout(resolve, 30_000, false).unref();
          client.onClose = () => resolve(false);
          client.onMessage = (message) => {
            if (message.kind === "answer") resolve(true);
            if (message.kind === "ask" && target.protocol !== "relay") client.send("answer", Y.encodeStateAsUpdate(doc, message.bytes));
          };
        });
        client.send("ask", vector);
        client.presence(first + i + 1, 1, { user: { name: `Editor ${first + i}`, color: "#2563eb" }, cursor: { anchor: i, head: i } });
        return await answered;
      } catch {
        return false;
      }
    }),
  );
  const ms = performance.now() - start;
  closeStorm = () => {
    for (const client of opened) client.close();
  };
  return { ms, synced: synced.filter(Boolean).length };
}

let closeStorm = () => {};

export const commands = {
  join,
  type,
  rush,
  leave,
  reset,
  hold,
  release,
  storm,
  counts: () => counts,
  calmed: () => closeStorm(),
  /** Presses for what is no longer in use, so that one candidate's leftovers do not slow the next. */
  collect: () => globalThis.gc?.(),
};

export type Commands = typeof commands;
