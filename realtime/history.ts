// The past of a document: every moment of it, and who wrote what.
import * as Y from "yjs";
import type { LivePast, Stretch } from "../app/collab/past";
import { kinds } from "../app/collab/struct";
import { birthOf } from "./births";
import type { Moment, UpdateLog } from "./log";
import { birthUpdate, scan } from "./update";

export { type Written, whoWrote } from "../app/collab/past";

type Log = Pick<UpdateLog, "id" | "history" | "writers">;

/** When somebody wrote: the times of all moments kept, in milliseconds since 1970, oldest first. */
export const momentsOf = (log: Log, room: string): Omit<Moment, "update">[] => [...log.history(room)].map(({ at, by }) => ({ at, by }));

/** The document as it was at a time, deleted words included where Yjs can show them. The caller destroys it. */
export function documentAt(log: Log, room: string, at: number): Y.Doc {
  const doc = bornOf(log, room);
  doc.transact(() => {
    for (const moment of log.history(room)) if (moment.at <= at) Y.applyUpdate(doc, moment.update);
  });
  return doc;
}

function bornOf(log: Log, room: string): Y.Doc {
  const doc = new Y.Doc({ gc: false });
  // Somebody may have leaned on it.
  Y.applyUpdate(doc, birthUpdate(birthOf(log.id, room)));
  return doc;
}

/** What `read` finds in a document at each of some times, in one walk through its history. */
function readAt<T>(log: Log, room: string, times: readonly number[], read: (doc: Y.Doc) => T): T[] {
  const doc = bornOf(log, room);
  const found = new Map<number, T>();
  const wanted = [...new Set(times)].sort((a, b) => a - b);
  let waiting: Moment[] = [];
  const take = () => {
    doc.transact(() => {
      for (const { update } of waiting) Y.applyUpdate(doc, update);
    });
    waiting = [];
  };
  const look = (until: number) => {
    for (let time = wanted[0]; time !== undefined && time < until; time = wanted[0]) {
      take();
      found.set(time, read(doc));
      wanted.shift();
    }
  };
  for (const moment of log.history(room)) {
    look(moment.at);
    if (wanted.length === 0) break;
    waiting.push(moment);
  }
  look(Number.POSITIVE_INFINITY);
  doc.destroy();
  return times.map((time) => found.get(time) as T);
}

/** Milliseconds after which somebody who goes on writing begins a new stretch, and which no stretch is longer than. */
const pauseOf = 3 * 60_000;
const longest = 10 * 60_000;

/**
 * The history of a document as stretches of writing, in the order in which they ended: what one writer wrote without a
 * long pause, whoever else wrote meanwhile. `turns`: times at which the minutes were frozen or sent back, which no stretch
 * goes over. Reads every update once and builds nothing; linear in what was written.
 */
export function stretchesOf(moments: Iterable<Moment>, turns: readonly number[] = []): Stretch[] {
  const done: Stretch[] = [];
  const open = new Map<string, Stretch>();
  const text = new LivingText();
  for (const { at, by, update } of moments) {
    const { came, went } = text.take(update);
    let stretch = open.get(by);
    const { to = 0 } = stretch ?? {};
    if (!stretch || at - to > pauseOf || at - stretch.from > longest || turns.some((turn) => to <= turn && turn < at)) {
      stretch = { by, from: at, to: at, came: 0, went: 0 };
      open.set(by, stretch);
      done.push(stretch);
    }
    stretch.to = Math.max(stretch.to, at);
    stretch.came += came;
    stretch.went += went;
  }
  // The server's own sections and blocks are nobody's words.
  return done.filter((s) => s.by !== "" || s.came + s.went > 0).sort((a, b) => a.to - b.to || a.from - b.from);
}

/** Which clocks are characters that stand, so that each is counted once as it comes and once as it goes. */
class LivingText {
  /** Per client a flat list of [from, to, from, to …], sorted. */
  private readonly standing = new Map<number, number[]>();
  private readonly known = new Map<number, number>();

  take(update: Uint8Array): { came: number; went: number } {
    let came = 0;
    let went = 0;
    const { runs, deleted } = scan(update, ({ client, clock, length, kind }) => {
      if (kind !== kinds.text) return;
      const from = Math.max(clock, this.known.get(client) ?? 0);
      if (from >= clock + length) return;
      came += clock + length - from;
      const list = this.standing.get(client);
      if (!list) this.standing.set(client, [from, clock + length]);
      else if (list.at(-1) === from) list[list.length - 1] = clock + length;
      else list.push(from, clock + length);
    });
    for (const { client, to } of runs) this.known.set(client, Math.max(to, this.known.get(client) ?? 0));
    for (const [client, ranges] of deleted) {
      const list = this.standing.get(client);
      if (list) for (let n = 0; n < ranges.length; n += 2) went += cutOut(list, ranges[n] ?? 0, ranges[n + 1] ?? 0);
    }
    return { came, went };
  }
}

/** Take the clocks from `from` to `to` out of a list of ranges. @returns how many were in it. */
function cutOut(list: number[], from: number, to: number): number {
  let low = 0;
  let high = list.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[2 * middle + 1] ?? 0) <= from) low = middle + 1;
    else high = middle;
  }
  let count = 0;
  let end = low;
  const left: number[] = [];
  for (; end < list.length / 2 && (list[2 * end] ?? 0) < to; end++) {
    const [first, last] = [list[2 * end] ?? 0, list[2 * end + 1] ?? 0];
    count += Math.min(last, to) - Math.max(first, from);
    if (first < from) left.push(first, from);
    if (last > to) left.push(to, last);
  }
  if (end > low) list.splice(2 * low, 2 * (end - low), ...left);
  return count;
}

/** The past of documents, for a product's pages. */
export const pastOf = (log: Log): LivePast => ({
  stretches: (room, turns) => stretchesOf(log.history(room), turns),
  at(room, times, read) {
    const writers = log.writers(room);
    return readAt(log, room, times, (doc) => read(doc, writers));
  },
});
