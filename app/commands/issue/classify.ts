import { z } from "zod";
import { loadCalendar, loadClockRule } from "../../data/organisation.server";
import { deadlines, localDay } from "../../domain/clock";
import { classify, current } from "../../domain/issue";
import { accept } from "../../domain/refusal";
import { categories, line, tracks } from "../../domain/vocabulary";
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
  }),
  async load(tx, { number, track, category }, { actor }) {
    const state = await loadHeld(tx, number, actor);
    if (!state.ok) return state;
    const { issue, holder, community } = state.value;
    // A new track does not give time back: its clock counts from when this level received the issue.
    const since = current(issue).receivedAt;
    const rule = await loadClockRule(tx, community.id, holder.kind, track, category);
    const clock = deadlines(since, rule, await loadCalendar(tx, community, localDay(since, community.timeZone)));
    return accept({ ...state.value, clock });
  },
  subject: subjectOfState,
  seen: seenIssue,
  decide: ({ issue, clock }, to) => classify(issue, to, clock),
});
