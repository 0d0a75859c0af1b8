// The form of a new issue: where one may raise it, and what was written before the phone rang.
import { attachmentsOf, draftOwner, loadDraft } from "../data/attachments.server";
import type { Db } from "../data/dialect.server";
import { loadBodies } from "../data/organisation.server";
import { type BodyKind, isLevel } from "../domain/vocabulary";
import { fullName, type Viewer } from "./viewer";

export type RaisePlace = { id: string; name: string; estate: string; kind: BodyKind; stairwells: number; own: boolean };
export type RaiseForm = {
  fields: Record<string, string>;
  photos: { id: string }[];
  places: RaisePlace[];
  /** The most stairwells any of the buildings has: one form serves them all without JavaScript. */
  stairwells: number;
};

export async function raiseForm(db: Db, viewer: Viewer): Promise<RaiseForm> {
  const { communityId, personId, posts } = viewer.actor;
  const draft = await loadDraft(db, communityId, personId, "raise");
  const photos = await attachmentsOf(db, communityId, "draft", [draftOwner(personId, "raise")]);
  const mine = new Set(posts.map((p) => p.bodyId));
  const places = [...(await loadBodies(db, communityId)).values()]
    .filter((b) => b.endedAt === null && isLevel(b.kind))
    .filter((b) => b.kind === "building" || b.kind === "grid" || mine.has(b.id))
    .map((b) => ({ id: b.id, name: fullName(b), estate: b.estate ?? "", kind: b.kind, stairwells: b.stairwells, own: mine.has(b.id) }));
  const first = (p: RaisePlace) => (p.own ? (p.kind === "building" ? 0 : 1) : 2);
  places.sort((a, b) => first(a) - first(b));
  return { fields: draft?.fields ?? {}, photos: photos.map(({ id }) => ({ id })), places, stairwells: Math.max(0, ...places.map((p) => p.stairwells)) };
}
