// A paper to take away: as an official document, to print, as plain text, or as the record anybody can check.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { look } from "../http/look.server";
import { paperLocale } from "../http/paper-verb.server";
import { copyOfPaper, streamed } from "../http/papers.server";
import { missing } from "../http/respond.server";
import { disposition, fileName } from "../papers/paper";

const types = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  html: "text/html; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  json: "application/json; charset=utf-8",
} as const;

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await look(args);
  const format = args.params.format ?? "";
  if (!(format in types)) throw missing();
  const known = format as keyof typeof types;
  const masked = new URL(args.request.url).searchParams.has("masked");
  const copy = await copyOfPaper(args.context.services, viewer, {
    paperId: args.params.id ?? "",
    format: known,
    masked,
    locale: await paperLocale(args.request, viewer.community.locale),
  });
  if (!copy) throw missing();
  const whole = typeof copy.body === "string" ? new TextEncoder().encode(copy.body) : copy.body instanceof Uint8Array ? copy.body : null;
  return new Response(whole ?? streamed(copy.body as AsyncGenerator<string, void>), {
    headers: {
      "Content-Type": types[known],
      // A browser says how far a download is by its length.
      ...(whole ? { "Content-Length": String(whole.length) } : {}),
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
      // The print view is a page of its own: nothing in it runs.
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      ...(known === "html" ? {} : { "Content-Disposition": disposition(fileName(copy.title, known)) }),
    },
  });
}
