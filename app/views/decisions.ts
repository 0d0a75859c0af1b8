// Decisions with the work and the projects under each, as every page shows them.
import type { Db } from "../data/dialect.server";
import { taskSubject } from "../data/subjects.server";
import type { Body } from "../domain/body";
import { doneLight, type Light, light, pausedLight } from "../domain/clock";
import type { Decision } from "../domain/decision";
import type { Issue } from "../domain/issue";
import type { Terms } from "../domain/procedure";
import { type Assignee, progressOf, type Task } from "../domain/task";
import type { Party } from "../domain/vocabulary";
import { type Standing, standingOf } from "./procedures";
import { type ProjectsUnder, projectsUnder } from "./project-page";
import { adoptionsOf } from "./ratify";
import { mayDo, type Viewer } from "./viewer";

export type TaskProps = {
  id: string;
  /** The reader may know of it and not open it: no link leads there. */
  shut?: boolean;
  title: string;
  assignee: { name: string; party: Party | null };
  dueOn: string;
  proof: string;
  status: Task["status"];
  light: Light;
  handedInAt: string | null;
  progress: string;
  returnedFor: string;
  photos: number;
  supporting: { name: string; party: Party | null }[];
  /** 0 to 100; `steps` when there are any. */
  percent: number;
  steps: { done: number; all: number } | null;
  waitsFor: "return" | "extension" | null;
};

export type DecisionProps = {
  id: string;
  text: string;
  method: Decision["method"];
  outcome: Decision["outcome"];
  counts: Decision["counts"];
  /** It stands on a vote: its words, its way and its counts are the vote's. */
  voted: boolean;
  recordedAt: string;
  bodyName: string;
  meeting: { id: string; position: number };
  itemId: string;
  issueNumber: string;
  standing: Standing;
  version: number;
  tasks: TaskProps[];
} & ProjectsUnder;

export function taskLight(task: Task, viewer: Pick<Viewer, "now" | "community">): Light {
  if (task.status === "verified") return doneLight;
  if (task.status === "handedIn") return pausedLight;
  return light(task.assignedAt, task.dueAt, viewer.now, viewer.community.timeZone);
}

/** The people a task names: whose names a view needs. */
export const peopleIn = (task: Task): string[] =>
  [task.assignee, ...task.supporting, ...task.steps.flatMap((s) => s.owner ?? []), ...(task.sentBack?.belongsTo ? [task.sentBack.belongsTo] : [])].flatMap(
    (hand) => (hand.kind === "person" ? [hand.id] : []),
  );

/** A person or body as a page names it. */
export const handProps = (hand: Assignee, bodies: ReadonlyMap<string, Body>, names: ReadonlyMap<string, string>): { name: string; party: Party | null } =>
  hand.kind === "body" ? { name: bodies.get(hand.id)?.name ?? "", party: bodies.get(hand.id)?.party ?? null } : { name: names.get(hand.id) ?? "", party: null };

export const taskProps =
  (viewer: Viewer, bodies: ReadonlyMap<string, Body>, names: ReadonlyMap<string, string>) =>
  (task: Task): TaskProps => ({
    id: task.id,
    title: task.title,
    assignee: handProps(task.assignee, bodies, names),
    dueOn: task.dueOn,
    proof: task.proof,
    status: task.status,
    light: taskLight(task, viewer),
    handedInAt: task.handedInAt,
    progress: task.progress,
    returnedFor: task.returnedFor,
    photos: 0,
    supporting: task.supporting.map((hand) => handProps(hand, bodies, names)),
    percent: progressOf(task),
    steps: task.steps.length > 0 ? { done: task.steps.filter((s) => s.doneAt !== null).length, all: task.steps.length } : null,
    waitsFor: task.sentBack ? "return" : task.extension ? "extension" : null,
  });

/**
 * Decisions of issues this reader may see, with the tasks under each: to a task they may know of and not open no link leads.
 * `issues` and `meetings` hold those the decisions name.
 */
export async function decisionProps(
  db: Db,
  viewer: Viewer,
  decisions: readonly Decision[],
  tasks: readonly Task[],
  at: {
    bodies: ReadonlyMap<string, Body>;
    names: ReadonlyMap<string, string>;
    issues: ReadonlyMap<string, Issue>;
    meetings: ReadonlyMap<string, { position: number; terms: Pick<Terms, "rules"> }>;
  },
): Promise<DecisionProps[]> {
  const under = await projectsUnder(db, viewer, [...new Set(decisions.map((d) => d.issueId))]);
  const adoptions = await adoptionsOf(db, viewer, decisions);
  const shown = taskProps(viewer, at.bodies, at.names);
  const props = (task: Task): TaskProps => {
    const issue = at.issues.get(task.issueId);
    return { ...shown(task), shut: !issue || !mayDo(viewer, "task.see", taskSubject(task, issue)) };
  };
  return decisions.map((d) => {
    const meeting = at.meetings.get(d.meetingId);
    return {
      id: d.id,
      text: d.text,
      method: d.method,
      outcome: d.outcome,
      counts: d.counts,
      voted: d.voteId !== null,
      recordedAt: d.recordedAt,
      bodyName: at.bodies.get(d.bodyId)?.name ?? "",
      meeting: { id: d.meetingId, position: meeting?.position ?? 0 },
      itemId: d.itemId,
      issueNumber: at.issues.get(d.issueId)?.number ?? "",
      standing: standingOf(d, meeting?.terms ?? { rules: [] }, viewer, adoptions.get(d.id)),
      version: d.version,
      tasks: tasks.filter((t) => t.decisionId === d.id).map(props),
      ...under(d),
    };
  });
}
