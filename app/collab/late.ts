// What somebody wrote that never reached the server, found in what their browser kept after the minutes were closed.
import * as Y from "yjs";
import { alone } from "./keeper";
import { minutesField } from "./room";

/** How far a document is known, as a page carries it: each client id with the next clock. */
export type Known = [client: number, clock: number][];

/** A line with words that did not arrive, and what of it did. */
export type LateLine = { itemId: string; speaker: string; parts: { text: string; late: boolean }[] };

/** The lines of a document in which something stands beyond `known`, each whole, in their order. */
export function lateLines(doc: Y.Doc, known: ReadonlyMap<number, number>): LateLine[] {
  const lines: LateLine[] = [];
  const walk = (node: Y.XmlElement | Y.XmlFragment, itemId: string): void => {
    for (const child of node.toArray()) {
      if (child instanceof Y.XmlElement) walk(child, child.nodeName === "agendaSection" ? String(child.getAttribute("itemId") ?? "") : itemId);
      else if (child instanceof Y.XmlText) {
        const parts = partsOf(child, known);
        const speaker = node instanceof Y.XmlElement ? String(node.getAttribute("speaker") ?? "") : "";
        if (parts.some((part) => part.late && part.text.trim() !== "")) lines.push({ itemId, speaker, parts });
      }
    }
  };
  walk(doc.getXmlFragment(minutesField), "");
  return lines;
}

function partsOf(text: Y.Text, known: ReadonlyMap<number, number>): LateLine["parts"] {
  const parts: LateLine["parts"] = [];
  const add = (words: string, late: boolean) => {
    const last = parts.at(-1);
    if (words === "") return;
    if (last?.late === late) last.text += words;
    else parts.push({ text: words, late });
  };
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    // What one writer typed in a row is one item, wherever the line broke off.
    const arrived = Math.max(0, (known.get(item.id.client) ?? 0) - item.id.clock);
    add(item.content.str.slice(0, arrived), false);
    add(item.content.str.slice(arrived), true);
  }
  return parts;
}

/** The late lines of what y-indexeddb kept, update by update. */
export function lateIn(kept: readonly Uint8Array[], known: Known): LateLine[] {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of kept) Y.applyUpdate(doc, update);
  });
  const lines = lateLines(doc, new Map(known));
  doc.destroy();
  return lines;
}

/** Throw away what was kept under a name. @returns false, with all of it still there, while a page writes in it. */
export const forget = (name: string): Promise<boolean> => alone(name, () => drop(name));

const drop = (name: string): Promise<void> =>
  new Promise((done, failed) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = () => done();
    asked.onerror = () => failed(asked.error);
  });
