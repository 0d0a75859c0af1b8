import { z } from "zod";
import { attachmentsOf, draftOwner, giveAttachments } from "../../data/attachments.server";
import { words } from "../../domain/input";
import { reply } from "../../domain/issue";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { loadIssueState, onIssue, seenIssue, subjectOfState } from "./state";

/** The raiser answers what was asked; the clock goes on. */
export const replyToQuestion = command({
  action: "issue.reply",
  input: z.object({ ...onIssue, text: words(2000) }),
  async load(tx, { number }, { actor }) {
    const state = await loadIssueState(tx, number, actor);
    if (!state.ok) return state;
    const photos = await attachmentsOf(tx, actor.communityId, "draft", [draftOwner(actor.personId, `reply.${state.value.issue.id}`)]);
    return accept({ ...state.value, photos: photos.length });
  },
  subject: subjectOfState,
  seen: seenIssue,
  decide: ({ issue, photos }, { text }, { now }) => reply(issue, text, photos, now),
  async beside(tx, { issue }, _input, { actor }) {
    await giveAttachments(tx, actor.communityId, draftOwner(actor.personId, `reply.${issue.id}`), { kind: "issue", id: issue.id });
    return undefined;
  },
});
