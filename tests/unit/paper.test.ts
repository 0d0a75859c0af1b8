import { describe, expect, test } from "vitest";
import { chairOf, claimsDecision, signersOf } from "../../app/domain/paper";
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

test("[PP17] free text of a summary claims no decision", () => {
  const claims = ["会议决定：物业公司另付100万元。", "会议议定由物业修", "经表决通过，换水泵", "一致同意换灯", "It was decided to pay.", "Agreed: new lamps."];
  const tells = ["大家说了水压的事。", "会上没有作出决定，下次再议。", "通过微信群通知了住户。", "待决定", "There was no word on who pays."];
  expect(claims.map(claimsDecision)).toEqual(claims.map(() => true));
  expect(tells.map(claimsDecision)).toEqual(tells.map(() => false));
});
