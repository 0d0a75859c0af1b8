import { z } from "zod";
import { words } from "../../domain/input";
import { note } from "../../domain/issue";
import { command } from "../command";
import { loadIssueState, onIssue, seenIssue, subjectOfState } from "./state";

/** Put on record what was found or tried at this level. */
export const noteOnIssue = command({
  action: "issue.note",
  input: z.object({ ...onIssue, text: words(1000) }),
  load: (tx, { number }, { actor }) => loadIssueState(tx, number, actor),
  subject: subjectOfState,
  seen: seenIssue,
  decide: ({ issue }, { text }) => note(issue, text),
});
