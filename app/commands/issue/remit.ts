import { z } from "zod";
import { loadBody } from "../../data/organisation.server";
import { id, words } from "../../domain/input";
import { remit } from "../../domain/issue";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { checkHindrances, clockFor, loadEndable, onIssue, seenIssue, subjectOfState } from "./state";

/** Send it down one level with an instruction. */
export const remitIssue = command({
  action: "issue.remit",
  input: z.object({ ...onIssue, to: id, text: words(1000) }),
  async load(tx, { number, to }, { actor, now }) {
    const state = await loadEndable(tx, number, actor);
    if (!state.ok) return state;
    const { community, issue, holder } = state.value;
    const lower = await loadBody(tx, actor.communityId, to);
    return accept({ ...state.value, lower, clock: await clockFor(tx, community, lower?.kind ?? holder.kind, issue, now) });
  },
  subject: subjectOfState,
  seen: seenIssue,
  decide: (state, { text }) => checkHindrances(state, "remit") ?? remit(state.issue, state.holder, state.lower, text, state.clock, state),
});
