// What the clock does, and what it is told.
import { oweAcknowledgement } from "../../../app/commands/acknowledgement/owe";
import { declineIssue } from "../../../app/commands/issue/decline";
import { giveIssueFeedback } from "../../../app/commands/issue/feedback";
import { giveSupervisionOrder } from "../../../app/commands/order/give";
import { acknowledgementsOf } from "../../../app/data/clocks.server";
import { standardClocks, standardLimits } from "../../../app/domain/clock";
import { type Action, type Actor, clockActor, clockId } from "../../../app/domain/permission";
import { done, idOf } from "../house";
import { type Area, type Case, escalated, type Where } from "./stage";

/** Limits that are moved, orders, acknowledgements, and what goes up by itself. */
export const clocks: Area = async ({ on, at, who }, attempt) => {
  const actors = [...who.actors, clockActor(at.communityId), clockActor("elsewhere")];
  const chair = who.by("chair@council");
  const { b7, council, joint, street, community } = at.bodies;
  const up = (what: string) => escalated({ on, at, who }, what, "raiser");
  const [free, ordered, closed] = [await up("free"), await up("ordered"), await up("closed")];
  const leader = who.by("linkedLeader@joint");
  const orderId = idOf(await done(on.perform, giveSupervisionOrder, leader, { number: ordered.number, text: "?", dueOn: "2026-04-01" }), "order.given");
  await done(on.perform, declineIssue, chair, { number: closed.number, text: "no" });
  const seqOf = async (type: string) =>
    (await on.store.read.selectFrom("AuditEvent").select("seq").where("type", "=", type).orderBy("seq", "desc").limit(1).executeTakeFirstOrThrow()).seq;
  const seq = await seqOf("issue.answered");
  const near = { holder: [council], above: [joint, street], path: [b7, council], body: [b7] };
  const clock = { clock: [clockId] };
  const cases: Case[] = [];
  const add = (state: string, action: Action, input: object, where: Where, allowed: Case["allowed"], hidden?: Case["hidden"]) =>
    cases.push({ state, action, input, where, allowed, communityId: at.communityId, ...(hidden && { hidden }) });
  // An issue the community sees is seen by whoever holds an office.
  const unseen = (actor: Actor) => actor.posts.length === 0;
  add("open", "issue.extend", { number: free.number, amount: 1, text: "more time" }, { bodies: near, people: {} }, true, unseen);
  add("open", "issue.extend", { number: free.number, amount: 99, text: "more time" }, { bodies: near, people: {} }, false, unseen);
  add("answered", "issue.extend", { number: closed.number, amount: 1, text: "more time" }, { bodies: near, people: {} }, false, (a) => unseen(a));
  add("free", "order.give", { number: free.number, text: "?", dueOn: "2026-04-01" }, { bodies: near, people: {} }, true, unseen);
  add("ordered", "order.give", { number: ordered.number, text: "?", dueOn: "2026-04-01" }, { bodies: near, people: {} }, false, unseen);
  // What only its building sees is seen by linked leaders above, who may order; what only its handlers see is not there for them.
  for (const visibility of ["body", "handlers"] as const) {
    const raised = await escalated({ on, at, who }, visibility, "raiser", { visibility });
    const leads = (actor: Actor) => visibility === "body" && actor.posts.some((p) => p.role === "linkedLeader" && p.bodyId === joint);
    const onItsWay = (actor: Actor) => actor.posts.some((p) => [b7, council].includes(p.bodyId) && (visibility === "body" || p.role !== "resident"));
    const input = { number: raised.number, text: "?", dueOn: "2026-04-01" };
    const unknown = (actor: Actor) => actor.name !== "raiser" && !onItsWay(actor) && !leads(actor);
    add(`for ${visibility}`, "order.give", input, { bodies: near, people: {} }, true, unknown);
  }
  const toCouncil = { bodies: { body: [council] }, people: {} };
  add("owed", "order.answer", { orderId, text: "soon" }, toCouncil, (actor) => actor.personId !== leader.personId, unseen);
  add("owed", "order.withdraw", { orderId, text: "asked twice" }, { bodies: { body: [joint] }, people: {} }, true, unseen);
  add("answered above", "acknowledgement.owe", { seq }, { bodies: {}, people: clock }, true);
  await attempt(cases.splice(0), actors);
  await done(on.perform, oweAcknowledgement, clockActor(at.communityId), { seq });
  const acknowledgementId = (await acknowledgementsOf(on.store.read, at.communityId, closed.id))[0]?.id;
  add("owed", "acknowledgement.give", { acknowledgementId, text: "known" }, { bodies: { body: [b7] }, people: {} }, true, unseen);
  add("in time", "issue.escalateOverdue", { issueId: free.id }, { bodies: near, people: clock }, false);
  await attempt(cases.splice(0), actors);
  // What was asked is not asked again.
  add("asked", "acknowledgement.owe", { seq }, { bodies: {}, people: clock }, false);
  on.clock.now = "2027-01-01T00:00:00.000Z";
  add("overdue", "issue.escalateOverdue", { issueId: free.id }, { bodies: near, people: clock }, true);
  await attempt(cases.splice(0), actors);
  await done(on.perform, giveIssueFeedback, who.by("raiser"), { number: closed.number, solved: "no", content: "discontent", why: "cameBack" });
  const refused = await seqOf("issue.reopened");
  add("refused below", "acknowledgement.withdraw", { seq: refused }, { bodies: {}, people: clock }, true);
  add("not refused", "acknowledgement.withdraw", { seq }, { bodies: {}, people: clock }, false, () => true);
  await attempt(cases.splice(0), actors);
  const setup: Case[] = [
    ["community.keepDays", { from: "2027-02-05", until: "2027-02-11", kind: "holiday" }],
    ["community.keepClocks", { rules: { 0: standardClocks("council", "hard") }, limits: standardLimits }],
  ].map(([action, input]) => ({
    state: "any",
    action: action as Action,
    input: input as object,
    where: { bodies: { community: [community] }, people: {} },
    allowed: true,
    communityId: at.communityId,
  }));
  // Whoever is of elsewhere keeps the clocks of their own community: there is nothing of ours in those commands.
  await attempt(
    setup,
    actors.filter((actor) => actor.communityId === at.communityId),
  );
};
