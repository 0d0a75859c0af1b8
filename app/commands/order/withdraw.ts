import { z } from "zod";
import { loadOrder } from "../../data/clocks.server";
import { loadIssue } from "../../data/issues.server";
import { issueSubject } from "../../data/subjects.server";
import { id, words } from "../../domain/input";
import { withdrawOrder } from "../../domain/order";
import { can } from "../../domain/permission";
import { accept, refuse } from "../../domain/refusal";
import { command } from "../command";

/** The level in whose name an answer was ordered takes the order back, with a reason. */
export const withdrawSupervisionOrder = command({
  action: "order.withdraw",
  input: z.object({ orderId: id, text: words(500), version: z.undefined().optional() }),
  async load(tx, { orderId }, { actor }) {
    const order = await loadOrder(tx, actor.communityId, orderId);
    const issue = order && (await loadIssue(tx, actor.communityId, order.issueId));
    if (!order || !issue || !can(actor, `issue.see.${issue.visibility}`, await issueSubject(tx, issue))) return refuse("notFound", { what: orderId });
    return accept({ order });
  },
  subject: ({ order }) => ({ communityId: order.communityId, bodies: { body: [order.fromId] }, people: {} }),
  decide: ({ order }, { text }) => withdrawOrder(order, text),
});
