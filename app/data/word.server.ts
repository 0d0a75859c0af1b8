// Words at rest: who is told what over which channel, how far the log has been followed, and the letters that carry words.
import type { ExpressionBuilder, Selectable } from "kysely";
import { holdsOffice } from "../domain/body";
import { inProduct } from "../domain/channel";
import { localDay } from "../domain/clock";
import { type DomainEvent, issueOf, meetingOf } from "../domain/event";
import { current, holderOf, type Issue, raisedIn } from "../domain/issue";
import type { Letter, LetterStatus } from "../domain/letter";
import type { Meeting } from "../domain/meeting";
import type { Paper } from "../domain/paper";
import { type Action, type Actor, can, type Subject } from "../domain/permission";
import type { Project } from "../domain/project";
import type { Assignee, Task } from "../domain/task";
import { tracks } from "../domain/vocabulary";
import { few, type MatterKind, type Modes, type Preference, type Relation, usual, type WordPreference } from "../domain/word";
import type { Recorded } from "./audit.server";
import { loadAcknowledgement, loadOrder } from "./clocks.server";
import type { Db } from "./dialect.server";
import type { DB, Letter as LetterRow, WordPreference as PreferenceRow, Word } from "./generated/types";
import { loadIssue } from "./issues.server";
import { loadMeeting, loadTask } from "./meetings.server";
import { officeHolders } from "./organisation.server";
import { loadPaper } from "./papers.server";
import { loadProject } from "./projects.server";
import { communitySubject, issueSubject, meetingSubject, projectSubject, taskSubject } from "./subjects.server";

export type WordRow = Selectable<Word>;

// What an event is about, and who that concerns.

export type About = {
  communityId: string;
  /** The body it happened in, or came to; and the one it came from. */
  bodyId: string | null;
  bodyBefore: string | null;
  issue: Issue | null;
  meeting: Meeting | null;
  paper: Paper | null;
  task: Task | null;
  project: Project | null;
  owed: Owed | null;
  /** Who led the task before it came into other hands, and which of its helpers are new. */
  leadBefore: Assignee | null;
  newSupport: readonly Assignee[];
  personId: string | null;
};

/** What a supervision order or an acknowledgement asks of a body: for whom, by when, and whether it was given. */
export type Owed = { issueId: string; bodyId: string; fromId: string; dueAt: string; given: boolean };

const nothing: Omit<About, "communityId"> = {
  bodyId: null,
  bodyBefore: null,
  issue: null,
  meeting: null,
  paper: null,
  task: null,
  project: null,
  owed: null,
  leadBefore: null,
  newSupport: [],
  personId: null,
};

async function loadOwed(db: Db, communityId: string, kind: string, id: string): Promise<Owed | null> {
  if (kind === "order") {
    const order = await loadOrder(db, communityId, id);
    return order && { ...order, given: order.answeredAt !== null };
  }
  const asked = kind === "acknowledgement" ? await loadAcknowledgement(db, communityId, id) : null;
  return asked && { ...asked, given: asked.givenAt !== null };
}

const text = (event: DomainEvent, name: string): string | null => {
  const value = (event as unknown as Record<string, unknown>)[name];
  return typeof value === "string" ? value : null;
};

/** The things an event is about, as they stand now. */
export async function aboutOf(db: Db, { communityId, event }: Pick<Recorded, "communityId" | "event">): Promise<About> {
  const kind = event.type.slice(0, event.type.indexOf("."));
  const task = kind === "task" ? await loadTask(db, communityId, event.id) : null;
  const project = kind === "project" ? await loadProject(db, communityId, event.id) : null;
  const paper = kind === "paper" ? await loadPaper(db, communityId, event.id) : null;
  const owed = await loadOwed(db, communityId, kind, event.id);
  const issueId = issueOf(event) ?? task?.issueId ?? null;
  const meetingId = meetingOf(event);
  const issue = issueId === null ? null : await loadIssue(db, communityId, issueId);
  return {
    ...nothing,
    communityId,
    bodyId:
      text(event, "to") ?? text(event, "bodyId") ?? task?.bodyId ?? project?.bodyId ?? (kind === "body" ? event.id : issue ? current(issue).bodyId : null),
    bodyBefore: text(event, "from") ?? text(event, "fromId") ?? owed?.fromId ?? null,
    issue,
    meeting: meetingId === null ? null : await loadMeeting(db, communityId, meetingId),
    paper,
    task,
    project,
    owed,
    leadBefore: event.type === "task.reassigned" || event.type === "task.handedOver" ? (event.from ?? null) : null,
    newSupport: event.type === "task.supportSet" ? (event.added ?? event.supporting) : [],
    personId: text(event, "personId"),
  };
}

/** A matter somebody is reminded of, as it stands now; null when there is none such. */
export async function aboutMatter(db: Db, communityId: string, kind: MatterKind, id: string): Promise<About | null> {
  const of = { ...nothing, communityId };
  switch (kind) {
    case "issue": {
      const issue = await loadIssue(db, communityId, id);
      return issue && { ...of, issue, bodyId: holderOf(issue) };
    }
    case "task": {
      const task = await loadTask(db, communityId, id);
      return task && { ...of, task, issue: await loadIssue(db, communityId, task.issueId), bodyId: task.bodyId };
    }
    case "order":
    case "acknowledgement": {
      const owed = await loadOwed(db, communityId, kind, id);
      return owed && { ...of, owed, issue: await loadIssue(db, communityId, owed.issueId), bodyId: owed.bodyId, bodyBefore: owed.fromId };
    }
    case "meeting": {
      const meeting = await loadMeeting(db, communityId, id);
      return meeting && { ...of, meeting, bodyId: meeting.bodyId };
    }
    case "paper": {
      const paper = await loadPaper(db, communityId, id);
      return paper && { ...of, paper, meeting: await loadMeeting(db, communityId, paper.meetingId), bodyId: paper.bodyId };
    }
  }
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

type Standing = { action: Action; subject: Subject };

/** Relations that are a matter of what somebody may do: the acts, and to what. Null: named one by one, see `peopleIn`. */
function standingsOf(relation: Relation, about: About): Standing[] | null {
  const { communityId, issue, task, project } = about;
  const may = (action: Action, subject: Partial<Subject>): Standing => ({ action, subject: asked(subject, communityId) });
  const hand = ({ kind, id }: Assignee) => may("task.accept", kind === "person" ? { people: { assignee: [id] } } : { bodies: { assigneeBody: [id] } });
  const desk = (bodyId: string | null) =>
    bodyId === null ? [] : [may("issue.settle", { bodies: { holder: [bodyId] } }), may("issue.classify", { bodies: { holder: [bodyId] } })];
  switch (relation) {
    case "desk":
      return desk(about.bodyId);
    case "deskBefore":
    case "overseer":
      return desk(about.bodyBefore);
    case "chairs":
      return about.bodyId === null ? [] : [may("meeting.call", { bodies: { body: [about.bodyId] } })];
    case "assignee":
      if (project) return [hand(project.personId === null ? { kind: "body", id: project.responsibleId } : { kind: "person", id: project.personId })];
      return task ? [hand(task.assignee)] : [];
    case "leadBefore":
      return about.leadBefore ? [hand(about.leadBefore)] : [];
    case "supporter":
      return (task?.supporting ?? []).map(hand);
    case "newSupporter":
      return about.newSupport.map(hand);
    case "checkers":
      if (project) return [may("project.verify", { bodies: { body: [project.bodyId] } })];
      return task && issue ? [may("task.verify", { bodies: { raisedIn: [raisedIn(issue)], body: [task.bodyId] } })] : [];
    default:
      return null;
  }
}

/** Whether somebody still stands in the relation a word was told for: offices end, and tasks come into other hands. */
export function stillStands(actor: Actor, relation: Relation, about: About): boolean {
  return standingsOf(relation, about)?.some(({ action, subject }) => can(actor, action, subject)) ?? true;
}

/** Who stands in `relation` to what happened, on the local day `today`. Robots and channels are no people: see `channelsOf`. */
export async function peopleIn(db: Db, relation: Relation, about: About, today: string): Promise<string[]> {
  const { communityId, issue, meeting, paper } = about;
  const standings = standingsOf(relation, about);
  if (standings) {
    const found = await Promise.all(
      standings.map(async ({ action, subject }) => [...(subject.people.assignee ?? []), ...(await whoMay(db, action, subject, today))]),
    );
    return found.flat();
  }
  switch (relation) {
    case "raiser":
      return issue ? [issue.raisedBy] : [];
    case "joined":
      return issue?.supports.map((s) => s.personId) ?? [];
    case "signers":
      return paper?.signers.filter((id) => !paper.signed.includes(id)) ?? [];
    case "invited":
      return meeting?.seats.map((s) => s.personId) ?? [];
    case "onAgenda": {
      const issues = await Promise.all((meeting?.items ?? []).map((item) => loadIssue(db, communityId, item.issueId)));
      return issues.flatMap((one) => (one ? [one.raisedBy, ...one.supports.map((s) => s.personId)] : []));
    }
    case "person":
      return about.personId === null ? [] : [about.personId];
    case "secretary":
      return whoMay(db, "membership.begin", await communitySubject(db, communityId), today);
    default:
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

/** Whether a meeting was moved after an instant. */
export async function movedSince(db: Db, communityId: string, meetingId: string, at: string): Promise<boolean> {
  const rows = await db
    .selectFrom("AuditEvent")
    .select("seq")
    .where("communityId", "=", communityId)
    .where("subject", "=", "meeting")
    .where("subjectId", "=", meetingId)
    .where("type", "=", "meeting.moved")
    .where("at", ">", at)
    .limit(1)
    .execute();
  return rows.length > 0;
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
  const all = db.selectFrom("Word").selectAll().where("communityId", "=", communityId).where("personId", "=", personId).where("channelId", "=", inProduct);
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
    .where("channelId", "=", inProduct)
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
    .where("channelId", "=", inProduct)
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

/** A channel has one letter under way; what is pressing does not wait for it. */
const notHeldUp = (eb: ExpressionBuilder<DB, "Word">) =>
  eb.or([
    eb("Word.urgency", "=", "pressing"),
    eb.not(
      eb.exists(
        eb
          .selectFrom("Letter")
          .select("Letter.id")
          .whereRef("Letter.communityId", "=", "Word.communityId")
          .whereRef("Letter.channelId", "=", "Word.channelId")
          .where("Letter.status", "in", ["planned", "sending", "failed"]),
      ),
    ),
  ]);

/** Channels with words that may leave now, at most `limit`; and the words, the oldest first. */
export async function waitingWords(db: Db, now: string, furthest: string, limit: number): Promise<{ communityId: string; channelId: string }[]> {
  return db
    .selectFrom("Word")
    .select(["Word.communityId", "Word.channelId"])
    .distinct()
    .where("Word.letterId", "is", null)
    .where((eb) => eb.or([eb("Word.dueAt", "<=", now), eb("Word.dueAt", ">", furthest)]))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("Channel")
          .select("Channel.id")
          .whereRef("Channel.communityId", "=", "Word.communityId")
          .whereRef("Channel.id", "=", "Word.channelId")
          .where("Channel.closedAt", "is", null),
      ),
    )
    .where(notHeldUp)
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
    .where(notHeldUp)
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
 * What waits for one channel goes to the one that stands in for it: words without a letter, and letters that are not on the wire,
 * under their own ids. What the old one itself was asked stays with it. No word can be in the way: one laid for the new channel
 * follows what happened after it was confirmed, or its own opening.
 */
export async function moveWaiting(tx: Db, communityId: string, from: string, to: string): Promise<void> {
  const waiting = ["planned", "failed"];
  const letters = tx.selectFrom("Letter").select("id").where("communityId", "=", communityId).where("channelId", "=", from).where("status", "in", waiting);
  await tx
    .updateTable("Word")
    .set({ channelId: to })
    .where("communityId", "=", communityId)
    .where("channelId", "=", from)
    .where("why", "!=", "itself")
    .where((eb) => eb.or([eb("letterId", "is", null), eb("letterId", "in", letters)]))
    .execute();
  await tx
    .updateTable("Letter")
    .set({ channelId: to })
    .where("communityId", "=", communityId)
    .where("channelId", "=", from)
    .where("status", "in", waiting)
    .execute();
}

/**
 * Letters to channels of one kind that may go now, the earliest first: not on the wire yet, or due for another try, those among them
 * that a process left on the wire when it died. A time after `furthest` was set by a clock that has jumped back since. Channels
 * something was sent to after `restedSince`, tries that failed included, rest; what was sent in the future was, before such a jump.
 */
export async function dueLetters(
  db: Db,
  kind: string,
  { now, furthest, restedSince }: { now: string; furthest: string; restedSince: string },
  limit: number,
): Promise<Letter[]> {
  const rows = await db
    .selectFrom("Letter")
    .innerJoin("Channel", (join) => join.onRef("Channel.communityId", "=", "Letter.communityId").onRef("Channel.id", "=", "Letter.channelId"))
    .selectAll("Letter")
    .where("Channel.kind", "=", kind)
    .where("Letter.status", "in", ["planned", "sending", "failed"])
    .where((eb) => eb.or([eb("Letter.nextAt", "<=", now), eb("Letter.nextAt", ">", furthest)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("Letter as earlier")
            .select("earlier.id")
            .whereRef("earlier.communityId", "=", "Letter.communityId")
            .whereRef("earlier.channelId", "=", "Letter.channelId")
            .where("earlier.lastAt", ">", restedSince)
            .where("earlier.lastAt", "<=", now),
        ),
      ),
    )
    .orderBy("Letter.nextAt")
    .limit(limit)
    .execute();
  return rows.map(letterOf);
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

/** How many letters were given up, and since when the last of them. */
export async function deadCount(db: Db, communityId: string): Promise<{ n: number; last: string | null }> {
  const row = await db
    .selectFrom("Letter")
    .select((eb) => [eb.fn.countAll<number>().as("n"), eb.fn.max("lastAt").as("last")])
    .where("communityId", "=", communityId)
    .where("status", "=", "dead")
    .executeTakeFirstOrThrow();
  return { n: Number(row.n), last: row.last };
}

// Reminders.

/** How many reminders of a day (`cause` begins so) a person has in the product. */
export async function countReminders(db: Db, communityId: string, personId: string, cause: string): Promise<number> {
  const row = await db
    .selectFrom("Word")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("communityId", "=", communityId)
    .where("personId", "=", personId)
    .where("channelId", "=", inProduct)
    .where("cause", ">=", cause)
    .where("cause", "<", `${cause}\uffff`)
    .executeTakeFirst();
  return row?.n ?? 0;
}

export type Matter = { key: string; kind: MatterKind; id: string };
type Source = { name: string; kind: MatterKind; table: string; due: string; is: Readonly<Record<string, readonly string[]>>; unset?: string };
/**
 * Matters somebody may have to be reminded of: due by `until` (an instant), not finished. In the order of a key that a cursor can
 * stop at: urgent issues first, then kind by kind, and what can still be done in time before what is long over. Those after `after`,
 * at most `limit`.
 */
export async function mattersDue(db: Db, communityId: string, until: string, after: string, limit: number): Promise<Matter[]> {
  const found: Matter[] = [];
  const [nameAfter = "", at = "", idAfter = ""] = after.split("|");
  const open = { status: ["open", "doing"] };
  const sources: readonly Source[] = [
    { name: "urgent", kind: "issue", table: "Issue", due: "dueAt", is: { ...open, track: ["urgent"] } },
    { name: "meeting", kind: "meeting", table: "Meeting", due: "startsAt", is: { status: ["called"] } },
    { name: "paper", kind: "paper", table: "Paper", due: "frozenAt", is: { status: ["frozen"] } },
    { name: "order", kind: "order", table: "SupervisionOrder", due: "dueAt", is: {}, unset: "answeredAt" },
    { name: "acknowledgement", kind: "acknowledgement", table: "Acknowledgement", due: "dueAt", is: {}, unset: "givenAt" },
    { name: "task", kind: "task", table: "Task", due: "dueAt", is: { status: ["assigned", "accepted"] } },
    { name: "issue", kind: "issue", table: "Issue", due: "dueAt", is: { ...open, track: tracks.filter((track) => track !== "urgent") } },
  ];
  const first = sources.findIndex((s) => s.name === nameAfter);
  for (const [n, source] of sources.entries()) {
    if (n < first || found.length >= limit) continue;
    const due = source.due as "dueAt";
    // One shape for six tables: each has an id and an instant.
    let some = db
      .selectFrom(source.table as "Task")
      .select(["id", due])
      .where("communityId", "=", communityId)
      .where(due, "<=", until);
    for (const [column, values] of Object.entries(source.is)) some = some.where(column as "status", "in", [...values]);
    if (source.unset) some = some.where(source.unset as "acceptedAt", "is", null);
    if (n === first) some = some.where((eb) => eb.or([eb(due, "<", at), eb.and([eb(due, "=", at), eb("id", ">", idAfter)])]));
    const rows: { id: string; [due: string]: string }[] = await some
      .orderBy(due, "desc")
      .orderBy("id")
      .limit(limit - found.length)
      .execute();
    found.push(...rows.map((row) => ({ kind: source.kind, id: row.id, key: `${source.name}|${row[due] ?? ""}|${row.id}` })));
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
