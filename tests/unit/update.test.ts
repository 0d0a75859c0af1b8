// The reader of updates against Yjs itself: whatever it takes, a real document can apply; what honest clients write, it takes.
import fc from "fast-check";
import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { inOrder } from "../../app/collab/order";
import { type Id, kinds } from "../../app/collab/struct";
import { birthOf, firstBirth } from "../../realtime/births";
import { lengthOf } from "../../realtime/bytes";
import { LiveDocument, OtherHistory, OutOfStep } from "../../realtime/document";
import { inRows, type Laid, merged, read } from "../../realtime/merge";
import { Packed } from "../../realtime/packed";
import { Piece } from "../../realtime/piece";
import { addDeleted, birthUpdate, Malformed, type Ranges, scan } from "../../realtime/update";
import { dice } from "../support/soak";

const birth = birthOf("log", "room");

/** A few clients that write, delete and format at random places, and exchange what they wrote now and then. */
const edits = fc.array(
  fc.record({
    who: fc.integer({ min: 0, max: 3 }),
    what: fc.constantFrom("write", "delete", "format", "element", "attribute", "map", "array", "meet"),
    at: fc.integer({ min: 0, max: 30 }),
    text: fc.oneof(fc.string({ minLength: 1, maxLength: 5 }), fc.string({ unit: fc.constantFrom("a", "é", "议", "😀"), minLength: 1, maxLength: 5 })),
  }),
  { minLength: 1, maxLength: 60 },
);
type Edit = { who: number; what: string; at: number; text: string };

function live(all: readonly Edit[]): { docs: Y.Doc[]; updates: { who: number; update: Uint8Array }[] } {
  const updates: { who: number; update: Uint8Array }[] = [];
  const docs = [0, 1, 2, 3].map((who) => {
    const doc = new Y.Doc({ gc: who % 2 === 0 });
    doc.clientID = 100 + who;
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "others") updates.push({ who, update });
    });
    return doc;
  });
  for (const { who, what, at, text } of all) {
    const doc = docs[who] as Y.Doc;
    const words = doc.getText("words");
    const tree = doc.getXmlFragment("tree");
    if (what === "write") words.insert(Math.min(at, words.length), text);
    else if (what === "delete") words.delete(Math.min(at, words.length), Math.min(3, words.length - Math.min(at, words.length)));
    else if (what === "format" && words.length > at) words.format(at, 1, { bold: true });
    else if (what === "element") tree.insert(Math.min(at, tree.length), [new Y.XmlElement("p")]);
    else if (what === "attribute" && tree.length > 0) (tree.get(at % tree.length) as Y.XmlElement).setAttribute("a", text);
    else if (what === "map") doc.getMap("map").set(text, { deep: [text, at, null, at / 3] });
    else if (what === "array") doc.getArray("array").push([text, at]);
    else if (what === "meet") for (const other of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)), "others");
  }
  return { docs, updates };
}
const contentOf = (doc: Y.Doc) => ({
  words: doc.getText("words").toDelta(),
  tree: doc.getXmlFragment("tree").toString(),
  map: doc.getMap("map").toJSON(),
  array: doc.getArray("array").toJSON(),
});
const built = (pieces: readonly Uint8Array[]) => {
  const doc = new Y.Doc();
  for (const piece of pieces) Y.applyUpdate(doc, piece);
  expect(doc.store.pendingStructs).toBeNull();
  expect(doc.store.pendingDs).toBeNull();
  return doc;
};

/** One letter of a client, between two neighbours: no client of Yjs would choose them. */
function letter(client: number, left: Id | null, right: Id | null, text: string): Uint8Array {
  const e = encoding.createEncoder();
  for (const n of [1, 1, client, 0]) encoding.writeVarUint(e, n);
  encoding.writeUint8(e, kinds.text | (left ? 128 : 0) | (right ? 64 : 0));
  for (const each of [left, right]) {
    if (!each) continue;
    encoding.writeVarUint(e, each.client);
    encoding.writeVarUint(e, each.clock);
  }
  encoding.writeVarString(e, text);
  encoding.writeVarUint(e, 0);
  return encoding.toUint8Array(e);
}

/** What a document holds of words whose beginnings it lacks goes. */
function forgetPending({ store }: Y.Doc): void {
  store.pendingStructs = null;
  store.pendingDs = null;
}

describe("a document kept as bytes", () => {
  test("[RT-DOC-1] holds what a real document holds, and knows what somebody lacks", () =>
    fc.assert(
      fc.property(edits, fc.integer({ min: 0, max: 3 }), (all, reader) => {
        const { docs, updates } = live(all);
        const kept = new LiveDocument(birth, null, []);
        const stored: Uint8Array[] = [];
        for (const { update } of updates) {
          const taken = kept.take(update);
          if (taken) stored.push(taken.update);
          // What is known already is nothing new, whoever sends it again.
          expect(kept.take(update)).toBeNull();
        }
        const real = built(updates.map((u) => u.update));
        expect(contentOf(built([kept.whole()]))).toEqual(contentOf(real));
        const again = new LiveDocument(birth, null, stored);
        expect(contentOf(built([again.whole()]))).toEqual(contentOf(real));
        expect(again.vector).toEqual(kept.vector);
        const doc = docs[reader] as Y.Doc;
        for (const piece of again.lacking(Y.decodeStateVector(Y.encodeStateVector(doc)))) Y.applyUpdate(doc, piece, "others");
        expect(contentOf(doc)).toEqual(contentOf(real));
        // Its answer brings no new words now: at most it says of a lost attribute that it is deleted, and says it once.
        const answer = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(real));
        expect(again.take(answer)?.runs ?? []).toEqual([]);
        expect(again.take(answer)).toBeNull();
        expect(contentOf(built([again.whole()]))).toEqual(contentOf(real));
      }),
      { numRuns: 300 },
    ));

  test("[RT-DOC-1] what somebody lacks is cut out wherever their knowledge ends, and is no more than they lack and a little", () => {
    const docs = [1, 2, 3].map((clientID) => Object.assign(new Y.Doc(), { clientID }));
    const updates: Uint8Array[] = [];
    for (const doc of docs)
      doc.on("update", (update: Uint8Array, from: unknown) => {
        if (from === "others") return;
        updates.push(update);
        for (const other of docs) if (other !== doc) Y.applyUpdate(other, update, "others");
      });
    for (let n = 0; n < 600; n++) {
      const words = (docs[(n * 7) % 3] as Y.Doc).getText("words");
      if (n % 5 === 4) words.delete((n * 13) % words.length, 1);
      else words.insert((n * 31) % (words.length + 1), String(n));
    }
    const whole = new Piece(merged(updates));
    const real = contentOf(docs[0] as Y.Doc);
    for (let known = 0; known < updates.length; known += 7) {
      const doc = built(updates.slice(0, known));
      const lacking = whole.lacking(Y.decodeStateVector(Y.encodeStateVector(doc)));
      const least = Y.diffUpdate(whole.bytes, Y.encodeStateVector(doc)).length;
      expect(lacking.length).toBeLessThan(2 * least + 1000);
      Y.applyUpdate(doc, lacking);
      expect(doc.store.pendingStructs).toBeNull();
      expect(contentOf(doc)).toEqual(real);
    }
  });

  test("[RT-DOC-1] updates laid one after the other are what they were one by one, read as they are laid", () =>
    fc.assert(
      fc.property(edits, fc.nat(), (all, twice) => {
        const list = live(all).updates.map((each) => read(each.update));
        if (list.length === 0) return;
        const one = inRows(list);
        const { runs, structsEnd, deleted } = scan(one.update);
        expect({ runs, structsEnd, deleted }).toEqual({ runs: one.runs, structsEnd: one.structsEnd, deleted: one.deleted });
        // One that does not go on where the last ended is merged.
        const again = inRows([...list, list[twice % list.length] as Laid]);
        const real = contentOf(built([merged(list.map(({ update }) => update))]));
        for (const { update } of [one, again]) expect(contentOf(built([update]))).toEqual(real);
        expect(one.update.length).toBeLessThanOrEqual(lengthOf(list.map(({ update }) => update)));
      }),
    ));

  test("[RT-DOC-1] what is packed comes back as it was, whatever its length, and after some of it was dropped", () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1, 30, 5000, 40_000, 70_000), { maxLength: 20 }), fc.nat(20), (sizes, dropped) => {
        const items = sizes.map((size, n) => new Uint8Array(size).fill(n + 1));
        const packed = new Packed();
        const holds = (rest: readonly Uint8Array[]) => {
          expect(packed.count).toBe(rest.length);
          expect(packed.bytes).toBe(lengthOf(rest));
          expect(packed.lengths()).toEqual(rest.map(({ length }) => length));
          expect(Buffer.concat(packed.list()).equals(Buffer.concat(rest))).toBe(true);
          expect(Buffer.from(packed.shared()).equals(Buffer.concat(rest))).toBe(true);
        };
        for (const item of items) packed.push(item);
        const views = packed.list();
        holds(items);
        packed.drop(dropped);
        for (const item of items) packed.push(item);
        holds([...items.slice(dropped), ...items]);
        // Who holds a view of what was dropped sees it as it was.
        expect(Buffer.concat(views).equals(Buffer.concat(items))).toBe(true);
      }),
    ));

  test("[RT-DOC-2] what was changed in the bytes is refused, or applies to a real document without harm", () =>
    fc.assert(
      fc.property(edits, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 }), (all, changes) => {
        const { updates } = live(all);
        const kept = new LiveDocument(birth, null, []);
        const taken: Uint8Array[] = [];
        for (const { update } of updates) {
          const bad = update.slice();
          for (const [at, value] of changes) bad[at % bad.length] = value;
          for (const attempt of [bad, update]) {
            try {
              const news = kept.take(attempt);
              if (news) taken.push(news.update);
            } catch (error) {
              expect([Malformed, OutOfStep, OtherHistory]).toContain((error as Error).constructor);
            }
          }
        }
        const doc = built([kept.whole()]);
        expect(contentOf(built(taken))).toEqual(contentOf(doc));
        // What a real document makes of it can be read again.
        scan(Y.encodeStateAsUpdate(doc));
      }),
      { numRuns: 500 },
    ));

  test("[RT-DOC-3] noise is refused by the same kind of error", () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
        try {
          scan(noise);
          Y.decodeUpdate(noise);
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
        }
      }),
      { numRuns: 5000 },
    ));

  test("[RT-DOC-4] words whose beginnings are missing are out of step, and nothing of them stays", () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => updates.push(update));
    doc.getText("words").insert(0, "a");
    doc.getText("words").insert(1, "b");
    const kept = new LiveDocument(birth, null, []);
    expect(() => kept.take(updates[1] as Uint8Array)).toThrow(OutOfStep);
    expect(kept.whole()).toEqual(birthUpdate(birth));
    kept.take(updates[0] as Uint8Array);
    kept.take(updates[1] as Uint8Array);
    expect(built([kept.whole()]).getText("words").toString()).toBe("ab");
  });

  test("[RT-STEP-3] of an update that leans on words nobody has, what stands is taken: no more than a real document could place, and no less", () =>
    fc.assert(
      fc.property(
        edits,
        fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
        (all, lost, known) => {
          const { updates } = live(all);
          const kept = new LiveDocument(birth, null, []);
          const here = new Y.Doc();
          const page = new Y.Doc();
          for (const [n, { update }] of updates.entries()) {
            if (lost[n % lost.length]) continue;
            // What somebody knows though nobody lost it: it stands here as far as it can.
            if (known[n % known.length]) {
              kept.take(kept.standing(update));
              Y.applyUpdate(here, update);
              forgetPending(here);
            }
            Y.applyUpdate(page, update);
          }
          const answer = Y.encodeStateAsUpdate(page);
          kept.take(kept.standing(answer));
          Y.applyUpdate(here, answer);
          forgetPending(here);
          expect(contentOf(built([kept.whole()]))).toEqual(contentOf(here));
          expect(Y.decodeStateVector(Y.encodeStateVector(built([kept.whole()])))).toEqual(
            new Map([...Y.decodeStateVector(Y.encodeStateVector(here)), [birth, 1]]),
          );
          // What was lost comes after all: then all of it stands.
          for (const { update } of updates) kept.take(kept.standing(update));
          kept.take(kept.standing(answer));
          expect(contentOf(built([kept.whole()]))).toEqual(contentOf(built(updates.map((u) => u.update))));
        },
      ),
      { numRuns: 200 },
    ));

  test("[RT-DOC-5] a struct that leans on itself or on its own later words is malformed", () => {
    // One client, two structs of text; the first names the second as its left neighbour.
    const bad = Uint8Array.from([1, 2, 9, 0, 128 | 4, 9, 1, 1, 97, 128 | 4, 9, 0, 1, 98, 0]);
    expect(() => scan(bad)).toThrow(Malformed);
    // Two clients that lean on each other.
    const knot = Uint8Array.from([2, 1, 9, 0, 128 | 4, 8, 0, 1, 97, 1, 8, 0, 128 | 4, 9, 0, 1, 98, 0]);
    expect(() => new LiveDocument(birth, null, []).take(knot)).toThrow(OutOfStep);
  });

  test("[RT-DOC-6] nested too deep is malformed: those who read it would not come back", () => {
    const doc = new Y.Doc();
    let value: unknown = "bottom";
    for (let n = 0; n < 400; n++) value = [value];
    doc.getArray("a").push([value]);
    expect(() => scan(Y.encodeStateAsUpdate(doc))).toThrow(Malformed);
  });
});

describe("birth", () => {
  test("[RT-BIRTH-1] is one for a room of a log, another in every other, and no client's id", () => {
    expect(birthOf("log", "room")).toBe(birth);
    const births = new Set(Array.from({ length: 1000 }, (_, n) => birthOf(`log ${n % 10}`, `room ${n}`)));
    expect(births.size).toBe(1000);
    for (const each of births) {
      expect(each).toBeGreaterThanOrEqual(firstBirth);
      expect(Number.isSafeInteger(each)).toBe(true);
    }
  });
  test("[RT-BIRTH-2] travels with every document, seen by nobody who reads it", () => {
    const kept = new LiveDocument(birth, null, []);
    const doc = built(kept.lacking(new Map()));
    expect([...doc.share.keys()]).toEqual([]);
    expect(Y.decodeStateVector(Y.encodeStateVector(doc)).get(birth)).toBe(1);
    doc.getText("words").insert(0, "hello");
    const other = built([Y.encodeStateAsUpdate(doc)]);
    expect(other.getText("words").toString()).toBe("hello");
    expect(scan(Y.encodeStateAsUpdate(other)).runs.some((run) => run.client === birth)).toBe(true);
  });
  test("[RT-BIRTH-3] words of another history are refused", () => {
    const other = built([birthUpdate(birthOf("another log", "room"))]);
    other.getText("words").insert(0, "twice?");
    const kept = new LiveDocument(birth, null, []);
    expect(() => kept.take(Y.encodeStateAsUpdate(other))).toThrow(OtherHistory);
    expect(kept.isOther(Y.decodeStateVector(Y.encodeStateVector(other)))).toBe(true);
  });
});

describe("deletions", () => {
  const ranges = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 8 })), { maxLength: 30 });
  test("[RT-DOC-7] what is deleted anew is what was not deleted before", () =>
    fc.assert(
      fc.property(fc.array(ranges, { maxLength: 6 }), (steps) => {
        const known: Ranges = new Map();
        const model = new Set<number>();
        for (const step of steps) {
          const more: Ranges = new Map();
          for (const [from, length] of step) addDeleted(more, new Map([[7, [from, from + length]]]));
          const fresh = addDeleted(known, more);
          const clocks = new Set<number>();
          for (const [from, length] of step) for (let c = from; c < from + length; c++) if (!model.has(c)) clocks.add(c);
          const told: number[] = [];
          const list = fresh.get(7) ?? [];
          for (let n = 0; n < list.length; n += 2) for (let c = list[n] ?? 0; c < (list[n + 1] ?? 0); c++) told.push(c);
          expect(told.sort((a, b) => a - b)).toEqual([...clocks].sort((a, b) => a - b));
          for (const c of clocks) model.add(c);
          const flat = known.get(7) ?? [];
          for (let n = 2; n < flat.length; n += 2) expect(flat[n]).toBeGreaterThan(flat[n - 1] ?? 0);
        }
      }),
    ));
});

describe("opening", () => {
  test("[RT-OPN-1] what was answered once is answered again without work, to whoever lacks the same, until something changes", () => {
    const kept = new LiveDocument(birth, null, []);
    const doc = new Y.Doc();
    doc.on("update", (update: Uint8Array) => kept.take(update));
    doc.getText("words").insert(0, "much ".repeat(50_000));
    const first = kept.lacking(new Map());
    expect(kept.lacking(new Map())).toBe(first);
    // Words of their own that nobody here knows do not matter.
    expect(kept.lacking(new Map([[5, 7]]))).toBe(first);
    expect(kept.knows(new Map([[6, 8]]))).toBe(true);
    doc.getText("words").insert(3, "more");
    const second = kept.lacking(new Map());
    expect(second).not.toBe(first);
    // A large state is not merged with every word: it is told in two pieces, the last of which completes it.
    expect(built(second).getText("words").toString()).toBe(doc.getText("words").toString());
  });
});

describe("order", () => {
  const id = (client: number, clock: number) => ({ client, clock });
  test("[RT-DOC-5] what leans on what is followed however long the chain, and never asked twice", () => {
    // Each client leans on the one before, and they are named in the worst order.
    const staged = new Map<
      number,
      { client: number; clock: number; length: number; left: { client: number; clock: number } | null; right: null; parent: null }[]
    >();
    for (let n = 50_000; n >= 1; n--) staged.set(n, [{ ...id(n, 0), length: 1, left: n === 1 ? null : id(n - 1, 0), right: null, parent: null }]);
    const placed: number[] = [];
    expect(
      inOrder(
        staged,
        () => false,
        ({ client }) => placed.push(client),
      ),
    ).toBe(true);
    expect(placed).toEqual(Array.from({ length: 50_000 }, (_, n) => n + 1));
  });
  test("[RT-DOC-5] a circle, and what leans on what never comes, is not placed", () => {
    const leaning = (client: number, on: number) => ({ ...id(client, 0), length: 1, left: id(on, 0), right: null, parent: null });
    expect(
      inOrder(
        new Map([
          [1, [leaning(1, 2)]],
          [2, [leaning(2, 1)]],
        ]),
        () => false,
        () => {},
      ),
    ).toBe(false);
    expect(
      inOrder(
        new Map([[1, [leaning(1, 9)]]]),
        () => false,
        () => {},
      ),
    ).toBe(false);
    expect(
      inOrder(
        new Map([[1, [leaning(1, 9)]]]),
        ({ client }) => client === 9,
        () => {},
      ),
    ).toBe(true);
  });
  test("[RT-DOC-8] honest words stand in one order, in whatever order they arrive", () =>
    fc.assert(
      fc.property(edits, fc.array(fc.nat(), { minLength: 1, maxLength: 10 }), (all, shuffle) => {
        const { updates } = live(all);
        const one = new LiveDocument(birth, null, []);
        for (const { update } of updates) one.take(update);
        const [other, member] = [new LiveDocument(birth, null, []), new Y.Doc()];
        const waiting = updates.map((u) => u.update);
        const arrives = (at: number): boolean => {
          try {
            const taken = other.take(waiting[at] as Uint8Array);
            if (taken) Y.applyUpdate(member, taken.update);
            waiting.splice(at, 1);
            return true;
          } catch (error) {
            if (!(error instanceof OutOfStep)) throw error;
            return false;
          }
        };
        // One that leans on others is too early; the first of those that are left leans on none of them.
        for (let n = 0; waiting.length > 0; n++) if (!arrives((shuffle[n % shuffle.length] ?? 0) % waiting.length)) expect(arrives(0)).toBe(true);
        expect(contentOf(built([other.whole()]))).toEqual(contentOf(built([one.whole()])));
        expect(contentOf(member)).toEqual(contentOf(built([one.whole()])));
      }),
      { numRuns: 100 },
    ));

  test("[RT-DOC-8] letters forged between neighbours in the wrong order move no other, and are where they are for all who open the document", () => {
    const roll = dice(8);
    for (let life = 0; life < 400; life++) {
      const honest = new Y.Doc();
      honest.clientID = 5;
      for (let n = 0; n < 5; n++) honest.getText("words").insert(roll(n + 1), String(n));
      const neighbour = () => {
        const n = roll(6) - 1;
        return n < 0 ? null : id(5, n);
      };
      const forged = [..."abcd"].flatMap((text, n) => {
        const [left, right] = [neighbour(), neighbour()];
        return (left ?? right) === null || left?.clock === right?.clock ? [] : [letter(10 + n * 20 + roll(15), left, right, text)];
      });
      const orders = [forged, [...forged].reverse(), [...forged.slice(1), ...forged.slice(0, 1)]];
      const opened = orders.map((order) => {
        const document = new LiveDocument(birth, null, []);
        for (const update of [Y.encodeStateAsUpdate(honest), ...order]) document.take(update);
        return built([document.whole()]).getText("words").toString();
      });
      expect(new Set(opened).size).toBe(1);
      expect(opened[0]?.replace(/[a-z]/g, "")).toBe(honest.getText("words").toString());
      expect(opened[0]).toHaveLength(5 + forged.length);
    }
  });

  test("[RT-DOC-7] deletions written in whatever order are read as what they delete", () => {
    // One client, three ranges from the last to the first, two of which touch.
    expect(scan(Uint8Array.from([0, 1, 5, 3, 9, 2, 4, 1, 2, 2])).deleted).toEqual(new Map([[5, [2, 5, 9, 11]]]));
  });
});
