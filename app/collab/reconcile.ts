// Sections and record blocks are born on the server only: one section an agenda item, one block a record.
import * as Y from "yjs";
import { type RecordKind, recordKinds, recordNodes } from "./records";
import { minutesField } from "./room";

export type MinutesShape = {
  items: readonly { id: string }[];
  /** What was handed in for an item: first in its section. */
  attachments: readonly { id: string; itemId: string }[];
  votes: readonly (Happened & { id: string; itemId: string })[];
  /** `voteId`: the vote it stands on, which is placed before it. */
  decisions: readonly (Happened & { id: string; itemId: string; voteId?: string | null })[];
  tasks: readonly { id: string; decisionId: string }[];
  /** Who came or left while an item was deliberated. */
  attendance: readonly (Happened & { id: string; itemId: string })[];
};
/** When it was recorded (ISO): what is placed in one go stands in the order in which it happened. */
type Happened = { at?: string | null };

type Element = Y.XmlElement;
const isElement = (node: unknown): node is Element => node instanceof Y.XmlElement;
const named = (node: unknown, name: string, attribute: string, value: string): boolean =>
  isElement(node) && node.nodeName === name && node.getAttribute(attribute) === value;

function block(name: string, attribute: string, value: string): Element {
  const element = new Y.XmlElement(name);
  element.setAttribute(attribute, value);
  return element;
}
const paragraph = () => new Y.XmlElement("paragraph");

/**
 * Make the smallest change that gives the document every section and block of `shape` exactly once. Nothing written is
 * ever removed; a block that stands twice keeps its first place. Idempotent. @returns whether anything changed.
 */
export function reconcile(doc: Y.Doc, shape: MinutesShape, origin?: unknown): boolean {
  let changed = false;
  doc.transact(() => {
    const root = doc.getXmlFragment(minutesField);
    for (const [n, item] of shape.items.entries()) changed = placeSection(root, item.id, shape.items[n - 1]?.id) || changed;
    for (const kind of recordKinds) changed = dropRepeats(root, kind) || changed;
    for (const [n, attachment] of shape.attachments.entries()) changed = placeAttachment(root, attachment, shape.attachments.slice(0, n)) || changed;
    for (const { kind, of } of inTime(shape)) changed = (kind === "vote" ? placeVote(root, of, shape) : placeLast(root, kind, of.id, of.itemId)) || changed;
    for (const task of shape.tasks) changed = placeTask(root, task, shape) || changed;
  }, origin);
  return changed;
}

/** Votes, decisions, comings and goings in the order in which they happened. */
function inTime({ votes, decisions, attendance }: MinutesShape) {
  const all = [
    ...votes.map((of) => ({ kind: "vote" as const, of })),
    ...decisions.map((of) => ({ kind: "decision" as const, of })),
    ...attendance.map((of) => ({ kind: "attendance" as const, of })),
  ];
  const at = (each: { of: Happened }) => each.of.at ?? "";
  return all.sort((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0));
}

const sections = (root: Y.XmlFragment): Element[] => root.toArray().filter(isElement);
const sectionOf = (root: Y.XmlFragment, itemId: string) => sections(root).find((s) => named(s, "agendaSection", "itemId", itemId));

function placeSection(root: Y.XmlFragment, itemId: string, after: string | undefined): boolean {
  if (sectionOf(root, itemId)) return false;
  const section = block("agendaSection", "itemId", itemId);
  section.insert(0, [paragraph()]);
  const before = after === undefined ? -1 : root.toArray().findIndex((s) => named(s, "agendaSection", "itemId", after));
  root.insert(before + 1, [section]);
  return true;
}

function dropRepeats(root: Y.XmlFragment, kind: RecordKind): boolean {
  const seen = new Set<string>();
  let dropped = false;
  for (const section of sections(root)) {
    for (let n = 0; n < section.length; n++) {
      const node = section.get(n);
      if (!isElement(node) || node.nodeName !== kind) continue;
      const id = String(node.getAttribute(recordNodes[kind]));
      if (seen.has(id)) {
        section.delete(n, 1);
        n--;
        dropped = true;
      }
      seen.add(id);
    }
  }
  return dropped;
}

function find(root: Y.XmlFragment, kind: RecordKind, id: string): { section: Element; at: number } | null {
  for (const section of sections(root)) {
    const at = section.toArray().findIndex((node) => named(node, kind, recordNodes[kind], id));
    if (at >= 0) return { section, at };
  }
  return null;
}

const recordBlock = (kind: RecordKind, id: string): Element => block(kind, recordNodes[kind], id);

/** After those of its section that were handed in before it, before everything that was said. */
function placeAttachment(root: Y.XmlFragment, { id, itemId }: { id: string; itemId: string }, before: MinutesShape["attachments"]): boolean {
  if (find(root, "attachment", id)) return false;
  const section = sectionOf(root, itemId);
  if (!section) return false;
  const earlier = before.flatMap((a) => {
    const found = find(root, "attachment", a.id);
    return found?.section === section ? [found.at] : [];
  });
  section.insert(Math.max(-1, ...earlier) + 1, [recordBlock("attachment", id)]);
  return true;
}

/** Before the decision that stands on it, when that is there already. */
function placeVote(root: Y.XmlFragment, { id, itemId }: { id: string; itemId: string }, shape: MinutesShape): boolean {
  if (find(root, "vote", id)) return false;
  const decided = shape.decisions.find((d) => d.voteId === id);
  const decision = decided && find(root, "decision", decided.id);
  if (!decision) return placeLast(root, "vote", id, itemId);
  decision.section.insert(decision.at, [recordBlock("vote", id)]);
  return true;
}

function placeLast(root: Y.XmlFragment, kind: RecordKind, id: string, itemId: string): boolean {
  if (find(root, kind, id)) return false;
  const section = sectionOf(root, itemId);
  if (!section) return false;
  // An empty last line stays last, so that whoever is writing there goes on below the block.
  const last = section.length > 0 ? section.get(section.length - 1) : null;
  const open = isElement(last) && last.nodeName === "paragraph" && last.length === 0;
  if (open) section.insert(section.length - 1, [recordBlock(kind, id)]);
  else section.push([recordBlock(kind, id), paragraph()]);
  return true;
}

function placeTask(root: Y.XmlFragment, { id, decisionId }: { id: string; decisionId: string }, shape: MinutesShape): boolean {
  if (find(root, "task", id)) return false;
  const decision = find(root, "decision", decisionId);
  if (!decision) return false;
  const siblings = new Set(shape.tasks.filter((t) => t.decisionId === decisionId).map((t) => t.id));
  let at = decision.at + 1;
  for (; at < decision.section.length; at++) {
    const next = decision.section.get(at);
    if (!isElement(next) || next.nodeName !== "task" || !siblings.has(String(next.getAttribute("taskId")))) break;
  }
  decision.section.insert(at, [recordBlock("task", id)]);
  return true;
}
