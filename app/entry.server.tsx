// The document is rendered whole and compressed once: Remix's chunks through a compressing stream cost several times as much.
import { gzipSync } from "node:zlib";
import type { AppLoadContext, EntryContext } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { renderToString } from "react-dom/server";
import { secureHeaders } from "./http/headers.server";

export default function handleRequest(request: Request, status: number, headers: Headers, remix: EntryContext, context: AppLoadContext) {
  const html = `<!doctype html>${renderToString(<RemixServer context={remix} url={request.url} nonce={context.nonce} />)}`;
  headers.set("Content-Type", "text/html; charset=utf-8");
  secureHeaders(headers, context.nonce, context.services.env.NODE_ENV === "development");
  headers.append("Vary", "Accept-Encoding, Cookie, Accept-Language");
  if (!/\bgzip\b/.test(request.headers.get("Accept-Encoding") ?? "")) return new Response(html, { status, headers });
  headers.set("Content-Encoding", "gzip");
  return new Response(gzipSync(html, { level: 4 }), { status, headers });
}

export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }) {
  if (request.signal.aborted) return;
  context.services.logger.error({ err: error, path: new URL(request.url).pathname }, "A page failed. The request was answered with the page for server errors; the cause is in err.");
}
