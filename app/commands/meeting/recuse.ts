import { z } from "zod";
import { votesOf } from "../../data/meetings.server";
import { meetingSubject } from "../../data/subjects.server";
import { id, words } from "../../domain/input";
import { accept } from "../../domain/refusal";
import { recuse } from "../../domain/seats";
import { command } from "../command";
import { loadMeetingState, onMeeting } from "./state";

/** Somebody has an interest of their own in an item: they say so themselves, or, while no vote on it is open, whoever runs the meeting does. */
export const recuseFromItem = command({
  action: "meeting.recuse",
  input: z.object({ ...onMeeting, itemId: id, personId: id, reason: words(200) }),
  async load(tx, { meetingId, itemId, personId }, { actor }) {
    const state = await loadMeetingState(tx, meetingId, actor);
    if (!state.ok) return state;
    const votes = await votesOf(tx, actor.communityId, meetingId);
    return accept({ ...state.value, personId, voting: votes.some((v) => v.itemId === itemId && v.status === "open") });
  },
  subject: ({ meeting, personId }) => ({ ...meetingSubject(meeting), people: { self: [personId] } }),
  decide: ({ meeting, voting }, { itemId, personId, reason }, { actorId }) => recuse(meeting, itemId, personId, reason, { own: personId === actorId, voting }),
});
