// What of an update can be taken when some of it leans on words that nobody here has.
import { inOrder } from "../app/collab/order";
import { kinds, type Struct } from "../app/collab/struct";
import { joined, numbers } from "./bytes";
import { encodeRanges, type Ranges, type StateVector, scan } from "./update";

type Placed = Struct & { at: number };

/**
 * Each client's words up to the first that leans on words nobody has, and the deletions of words that then stand: an
 * update that is in step with whoever knows `known` clocks of each client. Linear in the update. Throws `Malformed`.
 */
export function standing(update: Uint8Array, known: (client: number) => number): Uint8Array {
  const queues = new Map<number, Placed[]>();
  const { runs, structsEnd, deleted } = scan(update, (struct, at) => {
    const { client, clock, length, kind } = struct;
    const hole = kind === kinds.gap ? { client, clock: clock + length - 1 } : null;
    // A hole leans on what would fill it. One that is filled here goes, and with it what comes before: that is known too.
    if (hole && hole.clock < known(client)) queues.set(client, []);
    else list(queues, client).push({ ...struct, at, left: hole ?? struct.left });
  });
  for (const [client, [first]] of queues) if (first && first.clock > known(client)) queues.delete(client);
  const counts = new Map<number, number>();
  inOrder(
    queues,
    ({ client, clock }) => clock < known(client),
    ({ client }) => counts.set(client, (counts.get(client) ?? 0) + 1),
  );
  const parts: Uint8Array[] = [];
  const reached: StateVector = new Map();
  for (const [n, { client, to }] of runs.entries()) {
    const structs = list(queues, client);
    const count = counts.get(client) ?? 0;
    const [first, next] = [structs[0], structs[count]];
    if (!first || count === 0) continue;
    parts.push(joined([numbers(count, client, first.clock), update.subarray(first.at, next?.at ?? runs[n + 1]?.head ?? structsEnd)]));
    reached.set(client, next?.clock ?? to);
  }
  const gone: Ranges = new Map();
  for (const [client, ranges] of deleted) {
    const end = Math.max(known(client), reached.get(client) ?? 0);
    for (let n = 0; (ranges[n] ?? end) < end; n += 2) list(gone, client).push(ranges[n] ?? 0, Math.min(ranges[n + 1] ?? 0, end));
  }
  return joined([numbers(parts.length), ...parts, encodeRanges(gone)]);
}

function list<T>(lists: Map<number, T[]>, of: number): T[] {
  const found = lists.get(of) ?? [];
  lists.set(of, found);
  return found;
}
