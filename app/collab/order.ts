// Words of several clients that lean on each other, in an order in which each stands on what came before.
import type { Id, Struct } from "./struct";

type Leaning = Pick<Struct, "client" | "clock" | "length" | "left" | "right" | "parent">;
type Waiting = { clock: number; client: number };

/**
 * Call `place` for every struct of `staged` (each client's in their order) once all it leans on `stands` already or was
 * placed before. Linear in what leans on what: whoever waits is woken, never asked again.
 * @returns whether all were placed; those that lean on each other in a circle, or on what never comes, are not.
 */
export function inOrder<S extends Leaning>(staged: ReadonlyMap<number, readonly S[]>, stands: (id: Id) => boolean, place: (struct: S) => void): boolean {
  const reached = new Map<number, number>();
  const next = new Map<number, number>();
  const waiting = new Map<number, Waiting[]>();
  const missing = (id: Id | string | null): Id | null =>
    id === null || typeof id === "string" || (reached.get(id.client) ?? 0) > id.clock || stands(id) ? null : id;
  const work = [...staged.keys()];
  for (let client = work.pop(); client !== undefined; client = work.pop()) {
    const structs = staged.get(client) ?? [];
    let n = next.get(client) ?? 0;
    for (let struct = structs[n]; struct; struct = structs[++n]) {
      const on = missing(struct.left) ?? missing(struct.right) ?? missing(struct.parent);
      if (on) {
        wait(waiting, on, client);
        break;
      }
      place(struct);
      reached.set(client, struct.clock + struct.length);
    }
    next.set(client, n);
    const list = waiting.get(client);
    for (let last = list?.at(-1); list && last && last.clock < (reached.get(client) ?? 0); last = list.at(-1)) {
      list.pop();
      work.push(last.client);
    }
  }
  for (const [client, structs] of staged) if (next.get(client) !== structs.length) return false;
  return true;
}

/** Those who wait for a client, the furthest first: the nearest is woken first. */
function wait(waiting: Map<number, Waiting[]>, on: Id, client: number): void {
  const list = waiting.get(on.client);
  if (!list) {
    waiting.set(on.client, [{ clock: on.clock, client }]);
    return;
  }
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.clock ?? 0) > on.clock) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, { clock: on.clock, client });
}
