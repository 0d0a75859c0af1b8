// What the commands on one vote look at.
import type { Db } from "../../data/dialect.server";
import { loadVote } from "../../data/meetings.server";
import { id, version } from "../../domain/input";
import type { Actor } from "../../domain/permission";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import type { Vote } from "../../domain/vote";
import { loadMeetingState, type MeetingState } from "../meeting/state";

export const onVote = { voteId: id, version };
export type VoteState = MeetingState & { vote: Vote };

export async function loadVoteState(tx: Db, voteId: string, actor: Actor): Promise<Outcome<VoteState>> {
  const vote = await loadVote(tx, actor.communityId, voteId);
  if (!vote) return refuse("notFound", { what: voteId });
  const state = await loadMeetingState(tx, vote.meetingId, actor);
  return state.ok ? accept({ ...state.value, vote }) : state;
}
