// Papers handed in for a meeting: PDFs as they are, photos re-encoded; judged by their own bytes, never by their names.
import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { randomId } from "../commands/perform.server";
import type { HandoutType } from "../domain/meeting";
import { accept, type Outcome, refuse } from "../domain/refusal";
import { disposition, fileName } from "../papers/paper";
import { developPhoto, put } from "./photos.server";

/** Bytes of one paper. */
export const handoutBytes = 20 * 1024 * 1024;

export type KeptFile = { handoutId: string; name: string; type: HandoutType; bytes: number; digest: string };
const extension: Record<HandoutType, string> = { "application/pdf": "pdf", "image/webp": "webp" };
const path = (dir: string, { handoutId, type }: Pick<KeptFile, "handoutId" | "type">) => join(dir, "files", `${handoutId}.${extension[type]}`);

/** A file's name as it may be shown: one line, no path, nothing unseen that turns letters round. */
export const shownName = (name: string): string => {
  const plain = name
    .replace(/^.*[\\/]/s, "")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  return [...plain].slice(0, 100).join("");
};

/** A PDF begins and ends as one, whatever else is in it. */
const isPdf = (bytes: Buffer): boolean => bytes.subarray(0, 5).toString("latin1") === "%PDF-" && bytes.subarray(-2048).includes("%%EOF");

/**
 * Put an uploaded paper on the disk under a fresh id; nothing points at it yet. Refused: no file, one that is too large,
 * and one that is neither a PDF nor a photo, with its name.
 */
export async function keepHandout(dir: string, file: FormDataEntryValue | null, called: string): Promise<Outcome<KeptFile>> {
  if (file === null || typeof file === "string" || file.size === 0) return refuse("handout.missing", {}, "file");
  const own = shownName(file.name) || "1";
  const tooLarge = refuse("handout.tooLarge", { name: own, max: handoutBytes / 1024 / 1024 }, "file");
  if (file.size > handoutBytes) return tooLarge;
  const given = Buffer.from(await file.arrayBuffer());
  let bytes: Buffer = given;
  let type: HandoutType = "application/pdf";
  if (!isPdf(given)) {
    const photo = await developPhoto(file);
    if (!photo.ok) return photo.refusal.code === "photo.tooLarge" ? tooLarge : refuse("handout.notOurs", { name: own }, "file");
    bytes = photo.large;
    type = "image/webp";
  }
  const kept = { handoutId: randomId(), name: called.trim() || own, type, bytes: bytes.length, digest: createHash("sha256").update(bytes).digest("hex") };
  await put(path(dir, kept), bytes);
  return accept(kept);
}

/** The bytes of a paper. Throws ENOENT when they are gone. */
export const handoutFile = (dir: string, handout: Pick<KeptFile, "handoutId" | "type">): Promise<Buffer> => readFile(path(dir, handout));

/** Nothing points at it: it was refused, or is there already. */
export const dropHandout = (dir: string, handout: Pick<KeptFile, "handoutId" | "type">): Promise<void> => rm(path(dir, handout), { force: true });

/** How a paper is sent: PDFs to be saved, photos to be looked at; nothing in either may run. */
export const handoutHeaders = ({ name, type, digest }: Pick<KeptFile, "name" | "type" | "digest">): Record<string, string> => ({
  "Cache-Control": "private, max-age=3600",
  ETag: `"${digest.slice(0, 16)}"`,
  "Content-Type": type,
  "Content-Disposition": type === "application/pdf" ? named(name, type) : named(name, type).replace(/^attachment/, "inline"),
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "sandbox; default-src 'none'",
});
const named = (name: string, type: HandoutType): string => disposition(fileName(name.replace(/\.(pdf|jpe?g|png|heic|webp|gif|tiff?)$/i, ""), extension[type]));
