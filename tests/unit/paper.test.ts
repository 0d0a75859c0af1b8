import { describe, expect, test } from "vitest";
import { chairOf, signersOf } from "../../app/domain/paper";
import { meeting, seat, terms } from "../support/given";

const chair = seat("chair", { role: "chair" });
const recorder = seat("recorder", { role: "recorder" });
const everybody = terms({ kind: "sign", who: "everybodyPresent" });

describe("who signs", () => {
  test("[PP3] chair and recorder, or everybody there with a vote", () => {
    const seats = [chair, recorder, seat("a"), seat("b", { presence: "left" }), seat("guest", { votes: false })];
    expect(signersOf(meeting({ seats, closedBy: "chair" }))).toEqual(["chair", "recorder"]);
    expect(signersOf(meeting({ seats, closedBy: "chair", terms: everybody }))).toEqual(["chair", "recorder", "a"]);
  });
  test("[PP3] when all have gone, whoever closed the meeting still signs", () => {
    const seats = [chair, recorder, seat("a")].map((s) => ({ ...s, presence: "left" as const }));
    expect(signersOf(meeting({ seats, closedBy: "chair", terms: everybody }))).toEqual(["chair"]);
  });
  test("[PP3] nobody signs who has no seat: their name stands on no paper", () => {
    expect(chairOf(meeting({ seats: [seat("a")], closedBy: "stranger" }))).toBeNull();
    expect(signersOf(meeting({ seats: [seat("a"), recorder], closedBy: "stranger" }))).toEqual(["recorder"]);
  });
});
