// What somebody would leave behind with an office: open tasks, who in the body could take them, and what nobody would hold any more.
import type { Db } from "../data/dialect.server";
import { loadMembership, officeHolders } from "../data/organisation.server";
import { projectLines } from "../data/projects.server";
import { openTasksBehind, tasksLeftBehind } from "../data/tasks.server";
import { localDay } from "../domain/clock";
import { worksThere } from "../domain/permission";
import { deskOf } from "./people";
import type { Viewer } from "./viewer";

type Piece = { id: string; title: string; dueOn: string };
export type LeftBehind = {
  tasks: Piece[];
  people: { id: string; name: string }[];
  /** Open work of the body, where nobody else works in it: it stays with nobody. */
  nobodys: (Piece & { href: string })[];
};

export async function leftBehind(db: Db, viewer: Viewer, membershipId: string): Promise<LeftBehind> {
  const { communityId } = viewer.actor;
  const office = await loadMembership(db, communityId, membershipId);
  if (!office) return { tasks: [], people: [], nobodys: [] };
  const today = localDay(viewer.now, viewer.community.timeZone);
  const tasks = await tasksLeftBehind(db, office, today);
  const { people } = await deskOf(db, viewer, office.bodyId);
  const stay = (await officeHolders(db, communityId, office.bodyId, today)).some((m) => m.id !== office.id && worksThere(m));
  return {
    tasks: tasks.map(({ id, title, dueOn }) => ({ id, title, dueOn })),
    people: people.filter((p) => p.id !== office.personId),
    nobodys: stay || !worksThere(office) ? [] : await workOf(db, communityId, office.bodyId),
  };
}

/** What a body has to do: its open tasks and its running projects. */
async function workOf(db: Db, communityId: string, bodyId: string): Promise<LeftBehind["nobodys"]> {
  const tasks = (await openTasksBehind(db, communityId, bodyId)).filter((t) => t.status !== "handedIn");
  const projects = (await projectLines(db, communityId)).filter((p) => p.status === "running" && p.responsibleId === bodyId);
  return [
    ...tasks.map(({ id, title, dueOn }) => ({ id, title, dueOn, href: `/tasks/${id}` })),
    ...projects.map(({ id, name, plan }) => ({ id, title: name, dueOn: plan.endsOn, href: `/projects/${id}` })),
  ];
}
