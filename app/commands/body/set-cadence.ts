import { z } from "zod";
import { loadBody, loadCalendar, loadCommunity } from "../../data/organisation.server";
import { communitySubject } from "../../data/subjects.server";
import { setCadence } from "../../domain/body";
import { cadenceFields, calendarFrom } from "../../domain/cadence";
import { id, version } from "../../domain/input";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";

// Its name and its place on the stairs contradict nothing about when it meets.
const harmless: ReadonlySet<string> = new Set(["body.changed"]);

/** Say by what rule a body meets; without one it meets as needed. */
export const setBodyCadence = command({
  action: "body.setCadence",
  input: z.object({ bodyId: id, cadence: cadenceFields.nullable(), version }),
  async load(tx, { bodyId }, { actor, now }) {
    const body = await loadBody(tx, actor.communityId, bodyId);
    const community = await loadCommunity(tx, actor.communityId);
    if (!body || !community) return refuse("notFound", { what: bodyId });
    const { bodies } = await communitySubject(tx, actor.communityId);
    return accept({ body, bodies, calendar: await loadCalendar(tx, community, calendarFrom(now, community.timeZone)) });
  },
  subject: ({ body, bodies }) => ({ communityId: body.communityId, bodies: { ...bodies, body: [body.id] }, people: {} }),
  seen: ({ body }) => ({ kind: "body", id: body.id, version: body.version, harmless, whole: true }),
  decide: ({ body, calendar }, { cadence }, { now }) => setCadence(body, cadence, calendar, now),
});
