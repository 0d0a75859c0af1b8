// Who could be asked, seated or charged: lists to choose people and bodies from.
import type { Db } from "../data/dialect.server";
import { loadBodies, namesOf, officeHolders } from "../data/organisation.server";
import type { Body } from "../domain/body";
import { localDay } from "../domain/clock";
import { mayBeCharged } from "../domain/permission";
import { fullName, type Viewer } from "./viewer";

/** Everybody in the community, for choosing from. */
export async function everybody(db: Db, viewer: Viewer): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom("Person")
    .select(["id", "name"])
    .where("communityId", "=", viewer.actor.communityId)
    .where("removedAt", "is", null)
    .orderBy("name")
    .limit(2000)
    .execute();
}

/** People with an office today who have no seat in a meeting yet: whoever else may be in the room. */
export async function couldAttend(db: Db, viewer: Viewer, seated: readonly string[]): Promise<{ id: string; name: string }[]> {
  const today = localDay(viewer.now, viewer.community.timeZone);
  const rows = await db
    .selectFrom("Membership")
    .select("personId")
    .distinct()
    .where("communityId", "=", viewer.actor.communityId)
    .where("endedAt", "is", null)
    .where("startsOn", "<=", today)
    .where((eb) => eb.or([eb("endsOn", "is", null), eb("endsOn", ">=", today)]))
    .execute();
  const ids = rows.map((r) => r.personId).filter((id) => !seated.includes(id));
  const names = await namesOf(db, viewer.actor.communityId, ids);
  return ids.map((id) => ({ id, name: names.get(id) ?? "" })).sort((a, b) => a.name.localeCompare(b.name, viewer.community.locale, { numeric: true }));
}

export type Assignees = { bodies: { id: string; name: string }[]; people: { id: string; name: string }[] };

/** To whom a body may hand work: organizations first, then bodies below, then its own people. */
export async function assignees(db: Db, viewer: Viewer, bodyId: string): Promise<Assignees> {
  const { communityId } = viewer.actor;
  const bodies = [...(await loadBodies(db, communityId)).values()].filter((b) => b.endedAt === null && b.kind !== "community");
  const rank = (b: Body) => (b.kind === "department" ? 0 : b.kind === "company" ? 1 : b.kind === "building" ? 3 : 2);
  const ordered = bodies.filter((b) => b.id !== bodyId).sort((a, b) => rank(a) - rank(b));
  return { bodies: ordered.map((b) => ({ id: b.id, name: fullName(b) })), people: await workersOf(db, viewer, bodyId) };
}

/** Everybody to whom one of these bodies could give work today, with the names of those of the bodies they are of. */
export async function workersOfAny(db: Db, viewer: Viewer, bodies: readonly { id: string; name: string }[]): Promise<{ id: string; name: string }[]> {
  const found = new Map<string, { id: string; name: string; of: string[] }>();
  for (const body of bodies)
    for (const { id, name } of await workersOf(db, viewer, body.id)) found.set(id, { id, name, of: [...(found.get(id)?.of ?? []), body.name] });
  return [...found.values()].map(({ id, name, of }) => ({ id, name: [name, ...of].join(" · ") }));
}

/** People of a body to whom work may be given today. */
async function workersOf(db: Db, viewer: Viewer, bodyId: string): Promise<{ id: string; name: string }[]> {
  const { communityId } = viewer.actor;
  const held = await officeHolders(db, communityId, bodyId, localDay(viewer.now, viewer.community.timeZone));
  const ids = held.filter(mayBeCharged).map((m) => m.personId);
  return [...(await namesOf(db, communityId, ids))].map(([id, name]) => ({ id, name }));
}

export type Desk = { id: string; name: string; people: { id: string; name: string }[] };

/** A body and those of its people to whom work may be given today: within whom it is passed on. */
export async function deskOf(db: Db, viewer: Viewer, bodyId: string): Promise<Desk> {
  const body = (await loadBodies(db, viewer.actor.communityId)).get(bodyId);
  return { id: bodyId, name: body ? fullName(body) : "", people: await workersOf(db, viewer, bodyId) };
}
