// Tasks in three lists that never mix (mine, my bodies', handed out by us), as rows, as a board, or as a month.
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { taskOf } from "../data/meetings.server";
import { loadBodies, namesOf } from "../data/organisation.server";
import { taskSubject } from "../data/subjects.server";
import { localDay, nextDay } from "../domain/clock";
import { worksThere } from "../domain/permission";
import type { Task, TaskStatus } from "../domain/task";
import { peopleIn, type TaskProps, taskLight, taskProps } from "./decisions";
import { type taskLights, taskLists, type taskViews } from "./filters";
import { fullName, mayDo, type Viewer } from "./viewer";

export type TaskListName = (typeof taskLists)[number];
export type TaskViewName = (typeof taskViews)[number];
export type TaskLightName = (typeof taskLights)[number];

export type TaskRow = TaskProps & {
  issue: { number: string; title: string };
  version: number;
  can: { accept: boolean; handIn: boolean; verify: boolean; return: boolean };
};

export type TaskAsk = {
  which: TaskListName | null;
  view: TaskViewName;
  done: boolean;
  body: string;
  light: TaskLightName | null;
  person: string;
  /** YYYY-MM; empty: the running one. */
  month: string;
};

export type TaskList = {
  which: TaskListName;
  view: TaskViewName;
  done: boolean;
  counts: Record<TaskListName, number>;
  /** Open ones the filter leaves. */
  found: number;
  /** Of those: nearly due and overdue. */
  pressing: number;
  rows: TaskRow[];
  /** How many more there are than a page has rows. */
  more: number;
  filter: { body: string; light: TaskLightName | null; person: string; bodies: { id: string; name: string }[]; people: { id: string; name: string }[] };
  month: {
    month: string;
    today: string;
    before: string;
    after: string;
    weeks: { day: string; inMonth: boolean; tasks: TaskRow[] }[][];
    earlier: TaskRow[];
  } | null;
};

/** A board shows what was checked lately, not for ever. */
const boardDays = 30;
const aPage = 200;

/**
 * Which list a task stands in for this person: exactly one, or none. What they lead, help with or took on is theirs; what else
 * their bodies have to do is the body's; what their bodies gave out to others is given. Without an office nothing is.
 */
function listOf(task: Task, viewer: Viewer): TaskListName | null {
  const { personId, posts } = viewer.actor;
  if (posts.length === 0) return null;
  const works = posts.filter(worksThere).map((p) => p.bodyId);
  const hands = [task.assignee, ...task.supporting];
  const ofBody = hands.some((h) => h.kind === "body" && works.includes(h.id));
  if (hands.some((h) => h.kind === "person" && h.id === personId) || (ofBody && task.acceptedBy === personId)) return "mine";
  if (ofBody) return "body";
  return posts.some((p) => p.bodyId === task.bodyId) || task.assignedBy === personId ? "given" : null;
}

async function candidates(db: Db, viewer: Viewer, done: "open" | "lately" | "done"): Promise<Task[]> {
  const { communityId, personId, posts } = viewer.actor;
  const at = posts.length > 0 ? [...new Set(posts.map((p) => p.bodyId))] : [""];
  const since = new Date(Date.parse(viewer.now) - boardDays * 86_400_000).toISOString();
  const rows = await db
    .selectFrom("Task")
    .selectAll()
    .where("communityId", "=", communityId)
    .where((eb) =>
      done === "open"
        ? eb("status", "!=", "verified")
        : done === "done"
          ? eb("status", "=", "verified")
          : eb.or([eb("status", "!=", "verified"), eb("verifiedAt", ">=", since)]),
    )
    .where((eb) =>
      eb.or([
        eb("bodyId", "in", at),
        eb("assignedBy", "=", personId),
        eb("assigneeId", "in", [personId, ...at]),
        ...[personId, ...at].filter((id) => id !== "").map((id) => eb("supporting", "like", `%"${id}"%`)),
      ]),
    )
    .orderBy(done === "done" ? "verifiedAt" : "dueAt", done === "done" ? "desc" : "asc")
    .limit(1000)
    .execute();
  return rows.map(taskOf);
}

/** How many open tasks of this person are nearly due or overdue: the figure beside the entry in the bar. */
export async function dueOfMine(db: Db, viewer: Viewer): Promise<number> {
  const { communityId, personId } = viewer.actor;
  // It stands on every page: only what could be theirs is read.
  const rows = await db
    .selectFrom("Task")
    .selectAll()
    .where("communityId", "=", communityId)
    .where("status", "in", ["assigned", "accepted"])
    .where((eb) => eb.or([eb("assigneeId", "=", personId), eb("acceptedBy", "=", personId), eb("supporting", "like", `%"${personId}"%`)]))
    .execute();
  const mine = rows.map(taskOf).filter((t) => listOf(t, viewer) === "mine");
  return mine.filter((t) => ["late", "soon"].includes(taskLight(t, viewer).state)).length;
}

/** One of the three lists. Asked for none, it is the first that holds something: mine before the rest. */
export async function taskList(db: Db, viewer: Viewer, ask: TaskAsk): Promise<TaskList> {
  const { communityId } = viewer.actor;
  const open = await candidates(db, viewer, "open");
  const inList = (tasks: readonly Task[], which: TaskListName) => tasks.filter((t) => listOf(t, viewer) === which);
  const counts = { mine: inList(open, "mine").length, body: inList(open, "body").length, given: inList(open, "given").length };
  const which = ask.which ?? taskLists.find((w) => counts[w] > 0) ?? "mine";
  const tasks = inList(ask.view === "board" ? await candidates(db, viewer, "lately") : ask.done ? await candidates(db, viewer, "done") : open, which);

  const bodies = await loadBodies(db, communityId);
  const names = await namesOf(db, communityId, tasks.flatMap(peopleIn));
  const concerned = (t: Task) => [t.bodyId, t.deskId, ...[t.assignee, ...t.supporting].flatMap((h) => (h.kind === "body" ? [h.id] : []))];
  const fits = (t: Task) =>
    (ask.body === "" || concerned(t).includes(ask.body)) &&
    (ask.person === "" || peopleIn(t).includes(ask.person)) &&
    (ask.light === null || taskLight(t, viewer).state === ask.light);
  const found = inList(open, which).filter(fits);
  // A month has room for its own tasks first, then for those from before that are still open.
  const month = ask.view === "calendar" ? monthAsked(ask.month, viewer) : null;
  const fitting = tasks.filter(fits);
  const earlier = month === null ? [] : fitting.filter((t) => t.dueOn < month && t.status !== "verified");
  const shown = [...(month === null ? fitting : fitting.filter((t) => t.dueOn.startsWith(month))), ...earlier];
  const props = taskProps(viewer, bodies, names);
  const rows: TaskRow[] = [];
  for (const task of shown.slice(0, aPage)) {
    const issue = await loadIssue(db, communityId, task.issueId);
    if (!issue) continue;
    const subject = taskSubject(task, issue);
    const may = (act: "accept" | "handIn" | "verify" | "return", ...at: TaskStatus[]) => mayDo(viewer, `task.${act}`, subject) && at.includes(task.status);
    rows.push({
      ...props(task),
      issue: { number: issue.number, title: issue.title },
      version: task.version,
      can: {
        accept: may("accept", "assigned") && task.sentBack === null,
        handIn: may("handIn", "accepted") && task.steps.every((s) => s.doneAt !== null),
        verify: may("verify", "handedIn") && task.handedInBy !== viewer.actor.personId,
        return: may("return", "handedIn"),
      },
    });
  }
  const named = <T>(ids: readonly string[], line: (id: string) => T | null): T[] => [...new Set(ids)].flatMap((id) => line(id) ?? []);
  return {
    which,
    view: ask.view,
    done: ask.done,
    counts,
    found: found.length,
    pressing: found.filter((t) => ["late", "soon"].includes(taskLight(t, viewer).state)).length,
    rows,
    more: Math.max(0, shown.length - aPage),
    filter: {
      body: ask.body,
      light: ask.light,
      person: ask.person,
      bodies: named(tasks.flatMap(concerned), (id) => {
        const body = bodies.get(id);
        return body ? { id, name: fullName(body) } : null;
      }),
      people: named(tasks.flatMap(peopleIn), (id) => ({ id, name: names.get(id) ?? "" })),
    },
    month: month === null ? null : monthOf(rows, month, viewer),
  };
}

/** The month of an address; the running one where it names none. */
const monthAsked = (asked: string, { now, community }: Viewer): string =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : localDay(now, community.timeZone).slice(0, 7);

/** A month as weeks from Monday, each day with what is due on it; and what was due before the month and is still open. */
function monthOf(rows: readonly TaskRow[], month: string, viewer: Viewer): TaskList["month"] {
  const today = localDay(viewer.now, viewer.community.timeZone);
  const first = `${month}-01`;
  const after = nextDay(first, 31).slice(0, 7);
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const weeks: NonNullable<TaskList["month"]>["weeks"] = [];
  for (let day = nextDay(first, -weekday); day < `${after}-01`; day = nextDay(day, 7))
    weeks.push(
      Array.from({ length: 7 }, (_, n) => {
        const on = nextDay(day, n);
        return { day: on, inMonth: on.startsWith(month), tasks: on.startsWith(month) ? rows.filter((r) => r.dueOn === on) : [] };
      }),
    );
  const earlier = rows.filter((r) => r.dueOn < first && r.status !== "verified");
  return { month, today, before: nextDay(first, -1).slice(0, 7), after, weeks, earlier };
}
