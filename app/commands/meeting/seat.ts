import { z } from "zod";
import { loadActor } from "../../data/organisation.server";
import { id } from "../../domain/input";
import type { Invited } from "../../domain/meeting";
import { accept } from "../../domain/refusal";
import { seat } from "../../domain/seats";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting } from "./state";

/** Take attendance of one person. Somebody of the community who was not invited sits in without a vote. */
export const takeSeat = command({
  action: "meeting.seat",
  input: z.object({ ...onMeeting, personId: id, presence: z.enum(["unknown", "present", "left", "excused", "absent"], { error: "choice.missing" }) }),
  async load(tx, { meetingId, personId }, { actor, now }) {
    const state = await loadMeetingState(tx, meetingId, actor);
    if (!state.ok) return state;
    const person = await loadActor(tx, actor.communityId, personId, now);
    const post = person?.posts[0];
    const guest: Invited | null = post ? { personId, party: post.party, role: "observer" } : null;
    return accept({ ...state.value, guest });
  },
  subject: meetingOfState,
  decide: ({ meeting, guest }, { personId, presence }) => seat(meeting, personId, presence, guest),
});
