import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { migrate } from "../../app/data/migrate.server";
import { folder, migrations } from "../support/store";

function setting() {
  const dir = folder();
  const copy = join(dir, "migrations");
  cpSync(migrations, copy, { recursive: true });
  const db = new Database(join(dir, "test.db"));
  const add = (name: string, sql: string) => {
    mkdirSync(join(copy, name));
    writeFileSync(join(copy, name, "migration.sql"), sql);
  };
  const ran = () => db.prepare("SELECT migration_name FROM _prisma_migrations ORDER BY migration_name").pluck().all();
  return { db, copy, add, ran };
}
const names = () => readdirSync(migrations).filter((name) => /^\d/.test(name));

test("[MG1] each runs once", () => {
  const { db, copy, ran } = setting();
  migrate(db, copy);
  migrate(db, copy);
  expect(ran()).toEqual(names());
});
test("[MG1] one that fails half-way leaves nothing of itself", () => {
  const { db, copy, add } = setting();
  migrate(db, copy);
  add("99990101000000_broken", "CREATE TABLE Half (id TEXT); INSERT INTO Nowhere VALUES (1);");
  expect(() => migrate(db, copy)).toThrow(/99990101000000_broken/);
  expect(db.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'Half'").pluck().get()).toBe(0);
});
test("[MG1] one that was changed stops the start and says which", () => {
  const { db, copy } = setting();
  migrate(db, copy);
  const [first = ""] = names();
  writeFileSync(join(copy, first, "migration.sql"), "SELECT 1;");
  expect(() => migrate(db, copy)).toThrow(new RegExp(first));
});
test("[MG1] one the database knows and the folder does not stops the start", () => {
  const { db, copy, add } = setting();
  add("99990101000000_newer", "CREATE TABLE Newer (id TEXT);");
  migrate(db, copy);
  expect(() => migrate(db, migrations)).toThrow(/99990101000000_newer/);
});
