// After the answer: everybody it concerns is asked whether it is solved, whether they are content, and why not.
import { atLocal, type Calendar, dueAfter, isWorkingDay, localDay, nextDay } from "./clock";
import type { Content, Issue, IssueEvent } from "./issue";
import { accept, type Outcome, refuse } from "./refusal";

/** Why somebody is not content, or why it is not solved. */
export const whyNots = ["notDone", "partly", "cameBack", "slow", "manner", "notTold", "other"] as const;
export type WhyNot = (typeof whyNots)[number];

/** What one person said about one answer. `content` is null when they asked the next level instead. */
export type Rating = {
  /** Which stay ended with the answer. */
  position: number;
  bodyId: string;
  personId: string;
  solved: boolean;
  content: Content | null;
  why: WhyNot | null;
  remark: string;
  at: string;
};

/** A community's patience, in working days: how long the raiser is asked, and how long after the end neighbours may still change their word. */
export type FollowUpRule = { communityId: string; id: string; askDays: number; changeDays: number; version: number };
export type FollowUpEvent = { type: "followUp.set"; id: string; askDays: number; changeDays: number };

export const usualDays = { askDays: 15, changeDays: 10 } as const;
export const mostDays = 60;

export const evolveFollowUp = (before: FollowUpRule | null, event: FollowUpEvent, by: { communityId: string }): FollowUpRule => ({
  communityId: by.communityId,
  id: event.id,
  askDays: event.askDays,
  changeDays: event.changeDays,
  version: (before?.version ?? 0) + 1,
});

/** Until when the raiser is asked: the end of the `askDays`-th working day after the answer. */
export const askedUntil = (answeredAt: string, rule: Pick<FollowUpRule, "askDays">, calendar: Calendar): string =>
  dueAfter(answeredAt, rule.askDays, "workingDays", calendar);

/** The instant before which one must have been asked for the days to be over now: `askedUntil` of anything earlier has passed. */
export function askedTooLong(now: string, rule: Pick<FollowUpRule, "askDays">, calendar: Calendar): string {
  const today = localDay(now, calendar.timeZone);
  // The last working day that has ended, and from it back through as many working days as people are asked for.
  let day = atLocal(today, calendar.dayEndsAt, calendar.timeZone) < now ? today : nextDay(today, -1);
  for (let left = rule.askDays; ; day = nextDay(day, -1)) {
    if (isWorkingDay(day, calendar)) left--;
    if (left === 0) return atLocal(day, "00:00", calendar.timeZone);
  }
}

/** Until when those who joined may say or change their word: without end while the raiser is asked, then `changeDays` working days. */
export function ratedUntil(issue: Issue, rule: Pick<FollowUpRule, "changeDays">, calendar: Calendar): string | null {
  return issue.phase.status === "closed" ? dueAfter(issue.phase.closedAt, rule.changeDays, "workingDays", calendar) : null;
}

/** The word of somebody who joined. It reopens nothing. Refused while there is no answer, and once the days after the end are over. */
export function rate(
  issue: Issue,
  said: { solved: boolean; content: Content; why: WhyNot | null; remark: string },
  at: { rule: Pick<FollowUpRule, "changeDays">; calendar: Calendar; now: string },
): Outcome<IssueEvent> {
  if (issue.phase.status !== "answered" && issue.phase.status !== "closed") return refuse("issue.notAnswered", { number: issue.number });
  const until = ratedUntil(issue, at.rule, at.calendar);
  if (until !== null && at.now > until) return refuse("feedback.tooLate", { number: issue.number, days: at.rule.changeDays });
  const { remark, ...facts } = said;
  return accept({ type: "issue.rated", id: issue.id, position: issue.stays.length - 1, ...facts, words: { remark } });
}

/** The raiser never answered: the clock closes it. Refused before their days are over. */
export function lapse(issue: Issue, at: { rule: Pick<FollowUpRule, "askDays">; calendar: Calendar; now: string }): Outcome<IssueEvent> {
  if (issue.phase.status !== "answered") return refuse("issue.notAnswered", { number: issue.number });
  if (at.now <= askedUntil(issue.phase.answer.at, at.rule, at.calendar)) return refuse("feedback.stillAsked", { number: issue.number, days: at.rule.askDays });
  return accept({ type: "issue.lapsed", id: issue.id });
}

/** Why not is asked of whoever says "not solved" or "not content", and kept of nobody else. */
export const whyOf = (solved: boolean, content: Content, why: WhyNot | null): WhyNot | null => (solved && content !== "discontent" ? null : why);
