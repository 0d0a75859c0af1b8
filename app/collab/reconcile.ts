// Sections and record blocks are born on the server only: one section an agenda item, one block a decision or task.
import * as Y from "yjs";
import { minutesField } from "./room";

export type MinutesShape = {
  items: readonly { id: string }[];
  decisions: readonly { id: string; itemId: string }[];
  tasks: readonly { id: string; decisionId: string }[];
};

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
    changed = dropRepeats(root, "decision", "decisionId") || changed;
    changed = dropRepeats(root, "task", "taskId") || changed;
    for (const decision of shape.decisions) changed = placeDecision(root, decision) || changed;
    for (const task of shape.tasks) changed = placeTask(root, task, shape) || changed;
  }, origin);
  return changed;
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

function dropRepeats(root: Y.XmlFragment, name: string, attribute: string): boolean {
  const seen = new Set<string>();
  let dropped = false;
  for (const section of sections(root)) {
    for (let n = 0; n < section.length; n++) {
      const node = section.get(n);
      if (!isElement(node) || node.nodeName !== name) continue;
      const id = String(node.getAttribute(attribute));
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

function find(root: Y.XmlFragment, name: string, attribute: string, value: string): { section: Element; at: number } | null {
  for (const section of sections(root)) {
    const at = section.toArray().findIndex((node) => named(node, name, attribute, value));
    if (at >= 0) return { section, at };
  }
  return null;
}

function placeDecision(root: Y.XmlFragment, { id, itemId }: { id: string; itemId: string }): boolean {
  if (find(root, "decision", "decisionId", id)) return false;
  const section = sectionOf(root, itemId);
  if (!section) return false;
  // An empty last line stays last, so that whoever is writing there goes on below the block.
  const last = section.length > 0 ? section.get(section.length - 1) : null;
  const open = isElement(last) && last.nodeName === "paragraph" && last.length === 0;
  const decision = block("decision", "decisionId", id);
  if (open) section.insert(section.length - 1, [decision]);
  else section.push([decision, paragraph()]);
  return true;
}

function placeTask(root: Y.XmlFragment, { id, decisionId }: { id: string; decisionId: string }, shape: MinutesShape): boolean {
  if (find(root, "task", "taskId", id)) return false;
  const decision = find(root, "decision", "decisionId", decisionId);
  if (!decision) return false;
  const siblings = new Set(shape.tasks.filter((t) => t.decisionId === decisionId).map((t) => t.id));
  let at = decision.at + 1;
  for (; at < decision.section.length; at++) {
    const next = decision.section.get(at);
    if (!isElement(next) || next.nodeName !== "task" || !siblings.has(String(next.getAttribute("taskId")))) break;
  }
  decision.section.insert(at, [block("task", "taskId", id)]);
  return true;
}
