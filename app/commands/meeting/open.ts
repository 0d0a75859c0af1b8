import { z } from "zod";
import { open } from "../../domain/calling";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting, seenMeeting } from "./state";

/** Open the meeting: minutes begin. */
export const openMeeting = command({
  action: "meeting.open",
  input: z.object({ ...onMeeting }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  seen: seenMeeting,
  decide: ({ meeting, timeZone }, _input, { now }) => open(meeting, { now, timeZone }),
});
