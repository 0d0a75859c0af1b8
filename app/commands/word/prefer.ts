import { z } from "zod";
import { accept } from "../../domain/refusal";
import { prefer, preferenceFields } from "../../domain/word";
import { command } from "../command";

/** Say what one wants to hear, where and when. */
export const preferWords = command({
  action: "word.prefer",
  input: z.object({ preference: preferenceFields, version: z.undefined().optional() }),
  load: async (_tx, _input, { actor }) => accept({ communityId: actor.communityId, personId: actor.personId }),
  subject: ({ communityId, personId }) => ({ communityId, bodies: {}, people: { self: [personId] } }),
  decide: ({ personId }, { preference }) => prefer(personId, preference),
});
