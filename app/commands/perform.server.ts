// The one way anything changes: six steps, the same for every command (docs/house.md has the picture).
import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { appendEvent, eventsOfRequest, eventsSince, type Recorded } from "../data/audit.server";
import type { Db } from "../data/dialect.server";
import { applyEvent, turnOf } from "../data/states.server";
import type { Store } from "../data/store.server";
import type { DomainEvent } from "../domain/event";
import { type Actor, can } from "../domain/permission";
import { accept, type Outcome, type Refusal, refuse } from "../domain/refusal";
import type { By, Command } from "./command";

export type Done = { events: readonly DomainEvent[]; repeated: boolean };
export type Perform = <Input extends { version?: number | undefined }, State>(
  command: Command<Input, State>,
  actor: Actor,
  input: unknown,
  options?: { requestId?: string | undefined },
) => Promise<Outcome<Done>>;

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
/** An id people could read out if they had to: 16 figures and letters, 80 random bits. */
export const randomId = (): string => [...randomBytes(16)].map((byte) => alphabet[byte & 31]).join("");

/** Thrown inside the writer's turn so that its savepoint is undone; never leaves `perform`. */
class RefusedInTurn extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

/** The first thing wrong with an input, as a refusal that names the field. */
export function inputRefusal(error: z.ZodError): Refusal {
  const issue = error.issues[0];
  const field = issue?.path.map(String).join(".") ?? "";
  // Messages of our own schemas are codes, with a figure or two behind colons: at most, at least; any other means a forged or broken form.
  const [code = "", figure, least] = (issue?.message ?? "").split(":");
  const ours = /^[a-z][A-Za-z]*\.[A-Za-z]+$/.test(code);
  return {
    code: ours ? `input.${code}` : "input.malformed",
    params: { ...(figure ? { max: Number(figure) } : {}), ...(least ? { min: Number(least) } : {}), field },
    ...(field ? { field } : {}),
  };
}

/**
 * Makes `perform` over a store. Refusals come back as values; a bug throws, and its turn is undone.
 * @param now the clock: ISO text in UTC.
 */
export function makePerform(store: Store, now: () => string = () => new Date().toISOString(), newId: () => string = randomId): Perform {
  return async (command, actor, raw, options = {}) => {
    // 1. Parse.
    const parsed = command.input.safeParse(raw);
    if (!parsed.success) return { ok: false, refusal: inputRefusal(parsed.error) };
    const input = parsed.data;
    try {
      // 2. A turn in the writer's queue; load.
      // A refusal is thrown inside the turn, so that whatever loading wrote (a number drawn from its series) is undone.
      const done = await store.write(async (tx): Promise<Done> => {
        const by: By = { actorId: actor.personId, now: now(), newId };
        const { requestId } = options;
        if (requestId) {
          const earlier = await eventsOfRequest(tx, actor.communityId, requestId);
          if (earlier.length > 0) return orThrow(repeat(earlier, actor));
        }
        const state = orThrow(await command.load(tx, input, { ...by, actor }));
        // 3. May they?
        if (!can(actor, command.action, command.subject(state, actor))) throw new RefusedInTurn({ code: "forbidden", params: { action: command.action } });
        const stale = await staleness(tx, command, state, input, actor);
        if (stale) throw new RefusedInTurn(stale);
        // 4. Decide.
        const decided = orThrow(command.decide(state, input, by));
        const events = Array.isArray(decided) ? decided : [decided];
        // 5. Save, and append to the log.
        const stamp = { communityId: actor.communityId, actorId: actor.personId, at: by.now };
        const turn = turnOf(state);
        for (const [n, event] of events.entries()) {
          const version = await applyEvent(tx, event, stamp, turn);
          await appendEvent(tx, event, { ...stamp, version, requestId: n === 0 ? (requestId ?? null) : null });
        }
        const besides = await command.beside?.(tx, state, input, { ...by, events, actor });
        if (besides) orThrow(besides);
        return { events, repeated: false };
      });
      // 6. The outcome, once the group's commit is on disk: the writer answers after it.
      return accept(done);
    } catch (error) {
      if (error instanceof RefusedInTurn) return { ok: false, refusal: error.refusal };
      throw error;
    }
  };
}

function orThrow<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new RefusedInTurn(outcome.refusal);
  return outcome.value;
}

/** The same form sent twice (a double press, a lost answer) is answered as the first time. */
function repeat(earlier: readonly Recorded[], actor: Actor): Outcome<Done> {
  if (earlier.some((e) => e.actorId !== actor.personId)) return refuse("input.malformed", { field: "requestId" });
  return accept({ events: earlier.map((e) => e.event), repeated: true });
}

/** Whether something that matters changed since the version this person was looking at. */
async function staleness<Input extends { version?: number | undefined }, State>(
  tx: Db,
  command: Command<Input, State>,
  state: State,
  input: Input,
  actor: Actor,
): Promise<Refusal | null> {
  const seen = command.seen?.(state, input);
  const saw = input.version;
  if (!seen || saw === undefined || saw >= seen.version) return null;
  const since = await eventsSince(tx, actor.communityId, seen.kind, seen.id, saw);
  const change = since.filter((e) => (seen.whole || e.actorId !== actor.personId) && !seen.harmless?.has(e.event.type)).at(-1);
  if (!change) return null;
  const params: Refusal["params"] = { what: change.event.type, by: change.actorId, at: change.at, version: seen.version };
  return { code: "stale", params: change.actorId === actor.personId ? { ...params, own: 1 } : params };
}
