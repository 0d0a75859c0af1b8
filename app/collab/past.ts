// The minutes at a moment of their past: who wrote which words, what changed between two moments, and how a section is
// brought back without taking anything from its history.
import * as Y from "yjs";
import { type Change, changesOf, edits } from "./diff";
import { isRecordKind, type RecordKind, recordNodes } from "./records";
import { minutesField } from "./room";

/** What one writer wrote without a long pause: times in milliseconds since 1970, characters that came and went. */
export type Stretch = { by: string; from: number; to: number; came: number; went: number };

/** The past of live documents, wherever they are served. */
export type LivePast = {
  /** Who wrote when, in the order in which the stretches ended; none goes over one of `turns`. */
  stretches(room: string, turns?: readonly number[]): Stretch[];
  /** What `read` finds in the document as it stood at each of some times, with the writers of its client ids. */
  at<T>(room: string, times: readonly number[], read: (doc: Y.Doc, writers: ReadonlyMap<number, string>) => T): T[];
};

/** What became of a person's change made on the server: on disk, no longer theirs to make, or more than a document holds. */
export type ChangeMade = "saved" | "notNow" | "tooMuch";
export type ChangeAs = (room: string, by: string, may: () => Promise<boolean>, change: (doc: Y.Doc) => void) => Promise<ChangeMade>;

export type Written = { text: string; by: string };
/** The words of a text in their order, each stretch with its writer: the person's id, or empty for the server. */
export function whoWrote(text: Y.Text, writers: ReadonlyMap<number, string>): Written[] {
  const found: Written[] = [];
  for (let item = text._start; item !== null; item = item.right)
    if (!item.deleted && item.content instanceof Y.ContentString) add(found, item.content.str, writers.get(item.id.client) ?? "");
  return found;
}
function add(to: Written[], text: string, by: string): void {
  const last = to.at(-1);
  if (last?.by === by) last.text += text;
  else to.push({ text, by });
}

// The blocks the server alone makes: a section brought back never takes, doubles or moves one.
const recordId = (node: Y.XmlElement): string => (isRecordKind(node.nodeName) ? String(node.getAttribute(recordNodes[node.nodeName]) ?? "") : "");
const isRecord = (node: Y.XmlElement): boolean => isRecordKind(node.nodeName);

export type PastBlock = {
  /** What tells it from every other, at any moment. */
  key: string;
  kind: "paragraph" | "heading" | "speech" | "item" | "cell" | "image" | RecordKind;
  /** Who speaks; of a record its id. */
  label: string;
  parts: Written[];
};
export type PastSection = { itemId: string; blocks: PastBlock[] };

const isElement = (node: unknown): node is Y.XmlElement => node instanceof Y.XmlElement;
const elementsOf = (node: Y.XmlElement | Y.XmlFragment): Y.XmlElement[] => node.toArray().filter(isElement);
const sectionsOf = (doc: Y.Doc): Y.XmlElement[] => elementsOf(doc.getXmlFragment(minutesField)).filter((node) => node.nodeName === "agendaSection");
const keyOf = (node: Y.XmlElement): string => (node._item ? `${node._item.id.client}:${node._item.id.clock}` : "");
/** Deeper than any minutes go. */
const deepest = 64;

/** The minutes of a document as blocks of words with their writers. */
export const readPast = (doc: Y.Doc, writers: ReadonlyMap<number, string>): PastSection[] =>
  sectionsOf(doc).map((section) => ({
    itemId: String(section.getAttribute("itemId") ?? ""),
    blocks: elementsOf(section).flatMap((node) => blocksOf(node, writers, null, 0)),
  }));

function blocksOf(node: Y.XmlElement, writers: ReadonlyMap<number, string>, within: "item" | "cell" | null, depth: number): PastBlock[] {
  if (depth > deepest) return [];
  const key = keyOf(node);
  const by = writers.get(node._item?.id.client ?? 0) ?? "";
  const inside = (kind: typeof within) => elementsOf(node).flatMap((child) => blocksOf(child, writers, kind, depth + 1));
  switch (node.nodeName) {
    case "paragraph":
    case "heading":
    case "speech":
      return [{ key, kind: within ?? node.nodeName, label: String(node.getAttribute("speaker") ?? "").slice(0, 60), parts: partsOf(node, writers) }];
    case "image":
      return [{ key, kind: "image", label: "", parts: [{ text: String(node.getAttribute("alt") ?? "").slice(0, 200), by }] }];
    case "bulletList":
    case "orderedList":
    case "listItem":
      return inside("item");
    case "table":
    case "tableRow":
    case "tableCell":
    case "tableHeader":
      return inside("cell");
    default:
      return isRecordKind(node.nodeName) ? [{ key, kind: node.nodeName, label: recordId(node), parts: [] }] : [];
  }
}

function partsOf(node: Y.XmlElement, writers: ReadonlyMap<number, string>): Written[] {
  const parts: Written[] = [];
  for (const child of node.toArray()) {
    if (child instanceof Y.XmlText) for (const { text, by } of whoWrote(child, writers)) add(parts, text, by);
    else if (isElement(child) && child.nodeName === "hardBreak") add(parts, "\n", writers.get(child._item?.id.client ?? 0) ?? "");
  }
  return parts;
}

const textOf = (block: PastBlock): string => block.parts.map((p) => p.text).join("");
export type ComparedBlock = Pick<PastBlock, "key" | "kind" | "label"> & { how: "same" | "came" | "went" | "changed"; changes: Change[] };
export type ComparedSection = { itemId: string; blocks: ComparedBlock[]; changed: boolean };

/** What changed from one moment to another, section by section in the order of the later one. Empty lines are left out. */
export function compare(before: readonly PastSection[], after: readonly PastSection[]): ComparedSection[] {
  const found = after.map((section) => section.itemId);
  const gone = before.filter((section) => !found.includes(section.itemId)).map((section) => section.itemId);
  const of = (sections: readonly PastSection[], itemId: string) => sections.find((s) => s.itemId === itemId)?.blocks ?? [];
  return [...found, ...gone].map((itemId) => {
    const blocks = compareBlocks(of(before, itemId), of(after, itemId)).filter((b) => b.changes.length > 0 || isRecordBlock(b));
    return { itemId, blocks, changed: blocks.some((b) => b.how !== "same") };
  });
}
const isRecordBlock = (block: Pick<PastBlock, "kind">): boolean => isRecordKind(block.kind);

function compareBlocks(before: readonly PastBlock[], after: readonly PastBlock[]): ComparedBlock[] {
  const compared: ComparedBlock[] = [];
  let went: PastBlock[] = [];
  let came: PastBlock[] = [];
  const flush = () => {
    // A line written anew where another stood is that line changed, when something of it stayed.
    for (const [n, block] of went.entries()) {
      const next = came[n];
      const changed = next && next.kind === block.kind && !isRecordBlock(block) ? changedBlock(block, next) : null;
      if (changed?.changes.some((c) => c.how === "same")) {
        compared.push(changed);
        came[n] = { ...next, key: "" } as PastBlock;
      } else compared.push(wholeBlock(block, "went"));
    }
    compared.push(...came.filter((block) => block.key !== "").map((block) => wholeBlock(block, "came")));
    went = [];
    came = [];
  };
  const same = (a: PastBlock, b: PastBlock) =>
    a.key === b.key || (a.kind === b.kind && a.label === b.label && (isRecordBlock(a) || (textOf(a) !== "" && textOf(a) === textOf(b))));
  for (const edit of edits(before, after, same)) {
    if (edit.how === "went") went.push(edit.before);
    else if (edit.how === "came") came.push(edit.after);
    else {
      flush();
      compared.push(changedBlock(edit.before, edit.after));
    }
  }
  flush();
  return compared;
}

const wholeBlock = (block: PastBlock, how: "came" | "went"): ComparedBlock => {
  const text = textOf(block);
  return { key: block.key, kind: block.kind, label: block.label, how, changes: text ? [{ how, text }] : [] };
};
function changedBlock(before: PastBlock, after: PastBlock): ComparedBlock {
  const changes = changesOf(textOf(before), textOf(after));
  const how = before.label === after.label && changes.every((c) => c.how === "same") ? "same" : "changed";
  return { key: after.key, kind: after.kind, label: after.label, how, changes };
}

/**
 * Write a section as it stood in `then` into `doc`, as the smallest change there is: what is the same stays its writer's.
 * Records stay where they are. @returns whether anything had to change; false too when either has no such section.
 */
export function restoreSection(doc: Y.Doc, then: Y.Doc, itemId: string): boolean {
  const section = (of: Y.Doc) => sectionsOf(of).find((node) => node.getAttribute("itemId") === itemId);
  const [now, old] = [section(doc), section(then)];
  if (!now || !old) return false;
  const kept = (node: Y.XmlElement) => ({ node, key: keyOf(node), mark: node.toString() });
  let changed = false;
  let at = 0;
  // What comes back stands before the records that came in its place.
  let passed = 0;
  const same = (a: ReturnType<typeof kept>, b: ReturnType<typeof kept>) => a.key === b.key || a.mark === b.mark;
  for (const edit of edits(elementsOf(now).map(kept), elementsOf(old).map(kept), same)) {
    if (edit.how === "same") {
      at += passed;
      passed = 0;
      if (edit.before.mark !== edit.after.mark && !isRecord(edit.before.node)) {
        changed = true;
        if (!rewrite(edit.before.node, edit.after.node)) {
          now.delete(at, 1);
          now.insert(at, [edit.after.node.clone()]);
        }
      }
      at++;
    } else if (edit.how === "went") {
      if (isRecord(edit.before.node)) passed++;
      else {
        now.delete(at + passed, 1);
        changed = true;
      }
    } else if (!isRecord(edit.after.node)) {
      now.insert(at++, [edit.after.node.clone()]);
      changed = true;
    }
  }
  if (elementsOf(now).every(isRecord)) now.push([new Y.XmlElement("paragraph")]);
  return changed;
}

/** Give a line the words it had, word by word. @returns false for what is more than one plain text. */
function rewrite(now: Y.XmlElement, old: Y.XmlElement): boolean {
  const [text, before] = [plainText(now), plainText(old)];
  if (text === null || before === null || JSON.stringify(now.getAttributes()) !== JSON.stringify(old.getAttributes())) return false;
  let at = 0;
  for (const { how, text: words } of changesOf(text.toString(), before.toString())) {
    if (how === "went") text.delete(at, words.length);
    else {
      if (how === "came") text.insert(at, words);
      at += words.length;
    }
  }
  return true;
}

function plainText(node: Y.XmlElement): Y.XmlText | null {
  const [only, ...more] = node.toArray();
  if (!(only instanceof Y.XmlText) || more.length > 0) return null;
  return (only.toDelta() as { insert?: unknown; attributes?: object }[]).every((d) => typeof d.insert === "string" && !d.attributes) ? only : null;
}
