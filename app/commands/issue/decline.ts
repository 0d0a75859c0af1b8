import { z } from "zod";
import { decline } from "../../domain/issue";
import { refuse } from "../../domain/refusal";
import { words } from "../../domain/vocabulary";
import { command } from "../command";
import { loadEndable, onIssue, seenIssue, subjectOfState } from "./state";

/** Decline with a reason. */
export const declineIssue = command({
  action: "issue.decline",
  input: z.object({ ...onIssue, text: words(1000) }),
  load: (tx, { number }, { actor }) => loadEndable(tx, number, actor),
  subject: subjectOfState,
  seen: seenIssue,
  decide: ({ issue, openTasks, onRunningAgenda }, { text }) =>
    onRunningAgenda ? refuse("issue.onAgenda", { number: issue.number }) : decline(issue, text, openTasks),
});
