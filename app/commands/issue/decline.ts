import { z } from "zod";
import { words } from "../../domain/input";
import { decline } from "../../domain/issue";
import { command } from "../command";
import { checkHindrances, loadEndable, onIssue, seenIssue, subjectOfState } from "./state";

/** Decline with a reason. */
export const declineIssue = command({
  action: "issue.decline",
  input: z.object({ ...onIssue, text: words(1000) }),
  load: (tx, { number }, { actor }) => loadEndable(tx, number, actor),
  subject: subjectOfState,
  seen: seenIssue,
  decide: (state, { text }) => checkHindrances(state, "decline") ?? decline(state.issue, text, state.openWork),
});
