import { z } from "zod";
import { words } from "../../domain/input";
import { ask } from "../../domain/issue";
import { command } from "../command";
import { loadIssueState, onIssue, seenIssue, subjectOfState } from "./state";

/** Ask the raiser for more; the clock stands still. */
export const askRaiser = command({
  action: "issue.ask",
  input: z.object({ ...onIssue, text: words(500) }),
  load: (tx, { number }, { actor }) => loadIssueState(tx, number, actor),
  subject: subjectOfState,
  seen: seenIssue,
  decide: ({ issue }, { text }) => ask(issue, text),
});
