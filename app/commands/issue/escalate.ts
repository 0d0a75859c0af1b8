import { z } from "zod";
import { id, words } from "../../domain/input";
import { escalate } from "../../domain/issue";
import { command } from "../command";
import { checkHindrances, loadMove, onIssue, seenIssue, subjectOfState } from "./state";

/** Send it one level up with a summary of what was tried. */
export const escalateIssue = command({
  action: "issue.escalate",
  input: z.object({ ...onIssue, to: id, text: words(1000) }),
  load: (tx, input, by) => loadMove(tx, input, by),
  subject: subjectOfState,
  seen: seenIssue,
  decide: (state, { text }) =>
    checkHindrances(state, "escalate") ?? escalate(state.issue, state.holder, state.receiver, { text, decisionId: null }, state.clock, state),
});
