import { z } from "zod";
import { orderBound, ordersOf } from "../../data/clocks.server";
import { loadBodies } from "../../data/organisation.server";
import { atLocal } from "../../domain/clock";
import { day, words } from "../../domain/input";
import { holderOf } from "../../domain/issue";
import { giveOrder, overseeing } from "../../domain/order";
import { accept } from "../../domain/refusal";
import { command } from "../command";
import { loadHeld, onIssue, seenIssue } from "../issue/state";

const overseers: readonly string[] = ["chair", "linkedLeader"];

/** Order an answer by a day from the body that holds an issue, in the name of the highest body above it where one may. */
export const giveSupervisionOrder = command({
  action: "order.give",
  input: z.object({ ...onIssue, text: words(500), dueOn: day }),
  async load(tx, { number }, { actor, now, newId }) {
    const state = await loadHeld(tx, number, actor);
    if (!state.ok) return state;
    const { issue, community } = state.value;
    const above = overseeing(holderOf(issue), await loadBodies(tx, actor.communityId));
    const mine = above.filter((bodyId) => actor.posts.some((p) => p.bodyId === bodyId && overseers.includes(p.role)));
    const earlier = await ordersOf(tx, actor.communityId, issue.id);
    return accept({ ...state.value, above, fromId: mine.at(-1) ?? holderOf(issue), earlier, latest: await orderBound(tx, community, now), id: newId() });
  },
  subject: ({ subject, above }) => ({ ...subject, bodies: { ...subject.bodies, above } }),
  seen: seenIssue,
  decide: (state, { text, dueOn }, { now }) =>
    giveOrder(state, { text, dueOn, dueAt: atLocal(dueOn, state.community.dayEndsAt, state.community.timeZone) }, { id: state.id, now }),
});
