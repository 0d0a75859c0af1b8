// The minutes of a meeting: who may read or write them now, and which records stand in them.
import type { MinutesShape } from "../collab/reconcile";
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { decisionsOf, loadMeeting, movesOf, tasksOf, votesOf } from "../data/meetings.server";
import { namesOf } from "../data/organisation.server";
import { minutesOf } from "../data/papers.server";
import { meetingSubject, seesIssue } from "../data/subjects.server";
import type { Handout, Meeting } from "../domain/meeting";
import type { Actor } from "../domain/permission";
import type { Party } from "../domain/vocabulary";
import { type Attended, attended, type Vote } from "../domain/vote";
import { mayDo, type Viewer } from "./viewer";

/**
 * "over": to be read on the page by everybody, live for nobody. "parts": a guest who may not see every item reads on the
 * page what they may; the live document would show them all of it. Null: not this person's to know.
 */
export type MinutesAccess = "write" | "read" | "parts" | "over" | null;

/** Whether somebody may see every issue on a meeting's agenda, and so what stands in its minutes and papers. */
export async function seesAll(db: Db, viewer: Viewer, meeting: Pick<Meeting, "communityId" | "items">): Promise<boolean> {
  for (const { issueId } of meeting.items) {
    const issue = await loadIssue(db, meeting.communityId, issueId);
    if (issue && !(await seesIssue(db, viewer.actor, issue))) return false;
  }
  return true;
}

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
  if (mayDo(viewer, "minutes.write", subject)) return "write";
  if (!mayDo(viewer, "minutes.read", subject)) return null;
  return (await seesAll(db, viewer, meeting)) ? "read" : "parts";
}

/** For whom somebody sits in a meeting, or whom their office speaks for: the one in its body before any other. */
export async function seatParty(db: Db, { communityId, personId, posts }: Actor, meetingId: string): Promise<Party> {
  const meeting = await loadMeeting(db, communityId, meetingId);
  const seat = meeting?.seats.find((s) => s.personId === personId);
  return seat?.party ?? posts.find((p) => p.bodyId === meeting?.bodyId)?.party ?? posts[0]?.party ?? "owners";
}

/** Every agenda item and record that must stand in the minutes, in order. */
export async function minutesShape(db: Db, communityId: string, meetingId: string): Promise<MinutesShape> {
  const meeting = await loadMeeting(db, communityId, meetingId);
  const decisions = await decisionsOf(db, communityId, { meetingId });
  const tasks = await tasksOf(db, communityId, { decisionIds: decisions.map((d) => d.id) });
  const votes = await votesOf(db, communityId, meetingId);
  const moves = meeting ? await movesOf(db, meeting) : [];
  return {
    items: (meeting?.items ?? []).map(({ id }) => ({ id })),
    attachments: (meeting?.handouts ?? []).flatMap(({ id, itemId }) => (itemId ? [{ id, itemId }] : [])),
    votes: votes.filter((v) => v.status !== "open").map(({ id, itemId, closedAt }) => ({ id, itemId, at: closedAt })),
    decisions: decisions.map(({ id, itemId, voteId, recordedAt }) => ({ id, itemId, voteId, at: recordedAt })),
    tasks: tasks.map(({ id, decisionId }) => ({ id, decisionId })),
    attendance: moves.map(({ id, itemId, at }) => ({ id, itemId, at })),
  };
}

export type VoteLine = Pick<Vote, "id" | "question" | "method" | "status" | "counts" | "whole" | "ground" | "reason"> & {
  /** Who was there at the count; who did not vote, by name where ballots were. */
  turnout: Attended | null;
};
export type MoveLine = { id: string; name: string; party: Party; presence: "present" | "left"; at: string };
export type HandoutLine = Pick<Handout, "id" | "itemId" | "name" | "type" | "bytes">;
/** What the blocks of votes, attendance and papers say, as far as this person may see their items. */
export type MinutesRecords = { votes: VoteLine[]; moves: MoveLine[]; handouts: HandoutLine[] };

const none: MinutesRecords = { votes: [], moves: [], handouts: [] };

/** `visible`: the ids of the items this person may see. */
export async function minutesRecords(db: Db, { communityId }: Actor, meetingId: string, visible: readonly string[]): Promise<MinutesRecords> {
  const meeting = await loadMeeting(db, communityId, meetingId);
  if (!meeting) return none;
  const votes = (await votesOf(db, communityId, meetingId)).filter((v) => v.status !== "open" && visible.includes(v.itemId));
  const moves = (await movesOf(db, meeting)).filter((m) => visible.includes(m.itemId));
  const there = new Map(votes.map((v) => [v.id, attended(v)]));
  const names = await namesOf(db, communityId, [...moves.map((m) => m.personId), ...[...there.values()].flatMap((a) => a?.notVoted ?? [])]);
  const turnoutOf = (id: string): Attended | null => {
    const found = there.get(id);
    return found ? { ...found, notVoted: found.notVoted.map((personId) => names.get(personId) ?? "") } : null;
  };
  const parties = new Map(meeting.seats.map((s) => [s.personId, s.party]));
  return {
    votes: votes.map(({ id, question, method, status, counts, whole, ground, reason }) => ({
      id,
      question,
      method,
      status,
      counts,
      whole,
      ground,
      reason,
      turnout: turnoutOf(id),
    })),
    moves: moves.map(({ id, personId, presence, at }) => ({
      id,
      name: names.get(personId) ?? "",
      party: parties.get(personId) ?? "owners",
      presence,
      at,
    })),
    handouts: handoutsOf(meeting, visible),
  };
}

/** The papers of a meeting as far as this person may see its items. */
export async function meetingHandouts(
  db: Db,
  { communityId }: Actor,
  meeting: { id: string; agenda: readonly { id: string; visible: boolean }[] },
): Promise<HandoutLine[]> {
  const found = await loadMeeting(db, communityId, meeting.id);
  const visible = meeting.agenda.filter((line) => line.visible).map((line) => line.id);
  return found ? handoutsOf(found, visible) : [];
}

/** The papers of a meeting, and those of its items among `visible`. */
const handoutsOf = (meeting: Pick<Meeting, "handouts">, visible: readonly string[]): HandoutLine[] =>
  meeting.handouts
    .filter((h) => h.itemId === null || visible.includes(h.itemId))
    .map(({ id, itemId, name, type, bytes }) => ({ id, itemId, name, type, bytes }));
