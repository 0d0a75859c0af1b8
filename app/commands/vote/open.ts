import { z } from "zod";
import { votesOf } from "../../data/meetings.server";
import { id, words } from "../../domain/input";
import { accept } from "../../domain/refusal";
import { openVote, voteMethods } from "../../domain/vote";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting } from "../meeting/state";

/** Put a question to the vote: every screen in the room shows it. */
export const openTheVote = command({
  action: "vote.open",
  input: z.object({ ...onMeeting, itemId: id, question: words(200), method: z.enum(voteMethods, { error: "choice.missing" }) }),
  async load(tx, { meetingId }, { actor, newId }) {
    const state = await loadMeetingState(tx, meetingId, actor);
    if (!state.ok) return state;
    const votes = await votesOf(tx, actor.communityId, meetingId);
    return accept({ ...state.value, votes, id: newId() });
  },
  subject: meetingOfState,
  decide: (state, asked) => openVote(state, asked, state),
});
