// Answers nobody spoke to: when the raiser's days are over, the clock closes the issue as not answered.
import { lapseIssue } from "../commands/issue/lapse";
import { type Answered, answeredBefore, followUpRule } from "../data/follow-up.server";
import { allCommunities, loadCalendar } from "../data/organisation.server";
import { localDay } from "../domain/clock";
import { askedUntil } from "../domain/follow-up";
import { clockActor } from "../domain/permission";
import { aRound, attempt, together } from "./attempt.server";
import type { Job } from "./clockwork.server";

const dayMs = 86_400_000;

const job = "answers nobody spoke to";

/** Closes what was asked for too long. An issue that is closed is not found again, so a second run and a kill do nothing twice. */
export const lapses: Job = {
  name: job,
  async run({ store: { read }, perform, now, logger }) {
    for (const community of await allCommunities(read)) {
      const actor = clockActor(community.id);
      const rule = await followUpRule(read, community.id);
      // Working days are never fewer than days: what is younger is not due.
      const oldest = new Date(Date.parse(now()) - rule.askDays * dayMs).toISOString();
      let after: Answered = { answeredAt: "", number: "" };
      for (let looked = 0; looked < aRound; looked += together) {
        const waiting = await answeredBefore(read, community.id, oldest, after, together);
        const [first] = waiting;
        if (!first) break;
        const calendar = await loadCalendar(read, community, localDay(first.answeredAt, community.timeZone));
        const due = waiting.filter(({ answeredAt }) => now() > askedUntil(answeredAt, rule, calendar));
        const acts = due.map(({ number }) => ({ about: number, run: () => perform(lapseIssue, actor, { number }) }));
        // The raiser may have spoken a moment ago, or the days were changed; that is no fault.
        await attempt({ logger }, job, acts, ["issue.notAnswered", "feedback.stillAsked"]);
        after = waiting.at(-1) ?? after;
        // The oldest come first: whoever follows one that is still asked is still asked too.
        if (due.length < together) break;
      }
    }
  },
};
