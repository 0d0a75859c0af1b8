import { z } from "zod";
import { open } from "../../domain/calling";
import { localDay } from "../../domain/clock";
import type { MeetingEvent } from "../../domain/meeting";
import { accept, type Outcome } from "../../domain/refusal";
import { votesEnded } from "../../domain/seats";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting, seenMeeting, votersIn } from "./state";

/** Open the meeting: minutes begin. Those whose office was over by its last day have no vote in it any more. */
export const openMeeting = command({
  action: "meeting.open",
  input: z.object({ ...onMeeting }),
  async load(tx, { meetingId }, { actor, now }) {
    const state = await loadMeetingState(tx, meetingId, actor);
    if (!state.ok) return state;
    const { meeting, timeZone } = state.value;
    return accept({ ...state.value, voters: await votersIn(tx, actor.communityId, meeting.bodyId, localDay(now, timeZone)) });
  },
  subject: meetingOfState,
  seen: seenMeeting,
  decide({ meeting, timeZone, voters }, _input, { now }): Outcome<MeetingEvent[]> {
    const opened = open(meeting, { now, timeZone });
    return opened.ok ? accept([...votesEnded(meeting, voters), opened.value]) : opened;
  },
});
