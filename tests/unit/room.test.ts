// What the room's pages are told: the time box, the vote that is shown, the ballots of each, the size of a title.
import { describe, expect, test } from "vitest";
import { endFloor, raiseHand } from "../../app/domain/floor";
import type { Vote } from "../../app/domain/vote";
import { spell } from "../../app/enhance/clocks";
import { type Outcome, type Press, Presses } from "../../app/enhance/queue";
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
  turnout: null,
  openedBy: "a",
  openedAt: monday,
  closedAt: null,
  ground: null,
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
  test("[RO12] who is in the room, who is represented and who is recused are said apart", () => {
    expect(showVote(vote(), at, "a", named, false).there).toEqual({ present: 2, represented: 1, recused: 1 });
    const nobody = meeting({ seats: [seat("a"), seat("c")], items: [item("item1", "i1")] });
    expect(showVote(vote(), nobody, "a", named, false).there).toEqual({ present: 2, represented: 0, recused: 0 });
    expect(showVote(vote({ status: "carried", whole: 3 }), at, "a", named, true).there).toBeNull();
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
describe("presses", () => {
  const press = (id: string): Press => ({ id, url: "/", body: "", at: 0, label: id });
  /** What a browser keeps, a queue on it, and a network: what each press that reaches the server is answered, or nothing for ever. */
  function device() {
    const kept = new Map<string, string>();
    const store = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const reached: string[] = [];
    const answers = new Map<string, Outcome | "never">();
    const send = async ({ id }: Press, late: boolean): Promise<Outcome> => {
      reached.push(late ? `${id}, late` : id);
      const answer = answers.get(id) ?? "sent";
      return answer === "never" ? new Promise(() => {}) : answer;
    };
    return { kept, reached, answers, send, page: () => new Presses("k", store) };
  }

  test("[RO4] presses go in the order they were made, each once, and nothing is kept of what was answered", async () => {
    const { page, send, reached, kept } = device();
    const presses = page();
    presses.add(press("one"));
    const flushed = presses.flush(send);
    presses.add(press("two"));
    await Promise.all([flushed, presses.flush(send)]);
    expect(reached).toEqual(["one", "two"]);
    expect([presses.waiting(), kept.size]).toEqual([[], 0]);
  });
  test("[RO4] a press nobody has answered yet outlives its page: opened again, it is sent with the same id", async () => {
    const { page, send, reached, answers, kept } = device();
    const presses = page();
    presses.add(press("ballot"));
    answers.set("ballot", "never");
    void presses.flush(send);
    // The page is not told of as waiting while its first answer may still come.
    expect([presses.waiting(), presses.answered("ballot")]).toEqual([[], false]);
    const again = page();
    expect(again.waiting().map((p) => p.id)).toEqual(["ballot"]);
    answers.clear();
    await again.flush(send);
    expect(reached).toEqual(["ballot", "ballot, late"]);
    expect(kept.size).toBe(0);
  });
  test("[RO4] while the server fails at the first, those behind it wait in their order, and all of them came late", async () => {
    const { page, send, reached, answers } = device();
    const presses = page();
    answers.set("one", "waits");
    presses.add(press("one"));
    presses.add(press("two"));
    await presses.flush(send);
    presses.add(press("three"));
    await presses.flush(send);
    expect(presses.waiting().map((p) => p.id)).toEqual(["one", "two", "three"]);
    answers.clear();
    await presses.flush(send);
    expect(reached).toEqual(["one", "one, late", "one, late", "two, late", "three, late"]);
    expect(presses.all()).toEqual([]);
  });
  test("[RO4] a device that is full, or keeps nothing for pages, says so", () => {
    const full = () => {
      throw new Error("full");
    };
    expect(new Presses("k", { getItem: () => null, setItem: full, removeItem: full }).add(press("one"))).toBe(false);
    const blocked = new Presses("k", null);
    expect([blocked.add(press("one")), blocked.all()]).toEqual([false, []]);
  });
});
