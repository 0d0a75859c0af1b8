// Many updates as one.
import * as Y from "yjs";
import { joined, numbers } from "./bytes";
import { addDeleted, encodeRanges, type Ranges, scan } from "./update";

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

/** Updates of different clients are laid side by side, their words unread; others are merged. */
export function together(updates: readonly Uint8Array[]): Uint8Array {
  if (updates.length === 1 && updates[0]) return updates[0];
  const words = new Map<number, Uint8Array>();
  const deleted: Ranges = new Map();
  for (const update of updates) {
    const { runs, structsEnd, deleted: more } = scan(update);
    for (const [n, { client, head }] of runs.entries()) {
      if (words.has(client)) return merged(updates);
      words.set(client, update.subarray(head, runs[n + 1]?.head ?? structsEnd));
    }
    if (more.size > 0) addDeleted(deleted, more);
  }
  // The highest client comes first.
  const clients = [...words.keys()].sort((a, b) => b - a);
  return joined([numbers(clients.length), ...clients.map((client) => words.get(client) as Uint8Array), encodeRanges(deleted)]);
}
