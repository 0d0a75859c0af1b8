import { z } from "zod";
import { revokeSessions, sessionName, sessionsOf } from "../../data/sessions.server";
import type { DomainEvent } from "../../domain/event";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";

/** Sign out: one device by its name in the list, or all but the one in hand. */
export const revokeSession = command({
  action: "session.revoke",
  input: z.object({
    session: z.string().regex(/^[0-9a-f]{20}$|^others$/, { error: "id.malformed" }),
    current: z.string().regex(/^[0-9a-f]{64}$/),
    version: z.undefined().optional(),
  }),
  async load(tx, { session, current }, { actor }) {
    const all = await sessionsOf(tx, actor.communityId, actor.personId);
    const ending = all.filter((s) => (session === "others" ? s.tokenHash !== current : sessionName(s.tokenHash) === session));
    if (ending.length === 0) return refuse("session.unknown", {});
    return accept({ ending, communityId: actor.communityId, personId: actor.personId });
  },
  subject: ({ communityId, personId }) => ({ communityId, bodies: {}, people: { self: [personId] } }),
  decide: ({ ending, personId }) => accept(ending.map((s): DomainEvent => ({ type: "session.revoked", id: sessionName(s.tokenHash), personId }))),
  async beside(tx, { ending }, _input, { now }) {
    for (const { tokenHash } of ending) await revokeSessions(tx, { tokenHash }, now);
    return undefined;
  },
});
