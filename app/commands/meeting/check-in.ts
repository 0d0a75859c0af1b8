import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { tableCode } from "../../data/meetings.server";
import { accept, refuse } from "../../domain/refusal";
import { checkIn } from "../../domain/seats";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting } from "./state";

/** "I am here": by whoever is invited, with the code that lies on the table. */
export const checkInToMeeting = command({
  action: "meeting.checkIn",
  input: z.object({ ...onMeeting, code: z.string({ error: "tableCode.missing" }).max(64, { error: "tableCode.missing" }) }),
  async load(tx, { meetingId, code }, { actor }) {
    const state = await loadMeetingState(tx, meetingId, actor);
    if (!state.ok) return state;
    const known = Buffer.from((await tableCode(tx, actor.communityId, meetingId)) ?? "");
    const given = Buffer.from(code);
    return accept({ ...state.value, right: known.length > 0 && known.length === given.length && timingSafeEqual(known, given) });
  },
  subject: meetingOfState,
  decide: ({ meeting, right }, _input, { actorId }) => (right ? checkIn(meeting, actorId) : refuse("meeting.wrongTableCode", {}, "code")),
});
