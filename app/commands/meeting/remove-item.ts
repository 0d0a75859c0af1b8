import { z } from "zod";
import { removeItem } from "../../domain/agenda";
import { id } from "../../domain/input";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting, seenMeeting } from "./state";

/** Take an item off the agenda before the meeting. */
export const removeAgendaItem = command({
  action: "meeting.removeItem",
  input: z.object({ ...onMeeting, itemId: id }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  seen: seenMeeting,
  decide: ({ meeting }, { itemId }) => removeItem(meeting, itemId),
});
