// Words that came too late: what a browser kept beyond what the server has.
import { expect, test } from "vitest";
import * as Y from "yjs";
import { lateIn } from "../../app/collab/late";
import { knownIn } from "../../app/collab/read";
import { reconcile } from "../../app/collab/reconcile";
import { minutesField } from "../../app/collab/room";

test("[LI9] only what the server does not have is late, though one writer typed it in a row with what arrived", () => {
  const server = new Y.Doc();
  reconcile(server, {
    items: [{ id: "a" }, { id: "b" }],
    attachments: [],
    votes: [],
    decisions: [],
    tasks: [],
    attendance: [],
  });
  const mine = new Y.Doc();
  const kept: Uint8Array[] = [];
  mine.on("update", (update: Uint8Array) => kept.push(update));
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(server));
  const section = mine.getXmlFragment(minutesField).get(1) as Y.XmlElement;
  const line = section.get(0) as Y.XmlElement;
  const text = new Y.XmlText();
  line.insert(0, [text]);
  text.insert(0, "到了的，");
  Y.applyUpdate(server, Y.encodeStateAsUpdate(mine));
  const known = knownIn(Y.encodeStateAsUpdate(server));
  expect(lateIn(kept, known)).toEqual([]);
  text.insert(text.length, "没到的。");
  const speech = new Y.XmlElement("speech");
  speech.setAttribute("speaker", "业委会主任");
  section.insert(1, [speech, new Y.XmlElement("paragraph")]);
  const said = new Y.XmlText();
  speech.insert(0, [said]);
  said.insert(0, "先换一台。改了主意");
  said.delete(5, 4);
  expect(lateIn(kept, known)).toEqual([
    {
      itemId: "b",
      speaker: "",
      parts: [
        { text: "到了的，", late: false },
        { text: "没到的。", late: true },
      ],
    },
    { itemId: "b", speaker: "业委会主任", parts: [{ text: "先换一台。", late: true }] },
  ]);
  // Nothing is known of another document.
  expect(lateIn(kept, []).length).toBe(2);
});
