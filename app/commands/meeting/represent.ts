import { z } from "zod";
import { id } from "../../domain/input";
import { represent } from "../../domain/seats";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting } from "./state";

/** Who votes for somebody that cannot come, by their written word; null ends it. */
export const representInMeeting = command({
  action: "meeting.represent",
  input: z.object({ ...onMeeting, personId: id, proxyTo: id.nullable().default(null) }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  decide: ({ meeting }, { personId, proxyTo }) => represent(meeting, personId, proxyTo),
});
