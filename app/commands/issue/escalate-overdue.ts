import { z } from "zod";
import { holdOf } from "../../data/clocks.server";
import { loadIssue } from "../../data/issues.server";
import { loadBody, loadCommunity } from "../../data/organisation.server";
import { issueSubject } from "../../data/subjects.server";
import { id } from "../../domain/input";
import { holderOf } from "../../domain/issue";
import { climb } from "../../domain/overdue";
import { clockId } from "../../domain/permission";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";
import { clockFor } from "./state";

/** The clock sends up what its level did not settle in time. Whether it is due is asked again in the writer's turn. */
export const escalateOverdueIssue = command({
  action: "issue.escalateOverdue",
  input: z.object({ issueId: id, version: z.undefined().optional() }),
  async load(tx, { issueId }, { actor: { communityId }, now }) {
    const issue = await loadIssue(tx, communityId, issueId);
    const community = await loadCommunity(tx, communityId);
    if (!issue || !community) return refuse("notFound", { what: issueId });
    const holder = await loadBody(tx, communityId, holderOf(issue));
    if (!holder) throw new Error(`Issue ${issue.id} is held by a body that does not exist.`);
    const upper = holder.escalatesToId ? await loadBody(tx, communityId, holder.escalatesToId) : null;
    const clock = await clockFor(tx, community, (upper ?? holder).kind, issue, now);
    return accept({ issue, holder, ...(await holdOf(tx, community, issue, now)), clock, subject: await issueSubject(tx, issue) });
  },
  subject: ({ subject }) => ({ ...subject, people: { ...subject.people, clock: [clockId] } }),
  decide: (state, _input, { now }) => climb(state, now),
});
