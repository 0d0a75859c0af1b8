// A body's own page: its docket, its meetings, its members.
import type { Db } from "../data/dialect.server";
import { loadMeeting } from "../data/meetings.server";
import { loadBodies, loadBody, namesOf, officeHolders } from "../data/organisation.server";
import { bodySubject, channelSubject } from "../data/subjects.server";
import type { Cadence } from "../domain/cadence";
import { localDay } from "../domain/clock";
import { ruleOf } from "../domain/procedure";
import { type BodyKind, deliberates, type Party, type Role } from "../domain/vocabulary";
import { type Coming, comingOf, maySetCadence } from "./calendar";
import { type DocketFilter, docketFilters } from "./filters";
import { type IssueRow, issueRows } from "./issue-rows";
import { fullName, mayDo, type Viewer } from "./viewer";

export type BodyPage = {
  id: string;
  name: string;
  kind: BodyKind;
  deliberates: boolean;
  upper: { id: string; name: string } | null;
  filter: DocketFilter;
  query: string;
  counts: Record<DocketFilter, number>;
  docket: (IssueRow & { planned: boolean })[];
  meetings: { id: string; position: number; startsAt: string; place: string; status: string; items: number }[];
  members: { name: string; party: Party; role: Role; endsOn: string | null }[];
  next: { id: string; position: number; startsAt: string; minutesLeft: number; asksUrgency: boolean } | null;
  cadence: Cadence | null;
  coming: Coming[];
  can: { call: boolean; setCadence: boolean; setRobots: boolean };
};

export async function bodyPage(db: Db, viewer: Viewer, ask: { bodyId: string; filter: DocketFilter; query: string }): Promise<BodyPage | null> {
  const { communityId } = viewer.actor;
  const body = await loadBody(db, communityId, ask.bodyId);
  if (!body || !mayDo(viewer, "body.see", bodySubject(communityId, body.id))) return null;
  const bodies = await loadBodies(db, communityId);
  const held = await db
    .selectFrom("Issue")
    .select("id")
    .where("communityId", "=", communityId)
    .where("holderId", "=", body.id)
    .where("status", "in", ["open", "waiting", "doing"])
    .orderBy("dueAt")
    .limit(300)
    .execute();
  const planned = new Set(
    (
      await db
        .selectFrom("AgendaItem")
        .innerJoin("Meeting", (join) => join.onRef("Meeting.communityId", "=", "AgendaItem.communityId").onRef("Meeting.id", "=", "AgendaItem.meetingId"))
        .select("AgendaItem.issueId")
        .where("AgendaItem.communityId", "=", communityId)
        .where("Meeting.bodyId", "=", body.id)
        .where("Meeting.status", "in", ["called", "inSession"])
        .execute()
    ).map((r) => r.issueId),
  );
  const all = (
    await issueRows(
      db,
      viewer,
      held.map((r) => r.id),
    )
  ).map((row) => ({ ...row, planned: planned.has(row.id) }));
  const tests: Record<DocketFilter, (row: (typeof all)[number]) => boolean> = {
    all: () => true,
    unplanned: (r) => !r.planned,
    hard: (r) => r.track === "hard",
    soon: (r) => r.light.state === "soon",
    late: (r) => r.light.state === "late",
    sentBack: (r) => r.came === "remitted",
  };
  const rank = { late: 0, soon: 1, ok: 2, paused: 3, done: 4 };
  const wanted = ask.query.trim();
  const docket = all
    .filter(tests[ask.filter])
    .filter((r) => wanted === "" || `${r.number} ${r.title} ${r.place} ${r.from}`.includes(wanted))
    .sort((a, b) => rank[a.light.state] - rank[b.light.state] || (a.light.due ?? "9").localeCompare(b.light.due ?? "9"));
  const meetings = await db
    .selectFrom("Meeting")
    .select(["id", "position", "startsAt", "endsAt", "place", "status"])
    .where("communityId", "=", communityId)
    .where("bodyId", "=", body.id)
    .orderBy("startsAt", "desc")
    .limit(20)
    .execute();
  const counts =
    meetings.length > 0
      ? await itemsOf(
          db,
          communityId,
          meetings.map((m) => m.id),
        )
      : new Map<string, { n: number; minutes: number }>();
  const coming = meetings.filter((m) => m.status === "called" && m.startsAt > viewer.now).at(-1);
  const called = coming && (await loadMeeting(db, communityId, coming.id));
  const holders = await officeHolders(db, communityId, body.id, localDay(viewer.now, viewer.community.timeZone));
  const names = await namesOf(
    db,
    communityId,
    holders.map((m) => m.personId),
  );
  const upper = body.escalatesToId ? bodies.get(body.escalatesToId) : undefined;
  return {
    id: body.id,
    name: fullName(body),
    kind: body.kind,
    deliberates: deliberates(body.kind),
    upper: upper ? { id: upper.id, name: fullName(upper) } : null,
    filter: ask.filter,
    query: ask.query,
    counts: Object.fromEntries(docketFilters.map((f) => [f, all.filter(tests[f]).length])) as Record<DocketFilter, number>,
    docket,
    meetings: meetings.map(({ endsAt: _, ...m }) => ({ ...m, items: counts.get(m.id)?.n ?? 0 })),
    members: holders.map((m) => ({ name: names.get(m.personId) ?? "", party: m.party, role: m.role, endsOn: m.endsOn })),
    next: coming
      ? {
          id: coming.id,
          position: coming.position,
          startsAt: coming.startsAt,
          minutesLeft: Math.round((Date.parse(coming.endsAt) - Date.parse(coming.startsAt)) / 60_000) - (counts.get(coming.id)?.minutes ?? 0),
          asksUrgency: called != null && ruleOf(called.terms, "ratify") !== null,
        }
      : null,
    cadence: body.cadence,
    coming: deliberates(body.kind) ? await comingOf(db, viewer, { bodyId: body.id }) : [],
    can: {
      call: deliberates(body.kind) && mayDo(viewer, "meeting.call", bodySubject(communityId, body.id)),
      setCadence: deliberates(body.kind) && (await maySetCadence(db, viewer, body.id)),
      setRobots: mayDo(viewer, "robots.see", await channelSubject(db, body.communityId, { personId: null, bodyId: body.id })),
    },
  };
}

async function itemsOf(db: Db, communityId: string, meetingIds: readonly string[]): Promise<Map<string, { n: number; minutes: number }>> {
  const rows = await db
    .selectFrom("AgendaItem")
    .select(({ fn }) => ["meetingId", fn.countAll<number>().as("n"), fn.sum<number>("minutes").as("minutes")])
    .where("communityId", "=", communityId)
    .where("meetingId", "in", meetingIds)
    .groupBy("meetingId")
    .execute();
  return new Map(rows.map((r) => [r.meetingId, { n: r.n, minutes: r.minutes }]));
}

/** The name of the level above a body, or null at the top. */
export async function upperOf(db: Db, viewer: Viewer, bodyId: string): Promise<string | null> {
  const bodies = await loadBodies(db, viewer.actor.communityId);
  const upper = bodies.get(bodies.get(bodyId)?.escalatesToId ?? "");
  return upper ? fullName(upper) : null;
}
