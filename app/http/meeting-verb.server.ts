// What the pages of one act on a meeting share.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import type { Command } from "../commands/command";
import { atLocal } from "../domain/clock";
import { day } from "../domain/input";
import { type MeetingPage, meetingPage } from "../views/meeting-page";
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

/** When and where, and the meetings beside it that the form already asked about. */
export const whenAndWhere = (values: Values, timeZone: string) => ({
  ...timesOf(values, timeZone),
  place: one(values, "place"),
  overlap: one(values, "overlap"),
});

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
