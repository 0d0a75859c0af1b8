// Photos: taken in, looked at, re-encoded without what they say of their place, put on disk before the row points at them.
import { createHash } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { randomId } from "../commands/perform.server";
import { type Attachment, attachmentsOf, draftOwner, insertAttachment } from "../data/attachments.server";
import type { Store } from "../data/store.server";
import { accept, type Outcome, type Refusal, type Refused, refuse } from "../domain/refusal";
import { minutesAccess } from "../views/minutes";
import type { SignedIn } from "./context";

/** `count` of one form, `minutes` of one meeting. */
export const photoLimits = { count: 6, minutes: 200, bytes: 15 * 1024 * 1024, pixels: 60_000_000, side: 2048, small: 320 };

const path = (dir: string, id: string, small = false) => join(dir, "files", `${id}${small ? ".small" : ""}.webp`);

/** Bytes of a kept photo. Throws ENOENT when they are gone. */
export const photoBytes = (dir: string, id: string, small: boolean): Promise<Buffer> => readFile(path(dir, id, small));

/** Bytes whole on the disk, or not there. */
export async function put(file: string, bytes: Buffer): Promise<void> {
  const draft = `${file}.${randomId()}`;
  try {
    const handle = await open(draft, "wx");
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** What cameras and phones make. Drawings that can refer to other files (SVG, PDF) are no photos. */
const photoFormats = new Set(["jpeg", "png", "webp", "heif", "gif", "tiff"]);

type Developed = { large: Buffer; small: Buffer; width: number; height: number };

/** Re-encodes one upload: upright, at most 2048 px, WebP, no metadata. A refusal when it is not the image it says. */
export async function developPhoto(file: File): Promise<({ ok: true } & Developed) | Refused> {
  const name = file.name.replace(/\p{Cc}/gu, "").slice(0, 60);
  if (file.size > photoLimits.bytes)
    return { ok: false, refusal: { code: "photo.tooLarge", params: { name, max: photoLimits.bytes / 1024 / 1024 }, field: "photos" } };
  try {
    const input = Buffer.from(await file.arrayBuffer());
    const { format } = await sharp(input, { limitInputPixels: photoLimits.pixels }).metadata();
    if (!photoFormats.has(format ?? "")) return { ok: false, refusal: { code: "photo.notAnImage", params: { name }, field: "photos" } };
    const upright = sharp(input, { limitInputPixels: photoLimits.pixels, failOn: "error" }).rotate();
    const large = await upright
      .clone()
      .resize(photoLimits.side, photoLimits.side, { fit: "inside", withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer({ resolveWithObject: true });
    const small = await upright
      .clone()
      .resize(photoLimits.small, photoLimits.small, { fit: "inside", withoutEnlargement: true })
      .webp({ quality: 70 })
      .toBuffer();
    return { ok: true, large: large.data, small, width: large.info.width, height: large.info.height };
  } catch {
    // Whatever sharp could not read is, for the person, not a photo; the message names the file.
    return { ok: false, refusal: { code: "photo.notAnImage", params: { name }, field: "photos" } };
  }
}

const rowOf = (who: SignedIn, photo: Developed, id: string, owner: { kind: Attachment["ownerKind"]; id: string; position: number }): Attachment => ({
  communityId: who.actor.communityId,
  id,
  ownerKind: owner.kind,
  ownerId: owner.id,
  position: owner.position,
  width: photo.width,
  height: photo.height,
  bytes: photo.large.length,
  digest: createHash("sha256").update(photo.large).digest("hex"),
  uploadedBy: who.actor.personId,
  uploadedAt: who.now,
});

async function putBoth(dir: string, id: string, photo: Developed): Promise<void> {
  await put(path(dir, id), photo.large);
  await put(path(dir, id, true), photo.small);
}

const dropBoth = (dir: string, id: string) => Promise.all([rm(path(dir, id), { force: true }), rm(path(dir, id, true), { force: true })]);

/**
 * Keeps one photo for the minutes of a meeting: the file first, then the row that points at it. Refused when the minutes are
 * not this person's to write any more by then (they may be frozen at any moment), and when there are as many as they hold.
 */
export async function keepPhoto(store: Store, who: SignedIn, file: File, meetingId: string): Promise<Outcome<Attachment>> {
  const photo = await developPhoto(file);
  if (!photo.ok) return photo;
  const id = randomId();
  await putBoth(store.dir, id, photo);
  const kept = await store.write(async (tx): Promise<Outcome<Attachment>> => {
    if ((await minutesAccess(tx, who, meetingId)) !== "write") return refuse("photo.minutesOver", {}, "photos");
    const { length } = await attachmentsOf(tx, who.actor.communityId, "minutes", [meetingId]);
    if (length >= photoLimits.minutes) return refuse("photo.tooMany", { max: photoLimits.minutes }, "photos");
    const row = rowOf(who, photo, id, { kind: "minutes", id: meetingId, position: length });
    await insertAttachment(tx, row);
    return accept(row);
  });
  if (!kept.ok) await dropBoth(store.dir, id);
  return kept;
}

/**
 * Keeps a form's photos with the person's draft of that form. All or none: one bad file refuses the lot, and those kept
 * before stay. @returns a refusal that names the file, or null.
 */
export async function keepPhotos(store: Store, who: SignedIn, kind: string, files: readonly FormDataEntryValue[]): Promise<Refusal | null> {
  const given = files.filter((f): f is File => typeof f !== "string" && f.size > 0);
  if (given.length === 0) return null;
  const { communityId, personId } = who.actor;
  const ownerId = draftOwner(personId, kind);
  const before = await attachmentsOf(store.read, communityId, "draft", [ownerId]);
  if (before.length + given.length > photoLimits.count) return { code: "photo.tooMany", params: { max: photoLimits.count }, field: "photos" };
  const rows: Attachment[] = [];
  for (const [n, file] of given.entries()) {
    const photo = await developPhoto(file);
    if (!photo.ok) {
      await Promise.all(rows.map((row) => dropBoth(store.dir, row.id)));
      return photo.refusal;
    }
    const id = randomId();
    await putBoth(store.dir, id, photo);
    rows.push(rowOf(who, photo, id, { kind: "draft", id: ownerId, position: before.length + n }));
  }
  // Counted again in the writer's turn: another post of the same form may have come in between.
  const kept = await store.write(async (tx) => {
    const now = await attachmentsOf(tx, communityId, "draft", [ownerId]);
    if (now.length + rows.length > photoLimits.count) return false;
    for (const row of rows) await insertAttachment(tx, row);
    return true;
  });
  if (kept) return null;
  await Promise.all(rows.map((row) => dropBoth(store.dir, row.id)));
  return { code: "photo.tooMany", params: { max: photoLimits.count }, field: "photos" };
}
