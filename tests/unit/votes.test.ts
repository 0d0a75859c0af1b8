// Votes by hand and by name, proxies, recusal, check-in, what is put off, and who speaks.
import { describe, expect, test } from "vitest";
import { addItem, noticeBy } from "../../app/domain/agenda";
import { close, open } from "../../app/domain/calling";
import type { Counts } from "../../app/domain/count";
import { amend, type DecisionOutcome, record } from "../../app/domain/decision";
import { emptyFloor, endFloor, type FloorEvent, floorAfter, giveFloor, lowerHand, queueOf, raiseHand, takeItem } from "../../app/domain/floor";
import { evolveMeeting, type Meeting } from "../../app/domain/meeting";
import { checkMembers, mayDecideBy, reaches } from "../../app/domain/procedure";
import { checkIn, quorumOf, recuse, represent, seat as takeSeat, votersOn } from "../../app/domain/seats";
import {
  attended,
  type Ballot,
  ballotsThatCount,
  carries,
  cast,
  closeVote,
  evolveVote,
  motionOf,
  openVote,
  type VoidGround,
  type Vote,
  voidVote,
  wholeOf,
} from "../../app/domain/vote";
import { accepted, atCouncil, by, clock, council, decision, issue, item, joint, meeting, monday, refusedFor, seat, stay, terms } from "../support/given";

const half = { numerator: 1, denominator: 2, strict: true };
const none = { numerator: 0, denominator: 1, parties: [] };
const body = council({ quorum: none });
const hands = (f: number, a = 0, x = 0): Counts => ({ owners: { for: f, against: a, abstained: x } });
const asked = { itemId: "item1", question: "So?", method: "rollCall" as const };
const off = (ground: VoidGround) => ({ ground, reason: "in words" });
const own = { own: true, voting: false };
const opening = (m: Meeting, over: object = {}, votes: readonly Vote[] = []) => openVote({ meeting: m, votes }, { ...asked, ...over }, { id: "v1" });
const opened = (m: Meeting, over: object = {}): Vote => evolveVote(null, accepted(opening(m, over)), by);
const ballots = (vote: Vote, list: Record<string, Ballot["choice"]>): Vote => ({
  ...vote,
  ballots: Object.entries(list).map(([personId, choice]) => ({ personId, choice, by: null })),
});
const counted = (vote: Vote, m: Meeting, given: Counts = {}) => evolveVote(vote, accepted(closeVote(vote, { meeting: m }, given)), by);
const casting = (vote: Vote, m: Meeting, personId: string, actorId = personId, writes = false) =>
  cast(vote, m, { personId, choice: "for" }, { actorId, writes });
const recorded = (m: Meeting, said: object, over: object = {}) =>
  record(
    {
      meeting: m,
      body,
      upper: joint(),
      issue: atCouncil(),
      course: null,
      itemId: "item1",
      earlier: [],
      clock,
      vote: null,
      votes: [],
      provisional: [],
      ...over,
    },
    { text: "So?", method: "rollCall", counts: {}, outcome: "adopted", ...said } as never,
    { id: "d1", today: "2026-03-26" },
  );

describe("shares", () => {
  test("[PR6] at least and more than, by cross-multiplication", () => {
    expect([reaches(half, 3, 6), reaches(half, 4, 6), reaches({ ...half, strict: false }, 3, 6), reaches({ ...half, strict: false }, 2, 6)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const third = { numerator: 1, denominator: 3, strict: false };
    expect([reaches(third, 1, 3), reaches(third, 1, 4), reaches(third, 333, 1000), reaches(third, 334, 1000)]).toEqual([true, false, false, true]);
  });
  test("[PR6] the share is of those present, of all, or of the votes cast; nothing carries without one vote for it", () => {
    const total = { for: 3, against: 2, abstained: 4 };
    expect([wholeOf("present", total, 9, 20), wholeOf("all", total, 9, 20), wholeOf("cast", total, 9, 20)]).toEqual([9, 20, 5]);
    expect([carries(half, total, 9), carries(half, total, 20), carries(half, total, 5)]).toEqual([false, false, true]);
    const any = { numerator: 0, denominator: 1, strict: false };
    expect(carries(any, { for: 0, against: 0, abstained: 3 }, 3)).toBe(false);
    expect(carries(any, { for: 1, against: 0, abstained: 3 }, 4)).toBe(true);
  });
  test("[PR6] who abstains is present and does not agree", () => {
    const four = meeting({ seats: ["a", "b", "c", "d"].map((p) => seat(p)) });
    expect(refusedFor(recorded(four, { method: "showOfHands", counts: hands(2, 0, 2) }))).toBe("decision.notCarried");
    expect(refusedFor(recorded(four, { method: "showOfHands", counts: hands(3, 0, 1) }))).toBe("accepted");
    expect(refusedFor(recorded(four, { method: "showOfHands", counts: hands(2, 0, 0) }))).toBe("decision.notCarried");
  });
  test("[PR6] consensus: who does not abstain is enough for the majority the rule asks", () => {
    const four = (rule = terms()) => meeting({ terms: rule, seats: ["a", "b", "c", "d"].map((p) => seat(p)) });
    expect(refusedFor(recorded(four(), { method: "consensus", counts: hands(0, 0, 2) }))).toBe("decision.notCarried");
    expect(refusedFor(recorded(four(), { method: "consensus", counts: hands(0, 0, 1) }))).toBe("accepted");
    const allOfSix = {
      ...four(terms({ kind: "pass", share: { numerator: 2, denominator: 3, strict: true }, base: "all" })),
      seats: [...four().seats, ...["e", "f"].map((p) => seat(p, { presence: "absent" }))],
    };
    expect(refusedFor(recorded(allOfSix, { method: "consensus" }))).toBe("decision.notCarried");
  });
  test("[PR7] the chair's word alone only where the procedure names it, or asks for no majority", () => {
    const pass = { kind: "pass", share: half, base: "present" } as const;
    expect(mayDecideBy(terms(pass), "chairsResolution")).not.toBeNull();
    expect(mayDecideBy(terms(pass, { kind: "methods", methods: ["chairsResolution"] }), "chairsResolution")).toBeNull();
    expect([mayDecideBy(terms(), "chairsResolution"), mayDecideBy(terms(pass), "consensus")]).toEqual([null, null]);
  });
  test("[PR5] 4, 5, 6, 7, 11 and 12 members, odd and not", () => {
    const odd = terms({ kind: "members", least: 5, most: 11, odd: true });
    expect([4, 5, 6, 7, 11, 12, 13].map((n) => checkMembers(odd, n) === null)).toEqual([false, true, false, true, true, false, false]);
    const any = terms({ kind: "members", least: 5, most: 11, odd: false });
    expect([4, 5, 6, 11, 12].map((n) => checkMembers(any, n) === null)).toEqual([false, true, true, true, false]);
  });
});

describe("notice", () => {
  const three = terms({ kind: "notice", days: 3 });
  test("[PR1] whole days of the community's own calendar, across a change of its clocks", () => {
    expect(noticeBy("2026-03-26T15:59:59.999Z", three, "Asia/Shanghai")).toBe("2026-03-23T16:00:00.000Z");
    expect(noticeBy("2026-03-26T16:00:00.000Z", three, "Asia/Shanghai")).toBe("2026-03-24T16:00:00.000Z");
    // New York goes from UTC−5 to −4 in the night of 8 March 2026.
    expect(noticeBy("2026-03-10T14:00:00.000Z", three, "America/New_York")).toBe("2026-03-08T05:00:00.000Z");
    expect(noticeBy("2026-03-11T14:00:00.000Z", three, "America/New_York")).toBe("2026-03-09T04:00:00.000Z");
  });
  test("[ME12] where notice is asked for, it opens half an hour before the time people were told, and no earlier", () => {
    const called = meeting({ status: "called", terms: three, startsAt: "2026-03-26T11:00:00.000Z" });
    const opening = (m: Meeting, now: string) => refusedFor(open(m, { now, timeZone: "Asia/Shanghai" }));
    expect(opening(called, "2026-03-26T10:29:59.999Z")).toBe("meeting.tooEarly");
    expect(open(called, { now: monday, timeZone: "Asia/Shanghai" })).toMatchObject({ refusal: { params: { when: "2026-03-26 19:00", ruleZh: "1.1 规矩" } } });
    expect(opening(called, "2026-03-26T10:30:00.000Z")).toBe("accepted");
    expect(opening({ ...called, terms: terms() }, monday)).toBe("accepted");
  });
  test("[PR1] opened before midnight, the notice is counted from the day it is held; opened late, from the day it was called for", () => {
    const startsAt = "2026-03-25T16:10:00.000Z";
    const called = meeting({ status: "called", terms: three, startsAt, noticeBy: noticeBy(startsAt, three, "Asia/Shanghai") });
    const at = (now: string) => accepted(open(called, { now, timeZone: "Asia/Shanghai" }));
    expect(at("2026-03-25T15:50:00.000Z")).toMatchObject({ noticeBy: "2026-03-22T16:00:00.000Z" });
    expect(at("2026-03-28T11:00:00.000Z")).toMatchObject({ noticeBy: "2026-03-23T16:00:00.000Z" });
  });
  test("[PR1] without a rule on late items, what came too late for the notice is not decided either", () => {
    const late = meeting({ terms: three, noticeBy: monday, items: [item("item1", "i1", { addedAt: monday })] });
    expect(refusedFor(recorded(late, { method: "consensus" }))).toBe("decision.lateItem");
    expect(refusedFor(recorded({ ...late, terms: terms() }, { method: "consensus" }))).toBe("accepted");
  });
});

describe("quorum", () => {
  test("[PR3] who is represented counts while their proxy is there, and who is recused counts as there", () => {
    const two = terms({ kind: "quorum", share: { numerator: 2, denominator: 3, strict: false } });
    const seats = [seat("a"), seat("b", { presence: "excused", proxyTo: "a" }), seat("c", { presence: "absent" })];
    expect(quorumOf(seats, none, two)).toMatchObject({ met: true, present: 2 });
    expect(quorumOf([seat("a", { presence: "left" }), ...seats.slice(1)], none, two)).toMatchObject({ met: false, present: 0 });
    const recused = meeting({ terms: two, seats: [seat("a"), seat("b"), seat("c", { presence: "absent" })], items: [item("item1", "i1", { recused: ["b"] })] });
    expect(quorumOf(recused.seats, none, recused.terms).met).toBe(true);
  });
  test("[PR4] where a meeting only advises, guests of a party count; where it decides, voters", () => {
    const guest = [seat("a"), seat("x", { party: "experts", votes: false })];
    const wanted: { kind: "parties"; parties: "experts"[] } = { kind: "parties", parties: ["experts"] };
    expect(quorumOf(guest, none, terms(wanted, { kind: "advises" })).met).toBe(true);
    expect(quorumOf(guest, none, terms(wanted)).met).toBe(false);
  });
});

describe("proxies", () => {
  const one = meeting({
    terms: terms({ kind: "proxies", most: 2, sameParty: false }),
    seats: [seat("a"), ...["b", "c", "d"].map((p) => seat(p, { presence: "excused" })), seat("guest", { votes: false })],
  });
  const give = (m: Meeting, from: string, to: string | null) => represent(m, from, to);
  const given = (m: Meeting, from: string, to: string | null) => evolveMeeting(m, accepted(give(m, from, to)), by);
  test("[PR9] at most so many for one, by somebody else with a vote, and only where the procedure knows proxies", () => {
    const two = given(given(one, "b", "a"), "c", "a");
    expect(refusedFor(give(two, "d", "a"))).toBe("meeting.proxyMost");
    expect(refusedFor(give(two, "c", "a"))).toBe("accepted");
    expect(refusedFor(give(one, "b", "b"))).toBe("meeting.proxyWhom");
    expect(refusedFor(give(one, "b", "guest"))).toBe("meeting.proxyWhom");
    expect(refusedFor(give(one, "guest", "a"))).toBe("meeting.noVoteToGive");
    expect(refusedFor(give({ ...one, terms: terms() }, "b", "a"))).toBe("meeting.noProxies");
    expect(refusedFor(give({ ...one, terms: terms({ kind: "proxies", most: 0, sameParty: false }) }, "b", "a"))).toBe("meeting.proxiesForbidden");
    // What was given before can be taken back under any rule.
    expect(refusedFor(give({ ...given(one, "b", "a"), terms: terms() }, "b", null))).toBe("accepted");
  });
  test("[PR9] not for who is there, and not through who is represented too, from either end", () => {
    expect(refusedFor(give(one, "a", "b"))).toBe("meeting.proxyPresent");
    const two = given(one, "b", "a");
    expect(refusedFor(give(two, "c", "b"))).toBe("meeting.proxyWhom");
    const third = given(one, "c", "d");
    expect(refusedFor(give(third, "d", "a"))).toBe("meeting.proxyWhom");
  });
  test("[PR9] within one party, where the rule says so: nobody is two parties", () => {
    const own = meeting({
      terms: terms({ kind: "proxies", most: 2, sameParty: true }, { kind: "parties", parties: ["branch", "property"] }),
      seats: [seat("a", { party: "branch" }), seat("b", { party: "branch", presence: "excused" }), seat("c", { party: "property", presence: "excused" })],
    });
    expect([refusedFor(give(own, "b", "a")), refusedFor(give(own, "c", "a"))]).toEqual(["accepted", "meeting.proxyOtherParty"]);
    expect(quorumOf(given(own, "b", "a").seats, none, own.terms).missing).toEqual([{ kind: "party", party: "property" }]);
  });
  test("[PR9] it ends when it is taken back, and when the person comes", () => {
    const two = given(one, "b", "a");
    expect(given(two, "b", null).seats[1]?.proxyTo).toBeNull();
    expect(evolveMeeting(two, accepted(takeSeat(two, "b", "present", null)), by).seats[1]).toMatchObject({ presence: "present", proxyTo: null });
    expect(evolveMeeting(two, accepted(checkIn(two, "b"))[0] as never, { ...by, actorId: "b" }).seats[1]?.proxyTo).toBeNull();
  });
});

describe("recusal", () => {
  const m = meeting({
    items: [item("item1", "i1"), item("item2", "i2")],
    seats: [seat("a"), seat("b"), seat("c", { presence: "excused", proxyTo: "b" }), seat("x", { votes: false })],
  });
  const without = evolveMeeting(m, accepted(recuse(m, "item1", "b", "my garage", own)), by);
  test("[PR11] who is recused has no vote on that item, nor does anybody through them; on others they have", () => {
    expect(votersOn(without, "item1").map((s) => s.personId)).toEqual(["a"]);
    expect(votersOn(without, "item2").map((s) => s.personId)).toEqual(["a", "b", "c"]);
    const vote = opened(without);
    expect(refusedFor(casting(vote, without, "b"))).toBe("vote.recused");
    expect(refusedFor(casting(vote, without, "c", "b"))).toBe("vote.recused");
    expect(refusedFor(recorded(without, { method: "showOfHands", counts: hands(2) }))).toBe("decision.moreHandsThanPeople");
  });
  test("[PR11] once, by somebody with a vote, on an item of the agenda", () => {
    expect(refusedFor(recuse(without, "item1", "b", "again", own))).toBe("meeting.alreadyRecused");
    expect(refusedFor(recuse(m, "item1", "x", "guest", own))).toBe("meeting.noVoteToGive");
    expect(refusedFor(recuse(m, "nowhere", "a", "x", own))).toBe("meeting.noSuchItem");
  });
  test("[PR11] with everybody recused there is nothing to vote on", () => {
    const all = { ...m, items: [item("item1", "i1", { recused: ["a", "b", "c"] })] };
    expect(refusedFor(opening(all))).toBe("vote.nobodyToVote");
    expect(refusedFor(recorded(all, { method: "consensus" }))).toBe("decision.notCarried");
  });
});

describe("votes", () => {
  const m = meeting({ seats: [seat("a"), seat("b"), seat("c"), seat("d", { presence: "excused", proxyTo: "a" }), seat("x", { votes: false })] });
  test("[VO1] one at a time, while the meeting sits, on an item of its agenda", () => {
    expect(refusedFor(opening(m))).toBe("accepted");
    expect(refusedFor(opening(m, {}, [opened(m)]))).toBe("vote.anotherRuns");
    expect(refusedFor(opening({ ...m, status: "called" }))).toBe("meeting.notInSession");
    expect(refusedFor(opening(m, { itemId: "nowhere" }))).toBe("meeting.noSuchItem");
    expect(refusedFor(close(m, new Set(), true, "a"))).toBe("meeting.voteRuns");
  });
  test("[VO2] cast, changed, and no more once closed", () => {
    const vote = opened(m);
    const [first] = accepted(casting(vote, m, "a"));
    const once = evolveVote(vote, first as never, { ...by, actorId: "a" });
    expect(accepted(casting(once, m, "a"))).toEqual([]);
    const [changed] = accepted(cast(once, m, { personId: "a", choice: "against" }, { actorId: "a", writes: false }));
    const twice = evolveVote(once, changed as never, { ...by, actorId: "a" });
    expect(twice.ballots).toEqual([{ personId: "a", choice: "against", by: null }]);
    expect(refusedFor(casting(counted(twice, m), m, "b"))).toBe("vote.closed");
    expect(refusedFor(casting(opened(m, { method: "showOfHands" }), m, "a"))).toBe("vote.byHands");
  });
  test("[VO2] a press made from a page that showed another ballot does not undo a newer one", () => {
    const press = (vote: Vote, choice: Ballot["choice"], was?: Ballot["choice"] | "") =>
      refusedFor(cast(vote, m, { personId: "a", choice, was }, { actorId: "a", writes: false }));
    const [none, against] = [opened(m), ballots(opened(m), { a: "against" })];
    expect([press(none, "for", ""), press(against, "for", "against"), press(against, "for")]).toEqual(["accepted", "accepted", "accepted"]);
    expect([press(against, "for", ""), press(none, "for", "against"), press(against, "for", "abstained")]).toEqual(Array(3).fill("vote.changedMeanwhile"));
    // What stands already is simply so.
    expect(press(against, "against", "")).toBe("accepted");
  });
  test("[VO9] nobody writes over what somebody cast themselves; they may cast over what was written", () => {
    const own = ballots(opened(m), { b: "against" });
    expect(refusedFor(casting(own, m, "b", "a", true))).toBe("vote.castThemselves");
    const noted: Vote = { ...own, ballots: [{ personId: "b", choice: "against", by: "a", noted: true }] };
    expect(refusedFor(casting(noted, m, "b", "a", true))).toBe("accepted");
    const same: Vote = { ...own, ballots: [{ personId: "b", choice: "for", by: "a", noted: true }] };
    expect(evolveVote(same, accepted(casting(same, m, "b"))[0] as never, { ...by, actorId: "b" }).ballots).toEqual([
      { personId: "b", choice: "for", by: null },
    ]);
    const said = evolveVote(noted, accepted(casting(noted, m, "b"))[0] as never, { ...by, actorId: "b" });
    expect(said.ballots).toEqual([{ personId: "b", choice: "for", by: null }]);
  });
  test("[VO3] for oneself, for whom one represents, or as the recorder of what somebody there says", () => {
    const vote = opened(m);
    expect(refusedFor(casting(vote, m, "b", "a"))).toBe("vote.notYours");
    expect(refusedFor(casting(vote, m, "b", "a", true))).toBe("accepted");
    expect(refusedFor(casting(vote, m, "d", "a"))).toBe("accepted");
    expect(refusedFor(casting(vote, m, "d", "b", true))).toBe("vote.notYours");
    const noted = (personId: string, actorId: string, writes: boolean) =>
      evolveVote(vote, accepted(casting(vote, m, personId, actorId, writes))[0] as never, { ...by, actorId }).ballots;
    expect(noted("b", "a", true)).toEqual([{ personId: "b", choice: "for", by: "a", noted: true }]);
    expect(noted("d", "a", true)).toEqual([{ personId: "d", choice: "for", by: "a" }]);
    expect(refusedFor(casting(vote, m, "d"))).toBe("vote.notYours");
    expect(refusedFor(casting(vote, m, "x"))).toBe("vote.noVote");
    expect(refusedFor(casting(vote, { ...m, seats: m.seats.map((s) => (s.personId === "b" ? { ...s, presence: "left" } : s)) }, "b"))).toBe("vote.notThere");
  });
  test("[VO4] a ballot cast counts though its voter has left; one of somebody who recused themselves since is kept and does not", () => {
    const vote = ballots(opened(m), { a: "for", b: "for", c: "against" });
    expect(counted(vote, m)).toMatchObject({ whole: 4, status: "lost", counts: hands(2, 1) });
    for (const presence of ["left", "absent"] as const) {
      const left = { ...m, seats: m.seats.map((s) => (s.personId === "c" ? { ...s, presence } : s)) };
      expect(counted(vote, left)).toMatchObject({ whole: 4, status: "lost", counts: hands(2, 1) });
    }
    const recused = { ...m, items: [item("item1", "i1", { recused: ["b"] })] };
    const after = counted(vote, recused);
    expect(after).toMatchObject({ whole: 3, status: "lost", counts: hands(1, 1) });
    expect(after.ballots).toContainEqual({ personId: "b", choice: "for", by: null, uncounted: true });
    expect(ballotsThatCount(after, m)).toHaveLength(2);
    // Nobody's ballot counts through somebody recused.
    const through: Vote = { ...vote, ballots: [...vote.ballots, { personId: "d", choice: "for", by: "a" }] };
    expect(counted(through, { ...m, items: [item("item1", "i1", { recused: ["a"] })] })).toMatchObject({ whole: 2, counts: hands(1, 1) });
  });
  test("[VO14] while a vote is open only one's own word recuses, and nobody strikes another's ballot", () => {
    const recusing = (own: boolean, voting: boolean) => refusedFor(recuse(m, "item1", "b", "his car", { own, voting }));
    expect([recusing(false, true), recusing(true, true), recusing(false, false)]).toEqual(["meeting.recuseWhileVoting", "accepted", "accepted"]);
  });
  test("[VO5] no ballot is cast while the quorum is lost; what was cast before stays", () => {
    const vote = ballots(opened(m), { b: "against" });
    const gone = {
      ...m,
      quorum: { numerator: 1, denominator: 1, parties: [] },
      seats: m.seats.map((s) => (s.personId === "c" ? { ...s, presence: "left" as const } : s)),
    };
    expect([refusedFor(casting(vote, gone, "b")), refusedFor(casting(vote, gone, "a")), refusedFor(casting(vote, m, "a"))]).toEqual([
      "meeting.noQuorumHeads",
      "meeting.noQuorumHeads",
      "accepted",
    ]);
    expect(ballotsThatCount(vote, gone)).toHaveLength(1);
  });
  test("[VO10] the count keeps how many held a vote, were there or represented, and who did not vote", () => {
    const named = counted(ballots(opened(m), { a: "for", b: "for" }), m);
    const there = attended(named);
    expect(there).toMatchObject({ entitled: m.seats.filter((s) => s.votes).length, silent: 2 });
    expect((there?.present ?? 0) + (there?.represented ?? 0)).toBe(4);
    expect(there?.notVoted).toHaveLength(2);
    expect(there?.notVoted).not.toContain("a");
    const raised = opened(m, { method: "showOfHands" });
    const closed = accepted(closeVote(raised, { meeting: m }, hands(3)));
    expect(attended(evolveVote(raised, closed, by))).toMatchObject({ silent: 1, notVoted: [] });
    expect(attended(raised)).toBeNull();
  });
  test("[VO5] hands are never more than people, and some are up", () => {
    const vote = opened(m, { method: "showOfHands" });
    const closing = (given: Counts) => refusedFor(closeVote(vote, { meeting: m }, given));
    expect([closing(hands(4)), closing(hands(3, 1, 1)), closing({})]).toEqual(["accepted", "decision.moreHandsThanPeople", "decision.noHands"]);
    expect(closing({ branch: { for: 1, against: 0, abstained: 0 } })).toBe("decision.moreHandsThanPeople");
  });
  test("[VO5] when the quorum has left, a vote is not counted; it can be called off", () => {
    const vote = opened(m);
    const gone = {
      ...m,
      quorum: { numerator: 1, denominator: 1, parties: [] },
      seats: m.seats.map((s) => (s.personId === "c" ? { ...s, presence: "left" as const } : s)),
    };
    expect(refusedFor(closeVote(vote, { meeting: gone }, {}))).toBe("meeting.noQuorumHeads");
    expect(refusedFor(voidVote(vote, gone, off("quorum")))).toBe("accepted");
    expect(refusedFor(voidVote(vote, m, off("quorum")))).toBe("vote.quorumThere");
  });
  test("[VO6] called off before the count it counts for nothing, and stays as it stood; once counted it is not called off", () => {
    const open = ballots(opened(m), { a: "for", b: "against", c: "against" });
    const void1 = evolveVote(open, accepted(voidVote(open, m, off("question"))), by);
    expect(void1).toMatchObject({ status: "void", ground: "question", reason: "in words", counts: hands(1, 2) });
    expect(void1.ballots).toHaveLength(3);
    expect(refusedFor(recorded(m, {}, { vote: void1 }))).toBe("decision.voteOpen");
    expect(refusedFor(voidVote(void1, m, off("question")))).toBe("vote.standsAlready");
    for (const choice of ["for", "against"] as const) {
      const vote = counted(ballots(opened(m), { a: choice, b: choice, c: choice }), m);
      expect(refusedFor(voidVote(vote, m, off("question")))).toBe("vote.countedAlready");
    }
  });
  test("[VO11] what went by name goes on by name: no hands, no consensus, no chair's word after a roll call that was off or lost", () => {
    const open = ballots(opened(m), { a: "for", b: "against", c: "against" });
    const void1 = evolveVote(open, accepted(voidVote(open, m, off("disturbed"))), by);
    const lost = counted(open, m);
    const nobody = evolveVote(opened(m), accepted(voidVote(opened(m), m, off("disturbed"))), by);
    const again = (vote: Vote, method: "rollCall" | "showOfHands", question = "Another way?") => refusedFor(opening(m, { method, question }, [vote]));
    for (const vote of [void1, lost]) {
      expect([again(vote, "showOfHands"), again(vote, "rollCall")]).toEqual(["vote.byNameAgain", "accepted"]);
      for (const method of ["consensus", "showOfHands"] as const) {
        const said = { method, text: "other words", counts: hands(4) };
        const earlier = [{ itemId: "item1", outcome: "deferred" as const, voteId: vote.id }];
        expect(refusedFor(recorded(m, said, { votes: [vote], earlier }))).toBe("decision.byNameAgain");
        expect(refusedFor(recorded(m, { ...said, counts: {}, outcome: "deferred" }, { votes: [vote], earlier }))).toBe("accepted");
      }
    }
    expect([again(nobody, "showOfHands"), again({ ...void1, itemId: "item2" }, "showOfHands")]).toEqual(["accepted", "accepted"]);
  });
  test("[VO12] a question that was counted is not put again in the same meeting, nor agreed to in another way", () => {
    const byHands = opened(m, { method: "showOfHands" });
    for (const vote of [counted(byHands, m, hands(1, 3)), counted(byHands, m, hands(4))]) {
      expect(refusedFor(opening(m, { question: " so" }, [vote]))).toBe("vote.answeredAlready");
      expect(opening(m, { question: "SO？！" }, [vote])).toMatchObject({ refusal: { field: "question" } });
      expect(refusedFor(opening(m, { question: "So, by June?" }, [vote]))).toBe("accepted");
      const earlier = [{ itemId: "item1", outcome: "deferred" as const, voteId: vote.id }];
      expect(refusedFor(recorded(m, { method: "consensus" }, { votes: [vote], earlier }))).toBe("decision.votedAlready");
      expect(refusedFor(recorded(m, { method: "consensus", text: "By June." }, { votes: [vote], earlier }))).toBe("accepted");
      expect(refusedFor(recorded(m, { method: "consensus", text: "By June." }, { votes: [vote] }))).toBe("decision.voteStands");
    }
    const called = evolveVote(byHands, accepted(voidVote(byHands, m, off("question"))), by);
    expect(refusedFor(opening(m, {}, [called]))).toBe("accepted");
  });
  test("[VO13] a decision from a vote is the motion as it was put; other words, when it is made or corrected, are refused", () => {
    const carried = counted(ballots(opened(m), { a: "for", b: "for", c: "for" }), m);
    expect(recorded(m, { text: "So! And 500,000 besides." }, { vote: carried })).toMatchObject({ refusal: { code: "decision.otherWords", field: "text" } });
    expect(refusedFor(recorded(m, { text: "Later.", outcome: "deferred" }, { vote: carried }))).toBe("decision.otherWords");
    expect([motionOf("先修路，同意吗？"), motionOf("Mend the road, agreed?"), motionOf("先修路。"), motionOf("Which?"), motionOf("同意吗？")]).toEqual([
      "先修路。",
      "Mend the road.",
      "先修路。",
      "Which?",
      "同意吗？",
    ]);
    const stands = decision({ method: "rollCall", voteId: "v1", counts: carried.counts, text: "So?" });
    expect(amend(stands, m, { text: "Something else", method: "rollCall", counts: {} }, carried)).toMatchObject({
      refusal: { code: "decision.otherWords", field: "text" },
    });
  });
  test("[VO7] a decision says what its vote said, by the way it was taken, and no other is recorded while one runs", () => {
    const carried = counted(ballots(opened(m), { a: "for", b: "for", c: "for" }), m);
    const lost = counted(ballots(opened(m), { a: "for", b: "against", c: "for" }), m);
    const other = { ...carried, itemId: "item2" };
    expect(refusedFor(recorded(m, {}, { vote: carried }))).toBe("accepted");
    expect(refusedFor(recorded(m, { outcome: "rejected" }, { vote: carried }))).toBe("decision.carriedAll");
    expect(refusedFor(recorded(m, {}, { vote: lost }))).toBe("decision.notCarried");
    expect(refusedFor(recorded(m, { outcome: "rejected" }, { vote: lost }))).toBe("accepted");
    expect(refusedFor(recorded(m, { method: "consensus" }, { vote: carried }))).toBe("decision.otherMethod");
    expect(refusedFor(recorded(m, {}, { vote: other }))).toBe("decision.voteOpen");
    expect(refusedFor(recorded(m, {}, { vote: opened(m) }))).toBe("decision.voteOpen");
    expect(refusedFor(recorded(m, {}))).toBe("decision.noVote");
    expect(refusedFor(recorded(m, { method: "consensus" }, { votes: [opened(m)] }))).toBe("decision.voteOpen");
  });
  test("[VO7] one vote gives one decision, whatever that came to", () => {
    const carried = counted(ballots(opened(m), { a: "for", b: "for", c: "for" }), m);
    const earlier = (outcome: DecisionOutcome, voteId: string | null) => ({ vote: carried, earlier: [{ itemId: "item1", outcome, voteId }] });
    for (const outcome of ["adopted", "deferred"] as const) {
      expect(refusedFor(recorded(m, {}, earlier(outcome, carried.id)))).toBe("decision.onThisVote");
      expect(refusedFor(recorded(m, {}, earlier(outcome, "another")))).toBe("accepted");
      expect(refusedFor(recorded(m, {}, earlier(outcome, null)))).toBe("accepted");
    }
  });
  test("[VO8] correcting a decision keeps its vote's count; wording alone is corrected though somebody has left", () => {
    const vote = counted(ballots(opened(m), { a: "for", b: "for", c: "for" }), m);
    const stands = decision({ method: "rollCall", voteId: "v1", counts: vote.counts });
    expect(accepted(amend(stands, m, { text: "So?", method: "rollCall", counts: {} }, vote))).toMatchObject({ counts: vote.counts });
    expect(amend(stands, m, { text: "So?", method: "rollCall", counts: hands(0, 3) }, vote)).toMatchObject({
      refusal: { code: "decision.votedFigures", field: "counts" },
    });
    expect(refusedFor(amend(stands, m, { text: "So?", method: "consensus", counts: {} }, vote))).toBe("decision.otherMethod");
    const byHands = decision({ method: "showOfHands", counts: hands(4) });
    const gone = { ...m, seats: m.seats.map((s) => (s.personId === "c" ? { ...s, presence: "left" as const } : s)) };
    expect(refusedFor(amend(byHands, gone, { text: "better", method: "showOfHands", counts: hands(4) }, null))).toBe("accepted");
    expect(refusedFor(amend(byHands, gone, { text: "better", method: "showOfHands", counts: hands(3, 1) }, null))).toBe("decision.moreHandsThanPeople");
  });
  test("[VO8] a new count or way of deciding asks for the quorum, and on a late item there is none", () => {
    const byHands = decision({ method: "showOfHands", counts: hands(3) });
    const four = meeting({ seats: ["a", "b", "c", "d"].map((p) => seat(p)) });
    const corrected = (m: Meeting, method: "showOfHands" | "consensus", counts: Counts) =>
      refusedFor(amend(byHands, m, { text: "better", method, counts }, null));
    const all = (m: Meeting) => [corrected(m, "showOfHands", hands(2)), corrected(m, "consensus", hands(0)), corrected(m, "showOfHands", hands(3))];
    const one = { ...four, seats: four.seats.map((s) => (s.personId === "a" ? s : { ...s, presence: "left" as const })) };
    expect(all({ ...four, seats: four.seats.slice(0, 3) })).toEqual(["accepted", "accepted", "accepted"]);
    expect(all(one)).toEqual(["meeting.noQuorumHeads", "meeting.noQuorumHeads", "accepted"]);
    const late = { ...four, seats: four.seats.slice(0, 3), terms: terms({ kind: "lateItems" }), noticeBy: monday };
    expect(all(late)).toEqual(["decision.lateItem", "decision.lateItem", "accepted"]);
  });
});

test("[ME8] whoever is on the list checks in, once, while the meeting is not over; others do not", () => {
  const m = meeting({ seats: [seat("a", { presence: "unknown" }), seat("x", { votes: false, presence: "unknown" })] });
  expect(accepted(checkIn(m, "a"))).toHaveLength(1);
  expect(accepted(checkIn({ ...m, seats: [seat("a")] }, "a"))).toEqual([]);
  expect(accepted(checkIn(m, "x"))).toHaveLength(1);
  expect(refusedFor(checkIn(m, "stranger"))).toBe("meeting.notInvited");
  expect(refusedFor(checkIn({ ...m, status: "closed" }, "a"))).toBe("meeting.over");
});

test("[ME10] an agenda holds 80 items and not 81", () => {
  const full = (n: number) => meeting({ items: Array.from({ length: n }, (_, k) => item(`item${k}`, `issue${k}`)) });
  const entry = { issue: issue({ id: "one more", stays: [stay({ bodyId: "council" })] }), course: null, waits: false, onOtherAgenda: false };
  const adding = (n: number) => refusedFor(addItem(full(n), council(), entry, { id: "x", issueId: "one more", minutes: 5, carried: 0 }));
  expect([adding(79), adding(80)]).toEqual(["accepted", "meeting.agendaFull"]);
});

describe("the floor", () => {
  const m = meeting({
    items: [item("item1", "i1"), item("item2", "i2")],
    floor: { ...emptyFloor, itemId: "item1", since: monday },
    seats: [seat("a"), seat("b"), seat("c"), seat("gone", { presence: "absent" })],
  });
  const later = (minutes: number) => new Date(Date.parse(monday) + minutes * 60_000).toISOString();
  const follow = (meeting: Meeting, events: readonly FloorEvent[], actorId = "chair", minute = 0): Meeting => ({
    ...meeting,
    floor: events.reduce((floor, event) => floorAfter(floor, event, { actorId, at: later(minute) }), meeting.floor),
  });
  const raise = (m: Meeting, who: string, minute: number, kind: "speak" | "order" = "speak") => follow(m, accepted(raiseHand(m, who, kind)), who, minute);
  const queue = (m: Meeting) => queueOf(m.floor).map((h) => h.personId);
  test("[FL1] who spoke least comes first, then who waited longest; points of order before all", () => {
    let now = raise(raise(m, "a", 1), "b", 2);
    expect(queue(now)).toEqual(["a", "b"]);
    now = follow(now, accepted(giveFloor(now, "a")), "chair", 3);
    now = raise(raise(follow(now, accepted(endFloor(now)), "chair", 4), "a", 5), "c", 6);
    expect(queue(now)).toEqual(["b", "c", "a"]);
    expect(queue(raise(now, "a", 7, "order"))).toEqual(["a", "b", "c"]);
  });
  test("[FL2] a hand raised twice is one hand, of the later kind; who speaks needs none", () => {
    const once = raise(m, "a", 1);
    expect(accepted(raiseHand(once, "a", "speak"))).toEqual([]);
    expect(raise(once, "a", 2, "order").floor.hands).toEqual([{ personId: "a", kind: "order", at: later(2) }]);
    const speaking = follow(once, accepted(giveFloor(once, "a")), "chair", 2);
    expect(speaking.floor.hands).toEqual([]);
    expect(accepted(raiseHand(speaking, "a", "speak"))).toEqual([]);
    expect(follow(once, accepted(lowerHand(once, "a"))).floor.hands).toEqual([]);
  });
  test("[ME19] who has no vote asks to speak, and raises no point of order", () => {
    const observed = meeting({ ...m, seats: [...m.seats, seat("guest", { votes: false, role: "observer" })] });
    expect(refusedFor(raiseHand(observed, "guest", "order"))).toBe("meeting.orderForMembers");
    expect(accepted(raiseHand(observed, "guest", "speak"))).toHaveLength(1);
    expect(accepted(raiseHand(observed, "a", "order"))).toHaveLength(1);
  });
  test("[FL3] only who is there speaks; who leaves neither speaks nor waits", () => {
    expect([refusedFor(raiseHand(m, "gone", "speak")), refusedFor(giveFloor(m, "gone"))]).toEqual(["meeting.notThere", "meeting.notThere"]);
    const speaking = raise(follow(m, accepted(giveFloor(m, "a"))), "b", 1);
    const without = (who: string) => evolveMeeting(speaking, accepted(takeSeat(speaking, who, "excused", null)), by).floor;
    expect([without("a").speaker, without("b").hands]).toEqual([null, []]);
    expect(without("a").hands).toHaveLength(1);
  });
  test("[FL4] going to an item ends who speaks, forgets turns and hands, and adds up the time spent", () => {
    const speaking = raise(follow(m, accepted(giveFloor(m, "a"))), "b", 1);
    const next = follow(speaking, accepted(takeItem(speaking, "item2", false)), "chair", 10);
    expect(next.floor).toMatchObject({ itemId: "item2", since: later(10), speaker: null, turns: {}, spent: { item1: 600_000 } });
    const back = follow(
      follow(next, accepted(takeItem(next, "item1", false)), "chair", 12),
      accepted(takeItem({ ...next, floor: { ...next.floor, itemId: "item1" } }, "item2", false)),
      "chair",
      15,
    );
    expect(back.floor.spent).toEqual({ item1: 780_000, item2: 120_000 });
    expect(accepted(takeItem(m, "item1", false))).toEqual([]);
    expect(refusedFor(takeItem(m, "nowhere", false))).toBe("meeting.noSuchItem");
  });
  test("[FL5] while a vote is open the meeting stays at its item", () => {
    expect([refusedFor(takeItem(m, "item2", true)), refusedFor(takeItem(m, "item2", false)), refusedFor(takeItem(m, "item1", true))]).toEqual([
      "meeting.voteOpen",
      "accepted",
      "accepted",
    ]);
  });
  test("[FL4] nothing of the floor outside a session", () => {
    const over = { ...m, status: "closed" as const };
    const all = [takeItem(over, "item2", false), raiseHand(over, "a", "speak"), lowerHand(over, "a"), giveFloor(over, "a"), endFloor(over)];
    expect(new Set(all.map(refusedFor))).toEqual(new Set(["meeting.notInSession"]));
  });
});
