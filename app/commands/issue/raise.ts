import { z } from "zod";
import { attachmentsOf, draftOwner, dropDraft, giveAttachments } from "../../data/attachments.server";
import { loadBody, loadCommunity, nextNumber } from "../../data/organisation.server";
import type { Body } from "../../domain/body";
import { type Deadlines, localDay } from "../../domain/clock";
import { id, optionalLine, wholeNumber, words } from "../../domain/input";
import { raise, sayableNumber } from "../../domain/issue";
import { accept, refuse } from "../../domain/refusal";
import { categories, tracks, visibilities } from "../../domain/vocabulary";
import { command } from "../command";
import { clockFor } from "./state";

/** Raise an issue with the photos of the person's draft. The draft is gone once the issue is there. */
export const raiseIssue = command({
  action: "issue.raise",
  input: z.object({
    bodyId: id,
    what: words(2000),
    place: optionalLine(80),
    stairwell: wholeNumber(0, 999).nullable().default(null),
    category: z.enum(categories, { error: "choice.missing" }),
    track: z.enum(tracks, { error: "choice.missing" }),
    visibility: z.enum(visibilities, { error: "choice.missing" }),
    version: z.undefined().optional(),
  }),
  async load(tx, input, { actor, now, newId }) {
    const { communityId } = actor;
    const body = await loadBody(tx, communityId, input.bodyId);
    const community = await loadCommunity(tx, communityId);
    if (!body || !community) return refuse("notFound", { what: input.bodyId }, "bodyId");
    const year = Number(localDay(now, community.timeZone).slice(0, 4));
    const state: { body: Body; building: Body | null; member: boolean; photos: number; clock: Deadlines; number: string; communityId: string; id: string } = {
      communityId,
      body,
      building: body.kind === "building" ? body : null,
      member: actor.posts.some((post) => post.bodyId === body.id),
      photos: (await attachmentsOf(tx, communityId, "draft", [draftOwner(actor.personId, "raise")])).length,
      clock: await clockFor(tx, community, body.kind, input, now),
      number: sayableNumber(year, await nextNumber(tx, communityId, `issue.${year}`)),
      id: newId(),
    };
    return accept(state);
  },
  subject: ({ communityId, body }) => ({ communityId, bodies: { body: [body.id] }, people: {} }),
  decide: (state, input) => raise(state, { ...input, buildingId: state.building?.id ?? null }, state),
  async beside(tx, { communityId, id: issueId }, _input, { actor }) {
    await giveAttachments(tx, communityId, draftOwner(actor.personId, "raise"), { kind: "issue", id: issueId });
    await dropDraft(tx, communityId, actor.personId, "raise");
    return undefined;
  },
});
