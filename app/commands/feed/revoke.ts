import { z } from "zod";
import { loadFeed } from "../../data/calendar.server";
import { revokeFeed } from "../../domain/feed";
import { id } from "../../domain/input";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";

/** Stop one of one's own calendar addresses: from now on it is not there. */
export const revokeCalendarFeed = command({
  action: "feed.revoke",
  input: z.object({ feedId: id, version: z.undefined().optional() }),
  async load(tx, { feedId }, { actor }) {
    const feed = await loadFeed(tx, actor.communityId, feedId);
    return feed ? accept({ feed }) : refuse("notFound", { what: feedId });
  },
  subject: ({ feed }) => ({ communityId: feed.communityId, bodies: {}, people: { self: [feed.personId] } }),
  decide: ({ feed }) => revokeFeed(feed),
});
