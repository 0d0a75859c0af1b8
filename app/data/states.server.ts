// Every kind of state an event can change: how it is loaded, folded and saved. `perform` and the log's reader share it.

import { evolveAcknowledgement } from "../domain/acknowledgement";
import { evolveBody, evolveInvitation, evolveMembership, evolvePerson } from "../domain/body";
import { evolveChannel } from "../domain/channel";
import { evolveCourse } from "../domain/course";
import { evolveDecision } from "../domain/decision";
import { type DomainEvent, type ProcedureEvent, type SubjectKind, subjectOf } from "../domain/event";
import { evolveFeed } from "../domain/feed";
import { evolveFollowUp } from "../domain/follow-up";
import { evolveHouse } from "../domain/house-clocks";
import { evolveIssue } from "../domain/issue";
import { evolveMeeting } from "../domain/meeting";
import { evolveOrder } from "../domain/order";
import { evolvePaper } from "../domain/paper";
import type { Procedure } from "../domain/procedure";
import { evolveProject } from "../domain/project";
import { evolveTask } from "../domain/task";
import { evolveVote } from "../domain/vote";
import { evolveWord } from "../domain/word";
import { loadFeed, saveFeed } from "./calendar.server";
import { loadChannel, saveChannel } from "./channels.server";
import { loadAcknowledgement, loadHouse, loadOrder, saveAcknowledgement, saveHouse, saveOrder } from "./clocks.server";
import { loadCourse, saveCourse } from "./courses.server";
import type { Db } from "./dialect.server";
import { loadFollowUp, saveFollowUp } from "./follow-up.server";
import { loadIssue, saveIssue } from "./issues.server";
import { loadDecision, loadMeeting, loadTask, loadVote, saveDecision, saveMeeting, saveTask, saveVote } from "./meetings.server";
import {
  loadBody,
  loadInvitation,
  loadMembership,
  loadPerson,
  saveBody,
  saveCommunity,
  saveInvitation,
  saveMembership,
  savePerson,
} from "./organisation.server";
import { loadPaper, savePaper } from "./papers.server";
import { loadPreference, savePreference } from "./preferences.server";
import { saveProcedure } from "./procedures.server";
import { loadProject, saveProject } from "./projects.server";

export type Stamp = { communityId: string; actorId: string; at: string };
export type Versioned = { version: number };

type Keeper<S extends Versioned> = {
  load(db: Db, communityId: string, id: string): Promise<S | null>;
  evolve(state: S | null, event: DomainEvent, by: Stamp): S;
  save(tx: Db, next: S, before: S | null, by: Stamp): Promise<void>;
};

const keeper = <S extends Versioned, E extends DomainEvent>(
  load: Keeper<S>["load"],
  evolve: (state: S | null, event: E, by: Stamp) => S,
  save: Keeper<S>["save"],
): Keeper<Versioned> =>
  // The map below pairs each kind with its own events and state; inside this file the types are erased once.
  ({ load, evolve, save }) as unknown as Keeper<Versioned>;

const onlyLogged: Keeper<Versioned> = {
  load: async () => null,
  evolve: () => ({ version: 1 }),
  save: async () => {},
};

const keepers: Record<SubjectKind, Keeper<Versioned>> = {
  community: keeper(loadHouse, evolveHouse, saveHouse),
  session: onlyLogged,
  feed: keeper(loadFeed, evolveFeed, saveFeed),
  followUp: keeper(loadFollowUp, evolveFollowUp, saveFollowUp),
  body: keeper(loadBody, evolveBody, saveBody),
  person: keeper(loadPerson, evolvePerson, (tx, next, before, by) => savePerson(tx, next, before, by.at)),
  membership: keeper(loadMembership, evolveMembership, saveMembership),
  invitation: keeper(loadInvitation, evolveInvitation, saveInvitation),
  issue: keeper(loadIssue, evolveIssue, saveIssue),
  course: keeper(loadCourse, evolveCourse, saveCourse),
  procedure: keeper<{ version: number; procedure: Procedure }, ProcedureEvent>(
    async () => null,
    (_before, { procedure }) => ({ version: 1, procedure }),
    (tx, { procedure }, _before, by) => saveProcedure(tx, by.communityId, procedure),
  ),
  meeting: keeper(loadMeeting, evolveMeeting, saveMeeting),
  vote: keeper(loadVote, evolveVote, saveVote),
  paper: keeper(loadPaper, evolvePaper, savePaper),
  decision: keeper(loadDecision, evolveDecision, saveDecision),
  task: keeper(loadTask, evolveTask, saveTask),
  order: keeper(loadOrder, evolveOrder, saveOrder),
  acknowledgement: keeper(loadAcknowledgement, evolveAcknowledgement, saveAcknowledgement),
  project: keeper(loadProject, evolveProject, saveProject),
  word: keeper(loadPreference, evolveWord, savePreference),
  channel: keeper(loadChannel, evolveChannel, saveChannel),
  // What became of a letter is the post's own book; the log says who had it sent again or given up.
  letter: onlyLogged,
};

export { saveCommunity };

/** What a turn has loaded or written already, by id: nobody else writes during a turn, so it need not be read again. */
export type Turn = Map<string, Versioned>;

/** Fold one event into its subject and write it. @returns the subject's new version. */
export async function applyEvent(tx: Db, event: DomainEvent, by: Stamp, turn: Turn = new Map()): Promise<number> {
  const kind = keepers[subjectOf(event)];
  const before = turn.get(event.id) ?? (await kind.load(tx, by.communityId, event.id));
  const next = kind.evolve(before, event, by);
  await kind.save(tx, next, before, by);
  turn.set(event.id, next);
  return next.version;
}

/** The things among what a command loaded that an event may change: those with an id and a version on disk. */
export function turnOf(loaded: unknown): Turn {
  const turn: Turn = new Map();
  if (typeof loaded !== "object" || loaded === null) return turn;
  for (const value of Object.values(loaded) as unknown[])
    if (
      typeof value === "object" &&
      value !== null &&
      "id" in value &&
      "version" in value &&
      typeof value.id === "string" &&
      typeof value.version === "number" &&
      value.version > 0
    )
      turn.set(value.id, value as Versioned);
  return turn;
}

/** The state an event gives, without a database: what rebuilding from the log alone uses. */
export function foldEvent(states: Map<string, Versioned>, event: DomainEvent, by: Stamp): void {
  const kind = subjectOf(event);
  const key = `${by.communityId}/${kind}/${event.id}`;
  states.set(key, keepers[kind].evolve(states.get(key) ?? null, event, by));
}
