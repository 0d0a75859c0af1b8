import { z } from "zod";
import { giveHandout, takeHandout } from "../../domain/agenda";
import { id, line } from "../../domain/input";
import { handoutTypes } from "../../domain/meeting";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting, seenMeeting } from "./state";

/** Hand in a file that lies on the disk already, under its id: for the meeting, or for one item. */
export const giveAHandout = command({
  action: "meeting.giveHandout",
  input: z.object({
    ...onMeeting,
    handoutId: id,
    itemId: id.nullable().default(null),
    name: line(120),
    type: z.enum(handoutTypes),
    bytes: z.int().min(1),
    digest: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  seen: seenMeeting,
  decide: ({ meeting }, { handoutId, itemId, name, type, bytes, digest }) => giveHandout(meeting, { id: handoutId, itemId, name, type, bytes, digest }),
});

/** Take a handout back before the meeting. Its file goes with it. */
export const takeAHandout = command({
  action: "meeting.takeHandout",
  input: z.object({ ...onMeeting, handoutId: id }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  seen: seenMeeting,
  decide: ({ meeting }, { handoutId }) => takeHandout(meeting, handoutId),
});
