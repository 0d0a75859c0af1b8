// The day and times of a meeting's form as instants.
import { expect, test } from "vitest";
import { timesOf } from "../../app/http/meeting-verb.server";

const asked = (day: string, from = "19:00", until = "20:30") => timesOf({ day: [day], from: [from], until: [until] }, "Asia/Shanghai");

test("[ME2] a day the calendar does not have, or an hour the clock does not, is no time", () => {
  expect(asked("2027-02-28")).toEqual({ startsAt: "2027-02-28T11:00:00.000Z", endsAt: "2027-02-28T12:30:00.000Z" });
  for (const day of ["2027-02-31", "2027-02-29", "2027-04-31", "2027-13-01", "2027-2-1", ""]) expect(asked(day)).toEqual({});
  expect(asked("2028-02-29")).toHaveProperty("startsAt");
  expect(asked("2027-02-28", "24:00", "20:61")).toEqual({});
});
