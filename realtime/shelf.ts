// What was folded, in a file of its own: documents as states, and their past as chapters. One thread writes it, so that
// nobody who types waits until a large document is on disk; everybody else only reads.
import { join } from "node:path";
import Database from "better-sqlite3";
import { unpackMoments } from "./fold";
import type { Moment } from "./log";
import { readVector, type StateVector } from "./update";

export const shelfFile = (dir: string): string => join(dir, "shelf.db");

/** A room's tail up to and with the journal's row `seq`, folded. */
export type Shelved = { room: string; seq: number; state: Uint8Array; vector: Uint8Array; chapter: Uint8Array };

/** Lay the shelf of the log with this identity, where there is none. Throws when it is another log's. */
export function layShelf(dir: string, logId: string): void {
  const db = new Database(shelfFile(dir));
  try {
    db.pragma("journal_mode = WAL");
    db.exec(`
      BEGIN IMMEDIATE;
      CREATE TABLE IF NOT EXISTS Log (id TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS Shelf (room TEXT PRIMARY KEY, seq INTEGER NOT NULL, vector BLOB NOT NULL, state BLOB NOT NULL);
      CREATE TABLE IF NOT EXISTS Chapter (room TEXT NOT NULL, seq INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (room, seq));
      INSERT INTO Log SELECT '${logId}' WHERE NOT EXISTS (SELECT 1 FROM Log);
      COMMIT;
    `);
    if (db.prepare("SELECT id FROM Log").pluck().get() !== logId)
      throw new Error(`${shelfFile(dir)} belongs to other live documents than the live.db beside it. Put back both from one backup.`);
  } finally {
    db.close();
  }
}

/** For the one thread that writes: everything of one call is on disk when it returns, or nothing. */
export function shelfWriter(dir: string): { stateOf(room: string): Uint8Array | null; put(shelved: readonly Shelved[]): void } {
  const db = new Database(shelfFile(dir), { fileMustExist: true });
  db.pragma("synchronous = FULL");
  const stateOf = db.prepare<[string], { state: Buffer }>("SELECT state FROM Shelf WHERE room = ?");
  const putState = db.prepare<[string, number, Uint8Array, Uint8Array]>(
    "INSERT INTO Shelf (room, seq, vector, state) VALUES (?, ?, ?, ?) ON CONFLICT (room) DO UPDATE SET seq = excluded.seq, vector = excluded.vector, state = excluded.state",
  );
  const addChapter = db.prepare<[string, number, Uint8Array]>("INSERT INTO Chapter (room, seq, data) VALUES (?, ?, ?)");
  const put = db.transaction((shelved: readonly Shelved[]) => {
    for (const { room, seq, vector, state, chapter } of shelved) {
      putState.run(room, seq, vector, state);
      addChapter.run(room, seq, chapter);
    }
  });
  return { stateOf: (room) => stateOf.get(room)?.state ?? null, put: (shelved) => put.immediate(shelved) };
}

export type ShelfReader = {
  /** Up to which row of the journal a room is folded: 0 when it never was. */
  seqOf(room: string): number;
  /** A room's state, and up to which row of the journal it goes. */
  shelf(room: string): { seq: number; state: Uint8Array | null; vector: StateVector | undefined };
  /** A room's past, and up to which row of the journal it goes. */
  past(room: string): { seq: number; moments: Moment[] };
  /** Up to which row each room is folded. */
  seqs(): Map<string, number>;
  close(): void;
};
/** Throws where no shelf was laid: states that are elsewhere must not look like documents without a word. */
export function shelfReader(dir: string): ShelfReader {
  const db = new Database(shelfFile(dir), { readonly: true, fileMustExist: true });
  try {
    return readerOf(db);
  } catch (error) {
    db.close();
    throw error;
  }
}
function readerOf(db: Database.Database): ShelfReader {
  const shelfOf = db.prepare<[string], { seq: number; vector: Buffer; state: Buffer }>("SELECT seq, vector, state FROM Shelf WHERE room = ?");
  const chaptersOf = db.prepare<[string], { seq: number; data: Buffer }>("SELECT seq, data FROM Chapter WHERE room = ? ORDER BY seq");
  const seqOf = db.prepare<[string], number>("SELECT seq FROM Shelf WHERE room = ?").pluck();
  return {
    seqOf: (room) => seqOf.get(room) ?? 0,
    shelf(room) {
      const row = shelfOf.get(room);
      return row ? { seq: row.seq, state: row.state, vector: readVector(row.vector) } : { seq: 0, state: null, vector: undefined };
    },
    past(room) {
      const chapters = chaptersOf.all(room);
      return { seq: chapters.at(-1)?.seq ?? 0, moments: chapters.flatMap(({ data }) => unpackMoments(data)) };
    },
    seqs: () => new Map((db.prepare("SELECT room, seq FROM Shelf").all() as { room: string; seq: number }[]).map((row) => [row.room, row.seq])),
    close: () => db.close(),
  };
}
