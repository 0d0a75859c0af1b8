// The product applies its own migrations: Prisma's CLI would fetch an engine that a closed network does not have.
// The book it keeps is Prisma's own, so that the CLI agrees where it can run.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";

const book = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "checksum" TEXT NOT NULL,
  "finished_at" DATETIME,
  "migration_name" TEXT NOT NULL,
  "logs" TEXT,
  "rolled_back_at" DATETIME,
  "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

type Entry = { migration_name: string; checksum: string; finished_at: number | string | null; rolled_back_at: number | string | null };

/**
 * Apply what `dir` (prisma/migrations) has and the database has not, each in a transaction of its own.
 * Throws one sentence that says what to do when an applied migration was changed, is missing, or was left half done.
 * @returns the names applied now.
 */
export function migrate(sqlite: Database.Database, dir: string): string[] {
  if (!existsSync(dir)) throw new Error(`There are no migrations in ${dir}: start from the folder of the product, or copy prisma/migrations beside the build.`);
  const there = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(dir, entry.name, "migration.sql")))
    .map((entry) => entry.name)
    .sort();
  sqlite.exec(book);
  const applied = sqlite
    .prepare('SELECT migration_name, checksum, finished_at, rolled_back_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY started_at, rowid')
    .all() as Entry[];
  for (const entry of applied) {
    const name = entry.migration_name;
    if (entry.finished_at === null)
      throw new Error(
        `Migration ${name} was begun by another tool and not finished. Restore the backup made before it, or finish it by hand and set finished_at in _prisma_migrations.`,
      );
    if (!there.includes(name))
      throw new Error(`The database has migration ${name}, which this version does not know. Start the version that made it, or restore a backup from before.`);
    if (checksumOf(dir, name) !== entry.checksum)
      throw new Error(`Migration ${name} was changed after it had been applied. Put back its original text and write a new migration instead.`);
  }
  const known = new Set(applied.map((entry) => entry.migration_name));
  const missing = there.filter((name) => !known.has(name));
  for (const name of missing) applyOne(sqlite, dir, name);
  return missing;
}

const textOf = (dir: string, name: string): string => readFileSync(join(dir, name, "migration.sql"), "utf8");
const checksumOf = (dir: string, name: string): string => createHash("sha256").update(textOf(dir, name)).digest("hex");

function applyOne(sqlite: Database.Database, dir: string, name: string): void {
  const started = Date.now();
  try {
    sqlite.transaction(() => {
      sqlite.exec(textOf(dir, name));
      sqlite
        .prepare('INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, started_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)')
        .run(randomUUID(), checksumOf(dir, name), Date.now(), name, started);
    })();
  } catch (error) {
    throw new Error(`Migration ${name} failed and nothing of it was kept: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
