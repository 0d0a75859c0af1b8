// What comes down to a level, or was taken from it by the clock, is acknowledged there: it signs that it knows.
import type { Body } from "./body";
import type { By, Issue } from "./issue";
import { accept, type Outcome, refuse } from "./refusal";

/** An answer or a decision from above, one that the level above passed on, or an issue that climbed because nobody settled it. */
export type Cause = "answer" | "decision" | "passedOn" | "overdue";

export type Acknowledgement = {
  communityId: string;
  id: string;
  issueId: string;
  /** The body that owes it, and the one whose act it answers. */
  bodyId: string;
  fromId: string;
  cause: Cause;
  /** The event of the log it comes from: each is asked about once. */
  causeSeq: number;
  owedAt: string;
  dueAt: string;
  text: string;
  givenBy: string | null;
  givenAt: string | null;
  /** The answer it is about was refused. */
  withdrawnAt: string | null;
  version: number;
};

type Facts = { id: string; issueId: string; bodyId: string };
export type AcknowledgementEvent =
  | ({ type: "acknowledgement.owed"; fromId: string; cause: Cause; causeSeq: number; dueAt: string } & Facts)
  | ({ type: "acknowledgement.given"; words: { text: string } } & Facts)
  | ({ type: "acknowledgement.withdrawn" } & Facts);

/** Nobody has signed for it, and it is still asked. */
export const isOpen = (owed: Pick<Acknowledgement, "givenAt" | "withdrawnAt">): boolean => owed.givenAt === null && owed.withdrawnAt === null;

/** The body just below `fromId` that sent the issue up to it; null when it was raised there. */
export function below(issue: Pick<Issue, "stays">, fromId: string, bodies: ReadonlyMap<string, Pick<Body, "escalatesToId" | "endedAt">>): string | null {
  const came = issue.stays.map((s) => s.bodyId).filter((id) => bodies.get(id)?.escalatesToId === fromId && bodies.get(id)?.endedAt === null);
  return came.at(-1) ?? null;
}

/** Ask a level to acknowledge. What it has not yet acknowledged about the same issue is asked anew, so that one is open at a time. Refused for what it was asked about. */
export function owe(
  state: { earlier: readonly Acknowledgement[] },
  asked: { issueId: string; bodyId: string; fromId: string; cause: Cause; causeSeq: number; dueAt: string },
  id: string,
): Outcome<AcknowledgementEvent> {
  const ofBody = state.earlier.filter((a) => a.bodyId === asked.bodyId);
  if (ofBody.some((a) => a.causeSeq >= asked.causeSeq)) return refuse("acknowledgement.asked", {});
  const open = ofBody.find((a) => a.givenAt === null);
  return accept({ type: "acknowledgement.owed", id: open?.id ?? id, ...asked });
}

/** An answer was refused: nobody signs for it any more. Refused when nobody has to. */
export function withdraw(ofAnswer: readonly Acknowledgement[]): Outcome<AcknowledgementEvent[]> {
  const open = ofAnswer.filter(isOpen);
  if (open.length === 0) return refuse("acknowledgement.nobody", {});
  return accept(open.map(({ id, issueId, bodyId }) => ({ type: "acknowledgement.withdrawn" as const, id, issueId, bodyId })));
}

/** "We know, and this is what we do." Words may be left out. Refused twice, and when it is asked no more. */
export function acknowledge(owed: Acknowledgement, text: string): Outcome<AcknowledgementEvent> {
  if (owed.givenAt !== null) return refuse("acknowledgement.given", {});
  if (owed.withdrawnAt !== null) return refuse("acknowledgement.withdrawn", {});
  return accept({ type: "acknowledgement.given", id: owed.id, issueId: owed.issueId, bodyId: owed.bodyId, words: { text } });
}

export function evolveAcknowledgement(before: Acknowledgement | null, event: AcknowledgementEvent, by: By): Acknowledgement {
  if (event.type === "acknowledgement.owed") {
    const { type: _, ...facts } = event;
    return {
      communityId: by.communityId,
      ...facts,
      owedAt: by.at,
      text: "",
      givenBy: null,
      givenAt: null,
      withdrawnAt: null,
      version: (before?.version ?? 0) + 1,
    };
  }
  if (!before) throw new Error(`${event.type} before it was owed: ${event.id}`);
  if (event.type === "acknowledgement.withdrawn") return { ...before, withdrawnAt: by.at, version: before.version + 1 };
  return { ...before, text: event.words.text, givenBy: by.actorId, givenAt: by.at, version: before.version + 1 };
}
