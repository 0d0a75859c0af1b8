// Answers nobody spoke to: when the raiser's days are over, the clock closes the issue as not answered.
import { lapseIssue } from "../commands/issue/lapse";
import { answeredBefore, followUpRule } from "../data/follow-up.server";
import { allCommunities, loadCalendar } from "../data/organisation.server";
import { localDay } from "../domain/clock";
import { askedUntil } from "../domain/follow-up";
import { clockActor } from "../domain/permission";
import type { Job } from "./clockwork.server";

const dayMs = 86_400_000;

/** Closes what was asked for too long. An issue that is closed is not found again, so a second run and a kill do nothing twice. */
export const lapses: Job = {
  name: "answers nobody spoke to",
  async run({ store: { read }, perform, now, logger }) {
    for (const community of await allCommunities(read)) {
      const rule = await followUpRule(read, community.id);
      // Working days are never fewer than days: what is younger is not due.
      const oldest = new Date(Date.parse(now()) - rule.askDays * dayMs).toISOString();
      const waiting = await answeredBefore(read, community.id, oldest);
      const [first] = waiting;
      if (!first) continue;
      const calendar = await loadCalendar(read, community, localDay(first.answeredAt, community.timeZone));
      for (const { number, answeredAt } of waiting) {
        if (now() <= askedUntil(answeredAt, rule, calendar)) continue;
        const done = await perform(lapseIssue, clockActor(community.id), { number });
        // The raiser may have spoken a moment ago; that is no fault.
        if (!done.ok && done.refusal.code !== "issue.notAnswered")
          logger.warn({ code: done.refusal.code, number }, "An answer nobody spoke to was not closed.");
      }
    }
  },
};
