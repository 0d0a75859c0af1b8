// What somebody would leave behind with an office: open tasks, and who in the body could take them.
import type { Db } from "../data/dialect.server";
import { loadMembership } from "../data/organisation.server";
import { tasksLeftBehind } from "../data/tasks.server";
import { localDay } from "../domain/clock";
import { deskOf } from "./people";
import type { Viewer } from "./viewer";

export type LeftBehind = { tasks: { id: string; title: string; dueOn: string }[]; people: { id: string; name: string }[] };

export async function leftBehind(db: Db, viewer: Viewer, membershipId: string): Promise<LeftBehind> {
  const { communityId } = viewer.actor;
  const office = await loadMembership(db, communityId, membershipId);
  if (!office) return { tasks: [], people: [] };
  const tasks = await tasksLeftBehind(db, office, localDay(viewer.now, viewer.community.timeZone));
  const { people } = await deskOf(db, viewer, office.bodyId);
  return { tasks: tasks.map(({ id, title, dueOn }) => ({ id, title, dueOn })), people: people.filter((p) => p.id !== office.personId) };
}
