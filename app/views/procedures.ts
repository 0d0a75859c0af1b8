// Procedures in words: what there is, what a meeting goes by, where a matter stands on its way.
import { coursesOf, runningCourses } from "../data/courses.server";
import type { Db } from "../data/dialect.server";
import { loadMeeting } from "../data/meetings.server";
import { loadBody } from "../data/organisation.server";
import { proceduresOf, stagesFor } from "../data/procedures.server";
import { bodySubject, communitySubject, meetingSubject } from "../data/subjects.server";
import { isLate } from "../domain/agenda";
import { localDay } from "../domain/clock";
import { type Course, type CourseStatus, type Posted, postedUntil, stageOf } from "../domain/course";
import { type Decision, isLapsed } from "../domain/decision";
import type { Meeting } from "../domain/meeting";
import { checkMembers, figuresOf, type Procedure, type Rule, ruleOf, type Stage, sentence, stageKey, type Terms, termsOf } from "../domain/procedure";
import { type QuorumReport, quorumOf } from "../domain/seats";
import { type BodyKind, isLevel, type Party } from "../domain/vocabulary";
import { issueRows } from "./issue-rows";
import type { Adoption } from "./ratify";
import { fullName, mayDo, type Viewer } from "./viewer";

/** Words of a procedure: both languages, the page chooses. */
export type Text = { zh: string; en: string };
const both = (say: (locale: "zh" | "en") => string): Text => ({ zh: say("zh"), en: say("en") });

export type ProcedureChoice = { value: string; title: Text; about: Text };

/** What to choose from when a body is called, the usual one first, each with what it demands before the meeting. */
export async function procedureChoices(db: Db, viewer: Viewer, kind: BodyKind): Promise<(ProcedureChoice & { hasty: boolean })[]> {
  const { communityId } = viewer.actor;
  const begun = (await runningCourses(db, communityId)).flatMap((course) => stageOf(course) ?? []).filter(({ stage }) => stage.bodies.includes(kind));
  const waiting = new Set(begun.map(({ procedure, stage }) => stageKey(procedure, stage)));
  // A stage of a course is offered when something has come to it.
  const choices = (await stagesFor(db, communityId, kind)).filter(({ procedure, stage }) => !procedure.course || waiting.has(stageKey(procedure, stage)));
  return choices.map(({ procedure, stage }) => {
    const before = stage.rules.filter((r) => r.kind === "notice" || r.kind === "ratify" || r.kind === "parties" || r.kind === "advises");
    return {
      value: stageKey(procedure, stage),
      title: termsOf(procedure, stage).title,
      hasty: ruleOf(stage, "ratify") !== null,
      about: both((locale) => before.map((rule) => sentence(rule, locale)).join(locale === "zh" ? "" : " ") || procedure.about[locale]),
    };
  });
}

/** Issues a body may take up besides those it holds: at a stage of their course that it holds, or, holding none itself, what everybody may see. */
export async function alsoTakenUp(
  db: Db,
  viewer: Viewer,
  body: { id: string; kind: BodyKind },
): Promise<{ id: string; number: string; title: string; stage: Text | null }[]> {
  const { communityId } = viewer.actor;
  const courses = await runningCourses(db, communityId);
  const here = new Map(
    courses.flatMap((course) => {
      const at = stageOf(course);
      return at?.stage.bodies.includes(body.kind) ? [[course.issueId, at.stage.title] as const] : [];
    }),
  );
  const open = isLevel(body.kind)
    ? []
    : await db
        .selectFrom("Issue")
        .select("id")
        .where("communityId", "=", communityId)
        .where("visibility", "=", "community")
        .where("status", "in", ["open", "doing"])
        .orderBy("raisedAt", "desc")
        .limit(60)
        .execute();
  const elsewhere = new Set(courses.map((c) => c.issueId));
  const planned = await db
    .selectFrom("AgendaItem")
    .innerJoin("Meeting", (join) => join.onRef("Meeting.communityId", "=", "AgendaItem.communityId").onRef("Meeting.id", "=", "AgendaItem.meetingId"))
    .select("AgendaItem.issueId")
    .where("AgendaItem.communityId", "=", communityId)
    .where("Meeting.status", "in", ["called", "inSession"])
    .execute();
  const taken = new Set(planned.map((p) => p.issueId));
  const ids = [...here.keys(), ...open.map((i) => i.id).filter((id) => !elsewhere.has(id))].filter((id) => !taken.has(id));
  return (await issueRows(db, viewer, ids)).map(({ id, number, title }) => ({ id, number, title, stage: here.get(id) ?? null }));
}

export type RuleLine = { id: string; kind: Rule["kind"]; text: Text; source: Text };
export const lineOf = (rule: Rule): RuleLine => ({ id: rule.id, kind: rule.kind, text: both((locale) => sentence(rule, locale)), source: rule.source });
type StageLines = { code: string; title: Text; bodies: readonly BodyKind[]; usual: boolean; rules: RuleLine[] };
const stageLines = ({ code, title, bodies, usual, rules }: Stage): StageLines => ({ code, title, bodies, usual, rules: rules.map(lineOf) });

export type ProceduresPage = {
  procedures: { code: string; version: number; own: boolean; course: boolean; title: Text; about: Text; stages: StageLines[] }[];
  /** Whether this reader may set the community's own figures. */
  keeps: boolean;
};

/** Every procedure the community knows, rule by rule with its source. Open to everybody with an office. */
export async function proceduresPage(db: Db, viewer: Viewer): Promise<ProceduresPage | null> {
  const { communityId } = viewer.actor;
  if (!mayDo(viewer, "body.see", bodySubject(communityId, ""))) return null;
  const all = await proceduresOf(db, communityId);
  return {
    procedures: all
      .sort((a, b) => b.stages.filter((s) => s.usual).length - a.stages.filter((s) => s.usual).length)
      .map(({ code, version, own, course, title, about, stages }) => ({ code, version, own, course, title, about, stages: stages.map(stageLines) })),
    keeps: mayDo(viewer, "procedure.keep", await communitySubject(db, communityId)),
  };
}

export type FiguresPage = {
  code: string;
  title: Text;
  stages: { code: string; title: Text; rules: (RuleLine & { figures: ReturnType<typeof figuresOf> })[] }[];
};

/** One procedure with the figures a community may set. */
export async function figuresPage(db: Db, viewer: Viewer, code: string): Promise<FiguresPage | null> {
  const procedure = (await proceduresOf(db, viewer.actor.communityId)).find((p) => p.code === code);
  if (!procedure) return null;
  const stages = procedure.stages.map((stage) => ({
    code: stage.code,
    title: stage.title,
    rules: stage.rules.map((rule) => ({ ...lineOf(rule), figures: figuresOf(stage.code, rule) })),
  }));
  return { code, title: procedure.title, stages };
}

/** Whether a rule is kept now, with the figures that say so; null where it shows only in what is decided. */
export type Kept =
  | { kept: boolean; what: "notice"; late: number }
  | { kept: boolean; what: "quorum"; due: number; present: number; needed: number }
  | { kept: boolean; what: "parties"; missing: Party[] }
  | { kept: boolean; what: "members"; n: number }
  | null;

export type TermsPage = {
  meeting: { id: string; position: number; body: string; status: Meeting["status"]; calledBy: string };
  title: Text;
  procedure: string;
  version: number;
  rules: (RuleLine & { now: Kept })[];
  /** What the body has set for itself besides: both must be kept. */
  own: QuorumReport & { parties: readonly Party[] };
};

/** The rules a meeting goes by, as they were when it was called, and which of them are kept now. */
export async function termsPage(db: Db, viewer: Viewer, { meetingId }: { meetingId: string }): Promise<TermsPage | null> {
  const { communityId } = viewer.actor;
  const meeting = await loadMeeting(db, communityId, meetingId);
  if (!meeting || !mayDo(viewer, "meeting.see", meetingSubject(meeting))) return null;
  const body = await loadBody(db, communityId, meeting.bodyId);
  if (!body) throw new Error(`Meeting ${meetingId} belongs to no body.`);
  const { terms } = meeting;
  return {
    meeting: { id: meeting.id, position: meeting.position, body: fullName(body), status: meeting.status, calledBy: meeting.calledBy },
    title: terms.title,
    procedure: terms.procedure,
    version: terms.version,
    rules: terms.rules.map((rule) => ({ ...lineOf(rule), now: keptNow(rule, meeting) })),
    own: { ...quorumOf(meeting.seats, meeting.quorum), parties: meeting.quorum.parties },
  };
}

/** Whether a rule is kept. What came late and is marked so keeps the rules: it is talked about, and not decided. */
export function keptNow(rule: Rule, meeting: Meeting): Kept {
  // The rule by itself: what the body has set for itself is said beside the roll.
  const alone = quorumOf(
    meeting.seats,
    { ...meeting.quorum, numerator: 0, parties: [] },
    { rules: [rule, ...meeting.terms.rules.filter((r) => r.kind === "advises")] },
  );
  switch (rule.kind) {
    case "notice":
    case "lateItems": {
      const late = meeting.items.filter((item) => isLate(meeting, item)).length;
      return { kept: rule.kind === "lateItems" || late < meeting.items.length, what: "notice", late };
    }
    case "quorum":
      return { kept: alone.met, what: "quorum", due: alone.due, present: alone.present, needed: alone.needed };
    case "parties": {
      const missing = alone.missing.flatMap((m) => (m.kind === "party" ? [m.party] : []));
      return { kept: missing.length === 0, what: "parties", missing };
    }
    case "members":
      return { kept: checkMembers({ rules: [rule] }, alone.due) === null, what: "members", n: alone.due };
    default:
      return null;
  }
}

/** How a decision stands after the meeting: until when it is posted, and whether a regular meeting must still adopt it. */
export type Standing = {
  postedUntil: string | null;
  /** "unplaced": no meeting that is called adopts it in time. `noticeOn`: the last day one can be given notice of, while there is one. */
  ratify: { by: string; state: "waits" | "unplaced" | "ratified" | "overturned" | "lapsed"; noticeOn: string | null } | null;
};

/** `adoption`: how it stands with it while it waits for a regular meeting. */
export function standingOf(
  decision: Decision,
  terms: Pick<Terms, "rules">,
  viewer: Pick<Viewer, "now" | "community">,
  adoption: Adoption | undefined,
): Standing {
  const { timeZone } = viewer.community;
  const post = decision.outcome === "adopted" || decision.outcome === "escalated" ? ruleOf(terms, "post") : null;
  const state = decision.overturned
    ? "overturned"
    : decision.ratifiedById !== null
      ? "ratified"
      : isLapsed(decision, localDay(viewer.now, timeZone))
        ? "lapsed"
        : adoption?.meetingId
          ? "waits"
          : "unplaced";
  return {
    postedUntil: post && postedUntil(localDay(decision.recordedAt, timeZone), post.days),
    ratify: decision.ratifyBy === null ? null : { by: decision.ratifyBy, state, noticeOn: adoption?.noticeOn ?? null },
  };
}

export type CourseProps = {
  title: Text;
  status: CourseStatus;
  reason: string;
  stages: {
    code: string;
    title: Text;
    bodies: readonly BodyKind[];
    /** Where it stands: behind it, at it, or still to come. */
    state: "passed" | "now" | "rejected" | "stopped" | "ahead";
    at: string | null;
    posted: (Posted & { over: boolean }) | null;
  }[];
};

/** The course an issue is on, or the last it was on. */
export async function courseProps(db: Db, viewer: Viewer, issueId: string): Promise<{ course: Course; props: CourseProps } | null> {
  const all = await coursesOf(db, viewer.actor.communityId, issueId);
  const course = all.find((c) => c.status === "running") ?? all.at(-1);
  if (!course) return null;
  const today = localDay(viewer.now, viewer.community.timeZone);
  const here = course.passed.length;
  const standing = course.status === "running" ? "now" : course.status === "done" ? "passed" : course.status;
  const stages = course.procedure.stages.map((stage, n): CourseProps["stages"][number] => ({
    code: stage.code,
    title: stage.title,
    bodies: stage.bodies,
    state: n < here ? "passed" : n === here ? standing : "ahead",
    at: n < here ? (course.passed[n]?.at ?? null) : n === here && course.status !== "running" ? course.endedAt : null,
    posted: n === here && course.posted ? { ...course.posted, over: course.posted.until < today } : null,
  }));
  return { course, props: { title: course.procedure.title, status: course.status, reason: course.reason, stages } };
}

/** The procedures an issue can be put on. */
export async function courseChoices(db: Db, viewer: Viewer): Promise<ProcedureChoice[]> {
  const all = (await proceduresOf(db, viewer.actor.communityId)).filter((p) => p.course);
  return all.map(({ code, title, about }: Procedure) => ({ value: code, title, about }));
}
