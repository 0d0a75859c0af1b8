// What a use case is: what it takes, what it looks at, who may, what is decided. `perform` runs every one of them.
import type { z } from "zod";
import type { Db } from "../data/dialect.server";
import type { DomainEvent } from "../domain/event";
import type { Action, Actor, Subject } from "../domain/permission";
import type { Outcome } from "../domain/refusal";

/** Given to a decision: who, when, and a source of new ids. The domain has no clock and no randomness of its own. */
export type By = { actorId: string; now: string; newId: () => string };

export type Seen = {
  kind: string;
  id: string;
  version: number;
  harmless?: ReadonlySet<string>;
  /** The form saves all it shows, figures included: then one's own change in another window is overwritten too, and counts. */
  whole?: boolean;
};

export type Command<Input, State> = {
  action: Action;
  input: z.ZodType<Input>;
  /** Loads what the decision needs, in the writer's turn. A refusal says what was not found. */
  load(tx: Db, input: Input, by: By & { actor: Actor }): Promise<Outcome<State>>;
  // The state's type comes from `load` alone.
  subject(state: NoInfer<State>, actor: Actor): Subject;
  decide(state: NoInfer<State>, input: Input, by: By): Outcome<DomainEvent | DomainEvent[]>;
  /** The thing whose version the person saw, and which of its later happenings contradict nothing they write. */
  seen?(state: NoInfer<State>, input: Input): Seen;
  /** What is written beside the events in the same transaction: secrets, photos, drafts. Never anything an event could say. */
  beside?(tx: Db, state: NoInfer<State>, input: Input, by: By & { events: readonly DomainEvent[]; actor: Actor }): Promise<Outcome<null> | undefined>;
};

/** Fixes the types of a use case. */
export const command = <Input extends { version?: number | undefined }, State>(definition: Command<Input, State>): Command<Input, State> => definition;
