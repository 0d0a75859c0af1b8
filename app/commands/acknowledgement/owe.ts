import { z } from "zod";
import { eventAt } from "../../data/audit.server";
import { acknowledgementsOf, answerBehind, loadAcknowledgement, loadLimits } from "../../data/clocks.server";
import type { Db } from "../../data/dialect.server";
import { loadIssue } from "../../data/issues.server";
import { loadBodies, loadCalendar, loadCommunity } from "../../data/organisation.server";
import { below, type Cause, owe } from "../../domain/acknowledgement";
import { dueAfter, localDay } from "../../domain/clock";
import type { DomainEvent } from "../../domain/event";
import { holderOf, type Issue } from "../../domain/issue";
import { clockId } from "../../domain/permission";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";

/** Whether the answer that is to be acknowledged still stands: whoever raised the issue may have refused it since. */
async function stands(tx: Db, issue: Issue, asked: { cause: Cause; causeSeq: number }): Promise<boolean> {
  const answer = await answerBehind(tx, { communityId: issue.communityId, ...asked });
  const { phase } = issue;
  return answer === null || ((phase.status === "answered" || phase.status === "closed") && phase.answer.at === answer.at);
}

type Asked = { issueId: string; fromId: string; cause: Cause; bodyId?: string };

/** What an event leaves to be acknowledged, if anything: by whom is named, or the level below `fromId`. */
async function askedBy(tx: Db, communityId: string, event: DomainEvent): Promise<Asked | null> {
  switch (event.type) {
    case "issue.answered":
      return { issueId: event.id, fromId: event.bodyId, cause: "answer" };
    case "issue.escalated":
      return event.overdue ? { issueId: event.id, fromId: event.to, cause: "overdue", bodyId: event.from } : null;
    case "decision.recorded":
      return event.outcome === "adopted" || event.outcome === "rejected" ? { issueId: event.issueId, fromId: event.bodyId, cause: "decision" } : null;
    case "acknowledgement.given": {
      const given = await loadAcknowledgement(tx, communityId, event.id);
      return given && given.cause !== "overdue" ? { issueId: event.issueId, fromId: event.bodyId, cause: "passedOn" } : null;
    }
    default:
      return null;
  }
}

/** The clock asks the level below to acknowledge what an event of the log says. Refused where there is nothing to ask, or it was asked. */
export const oweAcknowledgement = command({
  action: "acknowledgement.owe",
  input: z.object({ seq: z.number().int(), version: z.undefined().optional() }),
  async load(tx, { seq }, { actor: { communityId }, now, newId }) {
    const event = await eventAt(tx, communityId, seq);
    const asked = event && (await askedBy(tx, communityId, event.event));
    const issue = asked && (await loadIssue(tx, communityId, asked.issueId));
    const community = await loadCommunity(tx, communityId);
    if (!asked || !issue || !community) return refuse("notFound", { what: String(seq) });
    if (!(await stands(tx, issue, { cause: asked.cause, causeSeq: seq }))) return refuse("acknowledgement.nobody", {});
    const bodyId = asked.bodyId ?? below(issue, asked.fromId, await loadBodies(tx, communityId));
    // Whoever has the issue in hand again knows.
    if (!bodyId || (bodyId === holderOf(issue) && asked.cause !== "overdue")) return refuse("acknowledgement.nobody", {});
    const calendar = await loadCalendar(tx, community, localDay(now, community.timeZone));
    const dueAt = dueAfter(now, (await loadLimits(tx, communityId)).acknowledgeDays, "workingDays", calendar);
    return accept({
      communityId,
      asked: { ...asked, bodyId, causeSeq: seq, dueAt },
      earlier: await acknowledgementsOf(tx, communityId, issue.id),
      id: newId(),
    });
  },
  subject: ({ communityId }) => ({ communityId, bodies: {}, people: { clock: [clockId] } }),
  decide: ({ asked, earlier, id }) => owe({ earlier }, asked, id),
});
