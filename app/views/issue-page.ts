// Everything the page of one issue shows, and what this reader may do there.
import { attachmentsOf } from "../data/attachments.server";
import { type Recorded, storyOf } from "../data/audit.server";
import type { Db } from "../data/dialect.server";
import { loadIssue, loadIssueByNumber } from "../data/issues.server";
import { decisionsOf, loadMeeting, runningAgendaOf, tasksOf } from "../data/meetings.server";
import { loadBodies, namesOf } from "../data/organisation.server";
import { type ProjectLine, projectsOf } from "../data/projects.server";
import { issueSubject, taskSubject } from "../data/subjects.server";
import type { Body } from "../domain/body";
import { atLocal, doneLight, type Light, light, localDay, pausedLight } from "../domain/clock";
import { type ByHand, type Course, checkByHand, pass, post } from "../domain/course";
import {
  acceptIssue,
  appeal,
  ask,
  current,
  decline,
  dueOf,
  escalate,
  holderOf,
  householdsOf,
  type Issue,
  isOver,
  join,
  note,
  remit,
  settle,
} from "../domain/issue";
import type { Terms } from "../domain/procedure";
import { isUnderWay, openWork } from "../domain/project";
import { daysBetween, type Step, staircase } from "../domain/stairs";
import { holdsIssue, type Task } from "../domain/task";
import { deliberates } from "../domain/vocabulary";
import { clockActs } from "./clocks";
import { type DecisionProps, decisionProps, peopleIn, taskLight } from "./decisions";
import { type FollowUpProps, followUpProps } from "./follow-up";
import { type CourseProps, courseProps } from "./procedures";
import { mayDo, type Viewer } from "./viewer";

export type IssueAct =
  | "accept"
  | "classify"
  | "note"
  | "ask"
  | "reply"
  | "join"
  | "settle"
  | "decline"
  | "merge"
  | "escalate"
  | "remit"
  | "feedback"
  | "rate"
  | "appeal"
  | "course"
  | "post"
  | "pass"
  | "stop"
  | "agenda"
  | "verify"
  | "extend"
  | "order";

/** One line of the story. `what` is an event's type; the words are the people's own. */
export type StoryEntry = {
  at: string;
  what: string;
  by: string;
  text: string;
  to: string;
  number: string;
  due: string | null;
  meeting: { id: string; position: number } | null;
};
export type StoryLevel = {
  bodyId: string;
  name: string;
  from: string;
  until: string | null;
  days: number;
  acceptedBy: string;
  ending: string | null;
  entries: StoryEntry[];
};

export type IssuePage = {
  id: string;
  number: string;
  title: string;
  what: string;
  category: Issue["category"];
  track: Issue["track"];
  visibility: Issue["visibility"];
  building: string;
  stairwell: number | null;
  place: string;
  raisedAt: string;
  raiser: string;
  mine: boolean;
  joined: boolean;
  households: number;
  photos: { id: string; width: number; height: number }[];
  status: Issue["phase"]["status"];
  steps: Step[];
  home: boolean;
  light: Light;
  /** The sentence below the stairs: whom everybody waits for, to do what, by when. */
  waits: { for: string; what: "accept" | "settle" | "meeting" | "tasks" | "reply" | "feedback" | "nobody"; by: string | null; task: string; others: number };
  question: string;
  answer: { kind: "settled" | "declined" | "done"; text: string; bodyName: string; at: string } | null;
  feedback: { content: string; remark: string } | null;
  followUp: FollowUpProps;
  mergedInto: string | null;
  mergedFrom: string[];
  upper: { id: string; name: string } | null;
  lower: { id: string; name: string }[];
  holder: { id: string; name: string; deliberates: boolean };
  agenda: { meetingId: string; startsAt: string; status: string } | null;
  decisions: DecisionProps[];
  course: CourseProps | null;
  story: StoryLevel[];
  can: Record<IssueAct, boolean>;
  toVerify: { id: string; title: string } | null;
  version: number;
};

/** Null when there is no such issue, or none this reader may know of. */
export async function issuePage(db: Db, viewer: Viewer, { number }: { number: string }): Promise<IssuePage | null> {
  const { communityId, personId } = viewer.actor;
  const { timeZone } = viewer.community;
  const issue = await loadIssueByNumber(db, communityId, number);
  if (!issue) return null;
  const subject = await issueSubject(db, issue);
  if (!mayDo(viewer, `issue.see.${issue.visibility}`, subject)) return null;

  const bodies = await loadBodies(db, communityId);
  const tasks = await tasksOf(db, communityId, { issueId: issue.id });
  const events = await storyOf(db, communityId, issue.id);
  const decisions = await decisionsOf(db, communityId, { issueId: issue.id });
  const running = await runningAgendaOf(db, communityId, issue.id);
  const meeting = running && (await loadMeeting(db, communityId, running.meetingId));
  const course = await courseProps(db, viewer, issue.id);
  const followUp = await followUpProps(db, viewer, issue, subject);
  const meetings = await meetingsOf(db, communityId, [...decisions.map((d) => d.meetingId), ...meetingsIn(events)]);
  const photos = await attachmentsOf(db, communityId, "issue", [issue.id]);
  const names = await namesOf(db, communityId, [
    issue.raisedBy,
    ...events.map((e) => e.actorId),
    ...issue.stays.flatMap((s) => s.acceptedBy ?? []),
    ...tasks.flatMap(peopleIn),
  ]);
  const others = await numbersOf(db, communityId, events, issue);

  const holder = must(bodies, holderOf(issue));
  const upper = holder.escalatesToId ? bodies.get(holder.escalatesToId) : undefined;
  const projects = (await projectsOf(db, communityId, issue.id)).filter(isUnderWay);
  const lower = [...bodies.values()].filter((b) => remit(issue, holder, b, "x", zeroClock, { onRunningAgenda: running !== null }).ok);
  const handler = mayDo(viewer, "issue.see.handlers", subject);
  const toVerify = tasks.find((t) => t.status === "handedIn" && t.handedInBy !== personId && mayDo(viewer, "task.verify", taskSubject(t, issue))) ?? null;

  return {
    id: issue.id,
    number,
    title: issue.title,
    what: issue.what,
    category: issue.category,
    track: issue.track,
    visibility: issue.visibility,
    building: issue.buildingId ? (bodies.get(issue.buildingId)?.name ?? "") : "",
    stairwell: issue.stairwell,
    place: issue.place,
    raisedAt: issue.raisedAt,
    // Who raised it is for those who handle it; neighbours see where it came from.
    raiser: handler ? (names.get(issue.raisedBy) ?? "") : "",
    mine: issue.raisedBy === personId,
    joined: issue.supports.some((s) => s.personId === personId),
    households: householdsOf(issue),
    photos: photos.map(({ id, width, height }) => ({ id, width, height })),
    status: issue.phase.status,
    steps: staircase(issue, bodies, viewer.now, timeZone),
    home: issue.phase.status === "answered" || issue.phase.status === "closed",
    light: nextLight(issue, { tasks, projects }, viewer),
    waits: waitsFor(issue, { bodies, tasks, projects, viewer, names, holder, handler, meeting: meeting?.startsAt ?? null }),
    question: issue.phase.status === "waiting" ? issue.phase.question : "",
    answer:
      issue.phase.status === "answered" || issue.phase.status === "closed"
        ? { ...issue.phase.answer, bodyName: bodies.get(issue.phase.answer.bodyId)?.name ?? "" }
        : null,
    feedback: issue.phase.status === "closed" && (handler || issue.raisedBy === personId) ? issue.phase.feedback : null,
    followUp,
    mergedInto: issue.phase.status === "merged" ? (others.get(issue.phase.into) ?? null) : null,
    mergedFrom: events.flatMap((e) => (e.event.type === "issue.absorbed" ? (others.get(e.event.from) ?? []) : [])),
    upper: upper ? { id: upper.id, name: upper.name } : null,
    lower: lower.map(({ id, name }) => ({ id, name })),
    holder: { id: holder.id, name: holder.name, deliberates: deliberates(holder.kind) },
    agenda: running && meeting ? { meetingId: running.meetingId, startsAt: meeting.startsAt, status: running.status } : null,
    decisions: await decisionProps(db, viewer, decisions, tasks, { bodies, names, issues: new Map([[issue.id, issue]]), meetings }),
    course: course?.props ?? null,
    story: storyByLevel(issue, events, { bodies, names, others, meetings, viewer, handler }),
    can: {
      ...(await clockActs(db, viewer, issue, subject, bodies)),
      ...acts(issue, viewer, subject, {
        holder,
        upper,
        openWork: openWork(tasks, projects),
        onAgenda: running !== null,
        lower: lower.length > 0,
        verify: toVerify !== null,
        course: course?.course.status === "running" ? course.course : null,
        rate: followUp.mayRate,
      }),
    },
    toVerify: toVerify && { id: toVerify.id, title: toVerify.title },
    version: issue.version,
  };
}

type Work = { tasks: readonly Task[]; projects: readonly ProjectLine[] };

/** The light of whatever is waited for: while departments work, the next of their dates. */
function nextLight(issue: Issue, { tasks, projects }: Work, viewer: Viewer): Light {
  if (issue.phase.status !== "doing") return lightOf(issue, viewer);
  const [next, project] = [nextTask(tasks), nextProject(projects)];
  if (next) return taskLight(next, viewer);
  if (!project) return lightOf(issue, viewer);
  return project.status === "finished" ? pausedLight : light(project.openedAt, endOf(project, viewer), viewer.now, viewer.community.timeZone);
}

/** When a project's last day ends. */
const endOf = ({ plan }: ProjectLine, { community }: Pick<Viewer, "community">): string => atLocal(plan.endsOn, community.dayEndsAt, community.timeZone);
const nextProject = (projects: readonly ProjectLine[]): ProjectLine | undefined => [...projects].sort((a, b) => (a.plan.endsOn < b.plan.endsOn ? -1 : 1))[0];

/** The open task that is due first; those handed in wait for us, not for them. */
function nextTask(tasks: readonly Task[]): Task | undefined {
  const open = tasks.filter(holdsIssue);
  return open.filter((t) => t.status !== "handedIn").sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0] ?? open[0];
}

const zeroClock = { respondBy: "", settleBy: "" };
const must = (bodies: ReadonlyMap<string, Body>, id: string): Body => {
  const body = bodies.get(id);
  if (!body) throw new Error(`Body ${id} does not exist.`);
  return body;
};

/** The light of an issue for whoever looks at it in a list or on its page. */
export function lightOf(issue: Issue, viewer: Pick<Viewer, "now" | "community">): Light {
  if (isOver(issue)) return doneLight;
  if (issue.phase.status === "waiting" || issue.phase.status === "answered") return pausedLight;
  const due = dueOf(issue);
  return due ? light(current(issue).receivedAt, due, viewer.now, viewer.community.timeZone) : pausedLight;
}

function acts(
  issue: Issue,
  viewer: Viewer,
  subject: Parameters<typeof mayDo>[2],
  at: { holder: Body; upper: Body | undefined; openWork: number; onAgenda: boolean; lower: boolean; verify: boolean; course: Course | null; rate: boolean },
): Record<Exclude<IssueAct, "extend" | "order">, boolean> {
  const today = localDay(viewer.now, viewer.community.timeZone);
  const way = (act: "begin" | "post" | "pass" | "stop") => mayDo(viewer, `course.${act}`, subject);
  const may = (act: Exclude<IssueAct, "extend" | "order" | "agenda" | "verify" | "course" | "post" | "pass" | "stop" | "rate">) =>
    mayDo(viewer, `issue.${act}`, subject);
  const byHand = (act: ByHand) => may(act) && checkByHand(at.course, issue, act) === null;
  const agenda = { onRunningAgenda: at.onAgenda };
  const ends = !at.onAgenda;
  return {
    accept: may("accept") && acceptIssue(issue).ok,
    classify: may("classify") && (issue.phase.status === "open" || issue.phase.status === "doing"),
    note: may("note") && note(issue, "x").ok,
    ask: may("ask") && ask(issue, "x").ok,
    reply: may("reply") && issue.phase.status === "waiting",
    join: may("join") && join(issue, viewer.actor.personId, 1).ok,
    settle: byHand("settle") && ends && settle(issue, "x", at.openWork).ok,
    decline: byHand("decline") && ends && decline(issue, "x", at.openWork).ok,
    merge: byHand("merge") && ends && settle(issue, "x", at.openWork).ok,
    escalate: byHand("escalate") && escalate(issue, at.holder, at.upper ?? null, { text: "x", decisionId: null }, zeroClock, agenda).ok,
    remit: byHand("remit") && at.lower,
    feedback: may("feedback") && issue.phase.status === "answered",
    rate: at.rate,
    appeal: may("appeal") && appeal(issue, at.holder, "x", zeroClock).ok,
    course: way("begin") && at.course === null && ends && (issue.phase.status === "open" || issue.phase.status === "doing"),
    post: way("post") && at.course !== null && post(at.course, issue, null, { today }).ok,
    pass: way("pass") && at.course !== null && pass(at.course, issue, { today }).ok,
    stop: way("stop") && at.course !== null && ends,
    agenda:
      at.course === null &&
      deliberates(at.holder.kind) &&
      !at.onAgenda &&
      (issue.phase.status === "open" || issue.phase.status === "doing" || issue.phase.status === "waiting") &&
      mayDo(viewer, "meeting.call", { ...subject, bodies: { body: [at.holder.id] } }),
    verify: at.verify,
  };
}

function waitsFor(
  issue: Issue,
  at: Work & {
    bodies: ReadonlyMap<string, Body>;
    names: ReadonlyMap<string, string>;
    holder: Body;
    handler: boolean;
    meeting: string | null;
    viewer: Viewer;
  },
): IssuePage["waits"] {
  const nothing = { for: at.holder.name, by: dueOf(issue), task: "", others: 0 };
  switch (issue.phase.status) {
    case "closed":
    case "merged":
      return { ...nothing, what: "nobody" };
    case "answered":
      return { ...nothing, what: "feedback", for: at.handler ? (at.names.get(issue.raisedBy) ?? "") : "" };
    case "waiting":
      return { ...nothing, what: "reply", for: at.handler ? (at.names.get(issue.raisedBy) ?? "") : "" };
    case "doing": {
      const others = openWork(at.tasks, at.projects) - 1;
      const [next, project] = [nextTask(at.tasks), nextProject(at.projects)];
      if (!next && project) {
        const name = at.bodies.get(project.responsibleId)?.name ?? "";
        return { what: "tasks", for: name, by: endOf(project, at.viewer), task: project.name, others };
      }
      if (!next) return { ...nothing, what: "settle" };
      const name = next.assignee.kind === "body" ? at.bodies.get(next.assignee.id)?.name : at.names.get(next.assignee.id);
      return { what: "tasks", for: name ?? "", by: next.dueAt, task: next.title, others };
    }
    case "open":
      if (current(issue).acceptedAt === null) return { ...nothing, what: "accept" };
      return at.meeting ? { ...nothing, what: "meeting", by: at.meeting } : { ...nothing, what: "settle" };
  }
}

const meetingsIn = (events: readonly Recorded[]): string[] => events.flatMap((e) => ("meetingId" in e.event ? [e.event.meetingId] : []));

type HeldIn = ReadonlyMap<string, { position: number; terms: Pick<Terms, "rules"> }>;
async function meetingsOf(db: Db, communityId: string, ids: readonly string[]): Promise<HeldIn> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("Meeting")
    .select(["id", "position", "terms"])
    .where("communityId", "=", communityId)
    .where("id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map((r) => [r.id, { position: r.position, terms: JSON.parse(r.terms) as Terms }]));
}

/** Numbers of the issues this one was merged with. */
async function numbersOf(db: Db, communityId: string, events: readonly Recorded[], issue: Issue): Promise<Map<string, string>> {
  const ids = events.flatMap((e) => (e.event.type === "issue.absorbed" ? [e.event.from] : []));
  if (issue.phase.status === "merged") ids.push(issue.phase.into);
  const found = await Promise.all(ids.map((id) => loadIssue(db, communityId, id)));
  return new Map(found.flatMap((other) => (other ? [[other.id, other.number] as const] : [])));
}

/** What others must not read in the story: feedback remarks are for those who handled it and the raiser. */
const privateTo = new Set(["issue.closed", "issue.reopened"]);

function storyByLevel(
  issue: Issue,
  events: readonly Recorded[],
  at: {
    bodies: ReadonlyMap<string, Body>;
    names: ReadonlyMap<string, string>;
    others: ReadonlyMap<string, string>;
    meetings: HeldIn;
    viewer: Viewer;
    handler: boolean;
  },
): StoryLevel[] {
  const zone = at.viewer.community.timeZone;
  const levels: StoryLevel[] = issue.stays.map((stay) => ({
    bodyId: stay.bodyId,
    name: at.bodies.get(stay.bodyId)?.name ?? "",
    from: stay.receivedAt,
    until: stay.endedAt,
    days: daysBetween(stay.receivedAt, stay.endedAt ?? at.viewer.now, zone),
    acceptedBy: stay.acceptedBy ? (at.names.get(stay.acceptedBy) ?? "") : "",
    ending: stay.ending,
    entries: [],
  }));
  let level = 0;
  for (const { event, at: when, actorId } of events) {
    const entry: StoryEntry = {
      at: when,
      what: toldAs(event),
      by: actorId === issue.raisedBy && !at.handler ? "" : (at.names.get(actorId) ?? ""),
      text: textOf(event),
      to: "to" in event && typeof event.to === "string" ? (at.bodies.get(event.to)?.name ?? "") : "",
      number: event.type === "issue.merged" ? (at.others.get(event.into) ?? "") : event.type === "issue.absorbed" ? (at.others.get(event.from) ?? "") : "",
      due: event.type === "issue.escalated" && event.overdue ? (issue.stays[level]?.settleBy ?? null) : null,
      meeting: "meetingId" in event ? { id: event.meetingId, position: at.meetings.get(event.meetingId)?.position ?? 0 } : null,
    };
    if (event.type === "issue.joined" || event.type === "issue.assigned" || event.type === "issue.rated" || event.type === "decision.amended") continue;
    if (privateTo.has(event.type) && !at.handler && issue.raisedBy !== at.viewer.actor.personId) entry.text = "";
    if (event.type === "issue.reopened" || event.type === "issue.appealed") {
      levels[level]?.entries.push(entry);
      level++;
      continue;
    }
    levels[level]?.entries.push(entry);
    if (event.type === "issue.escalated" || event.type === "issue.remitted") level++;
  }
  return levels;
}

/** The name of what happened: one event may come about in two ways. */
function toldAs(event: Recorded["event"]): string {
  if (event.type === "issue.escalated" && event.overdue) return "issue.climbed";
  return event.type === "issue.reopened" && event.taskId ? "issue.undone" : event.type;
}

function textOf(event: Recorded["event"]): string {
  if (!("words" in event) || !event.words) return "";
  const words: Record<string, string> = event.words;
  if (event.type === "issue.classified") return [words.title, words.text].filter(Boolean).join("\n");
  return event.type === "issue.raised" ? (words.what ?? "") : (words.text ?? words.reason ?? words.question ?? words.remark ?? words.title ?? "");
}
