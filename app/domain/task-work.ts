// What happens to a task on its way: its steps and proofs, a return for a stated rule, other hands, more time, the word of
// those it was done for, and the next of a series. The way itself is in task.ts.
import { occurrences, type Rule, readRule, ruleText } from "./cadence";
import type { Calendar, ClockLimits } from "./clock";
import { dueAfter, localDay, tooFar } from "./clock";
import { type Issue, type IssueEvent, isOver } from "./issue";
import type { HandoutType } from "./meeting";
import { accept, type Outcome, refuse } from "./refusal";
import {
  type Assignee,
  checkSupport,
  factsOf,
  type HandOverCause,
  type PhotoKind,
  type ReturnRule,
  returnRules,
  type Series,
  same,
  type Task,
  type TaskEvent,
  taskLimits,
  wrongState,
} from "./task";

/** Being worked on: neither handed in nor checked. */
const running = (task: Task): boolean => task.status === "assigned" || task.status === "accepted";
const step = (task: Task, stepId: string) => task.steps.find((s) => s.id === stepId);

/** Add a step, with whoever does it if that is known. Refused: too many, an owner who has no part in the task. */
export function addStep(task: Task, given: { id: string; title: string; owner: Assignee | null }): Outcome<TaskEvent> {
  if (!running(task)) return wrongState(task);
  if (task.steps.length >= taskLimits.steps) return refuse("task.tooManySteps", { max: taskLimits.steps }, "title");
  return accept({ type: "task.stepAdded", ...factsOf(task), stepId: given.id, owner: given.owner, words: { title: given.title } });
}

/** Tick a step off, or open it again. */
export function tickStep(task: Task, stepId: string, done: boolean, aside: boolean): Outcome<TaskEvent> {
  if (!running(task)) return wrongState(task);
  const found = step(task, stepId);
  if (!found) return refuse("task.unknownStep", {}, "stepId");
  if ((found.doneAt !== null) === done) return refuse(done ? "task.stepDone" : "task.stepOpen", {});
  return accept({ type: "task.stepTicked", ...factsOf(task), stepId, done, aside });
}

/** Take a step off the list. Refused once it is done: what was done stays on record. */
export function dropStep(task: Task, stepId: string): Outcome<TaskEvent> {
  if (!running(task)) return wrongState(task);
  const found = step(task, stepId);
  if (!found) return refuse("task.unknownStep", {}, "stepId");
  if (found.doneAt !== null) return refuse("task.stepDone", {});
  return accept({ type: "task.stepDropped", ...factsOf(task), stepId });
}

/** Say who helps the lead. */
export function setSupport(task: Task, supporting: readonly Assignee[]): Outcome<TaskEvent> {
  if (!running(task)) return wrongState(task);
  const added = supporting.filter((one) => !task.supporting.some((s) => same(s, one)));
  return checkSupport(task.assignee, supporting) ?? accept({ type: "task.supportSet", ...factsOf(task), supporting, added });
}

/** Photos of how it was before, or how it is now. */
export function givePhotos(task: Task, which: PhotoKind, photos: number, aside: boolean): Outcome<TaskEvent> {
  if (!running(task)) return wrongState(task);
  if (photos === 0) return refuse("task.noPhotos", {}, "photos");
  return accept({ type: "task.photosGiven", ...factsOf(task), which, photos, aside });
}

/** A paper that lies on the disk already, under its id. */
export function giveDocument(task: Task, file: { id: string; name: string; type: HandoutType; bytes: number; digest: string }): Outcome<TaskEvent> {
  if (!running(task)) return wrongState(task);
  if (task.documents.length >= taskLimits.documents) return refuse("task.tooManyDocuments", { max: taskLimits.documents }, "file");
  if (task.documents.some((d) => d.id === file.id)) return refuse("task.documentTwice", {}, "file");
  const { id, type, bytes, digest, name } = file;
  return accept({ type: "task.documentGiven", ...factsOf(task), documentId: id, fileType: type, bytes, digest, words: { name } });
}

/**
 * The lead asks to be rid of it, for a stated rule. Refused: while another return waits, for a rule the deciding body has insisted
 * against, without saying whom it belongs to where the rule asks that, to the lead's own door. The lead stays responsible.
 */
export function sendBack(task: Task, given: { rule: ReturnRule; belongsTo: Assignee | null; reason: string }): Outcome<TaskEvent> {
  if (!running(task)) return wrongState(task);
  if (task.sentBack) return refuse("task.returnWaits", {});
  if (task.insisted.includes(given.rule)) return refuse("task.insisted", {}, "rule");
  const asks = returnRules.find((r) => r.rule === given.rule)?.asksWhom ?? false;
  if (asks && given.belongsTo === null) return refuse("task.belongsToWhom", {}, "belongsTo");
  if (given.belongsTo && same(given.belongsTo, task.assignee)) return refuse("task.belongsToYou", {}, "belongsTo");
  return accept({ type: "task.sentBack", ...factsOf(task), rule: given.rule, belongsTo: asks ? given.belongsTo : null, words: { reason: given.reason } });
}

/** The deciding body says no: it stays with the lead, who cannot return it for that rule again. */
export function insist(task: Task, reason: string): Outcome<TaskEvent> {
  if (!task.sentBack) return refuse("task.noReturn", {});
  return accept({ type: "task.insisted", ...factsOf(task), rule: task.sentBack.rule, words: { reason } });
}

/** The deciding body gives it to another lead: after a return, or of its own accord. */
export function reassign(task: Task, to: { assignee: Assignee; deskId: string }, reason: string): Outcome<TaskEvent> {
  if (!running(task)) return wrongState(task);
  if (same(to.assignee, task.assignee)) return refuse("task.sameLead", {}, "assignee");
  return accept({ type: "task.reassigned", ...factsOf(task), ...to, from: task.assignee, words: { reason } });
}

/** Within the body that stands behind it: from one person to another, or to the body itself. Refused to anybody else. */
export function handOver(task: Task, to: { assignee: Assignee; inDesk: boolean }, reason: string, cause: HandOverCause = "asked"): Outcome<TaskEvent> {
  if (task.status === "verified") return wrongState(task);
  if (same(to.assignee, task.assignee)) return refuse("task.sameLead", {}, "assignee");
  if (!to.inDesk) return refuse("task.notOfTheDesk", {}, "assignee");
  return accept({ type: "task.handedOver", ...factsOf(task), assignee: to.assignee, from: task.assignee, deskId: task.deskId, cause, words: { reason } });
}

/** A task somebody leaves behind, and to whom it goes. */
export type Left = { task: Task; to: Assignee; inDesk: boolean };

/** The end of an office, and with it every task it leaves behind in other hands: to nobody who leaves too, and to nobody outside the body. */
export function handOnAll<E>(ended: E, left: readonly Left[], leaver: { personId: string; bodyId: string }): Outcome<(E | TaskEvent)[]> {
  const events: (E | TaskEvent)[] = [ended];
  for (const { task, to, inDesk } of left) {
    const handed = handOver({ ...task, deskId: leaver.bodyId }, { assignee: to, inDesk }, "", "officeEnded");
    if (!handed.ok) return refuse(handed.refusal.code, handed.refusal.params, `to.${task.id}`);
    events.push(handed.value);
  }
  return accept(events);
}

/** Who is still there: the lead (in office, or not ended), the body behind it, and where it goes when neither is. */
export type Hands = { lead: boolean; desk: boolean; last: string };

/** Several at once, where a body ends: each falls as if the clock had found it. */
export function fallAll<E>(ended: E, left: readonly { task: Task; hands: Hands }[]): Outcome<(E | TaskEvent)[]> {
  const events: (E | TaskEvent)[] = [ended];
  for (const { task, hands } of left) {
    const fallen = fall(task, hands);
    if (!fallen.ok) return fallen;
    events.push(fallen.value);
  }
  return accept(events);
}

/** A lead who is gone leaves the task to the body behind them; when that is gone too, to `last`. Refused while the lead is there. */
export function fall(task: Task, hands: Hands): Outcome<TaskEvent> {
  if (task.status === "verified") return wrongState(task);
  if (hands.lead) return refuse("task.leadIsThere", {});
  const id = hands.desk ? task.deskId : hands.last;
  const cause = hands.desk ? "officeEnded" : "bodyEnded";
  return accept({ type: "task.handedOver", ...factsOf(task), assignee: { kind: "body", id }, from: task.assignee, deskId: id, cause, words: { reason: "" } });
}

/** What the clock finds of a task's lead: a body in which nobody works, or somebody again. Refused when that is known, and when the work is over. */
export function watchTask(task: Task, somebodyWorks: boolean): Outcome<TaskEvent> {
  if (!running(task)) return wrongState(task);
  const unheld = task.assignee.kind === "body" && !somebodyWorks;
  if (unheld === (task.unheldAt !== null)) return refuse("task.handsUnchanged", {});
  return accept({ type: unheld ? "task.unheld" : "task.held", ...factsOf(task) });
}

/** Ask for more time, with a reason. Refused: a day that is not later or ten years off, while one request waits, after it was granted as often as the limits say. */
export function askExtension(
  task: Task,
  to: { dueOn: string; dueAt: string },
  reason: string,
  at: { limits: Pick<ClockLimits, "taskExtensions">; now: string },
): Outcome<TaskEvent> {
  if (!running(task)) return wrongState(task);
  if (task.extension) return refuse("task.extensionWaits", {});
  const max = at.limits.taskExtensions;
  if (task.extensions >= max) return refuse("task.extendedEnough", { max });
  if (to.dueAt <= task.dueAt) return refuse("task.notLater", { due: task.dueOn }, "dueOn");
  if (to.dueAt <= at.now) return refuse("task.dueInThePast", {}, "dueOn");
  const far = tooFar(to.dueOn, at.now, "dueOn");
  if (far) return far;
  return accept({ type: "task.extensionAsked", ...factsOf(task), ...to, words: { reason } });
}

/** The deciding body grants more time or refuses it, and says why. Refused: granting a day that passed while the request waited. */
export function decideExtension(task: Task, grant: boolean, text: string, now: string): Outcome<TaskEvent> {
  if (!running(task)) return wrongState(task);
  if (!task.extension) return refuse("task.noExtension", {});
  if (!grant && text === "") return refuse("task.refusalNeedsWords", {}, "text");
  const { dueOn, dueAt } = task.extension;
  if (grant && dueAt <= now) return refuse("task.extensionPassed", {}, "grant");
  return accept(
    grant ? { type: "task.extended", ...factsOf(task), dueOn, dueAt, words: { text } } : { type: "task.extensionRefused", ...factsOf(task), words: { text } },
  );
}

/** A request falls away with whoever asked for it. Refused while they have the task in hand. */
export function dropExtension(task: Task, askerLeads: boolean): Outcome<TaskEvent> {
  if (!running(task)) return wrongState(task);
  if (!task.extension) return refuse("task.noExtension", {});
  if (askerLeads) return refuse("task.leadIsThere", {});
  return accept({ type: "task.extensionDropped", ...factsOf(task) });
}

/** One of those it was done for says it is so. Refused: twice by the same person, once the issue is over. */
export function confirm(task: Task, issue: Issue, text: string, by: { actorId: string }): Outcome<TaskEvent> {
  if (task.status !== "verified") return wrongState(task);
  if (isOver(issue)) return refuse("issue.notOpen", { status: issue.phase.status, number: issue.number });
  if (task.confirmed.some((c) => c.by === by.actorId)) return refuse("task.confirmedBefore", {});
  return accept({ type: "task.confirmed", ...factsOf(task), words: { text } });
}

/**
 * One of those it was done for says it is not: it is open again with their reason and the working days the limits give to mend it. An issue
 * that was answered with it goes back to work where it was answered. Refused once the issue is over.
 */
export function reopen(
  task: Task,
  issue: Issue,
  reason: string,
  at: { now: string; calendar: Calendar; clock: { respondBy: string; settleBy: string }; limits: Pick<ClockLimits, "taskMendDays"> },
): Outcome<(TaskEvent | IssueEvent)[]> {
  if (task.status !== "verified") return wrongState(task);
  if (isOver(issue)) return refuse("issue.notOpen", { status: issue.phase.status, number: issue.number });
  const mend = dueAfter(at.now, at.limits.taskMendDays, "workingDays", at.calendar);
  const due = mend > task.dueAt ? { dueOn: localDay(mend, at.calendar.timeZone), dueAt: mend } : { dueOn: task.dueOn, dueAt: task.dueAt };
  const reopened: TaskEvent = { type: "task.reopened", ...factsOf(task), ...due, words: { reason } };
  if (issue.phase.status !== "answered") return accept([reopened]);
  const { bodyId } = issue.phase.answer;
  return accept([
    reopened,
    // A press at a task is no word about being content: nobody was asked.
    { type: "issue.reopened", id: issue.id, bodyId, taskId: task.id, content: null, ...at.clock, words: { remark: reason } },
    { type: "issue.assigned", id: issue.id, bodyId, decisionId: task.decisionId },
  ]);
}

/** How often a series comes: the rule's period, and how many of them lie between two. */
const periods = {
  weekly: { freq: "WEEKLY", interval: 1 },
  fortnightly: { freq: "WEEKLY", interval: 2 },
  monthly: { freq: "MONTHLY", interval: 1 },
  quarterly: { freq: "MONTHLY", interval: 3 },
  yearly: { freq: "YEARLY", interval: 1 },
} as const satisfies Record<string, Pick<Rule, "freq" | "interval">>;
export type RepeatKind = keyof typeof periods;
export const repeatKinds = Object.keys(periods) as [RepeatKind, ...RepeatKind[]];

/** The RRULE of a kind, counted from its first day. A month that lacks the day gives its last one, and the next has the day again. */
export function repeatRule(kind: RepeatKind, startsOn: string): string {
  const date = Number(startsOn.slice(8));
  const { freq, interval } = periods[kind];
  // The last there is of the 28th and the days up to the one asked for.
  const short = date > 28 && freq !== "WEEKLY";
  return ruleText({
    freq,
    interval,
    byMonth: short && freq === "YEARLY" ? [Number(startsOn.slice(5, 7))] : [],
    byMonthDay: short ? Array.from({ length: date - 27 }, (_, n) => 28 + n) : [],
    byDay: [],
    bySetPos: short ? [-1] : [],
  });
}

/** Which kind a rule is, for saying it. */
export function repeatKindOf({ rule }: Pick<Series, "rule">): RepeatKind {
  const read = readRule(rule);
  const kind = read.ok ? repeatKinds.find((k) => periods[k].freq === read.value.freq && periods[k].interval === read.value.interval) : undefined;
  if (!kind) throw new Error(`A series holds a rule no kind gives: ${rule}.`);
  return kind;
}

/**
 * The next of a series, with the same lead, help, steps and proof; of those who help and own steps, who is still `there`.
 * Made when the one before was due; what fell while nothing ran is not made up for. Refused: before its time, a second time, when the rule gives no day any more.
 */
export function repeat(
  task: Task,
  by: { id: string; now: string; calendar: Calendar; meetingId: string; stepIds: readonly string[]; there: readonly Assignee[] },
): Outcome<TaskEvent[]> {
  if (!task.series || task.repeatAt === null) return refuse("task.notRepeated", {});
  if (by.now < task.repeatAt) return refuse("task.notYetDue", { due: task.repeatAt });
  const { calendar, stepIds } = by;
  const isThere = (hand: Assignee | null): boolean => hand !== null && by.there.some((t) => same(t, hand));
  const cadence = { rule: task.series.rule, startsOn: task.series.startsOn, time: calendar.dayEndsAt, minutes: 15, onDayOff: "move" as const };
  // What the rule gives up to the day it was planned for is this one, wherever a day off would move it to.
  const next = occurrences(cadence, calendar, by.now, 2).find((o) => o.on > task.plannedDueOn);
  if (!next) return refuse("task.notRepeated", {});
  const facts = { decisionId: task.decisionId, issueId: task.issueId };
  return accept([
    {
      type: "task.assigned",
      id: by.id,
      ...facts,
      bodyId: task.bodyId,
      meetingId: by.meetingId,
      assignee: task.assignee,
      deskId: task.deskId,
      supporting: task.supporting.filter(isThere),
      steps: task.steps.map(({ owner }, n) => ({ id: stepIds[n] ?? "", owner: isThere(owner) ? owner : null })),
      series: { ...task.series, no: task.series.no + 1 },
      dueOn: next.day,
      dueAt: next.startsAt,
      words: { title: task.title, proof: task.proof, steps: task.steps.map((s) => s.title).join("\n") },
    },
    { type: "task.repeated", ...factsOf(task), nextId: by.id },
  ]);
}

/** No more of this series after this one. */
export function stopRepeat(task: Task): Outcome<TaskEvent> {
  if (!task.series || task.repeatAt === null) return refuse("task.notRepeated", {});
  return accept({ type: "task.repeatStopped", ...factsOf(task) });
}
