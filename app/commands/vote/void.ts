import { z } from "zod";
import { decisionsOf } from "../../data/meetings.server";
import { words } from "../../domain/input";
import { accept } from "../../domain/refusal";
import { voidVote } from "../../domain/vote";
import { command } from "../command";
import { meetingOfState } from "../meeting/state";
import { loadVoteState, onVote } from "./state";

/** Call a vote off, with the reason. */
export const callVoteOff = command({
  action: "vote.void",
  input: z.object({ ...onVote, reason: words(200) }),
  async load(tx, { voteId }, { actor }) {
    const state = await loadVoteState(tx, voteId, actor);
    if (!state.ok) return state;
    const decisions = await decisionsOf(tx, actor.communityId, { meetingId: state.value.meeting.id });
    return accept({ ...state.value, decided: decisions.some((d) => d.voteId === voteId) });
  },
  subject: meetingOfState,
  decide: ({ vote, meeting, decided }, { reason }) => voidVote(vote, meeting, decided, reason),
});
