// What adopted minutes mean for the next body: which of their issues may be sent on, with which words, and where they are read.
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { decisionsOf, loadMeeting } from "../data/meetings.server";
import { loadBodies } from "../data/organisation.server";
import { loadPaper, minutesOf } from "../data/papers.server";
import { issuePage } from "./issue-page";
import { mayRead } from "./paper-page";
import { fullName, type Viewer } from "./viewer";

/** An item of adopted minutes whose issue the body still holds, and where this person may send it. */
export type Forward = { number: string; title: string; up: string | null; down: boolean };
/** The minutes an issue was sent on from: what was decided there, as far as this person may read it. */
export type Origin = { paperId: string; body: string; position: number; decisions: string[] };
/** Adopted minutes of a meeting that deliberated an issue, with the papers that were handed in for it. */
export type IssuePaper = { paperId: string; meetingId: string; itemId: string; body: string; position: number; at: string; handouts: number };

/** The items of a paper that may be sent on now: none unless it is adopted minutes. */
export async function forwardsOf(db: Db, viewer: Viewer, paperId: string): Promise<Forward[]> {
  const { communityId } = viewer.actor;
  const paper = await loadPaper(db, communityId, paperId);
  const meeting = paper?.kind === "minutes" && paper.status === "adopted" ? await loadMeeting(db, communityId, paper.meetingId) : null;
  const forwards: Forward[] = [];
  for (const item of meeting?.items ?? []) {
    const number = (await loadIssue(db, communityId, item.issueId))?.number;
    const issue = number ? await issuePage(db, viewer, { number }) : null;
    if (!issue || issue.holder.id !== meeting?.bodyId || !(issue.can.escalate || issue.can.remit)) continue;
    forwards.push({ number: issue.number, title: issue.title, up: issue.can.escalate ? (issue.upper?.name ?? null) : null, down: issue.can.remit });
  }
  return forwards;
}

/** What stands in a paper on an issue, for the words it is sent on with. */
export async function originOf(db: Db, viewer: Viewer, paperId: string, issueId: string): Promise<Origin | null> {
  const { communityId } = viewer.actor;
  const paper = await loadPaper(db, communityId, paperId);
  const meeting = paper && (await loadMeeting(db, communityId, paper.meetingId));
  const item = meeting?.items.find((i) => i.issueId === issueId);
  if (!paper || !meeting || !item || paper.status !== "adopted" || !(await mayRead(db, viewer, paper, meeting))) return null;
  const body = (await loadBodies(db, communityId)).get(meeting.bodyId);
  const decisions = (await decisionsOf(db, communityId, { meetingId: meeting.id })).filter((d) => d.itemId === item.id).map((d) => d.text);
  return { paperId, body: body ? fullName(body) : "", position: meeting.position, decisions };
}

/** The adopted minutes that deliberated an issue, on whichever side one looks, oldest first. */
export async function papersOn(db: Db, viewer: Viewer, issueId: string): Promise<IssuePaper[]> {
  const { communityId } = viewer.actor;
  const rows = await db
    .selectFrom("AgendaItem")
    .innerJoin("Meeting", (join) => join.onRef("Meeting.communityId", "=", "AgendaItem.communityId").onRef("Meeting.id", "=", "AgendaItem.meetingId"))
    .select(["AgendaItem.meetingId", "AgendaItem.id as itemId"])
    .where("AgendaItem.communityId", "=", communityId)
    .where("AgendaItem.issueId", "=", issueId)
    .where("Meeting.status", "=", "closed")
    .orderBy("Meeting.startsAt")
    .execute();
  const bodies = await loadBodies(db, communityId);
  const found: IssuePaper[] = [];
  for (const { meetingId, itemId } of rows) {
    const paper = await minutesOf(db, communityId, meetingId);
    const meeting = await loadMeeting(db, communityId, meetingId);
    const body = meeting && bodies.get(meeting.bodyId);
    if (!paper || !meeting || !body || paper.status !== "adopted" || !(await mayRead(db, viewer, paper, meeting))) continue;
    const handouts = meeting.handouts.filter((h) => h.itemId === itemId).length;
    found.push({ paperId: paper.id, meetingId, itemId, body: fullName(body), position: meeting.position, at: meeting.startsAt, handouts });
  }
  return found;
}
