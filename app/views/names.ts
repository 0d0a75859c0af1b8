// Whose names somebody reads on what a meeting leaves behind: its page, its minutes, its papers.
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { decisionsOf, loadMeeting, tasksOf } from "../data/meetings.server";
import { namesOf } from "../data/organisation.server";
import { meetingSubject } from "../data/subjects.server";
import type { Meeting } from "../domain/meeting";
import { type Mask, maskNames } from "../papers/mask";
import { peopleIn } from "./decisions";
import { mayDo, type Viewer } from "./viewer";

/** Who has a seat at the meeting (as its signers have) or an office in its body reads people's names; everybody else reads all of it without them. */
export const readsNames = (viewer: Viewer, meeting: Meeting): boolean => mayDo(viewer, "minutes.read", meetingSubject(meeting));

/** What hides the names that may stand in what a meeting leaves behind: of those who sit in it, raised its issues, or work for it. Null for whoever reads them. */
export async function maskFor(db: Db, viewer: Viewer, meetingId: string): Promise<Mask | null> {
  const { communityId } = viewer.actor;
  const meeting = await loadMeeting(db, communityId, meetingId);
  if (!meeting || readsNames(viewer, meeting)) return null;
  const decisions = await decisionsOf(db, communityId, { meetingId });
  const tasks = await tasksOf(db, communityId, { decisionIds: decisions.map((d) => d.id) });
  const raisers: string[] = [];
  for (const { issueId } of meeting.items) raisers.push((await loadIssue(db, communityId, issueId))?.raisedBy ?? "");
  const names = await namesOf(db, communityId, [...new Set([...meeting.seats.map((s) => s.personId), ...tasks.flatMap(peopleIn), ...raisers])]);
  return maskNames([...names.values()]);
}

/** Codes, ids and instants are nobody's words. */
const noWords = /(^id|Id|Of|By|At|On)$|^(at|kind|party|role|method|outcome|status|href|type)$/;

/** Whatever a page is made of, each text in it masked, for whom there is a mask; the runs of a paragraph are read together. */
export function withoutNames<T>(value: T, mask: Mask | null): T {
  return mask ? (hide(value, mask) as T) : value;
}

function hide(value: unknown, mask: Mask): unknown {
  if (typeof value === "string") return mask([value])[0];
  if (Array.isArray(value)) return value.map((each) => hide(each, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (key === "runs" && Array.isArray(each)) return [key, hideRuns(each, mask)];
      return [key, typeof each === "string" && noWords.test(key) ? each : hide(each, mask)];
    }),
  );
}

function hideRuns(runs: readonly { text: string }[], mask: Mask) {
  const shown = mask(runs.map((run) => run.text));
  return runs.map((run, n) => ({ ...run, text: shown[n] }));
}
