import { z } from "zod";
import { forgetFailures, insertSession, sessionName } from "../../data/sessions.server";
import { accept } from "../../domain/refusal";
import { command } from "../command";

/** Sign in on one device, after the door has checked the password. */
export const startSession = command({
  action: "session.start",
  input: z.object({
    tokenHash: z.string().regex(/^[0-9a-f]{64}$/),
    device: z.string().max(80),
    throttleKey: z.string().nullable().default(null),
    version: z.undefined().optional(),
  }),
  load: async (_tx, _input, { actor }) => accept({ communityId: actor.communityId, personId: actor.personId }),
  subject: ({ communityId, personId }) => ({ communityId, bodies: {}, people: { self: [personId] } }),
  decide: ({ personId }, { tokenHash }) => accept({ type: "session.started", id: sessionName(tokenHash), personId }),
  async beside(tx, { communityId, personId }, { tokenHash, device, throttleKey }, { now }) {
    await insertSession(tx, { tokenHash, communityId, personId, device, createdAt: now, seenAt: now });
    if (throttleKey) await forgetFailures(tx, throttleKey);
    return undefined;
  },
});
