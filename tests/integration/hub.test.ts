// Whose turn it is: several rooms on one hub, while the clock moves only when the test says so.
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import * as Y from "yjs";
import { Hub } from "../../realtime/hub";
import { loopbackLimits } from "../../realtime/limits";
import { Metrics } from "../../realtime/metrics";
import type { Member, Room } from "../../realtime/room";
import { openUpdateLog } from "../../realtime/sqlite-log";
import { words } from "../support/log-contract";
import { folder } from "../support/store";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate", "setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A hub on a real log; `commits` says which rooms each commit held. */
function bench() {
  const log = openUpdateLog(folder());
  const commits: string[][] = [];
  const hub = new Hub({
    log: {
      ...log,
      append(entries) {
        commits.push([...new Set(entries.map((entry) => entry.room))]);
        log.append(entries);
      },
    },
    metrics: new Metrics(),
    limits: loopbackLimits,
    dress: (state) => state,
    idleFor: 60_000,
    now: Date.now,
    onError: (error) => {
      throw error;
    },
    onDropped: () => {},
  });
  onTestFinished(() => hub.close());
  return { hub, commits };
}

function member(over: Partial<Member> = {}): Member {
  const { write = () => true, answered = () => {} } = over;
  return {
    access: "write",
    by: "",
    ours: false,
    listening: false,
    received: 0,
    told: 0,
    asked: 0,
    givesBack: false,
    aside: 0,
    behind: null,
    ...over,
    write,
    answered,
  };
}

/** Somebody who types in a room of this hub, so many letters whenever told to. */
async function typist(hub: Hub, name: string, client: number) {
  const room: Room = await hub.room(name);
  const me = member();
  room.members.add(me);
  const text = words(200, client);
  return (count: number) => {
    for (const update of text.splice(0, count)) {
      room.receive(me, update, false, Date.now());
      hub.schedule(room);
    }
  };
}

test("[RT-FAN-3] a room where little is written does not wait for one where much is written", async () => {
  const { hub, commits } = bench();
  const [much, little] = [await typist(hub, "much", 1), await typist(hub, "little", 2)];
  much(40);
  little(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(commits).toEqual([["much", "little"]]);
  much(10);
  little(1);
  await vi.advanceTimersByTimeAsync(3);
  expect(commits.slice(1)).toEqual([["little"]]);
  // However often it writes: the other is not written sooner for it, nor forgotten.
  for (let n = 0; n < 3; n++) {
    little(1);
    await vi.advanceTimersByTimeAsync(3);
  }
  expect(commits.slice(1)).toEqual([["little"], ["little"], ["little"], ["little"]]);
  await vi.advanceTimersByTimeAsync(30);
  expect(commits.slice(5)).toEqual([["much"]]);
});

test("[RT-FAN-3] rooms that write alike are written together", async () => {
  const { hub, commits } = bench();
  const typists = await Promise.all(Array.from({ length: 20 }, (_, n) => typist(hub, `room ${n}`, n + 1)));
  for (const type of typists) type(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(commits).toHaveLength(1);
  for (const type of typists) {
    type(1);
    await vi.advanceTimersByTimeAsync(0.5);
  }
  await vi.advanceTimersByTimeAsync(20);
  expect(commits).toHaveLength(2);
  expect(commits[1]).toHaveLength(20);
});

test("[RT-FAN-4] a room that brought very much does not wait for more, and the others are not written sooner for it", async () => {
  const { hub, commits } = bench();
  const [much, little] = [await typist(hub, "much", 1), await typist(hub, "little", 2)];
  much(40);
  little(40);
  await vi.advanceTimersByTimeAsync(1);
  expect(commits).toEqual([["much", "little"]]);
  little(20);
  much(20);
  await vi.advanceTimersByTimeAsync(3);
  expect(commits).toHaveLength(1);
  const room = await hub.room("much");
  const doc = new Y.Doc();
  doc.getText("t").insert(0, "x".repeat(40_000));
  room.receive(member(), Y.encodeStateAsUpdate(doc), false, 0);
  hub.schedule(room);
  await vi.advanceTimersByTimeAsync(1);
  expect(commits.slice(1)).toEqual([["much"]]);
  await vi.advanceTimersByTimeAsync(30);
  expect(commits.slice(2)).toEqual([["little"]]);
});

test("[RT-OPN-6] who could not be answered at once is answered without asking again", async () => {
  const { hub } = bench();
  const rooms = await Promise.all(["one", "two", "three"].map((name) => hub.room(name)));
  const answered: string[] = [];
  for (const room of rooms)
    for (let n = 0; n < 9; n++) {
      const write = () => {
        answered.push(room.name);
        // Every answer takes three milliseconds.
        clock.late += 3;
        return true;
      };
      const each = member({ write });
      room.members.add(each);
      room.ask(each, new Map());
      hub.schedule(room);
    }
  const clock = { late: 0 };
  const real = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => real() + clock.late);
  await vi.advanceTimersToNextTimerAsync();
  expect(answered).toEqual(["one"]);
  await vi.advanceTimersByTimeAsync(500);
  expect(answered).toHaveLength(27);
  // One room's crowd holds up no other's.
  expect(new Set(answered.slice(0, 3)).size).toBe(3);
});

test("[RT-OPN-6] of many who ask at once some are told at a time, others' words come between, and all are told in the end", async () => {
  const { hub } = bench();
  const room = await hub.room("asked");
  const heard: string[] = [];
  const [first = new Uint8Array(), second = new Uint8Array()] = words(2);
  const asking = Array.from({ length: 9 }, (_, n) => {
    const each: Member = member({
      // Every answer takes a millisecond.
      write: (...frames) => {
        heard.push(frames.length > 1 ? `answer ${n}` : `word ${n}`);
        vi.advanceTimersByTime(1);
        return true;
      },
    });
    room.members.add(each);
    room.ask(each, new Map());
    return each;
  });
  const writer = member();
  room.members.add(writer);
  room.receive(writer, first, false, 0);
  room.committed(0);
  expect(heard).toEqual([]);
  room.answer(0, 2);
  expect(heard).toEqual(["answer 0", "answer 1", "answer 2"]);
  expect(room.waits).toBe(true);
  room.receive(writer, second, false, 0);
  room.committed(0);
  expect(heard.slice(3)).toEqual(["word 0", "word 1", "word 2"]);
  room.answer(0, 0);
  expect(heard.slice(6)).toEqual(["answer 3"]);
  for (let n = 0; room.waits && n < 9; n++) room.answer(0, 2);
  expect(heard.filter((line) => line.startsWith("answer"))).toEqual(asking.map((_, n) => `answer ${n}`));
});
