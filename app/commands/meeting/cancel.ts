import { z } from "zod";
import { cancel } from "../../domain/calling";
import { words } from "../../domain/input";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting, seenMeeting } from "./state";

/** Call it off, with the reason. */
export const cancelMeeting = command({
  action: "meeting.cancel",
  input: z.object({ ...onMeeting, text: words(500) }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  seen: seenMeeting,
  decide: ({ meeting }, { text }) => cancel(meeting, text),
});
