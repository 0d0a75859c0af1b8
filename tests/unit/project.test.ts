// Projects: shares, pace, money, and what may be said of them when.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { inputRefusal } from "../../app/commands/perform.server";
import { percentOf } from "../../app/components/project";
import { localDay, nextDay } from "../../app/domain/clock";
import { optionalNumber, percentGiven, wholeNumber } from "../../app/domain/input";
import type { IssueEvent } from "../../app/domain/issue";
import { amount, fenOf, mostFen, yuan } from "../../app/domain/money";
import {
  changePlan,
  doneShare,
  evolveProject,
  finish,
  type Line,
  noMoney,
  openProject,
  openWork,
  type PlanInput,
  type Project,
  type ProjectEvent,
  planOf,
  receive,
  report,
  returnProject,
  shouldBe,
  stopProject,
  sumOf,
  verifyProject,
} from "../../app/domain/project";
import { dayLight, dayNumber, daysOf, pace, plannedShare, weighted, whole } from "../../app/domain/schedule";
import { totalsOf } from "../../app/views/projects";
import { accepted, atCouncil, by, courseAt, decision, issue, meeting, refusedFor, task, way } from "../support/given";

const days = fc.integer({ min: -4000, max: 4000 }).map((n) => nextDay("2026-01-01", n));
const span = fc.tuple(days, fc.integer({ min: 0, max: 3000 })).map(([startsOn, length]) => ({ startsOn, endsOn: nextDay(startsOn, length) }));

describe("money", () => {
  test("[PJ1] is whole fen: what is written in yuan and what is shown are the same amount", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: mostFen }), (fen) => fenOf(yuan(fen)) === fen));
    expect(yuan(186_000_000)).toBe("1,860,000");
    expect(yuan(123_456_705)).toBe("1,234,567.05");
    expect(yuan(-50)).toBe("-0.50");
    expect(["186万", "12.5万", "１，８６０，０００", "¥3.05", "0.10", "1 000 元"].map(fenOf)).toEqual([186_000_000, 12_500_000, 186_000_000, 305, 10, 100_000]);
  });
  test("[PJ1] what is no amount is refused with its reason", () => {
    const refusals = (text: unknown) => amount.safeParse(text).error?.issues[0]?.message;
    for (const text of ["", "  ", undefined]) expect(refusals(text)).toBe("money.missing");
    for (const text of ["-5", "1e9", "0x10", "1.005", "12,34", "1,2345", "Infinity", "五万", "1.1234567万", "9".repeat(50)])
      expect(refusals(text), text).toBe("money.malformed");
    expect(refusals("100000000000.01")).toBe("money.tooMuch");
    expect(refusals("100000000000")).toBeUndefined();
  });
});

describe("how far it should be", () => {
  test("[PJ2] days are counted by the calendar: no change of clocks moves them", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"),
        fc.integer({ min: 0, max: 20_000 }),
        (zone, hours) => {
          // An hour at a time through years with their changes of clocks, the local day moves on by one, never two, never back.
          const at = Date.parse("2024-01-01T00:30:00Z") + hours * 3_600_000;
          const [before, after] = [localDay(new Date(at).toISOString(), zone), localDay(new Date(at + 3_600_000).toISOString(), zone)];
          expect([0, 1]).toContain(dayNumber(after) - dayNumber(before));
        },
      ),
    );
    // The day clocks go forward in New York has 23 hours, and is one day of five like the others.
    expect(plannedShare({ startsOn: "2026-03-06", endsOn: "2026-03-10" }, "2026-03-09")).toBe(6000);
    expect(daysOf({ startsOn: "2028-02-28", endsOn: "2028-03-01" })).toBe(3);
  });
  test("[PJ2] nothing before the first day, all after the last, and never less from one day to the next", () => {
    fc.assert(
      fc.property(span, days, (plan, today) => {
        const share = plannedShare(plan, today);
        expect(Number.isInteger(share)).toBe(true);
        if (today <= plan.startsOn) expect(share).toBe(0);
        if (today > plan.endsOn) expect(share).toBe(whole);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(whole);
        expect(plannedShare(plan, nextDay(today))).toBeGreaterThanOrEqual(share);
      }),
    );
    expect(plannedShare({ startsOn: "2026-05-01", endsOn: "2026-05-10" }, "2026-05-10")).toBe(9000);
  });
  test("[PJ3] the whole is its parts by weight, and nothing counts over 100 % or under nothing", () => {
    const parts = fc.array(fc.record({ weight: fc.integer({ min: 1, max: 100 }), share: fc.integer({ min: -5000, max: 20_000 }) }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(parts, (given) => {
        const share = weighted(given);
        const clamped = given.map((p) => Math.min(whole, Math.max(0, p.share)));
        expect(share).toBeGreaterThanOrEqual(Math.min(...clamped));
        expect(share).toBeLessThanOrEqual(Math.max(...clamped));
        expect(share === whole).toBe(clamped.every((s) => s === whole));
        // Twice the weights are the same weights.
        expect(weighted(given.map((p) => ({ ...p, weight: p.weight * 2 })))).toBe(share);
      }),
    );
    expect(weighted([])).toBe(0);
    expect(
      weighted([
        { weight: 1, share: whole },
        { weight: 3, share: 0 },
      ]),
    ).toBe(2500);
  });
  test("[PJ4] done ÷ planned in tenths of a percent, done − planned in tenths of a point", () => {
    expect(pace(2400, 1640)).toEqual({ done: 2400, planned: 1640, ratio: 1463, ahead: 76 });
    expect(pace(3100, 4510)).toMatchObject({ ratio: 687, ahead: -141 });
    expect(pace(0, 0)).toMatchObject({ ratio: null, ahead: 0 });
    expect(pace(4700, 7345)).toMatchObject({ ratio: 640, ahead: -264 });
    expect(pace(500, 0)).toMatchObject({ ratio: null, ahead: 50 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole }), fc.integer({ min: 1, max: whole }), (done, planned) => {
        const { ratio, ahead } = pace(done, planned);
        // As a reader with a pencil checks it: what is shown of the one minus what is shown of the other.
        const shown = (share: number) => Math.round(Number(percentOf(share)) * 10);
        expect(ahead).toBe(shown(done) - shown(planned));
        expect(Math.abs(ahead - (done - planned) / 10)).toBeLessThan(1);
        if (shown(planned) === 0) expect(ratio).toBeNull();
        else expect(Math.abs((ratio ?? 0) - (shown(done) * 1000) / shown(planned))).toBeLessThanOrEqual(0.5);
        expect(Number.isInteger(ratio ?? 0) && Number.isInteger(ahead)).toBe(true);
        expect(pace(planned, done).ahead).toBe(0 - ahead);
      }),
    );
  });
  test("[PJ5] red when the last day is over, amber when a fifth of the days is left", () => {
    const plan = { startsOn: "2026-05-01", endsOn: "2026-05-10" };
    expect(dayLight(plan, "2026-05-07")).toMatchObject({ state: "ok", left: { unit: "days", n: 3 } });
    expect(dayLight(plan, "2026-05-08")).toMatchObject({ state: "soon", left: { n: 2 } });
    expect(dayLight(plan, "2026-05-10")).toMatchObject({ state: "soon", left: null });
    expect(dayLight(plan, "2026-05-11")).toMatchObject({ state: "late", left: { n: 1 } });
  });
});

const today = "2026-03-02";
let ids = 0;
const newId = () => `m${++ids}`;
const line = (over: Partial<NonNullable<Line>> = {}): NonNullable<Line> => ({
  id: null,
  title: "Pumps",
  startsOn: "2026-03-10",
  endsOn: "2026-03-19",
  weight: 1,
  ownerId: "water",
  ...over,
});
const input = (over: Partial<PlanInput> = {}): PlanInput => ({
  startsOn: "2026-03-10",
  endsOn: "2026-04-08",
  budget: 1_000_000,
  funds: { ...noMoney, departments: 600_000 },
  milestones: [],
  ...over,
});
const who = { responsibleId: "water", personId: null };
const opens = (over: object = {}, plan: Partial<PlanInput> = {}) =>
  openProject(
    { decision: decision(), meeting: meeting(), issue: atCouncil(), ...over },
    { ...who, name: "Pumps", plan: input(plan) },
    { id: "p1", today, newId },
  );
/** The project's own event; what its issue goes through is the issue's. */
const first = (events: readonly (ProjectEvent | IssueEvent)[]): ProjectEvent => events[0] as ProjectEvent;
const check = (project: Project, over: object = {}, actorId = "chair") =>
  verifyProject({ project, issue: atCouncil({ phase: { status: "doing", since: by.at } }), course: null, otherOpen: 0, ...over }, "it runs", actorId);
const opened = (plan: Partial<PlanInput> = {}): Project => evolveProject(null, first(accepted(opens({}, plan))), by);
const next = (project: Project, outcome: ReturnType<typeof report>, actorId = "engineer"): Project =>
  evolveProject(project, accepted(outcome), { ...by, actorId });
const told = (over: object = {}) => ({ day: today, percent: null, percents: [], spent: 0, text: "", photos: 0, ...over });
const reported = (project: Project, over: object, on = today) => next(project, report(project, told({ day: on, ...over }), { id: newId(), today: on }));

describe("a project", () => {
  test("[PJ6] is opened by a decision that carried, for an issue that is not over", () => {
    expect(refusedFor(opens())).toBe("accepted");
    expect(refusedFor(opens({ decision: decision({ outcome: "escalated" }) }))).toBe("accepted");
    for (const over of [{ outcome: "rejected" }, { outcome: "deferred" }, { overturned: true }] as const)
      expect(refusedFor(opens({ decision: decision(over) }))).toBe("project.decisionNotCarried");
    expect(refusedFor(opens({ issue: issue({ phase: { status: "merged", into: "i2", closedAt: by.at } }) }))).toBe("issue.notOpen");
  });
  test("[PJ7] a plan's days go forward, within ten years, and hold its milestones; its sources promise no more than the budget", () => {
    const refusal = (over: Partial<PlanInput>) => {
      const outcome = planOf(input(over), [], today, newId);
      return outcome.ok ? "accepted" : `${outcome.refusal.code} ${outcome.refusal.field}`;
    };
    expect(refusal({ startsOn: "2026-04-08" })).toBe("accepted");
    expect(refusal({ startsOn: "2026-04-09" })).toBe("project.endsBeforeStart endsOn");
    expect(refusal({ startsOn: "1026-04-01" })).toBe("day.farAway startsOn");
    expect(refusal({ endsOn: "2046-04-01" })).toBe("project.tooLong endsOn");
    expect(refusal({ funds: { ...noMoney, departments: 600_000, smallFund: 400_000 } })).toBe("accepted");
    expect(refusal({ funds: { ...noMoney, departments: 600_000, smallFund: 400_001 } })).toBe("project.fundsOverBudget budget");
    expect(refusal({ milestones: [null, line({ startsOn: "2026-03-09" })] })).toBe("project.milestoneOutside milestones.1.startsOn");
    expect(refusal({ milestones: [line({ endsOn: "2026-04-09" })] })).toBe("project.milestoneOutside milestones.0.endsOn");
    expect(refusal({ milestones: [line({ startsOn: "2026-03-20" })] })).toBe("project.endsBeforeStart milestones.0.endsOn");
    expect(refusal({ milestones: [line({ id: "foreign" })] })).toBe("project.otherMilestones milestones.0.title");
  });
  test("[PJ8] a plan is laid freely on its first evening and until it runs; from then a change says why, and the first plan stays", () => {
    const project = opened();
    const change = (p: Project, reason: string, on: string) =>
      changePlan(p, { ...who, name: "Pumps", plan: input({ endsOn: "2026-05-30" }), reason }, { today: on, newId });
    const laid = next(project, change(project, "", "2026-03-09"));
    expect(laid.baseline.endsOn).toBe("2026-05-30");
    expect(laid.changes).toEqual([]);
    expect(refusedFor(change(project, "", "2026-03-10"))).toBe("project.reasonMissing");
    expect(refusedFor(change(reported(project, { text: "begun" }), "", today))).toBe("project.reasonMissing");
    const changed = next(project, change(project, "rain", "2026-03-10"));
    expect(changed.baseline.endsOn).toBe("2026-04-08");
    expect(changed.plan.endsOn).toBe("2026-05-30");
    expect(changed.changes).toMatchObject([{ reason: "rain", from: { endsOn: "2026-04-08" }, to: { endsOn: "2026-05-30" } }]);
    // One that began long ago and is put down today is laid today.
    const old = opened({ startsOn: "2026-01-10" });
    expect(refusedFor(change(old, "", today))).toBe("accepted");
    expect(refusedFor(change(old, "", "2026-03-03"))).toBe("project.reasonMissing");
  });
  test("[PJ9] how far it is comes from its milestones by weight, or from what was said of the whole", () => {
    const plain = reported(opened(), { percent: 40 });
    expect(doneShare(plain)).toBe(4000);
    expect(shouldBe(plain.plan, "2026-03-25")).toBe(5000);
    const project = opened({ milestones: [line(), line({ title: "Pipes", weight: 3, startsOn: "2026-03-20", endsOn: "2026-04-08" })] });
    const [first, second] = project.plan.milestones.map((m) => m.id);
    const half = reported(project, { percent: 90, percents: [{ id: first, percent: 100 }] });
    expect(doneShare(half)).toBe(2500);
    expect(shouldBe(half.plan, "2026-03-20")).toBe(2500);
    expect(shouldBe(half.plan, "2026-03-30")).toBe(6250);
    expect(half.progress[first ?? ""]).toEqual({ percent: 100, startedOn: today, finishedOn: today });
    const both = reported(half, { percents: [{ id: second, percent: 50 }] }, "2026-03-25");
    expect(both.progress[first ?? ""]).toEqual({ percent: 100, startedOn: today, finishedOn: today });
    expect(both.progress[second ?? ""]).toEqual({ percent: 50, startedOn: "2026-03-25", finishedOn: null });
    expect(both.reports.at(-1)?.share).toBe(6250);
    expect(refusedFor(report(project, told({ percents: [{ id: "foreign", percent: 1 }] }), { id: "r", today }))).toBe("project.otherMilestones");
  });
  test("[PJ10] a milestone that is begun is not taken out", () => {
    const project = opened({ milestones: [line(), line({ title: "Pipes" })] });
    const [first, second] = project.plan.milestones;
    const begun = reported(project, { percents: [{ id: first?.id, percent: 10 }] });
    const keep = (kept: typeof first) =>
      changePlan(begun, { ...who, name: "Pumps", reason: "so", plan: input({ milestones: kept ? [kept] : [] }) }, { today, newId });
    expect(refusedFor(keep(second))).toBe("project.milestoneBegun");
    expect(refusedFor(keep(first))).toBe("accepted");
    expect(next(begun, keep(first)).baseline.milestones).toHaveLength(2);
  });
  test("[PJ11] reports go forward in time, not past today, and say something", () => {
    const project = opened();
    const on = (p: Project, day: string, over: object = { text: "so" }, now = "2026-03-20") =>
      refusedFor(report(p, told({ day, ...over }), { id: "r", today: now }));
    expect(on(project, "2026-03-21")).toBe("project.reportAhead");
    expect(on(project, "2026-03-01")).toBe("project.reportBefore");
    expect(on(project, today)).toBe("accepted");
    const later = reported(project, { text: "so", percent: 10, spent: 5 }, "2026-03-12");
    expect(on(later, "2026-03-11")).toBe("project.reportBefore");
    expect(on(later, "2026-03-12", { percent: 10, spent: 5 })).toBe("project.nothingReported");
    for (const over of [
      { photos: 1, percent: 10, spent: 5 },
      { percent: 11, spent: 5 },
      { percent: 10, spent: 6 },
    ])
      expect(on(later, "2026-03-12", over)).toBe("accepted");
  });
  test("[PJ20] a report that runs backwards says in words why", () => {
    const why = (p: Project, over: object) => {
      const outcome = report(p, told({ day: "2026-03-12", ...over }), { id: "r", today: "2026-03-20" });
      return outcome.ok ? "accepted" : `${outcome.refusal.code} ${outcome.refusal.field}`;
    };
    const whole = reported(opened(), { text: "so", percent: 50, spent: 500 }, "2026-03-12");
    expect(why(whole, { percent: 49, spent: 500 })).toBe("project.percentLess percent");
    expect(why(whole, { percent: 50, spent: 499 })).toBe("project.spentLess spent");
    expect(why(whole, { percent: 50, spent: 499, photos: 1 })).toBe("project.spentLess spent");
    expect(why(whole, { percent: 10, spent: 1, text: "counted twice" })).toBe("accepted");
    const budget = whole.plan.budget;
    expect([why(whole, { percent: 50, spent: budget }), why(whole, { percent: 50, spent: budget + 1 })]).toEqual(["accepted", "project.spentOver spent"]);
    expect(why(whole, { percent: 50, spent: budget + 1, text: "copper rose" })).toBe("accepted");
    const two = opened({ milestones: [line(), line({ weight: 2 })] });
    const ids = two.plan.milestones.map((m) => m.id);
    const at = (...percents: number[]) => ({ percents: percents.map((percent, n) => ({ id: ids[n] ?? "", percent })), spent: 0 });
    const begun = reported(two, { text: "so", ...at(100, 40) }, "2026-03-12");
    expect(why(begun, at(100, 39))).toBe("project.percentLess percents.1.percent");
    expect(why(begun, at(100, 41))).toBe("accepted");
  });
  test("[PJ12] what came in is said by source as a whole, and changes no plan", () => {
    const project = opened();
    expect(refusedFor(receive(project, noMoney, ""))).toBe("project.nothingChanged");
    const promised = { ...project, plan: { ...project.plan, funds: { ...noMoney, departments: 250_000 } } };
    const paid = next(promised, receive(promised, { ...noMoney, departments: 250_000 }, ""));
    const why = (received: object, reason = "") => {
      const outcome = receive(paid, { ...paid.received, ...received }, reason);
      return outcome.ok ? "accepted" : `${outcome.refusal.code} ${outcome.refusal.field}`;
    };
    expect(why({ departments: 249_999 })).toBe("project.receivedLess received.departments");
    expect(why({ departments: 250_001 })).toBe("project.receivedMore received.departments");
    expect(why({ other: 1 })).toBe("project.receivedMore received.other");
    expect([why({ departments: 1 }, "paid back"), why({ other: 1 }, "a gift")]).toEqual(["accepted", "accepted"]);
    expect(sumOf(paid.received)).toBe(250_000);
    expect(paid.plan).toEqual(promised.plan);
    for (const status of ["finished", "stopped"] as const) expect(refusedFor(receive({ ...paid, status }, noMoney, "paid back"))).toBe("accepted");
    expect(refusedFor(receive({ ...paid, status: "verified" }, noMoney, "paid back"))).toBe("project.notRunning");
  });
  test("[PJ13] finished is all of it, and is checked by somebody else; stopped says why; what ended changes no more", () => {
    const project = opened();
    expect(refusedFor(finish(reported(project, { percent: 99 }), "", today))).toBe("project.notDone");
    const done = reported(project, { percent: 100 });
    const finished = next(done, finish(done, "all good", today));
    expect(refusedFor(check(finished, {}, "engineer"))).toBe("project.ownWork");
    expect(refusedFor(check(done))).toBe("project.notFinished");
    expect(evolveProject(finished, first(accepted(check(finished))), { ...by, actorId: "chair" })).toMatchObject({ status: "verified", verifiedBy: "chair" });
    const back = next(finished, returnProject(finished, "no test record"), "chair");
    expect(back).toMatchObject({ status: "running", returnedFor: "no test record", endedOn: null });
    const stopped = next(project, stopProject(project, "no money", today));
    expect(stopped).toMatchObject({ status: "stopped", said: "no money", endedOn: today });
    for (const over of [finished, stopped]) {
      expect(refusedFor(report(over, told({ text: "x" }), { id: "r", today }))).toBe("project.notRunning");
      expect(refusedFor(changePlan(over, { ...who, name: "x", reason: "x", plan: input() }, { today, newId }))).toBe("project.notRunning");
      expect(refusedFor(stopProject(over, "x", today))).toBe("project.notRunning");
    }
  });
});

describe("[PJ19] its issue", () => {
  test("is set to work by the first project of an adopted decision, where the body that decided has it", () => {
    const types = (over = {}) => accepted(opens(over)).map((e) => e.type);
    expect(types()).toEqual(["project.opened", "issue.assigned"]);
    expect(types({ decision: decision({ outcome: "escalated" }) })).toEqual(["project.opened"]);
    expect(types({ issue: atCouncil({ phase: { status: "doing", since: by.at } }) })).toEqual(["project.opened"]);
    expect(types({ issue: issue() })).toEqual(["project.opened"]);
  });
  test("waits for what runs and for what was not checked, beside its tasks", () => {
    const all = (["running", "finished", "verified", "stopped"] as const).map((status) => ({ status }));
    expect(openWork([task(), task({ status: "verified" })], all)).toBe(3);
    expect(openWork([], all.slice(2))).toBe(0);
  });
  test("is answered by the last check, and not before", () => {
    const done = reported(opened(), { percent: 100 });
    const finished = next(done, finish(done, "all good", today));
    const types = (over: object = {}) => accepted(check(finished, over)).map((e) => e.type);
    expect(accepted(check(finished)).at(-1)).toMatchObject({ type: "issue.answered", bodyId: "council", kind: "done", words: { text: "it runs" } });
    expect(types({ otherOpen: 1 })).toEqual(["project.verified"]);
    expect(types({ issue: atCouncil() })).toEqual(["project.verified"]);
    expect(types({ course: courseAt(way(), 0) })).toEqual(["project.verified"]);
  });
});

test("[PJ14] a body's totals add money up and weigh percentages by budget; what was stopped counts in money alone", () => {
  const row = (over: object) =>
    ({
      status: "running",
      budget: 0,
      received: 0,
      spent: 0,
      state: { pace: pace(0, 0), light: { state: "ok", left: null, due: null }, standing: "even" },
      ...over,
    }) as Parameters<typeof totalsOf>[0][number];
  const at = (done: number, planned: number) => ({ state: { pace: pace(done, planned), light: { state: "ok", left: null, due: null }, standing: "even" } });
  const rows = [
    row({ budget: 300, received: 100, spent: 50, ...at(5000, 2000) }),
    row({ budget: 100, received: 100, spent: 70, ...at(1000, 6000) }),
    row({ budget: 900, received: 5, spent: 5, status: "stopped", ...at(0, whole) }),
  ];
  expect(totalsOf(rows)).toMatchObject({ budget: 1300, received: 205, spent: 125, pace: { done: 4000, planned: 3000, ratio: 1333, ahead: 100 } });
});

test("[PF8] a whole number is digits, full-width ones too, within a range the refusal names", () => {
  const read = (given: unknown) => {
    const parsed = z.object({ n: wholeNumber(1, 750) }).safeParse({ n: given });
    return parsed.success ? parsed.data.n : inputRefusal(parsed.error);
  };
  expect(["３", " 12 ", "750", 7].map(read)).toEqual([3, 12, 750, 7]);
  const refused = { code: "input.number.between", params: { min: 1, max: 750, field: "n" }, field: "n" };
  for (const bad of ["1e3", "1.5", "-3", "+3", "0x10", "", " ", "751", "0", "99999999999", 1.5, Number.NaN]) expect(read(bad), String(bad)).toEqual(refused);
  for (const none of [undefined, null, true, {}]) expect(read(none), String(none)).toMatchObject({ code: "input.number.between", field: "n" });
  expect(["50％", "５０", "100%"].map((given) => percentGiven.parse(given))).toEqual([50, 50, 100]);
  expect(percentGiven.safeParse("1e1").success).toBe(false);
  expect(optionalNumber(99).parse("")).toBe(0);
});
