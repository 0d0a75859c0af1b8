import { z } from "zod";
import { votesOf } from "../../data/meetings.server";
import { meetingSubject } from "../../data/subjects.server";
import { endFloor, giveFloor, handKinds, lowerHand, raiseHand, takeItem } from "../../domain/floor";
import { id } from "../../domain/input";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { loadMeetingState, meetingOfState, onMeeting, seenMeeting } from "./state";

/** Go on to an item. Two who press "next" at once go one item further, not two: the second is told. */
export const goToItem = command({
  action: "meeting.takeItem",
  input: z.object({ ...onMeeting, itemId: id }),
  async load(tx, { meetingId }, { actor }) {
    const state = await loadMeetingState(tx, meetingId, actor);
    if (!state.ok) return state;
    const votes = await votesOf(tx, actor.communityId, meetingId);
    return accept({ ...state.value, voting: votes.some((v) => v.status === "open") });
  },
  subject: meetingOfState,
  seen: seenMeeting,
  decide: ({ meeting, voting }, { itemId }) => takeItem(meeting, itemId, voting),
});

/** Ask for the floor, on the item or on a point of order. */
export const askForFloor = command({
  action: "meeting.raiseHand",
  input: z.object({ ...onMeeting, kind: z.enum(handKinds, { error: "choice.missing" }).default("speak"), itemId: id.nullable().default(null) }),
  load: (tx, { meetingId }, { actor }) => loadMeetingState(tx, meetingId, actor),
  subject: meetingOfState,
  decide: ({ meeting }, { kind, itemId }, { actorId }) => raiseHand(meeting, actorId, kind, itemId),
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

/** Whoever speaks has finished: they say so themselves, or whoever runs the meeting does. */
export const endSpeech = command({
  action: "meeting.endFloor",
  input: z.object({ ...onMeeting, personId: id.nullable().default(null) }),
  async load(tx, { meetingId, personId }, { actor }) {
    const state = await loadMeetingState(tx, meetingId, actor);
    return state.ok ? accept({ ...state.value, personId }) : state;
  },
  subject: ({ meeting, personId }) => ({ ...meetingSubject(meeting), people: { self: personId ? [personId] : [] } }),
  decide: ({ meeting, personId }) => endFloor(meeting, personId),
});
