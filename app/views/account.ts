// One's own account: offices, and the devices signed in.
import type { Db } from "../data/dialect.server";
import { loadBodies, membershipsOf } from "../data/organisation.server";
import { sessionName, sessionsOf } from "../data/sessions.server";
import type { Party, Role } from "../domain/vocabulary";
import { fullName, type Viewer } from "./viewer";

export type AccountPage = {
  name: string;
  posts: { body: { id: string; name: string }; role: Role; party: Party; endsOn: string | null }[];
  devices: { name: string; device: string; seenAt: string; here: boolean }[];
};

export async function accountPage(db: Db, viewer: Viewer & { sessionHash: string }): Promise<AccountPage> {
  const { communityId, personId, name, posts } = viewer.actor;
  const bodies = await loadBodies(db, communityId);
  const terms = new Map((await membershipsOf(db, communityId, { personId })).map((m) => [m.id, m.endsOn]));
  const sessions = await sessionsOf(db, communityId, personId);
  return {
    name,
    posts: posts.flatMap((p) => {
      const body = bodies.get(p.bodyId);
      return body ? [{ body: { id: body.id, name: fullName(body) }, role: p.role, party: p.party, endsOn: terms.get(p.membershipId) ?? null }] : [];
    }),
    devices: sessions.map((s) => ({ name: sessionName(s.tokenHash), device: s.device, seenAt: s.seenAt, here: s.tokenHash === viewer.sessionHash })),
  };
}
