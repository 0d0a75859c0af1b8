// A project: work a decision opens that is more than a task. It has days, a budget, sources of money and milestones;
// what was promised first stays beside what is planned now.
import { farthestYears, tooFar } from "./clock";
import type { Decision } from "./decision";
import type { By, Issue, IssueEvent } from "./issue";
import type { Meeting } from "./meeting";
import { yuan } from "./money";
import { accept, type Outcome, refuse } from "./refusal";
import { daysOf, plannedShare, type Span, weighted, whole } from "./schedule";
import { type Checked, holdsIssue, sendHome, setToWork, type Task } from "./task";

export const sources = ["departments", "maintenanceFund", "smallFund", "commonRevenue", "other"] as const;
export type Source = (typeof sources)[number];
/** Fen by source. */
export type Money = Readonly<Record<Source, number>>;
export const noMoney: Money = { departments: 0, maintenanceFund: 0, smallFund: 0, commonRevenue: 0, other: 0 };
export const sumOf = (money: Money): number => sources.reduce((sum, source) => sum + money[source], 0);

export type ProjectStatus = "running" | "finished" | "verified" | "stopped";
/** `weight` says how much of the whole it is, against the other milestones' weights. */
export type Milestone = Span & { id: string; title: string; weight: number; ownerId: string };
export type Plan = Span & { budget: number; funds: Money; milestones: readonly Milestone[] };
export type Progress = { percent: number; startedOn: string | null; finishedOn: string | null };
/** `spent` is all that was spent up to that day, in fen. */
export type Report = {
  id: string;
  day: string;
  share: number;
  spent: number;
  percents: readonly { id: string; percent: number }[];
  photos: number;
  text: string;
  by: string;
  at: string;
};
export type PlanChange = { at: string; by: string; reason: string; from: Span & { budget: number }; to: Span & { budget: number } };

export type Project = {
  communityId: string;
  id: string;
  decisionId: string;
  issueId: string;
  /** The body that decided, which changes the plan, stops and verifies. */
  bodyId: string;
  name: string;
  /** Who does it: a body, and a person there when one is named. */
  responsibleId: string;
  personId: string | null;
  plan: Plan;
  /** The plan as it was first promised. */
  baseline: Plan;
  changes: readonly PlanChange[];
  received: Money;
  /** By milestone. */
  progress: Readonly<Record<string, Progress>>;
  /** What reports say of the whole, where there are no milestones. */
  percent: number;
  spent: number;
  reports: readonly Report[];
  status: ProjectStatus;
  openedBy: string;
  openedAt: string;
  /** Local day of the opening. */
  openedOn: string;
  /** When and by whom it was finished or stopped, and in which words. */
  endedOn: string | null;
  endedBy: string | null;
  said: string;
  verifiedBy: string | null;
  verifiedAt: string | null;
  returnedFor: string;
  /** Since when nobody works in the body that carries it out, as the clock found; null while somebody does. */
  unheldAt: string | null;
  version: number;
};

/** Bounds against slips of the pen and hostile forms. */
export const limits = { milestones: 40, years: farthestYears, reports: 500, weight: 100 };

type Facts = { id: string; decisionId: string; issueId: string };
/** A plan without its words: milestones' titles stand beside the chain under `milestone.<id>`. */
type PlanFacts = Omit<Plan, "milestones"> & { milestones: readonly Omit<Milestone, "title">[] };
type Who = { responsibleId: string; personId: string | null };
export type ProjectEvent =
  | ({ type: "project.opened"; bodyId: string; meetingId: string; day: string; plan: PlanFacts; words: { name: string } & Record<string, string> } & Who &
      Facts)
  | ({ type: "project.planned"; first: boolean; plan: PlanFacts; words: { name: string; reason: string } & Record<string, string> } & Who & Facts)
  | ({ type: "project.received"; received: Money; words: { reason: string } } & Facts)
  | ({
      type: "project.reported";
      reportId: string;
      day: string;
      percent: number;
      percents: readonly { id: string; percent: number }[];
      spent: number;
      photos: number;
      words: { text: string };
    } & Facts)
  | ({ type: "project.finished"; day: string; words: { text: string } } & Facts)
  | ({ type: "project.stopped"; day: string; words: { reason: string } } & Facts)
  | ({ type: "project.unheld" } & Facts)
  | ({ type: "project.held" } & Facts)
  | ({ type: "project.verified"; words: { text: string } } & Facts)
  | ({ type: "project.returned"; words: { reason: string } } & Facts);

const facts = (project: Project): Facts => ({ id: project.id, decisionId: project.decisionId, issueId: project.issueId });
const notRunning = (project: Project) => refuse("project.notRunning", { status: project.status });

/** How far it is: its milestones by weight, or what the last report said of the whole. Hundredths of a percent. */
export const doneShare = (project: Pick<Project, "plan" | "progress" | "percent">): number =>
  project.plan.milestones.length === 0
    ? project.percent * 100
    : weighted(project.plan.milestones.map((m) => ({ weight: m.weight, share: (project.progress[m.id]?.percent ?? 0) * 100 })));

/** How far it should be: each milestone by the days that are over, by weight; without milestones the whole by its days. */
export const shouldBe = (plan: Plan, today: string): number =>
  plan.milestones.length === 0 ? plannedShare(plan, today) : weighted(plan.milestones.map((m) => ({ weight: m.weight, share: plannedShare(m, today) })));

/** Whether the plan is still being laid: on the day the project opens, and until its first day comes; not after a report. */
export const isBeingLaid = (project: Pick<Project, "reports" | "openedOn" | "plan">, today: string): boolean =>
  project.reports.length === 0 && (today <= project.openedOn || today < project.plan.startsOn);

/** A line of the plan's form; an empty one is null, so that a refusal names the line as people see it. */
export type Line = (Omit<Milestone, "id"> & { id: string | null }) | null;
export type PlanInput = Omit<Plan, "milestones"> & { milestones: readonly Line[] };

/**
 * A plan from what was written. Refused, naming field and remedy: days the wrong way round, more than ten years long
 * or away; milestones outside the project's days; sources that promise more than the budget; lines that are not the project's.
 */
export function planOf(input: PlanInput, known: readonly Milestone[], today: string, newId: () => string): Outcome<Plan> {
  if (input.endsOn < input.startsOn) return refuse("project.endsBeforeStart", {}, "endsOn");
  const far = tooFar(input.startsOn, today, "startsOn");
  if (far) return far;
  if (daysOf(input) > limits.years * 366) return refuse("project.tooLong", { max: limits.years }, "endsOn");
  const over = sumOf(input.funds) - input.budget;
  if (over > 0) return refuse("project.fundsOverBudget", { over: yuan(over) }, "budget");
  const milestones: Milestone[] = [];
  for (const [n, line] of input.milestones.entries()) {
    if (line === null) continue;
    const at = (field: string) => `milestones.${n}.${field}`;
    if (line.id !== null && (!known.some((m) => m.id === line.id) || milestones.some((m) => m.id === line.id)))
      return refuse("project.otherMilestones", {}, at("title"));
    if (line.endsOn < line.startsOn) return refuse("project.endsBeforeStart", {}, at("endsOn"));
    if (line.startsOn < input.startsOn) return refuse("project.milestoneOutside", { from: input.startsOn, to: input.endsOn }, at("startsOn"));
    if (line.endsOn > input.endsOn) return refuse("project.milestoneOutside", { from: input.startsOn, to: input.endsOn }, at("endsOn"));
    milestones.push({ ...line, id: line.id ?? newId() });
  }
  return accept({ startsOn: input.startsOn, endsOn: input.endsOn, budget: input.budget, funds: input.funds, milestones });
}

const inFacts = (plan: Plan): PlanFacts => ({ ...plan, milestones: plan.milestones.map(({ title: _, ...m }) => m) });
const inWords = (plan: Plan): Record<string, string> => Object.fromEntries(plan.milestones.map((m) => [`milestone.${m.id}`, m.title]));
const backFrom = (plan: PlanFacts, said: Record<string, string>): Plan => ({
  ...plan,
  milestones: plan.milestones.map((m) => ({ ...m, title: said[`milestone.${m.id}`] ?? "" })),
});

/** Whether its issue waits for it: it runs, or is said to be finished and nobody has checked it yet. */
export const isUnderWay = (project: Pick<Project, "status">): boolean => project.status === "running" || project.status === "finished";

/** How much work an issue waits for: its tasks and its projects, as one figure. */
export const openWork = (tasks: readonly Task[], projects: readonly Pick<Project, "status">[]): number =>
  tasks.filter(holdsIssue).length + projects.filter(isUnderWay).length;

/**
 * Open a project under a decision. Refused: a decision that did not carry or was overturned, an issue that is over, a plan
 * that cannot be. The first work of an adopted decision sets the issue to work.
 */
export function openProject(
  state: { decision: Decision; meeting: Meeting; issue: Issue },
  command: Who & { name: string; plan: PlanInput },
  by: { id: string; today: string; newId: () => string },
): Outcome<(ProjectEvent | IssueEvent)[]> {
  const { decision, issue } = state;
  if (decision.overturned || (decision.outcome !== "adopted" && decision.outcome !== "escalated"))
    return refuse("project.decisionNotCarried", { outcome: decision.outcome });
  if (issue.phase.status === "closed" || issue.phase.status === "merged") return refuse("issue.notOpen", { status: issue.phase.status, number: issue.number });
  const plan = planOf(command.plan, [], by.today, by.newId);
  if (!plan.ok) return plan;
  const opened: ProjectEvent = {
    type: "project.opened",
    id: by.id,
    decisionId: decision.id,
    issueId: issue.id,
    bodyId: decision.bodyId,
    meetingId: decision.meetingId,
    responsibleId: command.responsibleId,
    personId: command.personId,
    day: by.today,
    plan: inFacts(plan.value),
    words: { ...inWords(plan.value), name: command.name },
  };
  return accept([opened, ...setToWork(state)]);
}

/** Lay or change the plan. Once it runs a change says why; a milestone that is begun is not taken out. */
export function changePlan(
  project: Project,
  command: Who & { name: string; plan: PlanInput; reason: string },
  by: { today: string; newId: () => string },
): Outcome<ProjectEvent> {
  if (project.status !== "running") return notRunning(project);
  const first = isBeingLaid(project, by.today);
  if (!first && command.reason === "") return refuse("project.reasonMissing", {}, "reason");
  const plan = planOf(command.plan, project.plan.milestones, by.today, by.newId);
  if (!plan.ok) return plan;
  const kept = new Set(plan.value.milestones.map((m) => m.id));
  const lost = project.plan.milestones.find((m) => !kept.has(m.id) && (project.progress[m.id]?.percent ?? 0) > 0);
  if (lost)
    return refuse(
      "project.milestoneBegun",
      { title: lost.title, percent: project.progress[lost.id]?.percent ?? 0 },
      `milestones.${project.plan.milestones.indexOf(lost)}.title`,
    );
  const { responsibleId, personId, name, reason } = command;
  return accept({
    type: "project.planned",
    ...facts(project),
    responsibleId,
    personId,
    first,
    plan: inFacts(plan.value),
    words: { ...inWords(plan.value), name, reason },
  });
}

/**
 * What came in from each source up to now. Refused when it is what is known already, and where a source now gave less than was
 * put down, or more than it promised, and no words say why.
 */
export function receive(project: Project, received: Money, reason: string): Outcome<ProjectEvent> {
  if (project.status === "verified") return notRunning(project);
  const changed = sources.filter((source) => received[source] !== project.received[source]);
  if (changed.length === 0) return refuse("project.nothingChanged");
  if (reason === "")
    for (const source of changed) {
      const [before, promised] = [project.received[source], project.plan.funds[source]];
      if (received[source] < before) return refuse("project.receivedLess", { before: yuan(before) }, `received.${source}`);
      if (received[source] > promised) return refuse("project.receivedMore", { promised: yuan(promised) }, `received.${source}`);
    }
  return accept({ type: "project.received", ...facts(project), received, words: { reason } });
}

/** Whether more was spent than there is for it. */
export const isOverBudget = ({ budget, spent }: { budget: number; spent: number }): boolean => spent > budget;

export type Told = { day: string; percent: number | null; percents: readonly { id: string; percent: number }[]; spent: number; text: string; photos: number };

/**
 * Report how far it is. Days go forward: not after today, not before the last report. Refused when nothing is said,
 * when it speaks of milestones the plan does not have, or when a figure is less than last
 * time, or more is spent than the budget, and no words say why.
 */
export function report(project: Project, told: Told, by: { id: string; today: string }): Outcome<ProjectEvent> {
  if (project.status !== "running") return notRunning(project);
  if (project.reports.length >= limits.reports) return refuse("project.tooManyReports", { max: limits.reports });
  if (told.day > by.today) return refuse("project.reportAhead", {}, "day");
  const earliest = project.reports.at(-1)?.day ?? [project.baseline.startsOn, project.openedOn].sort()[0] ?? "";
  if (told.day < earliest) return refuse("project.reportBefore", { day: earliest }, "day");
  const planned = project.plan.milestones;
  if (told.percents.some((p) => !planned.some((m) => m.id === p.id))) return refuse("project.otherMilestones", {});
  const percents = planned.map((m) => ({ id: m.id, percent: told.percents.find((p) => p.id === m.id)?.percent ?? project.progress[m.id]?.percent ?? 0 }));
  const percent = planned.length === 0 ? (told.percent ?? project.percent) : project.percent;
  const same = percent === project.percent && told.spent === project.spent && percents.every((p) => p.percent === (project.progress[p.id]?.percent ?? 0));
  if (same && told.text === "" && told.photos === 0) return refuse("project.nothingReported", {}, "text");
  const less = told.text === "" ? lessThanBefore(project, { spent: told.spent, percent, percents }) : null;
  if (less) return less;
  if (told.text === "" && told.spent > project.spent && isOverBudget({ budget: project.plan.budget, spent: told.spent }))
    return refuse("project.spentOver", { budget: yuan(project.plan.budget), over: yuan(told.spent - project.plan.budget) }, "spent");
  const { day, spent, photos, text } = told;
  return accept({ type: "project.reported", ...facts(project), reportId: by.id, day, percent, percents, spent, photos, words: { text } });
}

/** The first figure that is less than last time, as a refusal of its field that asks why; null when none is. */
function lessThanBefore(project: Project, told: Pick<Told, "spent" | "percents"> & { percent: number }) {
  if (told.percent < project.percent) return refuse("project.percentLess", { percent: project.percent }, "percent");
  const n = told.percents.findIndex((p) => p.percent < (project.progress[p.id]?.percent ?? 0));
  const step = told.percents[n];
  if (step) return refuse("project.percentLess", { percent: project.progress[step.id]?.percent ?? 0 }, `percents.${n}.percent`);
  return told.spent < project.spent ? refuse("project.spentLess", { spent: yuan(project.spent) }, "spent") : null;
}

/** All done: refused while something is not at 100 %. */
export function finish(project: Project, text: string, today: string): Outcome<ProjectEvent> {
  if (project.status !== "running") return notRunning(project);
  if (doneShare(project) < whole) return refuse("project.notDone", { percent: Math.floor(doneShare(project) / 100) });
  return accept({ type: "project.finished", ...facts(project), day: today, words: { text } });
}

/** End it before it is done, with the reason. */
export function stopProject(project: Project, reason: string, today: string): Outcome<ProjectEvent> {
  if (project.status !== "running") return notRunning(project);
  return accept({ type: "project.stopped", ...facts(project), day: today, words: { reason } });
}

/** The body that decided finds it good. Not by whoever said it was finished. The last work of its issue sends the answer home. */
export function verifyProject(state: Checked & { project: Project }, text: string, actorId: string): Outcome<(ProjectEvent | IssueEvent)[]> {
  const { project } = state;
  if (project.status !== "finished") return refuse("project.notFinished", { status: project.status });
  if (project.endedBy === actorId) return refuse("project.ownWork");
  return accept([{ type: "project.verified", ...facts(project), words: { text } }, ...sendHome(state, text)]);
}

/** Not good yet: it runs again, with what is missing. */
export function returnProject(project: Project, reason: string): Outcome<ProjectEvent> {
  if (project.status !== "finished") return refuse("project.notFinished", { status: project.status });
  return accept({ type: "project.returned", ...facts(project), words: { reason } });
}

/** What the clock finds of the body that carries it out: nobody works there, or somebody again. Refused when that is known, and when it does not run. */
export function watchProject(project: Project, somebodyWorks: boolean): Outcome<ProjectEvent> {
  if (project.status !== "running") return notRunning(project);
  if (somebodyWorks === (project.unheldAt === null)) return refuse("task.handsUnchanged", {});
  return accept({ type: somebodyWorks ? "project.held" : "project.unheld", ...facts(project) });
}

/** The project after `event`. */
export function evolveProject(project: Project | null, event: ProjectEvent, by: By): Project {
  if (event.type === "project.opened") {
    const plan = backFrom(event.plan, event.words);
    return {
      communityId: by.communityId,
      id: event.id,
      decisionId: event.decisionId,
      issueId: event.issueId,
      bodyId: event.bodyId,
      name: event.words.name,
      responsibleId: event.responsibleId,
      personId: event.personId,
      plan,
      baseline: plan,
      changes: [],
      received: noMoney,
      progress: {},
      percent: 0,
      spent: 0,
      reports: [],
      status: "running",
      openedBy: by.actorId,
      openedAt: by.at,
      openedOn: event.day,
      endedOn: null,
      endedBy: null,
      said: "",
      verifiedBy: null,
      verifiedAt: null,
      returnedFor: "",
      unheldAt: null,
      version: 1,
    };
  }
  if (!project) throw new Error(`${event.type} before project.opened: ${event.id}`);
  return { ...project, ...changes(project, event, by), version: project.version + 1 };
}

const short = ({ startsOn, endsOn, budget }: Plan) => ({ startsOn, endsOn, budget });

function changes(project: Project, event: Exclude<ProjectEvent, { type: "project.opened" }>, by: By): Partial<Project> {
  switch (event.type) {
    case "project.planned": {
      const plan = backFrom(event.plan, event.words);
      const { responsibleId, personId, words } = event;
      const unheldAt = responsibleId === project.responsibleId ? project.unheldAt : null;
      const who = { name: words.name, responsibleId, personId, unheldAt };
      if (event.first) return { ...who, plan, baseline: plan };
      const change = { at: by.at, by: by.actorId, reason: words.reason, from: short(project.plan), to: short(plan) };
      return { ...who, plan, changes: [...project.changes, change] };
    }
    case "project.received":
      return { received: event.received };
    case "project.reported": {
      const progress = { ...project.progress };
      for (const { id, percent } of event.percents) {
        const before = progress[id];
        progress[id] = {
          percent,
          startedOn: percent > 0 ? (before?.startedOn ?? event.day) : null,
          finishedOn: percent === 100 ? (before?.finishedOn ?? event.day) : null,
        };
      }
      const { percent, spent, day, percents, photos } = event;
      const share = doneShare({ plan: project.plan, progress, percent });
      const told: Report = { id: event.reportId, day, share, spent, percents, photos, text: event.words.text, by: by.actorId, at: by.at };
      return { progress, percent, spent, reports: [...project.reports, told] };
    }
    case "project.finished":
      return { status: "finished", endedOn: event.day, endedBy: by.actorId, said: event.words.text, returnedFor: "" };
    case "project.stopped":
      return { status: "stopped", endedOn: event.day, endedBy: by.actorId, said: event.words.reason };
    case "project.verified":
      return { status: "verified", verifiedBy: by.actorId, verifiedAt: by.at };
    case "project.unheld":
      return { unheldAt: by.at };
    case "project.held":
      return { unheldAt: null };
    case "project.returned":
      return { status: "running", endedOn: null, endedBy: null, returnedFor: event.words.reason };
  }
}
