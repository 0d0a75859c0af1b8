// The log in SQLite, in files of its own: typing never waits for a command, nor a command for typing. One commit is one row
// of the journal, whatever number of rooms it concerns. A thread folds: it writes the shelf, and then the journal forgets.
// So a kill between the two leaves rows in both, and the shelf says up to which row it goes.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { birthOf } from "./births";
import { writeHeads } from "./fold";
import { FoldThread } from "./fold-thread";
import { Busy, type Entry, type Folds, type Kept, type Moment, type UpdateLog } from "./log";
import { Packed } from "./packed";
import { layShelf, type ShelfReader, shelfFile, shelfReader } from "./shelf";
import { birthUpdate } from "./update";

/** What the journal holds of a room: for every update the row it is in, its time and its writer. */
type Tail = { roomId: number; seqs: number[]; ats: number[]; bys: string[]; updates: Packed };
/** What of a tail came after row `seq`. */
const updatesAfter = ({ seqs, updates }: Tail, seq: number): Uint8Array[] => updates.list().filter((_, n) => (seqs[n] ?? 0) > seq);
const momentsAfter = ({ seqs, ats, bys, updates }: Tail, seq: number): Moment[] =>
  updates.list().flatMap((update, n) => ((seqs[n] ?? 0) > seq ? [{ at: ats[n] ?? 0, by: bys[n] ?? "", update }] : []));

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
  try {
    return openOn(db, dir, now, release);
  } catch (error) {
    db.close();
    release();
    throw error;
  }
}
function openOn(db: Database.Database, dir: string, now: () => number, release: () => void): UpdateLog {
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.pragma(`busy_timeout = ${patience}`);
  db.pragma("wal_autocheckpoint = 4000");
  db.exec(`
    CREATE TABLE IF NOT EXISTS Log (id TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS Room (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE IF NOT EXISTS Journal (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, data BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS Forgotten (seq INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS Writer (room INTEGER NOT NULL, client INTEGER NOT NULL, by TEXT NOT NULL, PRIMARY KEY (room, client)) WITHOUT ROWID;
    INSERT INTO Log SELECT '${randomBytes(16).toString("hex")}' WHERE NOT EXISTS (SELECT 1 FROM Log);
  `);
  const id = (db.prepare("SELECT id FROM Log").get() as { id: string }).id;
  layShelf(dir, id);
  moveShelf(db, dir);
  const shelf = shelfReader(dir);
  const thread = new FoldThread(dir);
  const journal = reader(db);
  const addRoom = db.prepare<[string], { id: number }>("INSERT INTO Room (name) VALUES (?) RETURNING id");
  const addRow = db.prepare<[number, number, Uint8Array]>("INSERT INTO Journal (seq, at, data) VALUES (?, ?, ?)");
  const addWriter = db.prepare<[number, number, string]>("INSERT INTO Writer (room, client, by) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  const dropRows = db.prepare<[number]>("DELETE FROM Journal WHERE seq <= ?");
  const dropNote = db.prepare("DELETE FROM Forgotten");
  const addNote = db.prepare<[number]>("INSERT INTO Forgotten (seq) VALUES (?)");
  /** Rows up to this one are on the shelf. */
  const forget = db.transaction((seq: number) => {
    dropRows.run(seq);
    dropNote.run();
    addNote.run(seq);
  });

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
  const shelved = shelf.seqs();
  // Numbers are never used again, though the journal forgets its rows.
  let last = [...shelved.values()].reduce((most, seq) => Math.max(most, seq), 0);
  const forgotten = Number(db.prepare("SELECT coalesce(max(seq), 0) FROM Forgotten").pluck().get());
  if (last < forgotten)
    throw new Error(`The shelf.db in ${dir} is older than the live.db beside it, which has forgotten what it lacks. Put back both from one backup.`);
  for (const row of db.prepare<[], Row>("SELECT seq, at, data FROM Journal ORDER BY seq").iterate()) {
    last = Math.max(last, row.seq);
    for (const { roomId, by, update } of readRow(row.data)) {
      const name = names.get(roomId) ?? "";
      if (row.seq > (shelved.get(name) ?? 0)) keep(name, roomId, row.seq, row.at, by, update);
    }
  }
  names.clear();
  shelved.clear();

  const known = (name: string): number | undefined => tails.get(name)?.roomId ?? journal.roomId(name);
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
  /** What is on the shelf leaves the tails, and the journal as far as no room needs it. */
  const leave = (folded: ReadonlyMap<string, number>): void => {
    for (const [room, seq] of folded) {
      const tail = tails.get(room);
      if (!tail) continue;
      const count = tail.seqs.filter((each) => each <= seq).length;
      const { bytes } = tail.updates;
      for (const list of [tail.seqs, tail.ats, tail.bys]) list.splice(0, count);
      tail.updates.drop(count);
      tailBytes -= bytes - tail.updates.bytes;
      if (tail.seqs.length === 0) tails.delete(room);
    }
    let first = last + 1;
    for (const { seqs } of tails.values()) first = Math.min(first, seqs[0] ?? first);
    try {
      forget.immediate(first - 1);
    } catch {
      // Rows that stay are stepped over at the start, and go with the next fold; a disk that refuses this refuses the next
      // append too, and that is reported.
    }
  };

  /** One after the other: each begins with what the last put on the shelf. */
  let folding: Promise<void> | null = null;
  const foldNow = async (rooms: readonly string[]): Promise<Folds> => {
    // What an earlier fold put there before its thread ended.
    const there = rooms.filter((room) => (tails.get(room)?.seqs[0] ?? Number.POSITIVE_INFINITY) <= shelf.seqOf(room));
    if (there.length > 0) leave(new Map(there.map((room) => [room, shelf.seqOf(room)])));
    const tasks = rooms.flatMap((room) => {
      const tail = tails.get(room);
      if (!tail) return [];
      return [{ room, seq: tail.seqs.at(-1) ?? 0, birth: birthUpdate(birthOf(id, room)), heads: writeHeads(tail), words: tail.updates.shared() }];
    });
    if (tasks.length === 0) return { folded: [], failed: [] };
    const seqs = new Map(tasks.map(({ room, seq }) => [room, seq]));
    const { folded, failed } = await thread.fold(tasks);
    leave(new Map(folded.map(({ room }) => [room, seqs.get(room) ?? 0])));
    return { folded: folded.map((each) => ({ ...each, tail: tails.get(each.room)?.updates.list() ?? [] })), failed };
  };

  return {
    id,
    load(room): Kept {
      const { seq, state, vector } = shelf.shelf(room);
      const tail = tails.get(room);
      return { state, vector, tail: tail ? updatesAfter(tail, seq) : [] };
    },
    append(entries) {
      const at = now();
      const ids = orBusy(() => append(entries, at));
      last++;
      for (const [n, { room, by, update }] of entries.entries()) keep(room, ids[n] ?? 0, last, at, by, update);
    },
    fold(rooms) {
      const mine = folding ? folding.then(() => foldNow(rooms)) : foldNow(rooms);
      const settled = mine.then(
        () => {},
        () => {},
      );
      folding = settled;
      settled.then(() => {
        if (folding === settled) folding = null;
      });
      return mine;
    },
    unfolded(room) {
      const tail = tails.get(room);
      return { updates: tail?.seqs.length ?? 0, bytes: tail?.updates.bytes ?? 0 };
    },
    oldest: () => ({ bytes: tailBytes, rooms: [...tails].sort(([, a], [, b]) => (a.seqs[0] ?? 0) - (b.seqs[0] ?? 0)).map(([name]) => name) }),
    writers: (room) => journal.writers(room),
    *history(room) {
      // A fold in between moves what is in the tail to a chapter: both are taken at once.
      const tail = tails.get(room);
      const { seq, moments } = shelf.past(room);
      const after = tail ? momentsAfter(tail, seq) : [];
      yield* moments;
      yield* after;
    },
    async close() {
      await thread.close();
      shelf.close();
      db.close();
      release();
    },
  };
}

const holdsShelf = (db: Database.Database): boolean => db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'Shelf'").get() !== undefined;
/** A folder laid when the shelf had no file of its own. Killed in between, it begins anew: nothing goes before all is there. */
function moveShelf(db: Database.Database, dir: string): void {
  if (!holdsShelf(db)) return;
  db.prepare("ATTACH ? AS shelf").run(shelfFile(dir));
  db.pragma("shelf.synchronous = FULL");
  db.exec(`
    INSERT OR REPLACE INTO shelf.Shelf SELECT name, seq, vector, state FROM main.Shelf JOIN Room ON Room.id = room;
    INSERT OR REPLACE INTO shelf.Chapter SELECT name, seq, data FROM main.Chapter JOIN Room ON Room.id = room;
    BEGIN IMMEDIATE;
    DROP TABLE main.Chapter;
    DROP TABLE main.Shelf;
    COMMIT;
    DETACH shelf;
  `);
}

/** Documents as another process has put them on disk, for whoever only shows them. */
export type LogReader = Pick<UpdateLog, "id" | "load" | "history" | "writers"> & { close(): void };
export function openLogReader(dir: string): LogReader {
  const path = join(dir, "live.db");
  let opened: { db: Database.Database; journal: ReturnType<typeof reader>; shelf: ShelfReader } | null = null;
  const open = () => {
    const db = new Database(path, { readonly: true, fileMustExist: true });
    try {
      if (holdsShelf(db)) throw new Error(`${path} was laid by an earlier version: start the server of live documents once.`);
      return { db, journal: reader(db), shelf: shelfReader(dir) };
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
      return reading()?.journal.logId() ?? "";
    },
    load(room) {
      const from = reading();
      if (!from) return { state: null, vector: undefined, tail: [] };
      // The journal first: it forgets only what is on the shelf already.
      const rows = from.journal.moments(room, from.shelf.seqOf(room));
      const { seq, state, vector } = from.shelf.shelf(room);
      return { state, vector, tail: rows.flatMap((row) => (row.seq > seq ? [row.update] : [])) };
    },
    *history(room) {
      const from = reading();
      if (!from) return;
      const rows = from.journal.moments(room, from.shelf.seqOf(room));
      const { seq, moments } = from.shelf.past(room);
      yield* moments;
      for (const { seq: row, ...moment } of rows) if (row > seq) yield moment;
    },
    writers: (room) => reading()?.journal.writers(room) ?? new Map<number, string>(),
    close() {
      opened?.shelf.close();
      opened?.db.close();
    },
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
  const rowsAfter = db.prepare<[number], Row>("SELECT seq, at, data FROM Journal WHERE seq > ? ORDER BY seq");
  const writersOf = db.prepare<[string], { client: number; by: string }>(
    "SELECT client, by FROM Writer JOIN Room ON Room.id = Writer.room WHERE Room.name = ?",
  );
  return {
    roomId: (name: string) => idOf.get(name)?.id,
    /** A room's moments after row `after`. */
    moments(name: string, after: number): (Moment & { seq: number })[] {
      const id = idOf.get(name)?.id;
      if (id === undefined) return [];
      return rowsAfter
        .all(after)
        .flatMap(({ seq, at, data }) => readRow(data).flatMap(({ roomId, by, update }) => (roomId === id ? [{ seq, at, by, update }] : [])));
    },
    writers: (name: string) => new Map(writersOf.all(name).map((r) => [r.client, r.by])),
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
