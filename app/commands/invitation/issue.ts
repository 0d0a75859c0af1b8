import { z } from "zod";
import { keepTokenHash, loadMembership, loadPerson, openInvitations } from "../../data/organisation.server";
import { communitySubject } from "../../data/subjects.server";
import type { DomainEvent } from "../../domain/event";
import { id } from "../../domain/input";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { command } from "../command";

const days = 7;

/**
 * Print a slip for somebody who has not joined: single use, seven days. An earlier slip stops working.
 * The token is made outside and only its hash comes in: neither the log nor the database ever holds it.
 */
export const issueInvitation = command({
  action: "invitation.issue",
  input: z.object({ membershipId: id, tokenHash: z.string().regex(/^[0-9a-f]{64}$/), version: z.undefined().optional() }),
  async load(tx, { membershipId }, { actor, now, newId }) {
    const membership = await loadMembership(tx, actor.communityId, membershipId);
    const person = membership && (await loadPerson(tx, actor.communityId, membership.personId));
    if (!membership || !person) return refuse("notFound", { what: membershipId });
    return accept({
      membership,
      person,
      earlier: await openInvitations(tx, actor.communityId, person.id, now),
      id: newId(),
      subject: await communitySubject(tx, actor.communityId),
    });
  },
  subject: ({ subject }) => subject,
  decide({ membership, person, earlier, id: invitationId }, _input, { now }): Outcome<DomainEvent[]> {
    if (membership.endedAt) return refuse("membership.ended", {});
    if (person.joined) return refuse("invitation.alreadyJoined", { name: person.name });
    const expiresAt = new Date(Date.parse(now) + days * 86_400_000).toISOString();
    return accept<DomainEvent[]>([
      ...earlier.map((i): DomainEvent => ({ type: "invitation.revoked", id: i.id, personId: person.id })),
      { type: "invitation.issued", id: invitationId, bodyId: membership.bodyId, personId: person.id, expiresAt },
    ]);
  },
  async beside(tx, state, { tokenHash }, { actor }) {
    await keepTokenHash(tx, actor.communityId, state.id, tokenHash);
    return undefined;
  },
});
