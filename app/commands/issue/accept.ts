import { z } from "zod";
import { acceptIssue } from "../../domain/issue";
import { command } from "../command";
import { loadIssueState, onIssue, seenIssue, subjectOfState } from "./state";

/** Take an issue on. */
export const acceptTheIssue = command({
  action: "issue.accept",
  input: z.object({ ...onIssue }),
  load: (tx, { number }, { actor }) => loadIssueState(tx, number, actor),
  subject: subjectOfState,
  seen: seenIssue,
  decide: ({ issue }) => acceptIssue(issue),
});
