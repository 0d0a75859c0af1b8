// How far a job that tells people has come.
import type { Db } from "./dialect.server";

export type Cursor = { seq: number; day: string; after: string };
export async function loadCursor(db: Db, name: string): Promise<Cursor> {
  const row = await db.selectFrom("WordCursor").selectAll().where("name", "=", name).executeTakeFirst();
  return row ?? { seq: 0, day: "", after: "" };
}
/** Move a cursor on from where it was seen. @returns false when somebody else moved it first: then nothing of this turn may stay. */
export async function moveCursor(tx: Db, name: string, from: Cursor, to: Cursor): Promise<boolean> {
  const { seq, day, after } = to;
  const now = await loadCursor(tx, name);
  if (now.seq !== from.seq || now.day !== from.day || now.after !== from.after) return false;
  await tx
    .insertInto("WordCursor")
    .values({ name, seq, day, after })
    .onConflict((on) => on.column("name").doUpdateSet({ seq, day, after }))
    .execute();
  return true;
}
