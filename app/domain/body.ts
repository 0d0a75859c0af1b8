// Bodies, people and their offices: who stands where in the tree, and since when.
import { z } from "zod";
import { type Cadence, type CadenceFields, checkCadence } from "./cadence";
import type { Calendar } from "./clock";
import { day, line, optionalNumber, wholeNumber } from "./input";
import { accept, type Outcome, refuse } from "./refusal";
import { type BodyKind, bodyKinds, deliberates, isLevel, type Party, parties, type Role, roles } from "./vocabulary";

export type Quorum = { numerator: number; denominator: number; parties: readonly Party[] };

export type Body = {
  communityId: string;
  id: string;
  kind: BodyKind;
  party: Party | null;
  name: string;
  estate: string | null;
  escalatesToId: string | null;
  stairwells: number;
  households: number;
  quorum: Quorum;
  cadence: Cadence | null;
  endedAt: string | null;
  version: number;
};

export type Person = {
  communityId: string;
  id: string;
  name: string;
  joined: boolean;
  removedAt: string | null;
  version: number;
};

export type Membership = {
  communityId: string;
  id: string;
  bodyId: string;
  personId: string;
  role: Role;
  party: Party;
  startsOn: string;
  endsOn: string | null;
  endedAt: string | null;
  version: number;
};

export type Invitation = {
  communityId: string;
  id: string;
  bodyId: string;
  personId: string;
  expiresAt: string;
  usedAt: string | null;
  revokedAt: string | null;
  version: number;
};

/** A body's name with its estate where two of the same name could be meant. */
export const fullName = (body: Pick<Body, "name" | "estate" | "kind">): string =>
  body.estate && isLevel(body.kind) && body.kind !== "building" ? `${body.estate}${/[a-z]$/i.test(body.estate) ? " " : ""}${body.name}` : body.name;

/** An office held today: from its first day to its last, unless it ended before. */
export function holdsOffice(m: Pick<Membership, "startsOn" | "endsOn" | "endedAt">, today: string): boolean {
  return m.endedAt === null && m.startsOn <= today && (m.endsOn === null || today <= m.endsOn);
}

export const quorumInput = z.object({
  numerator: wholeNumber(0, 100, "quorum.malformed"),
  denominator: wholeNumber(1, 100, "quorum.malformed"),
  parties: z.array(z.enum(parties)).max(parties.length),
});

export const bodyFields = z.object({
  kind: z.enum(bodyKinds, { error: "choice.missing" }),
  party: z.enum(parties).nullable().default(null),
  name: line(40),
  estate: line(40).nullable().default(null),
  escalatesToId: z.string().nullable().default(null),
  stairwells: optionalNumber(99),
  households: optionalNumber(99_999),
  quorum: quorumInput.default({ numerator: 2, denominator: 3, parties: [] }),
});
export type BodyFields = z.infer<typeof bodyFields>;

export const officeFields = z.object({
  role: z.enum(roles, { error: "choice.missing" }),
  party: z.enum(parties, { error: "choice.missing" }),
  startsOn: day,
  endsOn: day.nullable().default(null),
});
export type OfficeFields = z.infer<typeof officeFields>;

export type BodyEvent =
  | ({ type: "body.added"; id: string } & Omit<BodyFields, "name"> & { words: { name: string } })
  | ({ type: "body.changed"; id: string } & Omit<BodyFields, "name"> & { words: { name: string } })
  | ({ type: "body.cadenceSet"; id: string } & Omit<CadenceFields, "place"> & { words: { place: string } })
  | { type: "body.cadenceEnded"; id: string }
  | { type: "body.ended"; id: string };

export type PersonEvent =
  | { type: "person.added"; id: string; words: { name: string } }
  | { type: "person.joined"; id: string }
  | { type: "person.passwordChanged"; id: string }
  | { type: "person.renamed"; id: string; words: { name: string } };

export type MembershipEvent =
  | ({ type: "membership.begun"; id: string; bodyId: string; personId: string } & OfficeFields)
  | ({ type: "membership.changed"; id: string; bodyId: string; personId: string } & OfficeFields)
  | { type: "membership.ended"; id: string; bodyId: string; personId: string };

export type InvitationEvent =
  | { type: "invitation.issued"; id: string; bodyId: string; personId: string; expiresAt: string }
  | { type: "invitation.used"; id: string; personId: string }
  | { type: "invitation.revoked"; id: string; personId: string };

/** Where `id` escalates to, and what that escalates to, up to the top. Stops at a loop instead of running in it. */
export function ladder(id: string, bodies: ReadonlyMap<string, Pick<Body, "escalatesToId">>): string[] {
  const climb: string[] = [];
  for (let at: string | null = id; at !== null && !climb.includes(at); at = bodies.get(at)?.escalatesToId ?? null) climb.push(at);
  return climb;
}

/**
 * Add a body, or change one (`before` given). Refused: a name taken beside it, an upper body that is unknown or ended,
 * one that stands below it (the tree would be a ring), a kind that cannot hold issues as a step, and a body that stops being a step while it holds issues.
 */
export function placeBody(
  before: Body | null,
  fields: BodyFields,
  state: { bodies: ReadonlyMap<string, Body>; holdsOpen: boolean },
  newId: string,
): Outcome<BodyEvent> {
  const id = before?.id ?? newId;
  if (before?.endedAt) return refuse("body.ended", { name: before.name });
  for (const other of state.bodies.values())
    if (other.id !== id && !other.endedAt && other.name === fields.name && other.estate === fields.estate)
      return refuse("body.nameTaken", { name: fields.name }, "name");
  if (fields.quorum.numerator > fields.quorum.denominator) return refuse("body.quorumOverWhole", {}, "numerator");
  if (fields.escalatesToId !== null) {
    const upper = state.bodies.get(fields.escalatesToId);
    if (!upper || upper.endedAt) return refuse("body.unknownUpper", {}, "escalatesToId");
    if (!isLevel(fields.kind)) return refuse("body.notALevel", {}, "escalatesToId");
    if (!deliberates(upper.kind)) return refuse("body.upperDoesNotDeliberate", { name: upper.name }, "escalatesToId");
    if (ladder(upper.id, state.bodies).includes(id)) return refuse("body.ring", { name: upper.name }, "escalatesToId");
  }
  if (before && before.kind !== fields.kind && state.holdsOpen) return refuse("body.holdsIssues", { name: before.name }, "kind");
  const { name, ...facts } = fields;
  return accept({ type: before ? "body.changed" : "body.added", id, ...facts, words: { name } });
}

/** End a body. Refused while it holds open issues, or others still escalate to it. */
export function endBody(body: Body, state: { bodies: ReadonlyMap<string, Body>; holdsOpen: boolean }): Outcome<BodyEvent> {
  if (body.endedAt) return refuse("body.ended", { name: body.name });
  if (body.kind === "community") return refuse("body.isTheCommunity", { name: body.name });
  if (state.holdsOpen) return refuse("body.holdsIssues", { name: body.name });
  for (const other of state.bodies.values()) if (!other.endedAt && other.escalatesToId === body.id) return refuse("body.hasLower", { name: other.name });
  return accept({ type: "body.ended", id: body.id });
}

/** Say when a body meets (null: as needed). Refused: a body that does not deliberate, and what `checkCadence` refuses. */
export function setCadence(body: Body, fields: CadenceFields | null, calendar: Calendar, now: string): Outcome<BodyEvent> {
  if (body.endedAt) return refuse("body.ended", { name: body.name });
  if (!deliberates(body.kind)) return refuse("meeting.doesNotDeliberate", { name: body.name });
  if (fields === null) return body.cadence ? accept({ type: "body.cadenceEnded", id: body.id }) : refuse("cadence.none", {}, "kind");
  const checked = checkCadence(fields, calendar, now);
  if (!checked.ok) return checked;
  const { place, ...facts } = checked.value;
  return accept({ type: "body.cadenceSet", id: body.id, ...facts, words: { place } });
}

/** Give a person an office in a body. Refused: a body or person that is gone, the same office twice, a term that ends before it begins. */
export function beginOffice(
  state: { body: Body; person: Person; held: readonly Membership[] },
  fields: OfficeFields,
  by: { id: string; today: string },
): Outcome<MembershipEvent> {
  if (state.body.endedAt) return refuse("body.ended", { name: state.body.name });
  if (state.person.removedAt) return refuse("person.removed", {});
  if (fields.endsOn !== null && fields.endsOn < fields.startsOn) return refuse("membership.endsBeforeStart", {}, "endsOn");
  const twice = state.held.some((m) => m.bodyId === state.body.id && m.role === fields.role && holdsOffice(m, by.today));
  if (twice) return refuse("membership.twice", { name: state.person.name, body: state.body.name });
  return accept({ type: "membership.begun", id: by.id, bodyId: state.body.id, personId: state.person.id, ...fields });
}

/** Change an office's role, party or term. Refused: an office that ended, a last secretary who would leave the house without one, today or later. */
export function changeOffice(m: Membership, fields: OfficeFields, lastSecretary: boolean, today: string): Outcome<MembershipEvent> {
  if (m.endedAt) return refuse("membership.ended", {});
  if (fields.endsOn !== null && fields.endsOn < fields.startsOn) return refuse("membership.endsBeforeStart", {}, "endsOn");
  if (lastSecretary && (fields.role !== "secretary" || fields.endsOn !== null || fields.startsOn > today)) return refuse("membership.lastSecretary", {});
  return accept({ type: "membership.changed", id: m.id, bodyId: m.bodyId, personId: m.personId, ...fields });
}

export function endOffice(m: Membership, lastSecretary: boolean): Outcome<MembershipEvent> {
  if (m.endedAt) return refuse("membership.ended", {});
  if (lastSecretary) return refuse("membership.lastSecretary", {});
  return accept({ type: "membership.ended", id: m.id, bodyId: m.bodyId, personId: m.personId });
}

/** Whether an invitation still opens the door. Single use, expiring, revocable. */
export function checkInvitation(invitation: Invitation, now: string): Outcome<Invitation> {
  if (invitation.usedAt) return refuse("invitation.used", {});
  if (invitation.revokedAt) return refuse("invitation.revoked", {});
  if (invitation.expiresAt <= now) return refuse("invitation.expired", {});
  return accept(invitation);
}

type By = { actorId: string; at: string; communityId: string };

export function evolveBody(body: Body | null, event: BodyEvent, by: By): Body {
  if (event.type === "body.ended") {
    if (!body) throw new Error(`body.ended before body.added: ${event.id}`);
    return { ...body, endedAt: by.at, version: body.version + 1 };
  }
  if (event.type === "body.cadenceSet" || event.type === "body.cadenceEnded") {
    if (!body) throw new Error(`${event.type} before body.added: ${event.id}`);
    return { ...body, cadence: event.type === "body.cadenceSet" ? cadenceOf(event, by.at) : null, version: body.version + 1 };
  }
  const { type: _, words, id, ...facts } = event;
  const cadence = body?.cadence ?? null;
  return { communityId: by.communityId, id, ...facts, name: words.name, cadence, endedAt: null, version: (body?.version ?? 0) + 1 };
}

function cadenceOf({ rule, startsOn, time, minutes, onDayOff, words }: Extract<BodyEvent, { type: "body.cadenceSet" }>, setAt: string): Cadence {
  return { rule, startsOn, time, minutes, onDayOff, place: words.place, setAt };
}

export function evolvePerson(person: Person | null, event: PersonEvent, by: By): Person {
  if (event.type === "person.added") return { communityId: by.communityId, id: event.id, name: event.words.name, joined: false, removedAt: null, version: 1 };
  if (!person) throw new Error(`${event.type} before person.added: ${event.id}`);
  const version = person.version + 1;
  if (event.type === "person.renamed") return { ...person, name: event.words.name, version };
  return { ...person, joined: true, version };
}

export function evolveMembership(membership: Membership | null, event: MembershipEvent, by: By): Membership {
  if (event.type === "membership.ended") {
    if (!membership) throw new Error(`membership.ended before membership.begun: ${event.id}`);
    return { ...membership, endedAt: by.at, version: membership.version + 1 };
  }
  const { type: _, ...facts } = event;
  return { communityId: by.communityId, ...facts, endedAt: null, version: (membership?.version ?? 0) + 1 };
}

export function evolveInvitation(invitation: Invitation | null, event: InvitationEvent, by: By): Invitation {
  if (event.type === "invitation.issued") {
    const { id, bodyId, personId, expiresAt } = event;
    return { communityId: by.communityId, id, bodyId, personId, expiresAt, usedAt: null, revokedAt: null, version: 1 };
  }
  if (!invitation) throw new Error(`${event.type} before invitation.issued: ${event.id}`);
  const version = invitation.version + 1;
  return event.type === "invitation.used" ? { ...invitation, usedAt: by.at, version } : { ...invitation, revokedAt: by.at, version };
}
