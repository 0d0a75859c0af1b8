import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { birthOf } from "../../realtime/births";
import { FoldThread } from "../../realtime/fold-thread";
import { documentAt, momentsOf, whoWrote } from "../../realtime/history";
import { Busy } from "../../realtime/log";
import { openLogReader, openUpdateLog } from "../../realtime/sqlite-log";
import { birthUpdate } from "../../realtime/update";
import { entry, handed, logContract, words } from "../support/log-contract";
import { folder } from "../support/store";

describe("the log in SQLite", () => {
  logContract(openUpdateLog);

  test("[RT-LOG-7][RT-DUR-6] a second process is refused with a sentence that says what to do", async () => {
    const dir = folder();
    const log = openUpdateLog(dir);
    expect(() => openUpdateLog(dir)).toThrow(/Another process serves the live documents of this folder.*Stop it/);
    await log.close();
    await openUpdateLog(dir).close();
  });

  test("[RT-LOG-8] whoever only reads sees what is on disk, folded or not", async () => {
    const dir = folder();
    const reader = openLogReader(dir);
    expect(reader.load("one")).toEqual({ state: null, vector: undefined, tail: [] });
    const log = openUpdateLog(dir);
    const [a = new Uint8Array(), b = new Uint8Array()] = words(2);
    log.append([entry("one", a), entry("two", a)]);
    expect(reader.load("one").tail).toEqual([a]);
    await log.fold(["one"]);
    log.append([entry("one", b)]);
    expect(reader.load("one").tail).toEqual([b]);
    expect(reader.load("one").state).toEqual(log.load("one").state);
    reader.close();
    await log.close();
  });

  test("[RT-LOG-8] a file that cannot be read is no empty one", async () => {
    const dir = folder();
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, "live.db"), "no database at all, and long enough to be taken for one".repeat(20));
    const reader = openLogReader(dir);
    expect(() => reader.load("one")).toThrow(/not a database/);
    reader.close();
  });

  test("[RT-LOG-9] held by somebody else, it says so and has written nothing", async () => {
    const dir = folder();
    const log = openUpdateLog(dir);
    const other = new Database(join(dir, "live.db"));
    other.exec("BEGIN IMMEDIATE");
    expect(() => log.append([entry("one", words(1)[0] as Uint8Array)])).toThrow(Busy);
    other.exec("ROLLBACK");
    expect(log.load("one").tail).toEqual([]);
    log.append([entry("one", words(1)[0] as Uint8Array)]);
    expect(log.load("one").tail).toHaveLength(1);
    other.close();
    await log.close();
  });
});

/** A folder as a kill leaves it that comes when the shelf is written and the journal has not forgotten. */
async function killedBetween(): Promise<string> {
  const dir = folder();
  const log = openUpdateLog(dir);
  for (const update of words(5)) log.append([entry("one", update, "wang")]);
  await log.close();
  copyFileSync(join(dir, "live.db"), join(dir, "before"));
  const again = openUpdateLog(dir);
  await again.fold(["one"]);
  await again.close();
  copyFileSync(join(dir, "before"), join(dir, "live.db"));
  return dir;
}

describe("the shelf beside the journal", () => {
  test("[RT-LOG-10] killed after the shelf was written and before the journal forgot, nothing is there twice", async () => {
    const dir = await killedBetween();
    const reader = openLogReader(dir);
    const log = openUpdateLog(dir);
    for (const each of [log, reader]) {
      expect(each.load("one").state).not.toBeNull();
      expect(each.load("one").tail).toEqual([]);
      expect([...each.history("one")]).toHaveLength(1);
    }
    expect(log.oldest()).toEqual({ bytes: 0, rooms: [] });
    const more = words(6)[5] as Uint8Array;
    log.append([entry("one", more)]);
    expect(log.load("one").tail).toEqual([more]);
    expect(reader.load("one").tail).toEqual([more]);
    await log.fold(["one"]);
    expect([...log.history("one")]).toHaveLength(2);
    reader.close();
    await log.close();
    const db = new Database(join(dir, "live.db"));
    expect(db.prepare("SELECT count(*) FROM Journal").pluck().get()).toBe(0);
    db.close();
  });

  test("[RT-LOG-10] a shelf that another thread wrote before it ended is not written twice", async () => {
    const dir = folder();
    let now = 0;
    const log = openUpdateLog(dir, () => (now += 10_000));
    for (const update of words(3)) log.append([entry("one", update)]);
    const thread = new FoldThread(dir);
    await thread.fold([{ room: "one", seq: 3, birth: birthUpdate(birthOf(log.id, "one")), ...handed([...log.history("one")]) }]);
    await thread.close();
    expect(log.load("one").tail).toEqual([]);
    expect([...log.history("one")]).toHaveLength(3);
    log.append([entry("one", words(4)[3] as Uint8Array)]);
    await log.fold(["one"]);
    expect([...log.history("one")]).toHaveLength(4);
    expect(log.oldest()).toEqual({ bytes: 0, rooms: [] });
    await log.close();
  });

  test("[RT-LOG-3] a room the folding thread dies of is named and stays as it is; the others are folded", async () => {
    const dir = folder();
    // It dies of one room, and of nothing else.
    const code = `const { parentPort } = require("node:worker_threads");
      parentPort.on("message", (tasks) => {
        if (tasks.some(({ room }) => room === "too much")) process.exit(1);
        parentPort.postMessage({ folded: tasks.map(({ room }) => ({ room, state: new Uint8Array(1) })), failed: [] });
      });`;
    const thread = new FoldThread(dir, 10_000, async () => new Worker(code, { eval: true, execArgv: [] }));
    const tasks = ["one", "too much", "three"].map((room) => ({ room, seq: 1, birth: new Uint8Array(), ...handed([]) }));
    const { folded, failed } = await thread.fold(tasks);
    expect(folded.map(({ room }) => room)).toEqual(["one", "three"]);
    expect(failed).toEqual([{ room: "too much", problem: "The thread that folds ended before it was done." }]);
    expect((await thread.fold(tasks.slice(0, 1))).folded).toHaveLength(1);
    await thread.close();
  });

  test("[RT-LOG-10] a shelf older than what the journal has forgotten is refused with a sentence that says what to do", async () => {
    const dir = folder();
    const log = openUpdateLog(dir);
    const [a = new Uint8Array(), b = new Uint8Array()] = words(2);
    log.append([entry("one", a)]);
    await log.fold(["one"]);
    await log.close();
    const before = folder();
    cpSync(dir, before, { recursive: true });
    const again = openUpdateLog(dir);
    again.append([entry("one", b)]);
    await again.fold(["one"]);
    await again.close();
    const shelves = ["shelf.db", "shelf.db-wal", "shelf.db-shm"];
    for (const file of shelves) {
      rmSync(join(dir, file), { force: true });
      if (existsSync(join(before, file))) copyFileSync(join(before, file), join(dir, file));
    }
    expect(() => openUpdateLog(dir)).toThrow(/shelf\.db in .* is older than the live\.db beside it.*Put back both from one backup/);
    for (const file of shelves) rmSync(join(dir, file), { force: true });
    expect(() => openUpdateLog(dir)).toThrow(/shelf\.db in .* is older/);
  });

  test("[RT-LOG-10] a shelf of other documents is refused with a sentence that says what to do", async () => {
    const [dir, other] = [folder(), folder()];
    for (const each of [dir, other]) await openUpdateLog(each).close();
    copyFileSync(join(other, "shelf.db"), join(dir, "shelf.db"));
    expect(() => openUpdateLog(dir)).toThrow(/shelf\.db belongs to other live documents.*Put back both from one backup/);
    await openUpdateLog(other).close();
  });

  test("[RT-LOG-10] a folder laid before the shelf had a file of its own is read as it was", async () => {
    const dir = folder();
    const log = openUpdateLog(dir);
    for (const update of words(5)) log.append([entry("one", update, "wang")]);
    await log.fold(["one"]);
    const [kept, past] = [log.load("one"), [...log.history("one")]];
    await log.close();
    const db = new Database(join(dir, "live.db"));
    db.prepare("ATTACH ? AS shelf").run(join(dir, "shelf.db"));
    db.exec(`
      CREATE TABLE main.Shelf (room INTEGER PRIMARY KEY, seq INTEGER NOT NULL, vector BLOB NOT NULL, state BLOB NOT NULL);
      CREATE TABLE main.Chapter (room INTEGER NOT NULL, seq INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (room, seq));
      INSERT INTO main.Shelf SELECT id, seq, vector, state FROM shelf.Shelf JOIN Room ON name = room;
      INSERT INTO main.Chapter SELECT id, seq, data FROM shelf.Chapter JOIN Room ON name = room;
    `);
    db.close();
    const reader = openLogReader(dir);
    expect(() => reader.load("one")).toThrow(/laid by an earlier version: start the server of live documents once/);
    reader.close();
    // Killed when all stood on the new shelf and nothing had gone, or before any did.
    const half = folder();
    cpSync(dir, half, { recursive: true });
    for (const each of [half, dir]) {
      if (each === dir) for (const file of ["shelf.db", "shelf.db-wal", "shelf.db-shm"]) rmSync(join(dir, file), { force: true });
      for (let n = 0; n < 2; n++) {
        const again = openUpdateLog(each);
        expect(again.load("one")).toEqual(kept);
        expect([...again.history("one")]).toEqual(past);
        await again.close();
      }
    }
  });
});

describe("history", () => {
  test("[RT-HIS-1] any past moment can be rebuilt, before and after folding", async () => {
    let now = 0;
    const log = openUpdateLog(folder(), () => now);
    for (const update of words(10)) {
      now += 60_000;
      log.append([entry("one", update, "wang", now === 60_000 ? [7] : [])]);
    }
    const at = (time: number) => {
      const doc = documentAt(log, "one", time);
      const text = doc.getText("t").toString();
      doc.destroy();
      return text;
    };
    const told = Array.from({ length: 10 }, (_, n) => at((n + 1) * 60_000));
    expect(told[0]).toBe("0 ");
    expect(told[9]).toBe("0 1 2 3 4 5 6 7 8 9 ");
    await log.fold(["one"]);
    expect(Array.from({ length: 10 }, (_, n) => at((n + 1) * 60_000))).toEqual(told);
    expect(at(0)).toBe("");
    expect(momentsOf(log, "one").map((m) => m.by)).toEqual(new Array(10).fill("wang"));
    await log.close();
  });

  test("[RT-HIS-2] every stretch of a text has its writer", async () => {
    const log = openUpdateLog(folder());
    log.append([entry("one", words(1, 7)[0] as Uint8Array, "wang", [7])]);
    log.append([entry("one", words(2, 8)[0] as Uint8Array, "li", [8])]);
    const doc = documentAt(log, "one", Date.now());
    const written = whoWrote(doc.getText("t"), log.writers("one"));
    expect(written.map((w) => w.by).sort()).toEqual(["li", "wang"]);
    expect(written.map((w) => w.text)).toEqual(["0 ", "0 "]);
    await log.close();
  });
});
