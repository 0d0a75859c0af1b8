// Photos and drafts: what people hand in beside words.
import type { Db } from "./dialect.server";

export type Attachment = {
  communityId: string;
  id: string;
  ownerKind: "draft" | "issue" | "reply" | "task" | "taskBefore" | "minutes" | "project";
  ownerId: string;
  position: number;
  width: number;
  height: number;
  bytes: number;
  digest: string;
  uploadedBy: string;
  uploadedAt: string;
};

export async function insertAttachment(tx: Db, attachment: Attachment): Promise<void> {
  await tx.insertInto("Attachment").values(attachment).execute();
}

export async function attachmentsOf(db: Db, communityId: string, ownerKind: Attachment["ownerKind"], ownerIds: readonly string[]): Promise<Attachment[]> {
  if (ownerIds.length === 0) return [];
  const rows = await db
    .selectFrom("Attachment")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("ownerKind", "=", ownerKind)
    .where("ownerId", "in", ownerIds)
    .orderBy("position")
    .execute();
  return rows as Attachment[];
}

export async function loadAttachment(db: Db, id: string): Promise<Attachment | null> {
  const row = await db.selectFrom("Attachment").selectAll().where("id", "=", id).executeTakeFirst();
  return (row as Attachment | undefined) ?? null;
}

/** Hand a draft's photos over to what was made of it. */
export async function giveAttachments(tx: Db, communityId: string, draftId: string, to: { kind: Attachment["ownerKind"]; id: string }): Promise<void> {
  await tx
    .updateTable("Attachment")
    .set({ ownerKind: to.kind, ownerId: to.id })
    .where("communityId", "=", communityId)
    .where("ownerKind", "=", "draft")
    .where("ownerId", "=", draftId)
    .execute();
}

export async function dropAttachment(tx: Db, communityId: string, id: string): Promise<void> {
  await tx.deleteFrom("Attachment").where("communityId", "=", communityId).where("id", "=", id).execute();
}

export type Draft = { fields: Record<string, string>; updatedAt: string };
/** Photos of a draft belong to the person and the kind of form. */
export const draftOwner = (personId: string, kind: string): string => `${personId}:${kind}`;

export async function loadDraft(db: Db, communityId: string, personId: string, kind: string): Promise<Draft | null> {
  const row = await db
    .selectFrom("Draft")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("personId", "=", personId)
    .where("kind", "=", kind)
    .executeTakeFirst();
  return row ? { fields: JSON.parse(row.fields) as Record<string, string>, updatedAt: row.updatedAt } : null;
}

export async function keepDraft(tx: Db, communityId: string, personId: string, kind: string, draft: Draft): Promise<void> {
  const row = { communityId, personId, kind, fields: JSON.stringify(draft.fields), updatedAt: draft.updatedAt };
  await tx
    .insertInto("Draft")
    .values(row)
    .onConflict((c) => c.columns(["communityId", "personId", "kind"]).doUpdateSet({ fields: row.fields, updatedAt: row.updatedAt }))
    .execute();
}

export async function dropDraft(tx: Db, communityId: string, personId: string, kind: string): Promise<void> {
  await tx.deleteFrom("Draft").where("communityId", "=", communityId).where("personId", "=", personId).where("kind", "=", kind).execute();
}
