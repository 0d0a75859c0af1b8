import { z } from "zod";
import { loadHouse } from "../../data/clocks.server";
import { loadCommunity } from "../../data/organisation.server";
import { communitySubject } from "../../data/subjects.server";
import { localDay, nextDay, tooFar } from "../../domain/clock";
import { keepDays } from "../../domain/house-clocks";
import { day } from "../../domain/input";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";

/** The days from one to another, both counted; none when they are the wrong way round, one too many when there are many. */
function daysFrom(from: string, until: string, most: number): string[] {
  const days: string[] = [];
  for (let at = from; at <= until && days.length <= most; at = nextDay(at)) days.push(at);
  return days;
}

/** Make days holidays, days that are worked, or ordinary days again. Deadlines set before stay as they are. */
export const keepCommunityDays = command({
  action: "community.keepDays",
  input: z.object({
    from: day,
    until: day.nullable().default(null),
    kind: z.enum(["holiday", "worked", "ordinary"], { error: "choice.missing" }),
    version: z.undefined().optional(),
  }),
  async load(tx, _input, { actor: { communityId } }) {
    const house = await loadHouse(tx, communityId);
    const community = await loadCommunity(tx, communityId);
    if (!house || !community) return refuse("notFound", { what: communityId });
    return accept({ house, timeZone: community.timeZone, subject: await communitySubject(tx, communityId) });
  },
  subject: ({ subject }) => subject,
  decide: ({ house, timeZone }, { from, until, kind }, { now }) =>
    tooFar(from, now, "from") ?? keepDays(house, daysFrom(from, until ?? from, 31), kind === "ordinary" ? null : kind === "worked", localDay(now, timeZone)),
});
