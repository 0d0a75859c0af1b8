// What the room's pages are told: the time box, the vote that is shown, the ballots of each, the size of a title.
import { describe, expect, test } from "vitest";
import { endFloor, raiseHand } from "../../app/domain/floor";
import type { Vote } from "../../app/domain/vote";
import { spell } from "../../app/enhance/clocks";
import { type Press, Presses } from "../../app/enhance/queue";
import { ballotsOf, outcomesOf, shownVote, showVote, standsAlone, timeUp, titleStep, whyNot } from "../../app/views/room";
import { accepted, item, meeting, monday, refusedFor, seat } from "../support/given";

const vote = (over: Partial<Vote> = {}): Vote => ({
  communityId: "c",
  id: "v1",
  meetingId: "m1",
  itemId: "item1",
  issueId: "i1",
  bodyId: "council",
  question: "Replace the pumps?",
  method: "rollCall",
  share: { numerator: 1, denominator: 2, strict: true },
  base: "present",
  status: "open",
  ballots: [],
  counts: {},
  whole: 0,
  openedBy: "a",
  openedAt: monday,
  closedAt: null,
  reason: "",
  version: 1,
  ...over,
});
const named = (personId: string) => ({ name: personId, party: "owners" as const });

describe("the floor, for presses that waited", () => {
  const at = meeting({ items: [item("item1", "i1"), item("item2", "i2")] });
  const floor = { ...at.floor, itemId: "item2", since: monday };
  test("[RO8] a hand for an item the meeting has left is refused; one for this item is up", () => {
    expect(refusedFor(raiseHand({ ...at, floor }, "a", "speak", "item1"))).toBe("meeting.itemLeft");
    expect(accepted(raiseHand({ ...at, floor }, "a", "speak", "item2"))).toHaveLength(1);
    expect(accepted(raiseHand({ ...at, floor }, "a", "speak"))).toHaveLength(1);
  });
  test("[RO8] “finished” ends only the speech of whom it was said", () => {
    const speaks = { ...at, floor: { ...floor, speaker: { personId: "b", kind: "speak" as const, at: monday, since: monday } } };
    expect(accepted(endFloor(speaks, "a"))).toEqual([]);
    expect(accepted(endFloor(speaks, "b"))).toHaveLength(1);
    expect(accepted(endFloor(speaks))).toHaveLength(1);
  });
});

describe("a vote by name on somebody's screen", () => {
  const seats = [seat("a"), seat("b", { presence: "absent", proxyTo: "a" }), seat("c"), seat("d", { presence: "left" }), seat("e", { votes: false })];
  const at = meeting({ seats, items: [item("item1", "i1", { recused: ["c"] })] });
  const mine = (personId: string) => ballotsOf(at, "item1", personId).map((s) => s.personId);
  test("[RO9] one's own ballot first, then whom one represents", () => {
    expect(mine("a")).toEqual(["a", "b"]);
    expect(mine("b")).toEqual([]);
  });
  test("[RO9] recused, gone or without a vote: no ballot, and the reason", () => {
    for (const who of ["c", "d", "e"]) expect(mine(who)).toEqual([]);
    expect(["a", "c", "d", "e", "stranger"].map((who) => whyNot(at, "item1", who))).toEqual([null, "recused", "notThere", "noVote", "noVote"]);
  });
  test("it is counted as it stands, with how many it takes", () => {
    const shown = showVote(vote({ ballots: [{ personId: "a", choice: "for", by: null }] }), at, "a", named, false);
    expect(shown).toMatchObject({ voters: 2, cast: 1, whole: 2, needed: 2, total: { for: 1, against: 0, abstained: 0 } });
    expect(shown.list).toMatchObject([
      { personId: "a", choice: "for", proxy: null },
      { personId: "b", choice: null, proxy: "a" },
    ]);
    expect(shown.mine.map((m) => m.choice)).toEqual(["for", null]);
  });
  test("a closed one shows what it came to, and no buttons", () => {
    const closed = vote({ status: "carried", whole: 3, counts: { owners: { for: 2, against: 0, abstained: 1 } } });
    expect(showVote(closed, at, "a", named, true)).toMatchObject({ mine: [], whyNot: null, whole: 3, needed: 2, decided: true });
  });
});

test("the vote that runs is shown before any other, and a vote that was called off never", () => {
  const [old, off, runs] = [vote({ id: "old", status: "lost" }), vote({ id: "off", status: "void" }), vote({ id: "runs", itemId: "item2" })];
  expect(shownVote([old, off, runs], "item1")?.id).toBe("runs");
  expect(shownVote([old, off], "item1")?.id).toBe("old");
  expect(shownVote([old], "item2")).toBeNull();
});
test("a decision may be what its vote came to, or put off", () => {
  expect(outcomesOf({ status: "carried" })).not.toContain("rejected");
  expect(outcomesOf({ status: "lost" })).toEqual(["rejected", "deferred"]);
  expect(outcomesOf(null)).toHaveLength(4);
});
test("a time box counts what was spent on its item before", () => {
  expect(timeUp("2026-03-26T11:00:00.000Z", 15, 0)).toBe("2026-03-26T11:15:00.000Z");
  expect(timeUp("2026-03-26T11:00:00.000Z", 15, 10 * 60_000)).toBe("2026-03-26T11:05:00.000Z");
});
test("a longer title is a step smaller, in Chinese and in English", () => {
  expect(["二次供水改造", "二次供水改造：高层早晚没水，泵房和立管", "长".repeat(40), "长".repeat(80)].map(titleStep)).toEqual([1, 2, 3, 4]);
  expect(titleStep("Parking")).toBe(1);
  expect(["长".repeat(70), "长".repeat(71)].map(standsAlone)).toEqual([false, true]);
  expect(titleStep("Water retrofit: no water upstairs mornings and nights")).toBe(3);
});
test("clocks are spelt with seconds where the words have them", () => {
  expect(spell("{m}:{s}", 106_000)).toBe("1:46");
  expect(spell("{m}:{s}", 65_000)).toBe("1:05");
  expect(spell("还剩{m}分{s}秒", 200_000)).toBe("还剩3分20秒");
  expect(spell("还剩{m}分钟", 61_000)).toBe("还剩2分钟");
});
test("[RO4] presses wait in the order they were made, and each goes once", () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const press = (id: string): Press => ({ id, url: "/", body: "", at: 0, label: id, late: false });
  const presses = new Presses("k", store);
  presses.add(press("one"));
  presses.add(press("two"));
  // Another tab, or the same after a battery died.
  const again = new Presses("k", store);
  expect(again.first()?.id).toBe("one");
  again.drop("one");
  expect(presses.all().map((p) => p.id)).toEqual(["two"]);
  presses.drop("two");
  expect(kept.size).toBe(0);
});
