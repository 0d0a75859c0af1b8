// What the database finds overdue is what the rule lets climb: the same said twice, in SQL for ten thousand and by the domain for one.
import { expect, test } from "vitest";
import { holdOf, overdueAt, overdueIssues } from "../../app/data/clocks.server";
import { saveCourse } from "../../app/data/courses.server";
import { loadIssue, saveIssue } from "../../app/data/issues.server";
import { saveTask } from "../../app/data/meetings.server";
import { loadBody, loadCommunity } from "../../app/data/organisation.server";
import { saveProject } from "../../app/data/projects.server";
import type { CourseStatus } from "../../app/domain/course";
import { holderOf, type Issue, type Phase } from "../../app/domain/issue";
import { climb } from "../../app/domain/overdue";
import type { ProjectStatus } from "../../app/domain/project";
import type { Task, TaskStatus } from "../../app/domain/task";
import { answered, clock, course, issue, monday, project, stay, task } from "../support/given";
import { house } from "../support/house";
import { bench } from "../support/store";

const { answer } = answered().phase as Extract<Phase, { status: "answered" }>;
// Records, so that a state that comes to be must be tried here.
const phases = Object.values({
  open: { status: "open" },
  waiting: { status: "waiting", question: "?", pausedAt: monday },
  doing: { status: "doing", since: monday },
  answered: { status: "answered", answer },
  closed: { status: "closed", answer, feedback: null, closedAt: monday },
  merged: { status: "merged", into: "another", closedAt: monday },
} satisfies { [S in Phase["status"]]: Extract<Phase, { status: S }> });
const keys = <K extends string>(all: Record<K, 1>) => Object.keys(all) as K[];
const courses = keys<CourseStatus>({ running: 1, done: 1, rejected: 1, stopped: 1 });
const projects = keys<ProjectStatus>({ running: 1, finished: 1, verified: 1, stopped: 1 });
const works = keys<TaskStatus>({ assigned: 1, accepted: 1, handedIn: 1, verified: 1 });
const series = (no: number) => ({ id: "first", no, rule: "FREQ=WEEKLY", startsOn: "2026-03-02" });
const tasks = works.flatMap((status) =>
  [null, series(1), series(2)].flatMap((one) => [0, 1].map((reopened): Partial<Task> => ({ status, series: one, reopened }))),
);
const none = [null];

const now = new Date(Date.parse(clock.settleBy) + 1).toISOString();
const later = new Date(Date.parse(now) + 1).toISOString();

test("[CK6] the database finds overdue what the rule lets climb, in every state of an issue, its work and its course", async () => {
  const on = bench();
  const at = await house(on);
  const { communityId, bodies } = at;
  let made = 0;
  await on.store.write(async (tx) => {
    const put = async (over: Partial<Issue>, work: readonly Partial<Task>[] = [], built: ProjectStatus | null = null, way: CourseStatus | null = null) => {
      made++;
      const [of, id] = [{ communityId, issueId: `i${made}` }, `of${made}`];
      await saveIssue(tx, issue({ communityId, id: of.issueId, number: `2026-${made}`, stays: [stay({ bodyId: bodies.b7 })], ...over }), null);
      for (const [n, one] of work.entries()) await saveTask(tx, task({ ...of, id: `${id}-${n}`, ...one }), null);
      if (built) await saveProject(tx, project({ ...of, id, status: built }), null);
      if (way) await saveCourse(tx, course({ ...of, id, status: way }), null);
    };
    for (const phase of phases) {
      for (const work of [[], ...tasks.map((one) => [one]), [{ status: "verified" }, { status: "handedIn" }] as const])
        for (const built of [...none, ...projects]) for (const way of [...none, ...courses]) await put({ phase }, work, built, way);
      // The last moment in time, and a moment before it; at the top; and what has gone up, whose first stay is over.
      for (const settleBy of [now, later]) await put({ phase, stays: [stay({ bodyId: bodies.b7, settleBy })] });
      await put({ phase, stays: [stay({ bodyId: bodies.street })] });
      const gone = stay({ bodyId: bodies.b7, ending: "escalated", endedAt: monday });
      for (const settleBy of [clock.settleBy, later]) await put({ phase, stays: [gone, stay({ bodyId: bodies.council, settleBy })] });
    }
  });
  const community = await loadCommunity(on.store.read, communityId);
  if (!community) throw new Error("There is no community.");
  const [climbs, stuck]: [Set<string>, Set<string>] = [new Set(), new Set()];
  for (let n = 1; n <= made; n++) {
    const one = await loadIssue(on.store.read, communityId, `i${n}`);
    const holder = one && (await loadBody(on.store.read, communityId, holderOf(one)));
    if (!one || !holder) throw new Error(`i${n} is gone.`);
    const state = { issue: one, holder, clock, ...(await holdOf(on.store.read, community, one, now)) };
    if (climb(state, now).ok) climbs.add(one.id);
    // As if there were a level above the highest.
    if (climb({ ...state, holder: { ...holder, escalatesToId: "above" } }, now).ok) stuck.add(one.id);
  }
  const found = await overdueIssues(on.store.read, communityId, now, { settleBy: "", issueId: "" }, made);
  expect(new Set(found.map(({ issueId }) => issueId))).toEqual(climbs);
  const everywhere = await overdueAt(on.store.read, communityId, now, Object.values(bodies), made);
  expect(new Set(everywhere.map(({ issueId }) => issueId))).toEqual(stuck);
  expect([found.length, everywhere.length]).toEqual([climbs.size, stuck.size]);
  expect(climbs.size).toBeGreaterThan(100);
  expect(stuck.size - climbs.size).toBe(2);
}, 120_000);
