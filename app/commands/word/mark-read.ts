import { z } from "zod";
import { markRead } from "../../data/word.server";
import { instant } from "../../domain/input";
import { accept } from "../../domain/refusal";
import { command } from "../command";

/** What was told up to an instant has been read. Nobody else's business: the log does not say who read what when. */
export const markWordsRead = command({
  action: "word.markRead",
  input: z.object({ until: instant, version: z.undefined().optional() }),
  load: async (_tx, _input, { actor }) => accept({ communityId: actor.communityId, personId: actor.personId }),
  subject: ({ communityId, personId }) => ({ communityId, bodies: {}, people: { self: [personId] } }),
  decide: () => accept([]),
  async beside(tx, { communityId, personId }, { until }, { now }) {
    await markRead(tx, communityId, personId, until, now);
    return undefined;
  },
});
