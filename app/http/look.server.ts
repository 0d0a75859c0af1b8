// What loaders begin with: the person, the reading database, and what a form needs.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { randomId } from "../commands/perform.server";
import { missing } from "./respond.server";
import { signedIn } from "./session.server";

/** The viewer and the reader's connection. `requestId` goes into the page's forms: the same press twice counts once. */
export async function look(args: LoaderFunctionArgs) {
  const viewer = await signedIn(args);
  return { db: args.context.services.store.read, viewer, requestId: randomId() };
}

/** What is there, or the page that says it is not. */
export function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw missing();
  return value;
}

/** Acts that are not this person's to do have no page. */
export function allowed(may: boolean): void {
  if (!may) throw new Response(null, { status: 403 });
}
