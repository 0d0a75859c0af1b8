import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { type MinutesNode, readMinutes, readState } from "../../app/collab/read";
import { type MinutesShape, reconcile } from "../../app/collab/reconcile";
import { isRecordKind, recordNodes } from "../../app/collab/records";
import { minutesField, parseRoom, roomOf } from "../../app/collab/room";
import { movesIn } from "../../app/domain/attendance";
import type { DomainEvent } from "../../app/domain/event";

const shape = (
  items: number,
  decisions: readonly number[],
  tasks: readonly number[],
  more: Partial<Record<"attachments" | "votes" | "attendance", readonly number[]>> = {},
): MinutesShape => {
  const placed = (name: string, of: readonly number[] = []) => of.map((item, n) => ({ id: `${name}${n}`, itemId: `i${item % items}` }));
  return {
    items: Array.from({ length: items }, (_, n) => ({ id: `i${n}` })),
    attachments: placed("h", more.attachments),
    votes: placed("v", more.votes),
    decisions: placed("d", decisions).map((d, n) => ({ ...d, voteId: `v${n}` })),
    tasks: tasks.flatMap((d, n) => (decisions.length > 0 ? [{ id: `t${n}`, decisionId: `d${d % decisions.length}` }] : [])),
    attendance: placed("m", more.attendance),
  };
};
const some = fc.array(fc.nat(20), { maxLength: 6 });
const shapes = fc.tuple(fc.integer({ min: 1, max: 5 }), some, some, fc.record({ attachments: some, votes: some, attendance: some })).map((of) => shape(...of));
const idOf = (node: MinutesNode): string[] => {
  const { kind } = node;
  return isRecordKind(kind) ? [String((node as unknown as Record<string, unknown>)[recordNodes[kind]])] : [];
};
const frame = (doc: Y.Doc) => readMinutes(doc).map((s) => [s.itemId, s.nodes.flatMap(idOf)]);

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
        const blocks = found.flatMap((s) => s.nodes.flatMap(idOf));
        expect(new Set(blocks).size).toBe(blocks.length);
        for (const { id } of [...last.decisions, ...last.tasks, ...last.votes, ...last.attendance, ...last.attachments]) expect(blocks).toContain(id);
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
  test("[BL1] papers stand first, a vote before the decision that stands on it, who came or left where the minutes have got to", () => {
    const doc = new Y.Doc();
    reconcile(doc, shape(2, [0], [0], { attendance: [0] }));
    reconcile(doc, shape(2, [0], [0], { attendance: [0], votes: [0], attachments: [0, 1, 0] }));
    expect(frame(doc)).toEqual([
      ["i0", ["h0", "h2", "v0", "d0", "t0", "m0"]],
      ["i1", ["h1"]],
    ]);
    // As it happens in a room that is open: closed first, decided after.
    const open = new Y.Doc();
    reconcile(open, shape(1, [], [], { votes: [0] }));
    reconcile(open, shape(1, [0], [], { votes: [0] }));
    expect(frame(open)).toEqual([["i0", ["v0", "d0"]]]);
  });
  test("[BL1] records of every kind that somebody doubled stand once again", () => {
    for (const [kind, attribute] of Object.entries(recordNodes)) {
      const doc = new Y.Doc();
      const all = shape(1, [0], [0], { votes: [0], attachments: [0], attendance: [0] });
      reconcile(doc, all);
      const before = frame(doc);
      const section = doc.getXmlFragment(minutesField).get(0) as Y.XmlElement;
      const first = section.toArray().find((n): n is Y.XmlElement => n instanceof Y.XmlElement && n.nodeName === kind);
      const copy = new Y.XmlElement(kind);
      copy.setAttribute(attribute, String(first?.getAttribute(attribute)));
      section.push([copy]);
      expect(reconcile(doc, all)).toBe(true);
      expect(frame(doc)).toEqual(before);
    }
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

test("[BL2] who came or left while the meeting sat stands with the item that was deliberated", () => {
  const at = "2026-03-26T11:40:00.000Z";
  const happened: { event: DomainEvent; version: number; actorId: string; at: string }[] = [];
  const on = { id: "m", bodyId: "b" };
  const then = (event: DomainEvent, actorId = "chair") => happened.push({ event, version: happened.length + 1, actorId, at });
  const seated = (personId: string, presence: "present" | "left" | "absent" | "unknown") =>
    then({ type: "meeting.seated", ...on, personId, presence, guest: null });
  seated("wang", "present");
  seated("li", "present");
  then({ type: "meeting.opened", ...on, noticeBy: at });
  seated("wang", "present");
  seated("li", "left");
  then({ type: "meeting.itemTaken", ...on, itemId: "i1" });
  then({ type: "meeting.checkedIn", ...on }, "zhao");
  // Put down wrongly, and put right: nobody left.
  seated("zhao", "unknown");
  seated("li", "present");
  then({ type: "meeting.closed", ...on, unfinished: [] });
  expect(movesIn(happened, "i0").map((m) => [m.id, m.itemId, m.personId, m.presence])).toEqual([
    ["v5", "i0", "li", "left"],
    ["v7", "i1", "zhao", "present"],
    ["v9", "i1", "li", "present"],
  ]);
});

test("[PP16] what a mended roll contradicts did not happen", () => {
  const at = "2026-03-26T11:40:00.000Z";
  const on = { id: "m", bodyId: "b" };
  const happened: { event: DomainEvent; version: number; actorId: string; at: string }[] = [];
  const then = (event: DomainEvent) => happened.push({ event, version: happened.length + 1, actorId: "chair", at });
  const seated = (personId: string, presence: "present" | "left") => then({ type: "meeting.seated", ...on, personId, presence, guest: null });
  const mended = (personId: string, presence: "present" | "absent") =>
    then({ type: "meeting.seatMended", ...on, personId, was: "left", presence, words: { reason: "wrong" } });
  const moves = () => movesIn(happened, "i0").map((m) => [m.personId, m.presence]);
  then({ type: "meeting.opened", ...on, noticeBy: at });
  for (const personId of ["wang", "li"]) seated(personId, "present");
  for (const personId of ["wang", "li"]) seated(personId, "left");
  then({ type: "meeting.closed", ...on, unfinished: [] });
  expect(moves()).toHaveLength(4);
  mended("wang", "absent");
  expect(moves()).toEqual([
    ["li", "present"],
    ["li", "left"],
  ]);
  mended("li", "present");
  expect(moves()).toEqual([["li", "present"]]);
});

test("[BL4] votes, decisions and comings placed in one go stand in the order in which they happened", () => {
  const at = (minutes: number) => `2026-03-26T11:${minutes}:00.000Z`;
  const doc = new Y.Doc();
  reconcile(doc, {
    items: [{ id: "i" }],
    attachments: [],
    votes: [
      { id: "v1", itemId: "i", at: at(20) },
      { id: "v2", itemId: "i", at: at(40) },
    ],
    decisions: [{ id: "d1", itemId: "i", voteId: "v1", at: at(25) }],
    tasks: [],
    attendance: [
      { id: "m1", itemId: "i", at: at(10) },
      { id: "m2", itemId: "i", at: at(30) },
    ],
  });
  expect(frame(doc)).toEqual([["i", ["m1", "v1", "d1", "m2", "v2"]]]);
});

test("[PE1] a room's name means one meeting of one community, or nothing", () => {
  expect(parseRoom(roomOf({ communityId: "c1", meetingId: "m1" }))).toEqual({ communityId: "c1", meetingId: "m1" });
  for (const name of ["", "minutes:", "minutes:c", "minutes:c:m:x", "notes:c:m", "minutes:../x:m", "minutes:C:m"]) expect(parseRoom(name)).toBeNull();
});
