// Papers at rest: where they stand, what was frozen, who signed it, and the community's seal.

import type { Selectable } from "kysely";
import type { Paper, PaperKind, PaperStatus } from "../domain/paper";
import { type Db, rows } from "./dialect.server";
import type { Paper as PaperRow } from "./generated/types";

const paperOf = (row: Selectable<PaperRow>): Paper => ({
  ...row,
  kind: row.kind as PaperKind,
  status: row.status as PaperStatus,
  signers: JSON.parse(row.signers) as string[],
  signed: JSON.parse(row.signed) as string[],
});

export async function loadPaper(db: Db, communityId: string, id: string): Promise<Paper | null> {
  const row = await db.selectFrom("Paper").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  return row ? paperOf(row) : null;
}

const paperRows = rows("Paper");

export const savePaper = (tx: Db, next: Paper, before: Paper | null): Promise<void> =>
  paperRows.save(tx, { ...next, signers: JSON.stringify(next.signers), signed: JSON.stringify(next.signed) }, before);

/** The papers of a meeting: its minutes first, then what followed from them. */
export async function papersOf(db: Db, communityId: string, meetingId: string): Promise<Paper[]> {
  const rows = await db
    .selectFrom("Paper")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("meetingId", "=", meetingId)
    .orderBy("frozenAt")
    .orderBy("id")
    .execute();
  const papers = rows.map(paperOf);
  return [...papers.filter((p) => p.kind === "minutes"), ...papers.filter((p) => p.kind !== "minutes")];
}

/** Papers that are not adopted and name somebody among their signers, oldest first. */
export async function openPapersOf(db: Db, communityId: string, personId: string): Promise<Paper[]> {
  const rows = await db
    .selectFrom("Paper")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("status", "in", ["frozen", "writing"])
    .where("signers", "like", `%"${personId}"%`)
    .orderBy("frozenAt")
    .limit(50)
    .execute();
  return rows.map(paperOf);
}

/** The minutes of a meeting as a paper, once they were frozen. */
export async function minutesOf(db: Db, communityId: string, meetingId: string): Promise<Paper | null> {
  return (await papersOf(db, communityId, meetingId)).find((p) => p.kind === "minutes") ?? null;
}

/** How many summaries a body issued in a year. */
export async function summariesIn(db: Db, communityId: string, bodyId: string, year: number): Promise<number> {
  const row = await db
    .selectFrom("Paper")
    .select(({ fn }) => fn.max("number").as("last"))
    .where("communityId", "=", communityId)
    .where("bodyId", "=", bodyId)
    .where("kind", "=", "summary")
    .where("year", "=", year)
    .executeTakeFirst();
  return Number(row?.last ?? 0);
}

/** Meetings whose minutes wait to be frozen: closed ones without a paper, and those that were mended. Oldest first. */
export async function waitingToFreeze(db: Db): Promise<{ communityId: string; meetingId: string }[]> {
  const rows = await db
    .selectFrom("Meeting")
    .leftJoin("Paper", (join) =>
      join.onRef("Paper.communityId", "=", "Meeting.communityId").onRef("Paper.meetingId", "=", "Meeting.id").on("Paper.kind", "=", "minutes"),
    )
    .select(["Meeting.communityId", "Meeting.id as meetingId"])
    .where("Meeting.status", "=", "closed")
    .where((eb) => eb.or([eb("Paper.id", "is", null), eb("Paper.status", "=", "closing")]))
    .orderBy("Meeting.closedAt")
    .execute();
  return rows;
}

/** What was frozen, as its JSON text. Written once; the database itself refuses any change. */
export async function savePaperFile(tx: Db, row: { communityId: string; paperId: string; round: number; file: string }): Promise<void> {
  await tx.insertInto("PaperFile").values(row).execute();
}
export async function paperFile(db: Db, { communityId, id, round }: Pick<Paper, "communityId" | "id" | "round">): Promise<string | null> {
  const row = await db
    .selectFrom("PaperFile")
    .select("file")
    .where("communityId", "=", communityId)
    .where("paperId", "=", id)
    .where("round", "=", round)
    .executeTakeFirst();
  return row?.file ?? null;
}

export type StoredSignature = { personId: string; at: string; statement: string; signature: string; mark: string };
export async function saveSignature(tx: Db, row: StoredSignature & { communityId: string; paperId: string; round: number; position: number }): Promise<void> {
  await tx.insertInto("PaperSignature").values(row).execute();
}
/** The signatures of a paper's present round, in the order in which they were given. */
export async function signaturesOf(db: Db, { communityId, id, round }: Pick<Paper, "communityId" | "id" | "round">): Promise<StoredSignature[]> {
  return db
    .selectFrom("PaperSignature")
    .select(["personId", "at", "statement", "signature", "mark"])
    .where("communityId", "=", communityId)
    .where("paperId", "=", id)
    .where("round", "=", round)
    .orderBy("position")
    .execute();
}

/** The community's private seal as PEM, or null before it was made. Secret: it never leaves the server. */
export async function privateKeyOf(db: Db, communityId: string): Promise<string | null> {
  const row = await db.selectFrom("CommunityKey").select("privateKey").where("communityId", "=", communityId).executeTakeFirst();
  return row?.privateKey ?? null;
}
/** The community's public seal: what its copies are checked with. */
export async function publicKeyOf(db: Db, communityId: string): Promise<string> {
  const { publicKey } = await db.selectFrom("CommunityKey").select("publicKey").where("communityId", "=", communityId).executeTakeFirstOrThrow();
  return publicKey;
}
export async function saveKey(tx: Db, row: { communityId: string; publicKey: string; privateKey: string; createdAt: string }): Promise<void> {
  await tx.insertInto("CommunityKey").values(row).execute();
}

/** The audit link that adopted a paper: where its record is anchored. */
export async function adoptionLink(db: Db, communityId: string, paperId: string): Promise<{ seq: number; hash: string } | null> {
  const row = await db
    .selectFrom("AuditEvent")
    .select(["seq", "hash"])
    .where("communityId", "=", communityId)
    .where("subject", "=", "paper")
    .where("subjectId", "=", paperId)
    .where("type", "=", "paper.adopted")
    .executeTakeFirst();
  return row ? { seq: Number(row.seq), hash: row.hash } : null;
}
