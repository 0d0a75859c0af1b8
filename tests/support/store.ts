// A database of its own for a test: the real files, the real writer, a clock the test turns.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Perform } from "../../app/commands/perform.server";
import { makePerform, randomId } from "../../app/commands/perform.server";
import { openStore, type Store } from "../../app/data/store.server";

export const migrations = join(import.meta.dirname, "../../prisma/migrations");

export function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "yishi-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export type Bench = { dir: string; store: Store; perform: Perform; clock: { now: string } };

export function bench(dir = folder()): Bench {
  const store = openStore(dir, migrations);
  onTestFinished(() => store.close());
  const clock = { now: "2026-03-02T01:00:00.000Z" };
  return { dir, store, clock, perform: makePerform(store, () => clock.now, randomId) };
}
