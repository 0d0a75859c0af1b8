// Where live documents are kept. Whatever implements this must pass the contract in tests/support/log-contract.ts.
import * as Y from "yjs";
import type { StateVector } from "./update";

/** One person's update of one document. */
export type Entry = {
  room: string;
  /** Who wrote it: an opaque id, empty for the server itself and for strangers. */
  by: string;
  update: Uint8Array;
  /** Client ids this room had not heard of before: from now on they are this writer's. */
  newClients: readonly number[];
};

/** What a document is made of: a state, and the updates that came after it in their order. */
export type Kept = { state: Uint8Array | null; vector: StateVector | undefined; tail: Uint8Array[] };

/** All of it as one update, or null when nobody ever wrote. */
export function wholeOf({ state, tail }: Kept): Uint8Array | null {
  const parts = state ? [state, ...tail] : tail;
  return parts.length === 0 ? null : Y.mergeUpdates(parts);
}

/** A stretch of writing: some updates of one writer, merged, and the time of the last, in milliseconds since 1970. */
export type Moment = { at: number; by: string; update: Uint8Array };

/** What became of a fold: rooms with their new states and what came since, and rooms that cannot be folded, with the reason. */
export type Folds = { folded: { room: string; state: Uint8Array; tail: Uint8Array[] }[]; failed: { room: string; problem: string }[] };

/** Somebody else holds the database for a moment: nothing was written, and it may be tried again. */
export class Busy extends Error {}

export type UpdateLog = {
  /** The log's own identity, drawn when it was laid: documents of another log are other documents. */
  readonly id: string;
  /** Everything a document is made of. Its state is the state of its birth when it is null. */
  load(room: string): Kept;
  /** Append updates of one or many rooms in one commit. Returns when they are on disk; throws when they are not, `Busy` when it may be tried again. */
  append(entries: readonly Entry[]): void;
  /**
   * Make of each room's tail, as it is now, one state and a chapter of its history; what comes meanwhile is the next tail.
   * Nobody waits for it; one fold comes after the other. Rejects when the disk refuses: then nothing changed, and it may be
   * tried again.
   */
  fold(rooms: readonly string[]): Promise<Folds>;
  /** How much of a room is not folded. */
  unfolded(room: string): { updates: number; bytes: number };
  /** Rooms whose tails are oldest, and how many bytes all tails hold. */
  oldest(): { bytes: number; rooms: string[] };
  /** Which client ids of a room are whose. */
  writers(room: string): Map<number, string>;
  /** Everything ever written in a room, in order. */
  history(room: string): Iterable<Moment>;
  /** A fold under way is given up: what it would have written is in the tail. */
  close(): Promise<void>;
};
