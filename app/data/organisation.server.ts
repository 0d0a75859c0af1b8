// Communities, their bodies, people and offices at rest.
import type { Body, Invitation, Membership, Person } from "../domain/body";
import type { Cadence } from "../domain/cadence";
import type { Calendar, ClockRule } from "../domain/clock";
import { localDay, ruleFor } from "../domain/clock";
import type { Actor, Post } from "../domain/permission";
import type { BodyKind, Category, Locale, Party, Role, Track } from "../domain/vocabulary";
import { type Db, prepared, rows } from "./dialect.server";
import type { Body as BodyRow, Membership as MembershipRow } from "./generated/types";

export type Community = { id: string; name: string; locale: Locale; timeZone: string; dayEndsAt: string; createdAt: string; version: number };

const communityById = prepared<{ id: string }>()((db, p) => db.selectFrom("Community").selectAll().where("id", "=", p("id")));

export async function loadCommunity(db: Db, id: string): Promise<Community | null> {
  const [row] = await communityById(db, { id });
  return row ? { ...row, locale: row.locale as Locale } : null;
}

/** Every community there is, for what the clock does in each. */
export async function allCommunities(db: Db): Promise<Community[]> {
  const found = await db.selectFrom("Community").selectAll().orderBy("createdAt").orderBy("id").execute();
  return found.map((row) => ({ ...row, locale: row.locale as Locale }));
}

export async function saveCommunity(
  tx: Db,
  next: Community & { clocks: readonly ClockRule[]; days: Readonly<Record<string, boolean>>; firstNumber: number },
): Promise<void> {
  const { clocks, days, firstNumber, ...row } = next;
  await tx.insertInto("Community").values(row).execute();
  for (const rule of clocks)
    await tx
      .insertInto("ClockRule")
      .values({ communityId: next.id, ...rule })
      .execute();
  for (const [day, working] of Object.entries(days))
    await tx
      .insertInto("CalendarDay")
      .values({ communityId: next.id, day, working: Number(working) })
      .execute();
  await tx.insertInto("Counter").values({ communityId: next.id, name: "issue.first", value: firstNumber }).execute();
}

const exceptionsOf = prepared<{ communityId: string; from: string }>()((db, p) =>
  db.selectFrom("CalendarDay").select(["day", "working"]).where("communityId", "=", p("communityId")).where("day", ">=", p("from")),
);

/** The community's days from `from` (YYYY-MM-DD) on. */
export async function loadCalendar(db: Db, community: Community, from: string): Promise<Calendar> {
  const rows = await exceptionsOf(db, { communityId: community.id, from });
  return { timeZone: community.timeZone, dayEndsAt: community.dayEndsAt, exceptions: new Map(rows.map((r) => [r.day, r.working === 1])) };
}

const ruleOf = prepared<{ communityId: string; bodyKind: string; track: string }>()((db, p) =>
  db.selectFrom("ClockRule").selectAll().where("communityId", "=", p("communityId")).where("bodyKind", "=", p("bodyKind")).where("track", "=", p("track")),
);

/** The community's own rule for this kind of body, track and category, or the standard one. */
export async function loadClockRule(db: Db, communityId: string, bodyKind: BodyKind, track: Track, category: Category): Promise<ClockRule> {
  return ruleFor((await ruleOf(db, { communityId, bodyKind, track })) as ClockRule[], bodyKind, track, category);
}

/** The next number of a series, counted from 1 (or from where the community's paper ledger stood). */
export async function nextNumber(tx: Db, communityId: string, name: string): Promise<number> {
  const row = await tx.selectFrom("Counter").select("value").where("communityId", "=", communityId).where("name", "=", name).executeTakeFirst();
  if (row) {
    await tx
      .updateTable("Counter")
      .set({ value: row.value + 1 })
      .where("communityId", "=", communityId)
      .where("name", "=", name)
      .execute();
    return row.value + 1;
  }
  const first = await tx.selectFrom("Counter").select("value").where("communityId", "=", communityId).where("name", "=", "issue.first").executeTakeFirst();
  const any = await tx
    .selectFrom("Counter")
    .select("name")
    .where("communityId", "=", communityId)
    .where("name", "like", "issue.2%")
    .limit(1)
    .executeTakeFirst();
  const value = name.startsWith("issue.") && !any ? (first?.value ?? 1) : 1;
  await tx.insertInto("Counter").values({ communityId, name, value }).execute();
  return value;
}

export const bodyOf = ({ quorumNumerator, quorumDenominator, quorumParties, cadence, ...row }: BodyRow): Body => ({
  ...row,
  kind: row.kind as BodyKind,
  party: row.party as Party | null,
  quorum: { numerator: quorumNumerator, denominator: quorumDenominator, parties: JSON.parse(quorumParties) as Party[] },
  cadence: cadence === null ? null : (JSON.parse(cadence) as Cadence),
});

const bodyById = prepared<{ communityId: string; id: string }>()((db, p) =>
  db.selectFrom("Body").selectAll().where("communityId", "=", p("communityId")).where("id", "=", p("id")),
);

export async function loadBody(db: Db, communityId: string, id: string): Promise<Body | null> {
  const [row] = await bodyById(db, { communityId, id });
  return row ? bodyOf(row) : null;
}

const bodiesOf = prepared<{ communityId: string }>()((db, p) =>
  db
    .selectFrom("Body")
    .selectAll()
    .where("communityId", "=", p("communityId"))
    .orderBy("rowid" as "id"),
);

/** All bodies of a community by id, ended ones included, in the order they were added. */
export async function loadBodies(db: Db, communityId: string): Promise<Map<string, Body>> {
  return new Map((await bodiesOf(db, { communityId })).map((row) => [row.id, bodyOf(row)]));
}

const bodyRows = rows("Body");

export async function saveBody(tx: Db, { quorum, cadence, ...next }: Body, before: Body | null): Promise<void> {
  const row = {
    ...next,
    quorumNumerator: quorum.numerator,
    quorumDenominator: quorum.denominator,
    quorumParties: JSON.stringify(quorum.parties),
    cadence: cadence === null ? null : JSON.stringify(cadence),
  };
  await bodyRows.save(tx, row, before);
}

/** Whether an issue is still with this body. */
export async function holdsOpenIssues(db: Db, communityId: string, bodyId: string): Promise<boolean> {
  const row = await db
    .selectFrom("Issue")
    .select("id")
    .where("communityId", "=", communityId)
    .where("holderId", "=", bodyId)
    .where("status", "not in", ["closed", "merged"])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function loadPerson(db: Db, communityId: string, id: string): Promise<Person | null> {
  const row = await db.selectFrom("Person").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  if (!row) return null;
  return { communityId, id, name: row.name, joined: row.passwordHash !== null, removedAt: row.removedAt, version: row.version };
}

export async function savePerson(tx: Db, next: Person, before: Person | null, at: string): Promise<void> {
  const { communityId, id, name, removedAt, version } = next;
  if (!before) await tx.insertInto("Person").values({ communityId, id, name, phone: null, passwordHash: null, createdAt: at, removedAt, version }).execute();
  else await tx.updateTable("Person").set({ name, removedAt, version }).where("communityId", "=", communityId).where("id", "=", id).execute();
}

export const membershipOf = (row: MembershipRow): Membership => ({ ...row, role: row.role as Role, party: row.party as Party });

export async function loadMembership(db: Db, communityId: string, id: string): Promise<Membership | null> {
  const row = await db.selectFrom("Membership").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  return row ? membershipOf(row) : null;
}

const membershipRows = rows("Membership");

export const saveMembership = (tx: Db, next: Membership, before: Membership | null): Promise<void> => membershipRows.save(tx, next, before);

/** Offices of a person or in a body, those that ended included. */
export async function membershipsOf(db: Db, communityId: string, of: { personId: string } | { bodyId: string }): Promise<Membership[]> {
  const all = db
    .selectFrom("Membership")
    .selectAll()
    .where("communityId", "=", communityId)
    .orderBy("rowid" as "id");
  const rows = await ("personId" in of ? all.where("personId", "=", of.personId) : all.where("bodyId", "=", of.bodyId)).execute();
  return rows.map(membershipOf);
}

/** Offices held on `today` (a local day) in a body, by people who are still there. */
export async function officeHolders(db: Db, communityId: string, bodyId: string, today: string): Promise<Membership[]> {
  const rows = await held(db, { communityId, bodyId, today });
  return rows.map(membershipOf);
}
const held = prepared<{ communityId: string; bodyId: string; today: string }>()((db, p) =>
  db
    .selectFrom("Membership")
    .selectAll()
    .where("communityId", "=", p("communityId"))
    .where("bodyId", "=", p("bodyId"))
    .where("endedAt", "is", null)
    .where("startsOn", "<=", p("today"))
    .where((or) => or.or([or("endsOn", "is", null), or("endsOn", ">=", p("today"))]))
    .orderBy("rowid" as "id"),
);

/** Whether taking this office away on `today` would leave the community without a secretary who stays. */
export async function isLastSecretary(db: Db, m: Membership, today: string): Promise<boolean> {
  if (m.role !== "secretary" || m.endedAt) return false;
  const other = await db
    .selectFrom("Membership")
    .select("id")
    .where("communityId", "=", m.communityId)
    .where("role", "=", "secretary")
    .where("endedAt", "is", null)
    .where("startsOn", "<=", today)
    .where("endsOn", "is", null)
    .where("id", "!=", m.id)
    .limit(1)
    .executeTakeFirst();
  return other === undefined;
}

export async function loadInvitation(db: Db, communityId: string, id: string): Promise<Invitation | null> {
  const row = await db.selectFrom("Invitation").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  if (!row) return null;
  const { bodyId, personId, expiresAt, usedAt, revokedAt, version } = row;
  return { communityId, id, bodyId, personId, expiresAt, usedAt, revokedAt, version };
}

const invitationRows = rows("Invitation");

/** The token is a secret: the command that made it lays its hash beside the row (keepTokenHash), the event never knew it. */
export const saveInvitation = (tx: Db, next: Invitation, before: Invitation | null, by: { actorId: string; at: string }): Promise<void> =>
  invitationRows.save(tx, { ...next, ...(!before && { tokenHash: next.id, createdBy: by.actorId, createdAt: by.at }) }, before);

export async function keepTokenHash(tx: Db, communityId: string, id: string, tokenHash: string): Promise<void> {
  await tx.updateTable("Invitation").set({ tokenHash }).where("communityId", "=", communityId).where("id", "=", id).execute();
}

/** The invitation a slip opens. The token itself is stored nowhere. */
export async function invitationByToken(db: Db, tokenHash: string): Promise<Invitation | null> {
  const row = await db.selectFrom("Invitation").select(["communityId", "id"]).where("tokenHash", "=", tokenHash).executeTakeFirst();
  return row ? loadInvitation(db, row.communityId, row.id) : null;
}

/** An invitation of this person that has not been used, revoked or run out. */
export async function openInvitations(db: Db, communityId: string, personId: string, now: string): Promise<Invitation[]> {
  const rows = await db
    .selectFrom("Invitation")
    .select("id")
    .where("communityId", "=", communityId)
    .where("personId", "=", personId)
    .where("usedAt", "is", null)
    .where("revokedAt", "is", null)
    .where("expiresAt", ">", now)
    .execute();
  const all = await Promise.all(rows.map((r) => loadInvitation(db, communityId, r.id)));
  return all.filter((i): i is Invitation => i !== null);
}

const actorRows = prepared<{ communityId: string; personId: string }>()((db, p) =>
  db
    .selectFrom("Membership")
    .innerJoin("Person", (join) => join.onRef("Person.communityId", "=", "Membership.communityId").onRef("Person.id", "=", "Membership.personId"))
    .select(["Membership.id", "Membership.bodyId", "Membership.role", "Membership.party", "Membership.startsOn", "Membership.endsOn", "Person.name"])
    .where("Membership.communityId", "=", p("communityId"))
    .where("Membership.personId", "=", p("personId"))
    .where("Membership.endedAt", "is", null)
    .where("Person.removedAt", "is", null)
    .orderBy("Membership.rowid" as "Membership.id"),
);

/** A person with the offices they hold at `now`. Null when unknown or removed. */
export async function loadActor(db: Db, communityId: string, personId: string, now: string): Promise<Actor | null> {
  const rows = await actorRows(db, { communityId, personId });
  if (rows.length === 0) {
    const person = await loadPerson(db, communityId, personId);
    return person && !person.removedAt ? { communityId, personId, name: person.name, posts: [] } : null;
  }
  const community = await loadCommunity(db, communityId);
  const today = localDay(now, community?.timeZone ?? "UTC");
  const posts: Post[] = rows
    .filter((r) => r.startsOn <= today && (r.endsOn === null || r.endsOn >= today))
    .map((r) => ({ membershipId: r.id, bodyId: r.bodyId, role: r.role as Role, party: r.party as Party }));
  return { communityId, personId, name: rows[0]?.name ?? "", posts };
}

/** For whom people stand or stood in a body, those who left included: their last office there. */
export async function partiesIn(db: Db, communityId: string, bodyId: string, ids: readonly string[]): Promise<Map<string, Party>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("Membership")
    .select(["personId", "party"])
    .where("communityId", "=", communityId)
    .where("bodyId", "=", bodyId)
    .where("personId", "in", [...ids])
    .orderBy("startsOn")
    .execute();
  return new Map(rows.map((r) => [r.personId, r.party as Party]));
}

/** Names of people, for views. */
export async function namesOf(db: Db, communityId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await db.selectFrom("Person").select(["id", "name"]).where("communityId", "=", communityId).where("id", "in", wanted).execute();
  return new Map(rows.map((r) => [r.id, r.name]));
}
