// "What needs me": everything that waits for this person, the most urgent first, and nothing else.

import { loadHouse } from "../data/clocks.server";
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { deadCount } from "../data/letters.server";
import { loadMeeting, runningAgendaOf, taskOf } from "../data/meetings.server";
import { loadBodies } from "../data/organisation.server";
import { openPapersOf } from "../data/papers.server";
import { projectLines, waitingProjects } from "../data/projects.server";
import { bodySubject, communitySubject, issueSubject, meetingSubject, projectSubject, taskSubject } from "../data/subjects.server";
import { mannedBodies, tasksOfNobody } from "../data/tasks.server";
import { atLocal, type Light, light, localDay, pausedLight } from "../domain/clock";
import type { WhyNot } from "../domain/follow-up";
import { current, type Issue } from "../domain/issue";
import { isRunning, missed } from "../domain/meeting";
import type { Paper } from "../domain/paper";
import { worksThere } from "../domain/permission";
import type { Step } from "../domain/stairs";
import { deliberates } from "../domain/vocabulary";
import { type ClockAsk, clockAsks } from "./clocks";
import { taskLight } from "./decisions";
import { fromShared } from "./follow-up";
import { lightOf } from "./issue-page";
import { issueRow } from "./issue-rows";
import { projectState } from "./project-page";
import { lapsing } from "./ratify";
import { fullName, mayDo, type Viewer } from "./viewer";

export type Ask =
  | "acceptIssue"
  | "acceptOverdue"
  | "redoIssue"
  | "decideIssue"
  | "replyIssue"
  | "feedbackIssue"
  | "declinedIssue"
  | "rateIssue"
  | "replyMeeting"
  | "openMeeting"
  | "enterMeeting"
  | "signPaper"
  | "signSummary"
  | "signAddendum"
  | "mendMinutes"
  | "acceptTask"
  | "doTask"
  | "redoTask"
  | "waitTask"
  | "verifyTask"
  | "ruleTask"
  | "extendTask"
  | "nobodysTask"
  | "nobodysProject"
  | "confirmTask"
  | "verifyProject"
  | "redoProject"
  | "keepDays"
  | "deadLetters"
  | "ratifyDecision"
  | ClockAsk["ask"];

export type HomeItem = {
  key: string;
  ask: Ask;
  href: string;
  light: Light;
  label: string;
  title: string;
  /** Whatever the sentence of the ask needs: a body, a person, a question. */
  detail: string;
  /** Why it is not solved, chosen from the list, where no words say it. */
  why?: WhyNot | null;
  steps: Step[];
  home: boolean;
  since: string | null;
  at: string | null;
  place: string;
  meetingId: string | null;
};

export type Home = { items: HomeItem[] };
/** What only an item about a meeting has. */
const noMeeting = { since: null, at: null, place: "", meetingId: null } as const;

/** What has a day comes by that day, so what is longest over stands on top; then what has none, then what waits for others. */
const rank = ({ light: { state, due, left } }: Pick<HomeItem, "light">, now: string): [number, number] => {
  if (state === "paused" || state === "done") return [2, 0];
  const at = due ?? inDays(left, state, now);
  return at === null ? [1, 0] : [0, Date.parse(at)];
};
/** The day a light says without its instant: a project's last one. */
const inDays = (left: Light["left"], state: Light["state"], now: string): string | null =>
  left?.unit === "days" ? new Date(Date.parse(now) + (state === "late" ? -left.n : left.n) * 86_400_000).toISOString() : null;

/** In the order of urgency; what is equal stays as it was. */
export function mostUrgentFirst<T extends Pick<HomeItem, "light">>(items: readonly T[], now: string): T[] {
  const ranked = items.map((item) => ({ item, rank: rank(item, now) }));
  ranked.sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1]);
  return ranked.map(({ item }) => item);
}

export async function home(db: Db, viewer: Viewer): Promise<Home> {
  const nobodys = await fromNobody(db, viewer);
  const given = new Set(nobodys.map((item) => item.key.split("-")[0]));
  const items = [
    ...onePerIssue([...(await fromClocks(db, viewer)), ...(await fromIssues(db, viewer))], viewer.now),
    ...(await fromMeetings(db, viewer)),
    ...(await fromHaste(db, viewer)),
    ...(await fromPapers(db, viewer)),
    ...(await fromTasks(db, viewer)),
    // Work nobody holds is given to others first: one row a task.
    ...(await fromTasksToRule(db, viewer)).filter((item) => !given.has(item.key.split("-")[0])),
    ...(await fromProjects(db, viewer)),
    ...(await fromCalendar(db, viewer)),
    ...nobodys,
    ...(await fromShared(db, viewer)),
    ...(await fromDeadLetters(db, viewer)),
  ];
  return { items: mostUrgentFirst(items, viewer.now) };
}

/** An issue stands there once, with the ask that presses most; once that is done the next one stands in its place. */
function onePerIssue(items: readonly HomeItem[], now: string): HomeItem[] {
  const seen = new Set<string>();
  return mostUrgentFirst(items, now).filter(({ label }) => !seen.has(label) && seen.add(label));
}

/** What the clocks ask: answers, acknowledgements, orders. */
async function fromClocks(db: Db, viewer: Viewer): Promise<HomeItem[]> {
  const bodies = await loadBodies(db, viewer.actor.communityId);
  return (await clockAsks(db, viewer)).map(({ issue, ...ask }) => {
    const row = issueRow(issue, bodies, viewer);
    return {
      ...ask,
      label: issue.number,
      title: issue.title,
      steps: row.steps,
      home: row.home,
      since: row.since,
      at: null,
      place: "",
      meetingId: null,
    };
  });
}

/** Letters that were given up, as one: whoever may send them again is told that they lie there. */
async function fromDeadLetters(db: Db, viewer: Viewer): Promise<HomeItem[]> {
  const { communityId } = viewer.actor;
  if (!mayDo(viewer, "letter.resend", await communitySubject(db, communityId))) return [];
  const { n, last } = await deadCount(db, communityId);
  if (n === 0) return [];
  const light: Light = { ...pausedLight };
  const nothing = { label: "", title: "", steps: [], home: false, since: null, at: last, place: "", meetingId: null };
  return [{ ...nothing, key: "letters", ask: "deadLetters", href: "/setup/word", light, detail: String(n) }];
}

async function fromIssues(db: Db, viewer: Viewer): Promise<HomeItem[]> {
  const { communityId, personId, posts } = viewer.actor;
  const bodies = await loadBodies(db, communityId);
  const rows = await db
    .selectFrom("Issue")
    .select("id")
    .where("communityId", "=", communityId)
    .where((eb) =>
      eb.or([
        eb.and([eb("holderId", "in", posts.length > 0 ? posts.map((p) => p.bodyId) : [""]), eb("status", "=", "open")]),
        eb.and([eb("raisedBy", "=", personId), eb("status", "in", ["waiting", "answered"])]),
      ]),
    )
    .orderBy("dueAt")
    .limit(200)
    .execute();
  const items: HomeItem[] = [];
  for (const { id } of rows) {
    const issue = await loadIssue(db, communityId, id);
    if (!issue) continue;
    const ask = await issueAsk(db, viewer, issue, bodies);
    if (!ask) continue;
    const row = issueRow(issue, bodies, viewer);
    const verb = ask === "replyIssue" ? "/reply" : ask === "feedbackIssue" || ask === "declinedIssue" ? "/feedback" : "";
    items.push({
      key: id,
      ask,
      href: `/issues/${issue.number}${verb}`,
      light: lightOf(issue, viewer),
      label: issue.number,
      title: issue.title,
      detail:
        issue.phase.status === "waiting"
          ? issue.phase.question
          : ask === "redoIssue"
            ? current(issue).brief
            : (bodies.get(bodies.get(current(issue).bodyId)?.escalatesToId ?? "")?.name ?? ""),
      why: ask === "redoIssue" ? (issue.ratings.findLast((r) => r.personId === issue.raisedBy)?.why ?? null) : null,
      steps: row.steps,
      home: row.home,
      since: row.since,
      at: null,
      place: "",
      meetingId: null,
    });
  }
  return items;
}

async function issueAsk(db: Db, viewer: Viewer, issue: Issue, bodies: Awaited<ReturnType<typeof loadBodies>>): Promise<Ask | null> {
  const mine = issue.raisedBy === viewer.actor.personId;
  if (mine && issue.phase.status === "waiting") return "replyIssue";
  if (mine && issue.phase.status === "answered") return issue.phase.answer.kind === "declined" ? "declinedIssue" : "feedbackIssue";
  if (issue.phase.status !== "open") return null;
  const subject = await issueSubject(db, issue);
  const stay = current(issue);
  if (stay.acceptedAt === null)
    return mayDo(viewer, "issue.settle", subject) || mayDo(viewer, "issue.classify", subject)
      ? stay.came === "overdue"
        ? "acceptOverdue"
        : stay.came === "reopened"
          ? "redoIssue"
          : "acceptIssue"
      : null;
  if (!mayDo(viewer, "issue.settle", subject)) return null;
  // What is on an agenda is decided there: the meeting itself is asked about.
  if (await runningAgendaOf(db, issue.communityId, issue.id)) return null;
  // A council's accepted issues wait on its docket; only what is pressing comes to its chair's door.
  const holder = bodies.get(stay.bodyId);
  if (holder && deliberates(holder.kind) && lightOf(issue, viewer).state === "ok") return null;
  return "decideIssue";
}

async function fromMeetings(db: Db, viewer: Viewer): Promise<HomeItem[]> {
  const { communityId, personId } = viewer.actor;
  const rows = await db
    .selectFrom("Attendance")
    .innerJoin("Meeting", (join) => join.onRef("Meeting.communityId", "=", "Attendance.communityId").onRef("Meeting.id", "=", "Attendance.meetingId"))
    .select("Meeting.id")
    .where("Attendance.communityId", "=", communityId)
    .where("Attendance.personId", "=", personId)
    .where("Meeting.status", "in", ["called", "inSession"])
    .orderBy("Meeting.startsAt")
    .limit(50)
    .execute();
  const bodies = await loadBodies(db, communityId);
  const items: HomeItem[] = [];
  for (const { id } of rows) {
    const meeting = await loadMeeting(db, communityId, id);
    const body = meeting && bodies.get(meeting.bodyId);
    if (!meeting || !body || !isRunning(meeting)) continue;
    const runs = mayDo(viewer, "meeting.open", bodySubject(communityId, body.id));
    const seat = meeting.seats.find((s) => s.personId === personId);
    const gone = missed(meeting, viewer.now, viewer.community.timeZone);
    const soon = Date.parse(meeting.startsAt) - Date.parse(viewer.now) < 12 * 3_600_000;
    const ask: Ask | null =
      meeting.status === "inSession" ? "enterMeeting" : runs && soon ? "openMeeting" : seat?.reply === "none" && !gone ? "replyMeeting" : null;
    if (!ask) continue;
    const called = new Date(Math.min(Date.parse(viewer.now), Date.parse(meeting.startsAt) - 7 * 86_400_000)).toISOString();
    items.push({
      key: id,
      ask,
      href: ask === "enterMeeting" ? `/meetings/${id}/minutes` : `/meetings/${id}`,
      light:
        meeting.status === "inSession"
          ? { state: "soon", left: null, due: meeting.startsAt }
          : light(called, meeting.startsAt, viewer.now, viewer.community.timeZone),
      label: "",
      title: fullName(body),
      detail: String(meeting.position),
      steps: [],
      home: false,
      since: null,
      at: meeting.startsAt,
      place: meeting.place,
      meetingId: id,
    });
  }
  return items;
}

/** What this person's bodies decided in haste and no called meeting adopts in time: whoever may call one is asked to. */
async function fromHaste(db: Db, viewer: Viewer): Promise<HomeItem[]> {
  const { communityId, posts } = viewer.actor;
  const { timeZone, dayEndsAt } = viewer.community;
  const bodies = await loadBodies(db, communityId);
  const callers = [...new Set(posts.map((p) => p.bodyId))].filter((id) => mayDo(viewer, "meeting.call", bodySubject(communityId, id)));
  const items: HomeItem[] = [];
  for (const decision of await lapsing(db, viewer, callers)) {
    const issue = await loadIssue(db, communityId, decision.issueId);
    if (!issue) continue;
    const row = issueRow(issue, bodies, viewer);
    const sees = mayDo(viewer, `issue.see.${issue.visibility}`, await issueSubject(db, issue));
    items.push({
      key: decision.id,
      ask: "ratifyDecision",
      href: `/bodies/${decision.bodyId}/meeting?by=${decision.by}`,
      light: light(decision.recordedAt, atLocal(decision.by, dayEndsAt, timeZone), viewer.now, timeZone),
      label: issue.number,
      title: sees ? issue.title : "",
      detail: decision.noticeOn ?? "",
      steps: row.steps,
      home: row.home,
      ...noMeeting,
      at: decision.by,
    });
  }
  return items;
}

const asksToSign = { minutes: "signPaper", summary: "signSummary", addendum: "signAddendum" } as const satisfies Record<Paper["kind"], Ask>;

/** Papers that wait for this person's signature, and minutes they may mend. */
async function fromPapers(db: Db, viewer: Viewer): Promise<HomeItem[]> {
  const { communityId, personId } = viewer.actor;
  const bodies = await loadBodies(db, communityId);
  const items: HomeItem[] = [];
  for (const paper of await openPapersOf(db, communityId, personId)) {
    const body = bodies.get(paper.bodyId);
    const meeting = await loadMeeting(db, communityId, paper.meetingId);
    const signs = paper.status === "frozen" && !paper.signed.includes(personId);
    const mends = paper.status === "writing" && meeting && mayDo(viewer, "paper.finish", meetingSubject(meeting));
    if (!body || !meeting || !(signs || mends)) continue;
    items.push({
      key: paper.id,
      ask: signs ? asksToSign[paper.kind] : "mendMinutes",
      href: `/papers/${paper.id}`,
      light: { ...pausedLight },
      label: "",
      title: fullName(body),
      detail: String(meeting.position),
      steps: [],
      home: false,
      since: null,
      at: paper.frozenAt,
      place: meeting.place,
      meetingId: meeting.id,
    });
  }
  return items;
}

async function fromTasks(db: Db, viewer: Viewer): Promise<HomeItem[]> {
  const { communityId, personId, posts } = viewer.actor;
  const bodies = await loadBodies(db, communityId);
  const at = posts.map((p) => p.bodyId);
  const worksAt = posts.filter(worksThere).map((p) => p.bodyId);
  const none = [""];
  const rows = await db
    .selectFrom("Task")
    .innerJoin("Issue", (join) => join.onRef("Issue.communityId", "=", "Task.communityId").onRef("Issue.id", "=", "Task.issueId"))
    .selectAll("Task")
    .where("Task.communityId", "=", communityId)
    .where("Task.status", "!=", "verified")
    .where((eb) =>
      eb.or([
        eb.and([eb("Task.assigneeKind", "=", "person"), eb("Task.assigneeId", "=", personId), eb("Task.status", "!=", "handedIn")]),
        eb.and([eb("Task.assigneeKind", "=", "body"), eb("Task.assigneeId", "in", worksAt.length > 0 ? worksAt : none), eb("Task.status", "!=", "handedIn")]),
        eb.and([
          eb("Task.status", "=", "handedIn"),
          eb.or([eb("Task.bodyId", "in", at.length > 0 ? at : none), eb("Issue.raisedInId", "in", at.length > 0 ? at : none)]),
        ]),
      ]),
    )
    .orderBy("Task.dueAt")
    .limit(200)
    .execute();
  const items: HomeItem[] = [];
  for (const row of rows) {
    const task = taskOf(row);
    const issue = await loadIssue(db, communityId, task.issueId);
    if (!issue) continue;
    const verify = task.status === "handedIn";
    // Whoever asked to be rid of it is not asked to take it on.
    const waits = !verify && task.sentBack !== null;
    if (verify && (task.handedInBy === personId || !mayDo(viewer, "task.verify", taskSubject(task, issue)))) continue;
    const shown = issueRow(issue, bodies, viewer);
    items.push({
      key: task.id,
      ask: verify ? "verifyTask" : waits ? "waitTask" : task.status === "assigned" ? "acceptTask" : task.returnedFor ? "redoTask" : "doTask",
      href: `/tasks/${task.id}`,
      light: verify ? { ...pausedLight } : taskLight(task, viewer),
      label: issue.number,
      title: task.title,
      detail:
        verify && task.assignee.kind === "body"
          ? (bodies.get(task.assignee.id)?.name ?? "")
          : waits
            ? (bodies.get(task.bodyId)?.name ?? "")
            : task.returnedFor || issue.title,
      steps: shown.steps,
      home: shown.home,
      ...noMeeting,
    });
  }
  return items;
}

/** Returns and requests for more time that wait for this person's body, and checked work those it was done for are asked about. */
async function fromTasksToRule(db: Db, viewer: Viewer): Promise<HomeItem[]> {
  const { communityId, personId, posts } = viewer.actor;
  const bodies = await loadBodies(db, communityId);
  const rows = await db
    .selectFrom("Task")
    .innerJoin("Issue", (join) => join.onRef("Issue.communityId", "=", "Task.communityId").onRef("Issue.id", "=", "Task.issueId"))
    .leftJoin("Support", (join) =>
      join.onRef("Support.communityId", "=", "Task.communityId").onRef("Support.issueId", "=", "Task.issueId").on("Support.personId", "=", personId),
    )
    .selectAll("Task")
    .where("Task.communityId", "=", communityId)
    .where((eb) =>
      eb.or([
        eb.and([
          eb("Task.bodyId", "in", posts.length > 0 ? posts.map((p) => p.bodyId) : [""]),
          eb("Task.status", "in", ["assigned", "accepted"]),
          eb.or([eb("Task.sentBack", "is not", null), eb("Task.extension", "is not", null)]),
        ]),
        // Once the issue is answered its own question asks the same; whoever checked it has said so.
        eb.and([
          eb("Task.status", "=", "verified"),
          eb("Issue.status", "=", "doing"),
          eb.or([eb("Issue.raisedBy", "=", personId), eb("Support.personId", "=", personId)]),
        ]),
      ]),
    )
    .orderBy("Task.dueAt")
    .limit(100)
    .execute();
  const items: HomeItem[] = [];
  for (const row of rows) {
    const task = taskOf(row);
    const issue = await loadIssue(db, communityId, task.issueId);
    if (!issue) continue;
    const subject = taskSubject(task, issue);
    const asks: [Ask, string, string][] = [];
    if (task.status === "verified") {
      if (task.verifiedBy !== personId && mayDo(viewer, "task.confirm", subject) && !task.confirmed.some((c) => c.by === personId))
        asks.push(["confirmTask", "", ""]);
    } else {
      const from = task.assignee.kind === "body" ? (bodies.get(task.assignee.id)?.name ?? "") : (bodies.get(task.deskId)?.name ?? "");
      if (task.sentBack && mayDo(viewer, "task.insist", subject)) asks.push(["ruleTask", from, "/ruling"]);
      else if (task.extension && mayDo(viewer, "task.decideExtension", subject)) asks.push(["extendTask", from, "/extension-ruling"]);
    }
    const shown = issueRow(issue, bodies, viewer);
    for (const [ask, detail, verb] of asks)
      items.push({
        key: `${task.id}-${ask}`,
        ask,
        href: `/tasks/${task.id}${verb}`,
        light: task.status === "verified" ? { ...pausedLight } : taskLight(task, viewer),
        label: issue.number,
        title: task.title,
        detail,
        steps: shown.steps,
        home: shown.home,
        ...noMeeting,
      });
  }
  return items;
}

/** Projects that wait for this person's check, or were given back to those who carry them out. */
async function fromProjects(db: Db, viewer: Viewer): Promise<HomeItem[]> {
  const { communityId, personId } = viewer.actor;
  const bodies = await loadBodies(db, communityId);
  const items: HomeItem[] = [];
  for (const project of await waitingProjects(db, communityId)) {
    const verify = project.status === "finished";
    if (verify && project.endedBy === personId) continue;
    const issue = await loadIssue(db, communityId, project.issueId);
    if (!issue || !mayDo(viewer, verify ? "project.verify" : "project.finish", projectSubject(project, issue))) continue;
    const shown = issueRow(issue, bodies, viewer);
    items.push({
      key: project.id,
      ask: verify ? "verifyProject" : "redoProject",
      href: `/projects/${project.id}`,
      light: projectState(project, localDay(viewer.now, viewer.community.timeZone)).light,
      label: issue.number,
      title: project.name,
      detail: verify ? (bodies.get(project.responsibleId)?.name ?? "") : project.returnedFor,
      steps: shown.steps,
      home: shown.home,
      ...noMeeting,
    });
  }
  return items;
}

/** In December, that next year's holidays are still to be written down, where this community keeps any. */
async function fromCalendar(db: Db, viewer: Viewer): Promise<HomeItem[]> {
  const { communityId } = viewer.actor;
  const today = localDay(viewer.now, viewer.community.timeZone);
  if (today.slice(5, 7) !== "12" || !mayDo(viewer, "community.keepDays", await communitySubject(db, communityId))) return [];
  const year = String(Number(today.slice(0, 4)) + 1);
  const days = Object.keys((await loadHouse(db, communityId))?.days ?? {});
  if (days.length === 0 || days.some((day) => day.startsWith(year))) return [];
  return [
    {
      key: `days-${year}`,
      ask: "keepDays",
      href: "/setup/days",
      light: light(
        `${today.slice(0, 8)}01T00:00:00.000Z`,
        atLocal(`${today.slice(0, 8)}31`, "18:00", viewer.community.timeZone),
        viewer.now,
        viewer.community.timeZone,
      ),
      label: year,
      title: year,
      detail: "",
      steps: [],
      home: false,
      ...noMeeting,
    },
  ];
}

/** Work this person's bodies handed out that nobody holds: nobody works any more in the body it was given to. */
async function fromNobody(db: Db, viewer: Viewer): Promise<HomeItem[]> {
  const { communityId, posts } = viewer.actor;
  const today = localDay(viewer.now, viewer.community.timeZone);
  const deciders = posts.map((p) => p.bodyId);
  if (deciders.length === 0) return [];
  const manned = await mannedBodies(db, communityId, today);
  const projects = (await projectLines(db, communityId)).filter((p) => p.status === "running" && deciders.includes(p.bodyId) && !manned.has(p.responsibleId));
  const found = [
    ...(await tasksOfNobody(db, communityId, deciders, manned)).map((task) => ({
      ...{ ask: "nobodysTask" as const, key: task.id, issueId: task.issueId, bodyId: task.assignee.id, title: task.title },
      ...{ href: `/tasks/${task.id}/reassignment`, light: taskLight(task, viewer) },
      may: (issue: Issue) => mayDo(viewer, "task.reassign", taskSubject(task, issue)),
    })),
    ...projects.map((project) => ({
      ...{ ask: "nobodysProject" as const, key: project.id, issueId: project.issueId, bodyId: project.responsibleId, title: project.name },
      ...{ href: `/projects/${project.id}/plan`, light: projectState(project, today).light },
      may: (issue: Issue) => mayDo(viewer, "project.plan", projectSubject(project, issue)),
    })),
  ];
  const bodies = await loadBodies(db, communityId);
  const items: HomeItem[] = [];
  for (const { issueId, bodyId, may, key, ...item } of found) {
    const issue = await loadIssue(db, communityId, issueId);
    if (!issue || !may(issue)) continue;
    const { steps, home } = issueRow(issue, bodies, viewer);
    const detail = bodies.get(bodyId)?.name ?? "";
    items.push({ ...item, key: `${key}-${item.ask}`, label: issue.number, detail, steps, home, ...noMeeting });
  }
  return items;
}
