// What people say about an answer, and what happens when nobody says a word.
import { describe, expect, test } from "vitest";
import { askedTooLong, askedUntil, lapse, rate, whyOf } from "../../app/domain/follow-up";
import { evolveIssue, giveFeedback, type Issue, type IssueEvent } from "../../app/domain/issue";
import { accepted, answered, clock, issue, monday, refusedFor } from "../support/given";

const calendar = { timeZone: "Asia/Shanghai", dayEndsAt: "18:00", exceptions: new Map<string, boolean>() };
const rule = { askDays: 15, changeDays: 10 };
const at = (now: string) => ({ rule, calendar, now });
const then = (state: Issue, event: IssueEvent, actorId: string, when = monday) => evolveIssue(state, event, { actorId, at: when, communityId: "c" });
const word = { solved: true, content: "content", why: null, remark: "" } as const;

describe("those who joined", () => {
  test("[RT1] are asked once there is an answer, not before", () => {
    expect(refusedFor(rate(issue(), word, at(monday)))).toBe("issue.notAnswered");
    const heard = then(answered(), accepted(rate(answered(), word, at(monday))), "neighbour");
    expect(heard.ratings).toEqual([{ position: 0, bodyId: "b7", personId: "neighbour", solved: true, content: "content", why: null, remark: "", at: monday }]);
    expect(heard.phase.status).toBe("answered");
  });
  test("[RT1] have one word each, the latest; it reopens nothing", () => {
    let now = answered();
    for (const said of [word, { solved: false, content: "discontent", why: "cameBack", remark: "again" } as const])
      now = then(now, accepted(rate(now, said, at(monday))), "neighbour");
    now = then(now, accepted(rate(now, word, at(monday))), "another");
    expect(now.ratings.map((r) => [r.personId, r.solved, r.why])).toEqual([
      ["neighbour", false, "cameBack"],
      ["another", true, null],
    ]);
    expect(now.phase.status).toBe("answered");
  });
  test("[RT1] may change it until the days after the end are over", () => {
    const closed = then(answered(), accepted(giveFeedback(answered(), word, clock)), "raiser");
    // Closed on Monday 2 March; the tenth working day after is Monday the 16th, at six in the evening.
    expect(refusedFor(rate(closed, word, at("2026-03-16T10:00:00.000Z")))).toBe("accepted");
    expect(refusedFor(rate(closed, word, at("2026-03-16T10:00:00.001Z")))).toBe("feedback.tooLate");
  });
  test("[RT1] are asked anew about a new answer", () => {
    const no = accepted(giveFeedback(answered(), { ...word, solved: false, remark: "Still dark" }, clock));
    let now = then(then(answered(), accepted(rate(answered(), word, at(monday))), "neighbour"), no, "raiser");
    expect(refusedFor(rate(now, word, at(monday)))).toBe("issue.notAnswered");
    now = then(now, { type: "issue.answered", id: "i1", bodyId: "b7", kind: "settled", words: { text: "again" } }, "head");
    now = then(now, accepted(rate(now, word, at(monday))), "neighbour");
    expect(now.ratings.map((r) => [r.position, r.personId])).toEqual([
      [0, "neighbour"],
      [0, "raiser"],
      [1, "neighbour"],
    ]);
  });
});

test("[RT2] a reason is kept of those who say not solved or not content, and of nobody else", () => {
  expect(whyOf(true, "content", "slow")).toBeNull();
  expect(whyOf(true, "fair", "slow")).toBeNull();
  expect(whyOf(true, "discontent", "slow")).toBe("slow");
  expect(whyOf(false, "content", "partly")).toBe("partly");
});

describe("a raiser who never answers", () => {
  test("[RT3] is asked for so many working days, holidays left out", () => {
    expect(askedUntil(monday, rule, calendar)).toBe("2026-03-23T10:00:00.000Z");
    const holiday = { ...calendar, exceptions: new Map([["2026-03-04", false]]) };
    expect(askedUntil(monday, rule, holiday)).toBe("2026-03-24T10:00:00.000Z");
  });
  test("[RT13] has been silent for long exactly when the days since they were asked are over", () => {
    const holiday = { ...calendar, exceptions: new Map([...["2026-03-04", "2026-03-05", "2026-03-18"].map((d) => [d, false] as const), ["2026-03-14", true]]) };
    for (let hour = 0; hour < 24 * 40; hour += 5) {
      const now = new Date(Date.parse(monday) + hour * 3_600_000).toISOString();
      const edge = askedTooLong(now, { askDays: 3 }, holiday);
      const just = new Date(Date.parse(edge) - 1).toISOString();
      expect(askedUntil(just, { askDays: 3 }, holiday) < now, `${just} asked, now ${now}`).toBe(true);
      expect(askedUntil(edge, { askDays: 3 }, holiday) < now, `${edge} asked, now ${now}`).toBe(false);
    }
  });
  test("[RT3] is not cut short, and then the clock closes it without a word of theirs", () => {
    expect(refusedFor(lapse(answered(), at("2026-03-23T10:00:00.000Z")))).toBe("feedback.stillAsked");
    const closed = then(answered(), accepted(lapse(answered(), at("2026-03-23T10:00:00.001Z"))), "clock");
    expect(closed.phase).toMatchObject({ status: "closed", feedback: null, closedAt: monday });
    expect(closed.ratings).toEqual([]);
    expect(refusedFor(lapse(closed, at("2026-04-23T10:00:00.000Z")))).toBe("issue.notAnswered");
  });
});
