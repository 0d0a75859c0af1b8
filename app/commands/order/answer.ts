import { z } from "zod";
import { loadOrder } from "../../data/clocks.server";
import { loadIssue } from "../../data/issues.server";
import { seesIssue } from "../../data/subjects.server";
import { id, words } from "../../domain/input";
import { answerOrder } from "../../domain/order";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";

/** The body that was ordered to says how things stand. */
export const answerSupervisionOrder = command({
  action: "order.answer",
  input: z.object({ orderId: id, text: words(1000), version: z.undefined().optional() }),
  async load(tx, { orderId }, { actor }) {
    const order = await loadOrder(tx, actor.communityId, orderId);
    const issue = order && (await loadIssue(tx, actor.communityId, order.issueId));
    if (!order || !issue || !(await seesIssue(tx, actor, issue))) return refuse("notFound", { what: orderId });
    return accept({ order });
  },
  subject: ({ order }) => ({ communityId: order.communityId, bodies: { body: [order.bodyId] }, people: {} }),
  decide: ({ order }, { text }, { actorId }) => answerOrder(order, text, actorId),
});
