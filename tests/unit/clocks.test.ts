import { describe, expect, test } from "vitest";
import { acknowledge, evolveAcknowledgement, owe, withdraw } from "../../app/domain/acknowledgement";
import { type Calendar, deadlines, ruleFor, standardClocks, standardLimits } from "../../app/domain/clock";
import { announcedIn } from "../../app/domain/holidays";
import { evolveHouse, type HouseClocks, keepClocks, keepDays } from "../../app/domain/house-clocks";
import { answerOrder, giveOrder, overseeing, withdrawOrder } from "../../app/domain/order";
import { climb, extend, heldBack } from "../../app/domain/overdue";
import { body, issue, joint, stay } from "../support/given";

const past = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();
const { settleBy } = stay();
const late = past(settleBy, 1000);
const clock = { respondBy: late, settleBy: late };
const calendar: Calendar = { timeZone: "Asia/Shanghai", dayEndsAt: "18:00", exceptions: new Map() };

test("[CK1] a category's own rule, else the one for any, else the standard", () => {
  const any = { ...standardClocks("council", "hard"), settleAmount: 7 };
  const lift = { ...any, category: "lift" as const, settleAmount: 2 };
  expect(ruleFor([any, lift], "council", "hard", "lift").settleAmount).toBe(2);
  expect(ruleFor([any, lift], "council", "hard", "water").settleAmount).toBe(7);
  expect(ruleFor([any, lift], "council", "minor", "lift")).toEqual(standardClocks("council", "minor"));
});

test("[CK12] no first word is due after its outcome, also where hours run longer than a working day", () => {
  const rule = { ...standardClocks("council", "hard"), respondAmount: 24, respondUnit: "hours" as const, settleAmount: 1 };
  // Monday, nine in the morning and eleven at night in Shanghai; the working day after ends at six.
  expect(deadlines("2026-03-02T01:00:00.000Z", rule, calendar)).toEqual({ respondBy: "2026-03-03T01:00:00.000Z", settleBy: "2026-03-03T10:00:00.000Z" });
  expect(deadlines("2026-03-02T15:00:00.000Z", rule, calendar)).toEqual({ respondBy: "2026-03-03T10:00:00.000Z", settleBy: "2026-03-03T10:00:00.000Z" });
});

describe("climbing", () => {
  const state = { issue: issue(), holder: body(), hold: null, meeting: null, clock };
  test("[CK3] only after the deadline, and only what runs", () => {
    expect(climb(state, settleBy)).toMatchObject({ refusal: { code: "issue.notOverdue" } });
    expect(climb(state, late)).toMatchObject({ value: [{ type: "issue.escalated", overdue: true, from: "b7", to: "council", words: { text: "" } }] });
  });
  test("[CK5] not from the top", () => expect(climb({ ...state, holder: joint() }, late)).toMatchObject({ refusal: { code: "issue.topLevel" } }));
  test("[CK6] not while something holds it", () => {
    const at = { openWork: 0, onCourse: false, agenda: null, latest: past(settleBy, 86_400_000), now: late };
    const doing = issue({ phase: { status: "doing", since: settleBy } });
    expect(heldBack(doing, { ...at, openWork: 1 })).toBe("tasks");
    expect(heldBack(doing, at)).toBeNull();
    expect(heldBack(issue(), { ...at, onCourse: true })).toBe("course");
    const agenda = { status: "called" as const, startsAt: late, endsAt: past(late, 3_600_000), addedAt: settleBy };
    expect(heldBack(issue(), { ...at, agenda })).toBe("meeting");
    expect(heldBack(issue(), { ...at, agenda: { ...agenda, addedAt: late } })).toBeNull();
    expect(heldBack(issue(), { ...at, agenda: { ...agenda, addedAt: late, status: "inSession" } })).toBe("meeting");
    expect(heldBack(issue(), { ...at, agenda: { ...agenda, startsAt: past(settleBy, 86_400_001) } })).toBeNull();
    expect(heldBack(issue(), { ...at, agenda, now: past(agenda.endsAt, 86_400_001) })).toBeNull();
    expect(climb({ ...state, hold: "meeting" }, late)).toMatchObject({ refusal: { code: "issue.heldBack" } });
  });
  test("[CK21] what a meeting decided stays for its work to be handed out, and what it left over stays for the next meeting, once", () => {
    const at = { openWork: 0, onCourse: false, agenda: null, latest: settleBy, now: late };
    const until = past(late, 86_400_000);
    const after = past(until, 1);
    expect([heldBack(issue(), { ...at, decidedUntil: until }), heldBack(issue(), { ...at, decidedUntil: until, now: after })]).toEqual(["decided", null]);
    expect([heldBack(issue(), { ...at, leftUntil: until }), heldBack(issue(), { ...at, leftUntil: until, now: after })]).toEqual(["leftOver", null]);
    const next = { status: "called" as const, startsAt: until, endsAt: past(until, 3_600_000), addedAt: late };
    expect(heldBack(issue(), { ...at, agenda: next, leftUntil: until, now: past(until, 3_000_000) })).toBe("meeting");
    expect(heldBack(issue(), { ...at, agenda: { ...next, startsAt: after }, leftUntil: until, now: past(until, 3_000_000) })).toBeNull();
    expect(heldBack(issue(), { ...at, agenda: next, leftUntil: null })).toBeNull();
  });
  test("[CK7] not while the raiser is asked", () =>
    expect(climb({ ...state, issue: issue({ phase: { status: "waiting", question: "?", pausedAt: settleBy } }) }, late)).toMatchObject({ ok: false }));
});

test("[CK8] put off in time, as often and as far as the limits say", () => {
  const at = { limits: standardLimits, calendar, now: settleBy };
  const by = { amount: 5, unit: "workingDays" as const, reason: "ordered" };
  const put = extend(issue(), by, at);
  expect(put.ok && put.value.type === "issue.extended" && put.value.settleBy > settleBy).toBe(true);
  expect(extend(issue(), { ...by, amount: 6 }, at)).toMatchObject({ refusal: { code: "issue.extendedFar.workingDays", params: { max: 5 } } });
  expect(extend(issue(), { ...by, unit: "hours", amount: 25 }, at)).toMatchObject({ refusal: { code: "issue.extendedFar.hours", params: { max: 24 } } });
  expect(extend(issue(), by, { ...at, now: late })).toMatchObject({ refusal: { code: "issue.extendedLate" } });
  expect(extend(issue({ stays: [stay({ extensions: 1 })] }), by, at)).toMatchObject({ refusal: { code: "issue.extendedOften", params: { max: 1 } } });
});

test("[CK9] one order is owed at a time, by a day still to come, and nobody answers their own", () => {
  const said = { text: "How far?", dueOn: "2026-05-20", dueAt: late };
  const state = {
    issue: issue(),
    fromId: "council",
    above: ["council", "joint"],
    earlier: [],
    latest: { dueOn: "2026-06-20", dueAt: past(late, 1000), days: 30 },
  };
  const given = giveOrder(state, said, { id: "o", now: settleBy });
  expect(given).toMatchObject({ value: { type: "order.given", bodyId: "b7", fromId: "council" } });
  const order = {
    communityId: "c",
    id: "o",
    issueId: "i1",
    bodyId: "b7",
    fromId: "council",
    ...said,
    orderedBy: "chair",
    orderedAt: settleBy,
    answer: "",
    answeredBy: null,
    answeredAt: null,
    withdrawnFor: "",
    withdrawnBy: null,
    withdrawnAt: null,
    version: 1,
  };
  const again = (changed: object) => giveOrder({ ...state, ...changed }, said, { id: "p", now: settleBy });
  expect(again({ earlier: [order] })).toMatchObject({ refusal: { code: "order.owed" } });
  expect(again({ earlier: [{ ...order, fromId: "joint" }] })).toMatchObject({ refusal: { code: "order.owed" } });
  // One from above goes beside.
  expect(again({ fromId: "joint", earlier: [order] }).ok).toBe(true);
  expect(again({ earlier: [{ ...order, answeredAt: late }] }).ok).toBe(true);
  expect(again({ earlier: [{ ...order, withdrawnAt: late }] }).ok).toBe(true);
  expect(giveOrder(state, said, { id: "o", now: late })).toMatchObject({ refusal: { field: "dueOn" } });
  const far = { ...said, dueOn: "2026-06-21", dueAt: past(late, 2000) };
  expect(giveOrder(state, far, { id: "o", now: settleBy })).toMatchObject({
    refusal: { code: "order.dueFar", params: { max: 30, day: "2026-06-20" }, field: "dueOn" },
  });
  expect(answerOrder(order, "soon", "chair")).toMatchObject({ refusal: { code: "order.own" } });
  expect(answerOrder(order, "soon", "head").ok).toBe(true);
  expect(answerOrder({ ...order, answeredAt: late }, "soon", "head")).toMatchObject({ refusal: { code: "order.answered" } });
  expect(answerOrder({ ...order, withdrawnAt: late }, "soon", "head")).toMatchObject({ refusal: { code: "order.withdrawn" } });
  expect(withdrawOrder(order, "asked by mistake")).toMatchObject({ value: { type: "order.withdrawn", words: { reason: "asked by mistake" } } });
  expect(withdrawOrder({ ...order, answeredAt: late }, "x")).toMatchObject({ refusal: { code: "order.answered" } });
  expect(withdrawOrder({ ...order, withdrawnAt: late }, "x")).toMatchObject({ refusal: { code: "order.withdrawn" } });
});

test("[CK17] nobody orders their own body but at the highest level, which nobody stands above", () => {
  const bodies = new Map([
    ["b7", { escalatesToId: "council" }],
    ["council", { escalatesToId: "joint" }],
    ["joint", { escalatesToId: null }],
  ]);
  expect(overseeing("b7", bodies)).toEqual(["council", "joint"]);
  expect(overseeing("council", bodies)).toEqual(["joint"]);
  expect(overseeing("joint", bodies)).toEqual(["joint"]);
});

test("[CK10] the same event is asked about once, and a newer one takes the open one's place", () => {
  const asked = { issueId: "i1", bodyId: "b7", fromId: "council", cause: "answer" as const, causeSeq: 9, dueAt: late };
  const open = { communityId: "c", id: "a", ...asked, causeSeq: 5, owedAt: settleBy, text: "", givenBy: null, givenAt: null, withdrawnAt: null, version: 1 };
  expect(owe({ earlier: [] }, asked, "new")).toMatchObject({ value: { id: "new" } });
  expect(owe({ earlier: [open] }, asked, "new")).toMatchObject({ value: { id: "a", causeSeq: 9 } });
  expect(owe({ earlier: [{ ...open, givenAt: late }] }, asked, "new")).toMatchObject({ value: { id: "new" } });
  expect(owe({ earlier: [{ ...open, causeSeq: 9 }] }, asked, "new")).toMatchObject({ refusal: { code: "acknowledgement.asked" } });
  expect(owe({ earlier: [{ ...open, causeSeq: 9, bodyId: "b8" }] }, asked, "new")).toMatchObject({ value: { id: "new" } });
});

test("[CK18] what is asked no more is not signed for, and a newer answer asks anew", () => {
  const asked = { issueId: "i1", bodyId: "b7", fromId: "council", cause: "answer" as const, causeSeq: 5, dueAt: late };
  const open = { communityId: "c", id: "a", ...asked, owedAt: settleBy, text: "", givenBy: null, givenAt: null, withdrawnAt: null, version: 1 };
  const gone = { ...open, withdrawnAt: late };
  expect(withdraw([open, { ...open, id: "b", givenAt: late }])).toMatchObject({ value: [{ type: "acknowledgement.withdrawn", id: "a" }] });
  expect(withdraw([gone])).toMatchObject({ refusal: { code: "acknowledgement.nobody" } });
  expect(acknowledge(gone, "")).toMatchObject({ refusal: { code: "acknowledgement.withdrawn" } });
  const by = { communityId: "c", actorId: "clock", at: late };
  const anew = owe({ earlier: [gone] }, { ...asked, causeSeq: 9 }, "new");
  expect(anew.ok && evolveAcknowledgement(gone, anew.value, by)).toMatchObject({ id: "a", withdrawnAt: null, version: 2 });
});

test("[TA30] limits kept before tasks had theirs leave tasks the standard ones", () => {
  const house: HouseClocks = { communityId: "c", id: "c", rules: [], limits: standardLimits, days: {}, version: 1 };
  const kept = evolveHouse(house, { type: "community.clocksKept", id: "c", rules: [], limits: { extensions: 3, acknowledgeDays: 2 } });
  expect(kept.limits).toEqual({ ...standardLimits, extensions: 3, acknowledgeDays: 2 });
});

test("[CK15] a community founded in China begins with the holidays that were announced, one elsewhere with none", () => {
  expect(announcedIn("Asia/Shanghai")).toMatchObject({ "2026-10-01": false, "2026-10-10": true });
  expect(announcedIn("Europe/Berlin")).toEqual({});
});
test("[CK12] rules that contradict themselves or each other are refused, with their place", () => {
  const house: HouseClocks = { communityId: "c", id: "c", rules: [standardClocks("street", "hard")], limits: standardLimits, days: {}, version: 1 };
  const rule = standardClocks("council", "hard");
  const keep = (rules: Record<string, typeof rule>) => keepClocks(house, { rules, limits: standardLimits });
  expect(keep({ 0: rule, 3: rule })).toMatchObject({ refusal: { code: "clocks.twice", field: "rules.3.category" } });
  expect(keep({ 2: { ...rule, respondAmount: 31 } })).toMatchObject({ refusal: { code: "clocks.respondLast", field: "rules.2.respondAmount" } });
  const mixed = { ...rule, respondAmount: 2, settleAmount: 48, settleUnit: "hours" as const };
  for (const settleAmount of [48, 480]) expect(keep({ 1: { ...mixed, settleAmount } })).toMatchObject({ refusal: { field: "rules.1.respondAmount" } });
  expect(keep({ 1: { ...mixed, respondUnit: "hours" } }).ok).toBe(true);
  expect(keep({ 1: { ...rule, respondAmount: 24, respondUnit: "hours", settleAmount: 1 } }).ok).toBe(true);
  expect(keep({ 0: rule })).toMatchObject({ value: [{ rules: [rule, standardClocks("street", "hard")] }] });
  const today = "2026-11-21";
  expect(keepDays(house, [], false, today)).toMatchObject({ refusal: { field: "until" } });
  expect(keepDays({ ...house, days: { "2026-10-01": false } }, ["2026-10-01"], false, today)).toEqual({ ok: true, value: [] });
  expect(keepDays(house, ["2026-01-01"], false, today).ok).toBe(true);
  expect(keepDays(house, ["2025-12-31", "2026-01-01"], false, today)).toMatchObject({ refusal: { code: "clocks.dayOver", field: "from" } });
});
