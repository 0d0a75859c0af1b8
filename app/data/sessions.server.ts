// Who is signed in where, and how often somebody failed to.
import { createHash, randomBytes } from "node:crypto";
import type { Db } from "./dialect.server";

/** A fresh secret of so many random bytes, as text for an address. */
export const secretToken = (bytes = 32): string => randomBytes(bytes).toString("base64url");
export const tokenHash = (token: string): string => createHash("sha256").update(token).digest("hex");
/** The name a session has in the audit log: enough to find it, too little to use it. */
export const sessionName = (hash: string): string => hash.slice(0, 20);

export type Session = { tokenHash: string; communityId: string; personId: string; device: string; createdAt: string; seenAt: string };

export async function insertSession(tx: Db, session: Session): Promise<void> {
  await tx
    .insertInto("Session")
    .values({ ...session, revokedAt: null })
    .execute();
}

/** A live session: not revoked, seen within `idleMinutes`. */
export async function findSession(db: Db, hash: string, now: string, idleMinutes: number): Promise<Session | null> {
  const row = await db.selectFrom("Session").selectAll().where("tokenHash", "=", hash).where("revokedAt", "is", null).executeTakeFirst();
  if (!row || Date.parse(row.seenAt) + idleMinutes * 60_000 < Date.parse(now)) return null;
  const { revokedAt: _, ...session } = row;
  return session;
}

export async function touchSession(tx: Db, hash: string, now: string): Promise<void> {
  await tx.updateTable("Session").set({ seenAt: now }).where("tokenHash", "=", hash).execute();
}

export async function revokeSessions(
  tx: Db,
  where: { tokenHash: string } | { communityId: string; personId: string; except?: string },
  now: string,
): Promise<string[]> {
  const open = tx.updateTable("Session").set({ revokedAt: now }).where("revokedAt", "is", null).returning("tokenHash");
  const rows = await ("tokenHash" in where
    ? open.where("tokenHash", "=", where.tokenHash)
    : open
        .where("communityId", "=", where.communityId)
        .where("personId", "=", where.personId)
        .where("tokenHash", "!=", where.except ?? "")
  ).execute();
  return rows.map((r) => r.tokenHash);
}

/** A person's live sessions, latest first. */
export async function sessionsOf(db: Db, communityId: string, personId: string): Promise<Session[]> {
  return db
    .selectFrom("Session")
    .select(["tokenHash", "communityId", "personId", "device", "createdAt", "seenAt"])
    .where("communityId", "=", communityId)
    .where("personId", "=", personId)
    .where("revokedAt", "is", null)
    .orderBy("seenAt", "desc")
    .execute();
}

export type Account = { communityId: string; id: string; name: string; passwordHash: string };

/** Accounts that a login may mean: one by phone, or those of that name. At most five, so that a try stays a bounded cost. */
export async function accountsFor(db: Db, login: string): Promise<Account[]> {
  const digits = login.replace(/[\s-]/g, "");
  const rows = await db
    .selectFrom("Person")
    .select(["communityId", "id", "name", "passwordHash"])
    .where((or) => or.or([or("phone", "=", digits), or("name", "=", login)]))
    .where("removedAt", "is", null)
    .where("passwordHash", "is not", null)
    .limit(5)
    .execute();
  return rows.map((r) => ({ ...r, passwordHash: r.passwordHash ?? "" }));
}

export async function passwordHashOf(db: Db, communityId: string, personId: string): Promise<string | null> {
  const row = await db.selectFrom("Person").select("passwordHash").where("communityId", "=", communityId).where("id", "=", personId).executeTakeFirst();
  return row?.passwordHash ?? null;
}

/** Set the secret half of an account. Refused with false when the phone is somebody else's. */
export async function setCredentials(tx: Db, communityId: string, personId: string, to: { passwordHash: string; phone?: string | null }): Promise<boolean> {
  if (to.phone) {
    const other = await tx.selectFrom("Person").select("id").where("phone", "=", to.phone).where("id", "!=", personId).executeTakeFirst();
    if (other) return false;
  }
  await tx
    .updateTable("Person")
    .set(to.phone === undefined ? { passwordHash: to.passwordHash } : { passwordHash: to.passwordHash, phone: to.phone })
    .where("communityId", "=", communityId)
    .where("id", "=", personId)
    .execute();
  return true;
}

const freeTries = 5;

/** Seconds until this key may try again: none for five failures, then 2, 4, 8 … up to 15 minutes. Forgotten after a day. */
export async function waitFor(db: Db, key: string, now: string): Promise<number> {
  const row = await db.selectFrom("SignInFailure").selectAll().where("key", "=", key).executeTakeFirst();
  if (!row || row.failures < freeTries) return 0;
  const wait = Math.min(900, 2 ** (row.failures - freeTries + 1));
  return Math.max(0, Math.ceil(wait - (Date.parse(now) - Date.parse(row.lastAt)) / 1000));
}

export async function noteFailure(tx: Db, key: string, now: string): Promise<void> {
  const dayAgo = new Date(Date.parse(now) - 86_400_000).toISOString();
  await tx.deleteFrom("SignInFailure").where("lastAt", "<", dayAgo).execute();
  await tx
    .insertInto("SignInFailure")
    .values({ key, failures: 1, lastAt: now })
    .onConflict((c) => c.column("key").doUpdateSet((eb) => ({ failures: eb("SignInFailure.failures", "+", 1), lastAt: now })))
    .execute();
}

export async function forgetFailures(tx: Db, key: string): Promise<void> {
  await tx.deleteFrom("SignInFailure").where("key", "=", key).execute();
}
