// A task's document, for whoever may see the task.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { handoutFile, handoutHeaders } from "../http/handouts.server";
import { found, look } from "../http/look.server";
import { missing } from "../http/respond.server";
import { seeTaskDocument } from "../views/task-page";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const document = found(await seeTaskDocument(db, viewer, args.params.id ?? "", args.params.documentId ?? ""));
  const headers = handoutHeaders(document);
  if (args.request.headers.get("If-None-Match") === headers.ETag) return new Response(null, { status: 304, headers });
  try {
    return new Response(new Uint8Array(await handoutFile(args.context.services.store.dir, { ...document, handoutId: document.id })), { headers });
  } catch (error) {
    // Not in the backup that was restored.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw missing();
    throw error;
  }
}
