// A month's report: what the figures of a month say, for those who may see them, without anybody's name.
import type { Db } from "../data/dialect.server";
import { loadBodies } from "../data/organisation.server";
import { type Counted, type Cut, countOf, countsBy, factsCounted, ranAt, shareOf, sharesBy, whysIn } from "../data/rates.server";
import { localDay } from "../domain/clock";
import { monthAround, monthBefore, type Period, periodOf } from "../domain/period";
import { fourRates, type Measure, measures, type Share } from "../domain/rates";
import { categories, isLevel, levelKinds } from "../domain/vocabulary";
import { maskName, maskNames } from "../papers/mask";
import type { Report, ReportLine } from "../papers/report-paper";
import { cutOf, type FigureRow, figureRows, scopeOf, silentBefore } from "./rates";
import { fullName, type Viewer } from "./viewer";

/** How many red ones a report names; the others are counted. */
const mostReds = 60;

const none: Share = { hit: 0, of: 0 };

/** The months there may be reports of, the latest first: a year of them, none before the community began. */
export function monthsToReport(viewer: Viewer): Period[] {
  const { createdAt, timeZone } = viewer.community;
  const first = monthAround(localDay(createdAt, timeZone)).code;
  const months: Period[] = [];
  for (let month = monthAround(localDay(viewer.now, timeZone)); months.length < 12 && month.code >= first; month = monthBefore(month)) months.push(month);
  return months;
}

/** Null for whoever has no figures, another's body, or a month that is none or still to come. */
export async function reportOf(db: Db, viewer: Viewer, code: string, bodyId: string | null): Promise<Report | null> {
  const { community, now } = viewer;
  const today = localDay(now, community.timeZone);
  const period = periodOf(code);
  const all = await loadBodies(db, community.id);
  const scope = await scopeOf(db, viewer, all);
  if (!scope || period?.kind !== "month" || period.from > today) return null;
  const chosen = bodyId === null ? null : all.get(bodyId);
  if (chosen === undefined || (bodyId !== null && scope.bodies !== null && !scope.bodies.includes(bodyId))) return null;
  const bodies = chosen ? [chosen.id] : scope.bodies;
  const cut = cutOf(viewer, { bodies }, period);
  const red = { set: "red", silentBefore: await silentBefore(db, viewer) } as const;

  const rates = {} as Record<Measure, Share>;
  for (const measure of measures) rates[measure] = await shareOf(db, measure, cut);
  const byBody = await linesBy(db, cut, red, "bodyId");
  const byCategory = await linesBy(db, cut, red, "category");
  const byLevel = await countsOf(db, cut, red, "kind");
  const standing = [...all.values()].filter((b) => isLevel(b.kind) && (bodies === null || bodies.includes(b.id)));
  const { facts, total } = await factsCounted(db, red, cut, { limit: mostReds, offset: 0 });
  const whys = await whysIn(db, cut);
  return {
    community: community.name,
    timeZone: community.timeZone,
    period,
    madeAt: now,
    only: (bodies ?? []).flatMap((id) => all.get(id) ?? []).map(fullName),
    counts: {
      before: await ranAt(db, cut, cut.from),
      raised: await countOf(db, { set: "raised" }, cut),
      closed: await countOf(db, { set: "closed" }, cut),
      lapsed: await countOf(db, { set: "lapsed" }, cut),
      merged: await countOf(db, { set: "merged" }, cut),
      after: await ranAt(db, cut, period.to < today ? cut.until : now),
      answered: await countOf(db, { set: "answered" }, cut),
    },
    rates,
    levels: levelKinds.flatMap((kind) => (standing.some((b) => b.kind === kind) ? [{ kind, ...byLevel(kind) }] : [])),
    bodies: standing
      .map((b) => ({ id: b.id, name: fullName(b), kind: levelKinds.indexOf(b.kind as (typeof levelKinds)[number]), ...byBody(b.id) }))
      .filter(didAnything)
      .sort((a, b) => b.kind - a.kind || a.name.localeCompare(b.name, community.locale, { numeric: true })),
    categories: categories.map((category) => ({ category, ...byCategory(category) })).filter(didAnything),
    whys: [...whys].map(([why, n]) => ({ why, n })).sort((a, b) => b.n - a.n),
    reds: await withoutNames(db, viewer, await figureRows(db, viewer, all, facts)),
    moreReds: Math.max(0, total - mostReds),
  };
}

const didAnything = (line: ReportLine): boolean =>
  line.raised + line.closed + line.up + line.down + line.running + fourRates.reduce((sum, measure) => sum + line[measure].of, 0) > 0;

async function countsOf(db: Db, cut: Cut, red: Counted, by: "kind" | "bodyId" | "category") {
  const sets = {
    running: await countsBy(db, { set: "running" }, cut, by),
    red: await countsBy(db, red, cut, by),
    closed: await countsBy(db, { set: "closed" }, cut, by),
    up: await countsBy(db, { set: "up" }, cut, by),
    down: await countsBy(db, { set: "down" }, cut, by),
    raised: await countsBy(db, { set: "raised" }, cut, by),
  };
  return (key: string) => ({
    running: sets.running.get(key) ?? 0,
    red: sets.red.get(key) ?? 0,
    closed: sets.closed.get(key) ?? 0,
    up: sets.up.get(key) ?? 0,
    down: sets.down.get(key) ?? 0,
    raised: sets.raised.get(key) ?? 0,
  });
}

async function linesBy(db: Db, cut: Cut, red: Counted, by: "bodyId" | "category"): Promise<(key: string) => ReportLine> {
  const counts = await countsOf(db, cut, red, by);
  const shares = new Map<string, Map<string, Share>>();
  for (const measure of fourRates) shares.set(measure, await sharesBy(db, measure, cut, by === "bodyId" ? "body" : "category"));
  const share = (measure: string, key: string) => shares.get(measure)?.get(key) ?? none;
  return (key) => ({
    ...counts(key),
    response: share("response", key),
    resolution: share("resolution", key),
    satisfaction: share("satisfaction", key),
    settled: share("settled", key),
  });
}

/** What a report says of the red ones: names, numbers and dwellings masked; what this reader may not read is left to its number. */
async function withoutNames(db: Db, viewer: Viewer, rows: readonly FigureRow[]): Promise<Report["reds"]> {
  const people = await db.selectFrom("Person").select("name").where("communityId", "=", viewer.actor.communityId).execute();
  const mask = maskNames(people.map((p) => p.name));
  const one = (text: string): string => mask([text])[0] ?? "";
  return rows.map((row) => ({
    number: row.number,
    body: row.body,
    seen:
      row.title !== null && row.red
        ? {
            title: one(row.title),
            reason: row.red.reason,
            who: row.red.person ? maskName(row.red.who) : row.red.who,
            task: one(row.red.task),
            putOff: row.red.putOff,
          }
        : null,
  }));
}

/** The bodies somebody may ask a report of. */
export async function bodiesToReport(db: Db, viewer: Viewer): Promise<{ id: string; name: string }[]> {
  const all = await loadBodies(db, viewer.actor.communityId);
  const scope = await scopeOf(db, viewer, all);
  if (!scope) return [];
  return [...all.values()]
    .filter((b) => isLevel(b.kind) && b.endedAt === null && (scope.bodies === null || scope.bodies.includes(b.id)))
    .map((b) => ({ id: b.id, name: fullName(b) }))
    .sort((a, b) => a.name.localeCompare(b.name, viewer.community.locale, { numeric: true }));
}
