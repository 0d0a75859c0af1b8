// What somebody is told, as plain props: the page of words, letters and group robots all show the same.

import { readEvents } from "../data/audit.server";
import { loadChannel } from "../data/channels.server";
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { loadMeeting, loadTask } from "../data/meetings.server";
import { loadBodies, namesOf } from "../data/organisation.server";
import { loadPaper } from "../data/papers.server";
import { type About, aboutOf, asGroup, maySee, unreadOf, type WordRow, wordsOf } from "../data/word.server";
import type { DomainEvent } from "../domain/event";
import { current, dueOf, holderOf } from "../domain/issue";
import type { Actor } from "../domain/permission";
import type { Act, Kind, Relation, ToldType, Urgency } from "../domain/word";
import { maskNames } from "../papers/mask";
import { fullName, type Viewer } from "./viewer";

export type WordItem = {
  id: string;
  type: ToldType;
  /** What the sentence depends on besides the type: how an issue was answered, how a decision came out. */
  variant: string;
  why: Relation;
  kind: Kind;
  urgency: Urgency;
  /** It asked for something, and that is still to be done. */
  waits: boolean;
  at: string;
  read: boolean;
  href: string;
  number: string;
  title: string;
  body: string;
  /** Which meeting of its body. */
  n: number;
  /** When a meeting begins, or when something is due. */
  when: string;
  place: string;
  /** What was said. Never in a group. */
  said: string;
  acts: Act[];
};

const said = (event: DomainEvent | null): string => {
  const words = (event && "words" in event ? event.words : {}) as Record<string, string>;
  return words.text ?? words.question ?? words.reason ?? "";
};

const variantOf = (event: DomainEvent | null): string => {
  if (event?.type === "issue.answered") return event.kind;
  if (event?.type === "decision.recorded") return event.outcome;
  if (event?.type === "meeting.cancelled" && event.words.reason === "") return "emptied";
  if (event?.type === "issue.reopened" && event.taskId) return "task";
  return event?.type === "issue.escalated" && event.overdue ? "overdue" : "";
};

/** A row's matter: its event as the log has it, or the thing a reminder is of. */
async function matterOf(db: Db, row: WordRow): Promise<{ about: About; event: DomainEvent | null } | null> {
  const { communityId, subjectId } = row;
  if (row.seq !== null) {
    const rows = await db.selectFrom("AuditEvent").selectAll().where("seq", "=", row.seq).where("communityId", "=", communityId).execute();
    const [recorded] = await readEvents(db, rows);
    return recorded ? { about: await aboutOf(db, recorded), event: recorded.event } : null;
  }
  const none: About = {
    communityId,
    actorId: "",
    event: null,
    bodyId: null,
    bodyBefore: null,
    issue: null,
    meeting: null,
    paper: null,
    task: null,
    project: null,
    answered: null,
    personId: null,
  };
  const issue = row.type.startsWith("reminder.issue") ? await loadIssue(db, communityId, subjectId) : null;
  if (issue) return { about: { ...none, issue, bodyId: holderOf(issue) }, event: null };
  const task = row.type.startsWith("reminder.task") ? await loadTask(db, communityId, subjectId) : null;
  if (task) return { about: { ...none, task, issue: await loadIssue(db, communityId, task.issueId), bodyId: task.bodyId }, event: null };
  const paper = row.type === "reminder.paper" ? await loadPaper(db, communityId, subjectId) : null;
  const meeting = paper
    ? await loadMeeting(db, communityId, paper.meetingId)
    : row.type === "reminder.meeting"
      ? await loadMeeting(db, communityId, subjectId)
      : null;
  return meeting ? { about: { ...none, paper, meeting, bodyId: meeting.bodyId }, event: null } : null;
}

/** The acts a letter's buttons offer: only what this person has still to say. */
function actsOf(row: WordRow, { issue, meeting, task }: About): Act[] {
  if (row.type === "channel.opened") return ["confirm"];
  if (row.type === "task.assigned" && row.why === "assignee" && task?.status === "assigned") return ["accept"];
  const seat = meeting?.seats.find((s) => s.personId === row.personId);
  if (["meeting.called", "meeting.moved", "reminder.meeting"].includes(row.type) && meeting?.status === "called" && seat?.reply === "none")
    return ["come", "cannot"];
  if (row.type === "issue.answered" && row.why === "raiser" && issue?.phase.status === "answered" && issue.phase.answer.kind !== "declined")
    return ["solved", "unsolved"];
  return [];
}

/** Whether what a word asked of this person is still to be done, by how the thing stands now. */
function stillOwed(row: WordRow, { issue, meeting, paper, task, project, answered, bodyId }: About): boolean {
  const { personId } = row;
  if (paper) return paper.status === "writing" || (paper.status === "frozen" && paper.signers.includes(personId) && !paper.signed.includes(personId));
  if (answered !== null) return !answered;
  if (project) return row.why === "checkers" ? project.status === "finished" : project.status === "running";
  if (task && row.type === "task.sentBack") return task.sentBack !== null;
  if (task && row.type === "task.extensionAsked") return task.extension !== null;
  if (task) return row.why === "checkers" ? task.status === "handedIn" : task.status === "assigned" || task.status === "accepted";
  if (meeting && !issue) return meeting.status === "called" && meeting.seats.some((s) => s.personId === personId && s.reply === "none");
  if (!issue) return true;
  if (row.why === "raiser") return issue.phase.status === (row.type === "issue.asked" ? "waiting" : "answered");
  return issue.phase.status === "open" && current(issue).bodyId === bodyId && (row.seq === null || current(issue).acceptedAt === null);
}

function hrefOf(row: WordRow, { issue, meeting, paper, task, project, bodyId }: About): string {
  if (row.type.startsWith("channel.")) return bodyId ? `/bodies/${bodyId}/robots` : "/account/word";
  if (row.type.startsWith("membership.")) return "/account";
  if (paper) return `/papers/${paper.id}`;
  if (task && row.type !== "decision.recorded") return `/tasks/${task.id}`;
  if (project) return `/projects/${project.id}`;
  if (meeting && !issue) return `/meetings/${meeting.id}`;
  if (row.why === "raiser" && row.type === "issue.asked") return `/issues/${issue?.number}/reply`;
  if (row.why === "raiser" && row.type === "issue.answered") return `/issues/${issue?.number}/feedback`;
  if (issue) return `/issues/${issue.number}`;
  return bodyId ? `/bodies/${bodyId}` : "/";
}

/** A title as it may stand in a group, whose history nobody can call back: without the raiser's and the neighbours' names, numbers and dwellings. */
async function inAGroup(db: Db, { communityId, issue, task }: About): Promise<string> {
  const title = task?.title ?? issue?.title ?? "";
  if (title === "" || !issue) return title;
  const names = await namesOf(db, communityId, [issue.raisedBy, ...issue.supports.map((s) => s.personId)]);
  const [shown = ""] = maskNames([...names.values()])([title]);
  // 7-302 is a dwelling here: the issue's own number stands before the title.
  return shown.replaceAll(/(?<![\d-])(\d{1,3})-\d{3,4}(?![\d-])/gu, "$1-***");
}

/**
 * Rows as `actor` may see them today. What they may not see any more is left out; a group (no person) is told the number at least, and
 * the title only when every member of its body may see it, and never what anybody said.
 */
export async function wordItems(db: Db, actor: Actor, rows: readonly WordRow[]): Promise<WordItem[]> {
  const bodies = await loadBodies(db, actor.communityId);
  const items: WordItem[] = [];
  for (const row of rows) {
    const matter = await matterOf(db, row);
    if (!matter) continue;
    const { about, event } = matter;
    const group = row.personId === "";
    const sees = await maySee(db, actor, about);
    if (!sees && !group) continue;
    const { issue, meeting, task, project } = about;
    const body = bodies.get(about.bodyId ?? "");
    const due = task ? task.dueAt : issue ? dueOf(issue) : null;
    items.push({
      id: row.id,
      type: row.type as ToldType,
      variant: variantOf(event),
      why: row.why as Relation,
      kind: row.kind as Kind,
      urgency: row.urgency as Urgency,
      waits: !group && row.urgency === "owed" && stillOwed(row, about),
      at: row.at,
      read: row.readAt !== null,
      href: hrefOf(row, about),
      number: issue?.number ?? "",
      title: sees ? (group ? await inAGroup(db, about) : (task?.title ?? project?.name ?? issue?.title ?? "")) : "",
      body: body ? fullName(body) : "",
      n: meeting?.position ?? 0,
      when: event?.type === "meeting.called" || event?.type === "meeting.moved" ? event.startsAt : (meeting?.startsAt ?? due ?? ""),
      place: meeting?.place ?? "",
      said: group ? "" : said(event),
      acts: group ? [] : actsOf(row, about),
    });
  }
  return items;
}

const pageLength = 30;
export type WordPage = { items: WordItem[]; unread: number; until: string; older: string | null };

/** What somebody was told, the newest first; `before` leads to older pages. */
export async function wordPage(db: Db, viewer: Viewer, { before }: { before: string | null }): Promise<WordPage> {
  const { communityId, personId } = viewer.actor;
  const [at = "", id = ""] = before?.split("~") ?? [];
  const rows = await wordsOf(db, communityId, personId, before ? { at, id } : null, pageLength + 1);
  const page = rows.slice(0, pageLength);
  const last = page.at(-1);
  return {
    items: await wordItems(db, viewer.actor, page),
    unread: await unreadOf(db, communityId, personId, 1000),
    until: page[0]?.at ?? viewer.now,
    older: rows.length > pageLength && last ? `${last.at}~${last.id}` : null,
  };
}

/** As whom a robot's words are read: any member of its body. Null when the channel is closed or no robot. */
export async function groupOf(db: Db, communityId: string, channelId: string): Promise<Actor | null> {
  const channel = await loadChannel(db, communityId, channelId);
  return channel?.bodyId && channel.closedAt === null ? asGroup(communityId, channel.bodyId) : null;
}
