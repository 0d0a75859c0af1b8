// Whether somebody may see a photo: they may see what it belongs to.
import { type Attachment, loadAttachment } from "../data/attachments.server";
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { loadMeeting, loadTask } from "../data/meetings.server";
import { loadProject, projectOfReport } from "../data/projects.server";
import { meetingSubject, seesIssue, seesProject, taskSubject } from "../data/subjects.server";
import type { Handout } from "../domain/meeting";
import { mayDo, type Viewer } from "./viewer";

/** The photo, or null when there is none or none this person may see. */
export async function seePhoto(db: Db, viewer: Viewer, id: string): Promise<Attachment | null> {
  const photo = await loadAttachment(db, id);
  if (!photo || photo.communityId !== viewer.actor.communityId) return null;
  return (await maySee(db, viewer, photo)) ? photo : null;
}

/** A paper of a meeting, or null when there is none or none this person may see. */
export async function seeHandout(db: Db, viewer: Viewer, meetingId: string, id: string): Promise<Handout | null> {
  const { communityId } = viewer.actor;
  const meeting = await loadMeeting(db, communityId, meetingId);
  const handout = meeting?.handouts.find((h) => h.id === id);
  if (!meeting || !handout || !mayDo(viewer, "meeting.see", meetingSubject(meeting))) return null;
  if (handout.itemId === null) return handout;
  const item = meeting.items.find((i) => i.id === handout.itemId);
  const issue = item && (await loadIssue(db, communityId, item.issueId));
  return issue && (await seesIssue(db, viewer.actor, issue)) ? handout : null;
}

async function maySee(db: Db, viewer: Viewer, { communityId, ownerKind, ownerId, uploadedBy }: Attachment): Promise<boolean> {
  switch (ownerKind) {
    case "draft":
      return uploadedBy === viewer.actor.personId;
    case "reply":
    case "issue": {
      const issue = await loadIssue(db, communityId, ownerId);
      return issue !== null && (await seesIssue(db, viewer.actor, issue));
    }
    case "task":
    case "taskBefore": {
      const task = await loadTask(db, communityId, ownerId);
      const issue = task && (await loadIssue(db, communityId, task.issueId));
      return task !== null && issue !== null && mayDo(viewer, "task.see", taskSubject(task, issue));
    }
    case "project": {
      const project = await loadProject(db, communityId, (await projectOfReport(db, communityId, ownerId)) ?? "");
      const issue = project && (await loadIssue(db, communityId, project.issueId));
      return project !== null && issue !== null && (await seesProject(db, viewer.actor, project, issue));
    }
    case "minutes": {
      const meeting = await loadMeeting(db, communityId, ownerId);
      if (!meeting) return false;
      const subject = meetingSubject(meeting);
      return mayDo(viewer, "minutes.read", subject) || (meeting.status === "closed" && mayDo(viewer, "minutes.readClosed", subject));
    }
  }
}
