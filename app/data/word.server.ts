// Words at rest: who was told what over which channel, and what of it was read.
import type { Selectable } from "kysely";
import { inProduct } from "../domain/channel";
import type { Db } from "./dialect.server";
import type { Word } from "./generated/types";

export type WordRow = Selectable<Word>;

/** Lay words down; one that was told before (same cause, person and channel) stays as it is. @returns how many are new. */
export async function layWords(tx: Db, words: readonly WordRow[]): Promise<number> {
  let laid = 0;
  for (const word of words) {
    const done = await tx
      .insertInto("Word")
      .values(word)
      .onConflict((on) => on.columns(["communityId", "cause", "personId", "channelId"]).doNothing())
      .executeTakeFirst();
    laid += Number(done.numInsertedOrUpdatedRows ?? 0n);
  }
  return laid;
}

export async function loadWord(db: Db, communityId: string, id: string): Promise<WordRow | null> {
  return (await db.selectFrom("Word").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst()) ?? null;
}

/** A person's words in the product, the newest first, `limit` of them from before `before` (an instant and an id). */
export async function wordsOf(db: Db, communityId: string, personId: string, before: { at: string; id: string } | null, limit: number): Promise<WordRow[]> {
  const all = db.selectFrom("Word").selectAll().where("communityId", "=", communityId).where("personId", "=", personId).where("channelId", "=", inProduct);
  const page = before ? all.where((eb) => eb.or([eb("at", "<", before.at), eb.and([eb("at", "=", before.at), eb("id", "<", before.id)])])) : all;
  return page.orderBy("at", "desc").orderBy("id", "desc").limit(limit).execute();
}

/** How many words a person has not read, counted up to `most`. */
export async function unreadOf(db: Db, communityId: string, personId: string, most: number): Promise<number> {
  const rows = await db
    .selectFrom("Word")
    .select("id")
    .where("communityId", "=", communityId)
    .where("personId", "=", personId)
    .where("channelId", "=", inProduct)
    .where("readAt", "is", null)
    .limit(most)
    .execute();
  return rows.length;
}

/** Mark a person's words up to an instant as read. */
export async function markRead(tx: Db, communityId: string, personId: string, until: string, now: string): Promise<void> {
  await tx
    .updateTable("Word")
    .set({ readAt: now })
    .where("communityId", "=", communityId)
    .where("personId", "=", personId)
    .where("channelId", "=", inProduct)
    .where("readAt", "is", null)
    .where("at", "<=", until)
    .execute();
}
