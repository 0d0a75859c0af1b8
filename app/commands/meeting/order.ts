import { z } from "zod";
import { order } from "../../domain/agenda";
import { id } from "../../domain/input";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting, seenMeeting } from "./state";

/** Another order of the same items. */
export const orderAgenda = command({
  action: "meeting.order",
  input: z.object({ ...onMeeting, order: z.array(id).max(80, { error: "list.tooLong:80" }) }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  seen: seenMeeting,
  decide: (state, input) => order(state.meeting, input.order),
});
