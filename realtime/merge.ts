// Many updates as one.
import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { joined, lengthOf, numbers } from "./bytes";
import { addDeleted, encodeRanges, type Ranges, type Run, type Scanned, scan } from "./update";

/** Updates merged at once: Yjs looks at all of them for every word. */
const atOnce = 32;

/** As short as Yjs makes it: what one person typed letter by letter becomes one piece. */
export function merged(updates: readonly Uint8Array[]): Uint8Array {
  let list = updates;
  while (list.length > atOnce) {
    const groups: Uint8Array[] = [];
    for (let n = 0; n < list.length; n += atOnce) groups.push(Y.mergeUpdates(list.slice(n, n + atOnce)));
    list = groups;
  }
  return list.length === 1 && list[0] ? list[0] : Y.mergeUpdates([...list]);
}

/** An update, and what was read of it. */
export type Laid = { update: Uint8Array } & Pick<Scanned, "runs" | "structsEnd" | "deleted">;
export const read = (update: Uint8Array): Laid => ({ update, ...scan(update) });

/** One client's words from several updates, unread. */
type Row = { from: number; to: number; structs: number; words: Uint8Array[] };

/**
 * Updates in the order in which they came, laid one after the other client by client: their words go on where the last
 * ended and need not be read. It is longer than what Yjs makes of them, and made in no time; others are merged.
 */
export function inRows(all: readonly Laid[]): Laid {
  const [only] = all;
  if (all.length === 1 && only) return only;
  const rows = new Map<number, Row>();
  const deleted: Ranges = new Map();
  for (const { update, runs, structsEnd, deleted: more } of all) {
    if (more.size > 0) addDeleted(deleted, more);
    for (const [n, { client, from, to, head }] of runs.entries()) {
      let row = rows.get(client);
      if (row && row.to !== from) return read(merged(all.map((each) => each.update)));
      if (!row) {
        row = { from, to, structs: 0, words: [] };
        rows.set(client, row);
      }
      const d = decoding.createDecoder(update);
      d.pos = head;
      row.structs += decoding.readVarUint(d);
      decoding.readVarUint(d); // The client,
      decoding.readVarUint(d); // and its first clock.
      row.words.push(update.subarray(d.pos, runs[n + 1]?.head ?? structsEnd));
      row.to = to;
    }
  }
  const parts = [numbers(rows.size)];
  let structsEnd = lengthOf(parts);
  const runs: Run[] = [];
  // The highest client comes first.
  for (const [client, { from, to, structs, words }] of [...rows].sort(([a], [b]) => b - a)) {
    runs.push({ client, from, to, head: structsEnd });
    const row = [numbers(structs, client, from), ...words];
    structsEnd += lengthOf(row);
    for (const part of row) parts.push(part);
  }
  return { update: joined([...parts, encodeRanges(deleted)]), runs, structsEnd, deleted };
}
