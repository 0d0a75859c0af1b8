import { z } from "zod";
import { followUpRule } from "../../data/follow-up.server";
import { loadCalendar } from "../../data/organisation.server";
import { localDay } from "../../domain/clock";
import { rate, whyOf } from "../../domain/follow-up";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { aboutTheAnswer } from "./feedback";
import { loadHeld, onIssue, seenIssue, subjectOfState } from "./state";

/** Somebody who said "me too" says whether it is solved for them too. Once a person; a second word takes the place of the first. */
export const rateAnswer = command({
  action: "issue.rate",
  input: z.object({ ...onIssue, ...aboutTheAnswer }),
  async load(tx, { number }, { actor }) {
    const state = await loadHeld(tx, number, actor);
    if (!state.ok) return state;
    const { issue, community } = state.value;
    const rule = await followUpRule(tx, community.id);
    const from = issue.phase.status === "closed" ? issue.phase.closedAt : issue.raisedAt;
    return accept({ ...state.value, rule, calendar: await loadCalendar(tx, community, localDay(from, community.timeZone)) });
  },
  subject: subjectOfState,
  seen: seenIssue,
  decide: ({ issue, rule, calendar }, { solved, content, why, remark }, { now }) =>
    rate(issue, { solved: solved === "yes", content, why: whyOf(solved === "yes", content, why), remark }, { rule, calendar, now }),
});
