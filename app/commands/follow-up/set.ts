import { z } from "zod";
import { followUpRule } from "../../data/follow-up.server";
import { communitySubject } from "../../data/subjects.server";
import { type FollowUpEvent, mostDays } from "../../domain/follow-up";
import { wholeNumber } from "../../domain/input";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";

const days = wholeNumber(1, mostDays);

/** 0: the usual figures, which nobody has set yet. */
const seenVersion = z.coerce.number({ error: "version.malformed" }).int({ error: "version.malformed" }).min(0).optional();

/** The secretary says how long people are asked after an answer. What is asked already goes by the new figures too. */
export const setFollowUp = command({
  action: "followUp.set",
  input: z.object({ askDays: days, changeDays: days, version: seenVersion }),
  async load(tx, _input, { actor: { communityId } }) {
    return accept({ rule: await followUpRule(tx, communityId), subject: await communitySubject(tx, communityId) });
  },
  subject: ({ subject }) => subject,
  seen: ({ rule }) => ({ kind: "followUp", id: rule.id, version: rule.version, whole: true }),
  decide({ rule }, { askDays, changeDays }) {
    if (rule.askDays === askDays && rule.changeDays === changeDays) return refuse("issue.nothingChanged", {});
    const event: FollowUpEvent = { type: "followUp.set", id: rule.id, askDays, changeDays };
    return accept(event);
  },
});
