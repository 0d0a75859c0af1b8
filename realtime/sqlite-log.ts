// The log in SQLite, in a file of its own: typing never waits for a command, nor a command for typing.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Kept, UpdateLog } from "./log";

/** Open (and lay) the log under `dir`. Every append is on disk before it returns: WAL with synchronous=FULL. */
export function openUpdateLog(dir: string): UpdateLog {
  mkdirSync(dir, { recursive: true });
  const db = new Database(join(dir, "live.db"));
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.pragma("busy_timeout = 5000");
  db.exec(`
    CREATE TABLE IF NOT EXISTS Entry (seq INTEGER PRIMARY KEY AUTOINCREMENT, room TEXT NOT NULL, data BLOB NOT NULL);
    CREATE INDEX IF NOT EXISTS Entry_room ON Entry (room, seq);
    CREATE TABLE IF NOT EXISTS Snapshot (room TEXT PRIMARY KEY, seq INTEGER NOT NULL, data BLOB NOT NULL);
  `);
  const snapshotOf = db.prepare<[string], { seq: number; data: Buffer }>("SELECT seq, data FROM Snapshot WHERE room = ?");
  const tailOf = db.prepare<[string, number], { seq: number; data: Buffer }>("SELECT seq, data FROM Entry WHERE room = ? AND seq > ? ORDER BY seq");
  const insert = db.prepare<[string, Uint8Array]>("INSERT INTO Entry (room, data) VALUES (?, ?)");
  const lastOf = db.prepare<[string, string], { seq: number | null }>(
    "SELECT max(seq) AS seq FROM (SELECT max(seq) AS seq FROM Entry WHERE room = ? UNION ALL SELECT seq FROM Snapshot WHERE room = ?)",
  );
  const keep = db.prepare<[string, number, Uint8Array]>(
    "INSERT INTO Snapshot (room, seq, data) VALUES (?, ?, ?) ON CONFLICT (room) DO UPDATE SET seq = excluded.seq, data = excluded.data",
  );
  const forget = db.prepare<[string, number]>("DELETE FROM Entry WHERE room = ? AND seq <= ?");
  const append = db.transaction((entries: readonly { room: string; update: Uint8Array }[]) => {
    for (const { room, update } of entries) insert.run(room, update);
  });
  const compact = db.transaction((room: string, state: Uint8Array, seq: number) => {
    keep.run(room, seq, state);
    forget.run(room, seq);
  });
  return {
    load(room): Kept {
      const snapshot = snapshotOf.get(room);
      const tail = tailOf.all(room, snapshot?.seq ?? 0);
      return { snapshot: snapshot?.data ?? null, tail: tail.map((row) => row.data), seq: tail.at(-1)?.seq ?? snapshot?.seq ?? 0 };
    },
    append: (entries) => append.immediate(entries),
    compact: (room, state, seq) => compact.immediate(room, state, seq),
    seq: (room) => lastOf.get(room, room)?.seq ?? 0,
    close: () => db.close(),
  };
}
