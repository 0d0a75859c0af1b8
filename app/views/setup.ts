// What a community's secretary sets up: the tree of bodies, and who holds which office in one of them.
import type { Db } from "../data/dialect.server";
import { loadBodies, loadMembership, membershipsOf } from "../data/organisation.server";
import { communitySubject } from "../data/subjects.server";
import type { Body } from "../domain/body";
import { localDay } from "../domain/clock";
import { hasVote } from "../domain/seats";
import { deliberates, isLevel, type Party, type Role } from "../domain/vocabulary";
import { fullName, mayDo, type Viewer } from "./viewer";

export type TreeLine = { id: string; name: string; kind: Body["kind"]; party: Party | null; estate: string; people: number; level: number };
export type MemberLine = {
  id: string;
  personId: string;
  name: string;
  party: Party;
  role: Role;
  startsOn: string;
  endsOn: string | null;
  joined: boolean;
  slipUntil: string | null;
  version: number;
};
export type SetupPage = {
  levels: TreeLine[];
  others: TreeLine[];
  body: (Omit<Body, "communityId"> & { fullName: string; upper: string; deliberates: boolean; voters: number; members: MemberLine[] }) | null;
};

/** May this person set up? Everything below asks it first. */
export const maySetUp = async (db: Db, viewer: Viewer): Promise<boolean> => mayDo(viewer, "setup.see", await communitySubject(db, viewer.actor.communityId));

async function peopleIn(db: Db, viewer: Viewer): Promise<Map<string, number>> {
  const today = localDay(viewer.now, viewer.community.timeZone);
  const rows = await db
    .selectFrom("Membership")
    .select(({ fn }) => ["bodyId", fn.count<number>("personId").distinct().as("n")])
    .where("communityId", "=", viewer.actor.communityId)
    .where("endedAt", "is", null)
    .where((eb) => eb.or([eb("endsOn", "is", null), eb("endsOn", ">=", today)]))
    .groupBy("bodyId")
    .execute();
  return new Map(rows.map((r) => [r.bodyId, r.n]));
}

/** Bodies that hold issues, the highest first and each above those that escalate to it; and those that do not. */
export async function tree(db: Db, viewer: Viewer): Promise<Pick<SetupPage, "levels" | "others">> {
  const bodies = [...(await loadBodies(db, viewer.actor.communityId)).values()].filter((b) => b.endedAt === null);
  const people = await peopleIn(db, viewer);
  const line = (b: Body, level: number): TreeLine => ({
    id: b.id,
    name: isLevel(b.kind) && b.kind !== "building" ? fullName(b) : b.name,
    kind: b.kind,
    party: b.party,
    estate: b.estate ?? "",
    people: people.get(b.id) ?? 0,
    level,
  });
  const below = (upper: string | null, level: number): TreeLine[] =>
    bodies.filter((b) => isLevel(b.kind) && b.escalatesToId === upper).flatMap((b) => [line(b, level), ...below(b.id, level + 1)]);
  return { levels: below(null, 0), others: bodies.filter((b) => !isLevel(b.kind)).map((b) => line(b, 0)) };
}

export async function setupPage(db: Db, viewer: Viewer, ask: { bodyId: string | null }): Promise<SetupPage> {
  const { communityId } = viewer.actor;
  const { levels, others } = await tree(db, viewer);
  const bodies = await loadBodies(db, communityId);
  const chosen = ask.bodyId ?? levels.find((l) => l.kind === "council")?.id ?? levels[0]?.id ?? others[0]?.id;
  const body = chosen ? bodies.get(chosen) : undefined;
  if (!body || body.endedAt) return { levels, others, body: null };
  const members = await membersOf(db, viewer, body.id);
  const { communityId: _, ...facts } = body;
  const upper = body.escalatesToId ? bodies.get(body.escalatesToId) : undefined;
  return {
    levels,
    others,
    body: {
      ...facts,
      fullName: fullName(body),
      upper: upper ? fullName(upper) : "",
      deliberates: deliberates(body.kind),
      voters: new Set(members.filter((m) => hasVote(m.role)).map((m) => m.personId)).size,
      members,
    },
  };
}

async function membersOf(db: Db, viewer: Viewer, bodyId: string): Promise<MemberLine[]> {
  const { communityId } = viewer.actor;
  const held = (await membershipsOf(db, communityId, { bodyId })).filter((m) => m.endedAt === null);
  if (held.length === 0) return [];
  const ids = held.map((m) => m.personId);
  const people = await db.selectFrom("Person").select(["id", "name", "passwordHash"]).where("communityId", "=", communityId).where("id", "in", ids).execute();
  const slips = await db
    .selectFrom("Invitation")
    .select(["personId", "expiresAt"])
    .where("communityId", "=", communityId)
    .where("personId", "in", ids)
    .where("usedAt", "is", null)
    .where("revokedAt", "is", null)
    .where("expiresAt", ">", viewer.now)
    .execute();
  const byId = new Map(people.map((p) => [p.id, p]));
  return held.map((m) => ({
    id: m.id,
    personId: m.personId,
    name: byId.get(m.personId)?.name ?? "",
    party: m.party,
    role: m.role,
    startsOn: m.startsOn,
    endsOn: m.endsOn,
    joined: (byId.get(m.personId)?.passwordHash ?? null) !== null,
    slipUntil: slips.find((s) => s.personId === m.personId)?.expiresAt ?? null,
    version: m.version,
  }));
}

export type MembershipPage = MemberLine & { body: { id: string; name: string } };

/** One office, for the pages that change or end it. */
export async function membershipPage(db: Db, viewer: Viewer, membershipId: string): Promise<MembershipPage | null> {
  const membership = await loadMembership(db, viewer.actor.communityId, membershipId);
  if (!membership || membership.endedAt) return null;
  const body = (await loadBodies(db, viewer.actor.communityId)).get(membership.bodyId);
  const line = (await membersOf(db, viewer, membership.bodyId)).find((m) => m.id === membershipId);
  return line && body ? { ...line, body: { id: body.id, name: fullName(body) } } : null;
}
