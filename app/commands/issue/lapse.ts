import { z } from "zod";
import { followUpRule } from "../../data/follow-up.server";
import { loadIssueByNumber } from "../../data/issues.server";
import { loadCalendar, loadCommunity } from "../../data/organisation.server";
import { localDay } from "../../domain/clock";
import { lapse } from "../../domain/follow-up";
import { clockId } from "../../domain/permission";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";
import { onIssue, subjectOfState } from "./state";

/** Nobody presses this: the raiser's days are over, and the clock closes the issue as not answered. */
export const lapseIssue = command({
  action: "issue.lapse",
  input: z.object(onIssue),
  async load(tx, { number }, { actor: { communityId } }) {
    const issue = await loadIssueByNumber(tx, communityId, number);
    const community = await loadCommunity(tx, communityId);
    if (!issue || !community) return refuse("notFound", { what: number });
    const rule = await followUpRule(tx, communityId);
    const from = issue.phase.status === "answered" ? issue.phase.answer.at : issue.raisedAt;
    const calendar = await loadCalendar(tx, community, localDay(from, community.timeZone));
    return accept({ issue, rule, calendar, subject: { communityId, bodies: {}, people: { clock: [clockId] } } });
  },
  subject: subjectOfState,
  decide: ({ issue, rule, calendar }, _input, { now }) => lapse(issue, { rule, calendar, now }),
});
