import { z } from "zod";
import { wholeNumber } from "../../domain/input";
import { join } from "../../domain/issue";
import { command } from "../command";
import { loadIssueState, onIssue, seenIssue, subjectOfState } from "./state";

/** "Me too", for one household or for those somebody asked door to door. */
export const joinIssue = command({
  action: "issue.join",
  input: z.object({
    ...onIssue,
    households: wholeNumber(1, 500).default(1),
  }),
  load: (tx, { number }, { actor }) => loadIssueState(tx, number, actor),
  subject: subjectOfState,
  seen: seenIssue,
  decide: ({ issue }, { households }, { actorId }) => join(issue, actorId, households),
});
