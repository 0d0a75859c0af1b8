import { z } from "zod";
import { meetingSubject } from "../../data/subjects.server";
import { id, words } from "../../domain/input";
import { accept } from "../../domain/refusal";
import { recuse } from "../../domain/seats";
import { command } from "../command";
import { loadMeetingState, onMeeting } from "./state";

/** Somebody has an interest of their own in an item: they say so themselves, or whoever runs the meeting does. */
export const recuseFromItem = command({
  action: "meeting.recuse",
  input: z.object({ ...onMeeting, itemId: id, personId: id, reason: words(200) }),
  async load(tx, { meetingId, personId }, { actor }) {
    const state = await loadMeetingState(tx, meetingId, actor);
    return state.ok ? accept({ ...state.value, personId }) : state;
  },
  subject: ({ meeting, personId }) => ({ ...meetingSubject(meeting), people: { self: [personId] } }),
  decide: ({ meeting }, { itemId, personId, reason }) => recuse(meeting, itemId, personId, reason),
});
