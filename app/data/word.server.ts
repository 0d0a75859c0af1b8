// Words at rest: who is told what over which channel, how far the log has been followed, and the letters that carry words.
import type { Selectable } from "kysely";
import { holdsOffice } from "../domain/body";
import { localDay } from "../domain/clock";
import { type DomainEvent, issueOf, meetingOf } from "../domain/event";
import { current, type Issue, raisedIn } from "../domain/issue";
import type { Letter, LetterStatus } from "../domain/letter";
import type { Meeting } from "../domain/meeting";
import type { Paper } from "../domain/paper";
import { type Action, type Actor, can, type Subject } from "../domain/permission";
import type { Project } from "../domain/project";
import type { Assignee, Task } from "../domain/task";
import { few, type Modes, type Preference, type Relation, usual, type WordPreference } from "../domain/word";
import type { Recorded } from "./audit.server";
import { loadAcknowledgement, loadOrder } from "./clocks.server";
import type { Db } from "./dialect.server";
import type { Letter as LetterRow, WordPreference as PreferenceRow, Word } from "./generated/types";
import { loadIssue } from "./issues.server";
import { loadMeeting, loadTask } from "./meetings.server";
import { officeHolders } from "./organisation.server";
import { loadPaper } from "./papers.server";
import { loadProject } from "./projects.server";
import { issueSubject, meetingSubject, projectSubject, taskSubject } from "./subjects.server";

export type WordRow = Selectable<Word>;

// What an event is about, and who that concerns.

export type About = {
  communityId: string;
  actorId: string;
  event: Pick<DomainEvent, "id"> | null;
  /** The body it happened in, or came to; and the one it came from. */
  bodyId: string | null;
  bodyBefore: string | null;
  issue: Issue | null;
  meeting: Meeting | null;
  paper: Paper | null;
  task: Task | null;
  project: Project | null;
  /** Of a supervision order or an acknowledgement: whether it was answered. Null of anything else. */
  answered: boolean | null;
  personId: string | null;
};

const text = (event: DomainEvent, name: string): string | null => {
  const value = (event as unknown as Record<string, unknown>)[name];
  return typeof value === "string" ? value : null;
};

/** The things an event is about, as they stand now. */
export async function aboutOf(db: Db, { communityId, actorId, event }: Pick<Recorded, "communityId" | "actorId" | "event">): Promise<About> {
  const kind = event.type.slice(0, event.type.indexOf("."));
  const task = kind === "task" ? await loadTask(db, communityId, event.id) : null;
  const project = kind === "project" ? await loadProject(db, communityId, event.id) : null;
  const paper = kind === "paper" ? await loadPaper(db, communityId, event.id) : null;
  const issueId = issueOf(event) ?? task?.issueId ?? null;
  const meetingId = meetingOf(event);
  const issue = issueId === null ? null : await loadIssue(db, communityId, issueId);
  return {
    communityId,
    actorId,
    event,
    bodyId:
      text(event, "to") ?? text(event, "bodyId") ?? task?.bodyId ?? project?.bodyId ?? (kind === "body" ? event.id : issue ? current(issue).bodyId : null),
    bodyBefore: text(event, "from") ?? text(event, "fromId"),
    issue,
    meeting: meetingId === null ? null : await loadMeeting(db, communityId, meetingId),
    paper,
    task,
    project,
    answered:
      kind === "order"
        ? (await loadOrder(db, communityId, event.id))?.answeredAt !== null
        : kind === "acknowledgement"
          ? (await loadAcknowledgement(db, communityId, event.id))?.givenAt !== null
          : null,
    personId: text(event, "personId"),
  };
}

const asked = (subject: Partial<Subject>, communityId: string): Subject => ({ communityId, bodies: subject.bodies ?? {}, people: subject.people ?? {} });

/** Everybody whose office in one of the subject's bodies grants `action` today. */
async function whoMay(db: Db, action: Action, subject: Subject, today: string): Promise<string[]> {
  const found: string[] = [];
  for (const bodyId of new Set(Object.values(subject.bodies).flat()))
    for (const m of await officeHolders(db, subject.communityId, bodyId, today)) {
      const actor: Actor = {
        communityId: subject.communityId,
        personId: m.personId,
        name: "",
        posts: [{ membershipId: m.id, bodyId, role: m.role, party: m.party }],
      };
      if (can(actor, action, { ...subject, people: {} })) found.push(m.personId);
    }
  return found;
}

/** Who stands in `relation` to what happened, on the local day `today`. Robots and channels are no people: see `channelsOf`. */
export async function peopleIn(db: Db, relation: Relation, about: About, today: string): Promise<string[]> {
  const { communityId, issue, meeting, task, project, paper } = about;
  const hand = async ({ kind, id }: Assignee) =>
    kind === "person" ? [id] : whoMay(db, "task.accept", asked({ bodies: { assigneeBody: [id] } }, communityId), today);
  const desk = async (bodyId: string | null) =>
    bodyId === null
      ? []
      : [
          ...(await whoMay(db, "issue.settle", asked({ bodies: { holder: [bodyId] } }, communityId), today)),
          ...(await whoMay(db, "issue.classify", asked({ bodies: { holder: [bodyId] } }, communityId), today)),
        ];
  switch (relation) {
    case "raiser":
      return issue ? [issue.raisedBy] : [];
    case "joined":
      return issue?.supports.map((s) => s.personId) ?? [];
    case "desk":
      return desk(about.bodyId);
    case "deskBefore":
    case "overseer":
      return desk(about.bodyBefore);
    case "chairs":
      return about.bodyId === null ? [] : whoMay(db, "meeting.call", asked({ bodies: { body: [about.bodyId] } }, communityId), today);
    case "assignee":
      if (project) return hand(project.personId === null ? { kind: "body", id: project.responsibleId } : { kind: "person", id: project.personId });
      return task ? hand(task.assignee) : [];
    case "supporter":
      return (await Promise.all((task?.supporting ?? []).map(hand))).flat();
    case "checkers":
      if (project) return whoMay(db, "project.verify", asked({ bodies: { body: [project.bodyId] } }, communityId), today);
      return task && issue ? whoMay(db, "task.verify", asked({ bodies: { raisedIn: [raisedIn(issue)], body: [task.bodyId] } }, communityId), today) : [];
    case "signers":
      return paper?.signers.filter((id) => !paper.signed.includes(id)) ?? [];
    case "invited":
      return meeting?.seats.map((s) => s.personId) ?? [];
    case "person":
      return about.personId === null ? [] : [about.personId];
    case "self":
    case "group":
    case "itself":
      return [];
  }
}

/** Whether somebody may see what a word would tell them of. Asked when it is planned, and again when it is shown or sent. */
export async function maySee(db: Db, actor: Actor, about: Pick<About, "issue" | "meeting" | "task" | "project" | "paper">): Promise<boolean> {
  const { issue, meeting, task, project, paper } = about;
  const toTask = task && issue ? can(actor, "task.see", taskSubject(task, issue)) : false;
  const toProject = project && issue ? can(actor, "project.see", projectSubject(project, issue)) : false;
  if (issue && !toTask && !toProject && !can(actor, `issue.see.${issue.visibility}`, await issueSubject(db, issue))) return false;
  if (meeting && !can(actor, "meeting.see", meetingSubject(meeting)) && !meeting.seats.some((s) => s.personId === actor.personId)) return false;
  return !paper || paper.signers.includes(actor.personId) || (meeting !== null && can(actor, "minutes.readClosed", meetingSubject(meeting)));
}

/** A group's robot sees what any member of its body sees, and not a word more. */
export const asGroup = (communityId: string, bodyId: string): Actor => ({
  communityId,
  personId: "",
  name: "",
  posts: [{ membershipId: "", bodyId, role: "resident", party: "owners" }],
});

/** Bodies and offices of a person today: those without a desk begin with fewer words. */
export async function hasDesk(db: Db, communityId: string, personId: string, now: string, timeZone: string): Promise<boolean> {
  const rows = await db.selectFrom("Membership").selectAll().where("communityId", "=", communityId).where("personId", "=", personId).execute();
  const today = localDay(now, timeZone);
  return rows.some((m) => holdsOffice(m, today) && m.role !== "resident" && m.role !== "stairwell");
}

// Preferences.

const preferenceOf = (row: Selectable<PreferenceRow>): WordPreference => ({
  ...row,
  locale: row.locale as WordPreference["locale"],
  modes: JSON.parse(row.modes) as Modes,
});

export async function loadPreference(db: Db, communityId: string, id: string): Promise<WordPreference | null> {
  const row = await db.selectFrom("WordPreference").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  return row ? preferenceOf(row) : null;
}

export async function savePreference(tx: Db, next: WordPreference, before: WordPreference | null): Promise<void> {
  const row = { ...next, modes: JSON.stringify(next.modes) };
  if (!before) await tx.insertInto("WordPreference").values(row).execute();
  else await tx.updateTable("WordPreference").set(row).where("communityId", "=", next.communityId).where("id", "=", next.id).execute();
}

/** What somebody chose, or what they begin with. */
export async function wishesOf(db: Db, communityId: string, personId: string, now: string, timeZone: string): Promise<Preference> {
  return (await loadPreference(db, communityId, personId)) ?? ((await hasDesk(db, communityId, personId, now, timeZone)) ? usual : few);
}

// Words.

/** Lay words down; one that was told before (same cause, person and channel) stays as it is. @returns how many are new. */
export async function layWords(tx: Db, words: readonly WordRow[]): Promise<number> {
  let laid = 0;
  for (const word of words) {
    const done = await tx
      .insertInto("Word")
      .values(word)
      .onConflict((on) => on.columns(["communityId", "cause", "personId", "channelId"]).doNothing())
      .executeTakeFirst();
    laid += Number(done.numInsertedOrUpdatedRows ?? 0n);
  }
  return laid;
}

export async function loadWord(db: Db, communityId: string, id: string): Promise<WordRow | null> {
  return (await db.selectFrom("Word").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst()) ?? null;
}

/** A person's words in the product, the newest first, `limit` of them from before `before` (an instant and an id). */
export async function wordsOf(db: Db, communityId: string, personId: string, before: { at: string; id: string } | null, limit: number): Promise<WordRow[]> {
  const all = db.selectFrom("Word").selectAll().where("communityId", "=", communityId).where("personId", "=", personId).where("channelId", "=", "product");
  const page = before ? all.where((eb) => eb.or([eb("at", "<", before.at), eb.and([eb("at", "=", before.at), eb("id", "<", before.id)])])) : all;
  return page.orderBy("at", "desc").orderBy("id", "desc").limit(limit).execute();
}

/** How many words a person has not read, counted up to `most`. */
export async function unreadOf(db: Db, communityId: string, personId: string, most: number): Promise<number> {
  const rows = await db
    .selectFrom("Word")
    .select("id")
    .where("communityId", "=", communityId)
    .where("personId", "=", personId)
    .where("channelId", "=", "product")
    .where("readAt", "is", null)
    .limit(most)
    .execute();
  return rows.length;
}

/** Mark a person's words up to an instant as read. */
export async function markRead(tx: Db, communityId: string, personId: string, until: string, now: string): Promise<void> {
  await tx
    .updateTable("Word")
    .set({ readAt: now })
    .where("communityId", "=", communityId)
    .where("personId", "=", personId)
    .where("channelId", "=", "product")
    .where("readAt", "is", null)
    .where("at", "<=", until)
    .execute();
}

// How far the log was followed.

export type Cursor = { seq: number; day: string; after: string };
export async function loadCursor(db: Db, name: string): Promise<Cursor> {
  const row = await db.selectFrom("WordCursor").selectAll().where("name", "=", name).executeTakeFirst();
  return row ?? { seq: 0, day: "", after: "" };
}
/** Move a cursor on from where it was seen. @returns false when somebody else moved it first: then nothing of this turn may stay. */
export async function moveCursor(tx: Db, name: string, from: Cursor, to: Cursor): Promise<boolean> {
  const { seq, day, after } = to;
  const now = await loadCursor(tx, name);
  if (now.seq !== from.seq || now.day !== from.day || now.after !== from.after) return false;
  await tx
    .insertInto("WordCursor")
    .values({ name, seq, day, after })
    .onConflict((on) => on.column("name").doUpdateSet({ seq, day, after }))
    .execute();
  return true;
}

// Letters.

const letterOf = (row: Selectable<LetterRow>): Letter => ({ ...row, status: row.status as LetterStatus });

export async function loadLetter(db: Db, communityId: string, id: string): Promise<Letter | null> {
  const row = await db.selectFrom("Letter").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  return row ? letterOf(row) : null;
}

export async function saveLetter(tx: Db, letter: Letter): Promise<void> {
  const { communityId: _c, id: _i, ...rest } = letter;
  await tx
    .insertInto("Letter")
    .values(letter)
    .onConflict((on) => on.columns(["communityId", "id"]).doUpdateSet(rest))
    .execute();
}

export async function wordsIn(db: Db, communityId: string, letterId: string): Promise<WordRow[]> {
  return db
    .selectFrom("Word")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("letterId", "=", letterId)
    .orderBy("at")
    .orderBy("seq")
    .orderBy("id")
    .execute();
}

/** Channels with words that wait and no letter under way, at most `limit`; and the words, the oldest first. */
export async function waitingWords(db: Db, now: string, furthest: string, limit: number): Promise<{ communityId: string; channelId: string }[]> {
  return db
    .selectFrom("Word")
    .innerJoin("Channel", (join) => join.onRef("Channel.communityId", "=", "Word.communityId").onRef("Channel.id", "=", "Word.channelId"))
    .select(["Word.communityId", "Word.channelId"])
    .distinct()
    .where("Word.letterId", "is", null)
    .where((eb) => eb.or([eb("Word.dueAt", "<=", now), eb("Word.dueAt", ">", furthest)]))
    .where("Channel.closedAt", "is", null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("Letter")
            .select("Letter.id")
            .whereRef("Letter.communityId", "=", "Word.communityId")
            .whereRef("Letter.channelId", "=", "Word.channelId")
            .where("Letter.status", "in", ["planned", "sending", "failed"]),
        ),
      ),
    )
    .limit(limit)
    .execute();
}

export async function wordsWaitingFor(db: Db, communityId: string, channelId: string, now: string, furthest: string, limit: number): Promise<WordRow[]> {
  return db
    .selectFrom("Word")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("channelId", "=", channelId)
    .where("letterId", "is", null)
    .where((eb) => eb.or([eb("dueAt", "<=", now), eb("dueAt", ">", furthest)]))
    .orderBy("at")
    .orderBy("seq")
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** Give words to a letter: only those that no letter has. @returns how many it got. */
export async function giveWords(tx: Db, communityId: string, letterId: string, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const done = await tx
    .updateTable("Word")
    .set({ letterId })
    .where("communityId", "=", communityId)
    .where("id", "in", [...ids])
    .where("letterId", "is", null)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/**
 * Letters to channels of one kind that may go now, the earliest first: not on the wire yet, or due for another try, those among them
 * that a process left on the wire when it died. A time after `furthest` was set by a clock that has jumped back since.
 */
export async function dueLetters(db: Db, kind: string, now: string, furthest: string, limit: number): Promise<Letter[]> {
  const rows = await db
    .selectFrom("Letter")
    .innerJoin("Channel", (join) => join.onRef("Channel.communityId", "=", "Letter.communityId").onRef("Channel.id", "=", "Letter.channelId"))
    .selectAll("Letter")
    .where("Channel.kind", "=", kind)
    .where("Letter.status", "in", ["planned", "sending", "failed"])
    .where((eb) => eb.or([eb("Letter.status", "=", "planned"), eb("Letter.nextAt", "<=", now), eb("Letter.nextAt", ">", furthest)]))
    .orderBy("Letter.nextAt")
    .limit(limit)
    .execute();
  return rows.map(letterOf);
}

/** When anything was last sent to a channel, tries that failed included. */
export async function lastTry(db: Db, communityId: string, channelId: string): Promise<string | null> {
  const row = await db
    .selectFrom("Letter")
    .select("lastAt")
    .where("communityId", "=", communityId)
    .where("channelId", "=", channelId)
    .where("lastAt", "is not", null)
    .orderBy("lastAt", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.lastAt ?? null;
}

/** A community's letters that were given up, the latest first. */
export async function deadLetters(db: Db, communityId: string, limit: number): Promise<Letter[]> {
  const rows = await db
    .selectFrom("Letter")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("status", "=", "dead")
    .orderBy("lastAt", "desc")
    .limit(limit)
    .execute();
  return rows.map(letterOf);
}

// Reminders.

/** How many reminders of a day (`cause` begins so) a person has in the product. */
export async function countReminders(db: Db, communityId: string, personId: string, cause: string): Promise<number> {
  const row = await db
    .selectFrom("Word")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("communityId", "=", communityId)
    .where("personId", "=", personId)
    .where("channelId", "=", "product")
    .where("cause", ">=", cause)
    .where("cause", "<", `${cause}\uffff`)
    .executeTakeFirst();
  return row?.n ?? 0;
}

export type Matter = { key: string; kind: "issue" | "task" | "meeting" | "paper"; id: string };
/**
 * Matters somebody may have to be reminded of: due by `until` (an instant), not finished. In the order of a key (kind, what is due
 * longest first, id) that a cursor can stop at; those after `after`, at most `limit`.
 */
export async function mattersDue(db: Db, communityId: string, until: string, after: string, limit: number): Promise<Matter[]> {
  const found: Matter[] = [];
  const [kindAfter = "", at = "", idAfter = ""] = after.split("|");
  const sources = [
    { kind: "meeting", table: "Meeting", due: "startsAt", status: ["called"] },
    { kind: "paper", table: "Paper", due: "frozenAt", status: ["frozen"] },
    { kind: "task", table: "Task", due: "dueAt", status: ["assigned", "accepted"] },
    { kind: "issue", table: "Issue", due: "dueAt", status: ["open", "doing"] },
  ] as const;
  const first = sources.findIndex((s) => s.kind === kindAfter);
  for (const [n, source] of sources.entries()) {
    if (n < first || found.length >= limit) continue;
    const all = db
      // One shape for four tables: each has an id, a status and an instant.
      .selectFrom(source.table as "Task")
      .select(["id", source.due as "dueAt"])
      .where("communityId", "=", communityId)
      .where("status", "in", [...source.status])
      .where(source.due as "dueAt", "<=", until);
    const rest =
      n === first ? all.where((eb) => eb.or([eb(source.due as "dueAt", ">", at), eb.and([eb(source.due as "dueAt", "=", at), eb("id", ">", idAfter)])])) : all;
    const rows: { id: string; [due: string]: string }[] = await rest
      .orderBy(source.due as "dueAt")
      .orderBy("id")
      .limit(limit - found.length)
      .execute();
    found.push(...rows.map((row) => ({ kind: source.kind, id: row.id, key: `${source.kind}|${row[source.due] ?? ""}|${row.id}` })));
  }
  return found;
}

/** The latest letter of each of these channels. */
export async function lastLetters(db: Db, communityId: string, channelIds: readonly string[]): Promise<Map<string, Letter>> {
  const last = new Map<string, Letter>();
  for (const channelId of channelIds) {
    const row = await db
      .selectFrom("Letter")
      .selectAll()
      .where("communityId", "=", communityId)
      .where("channelId", "=", channelId)
      .orderBy("createdAt", "desc")
      .limit(1)
      .executeTakeFirst();
    if (row) last.set(channelId, letterOf(row));
  }
  return last;
}
