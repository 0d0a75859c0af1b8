// What meets next: meetings already called, and those that a body's cadence plans; and the calendars that show them.
import { calledStarts, feedByToken, feedsOf, type Revision, revisionsOf } from "../data/calendar.server";
import type { Db } from "../data/dialect.server";
import { loadActor, loadBodies, loadBody, loadCalendar, loadCommunity } from "../data/organisation.server";
import { stagesFor } from "../data/procedures.server";
import { tokenHash } from "../data/sessions.server";
import { bodySubject, communitySubject } from "../data/subjects.server";
import { checkNotice } from "../domain/agenda";
import type { Body } from "../domain/body";
import { type Cadence, type CadenceFields, calendarFrom, checkCadence, type Occurrence, occurrences } from "../domain/cadence";
import { type Calendar, localDay, nextDay, wallClock } from "../domain/clock";
import type { MeetingStatus, Reply } from "../domain/meeting";
import { ruleOf, type Terms, termsOf } from "../domain/procedure";
import { accept, type Outcome } from "../domain/refusal";
import { type BodyKind, deliberates } from "../domain/vocabulary";
import { type MeetingPage, meetingPage } from "./meeting-page";
import { fullName, mayDo, type Viewer } from "./viewer";

type Named = { id: string; name: string };
export type Called = {
  kind: "called";
  id: string;
  body: Named;
  position: number;
  startsAt: string;
  place: string;
  status: MeetingStatus;
  reply: Reply | null;
};
export type Planned = {
  kind: "planned";
  body: Named;
  /** The day of the rule; the meeting is on another when that is not worked. */
  on: string;
  movedFrom: string | null;
  /** The holidays of its year are not announced yet: it may still move. */
  unsettled: boolean;
  startsAt: string;
  endsAt: string;
  place: string;
  setAt: string;
  /** The form that calls it, for whoever may while there is still time to give notice. */
  callHref: string | null;
  /** For whoever could call it: how many days of notice it takes, when it is too late for them. */
  tooLate: number | null;
};
export type Coming = Called | Planned;

const shown = 3;

const calendarOf = (db: Db, viewer: Viewer): Promise<Calendar> => loadCalendar(db, viewer.community, calendarFrom(viewer.now, viewer.community.timeZone));

/** The rules bodies of a kind meet under when nobody chooses others. */
async function usualTerms(db: Db, communityId: string, kind: BodyKind): Promise<Pick<Terms, "rules">> {
  const [usual] = await stagesFor(db, communityId, kind);
  return usual ? termsOf(usual.procedure, usual.stage) : { rules: [] };
}

/** How many days of notice a meeting of such a body usually takes. */
export async function noticeDays(db: Db, viewer: Viewer, kind: BodyKind): Promise<number> {
  return ruleOf(await usualTerms(db, viewer.actor.communityId, kind), "notice")?.days ?? 0;
}

/** The next occurrences of these bodies' cadences that no meeting was called for, soonest first, at most `limit` of each body. */
async function plannedOf(db: Db, viewer: Viewer, bodies: readonly Body[], limit: number): Promise<Planned[]> {
  const { communityId } = viewer.actor;
  const meeting = bodies.filter((b): b is Body & { cadence: Cadence } => b.cadence !== null && b.endedAt === null && deliberates(b.kind));
  if (meeting.length === 0) return [];
  const calendar = await calendarOf(db, viewer);
  const called = await calledStarts(
    db,
    communityId,
    meeting.map((b) => b.id),
    `${calendarFrom(viewer.now, calendar.timeZone)}T00:00:00.000Z`,
  );
  const terms = new Map<BodyKind, Pick<Terms, "rules">>();
  for (const { kind } of meeting) if (!terms.has(kind)) terms.set(kind, await usualTerms(db, communityId, kind));
  return meeting
    .flatMap((body) => {
      const usual = terms.get(body.kind) ?? { rules: [] };
      const taken = new Set((called.get(body.id) ?? []).map((at) => localDay(at, calendar.timeZone)));
      const mayCall = mayDo(viewer, "meeting.call", bodySubject(communityId, body.id));
      return occurrences(body.cadence, calendar, viewer.now, limit + taken.size)
        .filter((o) => !taken.has(o.day))
        .slice(0, limit)
        .map((o): Planned => {
          const late = o.startsAt <= viewer.now || checkNotice(o.startsAt, usual, calendar.timeZone, viewer.now) !== null;
          return {
            kind: "planned",
            body: { id: body.id, name: fullName(body) },
            on: o.on,
            movedFrom: o.on === o.day ? null : o.on,
            unsettled: o.unsettled,
            startsAt: o.startsAt,
            endsAt: o.endsAt,
            place: body.cadence.place,
            setAt: body.cadence.setAt,
            callHref: mayCall && !late ? `/bodies/${body.id}/meeting?on=${o.on}` : null,
            tooLate: mayCall && late ? (ruleOf(usual, "notice")?.days ?? 0) : null,
          };
        });
    })
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt));
}

/** Called meetings of these bodies that are not over, and (`mine`) any other this person is invited to, soonest first. */
async function calledOf(db: Db, viewer: Viewer, bodies: ReadonlyMap<string, Body>, of: { bodyIds: readonly string[]; mine: boolean }): Promise<Called[]> {
  const { communityId, personId } = viewer.actor;
  const rows = await db
    .selectFrom("Meeting")
    .leftJoin("Attendance", (join) =>
      join
        .onRef("Attendance.communityId", "=", "Meeting.communityId")
        .onRef("Attendance.meetingId", "=", "Meeting.id")
        .on("Attendance.personId", "=", personId),
    )
    .select(["Meeting.id", "Meeting.bodyId", "Meeting.position", "Meeting.startsAt", "Meeting.place", "Meeting.status", "Attendance.reply"])
    .where("Meeting.communityId", "=", communityId)
    .where((eb) => eb.or([eb("Meeting.status", "=", "inSession"), eb.and([eb("Meeting.status", "=", "called"), eb("Meeting.endsAt", ">", viewer.now)])]))
    .where((eb) => eb.or([eb("Meeting.bodyId", "in", of.bodyIds.length > 0 ? of.bodyIds : [""]), ...(of.mine ? [eb("Attendance.reply", "is not", null)] : [])]))
    .orderBy("Meeting.startsAt")
    .limit(shown)
    .execute();
  return rows.flatMap((r): Called[] => {
    const body = bodies.get(r.bodyId);
    if (!body) return [];
    return [{ ...r, kind: "called", body: { id: body.id, name: fullName(body) }, status: r.status as MeetingStatus, reply: r.reply as Reply | null }];
  });
}

/** The next three meetings of one body, or of all bodies this person holds an office in: called or only planned. */
export async function comingOf(db: Db, viewer: Viewer, of: { bodyId: string } | { mine: true }): Promise<Coming[]> {
  const bodies = await loadBodies(db, viewer.actor.communityId);
  const mine = "mine" in of;
  const bodyIds = mine ? [...new Set(viewer.actor.posts.map((p) => p.bodyId))] : [of.bodyId];
  const called = await calledOf(db, viewer, bodies, { bodyIds, mine });
  const planned = await plannedOf(
    db,
    viewer,
    bodyIds.flatMap((id) => bodies.get(id) ?? []),
    shown,
  );
  return [...called, ...planned].sort((a, b) => a.startsAt.localeCompare(b.startsAt)).slice(0, shown);
}

/** The next three planned meetings in the community. */
export async function plannedInCommunity(db: Db, viewer: Viewer): Promise<Planned[]> {
  const bodies = await loadBodies(db, viewer.actor.communityId);
  return (await plannedOf(db, viewer, [...bodies.values()], shown)).slice(0, shown);
}

export type Proposal = { day: string; from: string; until: string; place: string };

/** Time and place to put into the form that calls a meeting: the planned one of day `on`, else the next one there is still time to call. */
export async function proposedTimes(db: Db, viewer: Viewer, bodyId: string, on: string | null): Promise<Proposal | null> {
  const body = await loadBody(db, viewer.actor.communityId, bodyId);
  const planned = body ? await plannedOf(db, viewer, [body], 60) : [];
  const chosen = planned.find((p) => p.on === on) ?? planned.find((p) => p.callHref !== null);
  if (!chosen) return null;
  const [starts, ends] = [chosen.startsAt, chosen.endsAt].map((at) => wallClock(at, viewer.community.timeZone)) as [string, string];
  return { day: starts.slice(0, 10), from: starts.slice(11, 16), until: ends.slice(11, 16), place: chosen.place };
}

export type CadencePage = { body: Named & { version: number }; cadence: Cadence | null; next: Occurrence[]; today: string; may: boolean };

/** When a body meets, for the page that sets it; `next` are the dates it gives. */
export async function cadencePage(db: Db, viewer: Viewer, { bodyId }: { bodyId: string }): Promise<CadencePage | null> {
  const { communityId } = viewer.actor;
  const body = await loadBody(db, communityId, bodyId);
  if (!body || body.endedAt || !deliberates(body.kind) || !mayDo(viewer, "body.see", bodySubject(communityId, body.id))) return null;
  return {
    body: { id: body.id, name: fullName(body), version: body.version },
    cadence: body.cadence,
    next: body.cadence ? occurrences(body.cadence, await calendarOf(db, viewer), viewer.now, shown) : [],
    today: localDay(viewer.now, viewer.community.timeZone),
    may: await maySetCadence(db, viewer, body.id),
  };
}

export async function maySetCadence(db: Db, viewer: Viewer, bodyId: string): Promise<boolean> {
  const { communityId } = viewer.actor;
  const { bodies } = await communitySubject(db, communityId);
  return mayDo(viewer, "body.setCadence", { communityId, bodies: { ...bodies, body: [bodyId] }, people: {} });
}

/** The next three dates that fields as yet unsaved would give, or why they would be refused. */
export async function previewCadence(db: Db, viewer: Viewer, fields: CadenceFields): Promise<Outcome<Occurrence[]>> {
  const calendar = await calendarOf(db, viewer);
  const checked = checkCadence(fields, calendar, viewer.now);
  return checked.ok ? accept(occurrences(checked.value, calendar, viewer.now, shown)) : checked;
}

export type FeedLine = { body: Named | null; feed: { id: string; openedAt: string } | null };

/** Calendars this person may have an address for: their own meetings, and each body they sit in that deliberates. */
export async function feedsPage(db: Db, viewer: Viewer): Promise<FeedLine[]> {
  const { communityId, personId, posts } = viewer.actor;
  const bodies = await loadBodies(db, communityId);
  const feeds = await feedsOf(db, communityId, personId);
  const ids = [...new Set([...posts.map((p) => p.bodyId), ...feeds.flatMap((f) => f.bodyId ?? [])])];
  const line = (bodyId: string | null, body: Named | null): FeedLine => {
    const feed = feeds.find((f) => f.bodyId === bodyId);
    return { body, feed: feed ? { id: feed.id, openedAt: feed.openedAt } : null };
  };
  const sitting = ids.flatMap((id) => bodies.get(id) ?? []).filter((b) => deliberates(b.kind) && b.endedAt === null);
  return [line(null, null), ...sitting.map((b) => line(b.id, { id: b.id, name: fullName(b) }))];
}

export type MeetingEntry = { meeting: MeetingPage; revision: Revision };
export type FeedContent = { viewer: Viewer; body: Named | null; meetings: MeetingEntry[]; planned: Planned[] };

const kept = { days: 90, meetings: 60, planned: 12 };

/**
 * What an address shows now, with the eyes of the person it belongs to. Null, and so not there: an unknown or revoked token,
 * somebody who holds no office any more, a body they may not see or that has ended.
 */
export async function feedContent(db: Db, token: string, now: string): Promise<FeedContent | null> {
  const feed = /^[\w-]{27}$/.test(token) ? await feedByToken(db, tokenHash(token)) : null;
  const actor = feed && (await loadActor(db, feed.communityId, feed.personId, now));
  const community = feed && (await loadCommunity(db, feed.communityId));
  if (!feed || !actor || !community || actor.posts.length === 0) return null;
  const viewer: Viewer = { actor, community, now };
  const body = feed.bodyId === null ? null : await loadBody(db, feed.communityId, feed.bodyId);
  if (feed.bodyId !== null && (!body || body.endedAt || !mayDo(viewer, "body.see", bodySubject(body.communityId, body.id)))) return null;
  const since = nextDay(localDay(now, community.timeZone), -kept.days);
  const of = db
    .selectFrom("Meeting")
    .select("Meeting.id")
    .where("Meeting.communityId", "=", feed.communityId)
    .where("Meeting.startsAt", ">=", since)
    .orderBy("Meeting.startsAt", "desc")
    .limit(kept.meetings);
  const rows = body
    ? await of.where("Meeting.bodyId", "=", body.id).execute()
    : await of
        .innerJoin("Attendance", (join) => join.onRef("Attendance.communityId", "=", "Meeting.communityId").onRef("Attendance.meetingId", "=", "Meeting.id"))
        .where("Attendance.personId", "=", feed.personId)
        .execute();
  const meetings: MeetingEntry[] = [];
  for (const { id } of rows) {
    const entry = await meetingEntry(db, viewer, id);
    if (entry) meetings.push(entry);
  }
  return {
    viewer,
    body: body ? { id: body.id, name: fullName(body) } : null,
    meetings,
    planned: body ? await plannedOf(db, viewer, [body], kept.planned) : [],
  };
}

/** One meeting as this person may see it, with how often its notice was revised. */
export async function meetingEntry(db: Db, viewer: Viewer, meetingId: string): Promise<MeetingEntry | null> {
  const meeting = await meetingPage(db, viewer, { meetingId });
  const revision = meeting && (await revisionsOf(db, viewer.actor.communityId, [meetingId])).get(meetingId);
  return meeting && revision ? { meeting, revision } : null;
}
