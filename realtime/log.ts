// Where live documents are kept: an append-only log of updates, now and then folded into a snapshot.
export type Kept = { snapshot: Uint8Array | null; tail: Uint8Array[]; seq: number };

export type UpdateLog = {
  /** Everything a document is made of: its snapshot and the updates after it. */
  load(room: string): Kept;
  /** Append updates of one or many rooms in one commit. Returns when they are on disk; throws when they are not. */
  append(entries: readonly { room: string; update: Uint8Array }[]): void;
  /** Replace what the log holds of a room up to `seq` by one state. */
  compact(room: string, state: Uint8Array, seq: number): void;
  /** The latest sequence number of a room, 0 when it has none. */
  seq(room: string): number;
  close(): void;
};
