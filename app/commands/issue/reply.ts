import { z } from "zod";
import { attachmentsOf, draftOwner, giveAttachments } from "../../data/attachments.server";
import { loadCalendar, loadClockRule } from "../../data/organisation.server";
import { localDay } from "../../domain/clock";
import { words } from "../../domain/input";
import { reply } from "../../domain/issue";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { loadHeld, onIssue, seenIssue, subjectOfState } from "./state";

/** The raiser answers what was asked; the clock goes on. */
export const replyToQuestion = command({
  action: "issue.reply",
  input: z.object({ ...onIssue, text: words(2000) }),
  async load(tx, { number }, { actor, now }) {
    const state = await loadHeld(tx, number, actor);
    if (!state.ok) return state;
    const { issue, holder, community } = state.value;
    const asked = issue.phase.status === "waiting" ? issue.phase.pausedAt : now;
    const units = await loadClockRule(tx, community.id, holder.kind, issue.track, issue.category);
    const calendar = await loadCalendar(tx, community, localDay(asked, community.timeZone));
    const photos = await attachmentsOf(tx, actor.communityId, "draft", [draftOwner(actor.personId, `reply.${issue.id}`)]);
    return accept({ ...state.value, units, calendar, photos: photos.length });
  },
  subject: subjectOfState,
  seen: seenIssue,
  decide: ({ issue, photos, units, calendar }, { text }, { now }) => reply(issue, text, photos, { now, units, calendar }),
  async beside(tx, { issue }, _input, { actor }) {
    await giveAttachments(tx, actor.communityId, draftOwner(actor.personId, `reply.${issue.id}`), { kind: "issue", id: issue.id });
    return undefined;
  },
});
