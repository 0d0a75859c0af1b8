// A paper handed in for a meeting, for whoever may see the meeting and the issue it belongs to.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { fileAnswer } from "../http/files.server";
import { handoutFile, handoutHeaders } from "../http/handouts.server";
import { found, look } from "../http/look.server";
import { seeHandout } from "../views/photo";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const handout = found(await seeHandout(db, viewer, args.params.id ?? "", args.params.handoutId ?? ""));
  return fileAnswer(args.request, handoutHeaders(handout), () => handoutFile(args.context.services.store.dir, { ...handout, handoutId: handout.id }));
}
