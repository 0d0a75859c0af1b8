// What may be written into minutes: whatever the editor writes, and nothing that would stop it.
import { getSchema } from "@tiptap/core";
import type { ContentMatch } from "@tiptap/pm/model";
import { prosemirrorJSONToYXmlFragment } from "@tiptap/y-tiptap";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { MinutesGrammar, minutesChildren, minutesMarks } from "../../app/collab/grammar";
import { recordNodes } from "../../app/collab/records";
import { minutesExtensions } from "../../app/collab/schema";
import { birthOf } from "../../realtime/births";
import { LiveDocument } from "../../realtime/document";
import { Malformed, scan } from "../../realtime/update";

const field = "minutes";
const kept = () => {
  const grammar = new MinutesGrammar(field, (why) => {
    throw new Malformed(why);
  });
  const document = new LiveDocument(birthOf("log", "room"), null, []);
  return (update: Uint8Array) => document.take(update, grammar);
};
function writer(take: (update: Uint8Array) => unknown): Y.Doc {
  const doc = new Y.Doc();
  doc.on("update", (update: Uint8Array) => take(update));
  return doc;
}
const section = (doc: Y.Doc) => {
  const element = new Y.XmlElement("agendaSection");
  doc.getXmlFragment(field).push([element]);
  return element;
};

describe("[RT-LIM-7] what people write into minutes", () => {
  const schema = getSchema(minutesExtensions());
  test("[RT-LIM-7] the grammar knows the editor's nodes and marks, all of them and no others", () => {
    const nodes = Object.keys(schema.nodes).filter((name) => name !== "doc" && name !== "text");
    expect(Object.keys(minutesChildren).sort()).toEqual(nodes.sort());
    // A child that fits anywhere in a node's content.
    const fits = (parent: string): string[] => {
      const found = new Set<string>();
      const seen = new Set<unknown>();
      const walk = (match: ContentMatch | undefined): void => {
        if (!match || seen.has(match)) return;
        seen.add(match);
        for (let n = 0; n < match.edgeCount; n++) {
          found.add(match.edge(n).type.name === "text" ? "#text" : match.edge(n).type.name);
          walk(match.edge(n).next);
        }
      };
      walk(schema.nodes[parent]?.contentMatch);
      return [...found].sort();
    };
    for (const name of nodes) expect([name, [...(minutesChildren[name] ?? [])].sort()]).toEqual([name, fits(name)]);
    expect([...minutesMarks].sort()).toEqual(Object.keys(schema.marks).sort());
  });
  test("[RT-LIM-7] everything the editor can hold is taken", () => {
    const doc = writer(kept());
    const text = (t: string, marks: object[] = []) => ({ type: "text", text: t, marks });
    const paragraph = (...content: object[]) => ({ type: "paragraph", content });
    prosemirrorJSONToYXmlFragment(
      schema,
      {
        type: "doc",
        content: [
          {
            type: "agendaSection",
            attrs: { itemId: "i1" },
            content: [
              paragraph(text("plain "), text("bold", [{ type: "bold" }]), text("link", [{ type: "link", attrs: { href: "https://a.b" } }])),
              { type: "speech", attrs: { speaker: "Wang" }, content: [text("said"), { type: "hardBreak" }, text("more")] },
              { type: "heading", attrs: { level: 3 }, content: [text("head")] },
              { type: "bulletList", content: [{ type: "listItem", content: [paragraph(text("one"))] }] },
              { type: "table", content: [{ type: "tableRow", content: [{ type: "tableHeader", content: [paragraph(text("th"))] }] }] },
              { type: "image", attrs: { src: "/files/abc" } },
              ...Object.entries(recordNodes).map(([type, attribute]) => ({ type, attrs: { [attribute]: "r" } })),
            ],
          },
        ],
      },
      doc.getXmlFragment(field),
    );
    const [first] = doc.getXmlFragment(field).toArray() as Y.XmlElement[];
    expect(first?.length).toBe(6 + Object.keys(recordNodes).length);
    // And what happens to it afterwards: deleting, formatting, a list in a list.
    const paragraphOne = first?.get(0) as Y.XmlElement;
    const line = paragraphOne.get(0) as Y.XmlText;
    line.delete(0, 3);
    line.format(0, 2, { bold: true });
    first?.delete(2, 1);
    paragraphOne.setAttribute("speaker", "Li");
  });
  test("[RT-LIM-7] what stood already, in whatever order it is stored, is written on; also what stands in garbage", () => {
    // The section is an old client's with a high number, the line in it a new one's with a low number.
    const old = new Y.Doc();
    old.clientID = 4_000_000_000;
    const element = new Y.XmlElement("paragraph");
    section(old).push([element]);
    const young = new Y.Doc();
    young.clientID = 7;
    Y.applyUpdate(young, Y.encodeStateAsUpdate(old));
    const inner = (young.getXmlFragment(field).get(0) as Y.XmlElement).get(0) as Y.XmlElement;
    inner.push([new Y.XmlText("first")]);
    const third = new Y.Doc();
    third.clientID = 5_000_000;
    Y.applyUpdate(third, Y.encodeStateAsUpdate(young));
    const text = ((third.getXmlFragment(field).get(0) as Y.XmlElement).get(0) as Y.XmlElement).get(0) as Y.XmlText;
    text.insert(2, "between");
    const grammar = new MinutesGrammar(field, (why) => {
      throw new Malformed(why);
    });
    const state = Y.encodeStateAsUpdate(third);
    const document = new LiveDocument(birthOf("log", "room"), state, []);
    scan(state, (struct) => grammar.note(struct));
    grammar.end(false);
    grammar.keep();
    const take = (update: Uint8Array) => document.take(update, grammar);
    third.on("update", take);
    text.insert(4, "more");
    text.format(0, 3, { bold: true });
    // Somebody writes in a paragraph that is gone by then.
    const late = new Y.Doc();
    Y.applyUpdate(late, Y.encodeStateAsUpdate(third));
    (third.getXmlFragment(field).get(0) as Y.XmlElement).delete(0, 1);
    const folded = new Y.Doc();
    Y.applyUpdate(folded, Y.encodeStateAsUpdate(third));
    const after = Y.encodeStateAsUpdate(folded);
    const opened = new MinutesGrammar(field, (why) => {
      throw new Malformed(why);
    });
    scan(after, (struct) => opened.note(struct));
    opened.end(false);
    opened.keep();
    const again = new LiveDocument(birthOf("log", "room"), after, []);
    const before = Y.encodeStateVector(late);
    (((late.getXmlFragment(field).get(0) as Y.XmlElement).get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(1, "late");
    expect(again.take(Y.encodeStateAsUpdate(late, before), opened)).not.toBeNull();
    // All of it at once, as a page gives it that comes back, or a history that is put back.
    kept()(Y.encodeStateAsUpdate(third));
  });
  const refused: [string, (doc: Y.Doc, at: Y.XmlElement) => void][] = [
    ["a row in a paragraph", (_doc, at) => at.push([new Y.XmlElement("tableRow")])],
    ["a cell as wide as the world", (_doc, at) => at.setAttribute("colspan", (2 ** 33) as unknown as string)],
    [
      "plain values in a text",
      (_doc, at) => {
        const text = new Y.XmlText();
        at.push([text]);
        (text as unknown as { insertEmbed(n: number, v: unknown): void }).insertEmbed(0, new Y.XmlElement("paragraph"));
      },
    ],
    ["an unknown node", (_doc, at) => at.push([new Y.XmlElement("script")])],
    ["another root", (doc) => doc.getMap("other").set("a", 1)],
    ["text among the sections", (doc) => (doc.getXmlFragment(field) as Y.XmlFragment).push([new Y.XmlText("loose")])],
    ["a paragraph among the sections", (doc) => doc.getXmlFragment(field).push([new Y.XmlElement("paragraph")])],
    ["a map in a paragraph", (_doc, at) => (at as unknown as Y.Array<unknown>).push([new Y.Map()])],
    ["a document in the document", (_doc, at) => (at as unknown as { setAttribute(n: string, v: unknown): void }).setAttribute("sub", new Y.Doc())],
    ["an attribute that is a type", (_doc, at) => (at as unknown as { setAttribute(n: string, v: unknown): void }).setAttribute("x", new Y.Text("no"))],
    [
      "an embed",
      (_doc, at) => {
        const text = new Y.XmlText();
        at.push([text]);
        text.insertEmbed(0, { a: 1 });
      },
    ],
    [
      "an unknown mark",
      (_doc, at) => {
        const text = new Y.XmlText();
        at.push([text]);
        text.insert(0, "x", { blink: true });
      },
    ],
  ];
  test.each(refused)("[RT-LIM-7] %s is refused", (_what, write) => {
    const take = kept();
    const doc = writer(take);
    const at = section(doc);
    const paragraph = new Y.XmlElement("paragraph");
    at.push([paragraph]);
    expect(() => write(doc, paragraph)).toThrow(Malformed);
  });
  test("[RT-LIM-7] nested without end, in one update or in many, is refused", () => {
    const take = kept();
    const doc = writer(take);
    let at = section(doc);
    const deeper = (parent: Y.XmlElement): Y.XmlElement => {
      const [list, item] = [new Y.XmlElement("bulletList"), new Y.XmlElement("listItem")];
      list.push([item]);
      parent.push([list]);
      return item;
    };
    // What people paste is deep at times.
    for (let n = 0; n < 20; n++) at = deeper(at);
    expect(() => {
      for (let n = 0; n < 40; n++) at = deeper(at);
    }).toThrow(Malformed);
    const whole = new Y.Doc();
    let inner = section(whole);
    for (let n = 0; n < 60; n++) inner = deeper(inner);
    expect(() => kept()(Y.encodeStateAsUpdate(whole))).toThrow(Malformed);
  });
});
