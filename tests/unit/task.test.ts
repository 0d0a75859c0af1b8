import { describe, expect, test } from "vitest";
import { acceptTask, assign, evolveTask, giveBack, handIn, progress, verify } from "../../app/domain/task";
import { accepted, answered, atCouncil, by, courseAt, decision, meeting, monday, refusedFor, task, way } from "../support/given";

const command = { title: "Survey", assignee: { kind: "body", id: "water" } as const, dueOn: "2026-04-10", dueAt: "2026-04-10T10:00:00.000Z", proof: "Report" };
const given = (over = {}, c = {}) =>
  assign({ decision: decision(), meeting: meeting(), issue: atCouncil(), ...over }, { ...command, ...c }, { id: "t1", now: monday });

describe("handing out", () => {
  test("[TA1] under a decision that carried, with a day to come", () => {
    expect(refusedFor(given())).toBe("accepted");
    for (const outcome of ["rejected", "deferred"] as const) expect(refusedFor(given({ decision: decision({ outcome }) }))).toBe("task.decisionNotCarried");
    expect(refusedFor(given({}, { dueAt: monday }))).toBe("task.dueInThePast");
    expect(refusedFor(given({ issue: answered("settled", { stays: atCouncil().stays }) }))).toBe("issue.notOpen");
  });
  test("[TA2] the first task sets the issue to work, the second does not again", () => {
    expect(accepted(given()).map((e) => e.type)).toEqual(["task.assigned", "issue.assigned"]);
    expect(accepted(given({ issue: atCouncil({ phase: { status: "doing", since: "2026-03-02T01:00:00.000Z" } }) })).map((e) => e.type)).toEqual([
      "task.assigned",
    ]);
    expect(accepted(given({ decision: decision({ outcome: "escalated" }) })).map((e) => e.type)).toEqual(["task.assigned"]);
  });
});

describe("doing", () => {
  test("[TA3] what is handed in has words or a photo", () => {
    expect(refusedFor(handIn(task(), "", 0))).toBe("task.noEvidence");
    expect(refusedFor(handIn(task(), "done", 0))).toBe("accepted");
    expect(refusedFor(handIn(task(), "", 1))).toBe("accepted");
    expect(refusedFor(handIn(task({ status: "handedIn" }), "again", 0))).toBe("task.wrongState");
    expect(refusedFor(acceptTask(task({ status: "accepted" })))).toBe("task.wrongState");
    expect(refusedFor(progress(task({ status: "verified" }), "x"))).toBe("task.wrongState");
  });
  const state = (over = {}) => ({
    task: task({ status: "handedIn", handedInBy: "engineer" }),
    issue: atCouncil({ phase: { status: "doing", since: "2026-03-02T01:00:00.000Z" } }),
    course: null,
    otherOpen: 0,
    ...over,
  });
  test("[TA4] nobody checks their own work", () => {
    expect(refusedFor(verify(state(), "", { actorId: "engineer", answer: "" }))).toBe("task.ownWork");
    expect(refusedFor(verify(state(), "", { actorId: "head7", answer: "" }))).toBe("accepted");
    expect(refusedFor(verify(state({ task: task() }), "", { actorId: "head7", answer: "" }))).toBe("task.wrongState");
  });
  test("[TA5] the last check sends the answer home, an earlier one does not", () => {
    expect(accepted(verify(state(), "", { actorId: "head7", answer: "water runs" })).at(-1)).toMatchObject({
      type: "issue.answered",
      kind: "done",
      words: { text: "water runs" },
    });
    expect(accepted(verify(state({ otherOpen: 1 }), "", { actorId: "head7", answer: "" })).map((e) => e.type)).toEqual(["task.verified"]);
  });
  test("[CO8] [TA5] it sends no answer home while a course has still to decide, and does when only its result is to be published", () => {
    const ends = (stage: number) => accepted(verify(state({ course: courseAt(way(), stage) }), "", { actorId: "head7", answer: "" })).map((e) => e.type);
    expect([ends(0), ends(1)]).toEqual([["task.verified"], ["task.verified"]]);
    expect(ends(2)).toEqual(["task.verified", "issue.answered"]);
  });
  test("[TA6] sent back, it is due as before", () => {
    const back = evolveTask(task({ status: "handedIn" }), accepted(giveBack(task({ status: "handedIn" }), "no stamp")), by);
    expect(back).toMatchObject({ status: "accepted", returnedFor: "no stamp", dueAt: task().dueAt });
    expect(refusedFor(giveBack(task(), "x"))).toBe("task.wrongState");
  });
});
