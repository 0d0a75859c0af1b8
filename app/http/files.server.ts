// How a file of ours is sent.
import { missing } from "./respond.server";

/** A file under its tag. One whose bytes are gone (taken back a moment ago, or not in the backup that was restored) is not there. */
export async function fileAnswer(request: Request, headers: Record<string, string>, read: () => Promise<Buffer>): Promise<Response> {
  if (request.headers.get("If-None-Match") === headers.ETag) return new Response(null, { status: 304, headers });
  try {
    return new Response(new Uint8Array(await read()), { headers });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw missing();
    throw error;
  }
}
