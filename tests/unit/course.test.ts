// One matter's way through the stages of a procedure.
import { describe, expect, test } from "vitest";
import { mayTakeUp } from "../../app/domain/agenda";
import { call } from "../../app/domain/calling";
import { nextDay } from "../../app/domain/clock";
import { afterDecision, begin, type Course, checkByHand, checkCourse, evolveCourse, pass, post, stageOf, stop } from "../../app/domain/course";
import { record } from "../../app/domain/decision";
import { sentence, termsOf } from "../../app/domain/procedure";
import { assign } from "../../app/domain/task";
import {
  accepted,
  answered,
  atCouncil,
  body,
  by,
  clock,
  course,
  courseAt,
  decision,
  issue,
  joint,
  meeting,
  monday,
  refusedFor,
  terms,
  way,
} from "../support/given";

const procedure = way();
const [propose, resolve, publish] = procedure.stages;
if (!propose || !resolve || !publish) throw new Error("Three stages.");
const branch = body({ id: "branch", kind: "branch", escalatesToId: null, quorum: { numerator: 0, denominator: 1, parties: [] } });
const at = (stage: typeof propose) => termsOf(procedure, stage);
const beginning = (over = {}) => begin({ issue: issue(), procedure, running: null, onRunningAgenda: false, ...over }, { id: "course1" });
const recorded = (over: object, outcome: string, stage = propose) =>
  record(
    {
      meeting: meeting({ bodyId: "branch", terms: at(stage) }),
      body: branch,
      upper: joint(),
      issue: atCouncil(),
      course: course(),
      itemId: "item1",
      earlier: [],
      clock,
      vote: null,
      votes: [],
      provisional: [],
      ...over,
    },
    { text: "so", method: "consensus", counts: {}, outcome } as never,
    { id: "d1", today: "2026-03-26" },
  );

test("[CO1] a running issue begins a course, one at a time, and not from an agenda", () => {
  expect(accepted(beginning())).toMatchObject({ type: "course.begun", procedure });
  expect(refusedFor(beginning({ procedure: { ...procedure, course: false } }))).toBe("course.notACourse");
  expect(refusedFor(beginning({ running: course() }))).toBe("course.alreadyOn");
  expect(refusedFor(beginning({ onRunningAgenda: true }))).toBe("issue.onAgenda");
  expect(refusedFor(beginning({ issue: answered() }))).toBe("issue.notOpen");
});

describe("stages", () => {
  test("[CO2] a stage's meeting takes only issues whose course is at that stage, and quotes the order", () => {
    expect(checkCourse(courseAt(procedure, 0), at(propose), issue())).toBeNull();
    const wrong = checkCourse(courseAt(procedure, 1), at(propose), issue());
    expect(wrong?.refusal).toMatchObject({
      code: "course.otherStage",
      params: { stageZh: "决议", orderZh: "提议 → 决议 → 公开", orderEn: "propose → resolve → publish" },
    });
    expect(checkCourse(courseAt(procedure, 2), at(resolve), issue())?.refusal.code).toBe("course.otherStage");
    expect(checkCourse(null, at(propose), issue())?.refusal.code).toBe("course.notOn");
    expect(checkCourse(course({ status: "stopped" }), at(propose), issue())?.refusal.code).toBe("course.notOn");
  });
  test("[CO2] any other meeting takes no issue that is on a course", () => {
    expect(checkCourse(course(), terms(), issue())?.refusal.code).toBe("course.otherStage");
    expect(checkCourse(course({ status: "done", passed: courseAt(procedure, 3).passed }), terms(), issue())).toBeNull();
    expect(refusedFor(recorded({ meeting: meeting() }, "adopted"))).toBe("course.otherStage");
  });
  test("[CO3] the body that meets need not hold the issue", () => {
    const calling = (termsNow: ReturnType<typeof at>, on: Course | null) =>
      call(
        {
          body: branch,
          docket: [{ issue: atCouncil(), course: on, waits: false, onOtherAgenda: false }],
          members: [{ personId: "a", party: "branch", role: "chair" }],
          position: 1,
          terms: termsNow,
          timeZone: "Asia/Shanghai",
          beside: [],
        },
        {
          startsAt: "2026-03-26T11:00:00.000Z",
          endsAt: "2026-03-26T12:00:00.000Z",
          place: "Hall",
          items: [{ id: "x", issueId: "i1", minutes: 5, carried: 0 }],
        },
        { id: "m", now: monday },
      );
    expect(refusedFor(calling(at(propose), course()))).toBe("accepted");
    expect([mayTakeUp(joint(), at(resolve), atCouncil()), mayTakeUp(joint(), terms(), atCouncil())]).toEqual([true, false]);
    const m = meeting({ terms: at(propose) });
    const assigned = assign(
      { decision: decision({ bodyId: "branch" }), meeting: m, issue: atCouncil() },
      { title: "x", assignee: { kind: "body", id: "w" }, dueOn: "2026-04-01", dueAt: "2026-04-01T10:00:00.000Z", proof: "x" },
      { id: "t", now: monday },
    );
    expect(accepted(assigned).map((e) => e.type)).toEqual(["task.assigned", "issue.assigned"]);
  });
  test("[CO4] adopted passes the stage in the same breath, rejected ends the course, put off leaves it; it is not escalated", () => {
    const types = (outcome: string) => accepted(recorded({}, outcome)).map((e) => e.type);
    expect(types("adopted")).toEqual(["decision.recorded", "course.passed"]);
    expect(types("rejected")).toEqual(["decision.recorded", "course.rejected"]);
    expect(types("deferred")).toEqual(["decision.recorded"]);
    expect(refusedFor(recorded({}, "escalated"))).toBe("course.goesItsWay");
    const [passed] = afterDecision(course(), "adopted", "d1");
    const [rejected] = afterDecision(course(), "rejected", "d1");
    if (!passed || !rejected) throw new Error("Nothing followed.");
    const next = evolveCourse(course(), passed, by);
    expect([stageOf(next)?.stage.code, next.status]).toEqual(["resolve", "running"]);
    expect(evolveCourse(course(), rejected, by)).toMatchObject({ status: "rejected", endedAt: by.at });
    expect(refusedFor(recorded({ course: next }, "adopted"))).toBe("course.otherStage");
  });
  test("[CO5] it keeps the rules it began with: a meeting under newer figures does not take it", () => {
    const newer = { ...propose, rules: terms({ kind: "notice", days: 9 }).rules as typeof propose.rules };
    expect(checkCourse(course(), termsOf({ ...procedure, version: 2 }, newer), issue())?.refusal.code).toBe("course.otherRules");
    expect(checkCourse(course(), termsOf({ ...procedure, version: 2 }, propose), issue())).toBeNull();
  });
});

test("[CO6] a publication passes when it has been posted and its last day is over, and no meeting can pass it", () => {
  const here = courseAt(procedure, 2);
  const [rule] = publish.rules;
  if (!rule) throw new Error("No rule.");
  const days = (n: number) => nextDay("2026-03-10", n);
  expect(refusedFor(pass(here, issue(), { today: days(0) }))).toBe("course.notPosted");
  expect(refusedFor(post(courseAt(procedure, 1), issue(), null, { today: days(0) }))).toBe("course.nothingToPost");
  expect(refusedFor(post(here, issue(), days(6), { today: days(0) }))).toBe("course.postedTooShort");
  expect(accepted(post(here, issue(), days(9), { today: days(0) }))).toMatchObject({ from: days(0), until: days(9) });
  const posted = evolveCourse(here, accepted(post(here, issue(), null, { today: days(0) })), by);
  expect(posted.posted).toEqual({ from: days(0), until: days(7) });
  expect(refusedFor(post(posted, issue(), null, { today: days(1) }))).toBe("course.postedAlready");
  const early = pass(posted, issue(), { today: days(7) });
  expect(early.ok ? null : early.refusal).toMatchObject({
    code: "course.stillPosted",
    params: { until: days(7), ruleEn: `${rule.id} ${sentence(rule, "en")}` },
  });
  expect(evolveCourse(posted, accepted(pass(posted, issue(), { today: days(8) })), by)).toMatchObject({ status: "done", posted: null, endedAt: by.at });
});

test("[CO7] it is stopped with a reason, and not from an agenda", () => {
  expect(evolveCourse(course(), accepted(stop(course(), issue(), "Wrong way", { onRunningAgenda: false })), by)).toMatchObject({
    status: "stopped",
    reason: "Wrong way",
  });
  expect(refusedFor(stop(course(), issue(), "x", { onRunningAgenda: true }))).toBe("issue.onAgenda");
});

test("[CO8] nobody settles, declines, merges or sends on what is on a course; when only its result is to be published, it is carried out", () => {
  const hands = ["settle", "decline", "merge", "escalate", "remit"] as const;
  const refused = (on: Course | null) => hands.filter((act) => checkByHand(on, issue(), act) !== null);
  expect(refused(null)).toEqual([]);
  expect(refused(courseAt(procedure, 0))).toEqual([...hands]);
  expect(refused(courseAt(procedure, 1))).toEqual([...hands]);
  expect(refused(courseAt(procedure, 2))).toEqual(["decline", "merge", "escalate"]);
  for (const status of ["done", "rejected", "stopped"] as const) expect(refused({ ...courseAt(procedure, 1), status })).toEqual([]);
  const why = checkByHand(courseAt(procedure, 0), issue(), "settle");
  expect(why?.refusal).toMatchObject({ code: "course.byHand", params: { number: issue().number, stageZh: "提议", ruleZh: "1.1 规矩", sourceEn: "rule" } });
});
