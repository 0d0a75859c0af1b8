// Whose figures somebody may see, and the list behind every one of them.
import type { Db } from "../data/dialect.server";
import { followUpRule } from "../data/follow-up.server";
import { loadIssue } from "../data/issues.server";
import { loadTask } from "../data/meetings.server";
import { loadBodies, loadCalendar, namesOf } from "../data/organisation.server";
import { type Counted, type Cut, type Fact, factsBehind, factsCounted, putOff, type RedFact } from "../data/rates.server";
import { communitySubject, seesIssue } from "../data/subjects.server";
import type { Body } from "../domain/body";
import { atLocal, localDay, nextDay } from "../domain/clock";
import { askedTooLong } from "../domain/follow-up";
import { type Period, periodOf, spanOf, yearAround } from "../domain/period";
import { type Age, ages, type Measure, measures, type Reason } from "../domain/rates";
import { categories, deliberates, isLevel, levelKinds, type Party } from "../domain/vocabulary";
import { type FigureAsk, type FigureSet, narrowings } from "./filters";
import { fullName, mayDo, type Viewer } from "./viewer";

/** Whose figures: the whole community's (null), or those of the bodies one heads. */
export type Scope = { bodies: readonly string[] | null };
type Bodies = ReadonlyMap<string, Body>;

/** What this person may see figures of, or null: nothing. */
export async function scopeOf(db: Db, viewer: Viewer, bodies?: Bodies): Promise<Scope | null> {
  const { communityId } = viewer.actor;
  const all = bodies ?? (await loadBodies(db, communityId));
  const community = await communitySubject(db, communityId);
  const chaired = [...all.values()].filter((b) => deliberates(b.kind) && b.endedAt === null).map((b) => b.id);
  if (mayDo(viewer, "figures.see.all", { ...community, bodies: { ...community.bodies, body: chaired } })) return { bodies: null };
  const own = [...all.values()].filter((b) => isLevel(b.kind) && mayDo(viewer, "figures.see.body", { communityId, bodies: { body: [b.id] }, people: {} }));
  return own.length > 0 ? { bodies: own.map((b) => b.id) } : null;
}

/** What is counted, for somebody who may see it. */
export function cutOf(viewer: Viewer, scope: Scope, period: Pick<Period, "from" | "to">, more: { category?: string | null } = {}): Cut {
  const { from, until } = spanOf(period, viewer.community.timeZone);
  return { communityId: viewer.actor.communityId, from, until, now: viewer.now, bodies: scope.bodies, category: more.category ?? null };
}

/** Since when a raiser who was asked must have been silent for it to be red: as long as a raiser is asked after an answer. */
export async function silentBefore(db: Db, viewer: Viewer): Promise<string> {
  const rule = await followUpRule(db, viewer.actor.communityId);
  const from = nextDay(localDay(viewer.now, viewer.community.timeZone), -4 * rule.askDays - 60);
  return askedTooLong(viewer.now, rule, await loadCalendar(db, viewer.community, from));
}

/** The bounds of an age as instants: raised from, until. */
export function ageSpan(age: Age, viewer: Viewer): { ageFrom?: string; ageUntil?: string } {
  const { timeZone } = viewer.community;
  const today = localDay(viewer.now, timeZone);
  const n = ages.findIndex((a) => a.age === age);
  const start = (days: number) => atLocal(nextDay(today, -days), "00:00", timeZone);
  const most = ages[n]?.most ?? null;
  const before = n > 0 ? (ages[n - 1]?.most ?? null) : null;
  return { ...(most === null ? {} : { ageFrom: start(most) }), ...(before === null ? {} : { ageUntil: start(before) }) };
}

export type FigureRow = {
  key: string;
  number: string;
  /** Null where the issue is not this reader's to read: it is counted, and no more is said of it. */
  title: string | null;
  body: string;
  party: Party | null;
  at: string;
  hit: boolean;
  /** Why it is red, who owes what, and how often it was put off. */
  red: { reason: Reason; who: string; person: boolean; party: Party | null; task: string; putOff: number } | null;
};
export type FigureList = {
  ask: FigureAsk;
  rows: FigureRow[];
  total: number;
  page: number;
  pages: number;
  /** Null where it is of what stands now. */
  period: Period | null;
  /** Whether it counts the whole community, not bodies. */
  whole: boolean;
  names: Record<string, string>;
};

const pageSize = 50;

/**
 * The list behind a figure: as many rows as the figure says, page by page. Null when this reader has no figures, or asks
 * for another's; `false` when the question itself cannot be read.
 */
export async function figureList(db: Db, viewer: Viewer, ask: FigureAsk, page: number): Promise<FigureList | null | false> {
  const bodies = await loadBodies(db, viewer.actor.communityId);
  const scope = await scopeOf(db, viewer, bodies);
  if (!scope) return null;
  if (ask.body !== undefined && scope.bodies !== null && !scope.bodies.includes(ask.body)) return null;
  const known = {
    level: ask.level === undefined || (levelKinds as readonly string[]).includes(ask.level),
    body: ask.body === undefined || bodies.has(ask.body),
    building: ask.building === undefined || bodies.has(ask.building),
    category: ask.category === undefined || (categories as readonly string[]).includes(ask.category),
    age: ask.age === undefined || ages.some((a) => a.age === ask.age),
  };
  const fits = Object.entries(ask).every(([name, value]) => name === "of" || value === undefined || narrowings[ask.of].some((n) => n === name));
  const period = ask.period === undefined ? yearAround(localDay(viewer.now, viewer.community.timeZone)) : periodOf(ask.period);
  if (!period || !fits || Object.values(known).includes(false)) return false;
  const cut = cutOf(viewer, ask.body === undefined ? scope : { bodies: [ask.body] }, period, { category: ask.category ?? null });
  const at = { limit: pageSize, offset: (page - 1) * pageSize };
  const { facts, total } = await behind(db, viewer, ask, cut, at);
  return {
    ask,
    rows: await figureRows(db, viewer, bodies, facts),
    total,
    page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
    period: narrowings[ask.of].includes("period") ? period : null,
    whole: cut.bodies === null,
    names: Object.fromEntries([ask.body, ask.building].flatMap((id) => (id ? [[id, bodies.get(id)?.name ?? ""]] : []))),
  };
}

const isMeasure = (of: FigureSet): of is Measure => (measures as readonly string[]).includes(of);

async function behind(db: Db, viewer: Viewer, ask: FigureAsk, cut: Cut, page: { limit: number; offset: number }) {
  if (isMeasure(ask.of)) return factsBehind(db, ask.of, cut, ask.side ?? "all", page);
  return factsCounted(db, await countedOf(db, viewer, ask), cut, page);
}

async function countedOf(db: Db, viewer: Viewer, ask: FigureAsk): Promise<Counted> {
  const kinds = ask.level === undefined ? undefined : [ask.level];
  switch (ask.of) {
    case "running":
      return { set: "running", kinds, ...(ask.age ? ageSpan(ask.age as Age, viewer) : {}) };
    case "red":
      return { set: "red", kinds, silentBefore: await silentBefore(db, viewer) };
    case "up":
    case "down":
    case "closed":
      return { set: ask.of, kinds };
    case "lapsed":
    case "merged":
      return { set: ask.of };
    case "raised":
      return { set: "raised", buildingId: ask.building };
    default:
      return { set: "answered" };
  }
}

/** Facts as rows to read: what is not this reader's to see is a number and nothing else. */
export async function figureRows(db: Db, viewer: Viewer, bodies: Bodies, facts: readonly (Fact | RedFact)[]): Promise<FigureRow[]> {
  const { communityId } = viewer.actor;
  const off = await putOff(
    db,
    communityId,
    facts.flatMap((f) => ("reason" in f ? [f.issueId] : [])),
  );
  const rows: FigureRow[] = [];
  for (const fact of facts) {
    const issue = await loadIssue(db, communityId, fact.issueId);
    if (!issue) continue;
    const body = bodies.get(fact.bodyId);
    const seen = await seesIssue(db, viewer.actor, issue);
    rows.push({
      key: `${fact.issueId}-${fact.position ?? ""}-${fact.bodyId}-${fact.at}`,
      number: issue.number,
      title: seen ? issue.title : null,
      body: body ? fullName(body) : "",
      party: body?.party ?? null,
      at: fact.at,
      hit: fact.hit === 1,
      red: "reason" in fact && seen ? await redOf(db, communityId, bodies, fact, off.get(fact.issueId) ?? 0) : null,
    });
  }
  return rows;
}

async function redOf(db: Db, communityId: string, bodies: Bodies, fact: RedFact, times: number): Promise<FigureRow["red"]> {
  const holder = bodies.get(fact.owesId ?? fact.bodyId);
  const plain = { reason: fact.reason, who: holder?.name ?? "", person: false, party: holder?.party ?? null, task: "", putOff: times };
  const task = fact.taskId ? await loadTask(db, communityId, fact.taskId) : null;
  if (!task) return plain;
  const assigned = task.assignee.kind === "body" ? bodies.get(task.assignee.id) : undefined;
  const who = task.assignee.kind === "body" ? (assigned?.name ?? "") : ((await namesOf(db, communityId, [task.assignee.id])).get(task.assignee.id) ?? "");
  return { ...plain, who, person: task.assignee.kind === "person", party: assigned?.party ?? null, task: task.title };
}
