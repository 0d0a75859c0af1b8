// What every request has in hand. Built once by server.ts; nothing in app/ holds state of its own.
import type { Logger } from "pino";
import type { ChangeAs, LivePast } from "../collab/past";
import type { Perform } from "../commands/perform.server";
import type { Community } from "../data/organisation.server";
import type { Store } from "../data/store.server";
import type { Actor } from "../domain/permission";
import type { Env } from "./env.server";
import type { Streams } from "./streams.server";

export type Services = {
  env: Env;
  store: Store;
  perform: Perform;
  /** The clock: ISO text in UTC. */
  now(): string;
  /** Where the browser finds the enhancement scripts: every page's, the one of the room, its television and its door, the one of meetings and papers, and the one of minutes with what it may fetch. */
  enhance: Record<"page" | "room" | "tools" | "minutes" | "late", string>;
  /** A live document as it is on disk; null when nobody wrote yet. */
  liveState(room: string): Uint8Array | null;
  /** Calls `tell` whenever something written in a live document is on disk, until what it returns is called. */
  followLive(room: string, tell: () => void): () => void;
  /** The pages that follow something. */
  streams: Streams;
  /** Who wrote what in a live document, and how it stood at any moment. */
  livePast: LivePast;
  /** A person's change of a live document, seen by everybody who has it open; null when another process serves it. */
  changeLive: ChangeAs | null;
  logger: Logger;
};

/** Somebody signed in on a device. */
export type SignedIn = { actor: Actor; community: Community; sessionHash: string; now: string };

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }

  interface AppLoadContext {
    services: Services;
    /** Where the request came from, as far as it can be known. */
    address: string;
    /** Of this response's content security policy. */
    nonce: string;
    /** Looked up at most once a request (http/session.server.ts). */
    session?: Promise<SignedIn | null>;
  }
}
