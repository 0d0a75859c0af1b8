// What the log alone gives back, beside what the tables hold.
import { readEvents } from "../../app/data/audit.server";
import { loadFeed } from "../../app/data/calendar.server";
import { loadChannel } from "../../app/data/channels.server";
import { loadAcknowledgement, loadHouse, loadOrder } from "../../app/data/clocks.server";
import { loadCourse } from "../../app/data/courses.server";
import { loadFollowUp } from "../../app/data/follow-up.server";
import { loadIssue } from "../../app/data/issues.server";
import { loadDecision, loadMeeting, loadTask, loadVote } from "../../app/data/meetings.server";
import { loadBody } from "../../app/data/organisation.server";
import { loadPaper } from "../../app/data/papers.server";
import { loadPreference } from "../../app/data/preferences.server";
import { loadProject } from "../../app/data/projects.server";
import { foldEvent, type Versioned } from "../../app/data/states.server";
import type { Store } from "../../app/data/store.server";

const kinds = {
  issue: { table: "Issue", load: loadIssue },
  course: { table: "Course", load: loadCourse },
  meeting: { table: "Meeting", load: loadMeeting },
  paper: { table: "Paper", load: loadPaper },
  vote: { table: "Vote", load: loadVote },
  decision: { table: "Decision", load: loadDecision },
  task: { table: "Task", load: loadTask },
  project: { table: "Project", load: loadProject },
  body: { table: "Body", load: loadBody },
  feed: { table: "Feed", load: loadFeed },
  order: { table: "SupervisionOrder", load: loadOrder },
  acknowledgement: { table: "Acknowledgement", load: loadAcknowledgement },
  word: { table: "WordPreference", load: loadPreference },
  channel: { table: "Channel", load: loadChannel },
} as const;

export type Both = { fromLog: Record<string, unknown>; fromTables: Record<string, unknown> };

/** Every body, issue, course, meeting, vote, paper, decision, task, project, feed, order, acknowledgement and community, folded from the log and loaded from the tables. */
export async function bothWays({ read }: Pick<Store, "read">): Promise<Both> {
  const events = await readEvents(read, await read.selectFrom("AuditEvent").selectAll().orderBy("seq").execute());
  const states = new Map<string, Versioned>();
  for (const { event, communityId, actorId, at } of events) foldEvent(states, event, { communityId, actorId, at });
  const fromLog = Object.fromEntries(
    [...states].filter(([key]) => key.split("/")[1] !== undefined && ["community", "followUp", ...Object.keys(kinds)].includes(key.split("/")[1] ?? "")),
  );
  const fromTables: Record<string, unknown> = {};
  for (const [kind, { table, load }] of Object.entries(kinds))
    for (const { communityId, id } of await read.selectFrom(table).select(["communityId", "id"]).execute())
      fromTables[`${communityId}/${kind}/${id}`] = await load(read, communityId, id);
  for (const { id } of await read.selectFrom("Community").select("id").execute()) fromTables[`${id}/community/${id}`] = await loadHouse(read, id);
  for (const { communityId } of await read.selectFrom("FollowUpRule").select("communityId").execute())
    fromTables[`${communityId}/followUp/${communityId}`] = await loadFollowUp(read, communityId);
  return { fromLog, fromTables };
}
