import { z } from "zod";
import { loadDecision, loadMeeting, loadVote } from "../../data/meetings.server";
import { decisionSubject } from "../../data/subjects.server";
import { amend } from "../../domain/decision";
import { id, version } from "../../domain/input";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";
import { wording } from "./record";

/** Correct the wording or the count while the meeting still sits. */
export const amendDecision = command({
  action: "decision.amend",
  input: z.object({ decisionId: id, version, ...wording }),
  async load(tx, { decisionId }, { actor }) {
    const decision = await loadDecision(tx, actor.communityId, decisionId);
    const meeting = decision && (await loadMeeting(tx, actor.communityId, decision.meetingId));
    const vote = decision?.voteId ? await loadVote(tx, actor.communityId, decision.voteId) : null;
    return decision && meeting ? accept({ decision, meeting, vote }) : refuse("notFound", { what: decisionId });
  },
  subject: ({ decision }) => decisionSubject(decision),
  seen: ({ decision }) => ({ kind: "decision", id: decision.id, version: decision.version }),
  decide: ({ decision, meeting, vote }, said) => amend(decision, meeting, said, vote),
});
