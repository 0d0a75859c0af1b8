import { z } from "zod";
import { revokeSessions, setCredentials } from "../../data/sessions.server";
import { accept } from "../../domain/refusal";
import { command } from "../command";

/** A new password, the old one checked at the door. Every other device is signed out. */
export const changePassword = command({
  action: "person.changePassword",
  input: z.object({
    passwordHash: z.string().startsWith("$argon2id$"),
    current: z.string().regex(/^[0-9a-f]{64}$/),
    version: z.undefined().optional(),
  }),
  load: async (_tx, _input, { actor }) => accept({ communityId: actor.communityId, personId: actor.personId }),
  subject: ({ communityId, personId }) => ({ communityId, bodies: {}, people: { self: [personId] } }),
  decide: ({ personId }) => accept({ type: "person.passwordChanged", id: personId }),
  async beside(tx, { communityId, personId }, { passwordHash, current }, { now }) {
    await setCredentials(tx, communityId, personId, { passwordHash });
    await revokeSessions(tx, { communityId, personId, except: current }, now);
    return undefined;
  },
});
