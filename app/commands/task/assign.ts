import { z } from "zod";
import { loadIssue } from "../../data/issues.server";
import { loadDecision, loadMeeting } from "../../data/meetings.server";
import { loadCommunity } from "../../data/organisation.server";
import { decisionSubject } from "../../data/subjects.server";
import { atLocal } from "../../domain/clock";
import { day, id, line, optionalWords, words } from "../../domain/input";
import { accept, refuse } from "../../domain/refusal";
import { assign } from "../../domain/task";
import { repeatKinds, repeatRule } from "../../domain/task-work";
import { command } from "../command";
import { assigneeText, loadHand, loadHands } from "./state";

/** Hand work out under a decision: to a person or an organization, by the end of a day, with what proves it done. */
export const assignTask = command({
  action: "task.assign",
  input: z.object({
    decisionId: id,
    title: line(120),
    assignee: assigneeText,
    supporting: z.array(assigneeText).max(50).default([]),
    dueOn: day,
    proof: words(300),
    // One a line.
    steps: optionalWords(2000),
    repeats: z.enum(repeatKinds, { error: "choice.missing" }).nullable().default(null),
    version: z.undefined().optional(),
  }),
  async load(tx, { decisionId, assignee, supporting, dueOn, steps }, { actor, now, newId }) {
    const { communityId } = actor;
    const decision = await loadDecision(tx, communityId, decisionId);
    const meeting = decision && (await loadMeeting(tx, communityId, decision.meetingId));
    const issue = decision && (await loadIssue(tx, communityId, decision.issueId));
    const community = await loadCommunity(tx, communityId);
    if (!decision || !meeting || !issue || !community) return refuse("notFound", { what: decisionId });
    const lead = await loadHand(tx, communityId, assignee, { now, prefer: decision.bodyId, field: "assignee" });
    if (!lead.ok) return lead;
    const help = await loadHands(tx, communityId, supporting, { now, prefer: decision.bodyId, field: "supporting" });
    if (!help.ok) return help;
    const titles = steps.split("\n").map((title) => title.trim());
    const parts = titles.filter((title) => title !== "").map((title) => ({ id: newId(), title }));
    if (parts.some(({ title }) => [...title].length > 120)) return refuse("input.words.tooLong", { max: 120, field: "steps" }, "steps");
    return accept({
      decision,
      meeting,
      issue,
      ...lead.value,
      supporting: help.value,
      steps: parts,
      dueAt: atLocal(dueOn, community.dayEndsAt, community.timeZone),
      id: newId(),
    });
  },
  subject: ({ decision }) => decisionSubject(decision),
  decide: (state, { title, dueOn, proof, repeats }, { now }) => {
    const { assignee, deskId, supporting, steps, dueAt } = state;
    const repeating = repeats === null ? null : repeatRule(repeats, dueOn);
    return assign(state, { title, dueOn, proof, assignee, deskId, supporting, steps, dueAt, repeats: repeating }, { id: state.id, now });
  },
});
