import { describe, expect, test } from "vitest";
import { type Body, beginOffice, changeOffice, checkInvitation, endBody, endOffice, holdsOffice, type Membership, placeBody } from "../../app/domain/body";
import { body, council, joint, monday, refusedFor } from "../support/given";

const tree = (...list: Body[]) => ({ bodies: new Map(list.map((b) => [b.id, b])), holdsOpen: false });
const fields = (b: Body, over: Partial<Body> = {}) => {
  const { communityId: _c, id: _i, endedAt: _e, version: _v, ...rest } = { ...b, ...over };
  return { ...rest, quorum: { ...rest.quorum, parties: [...rest.quorum.parties] } };
};
const all = () => tree(body(), council(), joint());

describe("the tree", () => {
  test("[BO1] it never becomes a ring, and only what deliberates stands above", () => {
    expect(refusedFor(placeBody(joint(), fields(joint(), { escalatesToId: "council" }), all(), "x"))).toBe("body.ring");
    expect(refusedFor(placeBody(null, fields(body(), { name: "Building 8", escalatesToId: "b7" }), all(), "b8"))).toBe("body.upperDoesNotDeliberate");
    expect(refusedFor(placeBody(null, fields(body(), { name: "Bureau", kind: "department" }), all(), "w"))).toBe("body.notALevel");
    expect(refusedFor(placeBody(null, fields(body(), { name: "Building 8", escalatesToId: "nowhere" }), all(), "b8"))).toBe("body.unknownUpper");
    expect(refusedFor(placeBody(null, fields(body(), { name: "Building 8" }), all(), "b8"))).toBe("accepted");
  });
  test("[BO2] names differ within an estate", () => {
    expect(refusedFor(placeBody(null, fields(body()), all(), "b8"))).toBe("body.nameTaken");
    expect(refusedFor(placeBody(null, fields(body(), { estate: "Meiting" }), all(), "b8"))).toBe("accepted");
  });
  test("[BO3] what holds issues or carries others does not end", () => {
    expect(refusedFor(endBody(body(), { ...all(), holdsOpen: true }))).toBe("body.holdsIssues");
    expect(refusedFor(endBody(council(), all()))).toBe("body.hasLower");
    expect(refusedFor(endBody(body({ kind: "community", id: "house" }), all()))).toBe("body.isTheCommunity");
    expect(refusedFor(endBody(body(), all()))).toBe("accepted");
    expect(refusedFor(placeBody(body(), fields(body(), { kind: "grid" }), { ...all(), holdsOpen: true }, "x"))).toBe("body.holdsIssues");
  });
});

const office = (over: Partial<Membership> = {}): Membership => ({
  communityId: "c",
  id: "m",
  bodyId: "b7",
  personId: "p",
  role: "secretary",
  party: "residents",
  startsOn: "2026-01-01",
  endsOn: null,
  endedAt: null,
  version: 1,
  ...over,
});
describe("offices", () => {
  test("[BO4] the last secretary stays", () => {
    expect(refusedFor(endOffice(office(), true))).toBe("membership.lastSecretary");
    expect(refusedFor(changeOffice(office(), { role: "member", party: "residents", startsOn: "2026-01-01", endsOn: null }, true, "2026-03-01"))).toBe(
      "membership.lastSecretary",
    );
    expect(
      refusedFor(changeOffice(office(), { role: "secretary", party: "residents", startsOn: "2026-01-01", endsOn: "2026-12-31" }, true, "2026-03-01")),
    ).toBe("membership.lastSecretary");
    expect(refusedFor(changeOffice(office(), { role: "secretary", party: "residents", startsOn: "2099-01-01", endsOn: null }, true, "2026-03-01"))).toBe(
      "membership.lastSecretary",
    );
    expect(refusedFor(changeOffice(office(), { role: "secretary", party: "residents", startsOn: "2026-01-01", endsOn: null }, true, "2026-03-01"))).toBe(
      "accepted",
    );
    expect(refusedFor(endOffice(office(), false))).toBe("accepted");
  });
  test("[BO5] from its first day to its last", () => {
    const term = office({ startsOn: "2026-03-01", endsOn: "2026-03-31" });
    expect(["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"].map((day) => holdsOffice(term, day))).toEqual([false, true, true, false]);
    expect(holdsOffice(office({ endedAt: monday }), "2026-03-05")).toBe(false);
  });
  test("[BO5] a term ends after it begins, and the same office is not held twice", () => {
    const state = {
      body: body(),
      person: { communityId: "c", id: "p", name: "P", joined: true, removedAt: null, version: 1 },
      held: [office({ role: "head" })],
    };
    const wanted = (over = {}) =>
      beginOffice(state, { role: "head", party: "owners", startsOn: "2026-03-01", endsOn: null, ...over }, { id: "m2", today: "2026-03-01" });
    expect(refusedFor(wanted())).toBe("membership.twice");
    expect(refusedFor(wanted({ role: "stairwell", endsOn: "2026-02-01" }))).toBe("membership.endsBeforeStart");
    expect(refusedFor(wanted({ role: "stairwell" }))).toBe("accepted");
  });
});

test("[IN1] a slip works once, in time, and not when revoked", () => {
  const slip = { communityId: "c", id: "s", bodyId: "b7", personId: "p", expiresAt: "2026-03-09T00:00:00.000Z", usedAt: null, revokedAt: null, version: 1 };
  expect(refusedFor(checkInvitation(slip, monday))).toBe("accepted");
  expect(refusedFor(checkInvitation({ ...slip, usedAt: monday }, monday))).toBe("invitation.used");
  expect(refusedFor(checkInvitation({ ...slip, revokedAt: monday }, monday))).toBe("invitation.revoked");
  expect(refusedFor(checkInvitation(slip, "2026-03-09T00:00:00.000Z"))).toBe("invitation.expired");
});
