// What minutes may hold: sections of agenda items, text, tables, photos, and live blocks of records.
import { Extension, type Extensions, mergeAttributes, Node } from "@tiptap/core";
import Image from "@tiptap/extension-image";
import { TableKit } from "@tiptap/extension-table";
import type { Node as Written } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";
import StarterKit from "@tiptap/starter-kit";
import { ySyncPluginKey } from "@tiptap/y-tiptap";
import { photoIn, safeHref } from "./read";
import { isRecordKind, type RecordKind, recordKinds, recordNodes } from "./records";

const Document = Node.create({ name: "doc", topNode: true, content: "agendaSection+" });

export const AgendaSection = Node.create({
  name: "agendaSection",
  content: "(block | record)+",
  isolating: true,
  defining: true,
  selectable: false,
  addAttributes: () => ({ itemId: { default: null } }),
  renderHTML: ({ HTMLAttributes }) => ["section", mergeAttributes(HTMLAttributes), 0],
});

/** What somebody said, their name before it. */
export const Speech = Node.create({
  name: "speech",
  group: "block",
  content: "inline*",
  addAttributes: () => ({
    speaker: { default: "", parseHTML: (element) => element.getAttribute("data-speaker") ?? "", renderHTML: ({ speaker }) => ({ "data-speaker": speaker }) },
  }),
  parseHTML: () => [{ tag: "p[data-speaker]", priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ["p", mergeAttributes(HTMLAttributes, { class: "speech" }), 0],
  addKeyboardShortcuts() {
    return {
      // A new line after somebody's words is not theirs any more.
      Enter: () => this.editor.isActive("speech") && this.editor.commands.splitBlock() && this.editor.commands.setNode("paragraph"),
    };
  },
});

// No parse rules: a record is never pasted, it is recorded.
const record = (name: RecordKind) =>
  Node.create({
    name,
    group: "record",
    atom: true,
    draggable: false,
    addAttributes: () => ({ [recordNodes[name]]: { default: null } }),
    renderHTML: ({ HTMLAttributes }) => ["div", mergeAttributes(HTMLAttributes, { "data-record": name })],
  });
export const records = recordKinds.map(record);

const Photo = Image.extend({
  parseHTML: () => [{ tag: "img[src]", getAttrs: (element) => (photoIn(element.getAttribute("src")) ? null : false) }],
});

/** The frame of a document: its sections and record blocks, in order. */
function frameOf(doc: Written): string {
  const frame: string[] = [];
  doc.descendants((node) => {
    if (node.type.name === "agendaSection") frame.push(`s:${node.attrs.itemId}`);
    else if (isRecordKind(node.type.name)) frame.push(`${node.type.name}:${node.attrs[recordNodes[node.type.name]]}`);
    return node.type.name === "agendaSection";
  });
  return frame.join(" ");
}

/** Nobody deletes, doubles or moves a section or a record by typing: what is recorded is changed where it is recorded. */
const KeepFrame = Extension.create({
  name: "keepFrame",
  addProseMirrorPlugins: () => [
    new Plugin({
      filterTransaction: (transaction, state) =>
        !transaction.docChanged || transaction.getMeta(ySyncPluginKey) !== undefined || frameOf(transaction.doc) === frameOf(state.doc),
    }),
  ],
});

/** The extensions of the minutes, without what only an editor on screen needs. */
export const minutesExtensions = (): Extensions => [
  Document,
  AgendaSection,
  Speech,
  ...records,
  StarterKit.configure({
    document: false,
    blockquote: false,
    codeBlock: false,
    code: false,
    horizontalRule: false,
    strike: false,
    italic: false,
    underline: false,
    undoRedo: false,
    trailingNode: false,
    heading: { levels: [3] },
    link: { openOnClick: false, isAllowedUri: (uri) => safeHref(uri) !== null, HTMLAttributes: { rel: "noopener noreferrer nofollow" } },
  }),
  TableKit.configure({ table: { resizable: false } }),
  Photo,
  KeepFrame,
];
