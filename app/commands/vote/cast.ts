import { z } from "zod";
import { meetingSubject } from "../../data/subjects.server";
import { id } from "../../domain/input";
import { can } from "../../domain/permission";
import { accept } from "../../domain/refusal";
import { cast, choices } from "../../domain/vote";
import { command } from "../command";
import { meetingOfState } from "../meeting/state";
import { loadVoteState, onVote } from "./state";

/** Vote, or change one's vote, until the chair closes it. Whoever writes the minutes may put down what somebody in the room says. */
export const castBallot = command({
  action: "vote.cast",
  input: z.object({ ...onVote, personId: id, choice: z.enum(choices, { error: "choice.missing" }), was: z.enum([...choices, ""]).optional() }),
  async load(tx, { voteId }, { actor }) {
    const state = await loadVoteState(tx, voteId, actor);
    return state.ok ? accept({ ...state.value, writes: can(actor, "decision.record", meetingSubject(state.value.meeting)) }) : state;
  },
  subject: meetingOfState,
  decide: ({ vote, meeting, writes }, ballot, { actorId }) => cast(vote, meeting, ballot, { actorId, writes }),
});
