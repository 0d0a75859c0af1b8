// The log in SQLite, in a file of its own: typing never waits for a command, nor a command for typing.
// One commit is one row of the journal, whatever number of rooms it concerns; folding moves its parts to the shelf.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { unpackMoments } from "./fold";
import { Busy, type Entry, type Folded, type Kept, type Moment, type UpdateLog } from "./log";
import { Packed } from "./packed";
import { readVector } from "./update";

/** What the journal holds of a room: for every update the row it is in, its time and its writer. */
type Tail = { roomId: number; seqs: number[]; ats: number[]; bys: string[]; updates: Packed };
const momentsOf = ({ ats, bys, updates }: Tail): Moment[] => updates.list().map((update, n) => ({ at: ats[n] ?? 0, by: bys[n] ?? "", update }));

/** Milliseconds a commit waits for whoever else holds the file, before it says `Busy`. */
const patience = 200;

/**
 * Open (and lay) the log under `dir`. Every append is on disk before it returns: WAL with synchronous=FULL.
 * Throws when another process serves this folder's documents: two servers would not know of each other's words.
 */
export function openUpdateLog(dir: string, now: () => number = Date.now): UpdateLog {
  mkdirSync(dir, { recursive: true });
  const release = holdAlone(join(dir, "live.lock"));
  const db = new Database(join(dir, "live.db"));
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.pragma(`busy_timeout = ${patience}`);
  db.pragma("wal_autocheckpoint = 4000");
  db.exec(`
    CREATE TABLE IF NOT EXISTS Log (id TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS Room (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE IF NOT EXISTS Journal (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, data BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS Shelf (room INTEGER PRIMARY KEY, seq INTEGER NOT NULL, vector BLOB NOT NULL, state BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS Chapter (room INTEGER NOT NULL, seq INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (room, seq));
    CREATE TABLE IF NOT EXISTS Writer (room INTEGER NOT NULL, client INTEGER NOT NULL, by TEXT NOT NULL, PRIMARY KEY (room, client)) WITHOUT ROWID;
    INSERT INTO Log SELECT '${randomBytes(16).toString("hex")}' WHERE NOT EXISTS (SELECT 1 FROM Log);
  `);
  const id = (db.prepare("SELECT id FROM Log").get() as { id: string }).id;
  const shelfReader = reader(db);
  const addRoom = db.prepare<[string], { id: number }>("INSERT INTO Room (name) VALUES (?) RETURNING id");
  const addRow = db.prepare<[number, number, Uint8Array]>("INSERT INTO Journal (seq, at, data) VALUES (?, ?, ?)");
  const addWriter = db.prepare<[number, number, string]>("INSERT INTO Writer (room, client, by) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  const shelve = db.prepare<[number, number, Uint8Array, Uint8Array]>(
    "INSERT INTO Shelf (room, seq, vector, state) VALUES (?, ?, ?, ?) ON CONFLICT (room) DO UPDATE SET seq = excluded.seq, vector = excluded.vector, state = excluded.state",
  );
  const addChapter = db.prepare<[number, number, Uint8Array]>("INSERT INTO Chapter (room, seq, data) VALUES (?, ?, ?)");
  const forget = db.prepare<[number]>("DELETE FROM Journal WHERE seq < ?");

  // What is in the journal and not on the shelf, by room. It is bounded: whoever serves the documents folds what grows old.
  const tails = new Map<string, Tail>();
  let tailBytes = 0;
  const keep = (name: string, roomId: number, seq: number, at: number, by: string, update: Uint8Array) => {
    let tail = tails.get(name);
    if (!tail) {
      tail = { roomId, seqs: [], ats: [], bys: [], updates: new Packed() };
      tails.set(name, tail);
    }
    tail.seqs.push(seq);
    tail.ats.push(at);
    tail.bys.push(by);
    tail.updates.push(update);
    tailBytes += update.length;
  };
  const names = new Map((db.prepare("SELECT id, name FROM Room").all() as { id: number; name: string }[]).map((r) => [r.id, r.name]));
  const shelved = new Map((db.prepare("SELECT room, seq FROM Shelf").all() as { room: number; seq: number }[]).map((r) => [r.room, r.seq]));
  for (const row of db.prepare<[], Row>("SELECT seq, at, data FROM Journal ORDER BY seq").iterate())
    for (const { roomId, by, update } of readRow(row.data))
      if (row.seq > (shelved.get(roomId) ?? 0)) keep(names.get(roomId) ?? "", roomId, row.seq, row.at, by, update);
  names.clear();
  shelved.clear();

  // Numbers are never used again, though the journal forgets its rows.
  let last = Number(db.prepare("SELECT max(coalesce((SELECT max(seq) FROM Journal), 0), coalesce((SELECT max(seq) FROM Shelf), 0))").pluck().get());
  const known = (name: string): number | undefined => tails.get(name)?.roomId ?? shelfReader.roomId(name);
  const laidOut = (entries: readonly Entry[], ids: readonly number[]): Uint8Array => {
    const e = encoding.createEncoder();
    for (const [n, { by, update }] of entries.entries()) {
      encoding.writeVarUint(e, ids[n] ?? 0);
      encoding.writeVarString(e, by);
      encoding.writeVarUint8Array(e, update);
    }
    return encoding.toUint8Array(e);
  };
  /** Rooms or writers nobody heard of are written with the first words. */
  const appendAll = db.transaction((entries: readonly Entry[], at: number): number[] => {
    const ids = entries.map(({ room, by, newClients }) => {
      const number = known(room) ?? (addRoom.get(room) as { id: number }).id;
      if (by !== "") for (const client of newClients) addWriter.run(number, client, by);
      return number;
    });
    addRow.run(last + 1, at, laidOut(entries, ids));
    return ids;
  });
  const append = (entries: readonly Entry[], at: number): number[] => {
    const ids = entries.map(({ room, newClients }) => (newClients.length > 0 ? undefined : known(room)));
    // Most commits are one row: a statement is a transaction of its own, and cheaper than three.
    if (ids.some((id) => id === undefined)) return appendAll.immediate(entries, at);
    addRow.run(last + 1, at, laidOut(entries, ids as number[]));
    return ids as number[];
  };
  const fold = db.transaction((folded: readonly Folded[]): void => {
    let first = Number.POSITIVE_INFINITY;
    const done = new Map(folded.map((f) => [f.room, f.updates]));
    for (const [name, { seqs }] of tails) first = Math.min(first, seqs[done.get(name) ?? 0] ?? Number.POSITIVE_INFINITY);
    for (const { room, state, vector, chapter, updates } of folded) {
      const tail = tails.get(room);
      const last = tail?.seqs[updates - 1];
      if (!tail || last === undefined) throw new Error(`A fold of ${updates} updates of a room that has ${tail?.seqs.length ?? 0}.`);
      if (tail.seqs[updates] === last) throw new Error("A fold that would tear a commit.");
      shelve.run(tail.roomId, last, vector, state);
      addChapter.run(tail.roomId, last, chapter);
    }
    forget.run(Math.min(first, Number.MAX_SAFE_INTEGER));
  });

  return {
    id,
    load(room): Kept {
      return { ...shelfReader.shelf(room), tail: tails.get(room)?.updates.list() ?? [] };
    },
    append(entries) {
      const at = now();
      const ids = orBusy(() => append(entries, at));
      last++;
      for (const [n, { room, by, update }] of entries.entries()) keep(room, ids[n] ?? 0, last, at, by, update);
    },
    fold(folded) {
      if (folded.length === 0) return;
      orBusy(() => fold.immediate(folded));
      for (const { room, updates } of folded) {
        const tail = tails.get(room);
        if (!tail) continue;
        const bytes = tail.updates.bytes;
        for (const list of [tail.seqs, tail.ats, tail.bys]) list.splice(0, updates);
        tail.updates.drop(updates);
        tailBytes -= bytes - tail.updates.bytes;
        if (tail.seqs.length === 0) tails.delete(room);
      }
    },
    unfolded(room) {
      const tail = tails.get(room);
      return { state: shelfReader.shelf(room).state, moments: tail ? momentsOf(tail) : [] };
    },
    oldest: () => ({ bytes: tailBytes, rooms: [...tails].sort(([, a], [, b]) => (a.seqs[0] ?? 0) - (b.seqs[0] ?? 0)).map(([name]) => name) }),
    writers: (room) => shelfReader.writers(room),
    *history(room) {
      // A fold in between moves what is in the tail to a chapter: both are taken at once.
      const tail = tails.get(room);
      const moments = tail ? momentsOf(tail) : [];
      yield* shelfReader.chapters(room);
      yield* moments;
    },
    close() {
      db.close();
      release();
    },
  };
}

/** Documents as another process has put them on disk, for whoever only shows them. */
export type LogReader = Pick<UpdateLog, "id" | "load" | "history" | "writers" | "close">;
export function openLogReader(dir: string): LogReader {
  const path = join(dir, "live.db");
  let opened: { db: Database.Database; shelves: ReturnType<typeof reader> } | null = null;
  const open = () => {
    const db = new Database(path, { readonly: true, fileMustExist: true });
    try {
      return { db, shelves: reader(db) };
    } catch (error) {
      db.close();
      throw error;
    }
  };
  // Not laid yet: nobody has written. Whatever else keeps it shut is said: it must not look like minutes without a word.
  const reading = () => {
    if (opened || existsSync(path)) opened ??= open();
    return opened;
  };
  return {
    get id() {
      return reading()?.shelves.logId() ?? "";
    },
    load(room) {
      const from = reading();
      if (!from) return { state: null, vector: undefined, tail: [] };
      const { db, shelves } = from;
      return db.transaction(() => ({ ...shelves.shelf(room), tail: shelves.journal(room).map(({ update }) => update) }))();
    },
    *history(room) {
      const from = reading();
      if (!from) return;
      const { db, shelves } = from;
      yield* db.transaction(() => [...shelves.chapters(room), ...shelves.journal(room)])();
    },
    writers: (room) => reading()?.shelves.writers(room) ?? new Map<number, string>(),
    close: () => opened?.db.close(),
  };
}

type Row = { seq: number; at: number; data: Buffer };
function readRow(data: Buffer): { roomId: number; by: string; update: Uint8Array }[] {
  const d = decoding.createDecoder(data);
  const parts: { roomId: number; by: string; update: Uint8Array }[] = [];
  while (decoding.hasContent(d)) parts.push({ roomId: decoding.readVarUint(d), by: decoding.readVarString(d), update: decoding.readVarUint8Array(d) });
  return parts;
}

function reader(db: Database.Database) {
  const idOf = db.prepare<[string], { id: number }>("SELECT id FROM Room WHERE name = ?");
  const idOfLog = db.prepare<[], { id: string }>("SELECT id FROM Log");
  const shelfOf = db.prepare<[string], { seq: number; vector: Buffer; state: Buffer }>(
    "SELECT seq, vector, state FROM Shelf JOIN Room ON Room.id = Shelf.room WHERE Room.name = ?",
  );
  const rowsAfter = db.prepare<[number], Row>("SELECT seq, at, data FROM Journal WHERE seq > ? ORDER BY seq");
  const writersOf = db.prepare<[string], { client: number; by: string }>(
    "SELECT client, by FROM Writer JOIN Room ON Room.id = Writer.room WHERE Room.name = ?",
  );
  const chaptersOf = db.prepare<[string], { data: Buffer }>("SELECT data FROM Chapter JOIN Room ON Room.id = Chapter.room WHERE Room.name = ? ORDER BY seq");
  return {
    roomId: (name: string) => idOf.get(name)?.id,
    shelf(name: string): { state: Uint8Array | null; vector: Map<number, number> | undefined } {
      const row = shelfOf.get(name);
      return row ? { state: row.state, vector: readVector(row.vector) } : { state: null, vector: undefined };
    },
    journal(name: string): Moment[] {
      const id = idOf.get(name)?.id;
      if (id === undefined) return [];
      return rowsAfter
        .all(shelfOf.get(name)?.seq ?? 0)
        .flatMap(({ at, data }) => readRow(data).flatMap(({ roomId, by, update }) => (roomId === id ? [{ at, by, update }] : [])));
    },
    writers: (name: string) => new Map(writersOf.all(name).map((r) => [r.client, r.by])),
    chapters: (name: string) => chaptersOf.all(name).flatMap((r) => unpackMoments(r.data)),
    logId: () => idOfLog.get()?.id ?? "",
  };
}

function orBusy<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    const code = (error as { code?: string }).code ?? "";
    if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) throw new Busy(code);
    throw error;
  }
}

/** A lock that dies with the process, however it dies. Throws when another process has it. */
function holdAlone(path: string): () => void {
  const lock = new Database(path);
  try {
    lock.pragma("locking_mode = EXCLUSIVE");
    lock.pragma("busy_timeout = 2000");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (!(error as { code?: string }).code?.startsWith("SQLITE_BUSY")) throw error;
    throw new Error(`Another process serves the live documents of this folder (it holds ${path}). Stop it, or name another DATA_DIR.`);
  }
  return () => lock.close();
}
