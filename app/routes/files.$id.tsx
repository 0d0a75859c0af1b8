// A photo, for whoever may see the thing it belongs to.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { fileAnswer } from "../http/files.server";
import { look } from "../http/look.server";
import { photoBytes } from "../http/photos.server";
import { missing } from "../http/respond.server";
import { seePhoto } from "../views/photo";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const photo = await seePhoto(db, viewer, args.params.id ?? "");
  if (!photo) throw missing();
  const small = new URL(args.request.url).searchParams.has("small");
  const tag = `"${photo.digest.slice(0, 16)}${small ? "s" : ""}"`;
  const headers = {
    "Cache-Control": "private, max-age=3600",
    ETag: tag,
    "Content-Type": "image/webp",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
  };
  return fileAnswer(args.request, headers, () => photoBytes(args.context.services.store.dir, photo.id, small));
}
