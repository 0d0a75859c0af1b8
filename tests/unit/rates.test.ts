// Periods on a community's calendar, and when a share is said.
import { describe, expect, test } from "vitest";
import { monthBefore, monthOf, monthsUpTo, periodOf, quarterAround, spanOf } from "../../app/domain/period";
import { percentText, permille } from "../../app/domain/rates";

describe("periods", () => {
  test("[RT8] a month, a quarter, a year and any days are read, and nothing else", () => {
    expect(periodOf("2026-02")).toMatchObject({ kind: "month", from: "2026-02-01", to: "2026-02-28" });
    expect(periodOf("2028-02")).toMatchObject({ to: "2028-02-29" });
    expect(periodOf("2026-q4")).toMatchObject({ kind: "quarter", from: "2026-10-01", to: "2026-12-31" });
    expect(periodOf("2026")).toMatchObject({ kind: "year", from: "2026-01-01", to: "2026-12-31" });
    expect(periodOf("2026-03-04..2026-05-12")).toMatchObject({ kind: "days", from: "2026-03-04", to: "2026-05-12" });
    for (const wrong of [
      "",
      "2026-13",
      "2026-q5",
      "2026-02-30..2026-03-01",
      "2026-05-12..2026-03-04",
      "0026",
      "1000-01-01..2026-01-01",
      "a..b",
      "2026-1",
      "1000-01",
      "1000-q1",
      "1000",
      "1000-01-01..1000-02-01",
      "2200",
    ])
      expect(periodOf(wrong), wrong).toBeNull();
  });
  test("[RT8] days are whole days of the community's zone, across changes of the clock", () => {
    expect(spanOf(monthOf(2026, 3), "Asia/Shanghai")).toEqual({ from: "2026-02-28T16:00:00.000Z", until: "2026-03-31T16:00:00.000Z" });
    // Clocks went forward on 29 March: the month is an hour shorter.
    expect(spanOf(monthOf(2026, 3), "Europe/Berlin")).toEqual({ from: "2026-02-28T23:00:00.000Z", until: "2026-03-31T22:00:00.000Z" });
  });
  test("months follow each other over the end of a year", () => {
    expect(monthBefore(monthOf(2026, 1)).code).toBe("2025-12");
    expect(monthsUpTo("2026-02-10", 3).map((m) => m.code)).toEqual(["2025-12", "2026-01", "2026-02"]);
    expect(quarterAround("2026-05-12").code).toBe("2026-q2");
  });
});

describe("shares", () => {
  test("[RT9] fewer than five are not said as a share, and nothing is divided by nothing", () => {
    expect(percentText({ hit: 0, of: 0 })).toBeNull();
    expect(percentText({ hit: 4, of: 4 })).toBeNull();
    expect(percentText({ hit: 5, of: 5 })).toBe("100%");
    expect(percentText({ hit: 0, of: 5 })).toBe("0%");
  });
  test("[RT9] tenths of a percent are rounded from whole numbers", () => {
    expect(permille({ hit: 166, of: 169 })).toBe(982);
    expect(percentText({ hit: 137, of: 150 })).toBe("91.3%");
    expect(permille({ hit: 1, of: 2000 })).toBe(1);
    expect(permille({ hit: 1, of: 2001 })).toBe(0);
  });
});
