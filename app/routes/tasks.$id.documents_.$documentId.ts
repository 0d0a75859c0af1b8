// A task's document, for whoever may see the task.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { fileAnswer } from "../http/files.server";
import { handoutFile, handoutHeaders } from "../http/handouts.server";
import { found, look } from "../http/look.server";
import { seeTaskDocument } from "../views/task-page";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await look(args);
  const document = found(await seeTaskDocument(db, viewer, args.params.id ?? "", args.params.documentId ?? ""));
  return fileAnswer(args.request, handoutHeaders(document), () => handoutFile(args.context.services.store.dir, { ...document, handoutId: document.id }));
}
