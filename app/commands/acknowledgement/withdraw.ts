import { z } from "zod";
import { eventAt } from "../../data/audit.server";
import { acknowledgementsOf, answerBehind } from "../../data/clocks.server";
import { isOpen, withdraw } from "../../domain/acknowledgement";
import { clockId } from "../../domain/permission";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";

/** An answer was refused: the clock asks nobody any more to acknowledge it. Refused where nobody had to. */
export const withdrawAcknowledgements = command({
  action: "acknowledgement.withdraw",
  input: z.object({ seq: z.number().int(), version: z.undefined().optional() }),
  async load(tx, { seq }, { actor: { communityId } }) {
    const refused = await eventAt(tx, communityId, seq);
    if (refused?.event.type !== "issue.reopened" && refused?.event.type !== "issue.appealed") return refuse("notFound", { what: String(seq) });
    const open = (await acknowledgementsOf(tx, communityId, refused.event.id)).filter((owed) => isOpen(owed) && owed.causeSeq < seq);
    const roots = await Promise.all(open.map((owed) => answerBehind(tx, owed)));
    return accept({ communityId, ofAnswer: open.filter((_, n) => roots[n] !== null) });
  },
  subject: ({ communityId }) => ({ communityId, bodies: {}, people: { clock: [clockId] } }),
  decide: ({ ofAnswer }) => withdraw(ofAnswer),
});
