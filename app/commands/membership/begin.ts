import { z } from "zod";
import { loadBody, loadCommunity, loadPerson, membershipsOf } from "../../data/organisation.server";
import { communitySubject } from "../../data/subjects.server";
import { beginOffice, officeFields, type Person } from "../../domain/body";
import { localDay } from "../../domain/clock";
import type { DomainEvent } from "../../domain/event";
import { day, id, line } from "../../domain/input";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { command } from "../command";

/** Give somebody an office: a person already known, or a new one by name. */
export const beginMembership = command({
  action: "membership.begin",
  input: officeFields.extend({
    bodyId: id,
    personId: id.nullable().default(null),
    name: line(40).nullable().default(null),
    startsOn: day.nullable().default(null),
    version: z.undefined().optional(),
  }),
  async load(tx, { bodyId, personId, name }, { actor, now, newId }) {
    const { communityId } = actor;
    const body = await loadBody(tx, communityId, bodyId);
    const community = await loadCommunity(tx, communityId);
    if (!body || !community) return refuse("notFound", { what: bodyId });
    const known = personId ? await loadPerson(tx, communityId, personId) : null;
    if (personId && !known) return refuse("person.unknown", {}, "personId");
    if (!known && !name) return refuse("input.words.missing", { field: "name" }, "name");
    const person: Person = known ?? { communityId, id: newId(), name: name ?? "", joined: false, removedAt: null, version: 0 };
    return accept({
      body,
      person,
      isNew: !known,
      held: known ? await membershipsOf(tx, communityId, { personId: known.id }) : [],
      today: localDay(now, community.timeZone),
      id: newId(),
      subject: await communitySubject(tx, communityId),
    });
  },
  subject: ({ subject }) => subject,
  decide(state, { role, party, startsOn, endsOn }): Outcome<DomainEvent[]> {
    const begun = beginOffice(state, { role, party, startsOn: startsOn ?? state.today, endsOn }, state);
    if (!begun.ok) return begun;
    const added: DomainEvent[] = state.isNew ? [{ type: "person.added", id: state.person.id, words: { name: state.person.name } }] : [];
    return accept([...added, begun.value]);
  },
});
