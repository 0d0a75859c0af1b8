// What somebody is told, as plain props: the page of words, letters and group robots all show the same.

import { type About, aboutMatter, aboutOf, movedSince } from "../data/about.server";
import { eventAt } from "../data/audit.server";
import { loadChannel } from "../data/channels.server";
import { asGroup, maySee, stillStands } from "../data/concerned.server";
import type { Db } from "../data/dialect.server";
import { loadBodies } from "../data/organisation.server";
import { unreadOf, type WordRow, wordsOf } from "../data/word.server";
import type { DomainEvent } from "../domain/event";
import { current, dueOf } from "../domain/issue";
import type { Actor } from "../domain/permission";
import { isOverBudget } from "../domain/project";
import type { Category } from "../domain/vocabulary";
import { type Act, asks, type Kind, type Relation, type Reminder, reminders, type ToldType, type Urgency } from "../domain/word";
import { fullName, type Viewer } from "./viewer";

export type WordItem = {
  id: string;
  type: ToldType;
  /** What the sentence depends on besides the type: how an issue was answered, how a decision came out. */
  variant: string;
  why: Relation;
  kind: Kind;
  urgency: Urgency;
  /** It asked for something, and that is still to be done by this person. */
  waits: boolean;
  /** This person still stands in the relation they were told for. */
  stands: boolean;
  at: string;
  read: boolean;
  href: string;
  number: string;
  title: string;
  /** In a group, instead of a title: of which kind the issue is, and at which building. */
  about: { category: Category; building: string } | null;
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

const variantOf = (event: DomainEvent | null, { project }: About): string => {
  if (event?.type === "issue.answered") return event.kind;
  if (event?.type === "acknowledgement.owed") return event.cause;
  if (event?.type === "decision.recorded") return event.outcome;
  if (event?.type === "project.received" && event.words?.reason) return "why";
  if (event?.type === "project.reported" && project && isOverBudget({ budget: project.plan.budget, spent: event.spent })) return "overBudget";
  if (event?.type === "meeting.cancelled" && event.words.reason === "") return "emptied";
  if (event?.type === "issue.reopened" && event.taskId) return "task";
  return event?.type === "issue.escalated" && event.overdue ? "overdue" : "";
};

type Matter = { about: About; event: DomainEvent | null };
/** A row's matter: its event as the log has it, or the thing a reminder is of. */
async function matterOf(db: Db, { communityId, seq, type, subjectId }: WordRow): Promise<Matter | null> {
  if (seq !== null) {
    const recorded = await eventAt(db, communityId, seq);
    return recorded && { about: await aboutOf(db, recorded), event: recorded.event };
  }
  const about = await aboutMatter(db, communityId, reminders[type.slice("reminder.".length) as Reminder], subjectId);
  return about && { about, event: null };
}

/** The acts a letter's buttons offer: only what this person has still to say, and only to what the letter was about. */
async function actsOf(db: Db, row: WordRow, { about: { issue, meeting, task }, event }: Matter): Promise<Act[]> {
  if (row.type === "channel.opened") return ["confirm"];
  if (row.type === "task.assigned" && row.why === "assignee" && task?.status === "assigned") return ["accept"];
  const seat = meeting?.seats.find((s) => s.personId === row.personId);
  if (meeting?.status === "called" && seat?.reply === "none") {
    // A yes to Thursday is no yes to Friday.
    const same = event?.type === "meeting.called" || event?.type === "meeting.moved" ? event.startsAt === meeting.startsAt : row.type === "reminder.meeting";
    if (same && (event || !(await movedSince(db, row.communityId, meeting.id, row.at)))) return ["come", "cannot"];
  }
  if (row.type !== "issue.answered" || row.why !== "raiser" || issue?.phase.status !== "answered") return [];
  const { answer } = issue.phase;
  return answer.kind !== "declined" && answer.at === row.at ? ["solved", "unsolved"] : [];
}

/** Whether what a word asked of this person is still to be done, by how the thing stands now. */
function stillOwed(row: WordRow, { issue, meeting, paper, task, project, owed, bodyId }: About): boolean {
  const { personId } = row;
  if (paper) return paper.status === "writing" || (paper.status === "frozen" && paper.signers.includes(personId) && !paper.signed.includes(personId));
  if (owed) return !owed.given;
  if (row.type === "task.unheld" || row.type === "project.unheld") return (task ?? project)?.unheldAt === row.at;
  if (project) return row.why === "checkers" ? project.status === "finished" : project.status === "running";
  if (task && row.type === "task.sentBack") return task.sentBack !== null;
  if (task && row.type === "task.extensionAsked") return task.extension?.at === row.at && task.status !== "handedIn";
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
  const unheld = row.why === "chairs" && row.type.endsWith(".unheld");
  if (task && row.type !== "decision.recorded") return `/tasks/${task.id}${unheld ? "/reassignment" : ""}`;
  if (project) return `/projects/${project.id}${unheld ? "/plan" : ""}`;
  if (meeting && !issue) return `/meetings/${meeting.id}`;
  if (row.why === "raiser" && row.type === "issue.asked") return `/issues/${issue?.number}/reply`;
  if (row.why === "raiser" && row.type === "issue.answered") return `/issues/${issue?.number}/feedback`;
  if (issue) return `/issues/${issue.number}`;
  return bodyId ? `/bodies/${bodyId}` : "/";
}

/**
 * Rows as `actor` may see them today. What they may not see any more is left out; a group (no person) is told the number, and
 * when every member of its body may see the issue its category and building: never words people wrote (a title, a place, what was said), for no
 * pattern finds every name in them, and a group's history is called back by nobody.
 */
export async function wordItems(db: Db, actor: Actor, rows: readonly WordRow[]): Promise<WordItem[]> {
  const bodies = await loadBodies(db, actor.communityId);
  const items: WordItem[] = [];
  const group = actor.personId === "";
  for (const row of rows) {
    const matter = await matterOf(db, row);
    if (!matter) continue;
    const { about, event } = matter;
    const sees = await maySee(db, actor, about);
    if (!sees && !group) continue;
    const { issue, meeting, task, project, owed } = about;
    const stands = stillStands(actor, row.why as Relation, about);
    const body = bodies.get(about.bodyId ?? "");
    const due = task ? task.dueAt : owed ? owed.dueAt : (meeting?.startsAt ?? (issue ? dueOf(issue) : null));
    items.push({
      id: row.id,
      type: row.type as ToldType,
      variant: variantOf(event, about),
      why: row.why as Relation,
      kind: row.kind as Kind,
      urgency: row.urgency as Urgency,
      waits: !group && asks(row.urgency as Urgency) && stands && stillOwed(row, about),
      stands,
      at: row.at,
      read: row.readAt !== null,
      href: hrefOf(row, about),
      number: issue?.number ?? "",
      title: group ? "" : (task?.title ?? project?.name ?? issue?.title ?? ""),
      about: group && sees && issue ? { category: issue.category, building: bodies.get(issue.buildingId ?? "")?.name ?? "" } : null,
      body: body ? fullName(body) : "",
      n: meeting?.position ?? 0,
      when: event?.type === "meeting.called" || event?.type === "meeting.moved" ? event.startsAt : (due ?? ""),
      place: group ? "" : (meeting?.place ?? ""),
      said: group ? "" : said(event),
      acts: group ? [] : await actsOf(db, row, matter),
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
