// Who is in a room and where their cursor stands: told once a moment for everybody, forgotten when it is not renewed,
// never on disk. Speaks the awareness messages of y-protocols.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { Malformed } from "./update";

/** Clients renew every 15 s; who is silent for so many milliseconds is gone. */
export const outdatedAfter = 30_000;
const mostClients = 16;
/** Of so many who left it is remembered, lest they come back by hearsay. */
const mostLeft = 512;
const longestState = 8 * 1024;

type Seen<Owner> = { clock: number; state: string; owner: Owner; at: number };

export class Presence<Owner> {
  private readonly seen = new Map<number, Seen<Owner>>();
  private changed = new Map<number, number>();
  /** Who left lately: others still repeat what they last heard of them. */
  private readonly left = new Map<number, { clock: number; at: number }>();
  private readonly owners = new Map<Owner, number>();

  constructor(
    private readonly house: {
      /** What others are shown of a state its owner sent: a product puts the true name in. */
      dress(state: string, owner: Owner): string;
      /** Whether two owners are one person, who may have lost a connection without a word. */
      same(one: Owner, other: Owner): boolean;
      /** A client is somebody's from now on. */
      claimed(client: number, owner: Owner): void;
    },
  ) {}

  /** Take a presence message. Throws `Malformed`. @returns whether there is something to tell. */
  take(update: Uint8Array, owner: Owner, now: number): boolean {
    for (const { client, clock, state } of readPresence(update)) {
      const before = this.seen.get(client);
      // Nobody speaks for a client that is somebody else's.
      if (before && before.owner !== owner && !(clock > before.clock && this.house.same(before.owner, owner))) continue;
      if (before && (clock < before.clock || (clock === before.clock && state !== "null"))) {
        before.at = now;
        continue;
      }
      if (state === "null") {
        if (before) this.remove(client, { ...before, clock }, now);
        continue;
      }
      if (!before) {
        const owned = this.owners.get(owner) ?? 0;
        if (owned > 0 && clock <= (this.left.get(client)?.clock ?? -1)) continue;
        // Stock clients repeat what they hear of others: what is too much is not taken, and nobody is cut for it.
        if (owned >= mostClients) continue;
        this.owners.set(owner, owned + 1);
        this.left.delete(client);
        this.house.claimed(client, owner);
      } else if (before.owner !== owner) {
        this.disown(before.owner);
        this.owners.set(owner, (this.owners.get(owner) ?? 0) + 1);
      }
      this.seen.set(client, { clock, state: this.house.dress(state, owner), owner, at: now });
      this.changed.set(client, clock);
    }
    return this.changed.size > 0;
  }

  /** Everybody who was `owner`'s is gone. @returns whether there is something to tell. */
  leave(owner: Owner, now: number): boolean {
    if (this.owners.has(owner)) for (const [client, seen] of this.seen) if (seen.owner === owner) this.remove(client, seen, now);
    return this.changed.size > 0;
  }

  /** Forget who was not heard of. @returns whether there is something to tell. */
  expire(now: number): boolean {
    for (const [client, seen] of this.seen) if (now - seen.at > outdatedAfter) this.remove(client, seen, now);
    for (const [client, { at }] of this.left) if (now - at > outdatedAfter) this.left.delete(client);
    return this.changed.size > 0;
  }

  private remove(client: number, { clock, owner }: Seen<Owner>, now: number): void {
    this.seen.delete(client);
    this.changed.set(client, clock);
    this.left.set(client, { clock, at: now });
    for (const oldest of this.left.keys()) {
      if (this.left.size <= mostLeft) break;
      this.left.delete(oldest);
    }
    this.disown(owner);
  }
  private disown(owner: Owner): void {
    const owned = (this.owners.get(owner) ?? 1) - 1;
    if (owned > 0) this.owners.set(owner, owned);
    else this.owners.delete(owner);
  }

  /** What changed since this was asked last, as one message, or null. */
  news(): Uint8Array | null {
    if (this.changed.size === 0) return null;
    const changed = this.changed;
    this.changed = new Map();
    return this.write([...changed]);
  }

  /** Everybody, for somebody who comes in, or null when nobody is. */
  all(): Uint8Array | null {
    return this.seen.size === 0 ? null : this.write([...this.seen].map(([client, { clock }]) => [client, clock]));
  }

  private write(clients: readonly (readonly [client: number, clock: number])[]): Uint8Array {
    const e = encoding.createEncoder();
    encoding.writeVarUint(e, clients.length);
    for (const [client, clock] of clients) {
      encoding.writeVarUint(e, client);
      encoding.writeVarUint(e, clock);
      encoding.writeVarString(e, this.seen.get(client)?.state ?? "null");
    }
    return encoding.toUint8Array(e);
  }
}

/** A message that says nothing: what keeps a quiet connection awake. */
export const nobody = new Uint8Array(1);

function readPresence(update: Uint8Array): { client: number; clock: number; state: string }[] {
  try {
    const d = decoding.createDecoder(update);
    const count = decoding.readVarUint(d);
    const found: { client: number; clock: number; state: string }[] = [];
    for (let n = 0; n < count; n++) {
      const client = decoding.readVarUint(d);
      const clock = decoding.readVarUint(d);
      const state = decoding.readVarString(d);
      if (state.length > longestState) throw new Malformed("presence too long");
      const value: unknown = JSON.parse(state);
      if (value === null ? state !== "null" : typeof value !== "object") throw new Malformed("presence that is no object");
      found.push({ client, clock, state });
    }
    return found;
  } catch (error) {
    if (error instanceof Malformed) throw error;
    throw new Malformed(error instanceof Error ? error.message : "unreadable");
  }
}
