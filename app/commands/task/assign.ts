import { z } from "zod";
import { loadIssue } from "../../data/issues.server";
import { loadDecision, loadMeeting } from "../../data/meetings.server";
import { loadActor, loadBody, loadCommunity } from "../../data/organisation.server";
import { decisionSubject } from "../../data/subjects.server";
import { atLocal } from "../../domain/clock";
import { accept, refuse } from "../../domain/refusal";
import { assign } from "../../domain/task";
import { day, id, line, words } from "../../domain/vocabulary";
import { command } from "../command";

/** Hand work out under a decision: to a person or an organization, by the end of a day, with what proves it done. */
export const assignTask = command({
  action: "task.assign",
  input: z.object({
    decisionId: id,
    title: line(120),
    // One field of a form: "person:…" or "body:…".
    assignee: z.string({ error: "choice.missing" }).regex(/^(person|body):[0-9a-z]{1,32}$/, { error: "choice.missing" }),
    dueOn: day,
    proof: words(300),
    version: z.undefined().optional(),
  }),
  async load(tx, { decisionId, assignee, dueOn }, { actor, now, newId }) {
    const { communityId } = actor;
    const decision = await loadDecision(tx, communityId, decisionId);
    const meeting = decision && (await loadMeeting(tx, communityId, decision.meetingId));
    const issue = decision && (await loadIssue(tx, communityId, decision.issueId));
    const community = await loadCommunity(tx, communityId);
    if (!decision || !meeting || !issue || !community) return refuse("notFound", { what: decisionId });
    const [kind, assigneeId = ""] = assignee.split(":");
    if (kind === "body") {
      const body = await loadBody(tx, communityId, assigneeId);
      if (!body || body.endedAt) return refuse("task.unknownAssignee", {}, "assignee");
    } else {
      const person = await loadActor(tx, communityId, assigneeId, now);
      if (!person || person.posts.length === 0) return refuse("task.unknownAssignee", {}, "assignee");
    }
    return accept({
      decision,
      meeting,
      issue,
      assignee: { kind: kind === "body" ? ("body" as const) : ("person" as const), id: assigneeId },
      dueAt: atLocal(dueOn, community.dayEndsAt, community.timeZone),
      id: newId(),
    });
  },
  subject: ({ decision }) => decisionSubject(decision),
  decide: (state, { title, dueOn, proof }, { now }) =>
    assign(state, { title, dueOn, proof, assignee: state.assignee, dueAt: state.dueAt }, { id: state.id, now }),
});
