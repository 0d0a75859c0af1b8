import { z } from "zod";
import { loadLimits } from "../../data/clocks.server";
import { loadCalendar, loadClockRule } from "../../data/organisation.server";
import { localDay } from "../../domain/clock";
import { wholeNumber, words } from "../../domain/input";
import { current } from "../../domain/issue";
import { extend } from "../../domain/overdue";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { loadHeld, onIssue, seenIssue, subjectOfState } from "./state";

/** Put this level's deadline off, with a reason; in hours where its time is counted in hours, else in working days. */
export const extendIssue = command({
  action: "issue.extend",
  input: z.object({
    ...onIssue,
    amount: wholeNumber(1, 9999),
    text: words(500),
  }),
  async load(tx, { number }, { actor }) {
    const state = await loadHeld(tx, number, actor);
    if (!state.ok) return state;
    const { issue, holder, community } = state.value;
    const rule = await loadClockRule(tx, community.id, holder.kind, issue.track, issue.category);
    return accept({
      ...state.value,
      unit: rule.settleUnit,
      limits: await loadLimits(tx, community.id),
      calendar: await loadCalendar(tx, community, localDay(current(issue).settleBy, community.timeZone)),
    });
  },
  subject: subjectOfState,
  seen: seenIssue,
  decide: ({ issue, unit, limits, calendar }, { amount, text }, { now }) => extend(issue, { amount, unit, reason: text }, { limits, calendar, now }),
});
