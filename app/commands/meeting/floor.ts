import { z } from "zod";
import { endFloor, giveFloor, handKinds, lowerHand, raiseHand, takeItem } from "../../domain/floor";
import { id } from "../../domain/vocabulary";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting, seenMeeting } from "./state";

/** Go on to an item. Two who press "next" at once go one item further, not two: the second is told. */
export const goToItem = command({
  action: "meeting.takeItem",
  input: z.object({ ...onMeeting, itemId: id }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  seen: seenMeeting,
  decide: ({ meeting }, { itemId }) => takeItem(meeting, itemId),
});

/** Ask for the floor, on the item or on a point of order. */
export const askForFloor = command({
  action: "meeting.raiseHand",
  input: z.object({ ...onMeeting, kind: z.enum(handKinds, { error: "choice.missing" }).default("speak") }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  decide: ({ meeting }, { kind }, { actorId }) => raiseHand(meeting, actorId, kind),
});

/** Take one's own hand down. */
export const takeHandDown = command({
  action: "meeting.lowerHand",
  input: z.object({ ...onMeeting }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  decide: ({ meeting }, _input, { actorId }) => lowerHand(meeting, actorId),
});

/** Give somebody the floor, whether their hand is up or not. */
export const letSpeak = command({
  action: "meeting.giveFloor",
  input: z.object({ ...onMeeting, personId: id }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  decide: ({ meeting }, { personId }) => giveFloor(meeting, personId),
});

/** Whoever speaks has finished. */
export const endSpeech = command({
  action: "meeting.endFloor",
  input: z.object({ ...onMeeting }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  decide: ({ meeting }) => endFloor(meeting),
});
