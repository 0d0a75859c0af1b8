import { z } from "zod";
import { inOffice, tasksLeftBehind } from "../../data/tasks.server";
import { endOffice } from "../../domain/body";
import type { DomainEvent } from "../../domain/event";
import { id, version } from "../../domain/input";
import { accept, type Outcome } from "../../domain/refusal";
import { votesEnded } from "../../domain/seats";
import { handOnAll, type Left } from "../../domain/task-work";
import { command } from "../command";
import { assigneeText, loadHand } from "../task/state";
import { loadOffice, seenOffice } from "./state";

/**
 * End an office now. Open minutes close to the person at once, and their vote in the body's meetings ends; each open task goes
 * to whom `to` names for it within the body, or to the body itself.
 */
export const endMembership = command({
  action: "membership.end",
  input: z.object({ membershipId: id, to: z.record(id, assigneeText).default({}), version }),
  async load(tx, { membershipId, to }, { actor, now }) {
    const office = await loadOffice(tx, membershipId, { actor, now });
    if (!office.ok) return office;
    const { membership, today } = office.value;
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
    return accept({ ...office.value, left });
  },
  subject: ({ subject }) => subject,
  seen: seenOffice,
  decide: ({ membership, last, left, meetings, others }): Outcome<DomainEvent[]> => {
    const ended = endOffice(membership, last);
    const handed = ended.ok ? handOnAll(ended.value, left, membership) : ended;
    return handed.ok ? accept([...handed.value, ...meetings.flatMap((m) => votesEnded(m, others))]) : handed;
  },
});
