// A small community with every kind of body and, in each, somebody in every role.
import { addBody } from "../../app/commands/body/add";
import type { Command } from "../../app/commands/command";
import { foundCommunity } from "../../app/commands/community/found.server";
import { beginMembership } from "../../app/commands/membership/begin";
import { type Perform, randomId } from "../../app/commands/perform.server";
import { loadActor } from "../../app/data/organisation.server";
import type { Store } from "../../app/data/store.server";
import type { DomainEvent } from "../../app/domain/event";
import type { Actor } from "../../app/domain/permission";
import type { BodyKind, Party, Role } from "../../app/domain/vocabulary";

/** A meeting at once, and why it cannot wait: what tests decide without waiting for a notice. */
export const urgently = { procedure: "urgent/meeting", urgency: "Nobody can wait for a notice." } as const;

export type House = {
  communityId: string;
  secretary: Actor;
  bodies: Record<"street" | "joint" | "council" | "b7" | "b8" | "grid" | "water" | "property" | "community", string>;
  /** Takes office and comes back as an actor. */
  person(name: string, posts: readonly (readonly [string, Role, Party])[]): Promise<Actor>;
  again(actor: Actor): Promise<Actor>;
};

export type Doing = { store: Store; perform: Perform; clock: { now: string } };

/** Run a command and give its events, or say why it was refused. */
export async function done<I extends { version?: number | undefined }, S>(
  perform: Perform,
  command: Command<I, S>,
  actor: Actor,
  input: object,
): Promise<readonly DomainEvent[]> {
  const outcome = await perform(command, actor, input);
  if (!outcome.ok) throw new Error(`${command.action} was refused: ${JSON.stringify(outcome.refusal)}`);
  return outcome.value.events;
}

export const idOf = (events: readonly DomainEvent[], type: DomainEvent["type"]): string => {
  const event = events.find((e) => e.type === type);
  if (!event) throw new Error(`There is no ${type}.`);
  return event.id;
};

export async function house({ store, perform, clock }: Doing, name = "Baoyuan"): Promise<House> {
  const founded = await foundCommunity(
    store,
    { name, secretary: "Secretary", locale: "en", timeZone: "Asia/Shanghai", dayEndsAt: "18:00", clocks: [], days: {}, firstNumber: 1 },
    clock.now,
    randomId,
  );
  const { communityId } = founded;
  const actorOf = async (personId: string): Promise<Actor> => {
    const actor = await loadActor(store.read, communityId, personId, clock.now);
    if (!actor) throw new Error("Nobody.");
    return actor;
  };
  const secretary = await actorOf(founded.personId);
  const body = async (bodyName: string, kind: BodyKind, escalatesToId: string | null, more: object = {}) =>
    idOf(
      await done(perform, addBody, secretary, { name: bodyName, kind, escalatesToId, quorum: { numerator: 1, denominator: 2, parties: [] }, ...more }),
      "body.added",
    );
  const street = await body("Street", "street", null);
  const joint = await body("Joint meeting", "jointMeeting", street);
  const council = await body("Council", "council", joint);
  const bodies = {
    street,
    joint,
    council,
    b7: await body("Building 7", "building", council, { stairwells: 3 }),
    b8: await body("Building 8", "building", council, { stairwells: 2 }),
    grid: await body("Grid 1", "grid", council),
    water: await body("Water bureau", "department", null, { party: "department" }),
    property: await body("Property company", "company", null, { party: "property" }),
    community: founded.bodyId,
  };
  return {
    communityId,
    secretary,
    bodies,
    again: (actor) => actorOf(actor.personId),
    async person(personName, posts) {
      let personId: string | null = null;
      for (const [bodyId, role, party] of posts) {
        const events: readonly DomainEvent[] = await done(perform, beginMembership, secretary, {
          bodyId,
          personId,
          name: personId ? null : personName,
          role,
          party,
          startsOn: null,
        });
        const begun = events.find((e) => e.type === "membership.begun");
        if (begun?.type === "membership.begun") personId = begun.personId;
      }
      return actorOf(personId ?? "");
    },
  };
}
