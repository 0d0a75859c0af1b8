// A community's clocks at rest, what they ordered and asked to be acknowledged, and what is due.
import { sql } from "kysely";
import type { Acknowledgement, Cause } from "../domain/acknowledgement";
import { type ClockLimits, type ClockRule, dueAfter, localDay, standardLimits } from "../domain/clock";
import type { HouseClocks } from "../domain/house-clocks";
import { current, type Issue } from "../domain/issue";
import type { Meeting } from "../domain/meeting";
import type { Order, OrderBound } from "../domain/order";
import { type Hold, heldBack } from "../domain/overdue";
import { eventAt, type Recorded } from "./audit.server";
import { runningCourseOf } from "./courses.server";
import { type Db, prepared, rows } from "./dialect.server";
import type { Acknowledgement as AcknowledgementRow } from "./generated/types";
import { loadMeeting, runningAgendaOf } from "./meetings.server";
import { type Community, loadCalendar } from "./organisation.server";
import { openWorkOf } from "./projects.server";

const limitsOf = prepared<{ communityId: string }>()((db, p) => db.selectFrom("ClockLimits").selectAll().where("communityId", "=", p("communityId")));

/** The community's limits, or the standard ones. */
export async function loadLimits(db: Db, communityId: string): Promise<ClockLimits> {
  const [row] = await limitsOf(db, { communityId });
  if (!row) return standardLimits;
  const { communityId: _, ...limits } = row;
  return limits;
}

export async function loadHouse(db: Db, communityId: string): Promise<HouseClocks | null> {
  const community = await db.selectFrom("Community").select("version").where("id", "=", communityId).executeTakeFirst();
  if (!community) return null;
  const rules = await db
    .selectFrom("ClockRule")
    .select(["bodyKind", "track", "category", "respondAmount", "respondUnit", "settleAmount", "settleUnit"])
    .where("communityId", "=", communityId)
    .orderBy("bodyKind")
    .orderBy("track")
    .orderBy("category")
    .execute();
  const days = await db.selectFrom("CalendarDay").select(["day", "working"]).where("communityId", "=", communityId).orderBy("day").execute();
  return {
    communityId,
    id: communityId,
    rules: rules as ClockRule[],
    limits: await loadLimits(db, communityId),
    days: Object.fromEntries(days.map((d) => [d.day, d.working === 1])),
    version: community.version,
  };
}

export async function saveHouse(tx: Db, next: HouseClocks, before: HouseClocks | null): Promise<void> {
  const { communityId } = next;
  if (!before) throw new Error("A community is founded by foundCommunity, not by perform.");
  await tx.updateTable("Community").set({ version: next.version }).where("id", "=", communityId).where("version", "=", before.version).execute();
  if (next.rules !== before.rules) {
    await tx.deleteFrom("ClockRule").where("communityId", "=", communityId).execute();
    for (const rule of next.rules)
      await tx
        .insertInto("ClockRule")
        .values({ communityId, ...rule })
        .execute();
  }
  if (next.limits !== before.limits) {
    await tx.deleteFrom("ClockLimits").where("communityId", "=", communityId).execute();
    await tx
      .insertInto("ClockLimits")
      .values({ communityId, ...next.limits })
      .execute();
  }
  if (next.days === before.days) return;
  for (const day of Object.keys(before.days))
    if (!(day in next.days)) await tx.deleteFrom("CalendarDay").where("communityId", "=", communityId).where("day", "=", day).execute();
  for (const [day, working] of Object.entries(next.days)) {
    if (before.days[day] === working) continue;
    await tx.deleteFrom("CalendarDay").where("communityId", "=", communityId).where("day", "=", day).execute();
    await tx
      .insertInto("CalendarDay")
      .values({ communityId, day, working: Number(working) })
      .execute();
  }
}

export async function loadOrder(db: Db, communityId: string, id: string): Promise<Order | null> {
  return (await db.selectFrom("SupervisionOrder").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst()) ?? null;
}

const orderRows = rows("SupervisionOrder");

export async function saveOrder(tx: Db, next: Order, before: Order | null): Promise<void> {
  const { answer, answeredBy, answeredAt, withdrawnFor, withdrawnBy, withdrawnAt, version } = next;
  await orderRows.save(tx, next, before, { answer, answeredBy, answeredAt, withdrawnFor, withdrawnBy, withdrawnAt, version });
}

/** Orders about an issue, oldest first. */
export function ordersOf(db: Db, communityId: string, issueId: string): Promise<Order[]> {
  return db
    .selectFrom("SupervisionOrder")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("issueId", "=", issueId)
    .orderBy("orderedAt")
    .orderBy("id")
    .execute();
}

/** Until when an answer may be ordered at `now`. */
export async function orderBound(db: Db, community: Community, now: string): Promise<OrderBound> {
  const { orderDays: days } = await loadLimits(db, community.id);
  const dueAt = dueAfter(now, days, "workingDays", await loadCalendar(db, community, localDay(now, community.timeZone)));
  return { dueOn: localDay(dueAt, community.timeZone), dueAt, days };
}

/** Orders without an answer that these bodies owe, or that this person gave. The first due first, at most 100. */
export function openOrders(db: Db, communityId: string, of: { bodyIds: readonly string[]; personId: string }): Promise<Order[]> {
  return db
    .selectFrom("SupervisionOrder")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("answeredAt", "is", null)
    .where("withdrawnAt", "is", null)
    .where((eb) => eb.or([eb("bodyId", "in", of.bodyIds.length > 0 ? [...of.bodyIds] : [""]), eb("orderedBy", "=", of.personId)]))
    .orderBy("dueAt")
    .limit(100)
    .execute();
}

const acknowledgementOf = (row: AcknowledgementRow): Acknowledgement => ({ ...row, cause: row.cause as Cause });

export async function loadAcknowledgement(db: Db, communityId: string, id: string): Promise<Acknowledgement | null> {
  const row = await db.selectFrom("Acknowledgement").selectAll().where("communityId", "=", communityId).where("id", "=", id).executeTakeFirst();
  return row ? acknowledgementOf(row) : null;
}

const acknowledgementRows = rows("Acknowledgement");

export const saveAcknowledgement = (tx: Db, next: Acknowledgement, before: Acknowledgement | null): Promise<void> => acknowledgementRows.save(tx, next, before);

const ofIssue = prepared<{ communityId: string; issueId: string }>()((db, p) =>
  db
    .selectFrom("Acknowledgement")
    .selectAll()
    .where("communityId", "=", p("communityId"))
    .where("issueId", "=", p("issueId"))
    .orderBy("causeSeq")
    .orderBy("id"),
);

/** What levels were asked to acknowledge about an issue, in the order it happened. */
export const acknowledgementsOf = async (db: Db, communityId: string, issueId: string): Promise<Acknowledgement[]> =>
  (await ofIssue(db, { communityId, issueId })).map(acknowledgementOf);

/** The answer of an issue that is to be acknowledged here, passed on from level to level or not; null when it is about something else. */
export async function answerBehind(
  db: Db,
  { communityId, cause, causeSeq }: Pick<Acknowledgement, "communityId" | "cause" | "causeSeq">,
): Promise<Recorded | null> {
  if (cause !== "answer" && cause !== "passedOn") return null;
  const recorded = await eventAt(db, communityId, causeSeq);
  if (recorded?.event.type === "issue.answered") return recorded;
  const above = recorded?.event.type === "acknowledgement.given" ? await loadAcknowledgement(db, communityId, recorded.event.id) : null;
  return above && answerBehind(db, above);
}

/** What these bodies have still to acknowledge, the first due first, at most 100. */
export async function openAcknowledgements(db: Db, communityId: string, bodyIds: readonly string[]): Promise<Acknowledgement[]> {
  if (bodyIds.length === 0) return [];
  const owed = await db
    .selectFrom("Acknowledgement")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("givenAt", "is", null)
    .where("withdrawnAt", "is", null)
    .where("bodyId", "in", [...bodyIds])
    .orderBy("dueAt")
    .limit(100)
    .execute();
  return owed.map(acknowledgementOf);
}

export type Overdue = { issueId: string; settleBy: string };

/**
 * Issues whose level let its deadline pass by `now`, the longest overdue first. Those on a course or with work under way are
 * left out, so that they take no place in a round: what `heldBack` and `openWork` say, said again in SQL and held to it by a test.
 * Whether a meeting keeps one is asked one by one (`holdOf`).
 */
const overdue = (db: Db, communityId: string, now: string) =>
  db
    .selectFrom("Stay")
    .innerJoin("Issue", (join) => join.onRef("Issue.communityId", "=", "Stay.communityId").onRef("Issue.id", "=", "Stay.issueId"))
    .select(["Stay.issueId", "Stay.settleBy"])
    .where("Stay.communityId", "=", communityId)
    .where("Stay.endedAt", "is", null)
    .where("Stay.settleBy", "<", now)
    .where("Issue.status", "in", ["open", "doing"])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("Course")
            .select("Course.id")
            .whereRef("Course.communityId", "=", "Stay.communityId")
            .whereRef("Course.issueId", "=", "Stay.issueId")
            .where("Course.status", "=", "running"),
        ),
      ),
    )
    .where(({ or, and, eb, not, exists, selectFrom }) =>
      or([
        eb("Issue.status", "=", "open"),
        and([
          not(
            exists(
              selectFrom("Task")
                .select("Task.id")
                .whereRef("Task.communityId", "=", "Stay.communityId")
                .whereRef("Task.issueId", "=", "Stay.issueId")
                .where("Task.status", "!=", "verified")
                .where((task) => task.or([task("Task.series", "is", null), task("Task.reopened", ">", 0), task(sql`"Task"."series" ->> '$.no'`, "=", 1)])),
            ),
          ),
          not(
            exists(
              selectFrom("Project")
                .select("Project.id")
                .whereRef("Project.communityId", "=", "Stay.communityId")
                .whereRef("Project.issueId", "=", "Stay.issueId")
                .where("Project.status", "in", ["running", "finished"]),
            ),
          ),
        ]),
      ]),
    )
    .orderBy("Stay.settleBy")
    .orderBy("Stay.issueId");

/** Those that have a level above, after `after` in their order. */
export function overdueIssues(db: Db, communityId: string, now: string, after: Overdue, limit: number): Promise<Overdue[]> {
  return overdue(db, communityId, now)
    .innerJoin("Body", (join) => join.onRef("Body.communityId", "=", "Stay.communityId").onRef("Body.id", "=", "Stay.bodyId"))
    .where("Body.escalatesToId", "is not", null)
    .where((eb) =>
      eb.or([eb("Stay.settleBy", ">", after.settleBy), eb.and([eb("Stay.settleBy", "=", after.settleBy), eb("Stay.issueId", ">", after.issueId)])]),
    )
    .limit(limit)
    .execute();
}

/** Those that these bodies hold. */
export const overdueAt = (db: Db, communityId: string, now: string, bodyIds: readonly string[], limit: number): Promise<Overdue[]> =>
  overdue(db, communityId, now)
    .where("Stay.bodyId", "in", [...bodyIds])
    .limit(limit)
    .execute();

/**
 * When the level that holds an issue last decided on it (adopted or rejected); and when its last meeting that had it on its
 * agenda by the deadline was closed without settling it. Null where there is none since the issue came here.
 */
async function lastMeetingsOn(db: Db, issue: Issue): Promise<{ decidedAt: string | null; leftAt: string | null }> {
  const { bodyId, receivedAt, settleBy } = current(issue);
  const decided = await db
    .selectFrom("Decision")
    .select((eb) => eb.fn.max("recordedAt").as("at"))
    .where("communityId", "=", issue.communityId)
    .where("issueId", "=", issue.id)
    .where("bodyId", "=", bodyId)
    .where("outcome", "in", ["adopted", "rejected"])
    .where("recordedAt", ">=", receivedAt)
    .executeTakeFirst();
  const last = await db
    .selectFrom("AgendaItem")
    .innerJoin("Meeting", (join) => join.onRef("Meeting.communityId", "=", "AgendaItem.communityId").onRef("Meeting.id", "=", "AgendaItem.meetingId"))
    .select(["AgendaItem.unfinished", "AgendaItem.addedAt", "Meeting.closedAt"])
    .where("AgendaItem.communityId", "=", issue.communityId)
    .where("AgendaItem.issueId", "=", issue.id)
    .where("Meeting.bodyId", "=", bodyId)
    .where("Meeting.status", "=", "closed")
    .where("Meeting.closedAt", ">=", receivedAt)
    .orderBy("Meeting.closedAt", "desc")
    .limit(1)
    .executeTakeFirst();
  const left = last !== undefined && last.unfinished === 1 && last.addedAt <= settleBy;
  return { decidedAt: decided?.at ?? null, leftAt: left ? last.closedAt : null };
}

/** What keeps an overdue issue where it is, and the meeting that has it on its agenda. */
export async function holdOf(db: Db, community: Community, issue: Issue, now: string): Promise<{ hold: Hold | null; meeting: Meeting | null }> {
  const { id: communityId } = community;
  const { settleBy } = current(issue);
  const agenda = await runningAgendaOf(db, communityId, issue.id);
  const meeting = agenda && (await loadMeeting(db, communityId, agenda.meetingId));
  const { decidedAt, leftAt } = await lastMeetingsOn(db, issue);
  const earliest = [settleBy, decidedAt, leftAt].filter((at) => at !== null).sort()[0] ?? settleBy;
  const calendar = await loadCalendar(db, community, localDay(earliest, community.timeZone));
  const days = (await loadLimits(db, communityId)).meetingDays;
  const until = (at: string | null) => at && dueAfter(at, Math.max(1, days), "workingDays", calendar);
  const hold = heldBack(issue, {
    // Only what is at work waits for it, and ten thousand may be asked at once.
    openWork: issue.phase.status === "doing" ? await openWorkOf(db, communityId, issue.id) : 0,
    onCourse: (await runningCourseOf(db, communityId, issue.id)) !== null,
    agenda: meeting && { ...meeting, addedAt: meeting.items.find((i) => i.issueId === issue.id)?.addedAt ?? "" },
    latest: dueAfter(settleBy, days, "workingDays", calendar),
    now,
    decidedUntil: until(decidedAt),
    leftUntil: until(leftAt),
  });
  return { hold, meeting };
}

const cursorName = "clock.answers";

/** Up to which event of its log a community's levels were asked to acknowledge. */
export async function answersCursor(db: Db, communityId: string): Promise<number> {
  const row = await db.selectFrom("Counter").select("value").where("communityId", "=", communityId).where("name", "=", cursorName).executeTakeFirst();
  return row?.value ?? 0;
}

export async function moveAnswersCursor(tx: Db, communityId: string, value: number): Promise<void> {
  await tx
    .insertInto("Counter")
    .values({ communityId, name: cursorName, value })
    .onConflict((same) => same.columns(["communityId", "name"]).doUpdateSet({ value }))
    .execute();
}

/** What makes an answer stand no more. */
const refusals = ["issue.reopened", "issue.appealed"] as const;

/** Events after `after` that a level below may have to acknowledge, or not any more, oldest first; and how far the log was looked at. */
export async function answersAfter(
  db: Db,
  communityId: string,
  after: number,
  limit: number,
): Promise<{ found: { seq: number; refused: boolean }[]; upTo: number }> {
  const last = await db
    .selectFrom("AuditEvent")
    .select("seq")
    .where("communityId", "=", communityId)
    .where("seq", ">", after)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!last) return { found: [], upTo: after };
  const rows = await db
    .selectFrom("AuditEvent")
    .select(["seq", "type"])
    .where("communityId", "=", communityId)
    .where("seq", ">", after)
    .where("type", "in", ["issue.answered", "issue.escalated", "decision.recorded", "acknowledgement.given", ...refusals])
    .orderBy("seq")
    .limit(limit)
    .execute();
  const found = rows.map(({ seq, type }) => ({ seq, refused: (refusals as readonly string[]).includes(type) }));
  return { found, upTo: found.length === limit ? (found.at(-1)?.seq ?? after) : last.seq };
}
