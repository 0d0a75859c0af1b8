import { z } from "zod";
import { move } from "../../domain/calling";
import { instant, line } from "../../domain/input";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting, seenMeeting } from "./state";

/** Another time or place. A new time asks everybody again. */
export const moveMeeting = command({
  action: "meeting.move",
  input: z.object({ ...onMeeting, startsAt: instant, endsAt: instant, place: line(80) }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  seen: seenMeeting,
  decide: ({ meeting, timeZone }, to, { now }) => move(meeting, to, { now, timeZone }),
});
