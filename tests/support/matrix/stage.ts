// Where the matrix of permissions is tried: a house, everybody in it, and a stranger; and what is tried there.
import { recordDecision } from "../../../app/commands/decision/record";
import { escalateIssue } from "../../../app/commands/issue/escalate";
import { raiseIssue } from "../../../app/commands/issue/raise";
import { callMeeting } from "../../../app/commands/meeting/call";
import { openMeeting } from "../../../app/commands/meeting/open";
import { takeSeat } from "../../../app/commands/meeting/seat";
import { loadMeeting } from "../../../app/data/meetings.server";
import type { Action, Actor, BodyRelation, PersonRelation } from "../../../app/domain/permission";
import { roles } from "../../../app/domain/vocabulary";
import { done, type House, house, idOf, urgently } from "../house";
import { type Bench, bench } from "../store";

export type Where = { bodies: Partial<Record<BodyRelation, readonly string[]>>; people: Partial<Record<PersonRelation, readonly string[]>> };

export type Cast = { actors: Actor[]; by: (name: string) => Actor };

async function cast(on: Bench, at: House): Promise<Cast> {
  const actors: Actor[] = [at.secretary];
  for (const role of roles)
    for (const [key, bodyId] of Object.entries(at.bodies)) {
      if (["street", "grid", "property"].includes(key)) continue;
      actors.push(await at.person(`${role}@${key}`, [[bodyId, role, role === "head" ? "owners" : "branch"]]));
    }
  const raiser = await at.person("raiser", [[at.bodies.b7, "resident", "owners"]]);
  const neighbour = await at.person("neighbour", [[at.bodies.b7, "resident", "owners"]]);
  const nobody: Actor = { ...(await at.person("nobody", [[at.bodies.b8, "resident", "owners"]])), posts: [] };
  const there = await house(on, "Elsewhere");
  const stranger = await there.person("stranger", [
    [there.bodies.council, "chair", "branch"],
    [there.bodies.b7, "head", "owners"],
    [there.bodies.community, "secretary", "residents"],
  ]);
  actors.push(raiser, neighbour, nobody, stranger);
  return {
    actors,
    by(name) {
      const actor = actors.find((a) => a.name === name);
      if (!actor) throw new Error(`Nobody is called ${name}.`);
      return actor;
    },
  };
}

export type Case = {
  state: string;
  action: Action;
  input: object | ((actor: Actor) => object);
  where: Where;
  allowed: boolean | ((actor: Actor) => boolean);
  communityId: string;
  hidden?: (actor: Actor) => boolean;
};

export type Stage = { on: Bench; at: House; who: Cast };
/** Perform each of these for each of these people, everybody in the cast where nobody is named, keep nothing, and remember what went wrong. */
export type Attempt = (cases: readonly Case[], actors?: readonly Actor[]) => Promise<void>;
/** Puts its things into every state they can be in, and has every command on them attempted. */
export type Area = (stage: Stage, attempt: Attempt) => Promise<void>;

export async function stage(): Promise<Stage> {
  const on = bench();
  const at = await house(on);
  return { on, at, who: await cast(on, at) };
}

export const words = { place: "", category: "water", track: "hard", visibility: "community" } as const;
export async function raise(on: Bench, at: House, actor: Actor, what: string, more: object = {}): Promise<{ id: string; number: string }> {
  const [event] = await done(on.perform, raiseIssue, actor, { bodyId: at.bodies.b7, what, ...words, ...more });
  if (event?.type !== "issue.raised") throw new Error("not raised");
  return event;
}
export const soon = { startsAt: "2026-03-26T11:00:00.000Z", endsAt: "2026-03-26T12:30:00.000Z" };

export async function meetingWith(on: Bench, at: House, who: Cast, issues: readonly string[]): Promise<string> {
  return idOf(
    await done(on.perform, callMeeting, who.by("chair@council"), { bodyId: at.bodies.council, ...soon, place: "Hall", issues, ...urgently }),
    "meeting.called",
  );
}
export async function opened(on: Bench, who: Cast, meetingId: string): Promise<void> {
  const chair = who.by("chair@council");
  const meeting = await loadMeeting(on.store.read, chair.communityId, meetingId);
  for (const seat of meeting?.seats ?? []) await done(on.perform, takeSeat, chair, { meetingId, personId: seat.personId, presence: "present" });
  await done(on.perform, openMeeting, chair, { meetingId });
}

/** An issue of building 7 that the council has. */
export async function escalated({ on, at, who }: Stage, what: string, raiser = "head@b7", more: object = {}): Promise<{ id: string; number: string }> {
  const issue = await raise(on, at, who.by(raiser), what, more);
  await done(on.perform, escalateIssue, who.by("head@b7"), { number: issue.number, to: at.bodies.council, text: "tried" });
  return issue;
}

/** What the council decides about an issue it has, at a meeting that is still in session. */
export async function decide(
  { on, at, who }: Stage,
  issueId: string,
  outcome: "adopted" | "rejected" = "adopted",
): Promise<{ meetingId: string; decisionId: string }> {
  const meetingId = await meetingWith(on, at, who, [issueId]);
  await opened(on, who, meetingId);
  const itemId = (await loadMeeting(on.store.read, at.communityId, meetingId))?.items[0]?.id;
  const decision = { meetingId, itemId, text: "do it", method: "consensus", outcome };
  return { meetingId, decisionId: idOf(await done(on.perform, recordDecision, who.by("chair@council"), decision), "decision.recorded") };
}
