// The live-document server against its specification (realtime/SPEC.md): real sockets, real files, hostile clients.
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import Database from "better-sqlite3";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import WebSocket from "ws";
import * as awareness from "y-protocols/awareness";
import * as Y from "yjs";
import { closeCodes } from "../../app/collab/close-codes";
import { Line } from "../../app/collab/line";
import { hello, messageHello, messageRecords } from "../../app/collab/messages";
import type { Admission } from "../../realtime/attach";
import { birthOf } from "../../realtime/births";
import { FoldThread } from "../../realtime/fold-thread";
import { documentAt, whoWrote } from "../../realtime/history";
import { loopbackLimits } from "../../realtime/limits";
import { Busy } from "../../realtime/log";
import { outdatedAfter } from "../../realtime/presence";
import { savedFrame } from "../../realtime/protocol";
import { type Member, Room } from "../../realtime/room";
import { layShelf, shelfReader } from "../../realtime/shelf";
import { openUpdateLog } from "../../realtime/sqlite-log";
import { birthUpdate } from "../../realtime/update";
import { Drawer } from "../support/drawer";
import { client, failingLog, liveBench, stored, synced, until } from "../support/live";
import { entry, handed, words } from "../support/log-contract";
import { folder } from "../support/store";

const room = "minutes:c:m";

/** A socket that says what it is told to say, and remembers what it heard. */
async function raw(url: string, name = room, query = "") {
  const ws = new WebSocket(`${url}/${name}${query}`);
  ws.binaryType = "arraybuffer";
  const heard: Uint8Array[] = [];
  ws.on("message", (data) => heard.push(new Uint8Array(data as ArrayBuffer)));
  const closed = new Promise<number>((resolve) => ws.on("close", resolve));
  ws.on("error", () => {});
  await new Promise((ready, failed) => {
    ws.on("open", ready);
    ws.on("error", failed);
  });
  onTestFinished(() => ws.terminate());
  return { ws, heard, closed };
}
function message(...parts: (number | Uint8Array)[]): Uint8Array {
  const e = encoding.createEncoder();
  for (const part of parts) typeof part === "number" ? encoding.writeVarUint(e, part) : encoding.writeVarUint8Array(e, part);
  return encoding.toUint8Array(e);
}
/** The update in a message of sync. */
function bodyOf(m: Uint8Array): Uint8Array {
  const d = decoding.createDecoder(m);
  decoding.readVarUint(d);
  decoding.readVarUint(d);
  return decoding.readVarUint8Array(d);
}
const update = (bytes: Uint8Array) => message(0, 2, bytes);
const ask = (vector: Uint8Array = new Uint8Array(1)) => message(0, 0, vector);
const answer = (bytes: Uint8Array = new Uint8Array(2)) => message(0, 1, bytes);
/** Updates of one text, one a letter. */
function letters(text: string, clientId?: number): Uint8Array[] {
  const doc = new Y.Doc();
  if (clientId !== undefined) doc.clientID = clientId;
  const updates: Uint8Array[] = [];
  doc.on("update", (u: Uint8Array) => updates.push(u));
  for (const letter of text) doc.getText("minutes-text").insert(doc.getText("minutes-text").length, letter);
  return updates;
}

function line(url: string, over: Partial<ConstructorParameters<typeof Line>[0]> = {}, cookie = "") {
  class WithCookie extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers: { cookie } });
    }
  }
  const opened = new Line({ url, room, onChange: () => {}, WebSocket: WithCookie as unknown as typeof globalThis.WebSocket, ...over });
  onTestFinished(() => opened.destroy());
  const text = opened.doc.getText("minutes-text");
  return { line: opened, write: (words: string) => text.insert(text.length, words), read: () => text.toString() };
}
const admitted = (personId = "p"): Admission => ({ ok: true, access: "write", personId, session: "s" });
const byCookie = async (cookie: string | undefined): Promise<Admission> => admitted(cookie || "p");

describe("on disk first", () => {
  test("[RT-DUR-1] at the moment somebody sees a word or is told it is saved, another process can read it from the file", async () => {
    const dir = folder();
    const { url } = await liveBench({}, dir);
    const reader = new Database(join(dir, "live.db"), { readonly: true });
    const rows = () => Number(reader.prepare("SELECT count(*) FROM Journal").pluck().get());
    const [a, b] = [await raw(url, room, "?ours=1"), await raw(url)];
    const seen: number[] = [];
    b.ws.send(ask());
    await until(() => b.heard.length === 2, "b listens");
    for (const each of [a, b]) each.ws.on("message", () => seen.push(rows()));
    for (const [n, bytes] of letters("abc").entries()) {
      seen.length = 0;
      a.ws.send(update(bytes));
      await until(() => seen.length === 2, "it is relayed and acknowledged");
      expect(seen).toEqual([n + 1, n + 1]);
    }
    reader.close();
  });

  test("[RT-DUR-3] while somebody else holds the database nobody is told, and nothing is lost", async () => {
    const dir = folder();
    const real = openUpdateLog(dir);
    let refused = 0;
    const append: typeof real.append = (entries) => {
      try {
        real.append(entries);
      } catch (error) {
        if (error instanceof Busy) refused++;
        throw error;
      }
    };
    const { url, log, errors } = await liveBench({ log: { ...real, append } });
    const [a, b] = [client(url), client(url)];
    await Promise.all([synced(a), synced(b)]);
    await until(() => a.saved() > 0 && b.saved() > 0, "what they came with is acknowledged");
    const other = new Database(join(dir, "live.db"));
    other.exec("BEGIN IMMEDIATE");
    a.write("waits");
    const before = a.saved();
    await until(() => refused >= 3, "the commit was tried several times");
    expect([b.read(), a.saved(), stored(log)]).toEqual(["", before, ""]);
    other.exec("ROLLBACK");
    other.close();
    await until(() => b.read() === "waits" && a.saved() > before, "it is told once it is written");
    expect(stored(log)).toBe("waits");
    expect(errors).toEqual([]);
  });

  test("[RT-DUR-4] words left aside are not called saved before the answer that holds them", async () => {
    const { url, log } = await liveBench();
    const [first = new Uint8Array(), second = new Uint8Array()] = letters("ab");
    const a = await raw(url, room, "?ours=1");
    a.ws.send(update(second));
    await until(() => a.heard.some((m) => m[0] === 0 && m[1] === 0), "the server asks for all there is");
    expect(a.heard.some((m) => m[0] === 100)).toBe(false);
    a.ws.send(answer(Y.mergeUpdates([first, second])));
    await until(() => a.heard.some((m) => m[0] === 100 && m[1] === 2), "both are acknowledged");
    expect(stored(log)).toBe("ab");
  });

  test("[RT-DUR-4] a page that comes back with words is not told for a moment that all is saved", async () => {
    const { url, log } = await liveBench();
    const told: boolean[] = [];
    const a = line(url, { onChange: ({ savedAt }) => savedAt !== null && told.push(stored(log).includes("offline")) });
    await until(() => a.line.state.savedAt !== null, "a is in");
    for (let n = 0; n < 10; n++) {
      a.line.provider.disconnect();
      a.write(`offline ${n}. `);
      told.length = 0;
      a.line.provider.connect();
      await until(() => a.line.state.savedAt !== null, "it is saved");
      expect(told).not.toContain(false);
      expect(stored(log)).toContain(`offline ${n}. `);
    }
  }, 40_000);

  test("[RT-DUR-4] words of somebody who may only read by now are not called saved, and not thrown away", async () => {
    let access: Admission = admitted();
    const { url, live, log } = await liveBench({ admit: async () => access });
    const kept = new Drawer();
    const a = line(url, { keep: kept.of });
    await until(() => a.line.state.savedAt !== null, "a is in");
    a.line.provider.disconnect();
    a.write("typed offline");
    access = { ...access, access: "read" } as Admission;
    a.line.provider.connect();
    await until(() => a.line.state.connected && a.line.provider.synced, "a is back, to read");
    expect([a.line.state.savedAt, a.line.state.unsaved, stored(log)]).toEqual([null, true, ""]);
    access = { ok: false, reason: "over" };
    await live.recheck();
    await until(() => a.line.state.ended === "over", "the meeting is over");
    expect(a.line.state).toMatchObject({ unsaved: true, ready: true });
    expect(kept.updates.length).toBeGreaterThan(0);
    // The page is opened again: the words are shown, and said to be unsaved.
    a.line.destroy();
    const again = line(url, { keep: kept.of });
    await until(() => again.line.state.ended === "over", "it is still over");
    expect(again.line.state).toMatchObject({ unsaved: true, ready: true });
    expect(again.read()).toBe("typed offline");
  });

  test("[RT-DUR-7] a stop saves and acknowledges what it read, and asks everybody to come back", async () => {
    const dir = folder();
    const { url, live } = await liveBench({}, dir);
    const a = client(url);
    await synced(a);
    a.write("last words");
    const code = new Promise<number>((resolve) => a.provider.on("connection-close", (event) => resolve(event?.code ?? 0)));
    await until(() => a.saved() > 1, "it was read");
    await live.close();
    expect(await code).toBe(1012);
    const log = openUpdateLog(dir);
    expect(stored(log)).toBe("last words");
    await log.close();
  });
});

describe("told to others", () => {
  test("[RT-FAN-1] what came in one turn is one message a receiver, and nobody gets their own words back", async () => {
    const { url, log } = await liveBench();
    const [a, b, c] = [await raw(url), await raw(url), await raw(url)];
    c.ws.send(ask());
    await until(() => c.heard.length === 2, "c listens");
    c.heard.length = 0;
    const [one, two] = [letters("aaaaaaaaaa", 11), letters("bbbbbbbbbb", 12)];
    for (const bytes of one) a.ws.send(update(bytes));
    for (const bytes of two) b.ws.send(update(bytes));
    const built = (heard: readonly Uint8Array[]) => {
      const doc = new Y.Doc();
      for (const m of heard) if (m[0] === 0 && m[1] === 2) Y.applyUpdate(doc, bodyOf(m));
      return doc;
    };
    await until(() => built(c.heard).getText("minutes-text").length === 20, "c has everything");
    await until(
      () => built(a.heard).getText("minutes-text").length === 10 && built(b.heard).getText("minutes-text").length === 10,
      "a and b have each other's",
    );
    expect(c.heard.length).toBeLessThan(20);
    expect([...Y.decodeStateVector(Y.encodeStateVector(built(a.heard))).keys()]).toEqual([12]);
    expect([...Y.decodeStateVector(Y.encodeStateVector(built(b.heard))).keys()]).toEqual([11]);
    expect(stored(log)).toHaveLength(20);
  });

  test("[RT-FAN-2] who does not read is left out, told the rest in one piece when it reads again, and cut when it never does", async () => {
    const { url } = await liveBench({ limits: { ...loopbackLimits, waiting: 64 * 1024, patience: 600 } });
    const [writer, slow, never] = [client(url), client(url), await raw(url)];
    await Promise.all([synced(writer), synced(slow)]);
    never.ws.send(ask());
    await until(() => never.heard.length > 0, "it is in");
    const socket = (slow.provider.ws as unknown as WebSocket & { _socket: { pause(): void; resume(): void } })._socket;
    const silent = (never.ws as WebSocket & { _socket: { pause(): void } })._socket;
    socket.pause();
    silent.pause();
    let cut = false;
    never.closed.then(() => {
      cut = true;
    });
    for (let n = 0; n < 120; n++) {
      const before = writer.saved();
      writer.write("x".repeat(100_000));
      await until(() => writer.saved() > before, "it is stored");
      if (n === 20) socket.resume();
    }
    await until(() => slow.read().length === writer.read().length, "who reads again has everything");
    silent.pause();
    (never.ws as WebSocket & { _socket: { resume(): void } })._socket.resume();
    await until(() => cut, "who never read is gone");
    expect(slow.provider.wsconnected).toBe(true);
  }, 60_000);
});

test("[RT-FAN-2] who does not read while it writes is told that its words are saved once it reads again", () => {
  const log = openUpdateLog(folder());
  onTestFinished(() => log.close());
  const room = new Room("r", birthOf(log.id, "r"), log, { limits: { ...loopbackLimits, document: 1_000_000 }, grammar: undefined, dress: (state) => state });
  const heard: Buffer[] = [];
  let full = true;
  const member: Member = {
    ...{ access: "write", by: "", ours: true, listening: true, received: 0, told: 0, asked: 0, givesBack: false, aside: 0, behind: null },
    answered: () => {},
    write: (...frames) => !full && heard.push(...frames) > 0,
  };
  room.members.add(member);
  room.receive(member, letters("a")[0] as Uint8Array, false, 0);
  room.committed(0);
  expect([member.told, heard.length]).toEqual([0, 0]);
  full = false;
  room.catchUp(member);
  room.committed(0);
  room.answer(0, 0);
  expect(member.told).toBe(1);
  expect(heard.some((frame) => frame.equals(savedFrame(1)))).toBe(true);
});

describe("presence", () => {
  test("[RT-PRE-1] changes of a moment are one message with the last of each", async () => {
    const { url } = await liveBench();
    const [a, b] = [client(url), await raw(url)];
    await synced(a);
    for (let n = 0; n < 50; n++) a.provider.awareness.setLocalState({ at: n });
    await until(() => b.heard.some((m) => m[0] === 1 && new TextDecoder().decode(m).includes('"at":49')), "the last is told");
    expect(b.heard.filter((m) => m[0] === 1).length).toBeLessThan(5);
  });
  test("[RT-PRE-2] who leaves is gone at once; who is silent, after half a minute", async () => {
    let now = 1_000_000;
    const { url } = await liveBench({ now: () => now, beat: 100, limits: { patience: 10_000_000 } });
    const [a, b, silent] = [client(url), client(url), await raw(url)];
    await Promise.all([synced(a), synced(b)]);
    const ghost = new awareness.Awareness(new Y.Doc());
    ghost.setLocalState({ ghost: true });
    silent.ws.send(message(1, awareness.encodeAwarenessUpdate(ghost, [ghost.clientID])));
    a.provider.awareness.setLocalState({ name: "a" });
    await until(() => b.provider.awareness.getStates().size === 3, "b sees both");
    a.provider.disconnect();
    await until(() => b.provider.awareness.getStates().size === 2, "a is gone");
    now += outdatedAfter + 1;
    b.provider.awareness.setLocalState({ name: "b" });
    await until(() => b.provider.awareness.getStates().size === 1 || silent.ws.readyState !== WebSocket.OPEN, "the silent one is gone");
    expect(b.provider.awareness.getStates().has(ghost.clientID)).toBe(false);
    ghost.destroy();
  }, 40_000);
  test("[RT-PRE-3] presence never reaches the disk", async () => {
    const { url, log } = await liveBench();
    const [a, b] = [client(url), client(url)];
    await Promise.all([synced(a), synced(b)]);
    a.provider.awareness.setLocalState({ cursor: 1 });
    await until(() => b.provider.awareness.getStates().size === 2, "it is told");
    expect(log.oldest()).toEqual({ bytes: 0, rooms: [] });
  });
  test("[RT-PRE-4] nobody speaks for somebody else's client, and a product's names are its own", async () => {
    const { url } = await liveBench({
      admit: async (cookie) => ({ ok: true, access: "write", personId: cookie ?? "", session: "s", shown: { name: `the true ${cookie}` } }),
    });
    const [a, b] = [client(url, room, { cookie: "wang" }), client(url, room, { cookie: "li" })];
    await Promise.all([synced(a), synced(b)]);
    a.provider.awareness.setLocalState({ user: { name: "the mayor" }, cursor: 1 });
    await until(() => b.provider.awareness.getStates().get(a.doc.clientID)?.cursor === 1, "b sees a");
    expect(b.provider.awareness.getStates().get(a.doc.clientID)?.user).toEqual({ name: "the true wang" });
    const forged = new awareness.Awareness(Object.assign(new Y.Doc(), { clientID: a.doc.clientID }));
    forged.setLocalState({ cursor: 666 });
    for (let n = 0; n < 20; n++) forged.setLocalStateField("cursor", 666 + n);
    b.provider.ws?.send(message(1, awareness.encodeAwarenessUpdate(forged, [a.doc.clientID])));
    a.provider.awareness.setLocalStateField("cursor", 2);
    await until(() => b.provider.awareness.getStates().get(a.doc.clientID)?.cursor === 2, "a still speaks for itself");
    forged.destroy();
  });
});

describe("opening", () => {
  test("[RT-OPN-2] a long tail is folded while people write, and everybody still has the same", async () => {
    const { url, log } = await liveBench({ limits: loopbackLimits });
    const [a, b] = [client(url), client(url)];
    await Promise.all([synced(a), synced(b)]);
    for (let n = 0; n < 1500; n++) {
      a.write(`${n} `);
      if (n % 25 === 0) await until(() => stored(log) === a.read(), "it is stored");
    }
    await until(() => log.load(room).state !== null, "it is folded");
    for (let more = 0; more < 50; more++) a.write("after ");
    await until(() => stored(log) === a.read() && b.read() === a.read(), "nothing is missing");
    const fresh = client(url);
    await until(() => fresh.read() === a.read(), "a newcomer has it too");
    expect(documentAt(log, room, Date.now()).getText("minutes-text").toString()).toBe(a.read());
  }, 60_000);
  test("[RT-OPN-3] documents are folded in a thread of their own", async () => {
    const { url, log, errors } = await liveBench({ idleFor: 50 });
    const a = client(url);
    await synced(a);
    for (let n = 0; n < 20; n++) a.write("large ".repeat(2000));
    await until(() => stored(log) === a.read(), "it is stored");
    a.provider.destroy();
    await until(() => log.load(room).tail.length === 0 && log.load(room).state !== null, "it is folded");
    expect(stored(log)).toBe(a.read());
    expect(errors).toEqual([]);
  });
  test("[RT-OPN-3] the thread ends when there is nothing more to fold, and another begins when there is", async () => {
    const dir = folder();
    layShelf(dir, "log");
    const thread = new FoldThread(dir, 20);
    onTestFinished(() => thread.close());
    const shelf = shelfReader(dir);
    for (const room of ["first", "second"]) {
      const task = { room, seq: 1, birth: birthUpdate(birthOf("log", room)), ...handed([{ at: 1, by: "", update: words(1)[0] as Uint8Array }]) };
      const folding = thread.fold([task]);
      await until(() => thread.stands, "a thread folds");
      expect((await folding).folded.map((each) => each.room)).toEqual([room]);
      expect(shelf?.seqOf(room)).toBe(1);
      await until(() => !thread.stands, "it ended");
    }
    shelf?.close();
  });
  test("[RT-OPN-3] while what is folded waits for the disk, what others write is on disk at once", async () => {
    const dir = folder();
    const log = openUpdateLog(dir);
    onTestFinished(() => log.close());
    log.append(words(10).map((update) => entry("folded", update)));
    const other = new Database(join(dir, "shelf.db"));
    other.exec("BEGIN IMMEDIATE");
    const folding = log.fold(["folded"]);
    log.append([entry("typed", words(1)[0] as Uint8Array)]);
    const reader = new Database(join(dir, "live.db"), { readonly: true });
    expect(reader.prepare("SELECT count(*) FROM Journal").pluck().get()).toBe(2);
    reader.close();
    expect(log.oldest().rooms).toEqual(["folded", "typed"]);
    other.exec("ROLLBACK");
    other.close();
    await folding;
    expect(log.oldest().rooms).toEqual(["typed"]);
  });
  test("[RT-OPN-4] garbage goes, the past stays", async () => {
    const { url, log } = await liveBench({ idleFor: 50 });
    const a = client(url);
    await synced(a);
    const text = a.doc.getText("minutes-text");
    for (let n = 0; n < 30; n++) {
      a.write("written and deleted ".repeat(50));
      await until(() => stored(log) === a.read(), "it is stored");
      text.delete(0, text.length);
      await until(() => stored(log) === "", "it is deleted");
    }
    a.provider.destroy();
    await until(() => log.load(room).tail.length === 0, "it is folded");
    expect(log.load(room).state?.length).toBeLessThan(500);
    expect([...log.history(room)].length).toBeGreaterThan(0);
  }, 60_000);
});

describe("limits", () => {
  test("[RT-LIM-1] a message too large cuts its sender", async () => {
    const { url } = await liveBench({ limits: { message: 10_000 } });
    const a = await raw(url);
    a.ws.send(new Uint8Array(10_001));
    expect(await a.closed).toBe(1009);
  });
  test("[RT-LIM-2] a flood cuts its sender and nobody else", async () => {
    const { url, cut } = await liveBench({ admit: byCookie, limits: { work: { perSecond: 100, atOnce: 500 } } });
    const [honest, a] = [client(url, room, { cookie: "honest" }), await raw(url)];
    await synced(honest);
    for (let n = 0; n < 600; n++) a.ws.send(update(new Uint8Array(2)));
    expect(await a.closed).toBe(closeCodes.tooFast);
    honest.write("still here");
    await until(() => honest.saved() > 1, "the honest one is served");
    expect(cut).toEqual(["tooFast"]);
  });
  test("[RT-LIM-10] who sends faster than one is read at is slowed down and not cut: nobody waits for it, and nothing is lost", async () => {
    const { url, log, cut } = await liveBench({ limits: { pace: { perSecond: 500_000, atOnce: 20_000 } } });
    const [honest, fast] = [client(url), client(url)];
    await synced(honest);
    await synced(fast);
    for (let n = 0; n < 20; n++) fast.write("x".repeat(20_000));
    await until(() => stored(log).includes("x"), "the first of it is there");
    honest.write("here");
    await until(() => stored(log).includes("here"), "the honest one is served");
    expect(stored(log).length).toBeLessThan(400_004);
    await until(() => stored(log).length === 400_004, "all of it is there");
    expect(cut).toEqual([]);
  });
  test("[RT-LIM-3] a document grows to its limit and no further", async () => {
    const { url, log } = await liveBench({ limits: { document: 5000 } });
    const a = client(url);
    await synced(a);
    a.write("x".repeat(4000));
    await until(() => stored(log).length === 4000, "it is stored");
    a.write("y".repeat(4000));
    expect(await a.closed).toBe(closeCodes.tooMuch);
    expect(stored(log)).toHaveLength(4000);
  });
  test("[RT-LIM-4] one person has so many sockets and rooms, and others have theirs", async () => {
    const { url } = await liveBench({ admit: byCookie, limits: { socketsEach: 3, roomsEach: 2 } });
    const open = (name: string, cookie: string) => client(url, name, { cookie });
    await Promise.all([open("a", "wang"), open("b", "wang")].map(synced));
    expect(await open("c", "wang").closed).toBe(closeCodes.tooMany);
    await synced(open("a", "wang"));
    expect(await open("a", "wang").closed).toBe(closeCodes.tooMany);
    await synced(open("a", "li"));
  });
  test("[RT-LIM-6] who goes on with words whose beginnings nobody has is cut", async () => {
    const { url, log } = await liveBench({ limits: { outOfStep: 50 } });
    const [honest, a] = [client(url), await raw(url)];
    await synced(honest);
    const later = letters("ab")[1] as Uint8Array;
    for (let n = 0; n < 60; n++) a.ws.send(update(later));
    expect(await a.closed).toBe(closeCodes.again);
    honest.write("fine");
    await until(() => stored(log) === "fine", "the honest words are stored");
  });
  test("[RT-LIM-9] a message with words of more unknown clients than one page can have is not taken, nor a document of too many", async () => {
    const { url, log } = await liveBench({ limits: { newClients: 20, clients: 31 } });
    const crowd = (n: number) =>
      Y.mergeUpdates(
        Array.from({ length: n }, () => {
          const doc = new Y.Doc();
          doc.getText("minutes-text").insert(0, "x");
          return Y.encodeStateAsUpdate(doc);
        }),
      );
    const [honest, a, b] = [client(url), await raw(url), await raw(url)];
    await synced(honest);
    a.ws.send(update(crowd(21)));
    expect(await a.closed).toBe(closeCodes.tooMuch);
    b.ws.send(update(crowd(20)));
    await until(() => stored(log).length === 20, "twenty are taken");
    b.ws.send(update(crowd(11)));
    expect(await b.closed).toBe(closeCodes.tooMuch);
    honest.write("fine");
    await until(() => stored(log).length === 24, "the honest words are stored");
    expect(stored(log)).toContain("fine");
  });
  test("[RT-LIM-8] who floods with questions is cut, and the answers wait in nobody's way", async () => {
    const { url } = await liveBench({ admit: byCookie, limits: { work: { perSecond: 1000, atOnce: 2000 } } });
    const [honest, a] = [client(url, room, { cookie: "honest" }), await raw(url)];
    await synced(honest);
    honest.write("long ".repeat(50_000));
    await until(() => honest.saved() > 1, "there is something to ask for");
    for (let n = 1; n < 3000; n++) a.ws.send(ask(Y.encodeStateVector(new Map([[honest.doc.clientID, n]]))));
    expect(await a.closed).toBe(closeCodes.tooFast);
    honest.write("fine");
    await until(() => honest.saved() > 2, "the honest one is served");
  });
  test("[RT-LIM-11] who asks again before the last answer is paid is answered later, and only what it asked last", async () => {
    const { url } = await liveBench({ limits: { pace: { perSecond: 1000, atOnce: 1000 } } });
    const [honest, a] = [client(url), await raw(url)];
    await synced(honest);
    const text = "long ".repeat(300);
    for (const word of text.match(/.{30}/g) ?? []) honest.write(word);
    await until(() => honest.saved() > 50, "there is something to ask for");
    const answers = () => a.heard.filter((m) => m[0] === 0 && m[1] === 1);
    a.ws.send(ask());
    await until(() => answers().length === 1, "the first is answered at once");
    for (let n = 0; n < 20; n++) a.ws.send(ask());
    a.ws.send(ask(Y.encodeStateVector(honest.doc)));
    await until(() => answers().length === 2, "the last is answered when it is due");
    const built = (m: Uint8Array | undefined) => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, bodyOf(m ?? new Uint8Array()));
      return doc.getText("minutes-text").toString();
    };
    expect(answers().map(built)).toEqual([text, ""]);
    honest.write("!");
    await until(() => a.heard.some((m) => m[0] === 0 && m[1] === 2), "it is told what others write all the while");
    expect(answers()).toHaveLength(2);
  });
  test("[RT-LIM-12] of a crowd at the door a few come in at a time, and those inside are heard in between", async () => {
    let turn = 0;
    let spinning: NodeJS.Immediate;
    const spin = () => {
      turn++;
      spinning = setImmediate(spin);
    };
    spin();
    onTestFinished(() => clearImmediate(spinning));
    const admitted: number[] = [];
    const { server } = await liveBench({
      admit: async () => {
        admitted.push(turn);
        return { ok: true, access: "write", personId: "p", session: "s" };
      },
    });
    let there = 0;
    server.on("connection", () => there++);
    const { port } = server.address() as AddressInfo;
    const crowd = Array.from({ length: 30 }, () => connect(port, "127.0.0.1"));
    onTestFinished(() => {
      for (const each of crowd) each.destroy();
    });
    await until(() => there === crowd.length, "all stand before the door");
    // They knock in one moment.
    const knock = ["GET /collab/minutes:c:m HTTP/1.1", "Host: x", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"];
    for (const each of crowd) each.write([...knock, `Sec-WebSocket-Key: ${Buffer.alloc(16).toString("base64")}`, "", ""].join("\r\n"));
    await until(() => admitted.length === crowd.length, "all are asked who they are");
    const each = admitted.map((one) => admitted.filter((other) => other === one).length);
    expect(Math.max(...each)).toBeLessThanOrEqual(4);
  });
});

/** Every word that is taken, whose it is and in which turn of the event loop; as if each took three milliseconds. */
async function takenIn(over: Partial<Parameters<typeof liveBench>[0]> = {}, onWord = () => {}) {
  let turn = 0;
  let spinning: NodeJS.Immediate;
  const spin = () => {
    turn++;
    spinning = setImmediate(spin);
  };
  spin();
  let late = 0;
  const now = performance.now.bind(performance);
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now() + late);
  onTestFinished(() => {
    clearImmediate(spinning);
    clock.mockRestore();
  });
  const taken: { client: number; turn: number }[] = [];
  const visit = ({ client }: { client: number }) => {
    late += 3;
    taken.push({ client, turn });
    onWord();
  };
  const bench = await liveBench({ grammar: () => ({ begin() {}, note() {}, visit, end() {}, keep() {} }), ...over });
  /** So many letters in one write; one more when it is told to. */
  const bring = async (clientId: number, count: number) => {
    const brought = await raw(bench.url, room, "?ours=1");
    const stream = (brought.ws as unknown as { _socket: Socket })._socket;
    stream.cork();
    const [more = new Uint8Array(), ...all] = letters("x".repeat(count + 1), clientId).reverse();
    for (const each of all.reverse()) brought.ws.send(update(each));
    stream.uncork();
    return { ...brought, more: () => brought.ws.send(update(more)) };
  };
  return { ...bench, taken, bring };
}

describe("who brings much at once", () => {
  test("[RT-LIM-13] is heard a part at a time, and others in between", async () => {
    const { taken, bring, log } = await takenIn();
    const [one] = await Promise.all([bring(1, 400), bring(2, 400)]);
    await until(() => stored(log).length === 800, "all is stored");
    one.more();
    await until(() => stored(log).length === 801, "and so is what comes later");
    const each = taken.map(({ turn }) => taken.filter((other) => other.turn === turn).length);
    expect(Math.max(...each)).toBeLessThanOrEqual(2 * 2 * 21);
    const order = taken.map(({ client }) => client);
    expect(order.lastIndexOf(1)).toBeGreaterThan(order.indexOf(2));
    expect(order.lastIndexOf(2)).toBeGreaterThan(order.indexOf(1));
  });
  test("[RT-LIM-13] waits in its own socket: no more is read of it than is soon taken", async () => {
    const size = update(letters("xx")[1] as Uint8Array).length;
    let most = 0;
    const { bring, taken, live } = await takenIn({}, () => {
      const read = Number(/received_bytes_total (\d+)/.exec(live.metrics())?.[1]);
      most = Math.max(most, read - taken.length * size);
    });
    await bring(1, 12_000);
    // By the clock of this test, on which every word takes three milliseconds.
    await until(() => taken.length === 12_000, "all is taken", 60_000);
    expect(12_000 * size).toBeGreaterThan(250_000);
    expect(most).toBeLessThan(150_000);
  });
  test("[RT-LIM-13] is heard to the end, though it left when it had said it", async () => {
    const { bring, log, live } = await takenIn();
    const { ws } = await bring(1, 400);
    ws.close();
    await until(() => stored(log).length === 400, "all is stored");
    await until(() => live.metrics().includes("sockets 0"), "and it is gone");
  });
  test("[RT-LIM-13] is heard to the end when a room is settled", async () => {
    const { bring, taken, live, log } = await takenIn();
    await bring(1, 400);
    await until(() => taken.length > 0, "it is heard");
    expect(taken.length).toBeLessThan(400);
    const settled = live.settle(room);
    expect(taken).toHaveLength(400);
    await settled;
    expect(stored(log)).toHaveLength(400);
  });
  test("[RT-DUR-7] [RT-LIM-13] is heard to the end when the server stops", async () => {
    const { bring, taken, live, dir } = await takenIn();
    const { heard } = await bring(1, 400);
    await until(() => taken.length > 0, "it is heard");
    expect(taken.length).toBeLessThan(400);
    await live.close();
    const log = openUpdateLog(dir);
    expect(stored(log)).toHaveLength(400);
    await log.close();
    expect(Buffer.from(heard.at(-1) ?? [])).toEqual(Buffer.from(message(100, 400)));
  });
  test("[RT-LIM-13] is not taken for somebody who is gone while it waits to be heard", async () => {
    let beats = 0;
    const heart = setInterval(() => beats++, 20);
    onTestFinished(() => clearInterval(heart));
    // Every word keeps the server busy.
    const { bring, log, taken } = await takenIn({ beat: 20 }, () => {
      for (const end = Date.now() + 2; Date.now() < end; );
    });
    const { ws, more } = await bring(1, 400);
    await until(() => taken.length === 400, "all is taken", 60_000);
    expect(beats).toBeGreaterThan(5);
    expect(ws.readyState).toBe(ws.OPEN);
    more();
    await until(() => stored(log).length === 401, "and it goes on", 60_000);
  });
  test("[RT-LIM-13] is not heard any more once it was cut", async () => {
    let admission = admitted();
    const { bring, taken, live } = await takenIn({ admit: async () => admission });
    const { closed } = await bring(1, 400);
    await until(() => taken.length > 0, "it is heard");
    admission = { ok: false, reason: "signedOut" };
    await live.recheck();
    const { length } = taken;
    expect(length).toBeLessThan(400);
    expect(await closed).toBe(closeCodes.signedOut);
    expect(taken).toHaveLength(length);
    await until(() => live.metrics().includes("sockets 0"), "and it is gone");
  });
});

describe("what other projects lost", () => {
  test("[RT-BIRTH-4] a server laid anew does not mix its document with the one people still hold", async () => {
    const seed = async () => (doc: Y.Doc) => {
      if (doc.getText("minutes-text").length === 0) doc.getText("minutes-text").insert(0, "agenda");
    };
    const first = await liveBench({ prepare: seed });
    const a = client(first.url);
    await until(() => a.read() === "agenda", "a has it");
    const states: string[] = [];
    const kept = new Drawer();
    const ours = line(first.url, { keep: kept.of, onChange: ({ ended }) => ended && states.push(ended) });
    await until(() => ours.line.state.savedAt !== null, "so has ours");
    const second = await liveBench({ prepare: seed });
    a.provider.disconnect();
    a.provider.serverUrl = second.url;
    a.provider.connect();
    expect(await a.closed).toBe(closeCodes.otherHistory);
    expect(a.read()).toBe("agenda");
    expect(stored(second.log)).toBe("agenda");
    ours.line.destroy();
    const back = line(second.url, { keep: kept.of, onChange: ({ ended }) => ended && states.push(ended) });
    await until(() => states.includes("otherHistory"), "ours is told why");
    // What it holds is shown, and not mixed in.
    expect(back.read()).toBe("agenda");
    expect(kept.updates.length).toBeGreaterThan(0);
    expect(stored(second.log)).toBe("agenda");
  });
  test("[RT-BIRTH-5] two who open a new document at once find one agenda in it, not two", async () => {
    const { url } = await liveBench({
      prepare: async () => (doc) => {
        if (doc.getText("minutes-text").length === 0) doc.getText("minutes-text").insert(0, "agenda");
      },
    });
    const all = Array.from({ length: 8 }, () => client(url));
    await Promise.all(all.map(synced));
    await until(() => all.every((each) => each.read() !== ""), "all have it");
    expect(new Set(all.map((each) => each.read()))).toEqual(new Set(["agenda"]));
  });
  test("[RT-STEP-1] the server notices that a client lost a message, asks, and has everything again", async () => {
    const { url, log, live } = await liveBench();
    const a = client(url);
    await synced(a);
    a.write("one ");
    await until(() => stored(log) === "one ", "it is stored");
    // One update never leaves.
    const send = a.provider.ws?.send.bind(a.provider.ws);
    if (!a.provider.ws || !send) throw new Error("not connected");
    a.provider.ws.send = () => {};
    a.write("two ");
    a.provider.ws.send = send;
    a.write("three");
    await until(() => stored(log) === "one two three", "it is all there");
    expect(a.provider.wsconnected).toBe(true);
    expect(live.metrics()).toContain("yishi_live_resyncs_total 1");
  });
  test("[RT-STEP-2] a client notices that it lost a message, shows it, asks, and has everything again", async () => {
    const { url } = await liveBench();
    const [a, changes] = [client(url), [] as boolean[]];
    await synced(a);
    const b = line(url, { onChange: ({ outOfStep }) => changes.push(outOfStep) });
    await until(() => b.line.state.savedAt !== null, "b is in");
    const socket = b.line.provider.ws as unknown as { onmessage: unknown };
    const hear = socket.onmessage;
    let lost = 0;
    socket.onmessage = () => {
      lost++;
    };
    a.write("lost ");
    await until(() => lost > 0, "a message is lost");
    socket.onmessage = hear;
    a.write("found");
    await until(() => b.read() === "lost found", "b has everything");
    expect(changes).toContain(true);
    expect(b.line.state.outOfStep).toBe(false);
  });
  test("[RT-STEP-3] a page that holds words whose beginnings nobody has stays, writes on, and gives them when their beginnings come", async () => {
    const { url, log, cut } = await liveBench({ beat: 50 });
    const [first = new Uint8Array(), second = new Uint8Array()] = letters("ab");
    const kept = new Drawer();
    kept.updates.push(second);
    const a = line(url, { keep: kept.of });
    await until(() => a.line.state.outOfStep, "it is shown");
    a.write("typed on.");
    await until(() => stored(log) === "typed on.", "what stands is stored");
    expect([a.line.state.connected, a.line.state.savedAt, cut]).toEqual([true, null, []]);
    const b = await raw(url);
    b.ws.send(update(first));
    await until(() => stored(log).includes("ab"), "the page gave the rest");
    await until(() => a.line.state.savedAt !== null, "now all is saved");
    expect([a.line.state.outOfStep, a.read(), cut]).toEqual([false, stored(log), []]);
  });
  test("[RT-STEP-3] words that came to stand on a page are not known to be saved before the server has them", async () => {
    const { url, log } = await liveBench();
    const [first = new Uint8Array(), second = new Uint8Array()] = letters("ab");
    const kept = new Drawer();
    kept.updates.push(second);
    const a = line(url, { keep: kept.of });
    await until(() => a.line.state.outOfStep, "it is shown");
    const b = await raw(url);
    b.ws.send(update(first));
    await until(() => a.read() === "ab", "they stand");
    // The page dies before the server asked again.
    a.line.destroy();
    const again = line(url, { keep: kept.of });
    await until(() => again.line.state.savedAt !== null, "it is not told that the server went back");
    expect(stored(log)).toBe("ab");
  });
  test("[RT-OFF-1] words typed offline arrive when the network comes back, and are kept over a crash of the page", async () => {
    const { url, log } = await liveBench();
    const kept = new Drawer();
    const a = line(url, { keep: kept.of });
    await until(() => a.line.state.savedAt !== null, "a is in");
    a.line.provider.disconnect();
    a.write("in the basement");
    expect(a.line.state.savedAt).toBeNull();
    a.line.destroy();
    const b = line(url, { keep: kept.of });
    await until(() => stored(log) === "in the basement", "the words arrive");
    await until(() => b.line.state.savedAt !== null, "and are called saved");
  });
  test("[RT-OFF-1] when the browser keeps nothing any more, what is typed is sent, and called saved only when it is", async () => {
    const { url, log } = await liveBench();
    const kept = new Drawer();
    const a = line(url, { keep: kept.of });
    await until(() => a.line.state.savedAt !== null, "a is in");
    // The browser closes what it kept under the page, and the keeper throws at the next word.
    kept.close();
    expect(() => a.write("lost?")).toThrow();
    expect(a.line.state).toMatchObject({ savedAt: null, unsaved: true });
    await until(() => stored(log) === "lost?", "it was sent all the same");
  });
  test("[RT-OFF-2] however long the server is away, the client comes back by itself", async () => {
    const dir = folder();
    const first = await liveBench({}, dir);
    const { port } = first.server.address() as { port: number };
    const a = line(first.url);
    await until(() => a.line.state.savedAt !== null, "a is in");
    await first.live.close();
    first.server.closeAllConnections();
    await new Promise((done) => first.server.close(done));
    a.write("a long piece ");
    let tries = 0;
    a.line.provider.on("connection-error", () => tries++);
    await until(() => tries >= 4, "it tried and tried", 20_000);
    a.write("of writing");
    const second = await liveBench({}, dir, port);
    await until(() => stored(second.log) === "a long piece of writing", "it came back", 20_000);
  }, 60_000);

  test("[RT-OFF-3] what is saved is thrown away by the last of two pages, and never while the other has unsaved words", async () => {
    let access: Admission = admitted();
    const { url, live } = await liveBench({ admit: async () => access });
    const kept = new Drawer();
    const [a, b] = [line(url, { keep: kept.of }), line(url, { keep: kept.of })];
    await until(() => a.line.state.savedAt !== null && b.line.state.savedAt !== null, "both are in");
    b.line.provider.disconnect();
    b.write("typed offline");
    access = { ok: false, reason: "over" };
    await live.recheck();
    await until(() => a.line.state.ended === "over", "a is shown out");
    expect(kept.updates.length).toBeGreaterThan(0);
    b.line.destroy();
    const again = line(url, { keep: kept.of });
    await until(() => again.line.state.ended === "over", "b's page is opened again");
    expect(again.read()).toBe("typed offline");
  });

  async function restored() {
    const dir = folder();
    const backup = folder();
    const first = await liveBench({ admit: byCookie }, dir);
    const kept = new Drawer();
    const a = line(first.url, { keep: kept.of }, "wang");
    await until(() => a.line.state.ready, "a is in");
    a.write("in the backup, ");
    await until(() => a.line.state.savedAt !== null, "it is saved");
    await first.live.close();
    mkdirSync(backup, { recursive: true });
    for (const name of readdirSync(dir)) copyFileSync(join(dir, name), join(backup, name));
    const second = await liveBench({ admit: byCookie }, dir);
    a.line.provider.serverUrl = second.url;
    await until(() => a.line.state.savedAt !== null && a.line.provider.wsconnected, "a is back", 20_000);
    a.write("and after it");
    await until(() => a.line.state.savedAt !== null, "that is saved too");
    await second.live.close();
    // The backup comes back, and somebody goes on writing in it.
    const third = await liveBench({ admit: byCookie }, backup);
    const other = client(third.url, room, { cookie: "li" });
    await until(() => other.read() === "in the backup, ", "the backup is served");
    other.write("[li goes on]");
    await until(() => stored(third.log).includes("li"), "it is stored");
    a.line.provider.serverUrl = third.url;
    return { a, third, kept, other };
  }
  test("[RT-BACK-1] a page that knows more than a restored backup is told so; nothing is merged, nothing dropped", async () => {
    const { a, third, kept } = await restored();
    await until(() => a.line.state.ended === "wentBack", "a is told", 20_000);
    expect(stored(third.log)).toBe("in the backup, [li goes on]");
    expect(a.read()).toBe("in the backup, and after it");
    expect(a.line.state.unsaved).toBe(true);
    // The page is closed and opened again: it is told again, and still has everything.
    a.line.destroy();
    const again = line(third.url, { keep: kept.of }, "wang");
    await until(() => again.line.state.ended === "wentBack", "it is told again", 20_000);
    expect(again.read()).toBe("in the backup, and after it");
  }, 60_000);
  test("[RT-BACK-2] what the page knows is given back when its writer says so", async () => {
    const { a, third, other } = await restored();
    await until(() => a.line.state.ended === "wentBack", "a is told", 20_000);
    a.line.giveBack();
    await until(() => a.line.state.savedAt !== null, "it is saved");
    await until(() => other.read().includes("and after it") && other.read() === a.read(), "everybody has both");
    expect(stored(third.log)).toBe(a.read());
  }, 60_000);
});

describe("given back", () => {
  test("[RT-BACK-3] words of others that a page gives back stay theirs: they come back too, and write on", async () => {
    const dir = folder();
    const backup = folder();
    const first = await liveBench({ admit: byCookie }, dir);
    const [wang, li] = [line(first.url, {}, "wang"), line(first.url, {}, "li")];
    await until(() => wang.line.state.ready && li.line.state.ready, "both are in");
    wang.write("w");
    li.write("l");
    await until(() => wang.read() === li.read() && wang.read().length === 2 && wang.line.state.savedAt !== null, "both wrote");
    const begun = wang.read();
    await first.live.close();
    for (const name of readdirSync(dir)) copyFileSync(join(dir, name), join(backup, name));
    const second = await liveBench({ admit: byCookie }, dir);
    for (const each of [wang, li]) each.line.provider.serverUrl = second.url;
    await until(() => wang.line.provider.synced && li.line.provider.synced, "both are back", 20_000);
    li.write("li's words. ");
    await until(() => wang.read() === `${begun}li's words. ` && li.line.state.savedAt !== null, "wang reads them");
    wang.write("wang's words. ");
    await until(() => li.read() === wang.read() && wang.line.state.savedAt !== null, "li reads wang's");
    const all = wang.read();
    await second.live.close();
    const third = await liveBench({ admit: byCookie }, backup);
    for (const each of [wang, li]) each.line.provider.serverUrl = third.url;
    await until(() => wang.line.state.ended === "wentBack" && li.line.state.ended === "wentBack", "both are told", 20_000);
    wang.line.giveBack();
    await until(() => stored(third.log) === all, "wang gave everything back");
    li.line.giveBack();
    await until(() => li.line.state.savedAt !== null, "li is back");
    li.write("More of li's.");
    await until(() => wang.read() === `${all}More of li's.`, "and writes on");
    expect(li.line.state.ended).toBeNull();
    expect(third.log.writers(room).get(li.line.doc.clientID)).toBe("li");
  }, 60_000);
});

describe("who wrote what", () => {
  test("[RT-HIS-3] every word is its writer's, and nobody writes under another's client id", async () => {
    const { url, log, cut } = await liveBench({ admit: byCookie });
    const [wang, li] = [client(url, room, { cookie: "wang" }), client(url, room, { cookie: "li" })];
    await Promise.all([synced(wang), synced(li)]);
    wang.write("wang's words. ");
    await until(() => li.read() !== "", "li reads them");
    li.write("li's words. ");
    await until(() => stored(log).includes("li's"), "both are stored");
    const written = whoWrote(documentAt(log, room, Date.now()).getText("minutes-text"), log.writers(room));
    expect(written).toEqual([
      { text: "wang's words. ", by: "wang" },
      { text: "li's words. ", by: "li" },
    ]);
    const forger = new Y.Doc();
    Y.applyUpdate(forger, Y.encodeStateAsUpdate(li.doc));
    forger.clientID = wang.doc.clientID;
    const before = Y.encodeStateVector(forger);
    forger.getText("minutes-text").insert(0, "wang owes me. ");
    li.provider.ws?.send(update(Y.encodeStateAsUpdate(forger, before)));
    expect(await li.closed).toBe(closeCodes.notYours);
    expect(stored(log)).toBe("wang's words. li's words. ");
    expect(cut).toEqual(["notYours"]);
  });
  test("[RT-HIS-3] nobody takes a client id that was seen at somebody's cursor, before that person wrote or while they are away", async () => {
    const { url, log } = await liveBench({ admit: byCookie });
    const [wang, li] = [client(url, room, { cookie: "wang" }), client(url, room, { cookie: "li" })];
    await Promise.all([synced(wang), synced(li)]);
    wang.provider.awareness.setLocalState({ cursor: 1 });
    await until(() => li.provider.awareness.getStates().has(wang.doc.clientID), "li sees wang's cursor");
    wang.provider.disconnect();
    wang.write("typed away");
    li.provider.ws?.send(update(letters("x", wang.doc.clientID)[0] as Uint8Array));
    expect(await li.closed).toBe(closeCodes.notYours);
    wang.provider.connect();
    await until(() => stored(log) === "typed away", "wang's words arrive");
  });
});

describe("a stock client, unchanged", () => {
  test("[RT-STK-1] sync: a question is answered with all that is lacking, then asked back; known words are not told again", async () => {
    const { url, log } = await liveBench();
    const a = client(url);
    await synced(a);
    a.write("hello");
    await until(() => stored(log) === "hello", "it is stored");
    const b = await raw(url);
    b.ws.send(ask());
    await until(() => b.heard.filter((m) => m[0] === 0).length === 2, "both messages come");
    const [first, second] = b.heard.filter((m) => m[0] === 0) as [Uint8Array, Uint8Array];
    expect([first[1], second[1]]).toEqual([1, 0]);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, bodyOf(first));
    expect(doc.getText("minutes-text").toString()).toBe("hello");
    b.heard.length = 0;
    b.ws.send(ask(Y.encodeStateVector(doc)));
    await until(() => b.heard.filter((m) => m[0] === 0).length === 2, "both messages come again");
    expect(Y.decodeUpdate(bodyOf(b.heard.find((m) => m[1] === 1) as Uint8Array)).structs).toEqual([]);
  });
  test("[RT-STK-2] several providers in one page, of one room and of others", async () => {
    const { url } = await liveBench();
    const rooms = ["a", "a", "b", "b", "c/d e"];
    const all = rooms.map((name) => client(url, encodeURIComponent(name)));
    await Promise.all(all.map(synced));
    for (const [n, each] of all.entries()) each.write(String(n));
    await until(() => all[0]?.read().length === 2 && all[2]?.read().length === 2, "each room has its own");
    await until(() => all[1]?.read() === all[0]?.read() && all[3]?.read() === all[2]?.read(), "and the same in it");
    expect(all[4]?.read()).toBe("4");
  });
  test("[RT-STK-3] awake after sleep, it has what it missed and gives what it wrote", async () => {
    const { url } = await liveBench();
    const [a, b] = [client(url), client(url)];
    await Promise.all([synced(a), synced(b)]);
    // A lid is closed: the connection dies without a word.
    (a.provider.ws as unknown as WebSocket).terminate();
    a.doc.getText("minutes-text").insert(0, "dreamt ");
    b.write("missed");
    await until(() => a.read() === b.read() && a.read().includes("dreamt") && a.read().includes("missed"), "both have both");
  });
  test("[RT-STK-4] who only listens is not cut for silence", async () => {
    const { url } = await liveBench({ beat: 50 });
    const a = await raw(url);
    a.ws.send(ask());
    await until(() => a.heard.length === 2, "it listens");
    await until(() => a.heard.length > 4, "something comes to keep it awake");
    // A presence of nobody: y-websocket takes it for a message and does nothing.
    expect(a.heard.slice(2).every((m) => m.length === 3 && m[0] === 1 && m[2] === 0)).toBe(true);
    expect(a.ws.readyState).toBe(WebSocket.OPEN);
  });
  test("[RT-STK-5] a message of ours is nothing to those who did not ask for it", async () => {
    const { url } = await liveBench();
    const a = await raw(url);
    a.ws.send(message(messageHello, hello.comesIn, new Uint8Array(1)));
    a.ws.send(ask());
    for (const bytes of letters("ab")) a.ws.send(update(bytes));
    await until(() => a.heard.length >= 2, "it is answered");
    expect(a.heard.every((m) => (m[0] ?? 0) < 100)).toBe(true);
  });
  test("[RT-BIRTH-6] a document is known by its birth from its first moment", async () => {
    const { url, log } = await liveBench();
    const a = client(url);
    await synced(a);
    expect(Y.decodeStateVector(Y.encodeStateVector(a.doc)).get(birthOf(log.id, room))).toBe(1);
    expect(log.oldest().rooms).toEqual([]);
    const stranger = await raw(url);
    stranger.ws.send(update(birthUpdate(birthOf("another", room))));
    expect(await stranger.closed).toBe(closeCodes.otherHistory);
  });
});

describe("one that fails holds up no other", () => {
  test("[RT-ADM-3] whoever may be there no more is shown out, though it cannot be asked about somebody else", async () => {
    const gone = new Set<string>();
    const admit = async (cookie: string | undefined): Promise<Admission> => {
      if (gone.size > 0 && cookie === "wang") throw new Error("the database is busy");
      return gone.has(cookie ?? "") ? { ok: false, reason: "notYours" } : admitted(cookie);
    };
    const { url, live } = await liveBench({ admit });
    const [wang, li] = [client(url, room, { cookie: "wang" }), client(url, room, { cookie: "li" })];
    await Promise.all([synced(wang), synced(li)]);
    gone.add("li");
    // Whoever relies on everybody having been asked hears that it was not so.
    await expect(live.recheck()).rejects.toThrow("could not be asked");
    expect(await li.closed).toBe(closeCodes.notYours);
    expect(wang.provider.wsconnected).toBe(true);
  });
  test("[LI5] records that cannot be looked up in one room are told in all others, and it is reported", async () => {
    let failing = "";
    const { url, live, errors } = await liveBench({
      async prepare(name) {
        if (name === failing) throw new Error("the database is busy");
        return () => {};
      },
    });
    const [one, other] = [await raw(url, "one", "?ours=1"), await raw(url, "other", "?ours=1")];
    for (const each of [one, other]) each.ws.send(ask());
    await until(() => one.heard.length > 1 && other.heard.length > 1, "both are in");
    failing = "one";
    await live.refresh(() => true);
    await until(() => other.heard.some((m) => m[0] === messageRecords), "the other is told");
    expect(errors).toEqual([expect.stringContaining("one could not be given its records")]);
  });
});

describe("seen", () => {
  test("[RT-SEE-1] what happens is counted, and health says when nothing can be saved", async () => {
    const disk = failingLog();
    const { url, live } = await liveBench({ log: disk.log });
    const [a, b] = [client(url), client(url)];
    await Promise.all([synced(a), synced(b)]);
    a.write("counted");
    await until(() => b.read() === "counted", "b reads it");
    const number = (name: string) => Number(new RegExp(`^yishi_live_${name} (.+)$`, "m").exec(live.metrics())?.[1]);
    expect([number("rooms"), number("sockets"), number("updates_total"), number("deliveries_total")]).toEqual([1, 2, 1, 1]);
    expect(number("commit_ms_count")).toBe(1);
    expect(number("sent_bytes_total")).toBeGreaterThan(20);
    expect(live.healthy()).toBe(true);
    disk.full = true;
    a.write("!");
    await until(() => !live.healthy(), "it says that it cannot save");
    expect(live.metrics()).toContain('yishi_live_cut_total{reason="cannotSave"} 2');
    disk.full = false;
    await until(() => b.read() === "counted!", "the words arrive after all");
    expect(live.healthy()).toBe(true);
  });
});
