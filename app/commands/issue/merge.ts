import { z } from "zod";
import { loadIssueByNumber } from "../../data/issues.server";
import { seesIssue } from "../../data/subjects.server";
import { optionalWords } from "../../domain/input";
import { merge } from "../../domain/issue";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { checkHindrances, loadEndable, onIssue, seenIssue, subjectOfState } from "./state";

/** Say that this is the same matter as another open issue. */
export const mergeIssue = command({
  action: "issue.merge",
  input: z.object({
    ...onIssue,
    into: z
      .string({ error: "words.missing" })
      .trim()
      .regex(/^\d{4}-\d{4,}$/, { error: "number.malformed" }),
    text: optionalWords(500),
  }),
  async load(tx, { number, into }, { actor }) {
    const state = await loadEndable(tx, number, actor);
    if (!state.ok) return state;
    const other = await loadIssueByNumber(tx, actor.communityId, into);
    const seen = other && (await seesIssue(tx, actor, other));
    return accept({ ...state.value, other: seen ? other : null });
  },
  subject: subjectOfState,
  seen: seenIssue,
  decide: (state, { text }) => checkHindrances(state, "merge") ?? merge(state.issue, state.other, text, state.openWork),
});
