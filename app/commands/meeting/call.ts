import { randomBytes } from "node:crypto";
import { z } from "zod";
import { nextPosition, runningBetween, unfinishedOf, waitingOf } from "../../data/meetings.server";
import { loadBody, loadCommunity } from "../../data/organisation.server";
import { stagesFor } from "../../data/procedures.server";
import { bodySubject } from "../../data/subjects.server";
import { checkDocket, mostItems, mostUrgency } from "../../domain/agenda";
import type { Body } from "../../domain/body";
import { call } from "../../domain/calling";
import { localDay } from "../../domain/clock";
import { stageOf } from "../../domain/course";
import type { DomainEvent } from "../../domain/event";
import { id, instant, line, optionalWords, wholeNumber } from "../../domain/input";
import { acceptIssue, current, holderOf, type Issue } from "../../domain/issue";
import { ruleOf, stageKey, termsOf } from "../../domain/procedure";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { command } from "../command";
import { invitedTo, loadDocket, overlap } from "./state";

export const minutesPerItem = wholeNumber(1, 240);
/** Why it cannot wait for the notice of a regular meeting. */
export const whyUrgent = optionalWords(mostUrgency);

/**
 * Call a meeting: time, place, procedure, agenda from the docket. What earlier meetings put off comes along by itself.
 * Being put on an agenda is the level's answer to the issue.
 */
export const callMeeting = command({
  action: "meeting.call",
  input: z.object({
    bodyId: id,
    startsAt: instant,
    endsAt: instant,
    place: line(80),
    issues: z.array(id).max(80, { error: "list.tooLong:80" }),
    minutes: minutesPerItem.default(15),
    urgency: whyUrgent,
    /** "procedure/stage"; not given: the usual one of the body's kind. */
    procedure: z
      .string()
      .regex(/^[a-zA-Z0-9]{1,32}\/[a-zA-Z0-9]{1,32}$/, { error: "choice.missing" })
      .nullable()
      .default(null),
    overlap,
    version: z.undefined().optional(),
  }),
  async load(tx, input, { actor, now, newId }) {
    const { communityId } = actor;
    const body = await loadBody(tx, communityId, input.bodyId);
    const community = await loadCommunity(tx, communityId);
    if (!body || !community) return refuse("notFound", { what: input.bodyId });
    const stages = await stagesFor(tx, communityId, body.kind);
    const today = localDay(now, community.timeZone);
    const asked = await loadDocket(tx, communityId, [...new Set(input.issues)], today);
    if (!asked.ok) return asked;
    // A matter that is on its way goes by the rules it began with, whatever the newest say.
    const begun = asked.value.flatMap(({ course }) => (course ? stageOf(course) : null) ?? []);
    const chosen =
      input.procedure === null
        ? stages[0]
        : [...begun.filter(({ stage }) => stage.bodies.includes(body.kind)), ...stages].find((c) => stageKey(c.procedure, c.stage) === input.procedure);
    if (!chosen) return refuse(stages.length === 0 ? "meeting.doesNotDeliberate" : "meeting.noSuchProcedure", { name: body.name }, "procedure");
    const terms = termsOf(chosen.procedure, chosen.stage);
    // What was put off, and what was decided in haste, comes along as far as there is room and it belongs here; what is
    // asked for is never dropped.
    const unfinished = await unfinishedOf(tx, communityId, body.id);
    const hasty = ruleOf(terms, "ratify") ? [] : await waitingOf(tx, communityId, body.id, localDay(input.startsAt, community.timeZone));
    // An urgent meeting is for its own matters: what a meeting left over waits for the next regular one.
    const left = ruleOf(terms, "ratify") ? [] : unfinished;
    const alongIds = new Set([...left.map((u) => u.issueId), ...hasty].filter((issueId) => !input.issues.includes(issueId)));
    const along = await loadDocket(tx, communityId, [...alongIds], today);
    if (!along.ok) return along;
    const fitting = along.value.filter((entry) => checkDocket(body, terms, [entry]) === null);
    const docket = [...fitting.slice(0, Math.max(0, mostItems - asked.value.length)), ...asked.value];
    return accept({
      body,
      docket,
      members: await invitedTo(tx, communityId, body.id, today),
      position: await nextPosition(tx, communityId, body.id),
      terms,
      timeZone: community.timeZone,
      beside: await runningBetween(tx, communityId, input.startsAt, input.endsAt),
      items: docket.map(({ issue }) => {
        const before = unfinished.find((u) => u.issueId === issue.id);
        return { id: newId(), issueId: issue.id, minutes: before?.minutes ?? input.minutes, carried: before?.carried ?? 0 };
      }),
      id: newId(),
    });
  },
  subject: ({ body }) => bodySubject(body.communityId, body.id),
  decide(state, { startsAt, endsAt, place, urgency, overlap }, { now }): Outcome<DomainEvent[]> {
    const called = call(state, { startsAt, endsAt, place, items: state.items, urgency, overlap }, { id: state.id, now });
    if (!called.ok) return called;
    return accept([called.value, ...state.docket.flatMap(({ issue }) => takenUp(issue, state.body))]);
  },
  async beside(tx, { body, id }) {
    await tx
      .insertInto("TableCode")
      .values({ communityId: body.communityId, meetingId: id, code: randomBytes(10).toString("hex") })
      .execute();
    return accept(null);
  },
});

/** Putting an issue on its holder's agenda accepts it, unless somebody there did before. */
export function takenUp(issue: Issue, body: Pick<Body, "id">): DomainEvent[] {
  if (holderOf(issue) !== body.id || current(issue).acceptedAt !== null) return [];
  const accepted = acceptIssue(issue);
  return accepted.ok ? [accepted.value] : [];
}
