import { z } from "zod";
import { nextPosition } from "../../data/meetings.server";
import { loadBody, loadCommunity } from "../../data/organisation.server";
import { bodySubject } from "../../data/subjects.server";
import { localDay } from "../../domain/clock";
import type { DomainEvent } from "../../domain/event";
import { acceptIssue, current } from "../../domain/issue";
import { call } from "../../domain/meeting";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { id, instant, line } from "../../domain/vocabulary";
import { command } from "../command";
import { invitedTo, loadDocket } from "./state";

export const minutesPerItem = z.coerce
  .number({ error: "number.malformed" })
  .int({ error: "number.malformed" })
  .min(1, { error: "number.malformed" })
  .max(240, { error: "number.malformed" });

/** Call a meeting: time, place, agenda from the docket. Being put on an agenda is the level's answer to the issue. */
export const callMeeting = command({
  action: "meeting.call",
  input: z.object({
    bodyId: id,
    startsAt: instant,
    endsAt: instant,
    place: line(80),
    issues: z.array(id).max(80, { error: "list.tooLong:80" }),
    minutes: minutesPerItem.default(15),
    version: z.undefined().optional(),
  }),
  async load(tx, input, { actor, now, newId }) {
    const { communityId } = actor;
    const body = await loadBody(tx, communityId, input.bodyId);
    const community = await loadCommunity(tx, communityId);
    if (!body || !community) return refuse("notFound", { what: input.bodyId });
    const docket = await loadDocket(tx, communityId, [...new Set(input.issues)]);
    if (!docket.ok) return docket;
    return accept({
      body,
      docket: docket.value,
      members: await invitedTo(tx, communityId, body.id, localDay(now, community.timeZone)),
      position: await nextPosition(tx, communityId, body.id),
      items: docket.value.map(({ issue }) => ({ id: newId(), issueId: issue.id, minutes: input.minutes })),
      id: newId(),
    });
  },
  subject: ({ body }) => bodySubject(body.communityId, body.id),
  decide(state, { startsAt, endsAt, place }, { now }): Outcome<DomainEvent[]> {
    const called = call(state, { startsAt, endsAt, place, items: state.items }, { id: state.id, now });
    if (!called.ok) return called;
    return accept([called.value, ...state.docket.flatMap(({ issue }) => takenUp(issue))]);
  },
});

/** Putting an issue on an agenda accepts it, unless somebody here did before. */
export function takenUp(issue: Parameters<typeof acceptIssue>[0]): DomainEvent[] {
  if (current(issue).acceptedAt !== null) return [];
  const accepted = acceptIssue(issue);
  return accepted.ok ? [accepted.value] : [];
}
