import { z } from "zod";
import { runningMeetingsOf } from "../../data/meetings.server";
import { isLastSecretary, loadCommunity, loadMembership } from "../../data/organisation.server";
import { communitySubject } from "../../data/subjects.server";
import { inOffice, tasksLeftBehind } from "../../data/tasks.server";
import { endOffice } from "../../domain/body";
import { localDay } from "../../domain/clock";
import type { DomainEvent } from "../../domain/event";
import { id, version } from "../../domain/input";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { votesEnded } from "../../domain/seats";
import { handOnAll, type Left } from "../../domain/task-work";
import { command } from "../command";
import { votersIn } from "../meeting/state";
import { assigneeText, loadHand } from "../task/state";

/**
 * End an office now. Open minutes close to the person at once, and their vote in the body's meetings ends; each open task goes
 * to whom `to` names for it within the body, or to the body itself.
 */
export const endMembership = command({
  action: "membership.end",
  input: z.object({ membershipId: id, to: z.record(id, assigneeText).default({}), version }),
  async load(tx, { membershipId, to }, { actor, now }) {
    const membership = await loadMembership(tx, actor.communityId, membershipId);
    const community = await loadCommunity(tx, actor.communityId);
    if (!membership || !community) return refuse("notFound", { what: membershipId });
    const today = localDay(now, community.timeZone);
    const left: Left[] = [];
    for (const task of await tasksLeftBehind(tx, membership, today)) {
      const chosen = to[task.id];
      if (!chosen) {
        left.push({ task, to: { kind: "body", id: membership.bodyId }, inDesk: true });
        continue;
      }
      const hand = await loadHand(tx, actor.communityId, chosen, { now, prefer: membership.bodyId, field: `to.${task.id}` });
      if (!hand.ok) return hand;
      const { assignee } = hand.value;
      const inDesk =
        assignee.kind === "body" ? assignee.id === membership.bodyId : await inOffice(tx, actor.communityId, assignee.id, membership.bodyId, today);
      left.push({ task, to: assignee, inDesk });
    }
    return accept({
      membership,
      left,
      today,
      last: await isLastSecretary(tx, membership, today),
      meetings: await runningMeetingsOf(tx, actor.communityId, membership.bodyId),
      voters: await votersIn(tx, actor.communityId, membership.bodyId, today, membership.id),
      subject: await communitySubject(tx, actor.communityId),
    });
  },
  subject: ({ subject }) => subject,
  seen: ({ membership }) => ({ kind: "membership", id: membership.id, version: membership.version }),
  decide: ({ membership, last, left, meetings, voters }): Outcome<DomainEvent[]> => {
    const ended = endOffice(membership, last);
    const handed = ended.ok ? handOnAll(ended.value, left, membership) : ended;
    return handed.ok ? accept([...handed.value, ...meetings.flatMap((m) => votesEnded(m, voters))]) : handed;
  },
});
