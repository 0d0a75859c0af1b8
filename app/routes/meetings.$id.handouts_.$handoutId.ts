// A paper handed in for a meeting, for whoever may see the meeting and the issue it belongs to.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { handoutFile, handoutHeaders } from "../http/handouts.server";
import { found, look } from "../http/look.server";
import { missing } from "../http/respond.server";
import { seeHandout } from "../views/photo";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const handout = found(await seeHandout(db, viewer, args.params.id ?? "", args.params.handoutId ?? ""));
  const headers = handoutHeaders(handout);
  if (args.request.headers.get("If-None-Match") === headers.ETag) return new Response(null, { status: 304, headers });
  try {
    return new Response(new Uint8Array(await handoutFile(args.context.services.store.dir, { ...handout, handoutId: handout.id })), { headers });
  } catch (error) {
    // Taken back a moment ago, or not in the backup that was restored.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw missing();
    throw error;
  }
}
