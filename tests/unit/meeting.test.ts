import { describe, expect, test } from "vitest";
import { addItem, order, removeItem } from "../../app/domain/agenda";
import type { Quorum } from "../../app/domain/body";
import { call, cancel, checkOverlap, close, move, open } from "../../app/domain/calling";
import { tally } from "../../app/domain/count";
import { amend, type DecisionOutcome, record } from "../../app/domain/decision";
import { evolveMeeting, missed, type Seat } from "../../app/domain/meeting";
import { hasVote, needQuorum, quorumOf, replyTo, seat as takeSeat } from "../../app/domain/seats";
import { votesWithoutDecision } from "../../app/domain/vote";
import { accepted, answered, atCouncil, by, clock, council, decision, issue, item, joint, meeting, monday, refusedFor, seat, terms } from "../support/given";

const entry = (over = {}) => ({ issue: atCouncil(), course: null, waits: false, onOtherAgenda: false, ...over });
const timeZone = "Asia/Shanghai";
const opened = { now: "2026-03-26T11:00:00.000Z", timeZone };
const times = { startsAt: "2026-03-26T11:00:00.000Z", endsAt: "2026-03-26T12:30:00.000Z", place: "Hall" };
const called = (state = {}, over = {}) =>
  call(
    {
      body: council(),
      docket: [entry()],
      members: [{ personId: "a", party: "branch", role: "chair" }],
      position: 3,
      terms: terms(),
      timeZone,
      beside: [],
      ...state,
    },
    { ...times, items: [{ id: "item1", issueId: "i1", minutes: 15, carried: 0 }], ...over },
    { id: "m1", now: monday },
  );

test("[ME20] a time overlaps where the body or the place is the same, however the place is written, and a minute is in both", () => {
  const at = { bodyId: "council", place: "Hall 2", startsAt: "2026-03-26T11:00:00.000Z", endsAt: "2026-03-26T12:00:00.000Z", timeZone };
  const beside = { id: "m9", bodyId: "joint", body: "Joint meeting", position: 4, place: "Garden", startsAt: at.startsAt, endsAt: at.endsAt };
  const asked = (of: Partial<typeof beside>, seen: string | undefined = "") => checkOverlap([{ ...beside, ...of }], at, seen)?.refusal ?? null;
  expect(asked({})).toBeNull();
  const params = { body: "Joint meeting", n: 4, place: "hall2 ", from: "19:00", until: "20:00", seen: "m9" };
  expect(asked({ place: "hall2 " })).toEqual({ code: "meeting.overlaps", params, field: "startsAt" });
  expect(asked({ bodyId: "council" })).not.toBeNull();
  expect(asked({ bodyId: "council", startsAt: at.endsAt, endsAt: "2026-03-26T13:00:00.000Z" })).toBeNull();
  expect(asked({ bodyId: "council", startsAt: "2026-03-26T10:00:00.000Z", endsAt: at.startsAt })).toBeNull();
  expect(asked({ bodyId: "council", startsAt: "2026-03-26T10:00:00.000Z", endsAt: "2026-03-26T11:00:00.001Z" })).not.toBeNull();
  expect(asked({ bodyId: "council" }, "m9")).toBeNull();
  expect(asked({ bodyId: "council" }, "m8")).not.toBeNull();
});

describe("calling", () => {
  test("[ME1] an agenda takes the body's own issues, each on one agenda", () => {
    expect(refusedFor(called())).toBe("accepted");
    expect(refusedFor(called({ docket: [entry({ issue: issue() })] }))).toBe("meeting.notOnDocket");
    expect(refusedFor(called({ docket: [entry({ issue: answered("settled", { stays: atCouncil().stays }) })] }))).toBe("meeting.notOnDocket");
    expect(refusedFor(called({ docket: [entry({ onOtherAgenda: true })] }))).toBe("meeting.onOtherAgenda");
    expect(refusedFor(addItem(meeting(), council(), entry(), { id: "x", issueId: "i1", minutes: 5, carried: 0 }))).toBe("meeting.alreadyOnAgenda");
    expect(refusedFor(addItem(meeting({ items: [] }), council(), entry(), { id: "x", issueId: "i1", minutes: 5, carried: 0 }))).toBe("accepted");
  });
  test("[ME1] a body that is no level takes up what everybody may see, and keeps it where it is", () => {
    const committee = council({ id: "committee", kind: "committee", escalatesToId: null });
    expect(refusedFor(called({ body: committee }))).toBe("accepted");
    expect(refusedFor(called({ body: committee, docket: [entry({ issue: atCouncil({ visibility: "handlers" }) })] }))).toBe("meeting.notOnDocket");
  });
  test("[ME2] it begins in the future and ends after it begins", () => {
    expect(refusedFor(called({}, { startsAt: monday }))).toBe("meeting.inThePast");
    expect(refusedFor(called({}, { endsAt: times.startsAt }))).toBe("meeting.endsBeforeStart");
    expect(refusedFor(move(meeting({ status: "called" }), { ...times, startsAt: monday }, { now: monday, timeZone, beside: [] }))).toBe("meeting.inThePast");
  });
  test("[ME15] who meets by a cadence calls with an empty agenda; an urgent meeting, a stage of a course and any other body have something to deliberate", () => {
    const cadence = {
      rule: "FREQ=MONTHLY;BYDAY=1FR",
      startsOn: "2026-01-01",
      time: "19:00",
      minutes: 90,
      place: "Hall",
      onDayOff: "move",
      setAt: monday,
    } as const;
    const empty = (over: Partial<Parameters<typeof call>[0]>) => refusedFor(called({ docket: [], ...over }, { items: [] }));
    const regular = council({ cadence });
    expect(empty({ body: regular })).toBe("accepted");
    expect(empty({})).toBe("meeting.noAgenda");
    const { terms } = meeting();
    const ratify = { id: "9.9", kind: "ratify" as const, days: 7, text: { zh: "{days}", en: "{days}" }, source: { zh: "x", en: "x" } };
    expect(empty({ body: regular, terms: { ...terms, rules: [ratify] } })).toBe("meeting.noAgenda");
    expect(empty({ body: regular, terms: { ...terms, course: true } })).toBe("meeting.noAgenda");
  });
  test("[ME6] a new time asks everybody again, a new place does not", () => {
    const answeredBy = meeting({ status: "called", seats: [seat("a", { reply: "yes" })] });
    const moved = evolveMeeting(
      answeredBy,
      accepted(move(answeredBy, { ...times, startsAt: "2026-03-27T11:00:00.000Z", endsAt: "2026-03-27T12:00:00.000Z" }, { now: monday, timeZone, beside: [] })),
      by,
    );
    expect(moved.seats[0]?.reply).toBe("none");
    expect(
      evolveMeeting(answeredBy, accepted(move(answeredBy, { ...times, place: "Garden" }, { now: monday, timeZone, beside: [] })), by).seats[0]?.reply,
    ).toBe("yes");
  });
  test("[ME7] a new order names the same items", () => {
    const two = meeting({
      status: "called",
      items: [item("x", "i1"), item("y", "i2")],
    });
    expect(evolveMeeting(two, accepted(order(two, ["y", "x"])), by).items.map((i) => i.id)).toEqual(["y", "x"]);
    for (const wrong of [["x"], ["x", "x"], ["x", "z"]]) expect(refusedFor(order(two, wrong))).toBe("meeting.otherItems");
    expect(refusedFor(removeItem(meeting({ status: "called" }), "item1"))).toBe("meeting.noAgenda");
  });
});

test("[ME17] a meeting called for a day that went by without it is missed, from that community's midnight", () => {
  const over = meeting({ status: "called", startsAt: "2026-03-26T11:00:00.000Z", endsAt: "2026-03-26T12:30:00.000Z" });
  expect(missed(over, "2026-03-26T15:59:59.000Z", timeZone)).toBe(false);
  expect(missed(over, "2026-03-26T16:00:00.000Z", timeZone)).toBe(true);
  expect(missed({ ...over, status: "inSession" }, "2026-03-27T16:00:00.000Z", timeZone)).toBe(false);
  expect(missed({ ...over, status: "cancelled" }, "2026-03-27T16:00:00.000Z", timeZone)).toBe(false);
});

describe("quorum", () => {
  const rule = { numerator: 2, denominator: 3, parties: [] };
  const seats = (n: number, present: number) => Array.from({ length: n }, (_, k) => seat(String(k), { presence: k < present ? "present" : "absent" }));
  test("[ME3] two thirds of eleven is eight", () => {
    expect(quorumOf(seats(11, 7), rule)).toMatchObject({ met: false, needed: 8, missing: [{ kind: "heads", n: 1 }] });
    expect(quorumOf(seats(11, 8), rule).met).toBe(true);
    expect(quorumOf(seats(12, 8), rule).met).toBe(true);
  });
  test("[ME3] each party the rule names has somebody there", () => {
    const four = { ...rule, parties: ["branch", "property"] as const };
    const here = [seat("a", { party: "branch" }), seat("b", { party: "property", presence: "excused" }), seat("c")];
    expect(quorumOf(here, four).missing).toEqual([{ kind: "party", party: "property" }]);
  });
  test("[ME3] a refusal says how many and which parties are missing, and quotes the procedure only for its own figure", () => {
    const quorum = { numerator: 2, denominator: 3, parties: ["property", "branch"] as const };
    const half = terms({ kind: "quorum", share: { numerator: 1, denominator: 2, strict: true } });
    const represented = [...seats(9, 1), seat("x", { presence: "absent", proxyTo: "0" }), seat("y", { presence: "absent" })];
    const said = (own: Quorum, here: Seat[]) => needQuorum(meeting({ terms: half, quorum: own, seats: here }))?.refusal;
    const own = said(quorum, represented);
    expect(own).toMatchObject({ code: "meeting.noQuorumBoth", params: { n: 6, present: 1, represented: 1, needed: 8, parties: "property,branch" } });
    expect(own?.params).not.toHaveProperty("ruleZh");
    // The body's own figure and the procedure's parties are each said to be whose they are.
    expect(own?.params.own).toBe("2/3");
    const named = terms({ kind: "parties", parties: ["property"] });
    expect(needQuorum(meeting({ terms: named, quorum, seats: represented }))?.refusal.params).toMatchObject({ own: "2/3", ruleZh: "1.1 规矩" });
    const theirs = said({ numerator: 0, denominator: 1, parties: [] }, seats(11, 5));
    expect(theirs).toMatchObject({ code: "meeting.noQuorumHeads", params: { n: 1, present: 5, represented: 0, needed: 6, ruleZh: "1.1 规矩" } });
    expect(said({ numerator: 0, denominator: 1, parties: ["property", "branch"] }, seats(3, 3))).toMatchObject({
      code: "meeting.noQuorumParty",
      params: { parties: "property,branch" },
    });
  });
  test("[ME11] it is the one its body asked for when the meeting was called", () => {
    const wanted = { numerator: 1, denominator: 1, parties: ["branch" as const] };
    const m = evolveMeeting(null, accepted(called({ body: council({ quorum: wanted }) })), by);
    expect(m.quorum).toEqual(wanted);
    expect(quorumOf(m.seats, m.quorum, m.terms)).toMatchObject({ met: false, needed: 1 });
    expect(
      evolveMeeting(m, { type: "meeting.moved", id: "m1", bodyId: "council", startsAt: "9", endsAt: "9", noticeBy: "9", words: { place: "" } }, by).quorum,
    ).toEqual(wanted);
  });
  test("[ME4] observers, staff and guests do not count", () => {
    expect((["observer", "staff", "secretary"] as const).some(hasVote)).toBe(false);
    const here = [seat("a"), seat("b", { votes: false }), seat("c", { presence: "absent" })];
    expect(quorumOf(here, rule)).toMatchObject({ due: 2, present: 1 });
    const guest = evolveMeeting(meeting(), accepted(takeSeat(meeting(), "x", "present", { personId: "x", party: "experts", role: "observer" })), by);
    expect(guest.seats.at(-1)).toMatchObject({ personId: "x", votes: false });
    expect(refusedFor(takeSeat(meeting(), "x", "present", null))).toBe("meeting.notInvited");
  });
});

test("[ME5] whoever closes a meeting sits in it", () => {
  expect(refusedFor(close(meeting(), new Set(), false, "a"))).toBe("accepted");
  expect(refusedFor(close(meeting(), new Set(), false, "stranger"))).toBe("meeting.closerNotThere");
});

test("[ME13] a passed vote nobody recorded keeps it open, until whoever closes says that it becomes no decision", () => {
  const closing = (unrecorded: number, left: boolean) => refusedFor(close(meeting(), new Set(), false, "a", { unrecorded, left }));
  expect([closing(1, false), closing(1, true), closing(0, false)]).toEqual(["meeting.votesUnrecorded", "accepted", "accepted"]);
  const vote = (id: string, status: "carried" | "lost" | "void") => ({ id, itemId: "item1", status, closedAt: "2026-03-26T11:30:00.000Z" });
  const votes = [vote("passed", "carried"), vote("again", "carried"), vote("lost", "lost"), vote("off", "void")];
  const left = (over: object) => votesWithoutDecision(votes, [decision({ voteId: null, recordedAt: "2026-03-26T11:31:00.000Z", ...over })]).map((v) => v.id);
  expect(left({ voteId: "passed" })).toEqual(["again"]);
  expect(left({})).toEqual([]);
  expect(left({ recordedAt: "2026-03-26T11:29:00.000Z" })).toEqual(["passed", "again"]);
  expect(left({ itemId: "item2" })).toEqual(["passed", "again"]);
});

test("[ME5] a meeting opens with somebody present, and changes no more once it is over", () => {
  expect(refusedFor(open(meeting({ status: "called", seats: [seat("a", { presence: "absent" })] }), opened))).toBe("meeting.nobodyPresent");
  expect(refusedFor(open(meeting({ status: "called" }), opened))).toBe("accepted");
  const over = meeting({ status: "closed" });
  expect(refusedFor(close(over, new Set(), false, "a"))).toBe("meeting.notInSession");
  expect(refusedFor(takeSeat(over, "a", "absent", null))).toBe("meeting.over");
  expect(refusedFor(cancel(over, "x"))).toBe("meeting.notCalled");
  expect(refusedFor(replyTo(over, "a", true))).toBe("meeting.notCalled");
  expect(refusedFor(addItem(over, council(), entry(), { id: "x", issueId: "i9", minutes: 5, carried: 0 }))).toBe("meeting.over");
});

describe("decisions", () => {
  const state = (over = {}) => ({
    meeting: meeting(),
    body: council(),
    upper: joint(),
    issue: atCouncil(),
    itemId: "item1",
    earlier: [],
    clock,
    vote: null,
    votes: [],
    course: null,
    provisional: [],
    ...over,
  });
  const said = (over = {}) => ({ text: "Replace the pumps", method: "consensus" as const, counts: {}, outcome: "adopted" as const, ...over });
  const recorded = (s = {}, w = {}) => record(state(s), said(w), { id: "d1", today: "2026-03-26" });
  const hands = (f: number, a: number, x: number) => ({ owners: { for: f, against: a, abstained: x } });

  test("[DE1] only while the meeting sits, with its quorum, on its own item", () => {
    expect(refusedFor(recorded())).toBe("accepted");
    expect(refusedFor(recorded({ meeting: meeting({ status: "closed" }) }))).toBe("meeting.notInSession");
    expect(refusedFor(recorded({ meeting: meeting({ seats: [seat("a"), seat("b", { presence: "absent" }), seat("c", { presence: "absent" })] }) }))).toBe(
      "meeting.noQuorumHeads",
    );
    expect(refusedFor(recorded({ meeting: meeting({ quorum: { numerator: 0, denominator: 1, parties: ["property"] } }) }))).toBe("meeting.noQuorumParty");
    expect(refusedFor(recorded({ itemId: "other" }))).toBe("meeting.noSuchItem");
    expect(refusedFor(recorded({ issue: issue() }))).toBe("decision.issueMovedOn");
  });
  test("[DE2] no party has more hands than people present", () => {
    expect(refusedFor(recorded({}, { method: "showOfHands", counts: hands(4, 0, 0) }))).toBe("decision.moreHandsThanPeople");
    expect(refusedFor(recorded({}, { method: "showOfHands", counts: { branch: { for: 1, against: 0, abstained: 0 } } }))).toBe("decision.moreHandsThanPeople");
  });
  test("[DE3] more than half of the voters present, strictly", () => {
    const four = { meeting: meeting({ seats: ["a", "b", "c", "d"].map((p) => seat(p)) }) };
    expect(refusedFor(recorded(four, { method: "showOfHands", counts: hands(2, 2, 0) }))).toBe("decision.notCarried");
    expect(refusedFor(recorded(four, { method: "showOfHands", counts: hands(3, 1, 0) }))).toBe("accepted");
    expect(refusedFor(recorded(four, { method: "showOfHands", counts: hands(3, 1, 0), outcome: "rejected" }))).toBe("decision.carriedAll");
    expect(refusedFor(recorded(four, { method: "showOfHands", counts: {} }))).toBe("decision.noHands");
    expect(tally({ ...hands(3, 1, 0), branch: { for: 1, against: 0, abstained: 2 } })).toEqual({ for: 4, against: 1, abstained: 2 });
  });
  test("[DE4] consensus means nobody is against", () => {
    expect(refusedFor(recorded({}, { counts: hands(2, 1, 0) }))).toBe("decision.notConsensus");
    expect(refusedFor(recorded({}, { counts: hands(2, 0, 1) }))).toBe("accepted");
  });
  test("[DE5] one outcome an item, unless it was deferred or adopted with more", () => {
    const earlier = (outcome: DecisionOutcome, itemId = "item1") => ({ earlier: [{ itemId, outcome, voteId: null }] });
    expect(refusedFor(recorded(earlier("deferred")))).toBe("accepted");
    expect(refusedFor(recorded(earlier("adopted")))).toBe("accepted");
    expect(refusedFor(recorded(earlier("adopted"), { outcome: "rejected" }))).toBe("decision.alreadyDecided");
    expect(refusedFor(recorded(earlier("rejected")))).toBe("decision.alreadyDecided");
    expect(refusedFor(recorded(earlier("escalated")))).toBe("decision.alreadyDecided");
    expect(refusedFor(recorded(earlier("deferred"), { outcome: "rejected" }))).toBe("accepted");
    expect(refusedFor(recorded(earlier("rejected", "item2")))).toBe("accepted");
  });
  test("[DE5] who adopts another has seen how many there are", () => {
    const one = { itemId: "item1", outcome: "adopted" as const, voteId: null };
    const known = (n: number | undefined, earlier: readonly (typeof one)[]) => refusedFor(recorded({ earlier }, { known: n }));
    expect([known(0, []), known(1, [one]), known(2, [one, one]), known(undefined, [one])]).toEqual(["accepted", "accepted", "accepted", "accepted"]);
    expect([known(0, [one]), known(1, [one, one])]).toEqual(["decision.anotherCame", "decision.anotherCame"]);
    expect(known(0, [{ ...one, itemId: "item2" }])).toBe("accepted");
  });
  test("[DE6] escalated sends the issue up in the same breath", () => {
    const events = accepted(recorded({}, { outcome: "escalated" }));
    expect(events.map((e) => e.type)).toEqual(["decision.recorded", "issue.escalated"]);
    expect(events[1]).toMatchObject({ from: "council", to: "joint", decisionId: "d1" });
    expect(refusedFor(recorded({ upper: null, body: council({ escalatesToId: null }) }, { outcome: "escalated" }))).toBe("issue.topLevel");
  });
  test("[DE7] corrected only while the meeting sits", () => {
    expect(refusedFor(amend(decision(), meeting(), said(), null))).toBe("accepted");
    expect(refusedFor(amend(decision(), meeting({ status: "closed" }), said(), null))).toBe("meeting.notInSession");
    expect(refusedFor(amend(decision(), meeting(), said({ counts: hands(0, 3, 0) }), null))).toBe("decision.notConsensus");
  });
});
