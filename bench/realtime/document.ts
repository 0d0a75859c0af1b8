// Documents written edit by edit by one client at random places, the way a server gets to see them.
import * as Y from "yjs";
import { random } from "./random.js";

const together = 50;
const letters = "的一是在不了有和人这中大为上个国我以要他 abcdefghijklmnop";

export type Document = { client: number; clock: number; text: string; state: Uint8Array; frames: Uint8Array[] };

const known = new Map<number, Document>();

/** So many edits, six in seven of them insertions, merged into frames of fifty. */
export function written(edits: number): Document {
  const before = known.get(edits);
  if (before) return before;
  const next = random(edits);
  const doc = new Y.Doc();
  doc.clientID = 1_000_000 + edits;
  const text = doc.getText("content");
  const frames: Uint8Array[] = [];
  let waiting: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => waiting.push(update));
  for (let edit = 1; edit <= edits; edit++) {
    const length = text.length;
    const count = 1 + Math.floor(next() * 3);
    if (length > 10 && next() < 1 / 7) text.delete(Math.floor(next() * (length - count)), count);
    else text.insert(Math.floor(next() * (length + 1)), Array.from({ length: count }, () => letters[Math.floor(next() * letters.length)]).join(""));
    if (waiting.length === together || edit === edits) {
      frames.push(Y.mergeUpdates(waiting));
      waiting = [];
    }
  }
  const document = {
    client: doc.clientID,
    clock: Y.decodeStateVector(Y.encodeStateVector(doc)).get(doc.clientID) ?? 0,
    text: text.toString(),
    state: Y.encodeStateAsUpdate(doc),
    frames,
  };
  known.set(edits, document);
  return document;
}
