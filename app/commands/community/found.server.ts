// A community begins: the one thing that has no actor yet. The operator does it, on the machine.
import { appendEvent } from "../../data/audit.server";
import { keepTokenHash } from "../../data/organisation.server";
import { secretToken, tokenHash } from "../../data/sessions.server";
import { applyEvent, saveCommunity } from "../../data/states.server";
import type { Store } from "../../data/store.server";
import { type ClockRule, localDay } from "../../domain/clock";
import type { DomainEvent } from "../../domain/event";
import type { Locale } from "../../domain/vocabulary";

export type Founding = {
  name: string;
  secretary: string;
  locale: Locale;
  timeZone: string;
  dayEndsAt: string;
  clocks: readonly ClockRule[];
  days: Readonly<Record<string, boolean>>;
  /** Where the paper ledger of this year stands: the first issue gets this number. */
  firstNumber: number;
};

/** Found a community with its house body and its first secretary. @returns ids, and the token of the secretary's slip. */
export async function foundCommunity(
  store: Store,
  founding: Founding,
  now: string,
  newId: () => string,
): Promise<{ communityId: string; bodyId: string; personId: string; invitationId: string; token: string }> {
  const { name, secretary, ...facts } = founding;
  const [communityId, bodyId, personId, membershipId, invitationId] = [newId(), newId(), newId(), newId(), newId()];
  const token = secretToken();
  const stamp = { communityId, actorId: personId, at: now };
  const quorum = { numerator: 1, denominator: 1, parties: [] };
  const events: DomainEvent[] = [
    {
      type: "body.added",
      id: bodyId,
      kind: "community",
      party: "residents",
      estate: null,
      escalatesToId: null,
      stairwells: 0,
      households: 0,
      quorum,
      words: { name },
    },
    { type: "person.added", id: personId, words: { name: secretary } },
    {
      type: "membership.begun",
      id: membershipId,
      bodyId,
      personId,
      role: "secretary",
      party: "residents",
      startsOn: localDay(now, facts.timeZone),
      endsOn: null,
    },
    { type: "invitation.issued", id: invitationId, bodyId, personId, expiresAt: new Date(Date.parse(now) + 7 * 86_400_000).toISOString() },
  ];
  await store.write(async (tx) => {
    await saveCommunity(tx, { id: communityId, name, ...facts, createdAt: now, version: 1 });
    await appendEvent(tx, { type: "community.founded", id: communityId, ...facts, words: { name } }, { ...stamp, version: 1, requestId: null });
    for (const event of events) await appendEvent(tx, event, { ...stamp, version: await applyEvent(tx, event, stamp), requestId: null });
    await keepTokenHash(tx, communityId, invitationId, tokenHash(token));
  });
  return { communityId, bodyId, personId, invitationId, token };
}
