import { z } from "zod";
import { loadBody } from "../../data/organisation.server";
import { id, words } from "../../domain/input";
import { escalate } from "../../domain/issue";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { checkHindrances, clockFor, loadEndable, onIssue, seenIssue, subjectOfState } from "./state";

/** Send it one level up with a summary of what was tried. */
export const escalateIssue = command({
  action: "issue.escalate",
  input: z.object({ ...onIssue, to: id, text: words(1000) }),
  async load(tx, { number, to }, { actor, now }) {
    const state = await loadEndable(tx, number, actor);
    if (!state.ok) return state;
    const { community, issue, holder } = state.value;
    const upper = await loadBody(tx, actor.communityId, to);
    return accept({ ...state.value, upper, clock: await clockFor(tx, community, upper?.kind ?? holder.kind, issue, now) });
  },
  subject: subjectOfState,
  seen: seenIssue,
  decide: (state, { text }) =>
    checkHindrances(state, "escalate") ?? escalate(state.issue, state.holder, state.upper, { text, decisionId: null }, state.clock, state),
});
