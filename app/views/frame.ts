// What the frame around every page shows: who is here, and where they may go.
import type { Db } from "../data/dialect.server";
import { loadBodies } from "../data/organisation.server";
import { communitySubject } from "../data/subjects.server";
import { deliberates } from "../domain/vocabulary";
import type { ShownLocale } from "../i18n/engine";
import { home } from "./home";
import { mayDo, type Viewer } from "./viewer";

export type Preferences = { locale: ShownLocale; view: "normal" | "elder"; theme: "light" | "dark" | "system" };
export type NavKey = "home" | "issues" | "docket" | "meetings" | "tasks" | "wall" | "bodies" | "setup";
export type Frame = {
  who: { id: string; name: string; communityName: string; timeZone: string } | null;
  nav: { key: NavKey; href: string; count?: number }[];
  prefs: Preferences;
  demo: boolean;
};

export async function frameOf(db: Db, viewer: Viewer | null, prefs: Preferences, demo: boolean): Promise<Frame> {
  if (!viewer) return { who: null, nav: [], prefs, demo };
  const { actor, community } = viewer;
  const bodies = await loadBodies(db, actor.communityId);
  const council = actor.posts.find((p) => ["chair", "linkedLeader", "recorder"].includes(p.role) && deliberates(bodies.get(p.bodyId)?.kind ?? "community"));
  const waiting = (await home(db, viewer)).items.length;
  const nav: Frame["nav"] = [{ key: "home", href: "/", ...(waiting > 0 ? { count: waiting } : {}) }];
  if (council) nav.push({ key: "docket", href: `/bodies/${council.bodyId}` });
  nav.push({ key: "issues", href: "/issues" }, { key: "meetings", href: "/meetings" }, { key: "tasks", href: "/tasks" }, { key: "wall", href: "/wall" });
  nav.push(mayDo(viewer, "setup.see", await communitySubject(db, actor.communityId)) ? { key: "setup", href: "/setup" } : { key: "bodies", href: "/bodies" });
  return { who: { id: actor.personId, name: actor.name, communityName: community.name, timeZone: community.timeZone }, nav, prefs, demo };
}
