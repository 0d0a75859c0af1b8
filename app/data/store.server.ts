// The opened database: one writer, one reader, the log's tail.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { eventsAfter, type Recorded } from "./audit.server";
import { type Db, kyselyOver } from "./dialect.server";
import { migrate } from "./migrate.server";
import { installProcedures } from "./procedures.server";
import { laySearch } from "./search.server";
import { Writer } from "./writer.server";

export type Store = {
  dir: string;
  read: Db;
  write: Writer["write"];
  /** Called with every committed event, in order, after its commit. A listener must not throw. @returns stop */
  follow(listener: (event: Recorded) => void): () => void;
  /** Another process may have written: tell the listeners what. */
  lookAgain(): void;
  /** Resolves when every listener has been told what is committed so far. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
};

/** Open (and migrate) the database under `dir`. Throws with a sentence that says what to do when a migration does not fit. */
export function openStore(dir: string, migrations: string): Store {
  try {
    mkdirSync(join(dir, "files"), { recursive: true });
  } catch (error) {
    throw new Error(`DATA_DIR is ${dir}, and no folder can be made there (${(error as NodeJS.ErrnoException).code}). Name a folder this process may write.`);
  }
  const path = join(dir, "yishi.db");
  const writing = new Database(path);
  writing.pragma("journal_mode = WAL");
  writing.pragma("synchronous = FULL");
  writing.pragma("foreign_keys = ON");
  writing.pragma("busy_timeout = 5000");
  writing.pragma("cache_size = -65536");
  // Folding the log back into the file costs a sync of its own; at 40 MB it is rare enough not to be felt.
  writing.pragma("wal_autocheckpoint = 10000");
  migrate(writing, migrations);
  laySearch(writing);
  installProcedures(writing, join(migrations, "../procedures"));
  const reading = new Database(path, { readonly: true });
  reading.pragma("cache_size = -65536");
  reading.pragma("mmap_size = 268435456");
  const read = kyselyOver(reading);

  const listeners = new Set<(event: Recorded) => void>();
  let cursor = Number(writing.prepare("SELECT coalesce(max(seq), 0) FROM AuditEvent").pluck().get());
  let telling: Promise<void> = Promise.resolve();
  const tell = () => {
    if (listeners.size === 0) {
      telling = telling.then(async () => {
        if (listeners.size > 0) return;
        cursor = Number(reading.prepare("SELECT coalesce(max(seq), 0) FROM AuditEvent").pluck().get());
      });
      return;
    }
    telling = telling.then(async () => {
      for (;;) {
        const events = await eventsAfter(read, cursor);
        if (events.length === 0) return;
        for (const event of events) {
          cursor = event.seq;
          for (const listener of listeners) listener(event);
        }
      }
    });
  };
  const writer = new Writer(writing, tell);
  return {
    dir,
    read,
    write: (job) => writer.write(job),
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lookAgain: tell,
    caughtUp: () => telling,
    async close() {
      await writer.close();
      await telling;
      reading.close();
    },
  };
}
