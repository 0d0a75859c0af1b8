import { z } from "zod";
import { loadPreference } from "../../data/word.server";
import { accept } from "../../domain/refusal";
import { version } from "../../domain/vocabulary";
import { prefer, preferenceFields } from "../../domain/word";
import { command } from "../command";

/** Say what one wants to hear, where and when. */
export const preferWords = command({
  action: "word.prefer",
  input: z.object({ preference: preferenceFields, version }),
  async load(tx, _input, { actor }) {
    return accept({ communityId: actor.communityId, personId: actor.personId, before: await loadPreference(tx, actor.communityId, actor.personId) });
  },
  subject: ({ communityId, personId }) => ({ communityId, bodies: {}, people: { self: [personId] } }),
  decide: ({ personId }, { preference }) => prefer(personId, preference),
});
