// What the log alone gives back, beside what the tables hold.
import { readEvents } from "../../app/data/audit.server";
import { loadFeed } from "../../app/data/calendar.server";
import { loadChannel } from "../../app/data/channels.server";
import { loadCourse } from "../../app/data/courses.server";
import { loadIssue } from "../../app/data/issues.server";
import { loadDecision, loadMeeting, loadTask, loadVote } from "../../app/data/meetings.server";
import { loadBody } from "../../app/data/organisation.server";
import { loadPaper } from "../../app/data/papers.server";
import { foldEvent, type Versioned } from "../../app/data/states.server";
import type { Store } from "../../app/data/store.server";
import { loadPreference } from "../../app/data/word.server";

const kinds = {
  issue: { table: "Issue", load: loadIssue },
  course: { table: "Course", load: loadCourse },
  meeting: { table: "Meeting", load: loadMeeting },
  paper: { table: "Paper", load: loadPaper },
  vote: { table: "Vote", load: loadVote },
  decision: { table: "Decision", load: loadDecision },
  task: { table: "Task", load: loadTask },
  body: { table: "Body", load: loadBody },
  feed: { table: "Feed", load: loadFeed },
  word: { table: "WordPreference", load: loadPreference },
  channel: { table: "Channel", load: loadChannel },
} as const;

export type Both = { fromLog: Record<string, unknown>; fromTables: Record<string, unknown> };

/** Every body, issue, course, meeting, vote, paper, decision, task, feed, wish and channel, folded from the log and loaded from the tables. */
export async function bothWays({ read }: Pick<Store, "read">): Promise<Both> {
  const events = await readEvents(read, await read.selectFrom("AuditEvent").selectAll().orderBy("seq").execute());
  const states = new Map<string, Versioned>();
  for (const { event, communityId, actorId, at } of events) if (event.type !== "community.founded") foldEvent(states, event, { communityId, actorId, at });
  const fromLog = Object.fromEntries([...states].filter(([key]) => key.split("/")[1] !== undefined && (key.split("/")[1] ?? "") in kinds));
  const fromTables: Record<string, unknown> = {};
  for (const [kind, { table, load }] of Object.entries(kinds))
    for (const { communityId, id } of await read.selectFrom(table).select(["communityId", "id"]).execute())
      fromTables[`${communityId}/${kind}/${id}`] = await load(read, communityId, id);
  return { fromLog, fromTables };
}
