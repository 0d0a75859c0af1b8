// A supervision order: a body owes an answer about an issue, by a day.
import { tooFar } from "./clock";
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
  version: number;
};

type Facts = { id: string; issueId: string; bodyId: string };
export type OrderEvent =
  | ({ type: "order.given"; fromId: string; dueOn: string; dueAt: string; words: { text: string } } & Facts)
  | ({ type: "order.answered"; words: { text: string } } & Facts);

/** Order an answer from whoever holds the issue. Refused: an issue that is over, a day that has passed or is ten years off, while one is owed already. */
export function giveOrder(
  state: { issue: Issue; fromId: string; earlier: readonly Order[] },
  said: { text: string; dueOn: string; dueAt: string },
  by: { id: string; now: string },
): Outcome<OrderEvent> {
  const { issue } = state;
  if (isOver(issue) || issue.phase.status === "answered") return refuse("issue.notOpen", { status: issue.phase.status, number: issue.number });
  const bodyId = holderOf(issue);
  const owed = state.earlier.find((o) => o.answeredAt === null && o.bodyId === bodyId);
  if (owed) return refuse("order.owed", { day: owed.dueOn });
  if (said.dueAt <= by.now) return refuse("order.dueInThePast", {}, "dueOn");
  const far = tooFar(said.dueOn, by.now, "dueOn");
  if (far) return far;
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
  if (order.orderedBy === actorId) return refuse("order.own", {});
  return accept({ type: "order.answered", id: order.id, issueId: order.issueId, bodyId: order.bodyId, words: { text } });
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
      version: 1,
    };
  }
  if (!order) throw new Error(`order.answered before order.given: ${event.id}`);
  return { ...order, answer: event.words.text, answeredBy: by.actorId, answeredAt: by.at, version: order.version + 1 };
}
