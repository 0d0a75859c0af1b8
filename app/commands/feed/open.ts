import { z } from "zod";
import { feedsOf, keepFeedHash } from "../../data/calendar.server";
import { loadBody } from "../../data/organisation.server";
import { bodySubject } from "../../data/subjects.server";
import type { DomainEvent } from "../../domain/event";
import { openFeed } from "../../domain/feed";
import { id } from "../../domain/input";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { deliberates } from "../../domain/vocabulary";
import { command } from "../command";

/**
 * Open a calendar's secret address: for one's own meetings (no body), or for those of a body. An earlier one for the same
 * stops. The token is made outside and only its hash comes in: neither the log nor the database ever holds it.
 */
export const openCalendarFeed = command({
  action: "feed.open",
  input: z.object({ bodyId: id.nullable(), tokenHash: z.string().regex(/^[0-9a-f]{64}$/), version: z.undefined().optional() }),
  async load(tx, { bodyId }, { actor, newId }) {
    const { communityId, personId } = actor;
    const body = bodyId === null ? null : await loadBody(tx, communityId, bodyId);
    if (bodyId !== null && !body) return refuse("notFound", { what: bodyId });
    const running = (await feedsOf(tx, communityId, personId)).filter((feed) => feed.bodyId === bodyId);
    return accept({ communityId, personId, body, running, id: newId() });
  },
  subject: ({ communityId, body }) => bodySubject(communityId, body?.id ?? ""),
  decide({ personId, body, running, id: feedId }): Outcome<DomainEvent[]> {
    if (body?.endedAt) return refuse("body.ended", { name: body.name });
    if (body && !deliberates(body.kind)) return refuse("meeting.doesNotDeliberate", { name: body.name });
    return accept(openFeed(running, { id: feedId, personId, bodyId: body?.id ?? null }));
  },
  async beside(tx, { communityId, id: feedId }, { tokenHash }) {
    await keepFeedHash(tx, communityId, feedId, tokenHash);
    return undefined;
  },
});
