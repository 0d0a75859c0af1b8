import { z } from "zod";
import { runningBetween } from "../../data/meetings.server";
import { move } from "../../domain/calling";
import { instant, line } from "../../domain/input";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting, overlap, seenMeeting } from "./state";

/** Another time or place. A new time asks everybody again. */
export const moveMeeting = command({
  action: "meeting.move",
  input: z.object({ ...onMeeting, startsAt: instant, endsAt: instant, place: line(80), overlap }),
  async load(tx, { meetingId, startsAt, endsAt }, { actor }) {
    const state = await loadMeetingState(tx, meetingId, actor);
    return state.ok ? accept({ ...state.value, beside: await runningBetween(tx, actor.communityId, startsAt, endsAt) }) : state;
  },
  subject: meetingOfState,
  seen: seenMeeting,
  decide: ({ meeting, timeZone, beside }, to, { now }) => move(meeting, to, { now, timeZone, beside }),
});
