// What the frame around every page shows: who is here, and where they may go.
import { lastSeqOf } from "../data/audit.server";
import type { Db } from "../data/dialect.server";
import { loadBodies } from "../data/organisation.server";
import { communitySubject } from "../data/subjects.server";
import { unreadOf } from "../data/word.server";
import { deliberates } from "../domain/vocabulary";
import type { ShownLocale } from "../i18n/engine";
import { home } from "./home";
import { scopeOf } from "./rates";
import { dueOfMine } from "./task-list";
import { mayDo, type Viewer } from "./viewer";

export type Preferences = { locale: ShownLocale; view: "normal" | "elder"; theme: "light" | "dark" | "system" };
export type NavKey = "home" | "dashboard" | "wall" | "issues" | "docket" | "meetings" | "tasks" | "word" | "bodies" | "setup";
export type Frame = {
  who: { id: string; name: string; communityName: string; timeZone: string } | null;
  nav: { key: NavKey; href: string; count?: number }[];
  prefs: Preferences;
  demo: boolean;
};

type Figures = { waiting: number; due: number };
const known = new WeakMap<Db, Map<string, Figures & { seq: number; minute: string }>>();
const mostKnown = 5000;

/** The figures beside the entries. They stand on every page, so they are counted again only when the log grew or a minute passed. */
async function figuresOf(db: Db, viewer: Viewer): Promise<Figures> {
  const { communityId, personId } = viewer.actor;
  const people = known.get(db) ?? new Map();
  known.set(db, people);
  const key = `${communityId}/${personId}`;
  const now = { seq: await lastSeqOf(db, communityId), minute: viewer.now.slice(0, 16) };
  const before = people.get(key);
  if (before?.seq === now.seq && before.minute === now.minute) return before;
  const figures = { ...now, waiting: (await home(db, viewer)).items.length, due: await dueOfMine(db, viewer) };
  if (people.size >= mostKnown) people.clear();
  people.set(key, figures);
  return figures;
}

export async function frameOf(db: Db, viewer: Viewer | null, prefs: Preferences, demo: boolean): Promise<Frame> {
  if (!viewer) return { who: null, nav: [], prefs, demo };
  const { actor, community } = viewer;
  const bodies = await loadBodies(db, actor.communityId);
  const council = actor.posts.find((p) => ["chair", "linkedLeader", "recorder"].includes(p.role) && deliberates(bodies.get(p.bodyId)?.kind ?? "community"));
  const { waiting, due } = await figuresOf(db, viewer);
  const nav: Frame["nav"] = [{ key: "home", href: "/", ...(waiting > 0 ? { count: waiting } : {}) }];
  if (council) nav.push({ key: "docket", href: `/bodies/${council.bodyId}` });
  if (await scopeOf(db, viewer, bodies)) nav.push({ key: "dashboard", href: "/dashboard" });
  // Whoever has an office: who only lives here has no project to look after.
  if (actor.posts.some((p) => p.role !== "resident")) nav.push({ key: "wall", href: "/wall" });
  nav.push({ key: "issues", href: "/issues" }, { key: "meetings", href: "/meetings" }, { key: "tasks", href: "/tasks", ...(due > 0 ? { count: due } : {}) });
  const unread = await unreadOf(db, actor.communityId, actor.personId, 100);
  nav.push({ key: "word", href: "/word", ...(unread > 0 ? { count: unread } : {}) });
  nav.push(mayDo(viewer, "setup.see", await communitySubject(db, actor.communityId)) ? { key: "setup", href: "/setup" } : { key: "bodies", href: "/bodies" });
  return { who: { id: actor.personId, name: actor.name, communityName: community.name, timeZone: community.timeZone }, nav, prefs, demo };
}
