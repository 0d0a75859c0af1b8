// A matter's way through the stages of a procedure, in their order. It keeps the procedure as it was when the way began.
import { nextDay, tooFar } from "./clock";
import { type By, type Issue, isOver } from "./issue";
import { type Procedure, refuseBy, ruleOf, type Stage, type Terms } from "./procedure";
import { accept, type Outcome, type Refused, refuse } from "./refusal";

export type CourseStatus = "running" | "done" | "rejected" | "stopped";
/** A stage that was passed: by a decision, or because its notice had been posted long enough. */
export type Passed = { stage: string; at: string; decisionId: string | null };
/** Days of the community's calendar, both included. */
export type Posted = { from: string; until: string };

export type Course = {
  communityId: string;
  id: string;
  issueId: string;
  procedure: Procedure;
  status: CourseStatus;
  passed: readonly Passed[];
  posted: Posted | null;
  begunBy: string;
  begunAt: string;
  endedAt: string | null;
  reason: string;
  version: number;
};

type Facts = { id: string; issueId: string };
export type CourseEvent =
  | ({ type: "course.begun"; procedure: Procedure } & Facts)
  | ({ type: "course.passed"; stage: string; decisionId: string | null } & Facts)
  | ({ type: "course.rejected"; stage: string; decisionId: string } & Facts)
  | ({ type: "course.posted"; stage: string } & Posted & Facts)
  | ({ type: "course.stopped"; words: { reason: string } } & Facts);

/** The stage a course is at; null when it has ended. */
export function stageOf(course: Pick<Course, "procedure" | "passed" | "status">): { procedure: Procedure; stage: Stage } | null {
  const stage = course.status === "running" ? course.procedure.stages[course.passed.length] : undefined;
  return stage ? { procedure: course.procedure, stage } : null;
}

/** What is posted on `day` for so many days stays until this day: the first day does not count (民法典 201). */
export const postedUntil = (day: string, days: number): string => nextDay(day, days);

/** The stages in their order, as one line to quote. */
const orderOf = (procedure: Procedure, locale: "zh" | "en") => procedure.stages.map((s) => s.title[locale]).join(" → ");
const quoted = (course: Course, issue: Pick<Issue, "number">) => ({
  number: issue.number,
  stageZh: stageOf(course)?.stage.title.zh ?? "",
  stageEn: stageOf(course)?.stage.title.en ?? "",
  orderZh: orderOf(course.procedure, "zh"),
  orderEn: orderOf(course.procedure, "en"),
});

/** Put an issue on a course. Refused: a procedure that is none, an issue that is over, on a course, or on a running agenda. */
export function begin(
  state: { issue: Issue; procedure: Procedure; running: Course | null; onRunningAgenda: boolean },
  by: { id: string },
): Outcome<CourseEvent> {
  const { issue, procedure, running } = state;
  if (!procedure.course) return refuse("course.notACourse", { procedureZh: procedure.title.zh, procedureEn: procedure.title.en }, "procedure");
  if (running) return refuse("course.alreadyOn", quoted(running, issue));
  if (isOver(issue) || issue.phase.status === "answered") return refuse("issue.notOpen", { status: issue.phase.status, number: issue.number });
  if (state.onRunningAgenda) return refuse("issue.onAgenda", { number: issue.number });
  return accept({ type: "course.begun", id: by.id, issueId: issue.id, procedure });
}

/**
 * Whether a meeting under these terms may take up an issue. A stage's meeting takes only issues whose course is at that
 * very stage, by the rules their course began with; any other meeting only issues that are on no course.
 */
export function checkCourse(course: Course | null, terms: Terms, issue: Pick<Issue, "number">): Refused | null {
  const at = course && stageOf(course);
  if (!course || !at)
    return terms.course ? refuse("course.notOn", { number: issue.number, procedureZh: terms.title.zh, procedureEn: terms.title.en }, "issues") : null;
  if (!terms.course || at.procedure.code !== terms.procedure || at.stage.code !== terms.stage)
    return refuse("course.otherStage", quoted(course, issue), "issues");
  // Called under newer rules than those this matter began with.
  return JSON.stringify(at.stage.rules) === JSON.stringify(terms.rules) ? null : refuse("course.otherRules", quoted(course, issue), "issues");
}

/** What the body that holds an issue does to it by its own word. */
export type ByHand = "settle" | "decline" | "merge" | "escalate" | "remit";

/**
 * Whether a body may end an issue or send it on by its own word. Not while its course runs: what four deliberations decide
 * is decided by nobody alone (中国共产党农村基层组织工作条例 19). When only its result is still to be published it is carried
 * out: handed down, and settled. Whoever does not want the course any more stops it, with the reason.
 */
export function checkByHand(course: Course | null, issue: Pick<Issue, "number">, act: ByHand): Refused | null {
  const at = course && stageOf(course);
  if (!course || !at || ((act === "settle" || act === "remit") && isCarriedOut(course))) return null;
  const rule = at.stage.rules.find((r) => r.kind === "pass") ?? at.stage.rules[0] ?? null;
  return refuseBy(rule, "course.byHand", quoted(course, issue));
}

/** Whether everything a course decides is decided, and its last publication alone is ahead; so too where there is no course. */
export function isCarriedOut(course: Course | null): boolean {
  const at = course && stageOf(course);
  return !course || !at || (course.passed.length === course.procedure.stages.length - 1 && at.stage.bodies.length === 0);
}

const facts = ({ id, issueId }: Course): Facts => ({ id, issueId });

/** What a stage meeting's decision does to the course: adopted takes it on, rejected ends it. */
export function afterDecision(course: Course | null, outcome: string, decisionId: string): CourseEvent[] {
  const at = course && stageOf(course);
  if (!course || !at || outcome === "deferred") return [];
  return [{ type: outcome === "adopted" ? "course.passed" : "course.rejected", ...facts(course), stage: at.stage.code, decisionId }];
}

/** The stage that is no meeting: it passes when its notice has been posted. */
function publication(course: Course, issue: Pick<Issue, "number">): Outcome<{ stage: Stage; rule: NonNullable<ReturnType<typeof ruleOf<"post">>> }> {
  const at = stageOf(course);
  const rule = at && at.stage.bodies.length === 0 ? ruleOf(at.stage, "post") : null;
  return at && rule ? accept({ stage: at.stage, rule }) : refuse("course.nothingToPost", quoted(course, issue));
}

/** Post what the stage publishes, from today on. Refused: at a stage that is a meeting, a second time, for fewer days than the rule asks. */
export function post(course: Course, issue: Pick<Issue, "number">, until: string | null, by: { today: string }): Outcome<CourseEvent> {
  const at = publication(course, issue);
  if (!at.ok) return at;
  const { stage, rule } = at.value;
  if (course.posted) return refuse("course.postedAlready", { until: course.posted.until });
  const earliest = postedUntil(by.today, rule.days);
  if (until !== null && until < earliest) return refuseBy(rule, "course.postedTooShort", { until: earliest }, "until");
  const far = until === null ? null : tooFar(until, by.today, "until");
  if (far) return far;
  return accept({ type: "course.posted", ...facts(course), stage: stage.code, from: by.today, until: until ?? earliest });
}

/** Go on after the publication. Refused before it was posted, and until its last day is over. */
export function pass(course: Course, issue: Pick<Issue, "number">, by: { today: string }): Outcome<CourseEvent> {
  const at = publication(course, issue);
  if (!at.ok) return at;
  const { stage, rule } = at.value;
  if (!course.posted) return refuseBy(rule, "course.notPosted", {});
  if (by.today <= course.posted.until) return refuseBy(rule, "course.stillPosted", { until: course.posted.until });
  return accept({ type: "course.passed", ...facts(course), stage: stage.code, decisionId: null });
}

/** Take an issue off its course, with the reason. Not while a stage's meeting has it on its agenda. */
export function stop(course: Course, issue: Pick<Issue, "number">, reason: string, agenda: { onRunningAgenda: boolean }): Outcome<CourseEvent> {
  if (agenda.onRunningAgenda) return refuse("issue.onAgenda", { number: issue.number });
  return accept({ type: "course.stopped", ...facts(course), words: { reason } });
}

/** The course after `event`. Total: the log alone rebuilds every course. */
export function evolveCourse(course: Course | null, event: CourseEvent, by: By): Course {
  if (event.type === "course.begun") {
    const { id, issueId, procedure } = event;
    return {
      communityId: by.communityId,
      id,
      issueId,
      procedure,
      status: "running",
      passed: [],
      posted: null,
      begunBy: by.actorId,
      begunAt: by.at,
      endedAt: null,
      reason: "",
      version: 1,
    };
  }
  if (!course) throw new Error(`${event.type} before course.begun: ${event.id}`);
  return { ...course, ...changes(course, event, by), version: course.version + 1 };
}

function changes(course: Course, event: Exclude<CourseEvent, { type: "course.begun" }>, by: By): Partial<Course> {
  switch (event.type) {
    case "course.passed": {
      const passed = [...course.passed, { stage: event.stage, at: by.at, decisionId: event.decisionId }];
      return { passed, posted: null, ...(passed.length === course.procedure.stages.length ? { status: "done", endedAt: by.at } : {}) };
    }
    case "course.rejected":
      return { status: "rejected", endedAt: by.at };
    case "course.posted":
      return { posted: { from: event.from, until: event.until } };
    case "course.stopped":
      return { status: "stopped", endedAt: by.at, reason: event.words.reason };
  }
}
