// A month's report to take away: as an official paper, to print, as plain text, or as a table.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { look } from "../http/look.server";
import { paperLocale } from "../http/paper-verb.server";
import { copyOfReport, type ReportFormat, reportTypes } from "../http/reports.server";
import { missing } from "../http/respond.server";
import { disposition, fileName } from "../papers/paper";

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await look(args);
  const format = args.params.format ?? "";
  if (!Object.hasOwn(reportTypes, format)) throw missing();
  const known = format as ReportFormat;
  const copy = await copyOfReport(args.context.services, viewer, {
    month: args.params.month ?? "",
    body: new URL(args.request.url).searchParams.get("body") || null,
    format: known,
    locale: await paperLocale(args.request, viewer.community.locale),
  });
  if (!copy) throw missing();
  return new Response(copy.body, {
    headers: {
      "Content-Type": reportTypes[known],
      "Content-Length": String(typeof copy.body === "string" ? new TextEncoder().encode(copy.body).length : copy.body.length),
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      ...(known === "html" ? {} : { "Content-Disposition": disposition(fileName(copy.title, known)) }),
    },
  });
}
