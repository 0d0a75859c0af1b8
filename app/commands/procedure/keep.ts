import { z } from "zod";
import { proceduresOf } from "../../data/procedures.server";
import { communitySubject } from "../../data/subjects.server";
import type { DomainEvent } from "../../domain/event";
import { wholeNumber } from "../../domain/input";
import { withFigures } from "../../domain/procedure";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { command } from "../command";

// An emptied field is no nought.
const figure = wholeNumber(0, 1000);

/** Keep a procedure with the community's own figures. Meetings called before go on under the version they began with. */
export const keepProcedure = command({
  action: "procedure.keep",
  input: z.object({ code: z.string().max(32, { error: "id.malformed" }), figures: z.record(z.string().max(80), figure), version: z.undefined().optional() }),
  async load(tx, { code }, { actor, newId }) {
    const from = (await proceduresOf(tx, actor.communityId)).find((p) => p.code === code);
    if (!from) return refuse("notFound", { what: code });
    const { own: _, ...procedure } = from;
    return accept({ from: procedure, id: newId(), communitySubject: await communitySubject(tx, actor.communityId) });
  },
  subject: (state) => state.communitySubject,
  decide({ from, id }, { figures }): Outcome<DomainEvent[]> {
    const kept = withFigures(from, { version: from.version + 1 }, figures);
    if (!kept.ok) return kept;
    const same = JSON.stringify({ ...kept.value, version: from.version }) === JSON.stringify(from);
    return accept(same ? [] : [{ type: "procedure.kept", id, procedure: kept.value }]);
  },
});
