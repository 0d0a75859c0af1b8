// The minutes as plain data, safe to render: whatever the document holds, only what is known comes out.
import * as Y from "yjs";
import { type MinutesShape, reconcile } from "./reconcile";
import { minutesField } from "./room";

export type Run = { text: string; bold: boolean; href: string | null };
export type MinutesNode =
  | { kind: "paragraph" | "heading"; runs: Run[] }
  | { kind: "speech"; speaker: string; runs: Run[] }
  | { kind: "list"; ordered: boolean; items: MinutesNode[][] }
  | { kind: "table"; rows: { header: boolean; nodes: MinutesNode[] }[][] }
  | { kind: "image"; photoId: string; alt: string }
  | { kind: "decision"; decisionId: string }
  | { kind: "task"; taskId: string }
  | { kind: "vote"; voteId: string }
  | { kind: "attendance"; attendanceId: string }
  | { kind: "attachment"; attachmentId: string };
export type MinutesSection = { itemId: string; nodes: MinutesNode[] };

/** Deeper than any minutes go; a hostile document may nest without end. */
const deepest = 64;

/** Photos of ours only: nothing a reader's browser would fetch elsewhere. */
export const photoIn = (src: unknown): string | null => (typeof src === "string" ? (/^\/files\/([0-9a-z]{1,32})$/.exec(src)?.[1] ?? null) : null);
/** Links to pages, nothing that runs. */
export const safeHref = (href: unknown): string | null => (typeof href === "string" && /^https?:\/\/\S+$/i.test(href) ? href : null);

const text = (value: unknown, max = 60): string => (typeof value === "string" ? value.slice(0, max) : "");
const children = (node: Y.XmlElement | Y.XmlFragment): unknown[] => node.toArray();

function runsOf(node: Y.XmlElement): Run[] {
  return children(node).flatMap((child) => {
    if (!(child instanceof Y.XmlText)) return child instanceof Y.XmlElement && child.nodeName === "hardBreak" ? [{ text: "\n", bold: false, href: null }] : [];
    return (child.toDelta() as { insert?: unknown; attributes?: Record<string, unknown> }[]).flatMap(({ insert, attributes }) => {
      if (typeof insert !== "string") return [];
      const link = attributes?.link as { href?: unknown } | undefined;
      return [{ text: insert, bold: Boolean(attributes?.bold), href: safeHref(link?.href) }];
    });
  });
}

function nodesOf(parent: Y.XmlElement, depth: number): MinutesNode[] {
  if (depth > deepest) return [];
  return children(parent).flatMap((node): MinutesNode[] => {
    if (!(node instanceof Y.XmlElement)) return [];
    // Attributes are whatever a client wrote; their types are checked one by one.
    const attribute = (name: string): unknown => node.getAttribute(name);
    const elements = () => children(node).filter((n): n is Y.XmlElement => n instanceof Y.XmlElement);
    switch (node.nodeName) {
      case "paragraph":
        return [{ kind: "paragraph", runs: runsOf(node) }];
      case "heading":
        return [{ kind: "heading", runs: runsOf(node) }];
      case "speech":
        return [{ kind: "speech", speaker: text(attribute("speaker")), runs: runsOf(node) }];
      case "bulletList":
      case "orderedList":
        return [{ kind: "list", ordered: node.nodeName === "orderedList", items: elements().map((item) => nodesOf(item, depth + 1)) }];
      case "table":
        return [
          {
            kind: "table",
            rows: elements().map((row) =>
              children(row).flatMap((cell) =>
                cell instanceof Y.XmlElement ? [{ header: cell.nodeName === "tableHeader", nodes: nodesOf(cell, depth + 2) }] : [],
              ),
            ),
          },
        ];
      case "image": {
        const photoId = photoIn(attribute("src"));
        return photoId ? [{ kind: "image", photoId, alt: text(attribute("alt"), 200) }] : [];
      }
      case "decision":
        return [{ kind: "decision", decisionId: text(attribute("decisionId")) }];
      case "task":
        return [{ kind: "task", taskId: text(attribute("taskId")) }];
      case "vote":
        return [{ kind: "vote", voteId: text(attribute("voteId")) }];
      case "attendance":
        return [{ kind: "attendance", attendanceId: text(attribute("attendanceId")) }];
      case "attachment":
        return [{ kind: "attachment", attachmentId: text(attribute("attachmentId")) }];
      default:
        return [];
    }
  });
}

/** The sections in the order they stand. Sections of no agenda item are left out when they hold nothing. */
export function readMinutes(doc: Y.Doc): MinutesSection[] {
  return children(doc.getXmlFragment(minutesField)).flatMap((section) =>
    section instanceof Y.XmlElement && section.nodeName === "agendaSection"
      ? [{ itemId: text(section.getAttribute("itemId")), nodes: nodesOf(section, 0) }]
      : [],
  );
}

/** The minutes a stored state gives, with every record of the meeting in its place. Never throws on what clients wrote. */
export function readState(state: Uint8Array | null, shape: MinutesShape): MinutesSection[] {
  const doc = new Y.Doc();
  if (state) Y.applyUpdate(doc, state);
  reconcile(doc, shape);
  const sections = readMinutes(doc);
  doc.destroy();
  return sections;
}

/** How far a stored state goes: each client id with the next clock. */
export const knownIn = (state: Uint8Array | null): [client: number, clock: number][] =>
  state ? [...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(state))] : [];

/** Whether somebody wrote anything at all in a section. */
export const isEmpty = (section: MinutesSection): boolean =>
  section.nodes.every((n) => (n.kind === "paragraph" || n.kind === "speech") && n.runs.every((r) => r.text.trim() === ""));
