// The staircase: where an issue is, seen as the steps it may climb. Lowest level first.
import type { Body } from "./body";
import { ladder } from "./body";
import { localDay } from "./clock";
import { holderOf, type Issue, raisedIn, type Stay } from "./issue";

export type StepFact =
  | "received"
  | "accepted"
  | "escalatedHere"
  | "remittedHere"
  | "reopened"
  | "assigned"
  | "waiting"
  | "overdueHere"
  | "overdue"
  | "escalated"
  | "remitted"
  | "settled"
  | "declined"
  | "done"
  | "merged"
  | "answered"
  | "notUsed"
  | "notReached";

export type Step = {
  bodyId: string;
  name: string;
  state: "held" | "passed" | "ahead" | "done";
  /** `due`: of a level that let its deadline pass, when that was; `at` is when the issue went up. */
  fact: { what: StepFact; at: string | null; due: string | null };
  /** Whole days at this level; for the running one which day it is, counted from 1. */
  days: number | null;
  running: boolean;
};

/** Whole local days from one instant to another, none when the clock was set back in between. */
export const daysBetween = (from: string, to: string, timeZone: string): number =>
  Math.max(0, Math.round((Date.parse(`${localDay(to, timeZone)}T00:00:00Z`) - Date.parse(`${localDay(from, timeZone)}T00:00:00Z`)) / 86_400_000));

/** Steps of an issue from the level it was raised at to the top, in the order of climbing. Exactly one is held while the issue runs, none after. */
export function staircase(
  issue: Pick<Issue, "stays" | "phase">,
  bodies: ReadonlyMap<string, Pick<Body, "name" | "escalatesToId">>,
  now: string,
  timeZone: string,
): Step[] {
  const climb = ladder(raisedIn(issue as Issue), bodies);
  for (const stay of issue.stays) if (!climb.includes(stay.bodyId)) climb.push(stay.bodyId);
  const { status } = issue.phase;
  const home = status === "answered" || status === "closed" || status === "merged";
  const holder = holderOf(issue as Issue);
  return climb.map((bodyId, level) => {
    const stays = issue.stays.filter((s) => s.bodyId === bodyId);
    const last = stays.at(-1);
    const running = !home && bodyId === holder;
    const days = stays.reduce((sum, s) => sum + daysBetween(s.receivedAt, s.endedAt ?? now, timeZone), 0);
    return {
      bodyId,
      name: bodies.get(bodyId)?.name ?? bodyId,
      state: running ? "held" : home && level === 0 ? "done" : last ? "passed" : "ahead",
      fact: { ...factOf(issue, last, { running, home, lowest: level === 0 }), due: last?.ending === "overdue" ? last.settleBy : null },
      days: last ? (running ? days + 1 : days) : null,
      running,
    };
  });
}

function factOf(issue: Pick<Issue, "phase">, stay: Stay | undefined, at: { running: boolean; home: boolean; lowest: boolean }): Omit<Step["fact"], "due"> {
  const { phase } = issue;
  if (!stay) return { what: at.home ? "notUsed" : "notReached", at: null };
  if (at.running) {
    if (phase.status === "waiting") return { what: "waiting", at: phase.pausedAt };
    if (phase.status === "doing") return { what: "assigned", at: phase.since };
    if (stay.came === "remitted") return { what: "remittedHere", at: stay.receivedAt };
    if (stay.came === "overdue" && !stay.acceptedAt) return { what: "overdueHere", at: stay.receivedAt };
    if (stay.came === "reopened") return { what: "reopened", at: stay.receivedAt };
    if (stay.acceptedAt) return { what: "accepted", at: stay.acceptedAt };
    return { what: stay.came === "raised" ? "received" : "escalatedHere", at: stay.receivedAt };
  }
  if (at.home && at.lowest && (phase.status === "answered" || phase.status === "closed") && stay.ending !== phase.answer.kind)
    return { what: "answered", at: phase.answer.at };
  return { what: stay.ending ?? "received", at: stay.endedAt ?? stay.receivedAt };
}
