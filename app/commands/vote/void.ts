import { z } from "zod";
import { words } from "../../domain/input";
import { voidGrounds, voidVote } from "../../domain/vote";
import { command } from "../command";
import { meetingOfState } from "../meeting/state";
import { loadVoteState, onVote } from "./state";

/** Call a vote off before it is counted, for a ground of the list and in words. */
export const callVoteOff = command({
  action: "vote.void",
  input: z.object({ ...onVote, ground: z.enum(voidGrounds, { error: "choice.missing" }), reason: words(200) }),
  load: (tx, { voteId }, { actor }) => loadVoteState(tx, voteId, actor),
  subject: meetingOfState,
  decide: ({ vote, meeting }, why) => voidVote(vote, meeting, why),
});
