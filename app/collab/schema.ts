// What minutes may hold: sections of agenda items, text, tables, photos, and live blocks of records.
import { Extension, type Extensions, mergeAttributes, Node } from "@tiptap/core";
import Image from "@tiptap/extension-image";
import { TableKit } from "@tiptap/extension-table";
import type { Node as Written } from "@tiptap/pm/model";
import { type EditorState, NodeSelection, Plugin, Selection, TextSelection, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
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

/** The record the browser's own selection stands in, of which the editor is not told when a block is pressed twice. */
function recordUnder(view: EditorView): NodeSelection | null {
  const { doc } = view.state;
  const inside = view.dom.ownerDocument.getSelection()?.anchorNode;
  if (!inside || inside === view.dom || !view.dom.contains(inside)) return null;
  const near = view.posAtDOM(inside, 0);
  const at = [near, near - 1].find((pos) => pos >= 0 && isRecordKind(doc.nodeAt(pos)?.type.name ?? "") && view.nodeDOM(pos)?.contains(inside));
  return at === undefined ? null : NodeSelection.create(doc, at);
}

/**
 * A place to write where what is selected cannot be written over: on the line behind it, which is made where there is none.
 * Null when what is selected may go.
 */
function placeBehind(state: EditorState, selection: Selection): Transaction | null {
  const { doc, schema, tr } = state;
  if (selection.empty || frameOf(state.tr.setSelection(selection).deleteSelection().doc) === frameOf(doc)) return null;
  const end = selection instanceof NodeSelection ? selection : Selection.near(doc.resolve(selection.to), -1);
  if (!(end instanceof NodeSelection)) return tr.setSelection(TextSelection.create(doc, end.to));
  const next = doc.resolve(end.to).nodeAfter;
  if (!(next?.isTextblock && next.childCount === 0)) tr.insert(end.to, schema.node("paragraph"));
  return tr.setSelection(TextSelection.create(tr.doc, end.to + 1));
}

/** What is written next is not written over a record, which would be refused, but behind it. @returns whether it was to be so */
export function writeBehind(view: EditorView): boolean {
  const behind = view.editable ? placeBehind(view.state, recordUnder(view) ?? view.state.selection) : null;
  if (behind) view.dispatch(behind.scrollIntoView());
  return behind !== null;
}

/** Keys that write something; 229 is any key of an input method. */
const writes = ({ key, keyCode, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && ([...key].length === 1 || key === "Enter" || keyCode === 229);

/** Nobody deletes, doubles or moves a section or a record by typing: what is recorded is changed where it is recorded. */
const KeepFrame = Extension.create({
  name: "keepFrame",
  addProseMirrorPlugins: () => [
    new Plugin({
      filterTransaction: (transaction, state) =>
        !transaction.docChanged || transaction.getMeta(ySyncPluginKey) !== undefined || frameOf(transaction.doc) === frameOf(state.doc),
      props: {
        handleDOMEvents: {
          keydown: (view, event) => {
            const moved = writes(event) && writeBehind(view);
            // The new line is there already.
            if (moved && event.key === "Enter") event.preventDefault();
            return moved && event.key === "Enter";
          },
          // What comes without a key: a word an input method offered, dictation, a telephone's keyboard.
          beforeinput: (view, event) => {
            if (!event.inputType.startsWith("insert") || event.isComposing || !writeBehind(view)) return false;
            if (event.data) view.dispatch(view.state.tr.insertText(event.data));
            event.preventDefault();
            return true;
          },
          compositionstart: (view) => {
            writeBehind(view);
            return false;
          },
          paste: (view) => {
            writeBehind(view);
            return false;
          },
        },
      },
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
