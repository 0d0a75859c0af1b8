import { z } from "zod";
import { loadBody } from "../../data/organisation.server";
import { whyNots, whyOf } from "../../domain/follow-up";
import { optionalWords } from "../../domain/input";
import { giveFeedback } from "../../domain/issue";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { clockFor, loadHeld, onIssue, seenIssue, subjectOfState } from "./state";

/** What everybody is asked about an answer: solved, content, and why not. */
export const aboutTheAnswer = {
  solved: z.enum(["yes", "no"], { error: "choice.missing" }),
  content: z.enum(["content", "fair", "discontent"], { error: "choice.missing" }),
  why: z.enum(whyNots, { error: "choice.missing" }).nullable().default(null),
  remark: optionalWords(500),
};

/** The raiser's word at the end: solved or not, content or not. */
export const giveIssueFeedback = command({
  action: "issue.feedback",
  input: z.object({
    ...onIssue,
    ...aboutTheAnswer,
  }),
  async load(tx, { number }, { actor, now }) {
    const state = await loadHeld(tx, number, actor);
    if (!state.ok) return state;
    const { issue, holder, community } = state.value;
    const answeredBy = issue.phase.status === "answered" ? await loadBody(tx, actor.communityId, issue.phase.answer.bodyId) : holder;
    return accept({ ...state.value, clock: await clockFor(tx, community, (answeredBy ?? holder).kind, issue, now) });
  },
  subject: subjectOfState,
  seen: seenIssue,
  decide: ({ issue, clock }, { solved, content, why, remark }) =>
    giveFeedback(issue, { solved: solved === "yes", content, why: whyOf(solved === "yes", content, why), remark }, clock),
});
