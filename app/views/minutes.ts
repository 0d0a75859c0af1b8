// The minutes of a meeting: who may read or write them now, and which records stand in them.
import type { MinutesShape } from "../collab/reconcile";
import type { Db } from "../data/dialect.server";
import { decisionsOf, loadMeeting, tasksOf } from "../data/meetings.server";
import { minutesOf } from "../data/papers.server";
import { meetingSubject } from "../data/subjects.server";
import type { Actor } from "../domain/permission";
import type { Party } from "../domain/vocabulary";
import { mayDo, type Viewer } from "./viewer";

/** "over": to be read on the page by everybody, live for nobody. Null: not this person's to know. */
export type MinutesAccess = "write" | "read" | "over" | null;

export async function minutesAccess(db: Db, viewer: Viewer, meetingId: string): Promise<MinutesAccess> {
  const meeting = await loadMeeting(db, viewer.actor.communityId, meetingId);
  if (!meeting || meeting.openedAt === null) return null;
  const subject = meetingSubject(meeting);
  if (meeting.status !== "inSession") {
    // Sent back by a signer: whoever wrote may mend it.
    const paper = await minutesOf(db, viewer.actor.communityId, meetingId);
    if (paper?.status === "writing" && mayDo(viewer, "minutes.write", subject)) return "write";
    return mayDo(viewer, "minutes.readClosed", subject) ? "over" : null;
  }
  return mayDo(viewer, "minutes.write", subject) ? "write" : mayDo(viewer, "minutes.read", subject) ? "read" : null;
}

/** For whom somebody sits in a meeting, or whom their office speaks for: the one in its body before any other. */
export async function seatParty(db: Db, { communityId, personId, posts }: Actor, meetingId: string): Promise<Party> {
  const meeting = await loadMeeting(db, communityId, meetingId);
  const seat = meeting?.seats.find((s) => s.personId === personId);
  return seat?.party ?? posts.find((p) => p.bodyId === meeting?.bodyId)?.party ?? posts[0]?.party ?? "owners";
}

/** Every agenda item, decision and task that must stand in the minutes, in order. */
export async function minutesShape(db: Db, communityId: string, meetingId: string): Promise<MinutesShape> {
  const meeting = await loadMeeting(db, communityId, meetingId);
  const decisions = await decisionsOf(db, communityId, { meetingId });
  const tasks = await tasksOf(db, communityId, { decisionIds: decisions.map((d) => d.id) });
  return {
    items: (meeting?.items ?? []).map(({ id }) => ({ id })),
    decisions: decisions.map(({ id, itemId }) => ({ id, itemId })),
    tasks: tasks.map(({ id, decisionId }) => ({ id, decisionId })),
  };
}
