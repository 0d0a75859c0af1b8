// Channels at rest: who opened which, and the addresses, which are secrets.
import { type Selectable, sql } from "kysely";
import type { Address, Channel, ChannelKind } from "../domain/channel";
import { type Db, rows } from "./dialect.server";
import type { Channel as ChannelRow } from "./generated/types";

const channelOf = ({ address: _, ...row }: Selectable<ChannelRow>): Channel => ({ ...row, kind: row.kind as ChannelKind });

export async function loadChannel(db: Db, communityId: string, id: string): Promise<Channel | null> {
  const row = await db.selectFrom("Channel").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  return row ? channelOf(row) : null;
}

const channelRows = rows("Channel");

/** The address is a secret: the command that opened it lays it beside the row (keepAddress), the event never knew it. Nobody needs that of a closed one. */
export const saveChannel = (tx: Db, next: Channel, before: Channel | null): Promise<void> =>
  channelRows.save(tx, { ...next, ...((!before || next.closedAt) && { address: "" }) }, before);

export async function keepAddress(tx: Db, communityId: string, id: string, address: Address): Promise<void> {
  await tx
    .updateTable("Channel")
    .set({ address: JSON.stringify(address) })
    .where("communityId", "=", communityId)
    .where("id", "=", id)
    .execute();
}

/** Where to send; null once the channel is closed. */
export async function addressOf(db: Db, communityId: string, id: string): Promise<Address | null> {
  const row = await db.selectFrom("Channel").select("address").where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  return row && row.address !== "" ? (JSON.parse(row.address) as Address) : null;
}

/** Channels of a person or a body that are not closed, the oldest first. */
export async function channelsOf(db: Db, communityId: string, of: { personId: string } | { bodyId: string }): Promise<Channel[]> {
  const all = db.selectFrom("Channel").selectAll().where("communityId", "=", communityId).where("closedAt", "is", null).orderBy("openedAt");
  const rows = await ("personId" in of ? all.where("personId", "=", of.personId) : all.where("bodyId", "=", of.bodyId)).execute();
  return rows.map(channelOf);
}

/** Open channels that lead to a browser's address, whoever's they are in the community. */
export async function channelsTo(db: Db, communityId: string, endpoint: string): Promise<Channel[]> {
  const rows = await db
    .selectFrom("Channel")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("kind", "=", "push")
    .where("closedAt", "is", null)
    .where(sql`json_extract(address, '$.endpoint')`, "=", endpoint)
    .execute();
  return rows.map(channelOf);
}

/** How many mailboxes a person had asked after `since` where nobody said yes, closed ones too. */
export async function questionsSince(db: Db, communityId: string, personId: string, since: string): Promise<number> {
  const rows = await db
    .selectFrom("Channel")
    .select("id")
    .where("communityId", "=", communityId)
    .where("personId", "=", personId)
    .where("kind", "=", "mail")
    .where("confirmedAt", "is", null)
    .where("openedAt", ">", since)
    .execute();
  return rows.length;
}
