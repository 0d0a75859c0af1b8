import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { readMinutes, readState } from "../../app/collab/read";
import { type MinutesShape, reconcile } from "../../app/collab/reconcile";
import { minutesField, parseRoom, roomOf } from "../../app/collab/room";

const shape = (items: number, decisions: readonly number[], tasks: readonly number[]): MinutesShape => ({
  items: Array.from({ length: items }, (_, n) => ({ id: `i${n}` })),
  decisions: decisions.map((item, n) => ({ id: `d${n}`, itemId: `i${item % items}` })),
  tasks: tasks.flatMap((d, n) => (decisions.length > 0 ? [{ id: `t${n}`, decisionId: `d${d % decisions.length}` }] : [])),
});
const shapes = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(20), { maxLength: 6 }), fc.array(fc.nat(20), { maxLength: 6 }))
  .map((of) => shape(...of));
const frame = (doc: Y.Doc) =>
  readMinutes(doc).map((s) => [s.itemId, s.nodes.flatMap((n) => (n.kind === "decision" ? [n.decisionId] : n.kind === "task" ? [n.taskId] : []))]);

describe("sections and blocks", () => {
  test("[LI5] each item has one section in order, each record one block, whatever was there", () =>
    fc.assert(
      fc.property(fc.array(shapes, { minLength: 1, maxLength: 4 }), (steps) => {
        const doc = new Y.Doc();
        for (const step of steps) reconcile(doc, step);
        const last = steps.at(-1);
        if (!last) return;
        const found = readMinutes(doc);
        expect(last.items.map(({ id }) => found.filter((s) => s.itemId === id).length)).toEqual(last.items.map(() => 1));
        const blocks = found.flatMap((s) => s.nodes.flatMap((n) => (n.kind === "decision" ? [n.decisionId] : n.kind === "task" ? [n.taskId] : [])));
        expect(new Set(blocks).size).toBe(blocks.length);
        for (const { id } of [...last.decisions, ...last.tasks]) expect(blocks).toContain(id);
        expect(reconcile(doc, last)).toBe(false);
      }),
      { seed: 20_261_121 },
    ));
  test("[LI5] nothing written is removed, and whoever types at the end goes on below the block", () => {
    const doc = new Y.Doc();
    reconcile(doc, shape(1, [], []));
    const section = doc.getXmlFragment(minutesField).get(0) as Y.XmlElement;
    const line = new Y.XmlElement("paragraph");
    line.insert(0, [new Y.XmlText("said before")]);
    section.insert(0, [line]);
    reconcile(doc, shape(1, [0], [0]));
    expect(readMinutes(doc)[0]?.nodes.map((n) => n.kind)).toEqual(["paragraph", "decision", "task", "paragraph"]);
    expect(frame(doc)).toEqual([["i0", ["d0", "t0"]]]);
    expect(JSON.stringify(readMinutes(doc))).toContain("said before");
  });
  test("[LI5] a block somebody doubled stands once again", () => {
    const doc = new Y.Doc();
    const one = shape(2, [0], []);
    reconcile(doc, one);
    const second = doc.getXmlFragment(minutesField).get(1) as Y.XmlElement;
    const copy = new Y.XmlElement("decision");
    copy.setAttribute("decisionId", "d0");
    second.insert(0, [copy]);
    expect(reconcile(doc, one)).toBe(true);
    expect(frame(doc)).toEqual([
      ["i0", ["d0"]],
      ["i1", []],
    ]);
  });
});

describe("reading", () => {
  test("[LI6] unknown nodes, foreign images and links that run come to nothing", () => {
    const doc = new Y.Doc();
    reconcile(doc, shape(1, [], []));
    const section = doc.getXmlFragment(minutesField).get(0) as Y.XmlElement;
    const image = new Y.XmlElement("image");
    image.setAttribute("src", "https://evil.example/x.png");
    const script = new Y.XmlElement("script");
    const line = new Y.XmlElement("paragraph");
    const text = new Y.XmlText();
    line.insert(0, [text]);
    text.insert(0, "press", { link: { href: "javascript:alert(1)" } });
    section.insert(0, [image, script, line]);
    expect(readMinutes(doc)[0]?.nodes.slice(0, 1)).toEqual([{ kind: "paragraph", runs: [{ text: "press", bold: false, href: null }] }]);
  });
  test("[LI6] whatever a document holds, reading it does not throw", () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom("paragraph", "table", "tableRow", "bulletList", "listItem", "image", "decision", "agendaSection", "x"),
            fc.nat(6),
            fc.anything(),
          ),
          { maxLength: 30 },
        ),
        (steps) => {
          const doc = new Y.Doc();
          reconcile(doc, shape(1, [], []));
          const all: Y.XmlElement[] = [doc.getXmlFragment(minutesField).get(0) as Y.XmlElement];
          for (const [name, into, value] of steps) {
            const element = new Y.XmlElement(name);
            element.setAttribute("src", String(value));
            element.setAttribute("itemId", String(value));
            all[into % all.length]?.insert(0, [element]);
            all.push(element);
          }
          expect(readMinutes(doc).length).toBeGreaterThan(0);
          expect(readState(Y.encodeStateAsUpdate(doc), shape(1, [0], [0]))[0]?.itemId).toBe("i0");
        },
      ),
      { seed: 20_261_121 },
    ));
});

test("[PE1] a room's name means one meeting of one community, or nothing", () => {
  expect(parseRoom(roomOf({ communityId: "c1", meetingId: "m1" }))).toEqual({ communityId: "c1", meetingId: "m1" });
  for (const name of ["", "minutes:", "minutes:c", "minutes:c:m:x", "notes:c:m", "minutes:../x:m", "minutes:C:m"]) expect(parseRoom(name)).toBeNull();
});
