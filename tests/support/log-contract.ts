// What every log of live documents must do, whatever it is made of.
import { expect, test } from "vitest";
import * as Y from "yjs";
import { writeHeads } from "../../realtime/fold";
import { type Entry, type Moment, type UpdateLog, wholeOf } from "../../realtime/log";
import { Packed } from "../../realtime/packed";
import { folder } from "./store";

export type LogMaker = (dir: string, now: () => number) => UpdateLog;

/** Updates of one text, each adding a word. */
export function words(count: number, client = 7): Uint8Array[] {
  const doc = new Y.Doc();
  doc.clientID = client;
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const text = doc.getText("t");
  for (let n = 0; n < count; n++) text.insert(text.length, `${n} `);
  return updates;
}
export const entry = (room: string, update: Uint8Array, by = "", newClients: number[] = []): Entry => ({ room, update, by, newClients });
/** Moments as they are handed to the thread that folds. */
export function handed(moments: readonly Moment[]): { heads: Uint8Array; words: Uint8Array } {
  const updates = new Packed();
  for (const { update } of moments) updates.push(update);
  return { heads: writeHeads({ ats: moments.map(({ at }) => at), bys: moments.map(({ by }) => by), updates }), words: updates.shared() };
}
const textOf = (log: Pick<UpdateLog, "load">, room: string) => {
  const doc = new Y.Doc();
  const whole = wholeOf(log.load(room));
  if (whole) Y.applyUpdate(doc, whole);
  return doc.getText("t").toString();
};

export function logContract(open: LogMaker): void {
  const at = (dir = folder()) => {
    let now = 1000;
    return { dir, log: open(dir, () => now), tick: (ms: number) => (now += ms) };
  };

  test("[RT-LOG-1] what was appended is there after closing and opening, in order, room by room", async () => {
    const { dir, log } = at();
    const [a = new Uint8Array(), b = new Uint8Array()] = words(2);
    log.append([entry("one", a), entry("two", words(1, 8)[0] as Uint8Array)]);
    log.append([entry("one", b)]);
    expect(textOf(log, "one")).toBe("0 1 ");
    const { id } = log;
    await log.close();
    const again = open(dir, Date.now);
    expect(again.id).toBe(id);
    expect(again.load("one").tail).toEqual([a, b]);
    expect(textOf(again, "two")).toBe("0 ");
    expect(again.load("three")).toEqual({ state: null, vector: undefined, tail: [] });
    await again.close();
  });

  test("[RT-LOG-2] folding changes nothing but the length of the tail, and survives opening again", async () => {
    const { dir, log } = at();
    const updates = words(20);
    for (const update of updates.slice(0, 12)) log.append([entry("one", update), entry("two", update)]);
    const half = log.fold(["one"]);
    for (const update of updates.slice(12)) log.append([entry("one", update)]);
    const { folded } = await half;
    expect(folded.map(({ room, tail }) => [room, tail])).toEqual([["one", updates.slice(12)]]);
    expect(log.load("one").tail).toHaveLength(8);
    expect(log.unfolded("one").updates).toBe(8);
    const whole = Array.from({ length: 20 }, (_, n) => `${n} `).join("");
    expect(textOf(log, "one")).toBe(whole);
    expect(textOf(log, "two")).toBe(Array.from({ length: 12 }, (_, n) => `${n} `).join(""));
    await log.close();
    const again = open(dir, Date.now);
    expect(again.load("one").tail).toHaveLength(8);
    expect(textOf(again, "one")).toBe(whole);
    expect(textOf(again, "two")).toContain("11 ");
    await again.fold(["one", "two", "never heard of"]);
    expect(again.oldest()).toEqual({ bytes: 0, rooms: [] });
    again.append([entry("one", words(1, 9)[0] as Uint8Array)]);
    await again.close();
    const third = open(dir, Date.now);
    expect(third.load("one").tail).toHaveLength(1);
    expect(textOf(third, "one")).toContain(whole.trim());
    await third.close();
  });

  test("[RT-LOG-3] a room that cannot be folded is named and stays as it is; the others are folded", async () => {
    const { log } = at();
    const [, lost = new Uint8Array()] = words(2);
    log.append([entry("leans on what nobody has", lost), entry("one", words(1)[0] as Uint8Array)]);
    const { folded, failed } = await log.fold(["leans on what nobody has", "one"]);
    expect([folded.map(({ room }) => room), failed.map(({ room }) => room)]).toEqual([["one"], ["leans on what nobody has"]]);
    expect(log.load("leans on what nobody has")).toMatchObject({ state: null, tail: [lost] });
    expect(log.oldest().rooms).toEqual(["leans on what nobody has"]);
    await log.close();
  });

  test("[RT-LOG-4] the past stays: every update with its writer and time, folded or not", async () => {
    const { log, tick } = at();
    const updates = words(6);
    for (const [n, update] of updates.entries()) {
      log.append([entry("one", update, n % 2 ? "li" : "wang")]);
      tick(10_000);
      if (n === 2) await log.fold(["one"]);
    }
    const moments = [...log.history("one")];
    expect(moments.map(({ at, by }) => [at, by])).toEqual(updates.map((_, n) => [1000 + n * 10_000, n % 2 ? "li" : "wang"]));
    await log.close();
  });

  test("[RT-LOG-5] a client id is its first writer's for good", async () => {
    const { dir, log } = at();
    const [a = new Uint8Array(), b = new Uint8Array()] = words(2);
    log.append([entry("one", a, "wang", [7])]);
    log.append([entry("one", b, "li", [7])]);
    expect(log.writers("one")).toEqual(new Map([[7, "wang"]]));
    expect(log.writers("two")).toEqual(new Map());
    await log.close();
    const again = open(dir, Date.now);
    expect(again.writers("one")).toEqual(new Map([[7, "wang"]]));
    await again.close();
  });

  test("[RT-LOG-6] it knows what is oldest and how much is unfolded", async () => {
    const { log } = at();
    for (const room of ["b", "a", "c"]) log.append([entry(room, words(1)[0] as Uint8Array)]);
    expect(log.oldest().rooms).toEqual(["b", "a", "c"]);
    const { bytes } = log.oldest();
    await log.fold(["b"]);
    expect(log.oldest()).toEqual({ rooms: ["a", "c"], bytes: (bytes * 2) / 3 });
    await log.close();
  });
}
