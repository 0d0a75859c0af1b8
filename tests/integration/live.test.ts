import { describe, expect, test } from "vitest";
import WebSocket from "ws";
import * as Y from "yjs";
import { closeCodes } from "../../app/collab/close-codes";
import type { Admission } from "../../realtime/attach";
import { openLogReader, openUpdateLog } from "../../realtime/sqlite-log";
import { client, failingLog, liveBench, stored, synced, until } from "../support/live";
import { folder } from "../support/store";

describe("writing together", () => {
  test("[LI1] two clients see the same, and what one is told is saved is in the file", async () => {
    const { url, dir } = await liveBench();
    const [a, b] = [client(url), client(url)];
    await Promise.all([synced(a), synced(b)]);
    a.write("泵房水泵是1997年的。");
    await until(() => b.read().includes("1997"), "b sees a's words");
    b.write("立管锈住了。");
    await until(() => a.read().includes("立管"), "a sees b's words");
    expect(a.read()).toBe(b.read());
    await until(() => a.saved() >= 2, "a hears it is saved");
    const other = openLogReader(dir);
    expect(stored(other)).toBe(a.read());
    other.close();
  });

  test("[LI1][RT-DUR-2] nothing is relayed or acknowledged when the disk refuses", async () => {
    const disk = failingLog();
    const { url, errors } = await liveBench({ log: disk.log });
    const [a, b] = [client(url), client(url)];
    await Promise.all([synced(a), synced(b)]);
    await until(() => a.saved() >= 1, "the first exchange is acknowledged");
    const before = a.saved();
    disk.full = true;
    a.write("lost?");
    expect(await a.closed).toBe(closeCodes.cannotSave);
    expect(b.read()).toBe("");
    expect(a.saved()).toBe(before);
    expect(errors).toHaveLength(1);
    disk.full = false;
    // The writer still has it, comes back by itself, and now it is kept.
    await until(() => b.read() === "lost?", "the words arrive after all");
  });

  test("[LI1] words written offline, and in the very moment of coming back, are not lost", async () => {
    const { url, log } = await liveBench();
    const a = client(url);
    await synced(a);
    a.write("before, ");
    await until(() => stored(log) === "before, ", "the first words are stored");
    a.provider.disconnect();
    a.write("offline, ");
    // This update goes out before the server has asked for what it leans on.
    a.provider.on("status", ({ status }) => {
      if (status === "connected" && !a.read().endsWith("back.")) a.write("and back.");
    });
    a.provider.connect();
    await until(() => stored(log) === "before, offline, and back.", "all of it is stored");
  });

  test("[LI1] a log that cannot be shortened is reported, and writing goes on", async () => {
    const real = openUpdateLog(folder());
    const { url, errors } = await liveBench({
      log: {
        ...real,
        fold() {
          throw new Error("disk full");
        },
      },
    });
    const [a, b] = [client(url), client(url)];
    await Promise.all([synced(a), synced(b)]);
    for (let n = 0; n < 60; n++) {
      a.write(".");
      await until(() => a.saved() > n + 1, "each word is saved by itself");
    }
    await until(() => errors.length > 0, "somebody is told");
    a.write("!");
    await until(() => b.read() === `${".".repeat(60)}!`, "the other sees all of it");
  });

  test("[LI1][RT-OPN-5] a room nobody is in is given back, and opened again the same", async () => {
    const { url, log } = await liveBench({ idleFor: 5 });
    const a = client(url);
    await synced(a);
    for (const word of ["one ", "two ", "three"]) {
      a.write(word);
      await until(() => stored(log).endsWith(word), "each word is stored by itself");
    }
    expect(log.load("minutes:c:m").tail.length).toBeGreaterThan(1);
    a.provider.destroy();
    await until(() => log.load("minutes:c:m").tail.length === 0, "the room folds its log as it goes");
    const b = client(url);
    await until(() => b.read() === "one two three", "who comes next reads the same");
  });

  test("[LI1] a room opened again is the same, compacted or not", async () => {
    const { url, dir, log, live } = await liveBench();
    const a = client(url);
    await synced(a);
    for (let n = 0; n < 40; n++) a.write(`${n} `);
    await until(() => stored(log).endsWith("39 "), "all of it is stored");
    const text = a.read();
    await live.close();
    const again = await liveBench({}, dir);
    const b = client(again.url);
    await until(() => b.read() === text, "the other server tells the same");
  });
});

describe("who may", () => {
  test("[LI2][RT-ADM-4] a reader's words go nowhere", async () => {
    const { url, log } = await liveBench({
      admit: async (cookie): Promise<Admission> => ({ ok: true, access: cookie === "writer" ? "write" : "read", personId: cookie ?? "", session: "s" }),
    });
    const writer = client(url, "minutes:c:m", { cookie: "writer" });
    const reader = client(url, "minutes:c:m", { cookie: "reader" });
    await Promise.all([synced(writer), synced(reader)]);
    writer.write("said");
    await until(() => reader.read() === "said", "the reader reads");
    reader.write(" and forged");
    expect(await reader.closed).toBe(closeCodes.notYours);
    expect(stored(log)).toBe("said");
    expect(writer.read()).toBe("said");
  });
  test("[LI3][RT-ADM-3] shown out at once, with the reason; those who stay go on", async () => {
    const gone = new Set<string>();
    const bench = await liveBench({
      admit: async (cookie): Promise<Admission> =>
        gone.has(cookie ?? "") ? { ok: false, reason: "notYours" } : { ok: true, access: "write", personId: cookie ?? "", session: "s" },
    });
    const [a, b] = [client(bench.url, "minutes:c:m", { cookie: "a" }), client(bench.url, "minutes:c:m", { cookie: "b" })];
    await Promise.all([synced(a), synced(b)]);
    gone.add("b");
    await bench.live.recheck(({ personId }) => personId === "b");
    expect(await b.closed).toBe(closeCodes.notYours);
    a.write("still here");
    await until(() => stored(bench.log) === "still here", "a's words are stored");
  });
  test("[LI3][RT-ADM-3] shown out when the right ended between the door's answer and the room", async () => {
    let asked = 0;
    let opened = (): void => {};
    const opening = new Promise<void>((resolve) => {
      opened = resolve;
    });
    const bench = await liveBench({
      admit: async (): Promise<Admission> => (asked++ === 0 ? { ok: true, access: "write", personId: "p", session: "s" } : { ok: false, reason: "notYours" }),
      async prepare() {
        await opening;
        return () => {};
      },
    });
    const a = client(bench.url);
    await until(() => asked === 1, "the door has answered");
    await bench.live.recheck();
    opened();
    expect(await a.closed).toBe(closeCodes.notYours);
  });
  test("[LI3][RT-ADM-2] refused at the door with the reason", async () => {
    const { url } = await liveBench({ admit: async () => ({ ok: false, reason: "signedOut" }) });
    expect(await client(url).closed).toBe(closeCodes.signedOut);
  });
  test("[LI3][RT-ADM-1] a socket from another site is not answered", async () => {
    const { url } = await liveBench({ sameOrigin: () => false });
    const status = await new Promise<number | undefined>((resolve) => {
      const ws = new WebSocket(`${url}/minutes:c:m`);
      ws.on("unexpected-response", (_request, response) => resolve(response.statusCode));
      ws.on("error", () => {});
    });
    expect(status).toBe(403);
  });
});

describe("what nobody's client sends", () => {
  const doc = new Y.Doc();
  doc.getText("t").insert(0, "x".repeat(30));
  const whole = Y.encodeStateAsUpdate(doc);
  const missing = (() => {
    const one = new Y.Doc();
    const updates: Uint8Array[] = [];
    one.on("update", (u: Uint8Array) => updates.push(u));
    one.getText("t").insert(0, "a");
    one.getText("t").insert(1, "b");
    return updates[1] ?? new Uint8Array();
  })();
  const frames: [string, Buffer | string, number?][] = [
    ["text", "hello"],
    ["nothing", Buffer.alloc(0)],
    ["an unknown type", Buffer.from([77, 1, 2])],
    ["a length that runs out", Buffer.from([0, 2, 200, 1])],
    ["an update cut short", Buffer.from([0, 2, whole.length, ...whole.slice(0, 12)])],
    ["an update of noise", Buffer.from([0, 2, 8, 255, 254, 253, 252, 251, 250, 249, 248])],
    ["a broken state vector", Buffer.from([0, 0, 3, 255, 255, 255])],
    ["presence that is no JSON", Buffer.from([1, 5, 1, 1, 1, 1, 123])],
    ["an update whose predecessor is missing, and never comes", Buffer.from([0, 2, missing.length, ...missing]), closeCodes.again],
  ];
  test.each(frames)("[LI4][RT-LIM-5] %s shows its sender out and nobody else", async (_name, frame, expected = closeCodes.malformed) => {
    const { url, log } = await liveBench({ limits: { patience: 200 } });
    const honest = client(url);
    await synced(honest);
    honest.write("before ");
    const ws = new WebSocket(`${url}/minutes:c:m`);
    const code = await new Promise<number>((resolve) => {
      ws.on("close", resolve);
      ws.on("open", () => ws.send(frame));
    });
    expect(code).toBe(expected);
    honest.write("after");
    await until(() => stored(log) === "before after", "the honest words are stored");
    const fresh = client(url);
    await until(() => fresh.read() === "before after", "a newcomer reads them");
  });
  test("[LI4] a frame too large ends its connection only", async () => {
    const { url } = await liveBench();
    const honest = client(url);
    await synced(honest);
    const ws = new WebSocket(`${url}/minutes:c:m`);
    await new Promise<void>((resolve) => {
      ws.on("close", () => resolve());
      ws.on("error", () => {});
      ws.on("open", () => ws.send(Buffer.alloc(3 * 1024 * 1024)));
    });
    honest.write("fine");
    await until(() => honest.saved() > 1, "the honest words are saved");
  });
});
