// The clock's own acts: what a level let pass goes up by itself; what came down is to be acknowledged.
import { oweAcknowledgement } from "../commands/acknowledgement/owe";
import { escalateOverdueIssue } from "../commands/issue/escalate-overdue";
import { answersAfter, answersCursor, communityIds, moveAnswersCursor, type Overdue, overdueIssues } from "../data/clocks.server";
import { clockActor } from "../domain/permission";
import type { Job } from "./clockwork.server";

/** How many acts of the clock share a commit, and how many issues one round looks at: people's commands come in between. */
const together = 32;
const aRound = 2000;

/**
 * Sends up what is overdue. The database says what is due and the command asks again in the writer's turn, so a kill,
 * a second run, or a clock that jumps does nothing twice. What a round leaves is taken up by the next.
 */
export const climbing: Job = {
  name: "overdue issues climb",
  async run({ store, perform, now }) {
    for (const communityId of await communityIds(store.read)) {
      const actor = clockActor(communityId);
      let after: Overdue = { settleBy: "", issueId: "" };
      for (let looked = 0; looked < aRound; looked += together) {
        const due = await overdueIssues(store.read, communityId, now(), after, together);
        await Promise.all(due.map(({ issueId }) => perform(escalateOverdueIssue, actor, { issueId })));
        after = due.at(-1) ?? after;
        if (due.length < together) break;
      }
    }
  },
};

/**
 * Follows the log and asks levels to acknowledge what came down to them. The place in the log is kept after the asking:
 * a kill in between asks again, and the command refuses what was asked.
 */
export const answeringDown: Job = {
  name: "what came down is to be acknowledged",
  async run({ store, perform }) {
    for (const communityId of await communityIds(store.read)) {
      const actor = clockActor(communityId);
      for (;;) {
        const from = await answersCursor(store.read, communityId);
        const { seqs, upTo } = await answersAfter(store.read, communityId, from, together);
        // The writer takes them in this order, a later event after an earlier one, and the place in the log behind them.
        const asked = seqs.map((seq) => perform(oweAcknowledgement, actor, { seq }));
        // Far behind, every look would pass over what is of no concern again.
        const moved = seqs.length > 0 || upTo - from > 1000 ? store.write((tx) => moveAnswersCursor(tx, communityId, upTo)) : null;
        await Promise.all([...asked, moved]);
        if (seqs.length < together) break;
      }
    }
  },
};
