import { z } from "zod";
import { replyTo } from "../../domain/seats";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting, seenMeeting } from "./state";

/** Coming, or not. */
export const replyToMeeting = command({
  action: "meeting.reply",
  input: z.object({ ...onMeeting, coming: z.enum(["yes", "no"], { error: "choice.missing" }) }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  seen: seenMeeting,
  decide: ({ meeting }, { coming }, { actorId }) => replyTo(meeting, actorId, coming === "yes"),
});
