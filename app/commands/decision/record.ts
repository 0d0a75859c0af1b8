import { z } from "zod";
import { runningCourseOf } from "../../data/courses.server";
import { loadIssue } from "../../data/issues.server";
import { decisionsOf, loadVote, provisionalOn, votesOf } from "../../data/meetings.server";
import { loadBody, loadCommunity } from "../../data/organisation.server";
import { localDay } from "../../domain/clock";
import type { Counts } from "../../domain/count";
import { methods, outcomes, record } from "../../domain/decision";
import { id, optionalNumber, words } from "../../domain/input";
import { accept, refuse } from "../../domain/refusal";
import { parties } from "../../domain/vocabulary";
import { command } from "../command";
import { clockFor } from "../issue/state";
import { loadMeetingState, meetingOfState, onMeeting } from "../meeting/state";

const hands = optionalNumber(9999);
const count = z.object({ for: hands, against: hands, abstained: hands });

/** Hands by party; parties with no hand at all are left out. */
export const counts = z
  .partialRecord(z.enum(parties), count)
  .default({})
  .transform((given): Counts => Object.fromEntries(Object.entries(given).filter(([, c]) => c.for + c.against + c.abstained > 0)));

/** How many decisions on the item the form showed. */
const seen = z.coerce.number({ error: "number.malformed" }).int({ error: "number.malformed" }).min(0, { error: "number.malformed" }).optional();

export const wording = { text: words(2000), method: z.enum(methods, { error: "choice.missing" }), counts };

/** Turn what an item came to into a decision. "Escalated" sends the issue up in the same commit. */
export const recordDecision = command({
  action: "decision.record",
  input: z.object({
    ...onMeeting,
    itemId: id,
    ...wording,
    outcome: z.enum(outcomes, { error: "choice.missing" }),
    voteId: id.nullable().default(null),
    known: seen,
  }),
  async load(tx, { meetingId, itemId, voteId }, { actor, now, newId }) {
    const state = await loadMeetingState(tx, meetingId, actor);
    if (!state.ok) return state;
    const { meeting, body } = state.value;
    const item = meeting.items.find((i) => i.id === itemId);
    const issue = item && (await loadIssue(tx, actor.communityId, item.issueId));
    const community = await loadCommunity(tx, actor.communityId);
    if (!issue || !community) return refuse("notFound", { what: itemId });
    const vote = voteId ? await loadVote(tx, actor.communityId, voteId) : null;
    if (voteId && !vote) return refuse("notFound", { what: voteId }, "voteId");
    const votes = (await votesOf(tx, actor.communityId, meetingId)).filter((v) => v.itemId === itemId);
    const earlier = await decisionsOf(tx, actor.communityId, { meetingId });
    const upper = body.escalatesToId ? await loadBody(tx, actor.communityId, body.escalatesToId) : null;
    return accept({
      meeting,
      body,
      upper,
      issue,
      course: await runningCourseOf(tx, actor.communityId, issue.id),
      itemId,
      earlier,
      clock: upper && (await clockFor(tx, community, upper.kind, issue, now)),
      vote,
      votes,
      provisional: await provisionalOn(tx, actor.communityId, issue.id),
      id: newId(),
      today: localDay(now, community.timeZone),
    });
  },
  subject: meetingOfState,
  decide: (state, said) => record(state, said, state),
});
