// What a page that is open may follow.
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { loadMeeting, loadTask } from "../data/meetings.server";
import { projectsOf } from "../data/projects.server";
import { meetingSubject, seesIssue, seesProject, taskSubject } from "../data/subjects.server";
import { minutesAccess } from "./minutes";
import { mayDo, type Viewer } from "./viewer";

/** Ids of things of the viewer's community; null is not asked for. */
export type Followed = { issue: string | null; meeting: string | null; task: string | null; minutes: string | null };

/** What of it this person may see at this moment; the rest is null. */
export async function mayFollow(db: Db, viewer: Viewer, { issue, meeting, task, minutes }: Followed): Promise<Followed> {
  return {
    issue: issue !== null && (await seesAnyOf(db, viewer, issue)) ? issue : null,
    meeting: meeting !== null && (await seesMeeting(db, viewer, meeting)) ? meeting : null,
    task: task !== null && (await seesTask(db, viewer, task)) ? task : null,
    minutes: minutes !== null && (await minutesAccess(db, viewer, minutes)) !== null ? minutes : null,
  };
}

/** An issue, or a project of it: whoever sees one of those follows it by its issue. */
async function seesAnyOf(db: Db, viewer: Viewer, id: string): Promise<boolean> {
  const issue = await loadIssue(db, viewer.actor.communityId, id);
  if (!issue) return false;
  if (await seesIssue(db, viewer.actor, issue)) return true;
  for (const project of await projectsOf(db, viewer.actor.communityId, id)) if (await seesProject(db, viewer.actor, project, issue)) return true;
  return false;
}

async function seesMeeting(db: Db, viewer: Viewer, id: string): Promise<boolean> {
  const meeting = await loadMeeting(db, viewer.actor.communityId, id);
  return meeting !== null && mayDo(viewer, "meeting.see", meetingSubject(meeting));
}

async function seesTask(db: Db, viewer: Viewer, id: string): Promise<boolean> {
  const task = await loadTask(db, viewer.actor.communityId, id);
  const issue = task && (await loadIssue(db, viewer.actor.communityId, task.issueId));
  return task !== null && issue !== null && mayDo(viewer, "task.see", taskSubject(task, issue));
}
