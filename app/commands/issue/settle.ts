import { z } from "zod";
import { words } from "../../domain/input";
import { settle } from "../../domain/issue";
import { command } from "../command";
import { checkHindrances, loadEndable, onIssue, seenIssue, subjectOfState } from "./state";

/** Settle it at this level. */
export const settleIssue = command({
  action: "issue.settle",
  input: z.object({ ...onIssue, text: words(1000) }),
  load: (tx, { number }, { actor }) => loadEndable(tx, number, actor),
  subject: subjectOfState,
  seen: seenIssue,
  decide: (state, { text }) => checkHindrances(state, "settle") ?? settle(state.issue, text, state.openWork),
});
