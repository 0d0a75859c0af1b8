// Calendars at rest: secret addresses, and what the log knows of the times meetings had.

import type { Feed } from "../domain/feed";
import { type Db, rows } from "./dialect.server";
import type { Feed as FeedRow } from "./generated/types";

const feedOf = ({ tokenHash: _, ...feed }: FeedRow): Feed => feed;

export async function loadFeed(db: Db, communityId: string, id: string): Promise<Feed | null> {
  const row = await db.selectFrom("Feed").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  return row ? feedOf(row) : null;
}

const feedRows = rows("Feed");

/** The token is a secret: the command that opened it lays its hash beside the row (keepFeedHash), the event never knew it. */
export const saveFeed = (tx: Db, next: Feed, before: Feed | null): Promise<void> =>
  feedRows.save(tx, { ...next, ...(!before && { tokenHash: next.id }) }, before);

export async function keepFeedHash(tx: Db, communityId: string, id: string, tokenHash: string): Promise<void> {
  await tx.updateTable("Feed").set({ tokenHash }).where("communityId", "=", communityId).where("id", "=", id).execute();
}

/** The running feed of an address. The token itself is stored nowhere. */
export async function feedByToken(db: Db, tokenHash: string): Promise<Feed | null> {
  const row = await db.selectFrom("Feed").selectAll().where("tokenHash", "=", tokenHash).where("revokedAt", "is", null).executeTakeFirst();
  return row ? feedOf(row) : null;
}

/** A person's running feeds, the latest first. */
export async function feedsOf(db: Db, communityId: string, personId: string): Promise<Feed[]> {
  const rows = await db
    .selectFrom("Feed")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("personId", "=", personId)
    .where("revokedAt", "is", null)
    .orderBy("openedAt", "desc")
    .execute();
  return rows.map(feedOf);
}

/**
 * Every start that meetings of these bodies have or had, moved and cancelled ones included, body by body; of meetings whose
 * present start is `since` or later. A time that was called once is not an open plan any more, wherever the meeting went.
 */
export async function calledStarts(db: Db, communityId: string, bodyIds: readonly string[], since: string): Promise<Map<string, string[]>> {
  const starts = new Map<string, string[]>();
  if (bodyIds.length === 0) return starts;
  const rows = await db
    .selectFrom("Meeting")
    .innerJoin("AuditEvent", (join) =>
      join
        .onRef("AuditEvent.communityId", "=", "Meeting.communityId")
        .onRef("AuditEvent.subjectId", "=", "Meeting.id")
        .on("AuditEvent.subject", "=", "meeting"),
    )
    .select(["Meeting.bodyId", "AuditEvent.data"])
    .where("Meeting.communityId", "=", communityId)
    .where("Meeting.bodyId", "in", bodyIds)
    .where("Meeting.startsAt", ">=", since)
    .where("AuditEvent.type", "in", ["meeting.called", "meeting.moved"])
    .execute();
  for (const { bodyId, data } of rows) {
    const { startsAt } = JSON.parse(data) as { startsAt: string };
    starts.set(bodyId, [...(starts.get(bodyId) ?? []), startsAt]);
  }
  return starts;
}

export type Revision = {
  /** How often its time or place was changed, or it was called off: RFC 5545's SEQUENCE. */
  sequence: number;
  /** When its notice last changed, the agenda included. */
  at: string;
};

/** How often these meetings' notices were revised, from the log. */
export async function revisionsOf(db: Db, communityId: string, meetingIds: readonly string[]): Promise<Map<string, Revision>> {
  if (meetingIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("AuditEvent")
    .select(({ fn, eb }) => [
      "subjectId",
      fn.max("at").as("at"),
      fn.sum<number>(eb.case().when("type", "in", ["meeting.moved", "meeting.cancelled"]).then(1).else(0).end()).as("sequence"),
    ])
    .where("communityId", "=", communityId)
    .where("subject", "=", "meeting")
    .where("subjectId", "in", meetingIds)
    .where("type", "in", ["meeting.called", "meeting.moved", "meeting.cancelled", "meeting.itemAdded", "meeting.itemRemoved", "meeting.ordered"])
    .groupBy("subjectId")
    .execute();
  return new Map(rows.map((r) => [r.subjectId, { sequence: r.sequence, at: r.at }]));
}
