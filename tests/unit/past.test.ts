// The past of minutes as people read it: stretches of writing, what changed, and sections brought back.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { changesOf, edits } from "../../app/collab/diff";
import { compare, readPast, restoreSection } from "../../app/collab/past";
import { readMinutes } from "../../app/collab/read";
import { type MinutesShape, reconcile } from "../../app/collab/reconcile";
import { minutesField } from "../../app/collab/room";
import { stretchesOf } from "../../realtime/history";
import type { Moment } from "../../realtime/log";

const minute = 60_000;
/** A document whose writers write at set times, and its history. */
function journal() {
  const moments: Moment[] = [];
  const whole = new Y.Doc({ gc: false });
  const writers = new Map<number, string>();
  return {
    moments,
    whole,
    writers,
    write(by: string, at: number, change: (doc: Y.Doc) => void) {
      const doc = new Y.Doc({ gc: false });
      if (by) writers.set(doc.clientID, by);
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(whole));
      doc.on("update", (update: Uint8Array) => moments.push({ at, by, update }));
      doc.transact(() => change(doc));
      Y.applyUpdate(whole, Y.encodeStateAsUpdate(doc));
    },
    copy() {
      const doc = new Y.Doc({ gc: false });
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(whole));
      return doc;
    },
  };
}
const shape: MinutesShape = { items: [{ id: "i0" }, { id: "i1" }], attachments: [], votes: [], decisions: [], tasks: [], attendance: [] };
const sectionOf = (doc: Y.Doc, n = 0) => doc.getXmlFragment(minutesField).get(n) as Y.XmlElement;
function line(text: string, name = "paragraph"): Y.XmlElement {
  const element = new Y.XmlElement(name);
  element.insert(0, [new Y.XmlText(text)]);
  return element;
}
const textAt = (doc: Y.Doc, n: number) => (sectionOf(doc).get(n) as Y.XmlElement).get(0) as Y.XmlText;

describe("stretches", () => {
  test("[HI1] what one writer writes without a long pause is one stretch, whoever else writes meanwhile", () => {
    const { moments, write } = journal();
    const say = (by: string, at: number, text: string) => write(by, at, (doc) => doc.getText("t").insert(0, text));
    say("wang", 0, "水泵");
    say("li", 1000, "立管");
    say("wang", 2 * minute, "旧了");
    say("li", 2 * minute + 1, "锈");
    say("wang", 8 * minute, "换");
    expect(stretchesOf(moments)).toEqual([
      { by: "wang", from: 0, to: 2 * minute, came: 4, went: 0 },
      { by: "li", from: 1000, to: 2 * minute + 1, came: 3, went: 0 },
      { by: "wang", from: 8 * minute, to: 8 * minute, came: 1, went: 0 },
    ]);
  });
  test("[HI1] each character is counted once as it comes and once as it goes, however often it is sent", () => {
    const { moments, whole, write } = journal();
    write("wang", 0, (doc) => doc.getText("t").insert(0, "水泵是1997年的"));
    write("li", 1, (doc) => doc.getText("t").delete(2, 5));
    moments.push({ at: 2, by: "li", update: Y.encodeStateAsUpdate(whole) });
    write("wang", 3, (doc) => doc.getText("t").delete(0, 3));
    expect(stretchesOf(moments).map(({ by, came, went }) => ({ by, came, went }))).toEqual([
      { by: "li", came: 0, went: 5 },
      { by: "wang", came: 9, went: 3 },
    ]);
  });
  test("[HI1] nobody's stretch is longer than ten minutes; the server's sections are no stretch", () => {
    const { moments, write } = journal();
    write("", 0, (doc) => reconcile(doc, shape));
    for (let n = 0; n < 30; n++) write("wang", n * minute, (doc) => doc.getText("t").insert(0, "字"));
    const found = stretchesOf(moments);
    expect(found.map((s) => s.came)).toEqual([11, 11, 8]);
    expect(found.every((s) => s.by === "wang")).toBe(true);
  });
  test("[HI5] what was written before the minutes were frozen or sent back is no one stretch with what was written after", () => {
    const { moments, write } = journal();
    const say = (at: number, text: string) => write("wang", at, (doc) => doc.getText("t").insert(0, text));
    say(0, "旧");
    say(1000, "旧的");
    say(2000, "新");
    expect(stretchesOf(moments, [1000, 1500]).map(({ from, to, came }) => [from, to, came])).toEqual([
      [0, 1000, 3],
      [2000, 2000, 1],
    ]);
    expect(stretchesOf(moments, [5000])).toHaveLength(1);
  });
  test("[HI1] 200,000 edits are read within two seconds", () => {
    const moments: Moment[] = [];
    const docs = ["a", "b"].map((by) => {
      const doc = new Y.Doc();
      doc.on("update", (update: Uint8Array) => moments.push({ at: moments.length * 20, by, update }));
      return doc;
    });
    for (let n = 0; n < 20_000; n++) {
      const text = docs[n % 2]?.getText("t");
      if (n % 9 === 8) text?.delete(text.length >> 1, 1);
      else text?.insert(text.length, "字");
    }
    // The same again under other client ids: reading knows nothing of what is right.
    const many = Array.from({ length: 10 }, () => moments).flat();
    const begun = performance.now();
    expect(stretchesOf(many).length).toBeGreaterThan(0);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

describe("differences", () => {
  const applied = (changes: ReturnType<typeof changesOf>, left: "came" | "went") =>
    changes
      .filter((c) => c.how !== left)
      .map((c) => c.text)
      .join("");
  test("[HI2] what came and what went give both texts back", () =>
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b, c) => {
        const [before, after] = [a + b, a + c];
        const changes = changesOf(before, after);
        expect(applied(changes, "came")).toBe(before);
        expect(applied(changes, "went")).toBe(after);
      }),
      { seed: 20_261_121 },
    ));
  test("[HI2] the shortest way is found", () => {
    expect(changesOf("泵房水泵是1997年的。", "泵房水泵是2003年的。")).toEqual([
      { how: "same", text: "泵房水泵是" },
      { how: "went", text: "1997" },
      { how: "came", text: "2003" },
      { how: "same", text: "年的。" },
    ]);
    const ways = edits([..."ABCABBA"], [..."CBABAC"], (a, b) => a === b);
    expect(ways.filter((e) => e.how !== "same")).toHaveLength(5);
  });
  test("[HI2] two texts with nothing in common are compared in bounded time", () => {
    const of = (word: string) => Array.from({ length: 60_000 }, (_, n) => `${word}${n}`);
    const begun = performance.now();
    expect(edits(of("a"), of("b"), (a, b) => a === b)).toHaveLength(120_000);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
  test("[HI2] two moments are compared section by section, line by line", () => {
    const { write, copy, writers } = journal();
    write("", 0, (doc) => reconcile(doc, shape));
    write("wang", 1, (doc) => sectionOf(doc).insert(0, [line("水泵旧了"), line("立管锈了")]));
    const before = readPast(copy(), writers);
    write("li", 2, (doc) => {
      textAt(doc, 0).insert(4, "，要换");
      sectionOf(doc).delete(1, 1);
      sectionOf(doc, 1).insert(0, [line("划线")]);
    });
    const found = compare(before, readPast(copy(), writers));
    expect(found.map((s) => s.changed)).toEqual([true, true]);
    expect(found[0]?.blocks.map((b) => [b.how, ...b.changes])).toEqual([
      ["changed", { how: "same", text: "水泵旧了" }, { how: "came", text: "，要换" }],
      ["went", { how: "went", text: "立管锈了" }],
    ]);
    expect(compare(before, before).some((s) => s.changed)).toBe(false);
  });
  test("[HI1] every stretch of words has its writer", () => {
    const { write, copy, writers } = journal();
    write("", 0, (doc) => reconcile(doc, shape));
    write("wang", 1, (doc) => sectionOf(doc).insert(0, [line("水泵旧了")]));
    write("li", 2, (doc) => textAt(doc, 0).insert(2, "太"));
    expect(readPast(copy(), writers)[0]?.blocks[0]?.parts).toEqual([
      { text: "水泵", by: "wang" },
      { text: "太", by: "li" },
      { text: "旧了", by: "wang" },
    ]);
  });
});

describe("bringing back", () => {
  test("[HI3] a section is brought back as the smallest change: what stayed is still its writer's, records stand once where they are", () => {
    const { write, copy, writers, whole } = journal();
    write("", 0, (doc) => reconcile(doc, shape));
    write("wang", 1, (doc) => sectionOf(doc).insert(0, [line("泵房水泵是1997年的"), line("立管锈了")]));
    const then = copy();
    write("", 2, (doc) => reconcile(doc, { ...shape, decisions: [{ id: "d0", itemId: "i0" }], tasks: [{ id: "t0", decisionId: "d0" }] }));
    write("li", 3, (doc) => {
      textAt(doc, 0).delete(5, 4);
      textAt(doc, 0).insert(5, "2003");
      sectionOf(doc).delete(1, 1);
      sectionOf(doc).insert(1, [line("不要了")]);
    });
    write("zhao", 4, (doc) => expect(restoreSection(doc, then, "i0")).toBe(true));
    expect(readMinutes(whole)[0]?.nodes.map((n) => ("runs" in n ? n.runs.map((r) => r.text).join("") : n.kind))).toEqual([
      "泵房水泵是1997年的",
      "立管锈了",
      "decision",
      "task",
      "",
    ]);
    expect(readPast(whole, writers)[0]?.blocks[0]?.parts).toEqual([
      { text: "泵房水泵是", by: "wang" },
      { text: "1997", by: "zhao" },
      { text: "年的", by: "wang" },
    ]);
    write("zhao", 5, (doc) => expect(restoreSection(doc, then, "i0")).toBe(false));
  });
  test("[HI3] any two moments: what is brought back reads as it did, and no record is lost or doubled", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom("in", "out", "type", "cut", "record"), fc.nat(9), fc.nat(9)), { maxLength: 25 }),
        fc.nat(25),
        (steps, at) => {
          const { write, copy, whole } = journal();
          let records = { ...shape, decisions: [] as { id: string; itemId: string }[] };
          write("", 0, (doc) => reconcile(doc, records));
          let then = copy();
          for (const [n, [what, where, much]] of steps.entries()) {
            if (n === at) then = copy();
            write("wang", n, (doc) => {
              const section = sectionOf(doc);
              const node = section.get(where % section.length) as Y.XmlElement;
              const text = node.get(0) as unknown;
              if (what === "in") section.insert(where % (section.length + 1), [line(`line ${n}`, much % 2 ? "speech" : "paragraph")]);
              else if (what === "out" && node.nodeName !== "decision" && section.length > 1) section.delete(where % section.length, 1);
              else if (what === "type" && text instanceof Y.XmlText) text.insert(0, `${n} `, much > 6 ? { bold: true } : {});
              else if (what === "cut" && text instanceof Y.XmlText) text.delete(0, Math.min(much, text.length));
              else if (what === "record") {
                records = { ...records, decisions: [...records.decisions, { id: `d${n}`, itemId: "i0" }] };
                reconcile(doc, records);
              }
            });
          }
          write("li", 99, (doc) => restoreSection(doc, then, "i0"));
          const words = (doc: Y.Doc) =>
            readMinutes(doc)[0]
              ?.nodes.filter((n) => n.kind !== "decision")
              .map((n) => JSON.stringify(n));
          const written = words(then);
          expect(words(whole)).toEqual(written?.length ? written : ['{"kind":"paragraph","runs":[]}']);
          const ids = readMinutes(whole)[0]?.nodes.flatMap((n) => (n.kind === "decision" ? [n.decisionId] : []));
          expect(ids?.sort()).toEqual(records.decisions.map((d) => d.id).sort());
          expect(reconcile(whole, records)).toBe(false);
        },
      ),
      { seed: 20_261_121 },
    ));
});
