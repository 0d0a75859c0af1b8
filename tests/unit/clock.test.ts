import { describe, expect, test } from "vitest";
import { atLocal, type Calendar, dueAfter, light, localDay, putOff, resume, type Units } from "../../app/domain/clock";

const shanghai: Calendar = {
  timeZone: "Asia/Shanghai",
  dayEndsAt: "18:00",
  exceptions: new Map([
    ["2026-05-01", false],
    ["2026-05-04", false],
    ["2026-05-05", false],
    ["2026-05-09", true],
  ]),
};

describe("deadlines", () => {
  test("[CL1] hours run through the night and the holiday", () =>
    expect(dueAfter("2026-04-30T14:00:00.000Z", 24, "hours", shanghai)).toBe("2026-05-01T14:00:00.000Z"));
  test("[CL2] working days end at closing time and skip weekends and holidays", () => {
    // Thursday 30 April; Friday to Tuesday are off, so the second working day is Thursday 7 May.
    expect(dueAfter("2026-04-30T02:00:00.000Z", 2, "workingDays", shanghai)).toBe("2026-05-07T10:00:00.000Z");
  });
  test("[CL2] a make-up Saturday is worked", () => {
    expect(dueAfter("2026-05-08T02:00:00.000Z", 1, "workingDays", shanghai)).toBe("2026-05-09T10:00:00.000Z");
    expect(dueAfter("2026-05-15T02:00:00.000Z", 1, "workingDays", shanghai)).toBe("2026-05-18T10:00:00.000Z");
  });
  test("[CL2] the day is the community's, not the server's", () => {
    // 1 a.m. on Tuesday in Shanghai is still Monday in UTC.
    expect(dueAfter("2026-05-11T17:00:00.000Z", 1, "workingDays", shanghai)).toBe("2026-05-13T10:00:00.000Z");
  });
});

describe("lights", () => {
  const [since, due] = ["2026-05-01T00:00:00.000Z", "2026-05-11T00:00:00.000Z"];
  const at = (now: string) => light(since, due, now, "UTC").state;
  test("[CL3] yellow begins exactly at a fifth of the time", () => {
    expect(at("2026-05-08T23:59:59.999Z")).toBe("ok");
    expect(at("2026-05-09T00:00:00.000Z")).toBe("soon");
  });
  test("[CL3] red begins after the deadline, not on it", () => {
    expect(at("2026-05-11T00:00:00.000Z")).toBe("soon");
    expect(at("2026-05-11T00:00:00.001Z")).toBe("late");
  });
  test("[CL3] the word counts days, hours, then minutes", () => {
    expect(light(since, due, "2026-05-08T12:00:00.000Z", "UTC").left).toEqual({ unit: "days", n: 3 });
    expect(light(since, "2026-05-10T20:00:00.000Z", "2026-05-10T12:00:00.000Z", "UTC").left).toEqual({ unit: "hours", n: 8 });
    expect(light(since, "2026-05-10T12:20:00.000Z", "2026-05-10T12:00:00.000Z", "UTC").left).toEqual({ unit: "minutes", n: 20 });
  });
});

describe("zones", () => {
  test("[CL4] a local time is found on both sides of a change of clocks", () => {
    expect(atLocal("2026-03-28", "18:00", "Europe/Berlin")).toBe("2026-03-28T17:00:00.000Z");
    expect(atLocal("2026-03-29", "18:00", "Europe/Berlin")).toBe("2026-03-29T16:00:00.000Z");
    expect(atLocal("2026-10-25", "18:00", "Europe/Berlin")).toBe("2026-10-25T17:00:00.000Z");
  });
  test("[CL4] the local day turns at local midnight", () => {
    expect(localDay("2026-05-11T15:59:00.000Z", "Asia/Shanghai")).toBe("2026-05-11");
    expect(localDay("2026-05-11T16:00:00.000Z", "Asia/Shanghai")).toBe("2026-05-12");
  });
});

test("[IS8] a deadline that had passed before the pause does not come back", () => {
  const due = { respondBy: "2026-05-01T00:00:00.000Z", settleBy: "2026-05-20T00:00:00.000Z" };
  const moved = resume(due, "2026-05-10T00:00:00.000Z", "2026-05-12T00:00:00.000Z", { respondUnit: "hours", settleUnit: "hours" }, shanghai);
  expect(moved).toEqual({ respondBy: "2026-05-01T00:00:00.000Z", settleBy: "2026-05-22T00:00:00.000Z" });
});

test("[CL5] after a pause the working days still to come count from the answer and end at closing time; hours move on by hours", () => {
  const days = { respondUnit: "workingDays", settleUnit: "workingDays" } as const;
  // Wednesday 20 May, at closing time, asked on Monday the 18th: two days are left.
  const due = { respondBy: "2026-05-18T10:00:00.000Z", settleBy: "2026-05-20T10:00:00.000Z" };
  const at = (answered: string, asked = "2026-05-18T02:00:00.000Z", units: Units = days) => resume(due, asked, answered, units, shanghai).settleBy;
  expect(at("2026-05-18T09:59:00.000Z")).toBe(due.settleBy);
  expect(at("2026-05-19T15:30:00.000Z")).toBe("2026-05-21T10:00:00.000Z");
  // Answered on a Saturday morning, and in the holiday at the start of May a year of months ago.
  expect(at("2026-05-23T02:13:00.000Z")).toBe("2026-05-26T10:00:00.000Z");
  const may = { respondBy: "2026-04-28T10:00:00.000Z", settleBy: "2026-04-30T10:00:00.000Z" };
  expect(resume(may, "2026-04-28T02:00:00.000Z", "2026-05-02T02:00:00.000Z", days, shanghai).settleBy).toBe("2026-05-07T10:00:00.000Z");
  expect(at("2026-05-20T09:30:00.000Z", "2026-05-20T09:00:00.000Z")).toBe(due.settleBy);
  // Asked on the last day and answered after it: until the end of the day after the answer.
  expect(at("2026-05-21T09:59:00.000Z", "2026-05-20T09:00:00.000Z")).toBe("2026-05-22T10:00:00.000Z");
  expect(at("2026-05-23T02:13:00.000Z", "2026-05-18T02:00:00.000Z", { ...days, settleUnit: "hours" })).toBe("2026-05-25T10:13:00.000Z");
  // Hours put a working-day clock off to a closing time, too.
  expect(putOff("2026-05-22T10:00:00.000Z", 24, "hours", "workingDays", shanghai)).toBe("2026-05-25T10:00:00.000Z");
  expect(putOff("2026-05-22T10:00:00.000Z", 24, "hours", "hours", shanghai)).toBe("2026-05-23T10:00:00.000Z");
});
