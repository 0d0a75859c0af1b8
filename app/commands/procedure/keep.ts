import { z } from "zod";
import { proceduresOf } from "../../data/procedures.server";
import { communitySubject } from "../../data/subjects.server";
import type { DomainEvent } from "../../domain/event";
import { line, optionalLine, wholeNumber } from "../../domain/input";
import { copyAs, withFigures } from "../../domain/procedure";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { command } from "../command";

// An emptied field is no nought.
const figure = wholeNumber(0, 1000);

/**
 * Keep a procedure with the community's own figures: the newest version of it, or (`as`) a copy beside it under a name of the
 * community's own. Meetings called before go on under the version they began with.
 */
export const keepProcedure = command({
  action: "procedure.keep",
  input: z.object({
    code: z.string().max(32, { error: "id.malformed" }),
    figures: z.record(z.string().max(80), figure),
    as: z.object({ zh: line(40), en: optionalLine(80) }).optional(),
    version: z.undefined().optional(),
  }),
  async load(tx, { code }, { actor, newId }) {
    const all = await proceduresOf(tx, actor.communityId);
    const from = all.find((p) => p.code === code);
    if (!from) return refuse("notFound", { what: code });
    const { own: _, ...procedure } = from;
    return accept({ from: procedure, all, id: newId(), communitySubject: await communitySubject(tx, actor.communityId) });
  },
  subject: (state) => state.communitySubject,
  decide({ from, all, id }, { figures, as }): Outcome<DomainEvent[]> {
    if (as) {
      const copied = copyAs(from, { code: `c${id}`, title: { zh: as.zh, en: as.en || as.zh } }, all);
      const changed = copied.ok ? withFigures(copied.value, { version: 1 }, figures) : copied;
      return changed.ok ? accept([{ type: "procedure.kept", id, procedure: changed.value }]) : changed;
    }
    const kept = withFigures(from, { version: from.version + 1 }, figures);
    if (!kept.ok) return kept;
    const same = JSON.stringify({ ...kept.value, version: from.version }) === JSON.stringify(from);
    return accept(same ? [] : [{ type: "procedure.kept", id, procedure: kept.value }]);
  },
});
