import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { documentAt, momentsOf, whoWrote } from "../../realtime/history";
import { Busy } from "../../realtime/log";
import { openLogReader, openUpdateLog } from "../../realtime/sqlite-log";
import { entry, folded, logContract, words } from "../support/log-contract";
import { folder } from "../support/store";

describe("the log in SQLite", () => {
  logContract(openUpdateLog);

  test("[RT-LOG-7][RT-DUR-6] a second process is refused with a sentence that says what to do", () => {
    const dir = folder();
    const log = openUpdateLog(dir);
    expect(() => openUpdateLog(dir)).toThrow(/Another process serves the live documents of this folder.*Stop it/);
    log.close();
    openUpdateLog(dir).close();
  });

  test("[RT-LOG-8] whoever only reads sees what is on disk, folded or not", () => {
    const dir = folder();
    const reader = openLogReader(dir);
    expect(reader.load("one")).toEqual({ state: null, vector: undefined, tail: [] });
    const log = openUpdateLog(dir);
    const [a = new Uint8Array(), b = new Uint8Array()] = words(2);
    log.append([entry("one", a), entry("two", a)]);
    expect(reader.load("one").tail).toEqual([a]);
    log.fold([folded(log, "one")]);
    log.append([entry("one", b)]);
    expect(reader.load("one").tail).toEqual([b]);
    expect(reader.load("one").state).toEqual(log.load("one").state);
    reader.close();
    log.close();
  });

  test("[RT-LOG-8] a file that cannot be read is no empty one", () => {
    const dir = folder();
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, "live.db"), "no database at all, and long enough to be taken for one".repeat(20));
    const reader = openLogReader(dir);
    expect(() => reader.load("one")).toThrow(/not a database/);
    reader.close();
  });

  test("[RT-LOG-9] held by somebody else, it says so and has written nothing", () => {
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
    log.close();
  });
});

describe("history", () => {
  test("[RT-HIS-1] any past moment can be rebuilt, before and after folding", () => {
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
    log.fold([folded(log, "one")]);
    expect(Array.from({ length: 10 }, (_, n) => at((n + 1) * 60_000))).toEqual(told);
    expect(at(0)).toBe("");
    expect(momentsOf(log, "one").map((m) => m.by)).toEqual(new Array(10).fill("wang"));
    log.close();
  });

  test("[RT-HIS-2] every stretch of a text has its writer", () => {
    const log = openUpdateLog(folder());
    log.append([entry("one", words(1, 7)[0] as Uint8Array, "wang", [7])]);
    log.append([entry("one", words(2, 8)[0] as Uint8Array, "li", [8])]);
    const doc = documentAt(log, "one", Date.now());
    const written = whoWrote(doc.getText("t"), log.writers("one"));
    expect(written.map((w) => w.by).sort()).toEqual(["li", "wang"]);
    expect(written.map((w) => w.text)).toEqual(["0 ", "0 "]);
    log.close();
  });
});
