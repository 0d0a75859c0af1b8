import { z } from "zod";
import { eventsSince } from "../../data/audit.server";
import { loadCalendar, loadClockRule } from "../../data/organisation.server";
import { deadlines, localDay } from "../../domain/clock";
import { line, optionalWords } from "../../domain/input";
import { classify, current, throughPast } from "../../domain/issue";
import { accept } from "../../domain/refusal";
import { categories, tracks } from "../../domain/vocabulary";
import { command } from "../command";
import { loadHeld, onIssue, seenIssue, subjectOfState } from "./state";

/** Give the issue a name people recognise, and the right category and track. The running clock follows the track. */
export const classifyIssue = command({
  action: "issue.classify",
  input: z.object({
    ...onIssue,
    title: line(60),
    category: z.enum(categories, { error: "choice.missing" }),
    track: z.enum(tracks, { error: "choice.missing" }),
    text: optionalWords(300),
  }),
  async load(tx, { number, track, category }, { actor }) {
    const state = await loadHeld(tx, number, actor);
    if (!state.ok) return state;
    const { issue, holder, community } = state.value;
    // A new track gives no time back and takes none away: its clock counts from when this level received the issue,
    // and stood still and was put off as the one before.
    const since = current(issue).receivedAt;
    const rule = await loadClockRule(tx, community.id, holder.kind, track, category);
    const calendar = await loadCalendar(tx, community, localDay(since, community.timeZone));
    const past = await eventsSince(tx, community.id, "issue", issue.id, 0);
    return accept({ ...state.value, clock: throughPast(deadlines(since, rule, calendar), past, rule, calendar) });
  },
  subject: subjectOfState,
  seen: seenIssue,
  decide: ({ issue, clock }, to) => classify(issue, to, clock),
});
