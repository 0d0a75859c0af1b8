// The clock's own acts: what a level let pass goes up by itself; what came down is to be acknowledged.
import { oweAcknowledgement } from "../commands/acknowledgement/owe";
import { withdrawAcknowledgements } from "../commands/acknowledgement/withdraw";
import { escalateOverdueIssue } from "../commands/issue/escalate-overdue";
import { answersAfter, answersCursor, moveAnswersCursor, type Overdue, overdueIssues } from "../data/clocks.server";
import { allCommunities } from "../data/organisation.server";
import { clockActor } from "../domain/permission";
import { aRound, attempt, together } from "./attempt.server";
import type { Job } from "./clockwork.server";

const climbs = "overdue issues climb";
const goesDown = "what came down is to be acknowledged";

/**
 * Sends up what is overdue. The database says what is due and the command asks again in the writer's turn, so a kill,
 * a second run, or a clock that jumps does nothing twice. What a round leaves is taken up by the next.
 */
export const climbing: Job = {
  name: climbs,
  async run({ store, perform, now, logger }) {
    for (const { id: communityId } of await allCommunities(store.read)) {
      const actor = clockActor(communityId);
      let after: Overdue = { settleBy: "", issueId: "" };
      for (let looked = 0; looked < aRound; looked += together) {
        const due = await overdueIssues(store.read, communityId, now(), after, together);
        const acts = due.map(({ issueId }) => ({ about: issueId, run: () => perform(escalateOverdueIssue, actor, { issueId }) }));
        await attempt({ logger }, climbs, acts, ["issue.heldBack", "issue.notOverdue", "issue.notOpen", "issue.topLevel"]);
        after = due.at(-1) ?? after;
        if (due.length < together) break;
      }
    }
  },
};

/**
 * Follows the log and asks levels to acknowledge what came down to them, and no more once it was refused. The place in the log is kept after the asking and
 * never behind one that failed: it is asked again, and the command refuses what was asked.
 */
export const answeringDown: Job = {
  name: goesDown,
  async run({ store, perform, logger }) {
    for (const { id: communityId } of await allCommunities(store.read)) {
      const actor = clockActor(communityId);
      let from = await answersCursor(store.read, communityId);
      let stuck = false;
      for (let looked = 0; looked < aRound; looked += together) {
        const { found, upTo } = await answersAfter(store.read, communityId, from, together);
        // The writer takes them in this order, a later event after an earlier one.
        const acts = found.map(({ seq, refused }) => ({
          about: seq,
          run: () => (refused ? perform(withdrawAcknowledgements, actor, { seq }) : perform(oweAcknowledgement, actor, { seq })),
        }));
        const [failed] = await attempt({ logger }, goesDown, acts, ["acknowledgement.asked", "acknowledgement.nobody", "notFound"]);
        const place = failed === undefined ? upTo : (found[failed]?.seq ?? upTo) - 1;
        // Far behind, every look would pass over what is of no concern again.
        if (!stuck && (found.length > 0 || upTo - from > 1000)) await store.write((tx) => moveAnswersCursor(tx, communityId, place));
        stuck ||= failed !== undefined;
        from = upTo;
        if (found.length < together) break;
      }
    }
  },
};
