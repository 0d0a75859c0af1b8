// A supervision order: a body owes an answer about an issue, by a day.
import { type Body, ladder } from "./body";
import type { By, Issue } from "./issue";
import { holderOf, isOver } from "./issue";
import { accept, type Outcome, refuse } from "./refusal";

export type Order = {
  communityId: string;
  id: string;
  issueId: string;
  /** The body that owes the answer, and the one in whose name it was ordered. */
  bodyId: string;
  fromId: string;
  text: string;
  orderedBy: string;
  orderedAt: string;
  dueOn: string;
  dueAt: string;
  answer: string;
  answeredBy: string | null;
  answeredAt: string | null;
  /** Why it was taken back. */
  withdrawnFor: string;
  withdrawnBy: string | null;
  withdrawnAt: string | null;
  version: number;
};

/** Nobody has answered it, and it was not taken back. */
export const isOwed = (order: Pick<Order, "answeredAt" | "withdrawnAt">): boolean => order.answeredAt === null && order.withdrawnAt === null;

/** The levels whose overseers order an answer of `bodyId`: those above it; of the highest, which nobody stands above, itself. */
export function overseeing(bodyId: string, bodies: ReadonlyMap<string, Pick<Body, "escalatesToId">>): string[] {
  const above = ladder(bodyId, bodies).slice(1);
  return above.length > 0 ? above : [bodyId];
}

type Facts = { id: string; issueId: string; bodyId: string };
export type OrderEvent =
  | ({ type: "order.given"; fromId: string; dueOn: string; dueAt: string; words: { text: string } } & Facts)
  | ({ type: "order.answered"; words: { text: string } } & Facts)
  | ({ type: "order.withdrawn"; words: { reason: string } } & Facts);

/** Until when an answer may be ordered now: `dueAt` and its local day, and how many working days that is. */
export type OrderBound = { dueOn: string; dueAt: string; days: number };

/**
 * Order an answer from whoever holds the issue, in the name of `fromId`, one of `above`. Refused: an issue that is over, a day that has
 * passed or is further off than the community's limit, and while one is owed already to the same level or one above it.
 */
export function giveOrder(
  state: { issue: Issue; fromId: string; above: readonly string[]; earlier: readonly Order[]; latest: OrderBound },
  said: { text: string; dueOn: string; dueAt: string },
  by: { id: string; now: string },
): Outcome<OrderEvent> {
  const { issue } = state;
  if (isOver(issue) || issue.phase.status === "answered") return refuse("issue.notOpen", { status: issue.phase.status, number: issue.number });
  const bodyId = holderOf(issue);
  const level = (id: string) => state.above.indexOf(id);
  const owed = state.earlier.find((o) => isOwed(o) && o.bodyId === bodyId && level(o.fromId) >= level(state.fromId));
  if (owed) return refuse("order.owed", { day: owed.dueOn });
  if (said.dueAt <= by.now) return refuse("order.dueInThePast", {}, "dueOn");
  if (said.dueAt > state.latest.dueAt) return refuse("order.dueFar", { max: state.latest.days, day: state.latest.dueOn }, "dueOn");
  return accept({
    type: "order.given",
    id: by.id,
    issueId: issue.id,
    bodyId,
    fromId: state.fromId,
    dueOn: said.dueOn,
    dueAt: said.dueAt,
    words: { text: said.text },
  });
}

/** The answer, also when it is late or the issue has gone on. Refused twice, and to whoever ordered it. */
export function answerOrder(order: Order, text: string, actorId: string): Outcome<OrderEvent> {
  if (order.answeredAt !== null) return refuse("order.answered", {});
  if (order.withdrawnAt !== null) return refuse("order.withdrawn", {});
  if (order.orderedBy === actorId) return refuse("order.own", {});
  return accept({ type: "order.answered", id: order.id, issueId: order.issueId, bodyId: order.bodyId, words: { text } });
}

/** Take it back, with a reason: nothing is owed any more. Refused once it is answered, and twice. */
export function withdrawOrder(order: Order, reason: string): Outcome<OrderEvent> {
  if (order.answeredAt !== null) return refuse("order.answered", {});
  if (order.withdrawnAt !== null) return refuse("order.withdrawn", {});
  return accept({ type: "order.withdrawn", id: order.id, issueId: order.issueId, bodyId: order.bodyId, words: { reason } });
}

export function evolveOrder(order: Order | null, event: OrderEvent, by: By): Order {
  if (event.type === "order.given") {
    const { type: _, words, ...facts } = event;
    return {
      communityId: by.communityId,
      ...facts,
      text: words.text,
      orderedBy: by.actorId,
      orderedAt: by.at,
      answer: "",
      answeredBy: null,
      answeredAt: null,
      withdrawnFor: "",
      withdrawnBy: null,
      withdrawnAt: null,
      version: 1,
    };
  }
  if (!order) throw new Error(`${event.type} before order.given: ${event.id}`);
  if (event.type === "order.withdrawn")
    return { ...order, withdrawnFor: event.words.reason, withdrawnBy: by.actorId, withdrawnAt: by.at, version: order.version + 1 };
  return { ...order, answer: event.words.text, answeredBy: by.actorId, answeredAt: by.at, version: order.version + 1 };
}
