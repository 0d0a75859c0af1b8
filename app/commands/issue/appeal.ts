import { z } from "zod";
import { loadBody } from "../../data/organisation.server";
import { words } from "../../domain/input";
import { appeal } from "../../domain/issue";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { clockFor, loadHeld, onIssue, seenIssue, subjectOfState } from "./state";

/** After a "no": ask the next level to look again. */
export const appealIssue = command({
  action: "issue.appeal",
  input: z.object({ ...onIssue, text: words(1000) }),
  async load(tx, { number }, { actor, now }) {
    const state = await loadHeld(tx, number, actor);
    if (!state.ok) return state;
    const { issue, holder, community } = state.value;
    const upper = holder.escalatesToId ? await loadBody(tx, actor.communityId, holder.escalatesToId) : null;
    return accept({ ...state.value, clock: await clockFor(tx, community, (upper ?? holder).kind, issue, now) });
  },
  subject: subjectOfState,
  seen: seenIssue,
  decide: ({ issue, holder, clock }, { text }) => appeal(issue, holder, text, clock),
});
