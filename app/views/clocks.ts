// What the clocks ask of people: extensions, orders, acknowledgements, and a community's rules for its secretary.
import {
  acknowledgementsOf,
  holdOf,
  loadAcknowledgement,
  loadHouse,
  loadLimits,
  loadOrder,
  openAcknowledgements,
  openOrders,
  orderBound,
  ordersOf,
  overdueAt,
} from "../data/clocks.server";
import type { Db } from "../data/dialect.server";
import { loadIssue } from "../data/issues.server";
import { loadBodies, loadCalendar, loadClockRule } from "../data/organisation.server";
import { seesIssue } from "../data/subjects.server";
import { type Acknowledgement, acknowledge, isOpen } from "../domain/acknowledgement";
import type { Body } from "../domain/body";
import { type ClockLimits, type ClockRule, doneLight, type Light, light, localDay, standardClocks, type Unit } from "../domain/clock";
import { firstKeptDay } from "../domain/house-clocks";
import { current, holderOf, type Issue, running } from "../domain/issue";
import { answerOrder, giveOrder, isOwed, type Order, type OrderBound, overseeing, withdrawOrder } from "../domain/order";
import { extend, type Hold } from "../domain/overdue";
import type { Subject } from "../domain/permission";
import { levelKinds, tracks } from "../domain/vocabulary";
import { mayDo, type Viewer } from "./viewer";

type Bodies = ReadonlyMap<string, Body>;
const nameIn = (bodies: Bodies, id: string): string => bodies.get(id)?.name ?? "";

/** What an issue owes: orders and acknowledgements, and what becomes of it when its deadline has passed. */
export type IssueOwed = {
  orders: {
    id: string;
    from: string;
    to: string;
    text: string;
    answer: string;
    answeredAt: string | null;
    withdrawnFor: string;
    withdrawnAt: string | null;
    dueOn: string;
    light: Light;
    canAnswer: boolean;
    canWithdraw: boolean;
  }[];
  acknowledgements: {
    id: string;
    from: string;
    to: string;
    cause: Acknowledgement["cause"];
    text: string;
    givenAt: string | null;
    dueAt: string;
    light: Light;
    canGive: boolean;
  }[];
  overdue: "topLate" | "topMeeting" | Hold | "climbs" | null;
  upper: string;
};

/** Whether this person may put the deadline off, and order an answer. */
export async function clockActs(db: Db, viewer: Viewer, issue: Issue, subject: Subject, bodies: Bodies): Promise<{ extend: boolean; order: boolean }> {
  const { communityId } = issue;
  const mayExtend = mayDo(viewer, "issue.extend", subject);
  const above = overseeing(holderOf(issue), bodies);
  const mine = above.filter((id) => mayDo(viewer, "order.give", { ...subject, bodies: { above: [id] } }));
  const later = new Date(Date.parse(viewer.now) + 1000).toISOString();
  const asked = { text: "x", dueOn: "", dueAt: later };
  const state = { issue, above, fromId: mine.at(-1) ?? "", earlier: await ordersOf(db, communityId, issue.id), latest: { dueOn: "", dueAt: later, days: 0 } };
  return {
    extend: mayExtend && (await extensionOf(db, viewer, issue, bodies)).may,
    order: mine.length > 0 && giveOrder(state, asked, { id: "", now: viewer.now }).ok,
  };
}

/** What may be put off: how often still, by how much, in what. */
export type Extension = { may: boolean; unit: Unit; max: number; left: number; due: string };
async function extensionOf(db: Db, viewer: Viewer, issue: Issue, bodies: Bodies): Promise<Extension> {
  const { community, now } = viewer;
  const stay = current(issue);
  const limits = await loadLimits(db, community.id);
  const rule = await loadClockRule(db, community.id, bodies.get(stay.bodyId)?.kind ?? "building", issue.track, issue.category);
  const calendar = await loadCalendar(db, community, localDay(stay.settleBy, community.timeZone));
  const unit = rule.settleUnit;
  return {
    may: extend(issue, { amount: 1, unit, reason: "x" }, { limits, calendar, now }).ok,
    unit,
    max: unit === "hours" ? limits.extensionHours : limits.extensionDays,
    left: Math.max(0, limits.extensions - stay.extensions),
    due: stay.settleBy,
  };
}

/** The form to put an issue's deadline off. */
export async function extensionPage(db: Db, viewer: Viewer, issueId: string): Promise<Extension | null> {
  const issue = await loadIssue(db, viewer.actor.communityId, issueId);
  return issue && extensionOf(db, viewer, issue, await loadBodies(db, viewer.actor.communityId));
}

/** Until when an answer may be ordered now. */
export const orderTerms = (db: Db, viewer: Viewer): Promise<OrderBound> => orderBound(db, viewer.community, viewer.now);

const orderLight = (o: Order, viewer: Viewer): Light => (!isOwed(o) ? doneLight : light(o.orderedAt, o.dueAt, viewer.now, viewer.community.timeZone));
const owedLight = (a: Acknowledgement, viewer: Viewer): Light => (!isOpen(a) ? doneLight : light(a.owedAt, a.dueAt, viewer.now, viewer.community.timeZone));
const inBody = (communityId: string, bodyId: string): Subject => ({ communityId, bodies: { body: [bodyId] }, people: {} });
const mayAnswer = (viewer: Viewer, order: Order): boolean =>
  mayDo(viewer, "order.answer", inBody(order.communityId, order.bodyId)) && answerOrder(order, "x", viewer.actor.personId).ok;
const mayWithdraw = (viewer: Viewer, order: Order): boolean =>
  mayDo(viewer, "order.withdraw", inBody(order.communityId, order.fromId)) && withdrawOrder(order, "x").ok;
const mayGive = (viewer: Viewer, owed: Acknowledgement): boolean =>
  mayDo(viewer, "acknowledgement.give", inBody(owed.communityId, owed.bodyId)) && acknowledge(owed, "").ok;

/** Asked for an issue this reader may see. */
export async function issueOwed(db: Db, viewer: Viewer, issueId: string): Promise<IssueOwed> {
  const { communityId } = viewer.actor;
  const issue = await loadIssue(db, communityId, issueId);
  const bodies = await loadBodies(db, communityId);
  const orders = await ordersOf(db, communityId, issueId);
  const owed = (await acknowledgementsOf(db, communityId, issueId)).filter((a) => a.withdrawnAt === null);
  const upper = issue && bodies.get(bodies.get(holderOf(issue))?.escalatesToId ?? "");
  return {
    orders: orders.map((o) => ({
      id: o.id,
      from: nameIn(bodies, o.fromId),
      to: nameIn(bodies, o.bodyId),
      text: o.text,
      answer: o.answer,
      answeredAt: o.answeredAt,
      withdrawnFor: o.withdrawnFor,
      withdrawnAt: o.withdrawnAt,
      dueOn: o.dueOn,
      light: orderLight(o, viewer),
      canAnswer: mayAnswer(viewer, o),
      canWithdraw: mayWithdraw(viewer, o),
    })),
    acknowledgements: owed.map((a) => ({
      id: a.id,
      from: nameIn(bodies, a.fromId),
      to: nameIn(bodies, a.bodyId),
      cause: a.cause,
      text: a.text,
      givenAt: a.givenAt,
      dueAt: a.dueAt,
      light: owedLight(a, viewer),
      canGive: mayGive(viewer, a),
    })),
    overdue: issue ? await fateOf(db, viewer, issue, upper ?? null) : null,
    upper: upper?.name ?? "",
  };
}

/** What becomes of an issue whose deadline has passed; null while there is time. */
async function fateOf(db: Db, viewer: Viewer, issue: Issue, upper: Body | null): Promise<IssueOwed["overdue"]> {
  if (!running(issue) || current(issue).settleBy >= viewer.now) return null;
  const { hold } = await holdOf(db, viewer.community, issue, viewer.now);
  if (!upper && hold === "meeting") return "topMeeting";
  return hold ?? (upper ? "climbs" : "topLate");
}

export type OrderPage = {
  id: string;
  issueId: string;
  number: string;
  title: string;
  from: string;
  to: string;
  text: string;
  dueOn: string;
  may: boolean;
  mayWithdraw: boolean;
};

/** The page to answer an order, or to take it back; null when there is none this reader may know of. */
export async function orderPage(db: Db, viewer: Viewer, id: string): Promise<OrderPage | null> {
  const { communityId } = viewer.actor;
  const order = await loadOrder(db, communityId, id);
  const issue = order && (await visibleIssue(db, viewer, order.issueId));
  if (!order || !issue) return null;
  const bodies = await loadBodies(db, communityId);
  return {
    id,
    issueId: issue.id,
    number: issue.number,
    title: issue.title,
    from: nameIn(bodies, order.fromId),
    to: nameIn(bodies, order.bodyId),
    text: order.text,
    dueOn: order.dueOn,
    may: mayAnswer(viewer, order),
    mayWithdraw: mayWithdraw(viewer, order),
  };
}

export type AcknowledgementPage = Omit<OrderPage, "dueOn" | "mayWithdraw"> & { cause: Acknowledgement["cause"]; version: number };

/** The page to acknowledge what came down, with what was answered; null when there is nothing this reader may know of. */
export async function acknowledgementPage(db: Db, viewer: Viewer, id: string): Promise<AcknowledgementPage | null> {
  const { communityId } = viewer.actor;
  const owed = await loadAcknowledgement(db, communityId, id);
  const issue = owed && (await visibleIssue(db, viewer, owed.issueId));
  if (!owed || !issue) return null;
  const bodies = await loadBodies(db, communityId);
  const { phase } = issue;
  const decided = await db
    .selectFrom("Decision")
    .select("text")
    .where("communityId", "=", communityId)
    .where("issueId", "=", issue.id)
    .orderBy("recordedAt", "desc")
    .limit(1)
    .executeTakeFirst();
  const answer = phase.status === "answered" || phase.status === "closed" ? phase.answer.text : "";
  return {
    id,
    issueId: issue.id,
    number: issue.number,
    title: issue.title,
    from: nameIn(bodies, owed.fromId),
    to: nameIn(bodies, owed.bodyId),
    text: owed.cause === "overdue" ? "" : owed.cause === "decision" ? (decided?.text ?? "") : answer || (decided?.text ?? ""),
    cause: owed.cause,
    may: mayGive(viewer, owed),
    version: owed.version,
  };
}

async function visibleIssue(db: Db, viewer: Viewer, id: string): Promise<Issue | null> {
  const issue = await loadIssue(db, viewer.actor.communityId, id);
  return issue && (await seesIssue(db, viewer.actor, issue)) ? issue : null;
}

export type ClockAsk = {
  key: string;
  ask: "answerOrder" | "orderLate" | "acknowledge" | "acknowledgeOverdue" | "supervise";
  href: string;
  light: Light;
  detail: string;
  issue: Issue;
};

/** What the clocks ask of this person now: answers and acknowledgements their bodies owe, their own orders that are late, and what is overdue at the top. */
export async function clockAsks(db: Db, viewer: Viewer): Promise<ClockAsk[]> {
  const { communityId, personId, posts } = viewer.actor;
  const bodyIds = [...new Set(posts.map((p) => p.bodyId))];
  const bodies = await loadBodies(db, communityId);
  const asks: ClockAsk[] = [];
  for (const order of await openOrders(db, communityId, { bodyIds, personId })) {
    const issue = await visibleIssue(db, viewer, order.issueId);
    const shown = orderLight(order, viewer);
    if (!issue) continue;
    if (mayAnswer(viewer, order)) asks.push({ key: order.id, ask: "answerOrder", href: `/orders/${order.id}`, light: shown, detail: order.text, issue });
    else if (order.orderedBy === personId && shown.state === "late")
      asks.push({ key: order.id, ask: "orderLate", href: `/issues/${issue.number}`, light: shown, detail: "", issue });
  }
  for (const owed of await openAcknowledgements(db, communityId, bodyIds)) {
    const issue = mayGive(viewer, owed) ? await visibleIssue(db, viewer, owed.issueId) : null;
    if (!issue) continue;
    const ask = owed.cause === "overdue" ? "acknowledgeOverdue" : "acknowledge";
    asks.push({ key: owed.id, ask, href: `/acknowledgements/${owed.id}`, light: owedLight(owed, viewer), detail: nameIn(bodies, owed.fromId), issue });
  }
  const tops = bodyIds.filter(
    (id) => bodies.get(id)?.escalatesToId === null && mayDo(viewer, "order.give", { communityId, bodies: { above: [id] }, people: {} }),
  );
  if (tops.length === 0) return asks;
  for (const { issueId: id } of await overdueAt(db, communityId, viewer.now, tops, 50)) {
    const issue = await visibleIssue(db, viewer, id);
    const owed = issue && (await ordersOf(db, communityId, id)).some((o) => isOwed(o) && o.bodyId === holderOf(issue));
    if (!issue || owed || (await holdOf(db, viewer.community, issue, viewer.now)).hold) continue;
    const { receivedAt, settleBy } = current(issue);
    const shown = light(receivedAt, settleBy, viewer.now, viewer.community.timeZone);
    asks.push({ key: id, ask: "supervise", href: `/issues/${issue.number}/order`, light: shown, detail: "", issue });
  }
  return asks;
}

/** Issues that went up from a body by themselves in the last 30 days, the latest first, those the reader may not see left out. */
export async function climbedFrom(db: Db, viewer: Viewer, bodyId: string): Promise<{ number: string; title: string; at: string }[]> {
  const { communityId } = viewer.actor;
  const since = new Date(Date.parse(viewer.now) - 30 * 86_400_000).toISOString();
  const rows = await db
    .selectFrom("Stay")
    .select(["issueId", "endedAt"])
    .where("communityId", "=", communityId)
    .where("bodyId", "=", bodyId)
    .where("ending", "=", "overdue")
    .where("endedAt", ">", since)
    .orderBy("endedAt", "desc")
    .limit(20)
    .execute();
  const shown: { number: string; title: string; at: string }[] = [];
  for (const { issueId, endedAt } of rows) {
    const issue = await visibleIssue(db, viewer, issueId);
    if (issue && endedAt) shown.push({ number: issue.number, title: issue.title, at: endedAt });
  }
  return shown;
}

export type ClocksPage = {
  /** Rules by their place in the form: of each level, those for any category, and those a category has of its own. */
  levels: { kind: ClockRule["bodyKind"]; rules: (ClockRule & { place: number })[]; next: number }[];
  limits: ClockLimits;
  days: { day: string; working: boolean }[];
  version: number;
};

/** Everything a secretary may change about the clocks. Days that have passed are left out. */
export async function clocksPage(db: Db, viewer: Viewer): Promise<ClocksPage | null> {
  const { communityId } = viewer.actor;
  const house = await loadHouse(db, communityId);
  if (!house) return null;
  const kinds = new Set([...(await loadBodies(db, communityId)).values()].filter((b) => b.endedAt === null).map((b) => b.kind));
  let place = 0;
  const levels = levelKinds
    .filter((kind) => kinds.has(kind))
    .map((kind) => {
      const rules = tracks.flatMap((track) => [
        house.rules.find((r) => r.bodyKind === kind && r.track === track && r.category === "") ?? standardClocks(kind, track),
        ...house.rules.filter((r) => r.bodyKind === kind && r.track === track && r.category !== ""),
      ]);
      return { kind, rules: rules.map((rule) => ({ ...rule, place: place++ })), next: place++ };
    });
  const today = localDay(viewer.now, viewer.community.timeZone);
  const days = Object.entries(house.days).filter(([day]) => day >= firstKeptDay(today));
  return { levels, limits: house.limits, days: days.map(([day, working]) => ({ day, working })), version: house.version };
}
