import { z } from "zod";
import { close } from "../../domain/meeting";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting, seenMeeting } from "./state";

/** Close the meeting: its minutes are read-only from here. */
export const closeMeeting = command({
  action: "meeting.close",
  input: z.object({ ...onMeeting }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  seen: seenMeeting,
  decide: ({ meeting }) => close(meeting),
});
