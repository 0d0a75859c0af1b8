// Letters at rest, and the words that wait for one.
import type { ExpressionBuilder, Selectable } from "kysely";
import type { Letter, LetterStatus } from "../domain/letter";
import type { Db } from "./dialect.server";
import type { DB, Letter as LetterRow } from "./generated/types";
import type { WordRow } from "./word.server";

const letterOf = (row: Selectable<LetterRow>): Letter => ({ ...row, status: row.status as LetterStatus });

export async function loadLetter(db: Db, communityId: string, id: string): Promise<Letter | null> {
  const row = await db.selectFrom("Letter").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  return row ? letterOf(row) : null;
}

export async function saveLetter(tx: Db, letter: Letter): Promise<void> {
  const { communityId: _c, id: _i, ...rest } = letter;
  await tx
    .insertInto("Letter")
    .values(letter)
    .onConflict((on) => on.columns(["communityId", "id"]).doUpdateSet(rest))
    .execute();
}

export async function wordsIn(db: Db, communityId: string, letterId: string): Promise<WordRow[]> {
  return db
    .selectFrom("Word")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("letterId", "=", letterId)
    .orderBy("at")
    .orderBy("seq")
    .orderBy("id")
    .execute();
}

/** A channel has one letter under way; what is pressing does not wait for it. */
const notHeldUp = (eb: ExpressionBuilder<DB, "Word">) =>
  eb.or([
    eb("Word.urgency", "=", "pressing"),
    eb.not(
      eb.exists(
        eb
          .selectFrom("Letter")
          .select("Letter.id")
          .whereRef("Letter.communityId", "=", "Word.communityId")
          .whereRef("Letter.channelId", "=", "Word.channelId")
          .where("Letter.status", "in", ["planned", "sending", "failed"]),
      ),
    ),
  ]);

/** Channels with words that may leave now, at most `limit`; and the words, the oldest first. */
export async function waitingWords(db: Db, now: string, furthest: string, limit: number): Promise<{ communityId: string; channelId: string }[]> {
  return db
    .selectFrom("Word")
    .select(["Word.communityId", "Word.channelId"])
    .distinct()
    .where("Word.letterId", "is", null)
    .where((eb) => eb.or([eb("Word.dueAt", "<=", now), eb("Word.dueAt", ">", furthest)]))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("Channel")
          .select("Channel.id")
          .whereRef("Channel.communityId", "=", "Word.communityId")
          .whereRef("Channel.id", "=", "Word.channelId")
          .where("Channel.closedAt", "is", null),
      ),
    )
    .where(notHeldUp)
    .limit(limit)
    .execute();
}

export async function wordsWaitingFor(db: Db, communityId: string, channelId: string, now: string, furthest: string, limit: number): Promise<WordRow[]> {
  return db
    .selectFrom("Word")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("channelId", "=", channelId)
    .where("letterId", "is", null)
    .where((eb) => eb.or([eb("dueAt", "<=", now), eb("dueAt", ">", furthest)]))
    .where(notHeldUp)
    .orderBy("at")
    .orderBy("seq")
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** Give words to a letter: only those that no letter has. @returns how many it got. */
export async function giveWords(tx: Db, communityId: string, letterId: string, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const done = await tx
    .updateTable("Word")
    .set({ letterId })
    .where("communityId", "=", communityId)
    .where("id", "in", [...ids])
    .where("letterId", "is", null)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/**
 * What waits for one channel goes to the one that stands in for it: words without a letter, and letters that are not on the wire,
 * under their own ids. What the old one itself was asked stays with it. No word can be in the way: one laid for the new channel
 * follows what happened after it was confirmed, or its own opening.
 */
export async function moveWaiting(tx: Db, communityId: string, from: string, to: string): Promise<void> {
  const waiting = ["planned", "failed"];
  const letters = tx.selectFrom("Letter").select("id").where("communityId", "=", communityId).where("channelId", "=", from).where("status", "in", waiting);
  await tx
    .updateTable("Word")
    .set({ channelId: to })
    .where("communityId", "=", communityId)
    .where("channelId", "=", from)
    .where("why", "!=", "itself")
    .where((eb) => eb.or([eb("letterId", "is", null), eb("letterId", "in", letters)]))
    .execute();
  await tx
    .updateTable("Letter")
    .set({ channelId: to })
    .where("communityId", "=", communityId)
    .where("channelId", "=", from)
    .where("status", "in", waiting)
    .execute();
}

/**
 * Letters to channels of one kind that may go now, the earliest first: not on the wire yet, or due for another try, those among them
 * that a process left on the wire when it died. A time after `furthest` was set by a clock that has jumped back since. Channels
 * something was sent to after `restedSince`, tries that failed included, rest; what was sent in the future was, before such a jump.
 */
export async function dueLetters(
  db: Db,
  kind: string,
  { now, furthest, restedSince }: { now: string; furthest: string; restedSince: string },
  limit: number,
): Promise<Letter[]> {
  const rows = await db
    .selectFrom("Letter")
    .innerJoin("Channel", (join) => join.onRef("Channel.communityId", "=", "Letter.communityId").onRef("Channel.id", "=", "Letter.channelId"))
    .selectAll("Letter")
    .where("Channel.kind", "=", kind)
    .where("Letter.status", "in", ["planned", "sending", "failed"])
    .where((eb) => eb.or([eb("Letter.nextAt", "<=", now), eb("Letter.nextAt", ">", furthest)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("Letter as earlier")
            .select("earlier.id")
            .whereRef("earlier.communityId", "=", "Letter.communityId")
            .whereRef("earlier.channelId", "=", "Letter.channelId")
            .where("earlier.lastAt", ">", restedSince)
            .where("earlier.lastAt", "<=", now),
        ),
      ),
    )
    .orderBy("Letter.nextAt")
    .limit(limit)
    .execute();
  return rows.map(letterOf);
}

/** A community's letters that were given up, the latest first. */
export async function deadLetters(db: Db, communityId: string, limit: number): Promise<Letter[]> {
  const rows = await db
    .selectFrom("Letter")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("status", "=", "dead")
    .orderBy("lastAt", "desc")
    .limit(limit)
    .execute();
  return rows.map(letterOf);
}

/** How many letters were given up, and since when the last of them. */
export async function deadCount(db: Db, communityId: string): Promise<{ n: number; last: string | null }> {
  const row = await db
    .selectFrom("Letter")
    .select((eb) => [eb.fn.countAll<number>().as("n"), eb.fn.max("lastAt").as("last")])
    .where("communityId", "=", communityId)
    .where("status", "=", "dead")
    .executeTakeFirstOrThrow();
  return { n: Number(row.n), last: row.last };
}

/** The latest letter of each of these channels. */
export async function lastLetters(db: Db, communityId: string, channelIds: readonly string[]): Promise<Map<string, Letter>> {
  const last = new Map<string, Letter>();
  for (const channelId of channelIds) {
    const row = await db
      .selectFrom("Letter")
      .selectAll()
      .where("communityId", "=", communityId)
      .where("channelId", "=", channelId)
      .orderBy("createdAt", "desc")
      .limit(1)
      .executeTakeFirst();
    if (row) last.set(channelId, letterOf(row));
  }
  return last;
}
