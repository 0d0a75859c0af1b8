import { z } from "zod";
import { closeVote } from "../../domain/vote";
import { command } from "../command";
import { counts } from "../decision/record";
import { meetingOfState } from "../meeting/state";
import { loadVoteState, onVote } from "./state";

/** Close the vote and count it. Raised hands are given by party. */
export const closeTheVote = command({
  action: "vote.close",
  input: z.object({ ...onVote, counts }),
  load: (tx, { voteId }, { actor }) => loadVoteState(tx, voteId, actor),
  subject: meetingOfState,
  decide: (state, input) => closeVote(state.vote, state, input.counts),
});
