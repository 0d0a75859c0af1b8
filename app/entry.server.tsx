// The document is rendered whole and compressed once: Remix's chunks through a compressing stream cost several times as much.
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import type { AppLoadContext, EntryContext } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import type { ReactElement } from "react";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import { loggedPath } from "./http/guard.server";
import { secureHeaders } from "./http/headers.server";
import type { Handle } from "./root";

export default async function handleRequest(request: Request, status: number, headers: Headers, remix: EntryContext, context: AppLoadContext) {
  const page = <RemixServer context={remix} url={request.url} nonce={context.nonce} />;
  const html = `<!doctype html>${hydrates(remix) ? await renderWithData(page, context.nonce) : renderToString(page)}`;
  headers.set("Content-Type", "text/html; charset=utf-8");
  secureHeaders(headers, context.nonce, context.services.env.NODE_ENV === "development");
  headers.append("Vary", "Accept-Encoding, Cookie, Accept-Language");
  if (!/\bgzip\b/.test(request.headers.get("Accept-Encoding") ?? "")) return new Response(html, { status, headers });
  headers.set("Content-Encoding", "gzip");
  return new Response(gzipSync(html, { level: 4 }), { status, headers });
}

/** Whether the browser will take this page over: only then does it need the loaders' data as well as the words. */
function hydrates({ routeModules, staticHandlerContext: { matches, loaderData } }: EntryContext): boolean {
  return matches.some(({ route }) => (routeModules[route.id]?.handle as Handle | undefined)?.hydrate?.(loaderData[route.id]) ?? false);
}

/** The loaders' data travel in suspended parts of the document, which only a stream waits for. */
function renderWithData(page: ReactElement, nonce: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { pipe } = renderToPipeableStream(page, {
      nonce,
      onAllReady() {
        const stream = new PassThrough();
        text(stream).then(resolve, reject);
        pipe(stream);
      },
      onShellError: reject,
    });
  });
}

export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }) {
  // An address that takes no such request is answered so: nothing of ours failed.
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return;
  context.services.logger.error(
    { err: error, path: loggedPath(new URL(request.url).pathname) },
    "A page failed. The request was answered with the page for server errors; the cause is in err.",
  );
}
