// What somebody has begun and not sent: fields and photos of a form, kept on the server under their own name.
import * as kept from "../data/attachments.server";
import type { Services, SignedIn } from "./context";

type Store = Services["store"];

export const draftPhotos = async (store: Store, { actor }: SignedIn, kind: string): Promise<{ id: string }[]> =>
  (await kept.attachmentsOf(store.read, actor.communityId, "draft", [kept.draftOwner(actor.personId, kind)])).map(({ id }) => ({ id }));

export const draftFields = async (store: Store, { actor }: SignedIn, kind: string): Promise<Record<string, string>> =>
  (await kept.loadDraft(store.read, actor.communityId, actor.personId, kind))?.fields ?? {};

export const keepDraft = (store: Store, { actor, now }: SignedIn, kind: string, fields: Record<string, string>): Promise<void> =>
  store.write((tx) => kept.keepDraft(tx, actor.communityId, actor.personId, kind, { fields, updatedAt: now }));

export const dropDraft = (store: Store, { actor }: SignedIn, kind: string): Promise<void> =>
  store.write((tx) => kept.dropDraft(tx, actor.communityId, actor.personId, kind));

/** Take one photo off a draft: only one of one's own. */
export async function dropDraftPhoto(store: Store, who: SignedIn, kind: string, id: string): Promise<void> {
  const mine = await draftPhotos(store, who, kind);
  if (mine.some((photo) => photo.id === id)) await store.write((tx) => kept.dropAttachment(tx, who.actor.communityId, id));
}
