// What happened elsewhere, and whom in a live document it concerns. The audit log is the outbox.
import { parseRoom, roomOf } from "../app/collab/room";
import type { Recorded } from "../app/data/audit.server";
import { meetingOf, subjectOf } from "../app/domain/event";
import type { Live } from "./attach";

/** One committed event's consequences: somebody is shown out, or a document gets a block. */
export async function followEvent({ event, communityId }: Recorded, live: Pick<Live, "recheck" | "refresh">): Promise<void> {
  const here = (room: string) => parseRoom(room)?.communityId === communityId;
  switch (subjectOf(event)) {
    case "membership":
    case "person": {
      const personId = "personId" in event ? event.personId : event.id;
      return live.recheck((who) => here(who.room) && who.personId === personId);
    }
    case "session":
      return event.type === "session.revoked" ? live.recheck((who) => who.session === event.id) : undefined;
    case "meeting": {
      const room = roomOf({ communityId, meetingId: event.id });
      if (event.type === "meeting.closed") return live.recheck((who) => who.room === room);
      // What comes up in the meeting may be an item that a guest in the room may not see.
      if (event.type === "meeting.itemAdded") await live.recheck((who) => who.room === room);
      return live.refresh((name) => name === room);
    }
    case "paper":
      // What was opened for mending is closed to everybody before it is frozen again.
      return event.type === "paper.finished" ? live.recheck((who) => who.room === roomOf({ communityId, meetingId: event.meetingId })) : undefined;
    // Nothing stands in the minutes of a vote that still runs.
    case "vote":
      return event.type === "vote.closed" || event.type === "vote.voided"
        ? live.refresh((name) => name === roomOf({ communityId, meetingId: event.meetingId }))
        : undefined;
    case "decision":
    case "task": {
      const meetingId = meetingOf(event);
      // A task's later life names no meeting: the few open rooms of its community look again.
      return live.refresh(meetingId ? (name) => name === roomOf({ communityId, meetingId }) : here);
    }
    default:
      return undefined;
  }
}
