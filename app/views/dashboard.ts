// Where things stand, on one page: at which level, what is red and why, the rates, who waits how long, where it comes from.
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { loadBodies } from "../data/organisation.server";
import { allReds, type Cut, countOf, countsBy, type RedFact, shareOf, sharesOver } from "../data/rates.server";
import { type Light, light, localDay, nextDay } from "../domain/clock";
import { monthAround, monthBefore, monthsUpTo, type Period, periodOf, quarterAround, spanOf, yearAround } from "../domain/period";
import { type Age, ages, type Measure, measures, type Share } from "../domain/rates";
import type { Step } from "../domain/stairs";
import { type BodyKind, levelKinds } from "../domain/vocabulary";
import { issueRow } from "./issue-rows";
import { ageSpan, cutOf, type FigureRow, figureRows, scopeOf, silentBefore } from "./rates";
import type { Viewer } from "./viewer";

export type LevelProps = {
  kind: BodyKind;
  /** The body's name where there is one; else how many there are. */
  name: string;
  bodies: number;
  mine: boolean;
  running: number;
  red: number;
  closed: number;
  up: number;
  down: number;
};
export type RedProps = FigureRow & { light: Light; steps: Step[]; holder: string; since: string };
export type Dashboard = {
  period: Period;
  today: string;
  /** What was asked for and is no period. */
  unread: string | null;
  /** The days that were typed and are no period: the form keeps them. */
  typed?: { from: string; to: string } | null;
  choices: Period[];
  whole: boolean;
  own: string[];
  running: number;
  answered: number;
  red: number;
  levels: LevelProps[];
  reds: RedProps[];
  rates: Record<Measure, Share>;
  months: { period: Period; response: Share; resolution: Share; satisfaction: Share }[];
  ages: { age: Age; n: number }[];
  heat: { buildings: { id: string; name: string; n: number }[]; period: Period; total: number };
};

/** How many red ones stand on the page; the list has the others. */
const shownReds = 3;

/** Null for whoever has no figures to see. */
export async function dashboard(db: Db, viewer: Viewer, asked: string | null): Promise<Dashboard | null> {
  const { communityId, posts } = viewer.actor;
  const { timeZone } = viewer.community;
  const bodies = await loadBodies(db, communityId);
  const scope = await scopeOf(db, viewer, bodies);
  if (!scope) return null;
  const today = localDay(viewer.now, timeZone);
  const found = asked ? periodOf(asked) : null;
  const period = found ?? quarterAround(today);
  const cut = cutOf(viewer, scope, period);
  const red = await allReds(db, cut, await silentBefore(db, viewer));

  const [held, closed, up, down] = [
    await countsBy(db, { set: "running" }, cut, "kind"),
    await countsBy(db, { set: "closed" }, cut, "kind"),
    await countsBy(db, { set: "up" }, cut, "kind"),
    await countsBy(db, { set: "down" }, cut, "kind"),
  ];
  const mine = new Set(posts.map((p) => bodies.get(p.bodyId)?.kind));
  const standing = [...bodies.values()].filter((b) => b.endedAt === null && (scope.bodies === null || scope.bodies.includes(b.id)));
  const levels = levelKinds.flatMap((kind): LevelProps[] => {
    const of = standing.filter((b) => b.kind === kind);
    const n = held.get(kind) ?? 0;
    if (of.length === 0 && n === 0) return [];
    const name = of.length === 1 ? (of[0]?.name ?? "") : "";
    return [
      {
        kind,
        name,
        bodies: of.length,
        mine: mine.has(kind),
        running: n,
        red: red.filter((r) => bodies.get(r.bodyId)?.kind === kind).length,
        closed: closed.get(kind) ?? 0,
        up: up.get(kind) ?? 0,
        down: down.get(kind) ?? 0,
      },
    ];
  });
  // The highest of one's own levels is where one stands.
  const highest = levels.map((l) => l.mine).lastIndexOf(true);
  for (const [n, level] of levels.entries()) level.mine = n === highest;

  const [last = today] = [period.to, today].sort();
  const months = monthsUpTo(last, 6);
  const spans = months.map((month) => spanOf(month, timeZone));
  const over = async (measure: Measure) => sharesOver(db, measure, cut, spans);
  const [response, resolution, satisfaction] = [await over("response"), await over("resolution"), await over("satisfaction")];
  const none: Share = { hit: 0, of: 0 };
  const rates = {} as Record<Measure, Share>;
  for (const measure of measures) rates[measure] = await shareOf(db, measure, cut);

  return {
    period,
    today,
    unread: asked && !found ? asked.slice(0, 40) : null,
    choices: [
      monthAround(today),
      monthBefore(monthAround(today)),
      quarterAround(today),
      quarterAround(nextDay(quarterAround(today).from, -1)),
      yearAround(today),
    ],
    whole: scope.bodies === null,
    own: (scope.bodies ?? []).map((id) => bodies.get(id)?.name ?? ""),
    running: [...held.values()].reduce((sum, n) => sum + n, 0),
    answered: await countOf(db, { set: "answered" }, cut),
    red: red.length,
    levels,
    reds: await redRows(db, viewer, bodies, red.slice(0, shownReds)),
    rates,
    months: months.map((month, n) => ({
      period: month,
      response: response[n] ?? none,
      resolution: resolution[n] ?? none,
      satisfaction: satisfaction[n] ?? none,
    })),
    ages: await agesOf(db, viewer, cut),
    heat: await heatOf(db, viewer, bodies, cut, today),
  };
}

async function redRows(db: Db, viewer: Viewer, bodies: Awaited<ReturnType<typeof loadBodies>>, facts: readonly RedFact[]): Promise<RedProps[]> {
  const rows = await figureRows(db, viewer, bodies, facts);
  const shown: RedProps[] = [];
  for (const [n, fact] of facts.entries()) {
    const row = rows[n];
    const issue = await loadIssue(db, viewer.actor.communityId, fact.issueId);
    if (!row || !issue) continue;
    const { steps, holder, since } = issueRow(issue, bodies, viewer);
    shown.push({ ...row, light: light(issue.raisedAt, fact.at, viewer.now, viewer.community.timeZone), steps, holder, since });
  }
  return shown;
}

async function agesOf(db: Db, viewer: Viewer, cut: Cut): Promise<Dashboard["ages"]> {
  const counted: Dashboard["ages"] = [];
  for (const { age } of ages) counted.push({ age, n: await countOf(db, { set: "running", ...ageSpan(age, viewer) }, cut) });
  return counted;
}

/** Raised in the last ninety days, by building, in the order of their names. */
async function heatOf(db: Db, viewer: Viewer, bodies: Awaited<ReturnType<typeof loadBodies>>, cut: Cut, today: string): Promise<Dashboard["heat"]> {
  const from = nextDay(today, -89);
  const period: Period = { kind: "days", code: `${from}..${today}`, from, to: today };
  const counts = await countsBy(db, { set: "raised" }, { ...cut, ...spanOf(period, viewer.community.timeZone) }, "buildingId");
  const buildings = [...bodies.values()]
    .filter((b) => b.kind === "building" && b.endedAt === null && (cut.bodies === null || cut.bodies.includes(b.id)))
    .map((b) => ({ id: b.id, name: b.name, n: counts.get(b.id) ?? 0 }))
    .sort((a, b) => a.name.localeCompare(b.name, viewer.community.locale, { numeric: true }));
  return { buildings, period, total: buildings.reduce((sum, b) => sum + b.n, 0) };
}
