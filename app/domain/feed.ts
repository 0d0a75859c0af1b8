// A calendar's secret address: whoever has it reads what its person may see, until it is revoked.
import { accept, type Outcome, refuse } from "./refusal";

export type Feed = {
  communityId: string;
  id: string;
  personId: string;
  /** The body whose meetings it holds; null for all meetings its person is invited to. */
  bodyId: string | null;
  openedAt: string;
  revokedAt: string | null;
  version: number;
};

export type FeedEvent = { type: "feed.opened"; id: string; personId: string; bodyId: string | null } | { type: "feed.revoked"; id: string; personId: string };

/** Open an address; the running ones for the same thing stop, so that there is one. */
export function openFeed(running: readonly Feed[], to: { id: string; personId: string; bodyId: string | null }): FeedEvent[] {
  return [...running.map((feed): FeedEvent => ({ type: "feed.revoked", id: feed.id, personId: feed.personId })), { type: "feed.opened", ...to }];
}

/** Stop an address. Refused: one that has stopped. */
export function revokeFeed(feed: Feed): Outcome<FeedEvent> {
  if (feed.revokedAt) return refuse("feed.revoked", {});
  return accept({ type: "feed.revoked", id: feed.id, personId: feed.personId });
}

export function evolveFeed(feed: Feed | null, event: FeedEvent, by: { at: string; communityId: string }): Feed {
  if (event.type === "feed.opened") {
    const { id, personId, bodyId } = event;
    return { communityId: by.communityId, id, personId, bodyId, openedAt: by.at, revokedAt: null, version: 1 };
  }
  if (!feed) throw new Error(`${event.type} before feed.opened: ${event.id}`);
  return { ...feed, revokedAt: by.at, version: feed.version + 1 };
}
