// What the commands on one issue look at.
import { z } from "zod";
import { runningCourseOf } from "../../data/courses.server";
import type { Db } from "../../data/dialect.server";
import { loadIssueByNumber } from "../../data/issues.server";
import { runningAgendaOf } from "../../data/meetings.server";
import { type Community, loadBody, loadCalendar, loadClockRule, loadCommunity } from "../../data/organisation.server";
import { openWorkOf } from "../../data/projects.server";
import { issueSubject } from "../../data/subjects.server";
import type { Body } from "../../domain/body";
import { type Deadlines, deadlines, localDay } from "../../domain/clock";
import { type ByHand, type Course, checkByHand } from "../../domain/course";
import { version } from "../../domain/input";
import { harmlessToOthers, holderOf, type Issue } from "../../domain/issue";
import { type Actor, can, type Subject } from "../../domain/permission";
import { accept, type Outcome, type Refused, refuse } from "../../domain/refusal";
import type { BodyKind, Category, Track } from "../../domain/vocabulary";

/** The fields every command on an issue takes: which one, and the version the person saw. */
export const onIssue = {
  number: z.string({ error: "id.missing" }).regex(/^\d{4}-\d{4,}$/, { error: "id.malformed" }),
  version,
};

export type IssueState = { issue: Issue; subject: Subject };
/** Where it is, and by whose calendar. */
export type Held = { holder: Body; community: Community };
/** What may hold back an act that sends an issue on or ends it. */
export type Hindrances = { openWork: number; onRunningAgenda: boolean; course: Course | null };

/** The issue. One the actor may not see is one that does not exist. */
export async function loadIssueState(tx: Db, number: string, actor: Actor): Promise<Outcome<IssueState>> {
  const { communityId } = actor;
  const issue = await loadIssueByNumber(tx, communityId, number);
  if (!issue) return refuse("notFound", { what: number });
  const subject = await issueSubject(tx, issue);
  if (!can(actor, `issue.see.${issue.visibility}`, subject)) return refuse("notFound", { what: number });
  return accept({ issue, subject });
}

/** The same, with the body that holds it. */
export async function loadHeld(tx: Db, number: string, actor: Actor): Promise<Outcome<IssueState & Held>> {
  const state = await loadIssueState(tx, number, actor);
  if (!state.ok) return state;
  const { issue } = state.value;
  const holder = await loadBody(tx, actor.communityId, holderOf(issue));
  const community = await loadCommunity(tx, actor.communityId);
  if (!holder || !community) throw new Error(`Issue ${issue.id} is held by a body that does not exist.`);
  return accept({ ...state.value, holder, community });
}

/** The same, with what may hold its end or its way back. */
export async function loadEndable(tx: Db, number: string, actor: Actor): Promise<Outcome<IssueState & Held & Hindrances>> {
  const state = await loadHeld(tx, number, actor);
  if (!state.ok) return state;
  const { issue } = state.value;
  return accept({
    ...state.value,
    openWork: await openWorkOf(tx, actor.communityId, issue.id),
    onRunningAgenda: (await runningAgendaOf(tx, actor.communityId, issue.id)) !== null,
    course: await runningCourseOf(tx, actor.communityId, issue.id),
  });
}

/** The same, with the body it is to go to, and that one's deadlines. */
export async function loadMove(tx: Db, { number, to }: { number: string; to: string }, { actor, now }: { actor: Actor; now: string }) {
  const state = await loadEndable(tx, number, actor);
  if (!state.ok) return state;
  const { community, issue, holder } = state.value;
  const receiver = await loadBody(tx, actor.communityId, to);
  return accept({ ...state.value, receiver, clock: await clockFor(tx, community, receiver?.kind ?? holder.kind, issue, now) });
}

/** Refused while a running agenda has the issue, or its course decides it. */
export function checkHindrances({ issue, course, onRunningAgenda }: IssueState & Hindrances, act: ByHand): Refused | null {
  return onRunningAgenda ? refuse("issue.onAgenda", { number: issue.number }) : checkByHand(course, issue, act);
}

/** The deadlines of a level that receives something of this track and category now. */
export async function clockFor(tx: Db, community: Community, kind: BodyKind, of: { track: Track; category: Category }, now: string): Promise<Deadlines> {
  const rule = await loadClockRule(tx, community.id, kind, of.track, of.category);
  return deadlines(now, rule, await loadCalendar(tx, community, localDay(now, community.timeZone)));
}

export const seenIssue = ({ issue }: { issue: Issue }) => ({ kind: "issue", id: issue.id, version: issue.version, harmless: harmlessToOthers });
export const subjectOfState = ({ subject }: { subject: Subject }) => subject;
