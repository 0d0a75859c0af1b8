import { z } from "zod";
import { id, words } from "../../domain/input";
import { remit } from "../../domain/issue";
import { command } from "../command";
import { checkHindrances, loadMove, onIssue, seenIssue, subjectOfState } from "./state";

/** Send it down one level with an instruction. */
export const remitIssue = command({
  action: "issue.remit",
  input: z.object({ ...onIssue, to: id, text: words(1000) }),
  load: (tx, input, by) => loadMove(tx, input, by),
  subject: subjectOfState,
  seen: seenIssue,
  decide: (state, { text }) => checkHindrances(state, "remit") ?? remit(state.issue, state.holder, state.receiver, text, state.clock, state),
});
