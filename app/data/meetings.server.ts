// Meetings, decisions and tasks at rest.

import type { Selectable } from "kysely";
import { isTheirs } from "../domain/agenda";
import { type Move, movesIn } from "../domain/attendance";
import { fullName, type Quorum } from "../domain/body";
import type { Beside } from "../domain/calling";
import type { Counts } from "../domain/count";
import type { Decision, DecisionOutcome, Method } from "../domain/decision";
import type { Floor } from "../domain/floor";
import type { AgendaItem, Handout, Meeting, MeetingStatus, Presence, Reply, Seat } from "../domain/meeting";
import type { Share, Terms } from "../domain/procedure";
import type { Assignee, Task, TaskStatus } from "../domain/task";
import type { BodyKind, Party, Role, Visibility } from "../domain/vocabulary";
import type { Ballot, Base, Turnout, VoidGround, Vote, VoteMethod, VoteStatus } from "../domain/vote";
import { eventsSince } from "./audit.server";
import { type Db, prepared } from "./dialect.server";
import type { Decision as DecisionRow, Task as TaskRow, Vote as VoteRow } from "./generated/types";
import { loadBodies } from "./organisation.server";

const moved = (what: string, id: string, version: number) => new Error(`${what} ${id} is not at version ${version} any more.`);

/** A meeting with its agenda in order and its seats, or null. */
export async function loadMeeting(db: Db, communityId: string, id: string): Promise<Meeting | null> {
  const row = await db.selectFrom("Meeting").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  if (!row) return null;
  const items = await db.selectFrom("AgendaItem").selectAll().where("communityId", "=", communityId).where("meetingId", "=", id).orderBy("position").execute();
  const seats = await db.selectFrom("Attendance").selectAll().where("communityId", "=", communityId).where("meetingId", "=", id).orderBy("position").execute();
  return {
    communityId,
    id,
    bodyId: row.bodyId,
    position: row.position,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    place: row.place,
    status: row.status as MeetingStatus,
    calledBy: row.calledBy,
    openedAt: row.openedAt,
    closedAt: row.closedAt,
    closedBy: row.closedBy,
    reason: row.reason,
    terms: JSON.parse(row.terms) as Terms,
    quorum: JSON.parse(row.quorum) as Quorum,
    noticeBy: row.noticeBy,
    urgency: row.urgency,
    floor: JSON.parse(row.floor) as Floor,
    handouts: JSON.parse(row.handouts) as Handout[],
    items: items.map(({ id, issueId, minutes, carried, addedAt, recused, unfinished }) => ({
      id,
      issueId,
      minutes,
      carried,
      addedAt,
      recused: JSON.parse(recused) as string[],
      unfinished: unfinished === 1,
    })),
    seats: seats.map((s) => ({
      personId: s.personId,
      party: s.party as Party,
      role: s.role as Role,
      votes: s.votes === 1,
      reply: s.reply as Reply,
      presence: s.presence as Presence,
      proxyTo: s.proxyTo,
      arrivedAt: s.arrivedAt,
      leftAt: s.leftAt,
    })),
    version: row.version,
  };
}

export async function saveMeeting(tx: Db, next: Meeting, before: Meeting | null): Promise<void> {
  const { communityId, id, items, seats, terms, quorum, floor, handouts, ...plain } = next;
  const row = { ...plain, terms: JSON.stringify(terms), quorum: JSON.stringify(quorum), floor: JSON.stringify(floor), handouts: JSON.stringify(handouts) };
  if (!before)
    await tx
      .insertInto("Meeting")
      .values({ communityId, id, ...row })
      .execute();
  else {
    const [done] = await tx
      .updateTable("Meeting")
      .set(row)
      .where("communityId", "=", communityId)
      .where("id", "=", id)
      .where("version", "=", before.version)
      .execute();
    if (done?.numUpdatedRows !== 1n) throw moved("Meeting", id, before.version);
  }
  if (items !== before?.items) await saveItems(tx, communityId, id, items);
  if (seats !== before?.seats) await saveSeats(tx, communityId, id, seats, before?.seats ?? []);
}

async function saveItems(tx: Db, communityId: string, meetingId: string, items: readonly AgendaItem[]): Promise<void> {
  await tx.deleteFrom("AgendaItem").where("communityId", "=", communityId).where("meetingId", "=", meetingId).execute();
  for (const [position, item] of items.entries())
    await tx
      .insertInto("AgendaItem")
      .values({ communityId, meetingId, position, ...item, recused: JSON.stringify(item.recused), unfinished: Number(item.unfinished) })
      .execute();
}

async function saveSeats(tx: Db, communityId: string, meetingId: string, seats: readonly Seat[], before: readonly Seat[]): Promise<void> {
  for (const [position, seat] of seats.entries()) {
    const { personId, party, role, reply, presence, proxyTo, arrivedAt, leftAt } = seat;
    if (seat === before[position]) continue;
    if (position >= before.length)
      await tx
        .insertInto("Attendance")
        .values({ communityId, meetingId, position, personId, party, role, votes: Number(seat.votes), reply, presence, proxyTo, arrivedAt, leftAt })
        .execute();
    else
      await tx
        .updateTable("Attendance")
        .set({ votes: Number(seat.votes), reply, presence, proxyTo, arrivedAt, leftAt })
        .where("communityId", "=", communityId)
        .where("meetingId", "=", meetingId)
        .where("personId", "=", personId)
        .execute();
  }
}

/** Who came and who left while a meeting sat, each with the item that was deliberated. */
export async function movesOf(db: Db, meeting: Pick<Meeting, "communityId" | "id" | "items">): Promise<Move[]> {
  return movesIn(await eventsSince(db, meeting.communityId, "meeting", meeting.id, 0), meeting.items[0]?.id);
}

/** The code that lies on a meeting's table, for whoever prints it or checks it. */
export async function tableCode(db: Db, communityId: string, meetingId: string): Promise<string | null> {
  const row = await db.selectFrom("TableCode").select("code").where("communityId", "=", communityId).where("meetingId", "=", meetingId).executeTakeFirst();
  return row?.code ?? null;
}

/** The next meeting of a body is its n-th. */
export async function nextPosition(db: Db, communityId: string, bodyId: string): Promise<number> {
  const last = await db
    .selectFrom("Meeting")
    .select("position")
    .where("communityId", "=", communityId)
    .where("bodyId", "=", bodyId)
    .orderBy("position", "desc")
    .limit(1)
    .executeTakeFirst();
  return (last?.position ?? 0) + 1;
}

const runningAgenda = prepared<{ communityId: string; issueId: string }>()((db, p) =>
  db
    .selectFrom("AgendaItem")
    .innerJoin("Meeting", (join) => join.onRef("Meeting.communityId", "=", "AgendaItem.communityId").onRef("Meeting.id", "=", "AgendaItem.meetingId"))
    .innerJoin("Body", (join) => join.onRef("Body.communityId", "=", "Meeting.communityId").onRef("Body.id", "=", "Meeting.bodyId"))
    .innerJoin("Issue", (join) => join.onRef("Issue.communityId", "=", "AgendaItem.communityId").onRef("Issue.id", "=", "AgendaItem.issueId"))
    .select(["AgendaItem.meetingId", "AgendaItem.id as itemId", "Meeting.status", "Meeting.terms"])
    .select(["Body.id as bodyId", "Body.kind", "Issue.holderId", "Issue.visibility"])
    .where("AgendaItem.communityId", "=", p("communityId"))
    .where("AgendaItem.issueId", "=", p("issueId"))
    .where("Meeting.status", "in", ["called", "inSession"]),
);

/** The running meeting whose agenda has this issue and whose body may still take it up, if any: what has gone on to another level is on its agenda no more. */
export async function runningAgendaOf(
  db: Db,
  communityId: string,
  issueId: string,
): Promise<{ meetingId: string; itemId: string; status: MeetingStatus } | null> {
  const row = (await runningAgenda(db, { communityId, issueId })).find(({ bodyId, kind, terms, holderId, visibility }) =>
    isTheirs({ id: bodyId, kind: kind as BodyKind }, JSON.parse(terms) as Terms, { holderId, visibility: visibility as Visibility }),
  );
  return row ? { meetingId: row.meetingId, itemId: row.itemId, status: row.status as MeetingStatus } : null;
}

/** The meetings of a body that are called or sit, the soonest first. */
export async function runningMeetingsOf(db: Db, communityId: string, bodyId: string): Promise<Meeting[]> {
  const rows = await db
    .selectFrom("Meeting")
    .select("id")
    .where("communityId", "=", communityId)
    .where("bodyId", "=", bodyId)
    .where("status", "in", ["called", "inSession"])
    .orderBy("startsAt")
    .execute();
  const all = await Promise.all(rows.map(({ id }) => loadMeeting(db, communityId, id)));
  return all.filter((m) => m !== null);
}

export const decisionOf = (row: Selectable<DecisionRow>): Decision => ({
  ...row,
  method: row.method as Method,
  outcome: row.outcome as DecisionOutcome,
  counts: JSON.parse(row.counts) as Counts,
  overturned: row.overturned === 1,
});

export async function loadDecision(db: Db, communityId: string, id: string): Promise<Decision | null> {
  const row = await db.selectFrom("Decision").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  return row ? decisionOf(row) : null;
}

export async function saveDecision(tx: Db, next: Decision, before: Decision | null): Promise<void> {
  const row = { ...next, counts: JSON.stringify(next.counts), overturned: Number(next.overturned) };
  if (!before) {
    await tx.insertInto("Decision").values(row).execute();
    return;
  }
  const { text, method, counts, ratifiedById, overturned, version } = row;
  const [done] = await tx
    .updateTable("Decision")
    .set({ text, method, counts, ratifiedById, overturned, version })
    .where("communityId", "=", next.communityId)
    .where("id", "=", next.id)
    .where("version", "=", before.version)
    .execute();
  if (done?.numUpdatedRows !== 1n) throw moved("Decision", next.id, before.version);
}

/** Decisions of a meeting or of an issue, in the order they were recorded. */
export async function decisionsOf(db: Db, communityId: string, of: { meetingId: string } | { issueId: string }): Promise<Decision[]> {
  const all = db.selectFrom("Decision").selectAll().where("communityId", "=", communityId).orderBy("recordedAt").orderBy("id");
  const rows = await ("meetingId" in of ? all.where("meetingId", "=", of.meetingId) : all.where("issueId", "=", of.issueId)).execute();
  return rows.map(decisionOf);
}

/** Decisions on an issue that wait for a regular meeting's word. */
export async function provisionalOn(db: Db, communityId: string, issueId: string): Promise<Decision[]> {
  const all = await decisionsOf(db, communityId, { issueId });
  return all.filter((d) => d.ratifyBy !== null && d.ratifiedById === null);
}

/** What these bodies, or on these issues any body, decided in haste, oldest first. */
export async function hastyOf(db: Db, communityId: string, of: { bodyIds: readonly string[] } | { issueIds: readonly string[] }): Promise<Decision[]> {
  const [column, ids] = "bodyIds" in of ? (["bodyId", of.bodyIds] as const) : (["issueId", of.issueIds] as const);
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("Decision")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("ratifyBy", "is not", null)
    .where(column, "in", ids)
    .orderBy("recordedAt")
    .orderBy("id")
    .execute();
  return rows.map(decisionOf);
}

/** Issues on which this body decided something in haste that a regular meeting on `day` could still adopt, and no agenda has. */
export async function waitingOf(db: Db, communityId: string, bodyId: string, day: string): Promise<string[]> {
  const rows = await db
    .selectFrom("Decision")
    .select("issueId")
    .distinct()
    .where("communityId", "=", communityId)
    .where("bodyId", "=", bodyId)
    .where("ratifyBy", ">=", day)
    .where("ratifiedById", "is", null)
    .orderBy("issueId")
    .execute();
  const waiting: string[] = [];
  for (const { issueId } of rows) if ((await runningAgendaOf(db, communityId, issueId)) === null) waiting.push(issueId);
  return waiting;
}

const voteOf = (row: Selectable<VoteRow>): Vote => ({
  ...row,
  method: row.method as VoteMethod,
  share: JSON.parse(row.share) as Share,
  base: row.base as Base,
  status: row.status as VoteStatus,
  ground: row.ground as VoidGround | null,
  ballots: JSON.parse(row.ballots) as Ballot[],
  counts: JSON.parse(row.counts) as Counts,
  turnout: row.turnout === null ? null : (JSON.parse(row.turnout) as Turnout),
});

export async function loadVote(db: Db, communityId: string, id: string): Promise<Vote | null> {
  const row = await db.selectFrom("Vote").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  return row ? voteOf(row) : null;
}

export async function saveVote(tx: Db, next: Vote, before: Vote | null): Promise<void> {
  const row = {
    ...next,
    share: JSON.stringify(next.share),
    ballots: JSON.stringify(next.ballots),
    counts: JSON.stringify(next.counts),
    turnout: next.turnout && JSON.stringify(next.turnout),
  };
  if (!before) {
    await tx.insertInto("Vote").values(row).execute();
    return;
  }
  const { status, ballots, counts, whole, closedAt, ground, reason, version, turnout } = row;
  const [done] = await tx
    .updateTable("Vote")
    .set({ status, ballots, counts, whole, closedAt, ground, reason, version, turnout })
    .where("communityId", "=", next.communityId)
    .where("id", "=", next.id)
    .where("version", "=", before.version)
    .execute();
  if (done?.numUpdatedRows !== 1n) throw moved("Vote", next.id, before.version);
}

/** The votes of a meeting in the order they were opened. */
export async function votesOf(db: Db, communityId: string, meetingId: string): Promise<Vote[]> {
  const rows = await db
    .selectFrom("Vote")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("meetingId", "=", meetingId)
    .orderBy("openedAt")
    .orderBy("id")
    .execute();
  return rows.map(voteOf);
}

/** Issues a body's earlier meetings ended without settling, that are not over and on no running agenda of its own, with how often. */
export async function unfinishedOf(db: Db, communityId: string, bodyId: string): Promise<{ issueId: string; minutes: number; carried: number }[]> {
  const rows = await db
    .selectFrom("AgendaItem")
    .innerJoin("Meeting", (join) => join.onRef("Meeting.communityId", "=", "AgendaItem.communityId").onRef("Meeting.id", "=", "AgendaItem.meetingId"))
    .innerJoin("Issue", (join) => join.onRef("Issue.communityId", "=", "AgendaItem.communityId").onRef("Issue.id", "=", "AgendaItem.issueId"))
    .select(["AgendaItem.issueId", "AgendaItem.minutes", "AgendaItem.carried", "AgendaItem.unfinished", "Meeting.status"])
    .where("AgendaItem.communityId", "=", communityId)
    .where("Meeting.bodyId", "=", bodyId)
    .where("Meeting.status", "!=", "cancelled")
    .where("Issue.status", "in", ["open", "waiting", "doing"])
    .orderBy("AgendaItem.addedAt")
    .orderBy("AgendaItem.position")
    .execute();
  const onRunning = new Set(rows.filter((r) => r.status !== "closed").map((r) => r.issueId));
  // The latest meeting that had it says how it stands.
  const latest = new Map(rows.map((row) => [row.issueId, row]));
  return [...latest.values()]
    .filter((r) => r.unfinished === 1 && !onRunning.has(r.issueId))
    .map(({ issueId, minutes, carried }) => ({ issueId, minutes, carried: carried + 1 }));
}

/** Meetings that are called or sitting at some time between these two, soonest first. */
export async function runningBetween(db: Db, communityId: string, startsAt: string, endsAt: string): Promise<Beside[]> {
  const rows = await db
    .selectFrom("Meeting")
    .select(["id", "bodyId", "position", "startsAt", "endsAt", "place"])
    .where("communityId", "=", communityId)
    .where("status", "in", ["called", "inSession"])
    .where("startsAt", "<", endsAt)
    .where("endsAt", ">", startsAt)
    .orderBy("startsAt")
    .orderBy("id")
    .execute();
  if (rows.length === 0) return [];
  const bodies = await loadBodies(db, communityId);
  return rows.map((row) => {
    const body = bodies.get(row.bodyId);
    return { ...row, body: body ? fullName(body) : "" };
  });
}

const nullable = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T));

export const taskOf = ({ assigneeKind, assigneeId, ...row }: Selectable<TaskRow>): Task => ({
  ...row,
  assignee: { kind: assigneeKind as Assignee["kind"], id: assigneeId },
  status: row.status as TaskStatus,
  supporting: JSON.parse(row.supporting) as Task["supporting"],
  steps: JSON.parse(row.steps) as Task["steps"],
  documents: JSON.parse(row.documents) as Task["documents"],
  insisted: JSON.parse(row.insisted) as Task["insisted"],
  confirmed: JSON.parse(row.confirmed) as Task["confirmed"],
  sentBack: nullable(row.sentBack),
  extension: nullable(row.extension),
  series: nullable(row.series),
});

export async function loadTask(db: Db, communityId: string, id: string): Promise<Task | null> {
  const row = await db.selectFrom("Task").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  return row ? taskOf(row) : null;
}

export async function saveTask(tx: Db, next: Task, before: Task | null): Promise<void> {
  const { assignee, ...rest } = next;
  const text = (value: unknown) => (value === null ? null : JSON.stringify(value));
  const row = {
    ...rest,
    assigneeKind: assignee.kind,
    assigneeId: assignee.id,
    supporting: JSON.stringify(rest.supporting),
    steps: JSON.stringify(rest.steps),
    documents: JSON.stringify(rest.documents),
    insisted: JSON.stringify(rest.insisted),
    confirmed: JSON.stringify(rest.confirmed),
    sentBack: text(rest.sentBack),
    extension: text(rest.extension),
    series: text(rest.series),
  };
  if (!before) {
    await tx.insertInto("Task").values(row).execute();
    return;
  }
  const [done] = await tx
    .updateTable("Task")
    .set(row)
    .where("communityId", "=", next.communityId)
    .where("id", "=", next.id)
    .where("version", "=", before.version)
    .execute();
  if (done?.numUpdatedRows !== 1n) throw moved("Task", next.id, before.version);
}

const tasksOfIssue = prepared<{ communityId: string; issueId: string }>()((db, p) =>
  db.selectFrom("Task").selectAll().where("communityId", "=", p("communityId")).where("issueId", "=", p("issueId")).orderBy("assignedAt").orderBy("id"),
);

/** Tasks under these decisions, oldest first. */
export async function tasksOf(db: Db, communityId: string, of: { issueId: string } | { decisionIds: readonly string[] }): Promise<Task[]> {
  if ("decisionIds" in of && of.decisionIds.length === 0) return [];
  if ("issueId" in of) return (await tasksOfIssue(db, { communityId, issueId: of.issueId })).map(taskOf);
  const all = db.selectFrom("Task").selectAll().where("communityId", "=", communityId).orderBy("assignedAt").orderBy("id");
  return (await all.where("decisionId", "in", of.decisionIds).execute()).map(taskOf);
}
