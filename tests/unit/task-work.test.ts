import { describe, expect, test } from "vitest";
import { occurrences } from "../../app/domain/cadence";
import { type Calendar, standardLimits } from "../../app/domain/clock";
import { assign, evolveTask, giveBack, handIn, holdsIssue, progress, progressOf, returnRules, type Task, type TaskEvent } from "../../app/domain/task";
import {
  addStep,
  askExtension,
  confirm,
  decideExtension,
  dropExtension,
  dropStep,
  fall,
  fallAll,
  giveDocument,
  givePhotos,
  handOnAll,
  handOver,
  insist,
  type RepeatKind,
  reassign,
  reopen,
  repeat,
  repeatKindOf,
  repeatKinds,
  repeatRule,
  sendBack,
  setSupport,
  stopRepeat,
  tickStep,
} from "../../app/domain/task-work";
import { accepted, answered, atCouncil, by, clock, decision, issue, meeting, monday, refusedFor, task } from "../support/given";

const calendar: Calendar = { timeZone: "Asia/Shanghai", dayEndsAt: "18:00", exceptions: new Map() };
const person = (id: string) => ({ kind: "person" as const, id });
const aBody = (id: string) => ({ kind: "body" as const, id });
const next = (before: Task, event: TaskEvent, actorId = "staff") => evolveTask(before, event, { ...by, actorId });
const stepped = (...done: boolean[]) =>
  task({ steps: done.map((d, n) => ({ id: `s${n}`, title: `Step ${n}`, owner: null, doneBy: d ? "staff" : null, doneAt: d ? monday : null })) });

describe("lead and help", () => {
  const command = { title: "Survey", assignee: aBody("water"), dueOn: "2026-04-10", dueAt: "2026-04-10T10:00:00.000Z", proof: "Report" };
  const state = { decision: decision(), meeting: meeting(), issue: atCouncil() };
  const given = (more: object) => assign(state, { ...command, ...more }, { id: "t1", now: monday });
  test("[TA7] one leads; helpers are others, each once, and few enough to know", () => {
    expect(refusedFor(given({ supporting: [aBody("property"), person("staff")] }))).toBe("accepted");
    expect(refusedFor(given({ supporting: [aBody("water")] }))).toBe("task.leadSupports");
    expect(refusedFor(given({ supporting: [person("a"), person("a")] }))).toBe("task.supportTwice");
    expect(refusedFor(setSupport(task(), "abcdefghi".split("").map(person)))).toBe("task.tooManySupporting");
    expect(refusedFor(setSupport(task({ status: "handedIn" }), [person("a")]))).toBe("task.wrongState");
    const event = accepted(
      given({
        supporting: [person("a")],
        steps: [
          { id: "s1", title: "Look" },
          { id: "s2", title: "Mend" },
        ],
      }),
    )[0];
    if (event?.type !== "task.assigned") throw new Error("not assigned");
    expect(evolveTask(null, event, by)).toMatchObject({ deskId: "water", supporting: [person("a")], steps: [{ title: "Look" }, { title: "Mend" }] });
  });
  test("[TA8] what a helper does does not take the task on for its lead", () => {
    expect(next(task(), accepted(progress(task(), "x", { aside: true })))).toMatchObject({ status: "assigned", acceptedBy: null, progress: "x" });
    expect(next(task(), accepted(progress(task(), "x")))).toMatchObject({ status: "accepted", acceptedBy: "staff" });
    expect(next(stepped(false), accepted(tickStep(stepped(false), "s0", true, true)))).toMatchObject({ status: "assigned" });
    expect(next(task(), accepted(givePhotos(task(), "before", 1, true)))).toMatchObject({ status: "assigned" });
  });
});

describe("steps and proof", () => {
  test("[TA9] progress is counted from the steps where there are any, and said where there are none", () => {
    expect(progressOf(stepped(true, false, false))).toBe(33);
    expect(progressOf(task({ percent: 40 }))).toBe(40);
    expect(progressOf(task({ status: "verified", percent: 40 }))).toBe(100);
    expect(refusedFor(progress(stepped(true), "x", { percent: 50 }))).toBe("task.percentFromSteps");
    expect(next(task(), accepted(progress(task(), "half", { percent: 50 }))).percent).toBe(50);
    const ticked = next(stepped(false), accepted(tickStep(stepped(false), "s0", true, false)));
    expect(progressOf(ticked)).toBe(100);
    expect(ticked.steps[0]).toMatchObject({ doneBy: "staff", doneAt: monday });
    expect(progressOf(next(ticked, accepted(tickStep(ticked, "s0", false, false))))).toBe(0);
  });
  test("[TA10] nothing is handed in while a step is open; a step that is done is not taken off", () => {
    expect(refusedFor(handIn(stepped(true, false), "done", 0))).toBe("task.stepsOpen");
    expect(refusedFor(handIn(stepped(true), "done", 0))).toBe("accepted");
    expect(refusedFor(dropStep(stepped(true), "s0"))).toBe("task.stepDone");
    expect(refusedFor(dropStep(stepped(false), "s0"))).toBe("accepted");
    expect(refusedFor(dropStep(task(), "s0"))).toBe("task.unknownStep");
    expect(refusedFor(tickStep(stepped(true), "s0", true, false))).toBe("task.stepDone");
    expect(refusedFor(tickStep(stepped(false), "s0", false, false))).toBe("task.stepOpen");
    expect(refusedFor(addStep(stepped(...Array<boolean>(20).fill(false)), { id: "x", title: "One more", owner: null }))).toBe("task.tooManySteps");
    expect(refusedFor(addStep(task({ status: "verified" }), { id: "x", title: "Late", owner: null }))).toBe("task.wrongState");
  });
  test("[TA11] photos and documents are added while it is worked on, and stay; a document counts as proof", () => {
    const file = { id: "f1", name: "Report", type: "application/pdf" as const, bytes: 10, digest: "0".repeat(64) };
    const with1 = next(task(), accepted(giveDocument(task(), file)));
    expect(with1.documents).toMatchObject([{ id: "f1", name: "Report", givenBy: "staff" }]);
    expect(refusedFor(handIn(with1, "", 0))).toBe("accepted");
    expect(refusedFor(handIn(task(), "", 0, 2))).toBe("accepted");
    expect(refusedFor(handIn(task(), "", 0))).toBe("task.noEvidence");
    expect(refusedFor(giveDocument(with1, file))).toBe("task.documentTwice");
    expect(refusedFor(giveDocument(task({ status: "handedIn" }), file))).toBe("task.wrongState");
    expect(refusedFor(giveDocument(task({ documents: Array.from({ length: 10 }, (_, n) => ({ ...file, id: `${n}`, givenBy: "", at: "" })) }), file))).toBe(
      "task.tooManyDocuments",
    );
    expect(refusedFor(givePhotos(task(), "after", 0, false))).toBe("task.noPhotos");
    expect(refusedFor(givePhotos(task({ status: "verified" }), "after", 1, false))).toBe("task.wrongState");
  });
});

describe("a return for a stated rule", () => {
  const back = (over: object = {}, t = task({ status: "accepted" })) => sendBack(t, { rule: "duplicate", belongsTo: null, reason: "see 12", ...over });
  test("[TA12] the rule is one of the list; where it asks whom it belongs to, somebody else is named", () => {
    expect(returnRules.map((r) => r.rule)).toEqual(["notOurs", "needsDecision", "duplicate", "factsWrong", "conflict"]);
    expect(refusedFor(back())).toBe("accepted");
    expect(refusedFor(back({ rule: "notOurs" }))).toBe("task.belongsToWhom");
    expect(refusedFor(back({ rule: "needsDecision" }))).toBe("task.belongsToWhom");
    expect(refusedFor(back({ rule: "notOurs", belongsTo: aBody("water") }))).toBe("task.belongsToYou");
    expect(refusedFor(back({ rule: "notOurs", belongsTo: aBody("housing") }))).toBe("accepted");
    expect(refusedFor(back({}, task({ status: "handedIn" })))).toBe("task.wrongState");
  });
  const waiting = next(task({ status: "accepted" }), accepted(back()));
  test("[TA13] until it is decided the lead stays responsible and the time runs", () => {
    expect(waiting).toMatchObject({ assignee: aBody("water"), status: "accepted", dueAt: task().dueAt, sentBack: { rule: "duplicate", reason: "see 12" } });
    expect(refusedFor(back({}, waiting))).toBe("task.returnWaits");
    expect(refusedFor(handIn(waiting, "done after all", 0))).toBe("accepted");
    expect(next(waiting, accepted(handIn(waiting, "done after all", 0))).sentBack).toBeNull();
  });
  test("[TA14] insisted on, it stays and is not returned for that rule again; another rule may still do", () => {
    const stays = next(waiting, accepted(insist(waiting, "it is not the same")), "chair");
    expect(stays).toMatchObject({ sentBack: null, insisted: ["duplicate"], assignee: aBody("water") });
    expect(refusedFor(back({}, stays))).toBe("task.insisted");
    expect(refusedFor(back({ rule: "factsWrong" }, stays))).toBe("accepted");
    expect(refusedFor(insist(stays, "again"))).toBe("task.noReturn");
  });
  test("[TA15] reassigned, others take it on anew, free of what was insisted on before", () => {
    const t = task({
      status: "accepted",
      acceptedBy: "staff",
      insisted: ["conflict"],
      supporting: [aBody("housing"), aBody("property")],
      sentBack: waiting.sentBack,
    });
    const given = next(t, accepted(reassign(t, { assignee: aBody("housing"), deskId: "housing" }, "theirs")), "chair");
    expect(given).toMatchObject({ assignee: aBody("housing"), deskId: "housing", status: "assigned", acceptedBy: null, sentBack: null, insisted: [] });
    expect(given.supporting).toEqual([aBody("property")]);
    expect(refusedFor(reassign(t, { assignee: aBody("water"), deskId: "water" }, "same"))).toBe("task.sameLead");
    expect(refusedFor(reassign(task({ status: "handedIn" }), { assignee: aBody("housing"), deskId: "housing" }, "x"))).toBe("task.wrongState");
  });
});

describe("into other hands", () => {
  test("[TA16] the lead passes it on within the body that stands behind them, and to nobody else", () => {
    expect(refusedFor(handOver(task(), { assignee: person("a"), inDesk: true }, "mine is full"))).toBe("accepted");
    expect(refusedFor(handOver(task(), { assignee: person("a"), inDesk: false }, "x"))).toBe("task.notOfTheDesk");
    expect(refusedFor(handOver(task(), { assignee: aBody("water"), inDesk: true }, "x"))).toBe("task.sameLead");
    expect(refusedFor(handOver(task({ status: "verified" }), { assignee: person("a"), inDesk: true }, "x"))).toBe("task.wrongState");
    const t = task({ status: "handedIn" });
    expect(next(t, accepted(handOver(t, { assignee: person("a"), inDesk: true }, "x")))).toMatchObject({ status: "handedIn", assignee: person("a") });
  });
  test("[TA17] whoever leaves an office leaves no task behind: each goes to somebody of the body or to the body itself", () => {
    const [a, b] = [task({ id: "a", assignee: person("p") }), task({ id: "b", assignee: person("p") })];
    const leaver = { personId: "p", bodyId: "water" };
    const events = accepted(
      handOnAll(
        { type: "ended" },
        [
          { task: a, to: aBody("water"), inDesk: true },
          { task: b, to: person("q"), inDesk: true },
        ],
        leaver,
      ),
    );
    expect(events).toMatchObject([{ type: "ended" }, { type: "task.handedOver", id: "a" }, { type: "task.handedOver", id: "b", assignee: person("q") }]);
    const outside = handOnAll({ type: "ended" }, [{ task: a, to: person("x"), inDesk: false }], leaver);
    expect(outside).toMatchObject({ ok: false, refusal: { code: "task.notOfTheDesk", field: "to.a" } });
  });
  test("[TA18] a lead who is gone leaves it to the body behind them, and a body that is gone to the one that decided", () => {
    const t = task({ assignee: person("p") });
    expect(refusedFor(fall(t, { lead: true, desk: true, last: "council" }))).toBe("task.leadIsThere");
    expect(accepted(fall(t, { lead: false, desk: true, last: "council" }))).toMatchObject({ assignee: aBody("water"), deskId: "water", cause: "officeEnded" });
    expect(accepted(fall(t, { lead: false, desk: false, last: "council" }))).toMatchObject({ assignee: aBody("council"), cause: "bodyEnded" });
    expect(accepted(fallAll({ type: "body.ended" }, [{ task: t, hands: { lead: false, desk: false, last: "council" } }]))).toHaveLength(2);
    expect(refusedFor(fallAll({ type: "body.ended" }, [{ task: t, hands: { lead: true, desk: true, last: "council" } }]))).toBe("task.leadIsThere");
    expect(refusedFor(fall(task({ status: "verified" }), { lead: false, desk: true, last: "council" }))).toBe("task.wrongState");
  });
});

describe("more time", () => {
  const later = { dueOn: "2026-04-20", dueAt: "2026-04-20T10:00:00.000Z" };
  const at = { limits: standardLimits, now: monday };
  test("[TA19] more time is asked for with a reason, one request at a time, as often as the limits say, and for a later day", () => {
    expect(refusedFor(askExtension(task(), later, "rain", at))).toBe("accepted");
    expect(refusedFor(askExtension(task(), { dueOn: task().dueOn, dueAt: task().dueAt }, "rain", at))).toBe("task.notLater");
    expect(refusedFor(askExtension(task(), later, "rain", { ...at, now: "2026-05-01T00:00:00.000Z" }))).toBe("task.dueInThePast");
    expect(refusedFor(askExtension(task({ extensions: 2 }), later, "rain", at))).toBe("task.extendedEnough");
    expect(refusedFor(askExtension(task({ extensions: 2 }), later, "rain", { ...at, limits: { taskExtensions: 3 } }))).toBe("accepted");
    expect(askExtension(task(), later, "rain", { ...at, limits: { taskExtensions: 0 } })).toMatchObject({
      refusal: { code: "task.extendedEnough", params: { max: 0 } },
    });
    const asked = next(task(), accepted(askExtension(task(), later, "rain", at)));
    expect(asked).toMatchObject({ dueAt: task().dueAt, extension: { dueOn: "2026-04-20", reason: "rain" } });
    expect(refusedFor(askExtension(asked, later, "more rain", at))).toBe("task.extensionWaits");
    expect(refusedFor(askExtension(task({ status: "handedIn" }), later, "x", at))).toBe("task.wrongState");
  });
  test("[TA20] granted, the day moves and the first one is kept; refused, it stands and says why", () => {
    const asked = next(task(), accepted(askExtension(task(), later, "rain", at)));
    expect(next(asked, accepted(decideExtension(asked, true, "", monday)), "chair")).toMatchObject({
      ...later,
      extension: null,
      extensions: 1,
      plannedDueOn: "2026-04-10",
    });
    expect(refusedFor(decideExtension(asked, false, "", monday))).toBe("task.refusalNeedsWords");
    expect(next(asked, accepted(decideExtension(asked, false, "no", monday)), "chair")).toMatchObject({ dueOn: "2026-04-10", extension: null, extensions: 0 });
    expect(refusedFor(decideExtension(task(), true, "", monday))).toBe("task.noExtension");
    expect(refusedFor(decideExtension({ ...asked, status: "handedIn" }, true, "", monday))).toBe("task.wrongState");
  });
  test("[TA36] a request ends with what is handed in, and does not come back with it; it falls away with whoever asked", () => {
    const asked = next(task(), accepted(askExtension(task(), later, "rain", at)));
    const handed = next(asked, accepted(handIn(asked, "done", 0)));
    expect(handed.extension).toBeNull();
    expect(next(handed, accepted(giveBack(handed, "not yet")), "chair")).toMatchObject({ status: "accepted", extension: null });
    expect(refusedFor(dropExtension(asked, true))).toBe("task.leadIsThere");
    expect(refusedFor(dropExtension(task(), false))).toBe("task.noExtension");
    expect(next(asked, accepted(dropExtension(asked, false)), "clock")).toMatchObject({ extension: null, extensions: 0, dueAt: task().dueAt });
  });
  test("[TA29] a day that passed while the request waited is not granted any more; it is refused, and a later one asked for", () => {
    const asked = next(task(), accepted(askExtension(task(), later, "rain", at)));
    expect(decideExtension(asked, true, "", later.dueAt)).toMatchObject({ refusal: { code: "task.extensionPassed", field: "grant" } });
    const refused = next(asked, accepted(decideExtension(asked, false, "too late", later.dueAt)), "chair");
    const again = { dueOn: "2026-04-30", dueAt: "2026-04-30T10:00:00.000Z" };
    expect(refusedFor(askExtension(refused, again, "more rain", { ...at, now: later.dueAt }))).toBe("accepted");
  });
  test("[TA29] in other hands nothing is left of a request, and the new lead asks anew", () => {
    const asked = next(task(), accepted(askExtension(task(), later, "rain", at)));
    const given = next(asked, accepted(reassign(asked, { assignee: aBody("housing"), deskId: "housing" }, "theirs")), "chair");
    const passed = next(asked, accepted(handOver(asked, { assignee: person("a"), inDesk: true }, "mine is full")));
    const fallen = next(
      { ...asked, assignee: person("p") },
      accepted(fall({ ...asked, assignee: person("p") }, { lead: false, desk: true, last: "council" })),
      "clock",
    );
    for (const t of [given, passed, fallen]) {
      expect(t).toMatchObject({ extension: null, extensions: 0, dueAt: task().dueAt });
      expect(refusedFor(askExtension(t, later, "rain", at))).toBe("accepted");
    }
  });
});

describe("those it was done for", () => {
  const checked = task({ status: "verified", verifiedBy: "head7", verifiedAt: monday });
  const at = { now: "2026-04-13T01:00:00.000Z", calendar, clock, limits: standardLimits };
  test("[TA21] after the check each of those affected says once that it is done, while the issue lasts", () => {
    expect(refusedFor(confirm(checked, answered("done"), "", { actorId: "raiser" }))).toBe("accepted");
    const said = next(checked, accepted(confirm(checked, answered("done"), "", { actorId: "raiser" })), "raiser");
    expect(said.confirmed).toEqual([{ by: "raiser", at: monday }]);
    expect(refusedFor(confirm(said, answered("done"), "", { actorId: "raiser" }))).toBe("task.confirmedBefore");
    expect(refusedFor(confirm(said, answered("done"), "", { actorId: "neighbour" }))).toBe("accepted");
    expect(refusedFor(confirm(task({ status: "handedIn" }), answered("done"), "", { actorId: "raiser" }))).toBe("task.wrongState");
    const merged = issue({ phase: { status: "merged", into: "i2", closedAt: monday } });
    expect(refusedFor(confirm(checked, merged, "", { actorId: "raiser" }))).toBe("issue.notOpen");
    expect(refusedFor(reopen(checked, merged, "no", at))).toBe("issue.notOpen");
  });
  test("[TA22] not done: the task is open again with the reason and days to mend it, and an answered issue goes back to work", () => {
    const doing = atCouncil({ phase: { status: "doing", since: monday } });
    expect(accepted(reopen(checked, doing, "still dry", at)).map((e) => e.type)).toEqual(["task.reopened"]);
    const events = accepted(reopen({ ...checked, confirmed: [{ by: "neighbour", at: monday }] }, answered("done"), "still dry", at));
    expect(events.map((e) => e.type)).toEqual(["task.reopened", "issue.reopened", "issue.assigned"]);
    // Whoever pressed it is not the raiser answering, and was not asked whether they are content.
    expect(events[1]).toMatchObject({ type: "issue.reopened", taskId: checked.id, content: null });
    const [reopened] = events;
    if (reopened?.type !== "task.reopened") throw new Error("not reopened");
    expect(next(checked, reopened, "raiser")).toMatchObject({
      status: "accepted",
      returnedFor: "still dry",
      dueOn: "2026-04-20",
      confirmed: [],
      reopened: 1,
      verifiedAt: null,
    });
    const soon = accepted(reopen(checked, doing, "still dry", { ...at, limits: { taskMendDays: 1 } }))[0];
    expect(soon).toMatchObject({ dueOn: "2026-04-14" });
    const early = accepted(reopen(checked, doing, "still dry", { ...at, now: monday }))[0];
    expect(early).toMatchObject({ dueOn: checked.dueOn, dueAt: checked.dueAt });
    expect(refusedFor(reopen(task({ status: "handedIn" }), doing, "x", at))).toBe("task.wrongState");
  });
});

describe("again and again", () => {
  const series = { id: "t1", no: 1, rule: "FREQ=WEEKLY", startsOn: "2026-04-10" };
  const first = task({ series, repeatAt: task().dueAt, steps: stepped(true).steps, supporting: [person("a")] });
  const run = (t: Task, now: string) => repeat(t, { id: "t2", now, calendar, meetingId: "m1", stepIds: ["n1"], there: [person("a")] });
  test("[TA23] the next of a series is made once, when the one before was due, and not before", () => {
    expect(refusedFor(run(first, "2026-04-10T09:59:59.000Z"))).toBe("task.notYetDue");
    const events = accepted(run(first, "2026-04-10T10:00:00.000Z"));
    expect(events).toMatchObject([
      { type: "task.assigned", id: "t2", dueOn: "2026-04-17", dueAt: "2026-04-17T10:00:00.000Z", series: { id: "t1", no: 2 } },
      { type: "task.repeated", id: "t1", nextId: "t2" },
    ]);
    const [made, told] = events;
    if (made?.type !== "task.assigned" || !told) throw new Error("not made");
    expect(evolveTask(null, made, by)).toMatchObject({ steps: [{ id: "n1", title: "Step 0", doneAt: null }], supporting: [person("a")], repeatAt: made.dueAt });
    const before = next(first, told, "clock");
    expect(before).toMatchObject({ repeatAt: null, nextId: "t2" });
    expect(refusedFor(run(before, "2026-04-11T00:00:00.000Z"))).toBe("task.notRepeated");
    expect(refusedFor(run(task(), "2026-04-11T00:00:00.000Z"))).toBe("task.notRepeated");
  });
  test("[TA24] what fell while nothing ran is not made up for; a day off moves on", () => {
    expect(accepted(run(first, "2026-05-20T00:00:00.000Z"))[0]).toMatchObject({ dueOn: "2026-05-22" });
    const off = { ...calendar, exceptions: new Map([["2026-04-17", false]]) };
    expect(accepted(repeat(first, { id: "t2", now: "2026-04-10T10:00:00.000Z", calendar: off, meetingId: "m1", stepIds: [], there: [] }))[0]).toMatchObject({
      dueOn: "2026-04-20",
    });
  });
  test("[TA24] a day off that was asked for, or that became one later, gives one task, not a second on the day it moves to", () => {
    const saturday = task({
      series: { ...series, startsOn: "2026-04-11" },
      dueOn: "2026-04-11",
      plannedDueOn: "2026-04-11",
      repeatAt: "2026-04-11T10:00:00.000Z",
    });
    expect(accepted(run(saturday, "2026-04-11T10:00:00.000Z"))[0]).toMatchObject({ dueOn: "2026-04-20", series: { no: 2 } });
    // The second, moved from Saturday to Monday, is followed by the next Saturday's.
    const second = { ...saturday, dueOn: "2026-04-20", plannedDueOn: "2026-04-20", repeatAt: "2026-04-20T10:00:00.000Z" };
    expect(accepted(run(second, "2026-04-20T10:00:00.000Z"))[0]).toMatchObject({ dueOn: "2026-04-27" });
    const off = { ...calendar, exceptions: new Map([["2026-04-10", false]]) };
    const late = repeat(first, { id: "t2", now: "2026-04-10T10:00:00.000Z", calendar: off, meetingId: "m1", stepIds: [], there: [] });
    expect(accepted(late)[0]).toMatchObject({ dueOn: "2026-04-17" });
    // More time given to this one moves no other.
    const extended = { ...saturday, dueOn: "2026-04-24", dueAt: "2026-04-24T10:00:00.000Z", extensions: 1 };
    expect(accepted(run(extended, "2026-04-11T10:00:00.000Z"))[0]).toMatchObject({ dueOn: "2026-04-20" });
  });
  test("[TA25] every kind gives its days, the end of a month where a month lacks one; stopped, there is no next", () => {
    const nextOf = (kind: (typeof repeatKinds)[number], startsOn: string, now: string) => {
      const made = accepted(run(task({ series: { id: "t1", no: 1, rule: repeatRule(kind, startsOn), startsOn }, repeatAt: monday }), now))[0];
      return made?.type === "task.assigned" ? made.dueOn : "";
    };
    expect(nextOf("fortnightly", "2026-04-10", "2026-04-10T10:00:00.000Z")).toBe("2026-04-24");
    expect(nextOf("monthly", "2026-04-10", "2026-04-10T10:00:00.000Z")).toBe("2026-05-11");
    expect(nextOf("monthly", "2026-03-31", "2026-03-31T10:00:00.000Z")).toBe("2026-04-30");
    expect(nextOf("quarterly", "2026-04-10", "2026-04-10T10:00:00.000Z")).toBe("2026-07-10");
    expect(nextOf("yearly", "2026-04-10", "2026-04-10T10:00:00.000Z")).toBe("2027-04-12");
    for (const kind of repeatKinds)
      for (const startsOn of ["2026-04-10", "2026-01-29", "2026-01-30", "2026-08-31", "2028-02-29"])
        expect(repeatKindOf({ rule: repeatRule(kind, startsOn) })).toBe(kind);
    // Kept before a series said its day: still the kind it was.
    expect(repeatKindOf({ rule: "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1" })).toBe("quarterly");
    expect(() => repeatKindOf({ rule: "FREQ=WEEKLY;INTERVAL=3" })).toThrow("no kind");
    const stopped = next(first, accepted(stopRepeat(first)), "chair");
    expect(stopped.repeatAt).toBeNull();
    expect(refusedFor(run(stopped, "2026-04-11T00:00:00.000Z"))).toBe("task.notRepeated");
    expect(refusedFor(stopRepeat(stopped))).toBe("task.notRepeated");
  });
  test("[TA25] begun on the 29th, 30th or 31st it keeps its day, but for months that lack it", () => {
    const daysFrom = (kind: RepeatKind, startsOn: string, many: number) => {
      const cadence = { rule: repeatRule(kind, startsOn), startsOn, time: "18:00", minutes: 15, onDayOff: "keep" as const };
      return occurrences(cadence, calendar, `${startsOn}T10:00:00.000Z`, many).map((o) => o.day.slice(5));
    };
    expect(daysFrom("monthly", "2026-01-29", 3)).toEqual(["02-28", "03-29", "04-29"]);
    expect(daysFrom("monthly", "2026-01-30", 4)).toEqual(["02-28", "03-30", "04-30", "05-30"]);
    expect(daysFrom("monthly", "2026-01-31", 4)).toEqual(["02-28", "03-31", "04-30", "05-31"]);
    expect(daysFrom("monthly", "2028-01-30", 2)).toEqual(["02-29", "03-30"]);
    expect(daysFrom("quarterly", "2026-11-30", 2)).toEqual(["02-28", "05-30"]);
    expect(daysFrom("yearly", "2028-02-29", 4)).toEqual(["02-28", "02-28", "02-28", "02-29"]);
    expect(daysFrom("yearly", "2026-04-30", 2)).toEqual(["04-30", "04-30"]);
    expect(daysFrom("fortnightly", "2026-01-31", 2)).toEqual(["02-14", "02-28"]);
  });
  test("[TA28] the next of a series leaves out the helpers and step owners who are gone", () => {
    const steps = [...stepped(true, true).steps].map((s, n) => ({ ...s, owner: [person("a"), person("gone")][n] ?? null }));
    const made = accepted(run({ ...first, steps, supporting: [person("gone"), person("a"), aBody("gone")] }, "2026-04-10T10:00:00.000Z"))[0];
    expect(made).toMatchObject({ supporting: [person("a")], steps: [{ owner: person("a") }, { owner: null }] });
  });
  test("[TA26] an issue waits for the first of a series, not for those that follow", () => {
    expect(holdsIssue(first)).toBe(true);
    expect(holdsIssue(task({ series: { ...series, no: 2 } }))).toBe(false);
    expect(holdsIssue(task({ series: { ...series, no: 2 }, reopened: 1 }))).toBe(true);
    expect(holdsIssue(task({ series: { ...series, no: 2 }, reopened: 1, status: "verified" }))).toBe(false);
    expect(holdsIssue(task())).toBe(true);
    expect(holdsIssue(task({ status: "verified" }))).toBe(false);
  });
});
