// What the pages of one act on a meeting share.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import type { Command } from "../commands/command";
import { eventsOfRequest } from "../data/audit.server";
import type { Db } from "../data/dialect.server";
import { bodySubject } from "../data/subjects.server";
import { atLocal } from "../domain/clock";
import { day } from "../domain/input";
import type { Refusal } from "../domain/refusal";
import { overlapsOf } from "../views/calendar";
import { type MeetingPage, meetingPage } from "../views/meeting-page";
import { mayDo, type Viewer } from "../views/viewer";
import { found, look } from "./look.server";
import { act, forAct, one, type Values } from "./respond.server";

/** A day and two times of the community's wall clock as instants; left out when they are none, so that the command says which. */
export function timesOf(values: Values, timeZone: string): { startsAt?: string; endsAt?: string } {
  const at = (time: string): string | undefined => {
    const on = day.safeParse(one(values, "day"));
    const clock = one(values, time);
    if (!on.success || !/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(clock)) return undefined;
    return atLocal(on.data, clock.slice(0, 5), timeZone);
  };
  const [startsAt, endsAt] = [at("from"), at("until")];
  return { ...(startsAt && { startsAt }), ...(endsAt && { endsAt }) };
}

/**
 * Asked once before a meeting is called or moved to a time another one has: by a refusal that carries which those are. The form
 * then sends `overlap`, and pressing again means it; null when there is nothing to ask, it was asked, or the press is one that was
 * answered before.
 */
export async function overlapAsked(db: Db, viewer: Viewer, values: Values, of: { bodyId: string; except?: string }): Promise<Refusal | null> {
  const { startsAt, endsAt } = timesOf(values, viewer.community.timeZone);
  const { communityId } = viewer.actor;
  if (!startsAt || !endsAt || !mayDo(viewer, "meeting.call", bodySubject(communityId, of.bodyId))) return null;
  const found = await overlapsOf(db, viewer, { ...of, place: one(values, "place"), startsAt, endsAt });
  const [first] = found;
  const seen = found.map((o) => o.id).join(" ");
  if (!first || one(values, "overlap") === seen) return null;
  if ((await eventsOfRequest(db, communityId, one(values, "requestId"))).length > 0) return null;
  const { body, position, from, until, place } = first;
  return { code: "meeting.overlaps", params: { body, n: position, from, until, place, seen }, field: "startsAt" };
}

/** The meeting, and whether this person may do `what` to it now. */
export async function meetingFor(args: LoaderFunctionArgs, what: keyof MeetingPage["can"]) {
  const { db, viewer, requestId } = await look(args);
  const meeting = found(await meetingPage(db, viewer, { meetingId: args.params.id ?? "" }));
  return forAct({ meeting, requestId, timeZone: viewer.community.timeZone }, meeting.can[what]);
}

export function actOnMeeting<Input extends { version?: number | undefined }, State>(
  args: ActionFunctionArgs,
  command: Command<Input, State>,
  fields: (values: Values) => object,
  next: (values: Values) => string = () => `/meetings/${args.params.id}`,
  form?: FormData,
) {
  return act(
    args,
    command,
    (values) => ({ meetingId: args.params.id, version: one(values, "version") || undefined, ...fields(values) }),
    (_done, values) => next(values),
    form,
  );
}
