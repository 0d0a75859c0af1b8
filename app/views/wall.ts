// The wall chart: projects with their milestones, and tasks, on one timeline, plan against actual.
import type { Db } from "../data/dialect.server";
import { loadBodies, namesOf } from "../data/organisation.server";
import type { ProjectLine } from "../data/projects.server";
import { type ChartedTask, chartedTasks, type TaskOnWall } from "../data/wall.server";
import { type Body, fullName } from "../domain/body";
import { doneLight, localDay, pausedLight } from "../domain/clock";
import { can } from "../domain/permission";
import { dayLight, dayNumber, localDays, pace, plannedShare, type Span, whole } from "../domain/schedule";
import { progressOf, type Task } from "../domain/task";
import { milestoneState, type OwnerProps, ownerOf, projectState, type State } from "./project-page";
import { byBodies, isBehind, seenProjects } from "./projects";
import type { Viewer } from "./viewer";

export const ranges = ["quarter", "half", "year"] as const;
export type Range = (typeof ranges)[number];
const months: Record<Range, { length: number; before: number }> = {
  quarter: { length: 3, before: 1 },
  half: { length: 6, before: 1 },
  year: { length: 12, before: 3 },
};

/** Where something lies on the timeline, in hundredths of a percent of it: from its left edge, and how wide. */
export type Place = { x: number; w: number };
export type WallRow = Span & {
  kind: "project" | "milestone" | "task";
  id: string;
  href: string;
  name: string;
  owner: OwnerProps;
  /** Hundredths of a percent. */
  share: number;
  state: State;
  money: { budget: number; spent: number } | null;
  /** For a task of no project: the issue it is for. */
  issue: string;
  plan: Place | null;
  done: Place | null;
  over: Place | null;
  /** Begun before what is shown: its left end is cut off, with something already done there or without. */
  earlier: "plan" | "done" | null;
  /** The first plan, where it was another: its days, and where they lie. */
  promised: Span | null;
  first: Place | null;
};
export type WallGroup = { id: string; rows: WallRow[] };
/** `late`: steps and tasks whose last day is over; a project that is late is among those behind. */
export type WallCounts = { projects: number; behind: number; tasks: number; late: number };
export type Wall = {
  range: Range;
  from: string;
  /** The last day shown. */
  to: string;
  /** The months shown, and where each begins. */
  months: { day: string; x: number }[];
  today: { day: string; x: number | null };
  body: string;
  bodies: { id: string; name: string }[];
  groups: WallGroup[];
  tasks: WallRow[];
  counts: WallCounts;
  previous: string;
  next: string;
};

/** How far a task is, in hundredths of a percent. */
export const shareOfTask = (task: Pick<Task, "status" | "steps" | "percent">): number => progressOf(task) * 100;

const monthAfter = (month: string, n: number): string => {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + n;
  return `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}`;
};
const lastDayBefore = (month: string): string => new Date((dayNumber(`${month}-01`) - 1) * 86_400_000).toISOString().slice(0, 10);
const isMonth = (text: string): boolean => /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(text);

/** What is asked for, whatever stands in the address: an unknown range is half a year, an unknown month this one's. */
export function asked(ask: { range: string; from: string }, today: string): { range: Range; from: string; months: string[] } {
  const range = ranges.find((r) => r === ask.range) ?? "half";
  const { length, before } = months[range];
  const from = isMonth(ask.from) ? ask.from : monthAfter(today.slice(0, 7), -before);
  return { range, from, months: Array.from({ length }, (_, n) => monthAfter(from, n)) };
}

type Bars = Pick<WallRow, "plan" | "done" | "over" | "earlier" | "promised" | "first">;

/** Draws spans on a timeline from `from` to `to`. */
export function drawer(from: string, to: string, today: string) {
  const start = dayNumber(from);
  const length = dayNumber(to) - start + 1;
  const at = (n: number) => Math.max(0, Math.min(whole, Math.round(((n - start) * whole) / length)));
  /** From the beginning of one day's number to the beginning of another's; null where nothing of it is shown. */
  const place = (a: number, b: number): Place | null => (at(b) > at(a) ? { x: at(a), w: at(b) - at(a) } : null);
  const now = dayNumber(today);
  return {
    today: now >= start && now < start + length ? at(now) : null,
    monthAt: (day: string) => at(dayNumber(day)),
    bars(span: Span, share: number, open: boolean, first: Span | null): Bars {
      const [a, b] = [dayNumber(span.startsOn), dayNumber(span.endsOn) + 1];
      const promised = first && (first.startsOn !== span.startsOn || first.endsOn !== span.endsOn) ? { startsOn: first.startsOn, endsOn: first.endsOn } : null;
      const plan = place(a, b);
      return {
        plan,
        // The share of the whole bar, and not of what is left of it: what of it lies before the left edge is only marked there.
        done: place(a, a + ((b - a) * share) / whole),
        earlier: plan && a < start ? (share > 0 ? "done" : "plan") : null,
        over: open && now >= b ? place(b, now) : null,
        promised,
        first: promised && place(dayNumber(promised.startsOn), dayNumber(promised.endsOn) + 1),
      };
    },
    /** Whether it lies in what is shown; what is open and overdue runs on to today. */
    shows: (span: Span, open: boolean) => dayNumber(span.startsOn) < start + length && Math.max(dayNumber(span.endsOn), open ? now : 0) >= start,
  };
}
type Drawer = ReturnType<typeof drawer>;

function projectRows(project: ProjectLine, bodies: ReadonlyMap<string, Body>, draw: Drawer, today: string): WallRow[] {
  const { plan, baseline, progress } = project;
  const running = project.status === "running";
  const state = projectState(project, today);
  const href = `/projects/${project.id}`;
  const head: WallRow = {
    kind: "project",
    id: project.id,
    href,
    name: project.name,
    owner: ownerOf(bodies, project.responsibleId),
    startsOn: plan.startsOn,
    endsOn: plan.endsOn,
    share: state.pace.done,
    state,
    money: { budget: plan.budget, spent: project.spent },
    issue: "",
    ...draw.bars(plan, state.pace.done, running && state.pace.done < whole, baseline),
  };
  const percentOf = (id: string) => progress[id]?.percent ?? 0;
  const steps = plan.milestones
    .filter((m) => draw.shows(m, running && percentOf(m.id) < 100))
    .map((m): WallRow => {
      const percent = percentOf(m.id);
      const stands = milestoneState(m, percent, project.endedOn ?? today);
      const first = baseline.milestones.find((b) => b.id === m.id) ?? null;
      return {
        kind: "milestone",
        id: m.id,
        href,
        name: m.title,
        owner: ownerOf(bodies, m.ownerId),
        startsOn: m.startsOn,
        endsOn: m.endsOn,
        share: percent * 100,
        // What stopped is not late any more, and nobody waits for it.
        state: project.status === "stopped" && percent < 100 ? { ...stands, light: pausedLight, standing: "stopped" } : stands,
        money: null,
        issue: "",
        ...draw.bars(m, percent * 100, running && percent < 100, first),
      };
    });
  return [head, ...steps];
}

/** What the heading counts: what hangs below it, row by row. */
export function countsOf(rows: readonly WallRow[]): WallCounts {
  const projects = rows.filter((row) => row.kind === "project");
  const parts = rows.filter((row) => row.kind !== "project");
  return {
    projects: projects.length,
    behind: projects.filter(isBehind).length,
    tasks: parts.filter((row) => row.kind === "task").length,
    late: parts.filter((row) => row.state.light.state === "late").length,
  };
}

/** A task with the local day it was given. */
type Shown = ChartedTask & { given: string };

function taskRow({ task, given }: Shown, owner: OwnerProps, issue: string, draw: Drawer, today: string): WallRow {
  const span = { startsOn: given < task.dueOn ? given : task.dueOn, endsOn: task.dueOn };
  const share = shareOfTask(task);
  const at = { pace: pace(share, plannedShare(span, today)) };
  const state: State =
    task.status === "verified"
      ? { ...at, light: doneLight, standing: "verified" }
      : task.status === "handedIn"
        ? { ...at, light: pausedLight, standing: "finished" }
        : { ...at, light: dayLight(span, today), standing: today === span.endsOn ? "today" : "days" };
  return {
    kind: "task",
    id: task.id,
    href: `/tasks/${task.id}`,
    name: task.title,
    owner,
    ...span,
    share,
    state,
    money: null,
    issue,
    ...draw.bars(span, share, share < whole, null),
  };
}

/** Projects and tasks this person may see, of one body or of all, over a quarter, half a year or a year. */
export async function wall(db: Db, viewer: Viewer, ask: { range: string; from: string; body: string }): Promise<Wall> {
  const { actor, community, now } = viewer;
  const { communityId } = actor;
  const bodies = await loadBodies(db, communityId);
  const today = localDay(now, community.timeZone);
  const { range, from, months } = asked(ask, today);
  const [first, to] = [`${from}-01`, lastDayBefore(monthAfter(from, months.length))];
  const draw = drawer(first, to, today);

  const dayOf = localDays(community.timeZone);
  const projects = await seenProjects(db, viewer);
  const tasks = (await chartedTasks(db, communityId, first)).filter(({ subject }) => can(actor, "task.see", subject));
  const concerns = {
    project: (p: ProjectLine) => [p.bodyId, p.responsibleId, ...p.plan.milestones.map((m) => m.ownerId)],
    task: ({ task }: ChartedTask) => [task.bodyId, ...(task.assignee.kind === "body" ? [task.assignee.id] : [])],
  };
  const named = [...new Set([...projects.flatMap(concerns.project), ...tasks.flatMap(concerns.task)])]
    .flatMap((id) => bodies.get(id) ?? [])
    .sort(byBodies(bodies));
  // A body that has nothing here, or does not exist, filters nothing out by mistake: the address may be old.
  const body = named.some((b) => b.id === ask.body) ? ask.body : "";
  const hangs = (ids: readonly string[]) => body === "" || ids.includes(body);

  const ended = (p: ProjectLine) => Number(p.status === "stopped" || p.status === "verified");
  const shownProjects = projects.filter((p) => hangs(concerns.project(p)) && draw.shows(p.plan, p.status === "running")).sort((a, b) => ended(a) - ended(b));
  const shownTasks = tasks
    .filter((charted) => hangs(concerns.task(charted)))
    .map((charted) => ({ ...charted, given: dayOf(charted.task.assignedAt) }))
    .filter(({ task, given }) => draw.shows({ startsOn: given, endsOn: task.dueOn }, shareOfTask(task) < whole));
  const names = await namesOf(
    db,
    communityId,
    shownTasks.flatMap(({ task }) => (task.assignee.kind === "person" ? [task.assignee.id] : [])),
  );
  const owners = new Map<string, OwnerProps>();
  const ownerOfTask = ({ assignee: { kind, id } }: TaskOnWall): OwnerProps => {
    const known = owners.get(id) ?? (kind === "body" ? ownerOf(bodies, id) : { name: names.get(id) ?? "", party: null });
    owners.set(id, known);
    return known;
  };
  const rowOf = (shown: Shown, issue: string) => taskRow(shown, ownerOfTask(shown.task), issue, draw, today);
  // Tasks hang below the first project of their decision.
  const firstOf = new Map([...shownProjects].reverse().map((p) => [p.decisionId, p.id]));
  const groups = shownProjects.map((project) => {
    const below = shownTasks.filter(({ task }) => firstOf.get(task.decisionId) === project.id);
    return { id: project.id, rows: [...projectRows(project, bodies, draw, today), ...below.map((shown) => rowOf(shown, ""))] };
  });
  const others = shownTasks.filter(({ task }) => !firstOf.has(task.decisionId)).map((shown) => rowOf(shown, shown.issue.title));
  return {
    range,
    from,
    to,
    months: months.map((month) => ({ day: `${month}-01`, x: draw.monthAt(`${month}-01`) })),
    today: { day: today, x: draw.today },
    body,
    bodies: named.map((b) => ({ id: b.id, name: fullName(b) })),
    groups,
    tasks: others,
    counts: countsOf([...groups.flatMap((g) => g.rows), ...others]),
    previous: monthAfter(from, -months.length),
    next: monthAfter(from, months.length),
  };
}
