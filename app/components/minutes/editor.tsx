// Writing the minutes together. Loaded only on the page of a meeting in session.
import { Collaboration } from "@tiptap/extension-collaboration";
import { CollaborationCaret } from "@tiptap/extension-collaboration-caret";
import { type Editor, EditorContent, NodeViewContent, type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer, useEditor } from "@tiptap/react";
import { createContext, useContext, useEffect, useRef, useState } from "react";
import type { Line } from "../../collab/line";
import { isRecordKind, recordKinds, recordNodes } from "../../collab/records";
import { minutesField } from "../../collab/room";
import { AgendaSection, minutesExtensions, writeBehind } from "../../collab/schema";
import type { Party } from "../../domain/vocabulary";
import { useWords } from "../../i18n/t";
import type { MeetingPage } from "../../views/meeting-page";
import { useLine } from "./live";
import { type Records, recordViews, SectionHead } from "./reading";

type Props = {
  meeting: MeetingPage;
  records: Records;
  room: string;
  origin: string | null;
  me: { name: string; party: Party };
  canWrite: boolean;
  onRecords: () => void;
};

/** Characters of one paste: more than the minutes of any meeting. */
const mostPasted = 300_000;

const Around = createContext<Pick<Props, "meeting" | "records"> | null>(null);
const useAround = () => {
  const around = useContext(Around);
  if (!around) throw new Error("A minutes block stands outside the minutes.");
  return around;
};

function SectionView({ node }: NodeViewProps) {
  const { meeting } = useAround();
  const n = meeting.agenda.findIndex((line) => line.id === node.attrs.itemId);
  const line = meeting.agenda[n];
  return (
    <NodeViewWrapper as="section" className="minutes-section" id={line ? `item-${line.id}` : undefined}>
      {line && (
        <div contentEditable={false}>
          <SectionHead line={line} n={n + 1} />
        </div>
      )}
      <NodeViewContent />
    </NodeViewWrapper>
  );
}
function RecordView({ node }: NodeViewProps) {
  const { records } = useAround();
  const kind = node.type.name;
  if (!isRecordKind(kind)) return null;
  return <NodeViewWrapper contentEditable={false}>{recordViews[kind]({ id: String(node.attrs[recordNodes[kind]]), records })}</NodeViewWrapper>;
}

const views: Record<string, ReturnType<typeof ReactNodeViewRenderer>> = {
  [AgendaSection.name]: ReactNodeViewRenderer(SectionView),
  ...Object.fromEntries(recordKinds.map((kind) => [kind, ReactNodeViewRenderer(RecordView)])),
};
const withViews = () =>
  minutesExtensions().map((extension) => {
    const view = views[extension.name];
    return view ? extension.extend({ addNodeView: () => view }) : extension;
  });

/** The colour of a cursor is its party's; the role stands beside it as text. */
const partyToken: Record<Party, string> = {
  branch: "branch",
  residents: "residents",
  ownersCommittee: "owners",
  property: "property",
  department: "department",
  owners: "owner",
  experts: "expert",
};

function caret(user: Record<string, unknown>): HTMLElement {
  const mark = document.createElement("span");
  mark.className = "caret";
  const token = partyToken[user.party as Party] ?? "owner";
  mark.style.setProperty("--c", `var(--color-party-${token})`);
  const label = document.createElement("b");
  label.textContent = String(user.name ?? "").slice(0, 40);
  mark.append(label);
  return mark;
}

export default function MinutesEditor(props: Props) {
  const { t, dates } = useWords();
  const state = useLine(props.room, props.origin, props.onRecords);
  const { savedAt, connected, ended, ready, unsaved, outOfStep, kept, elsewhere } = state;
  /** What this page knows and what the server knows cannot simply be put together. */
  const differs = ended === "wentBack" || ended === "otherHistory";
  const said = ended
    ? t(`minutes.ended.${ended}`)
    : outOfStep && connected
      ? t("minutes.outOfStep")
      : savedAt
        ? t("minutes.saved", { time: dates.clock(savedAt) })
        : connected
          ? t("minutes.saving")
          : t(kept ? "minutes.offline" : "minutes.offline.notKept");
  return (
    <Around.Provider value={props}>
      {differs ? (
        <div className="refusal mb-5" role="alert">
          <p className="head">{said}</p>
          <p className="rule">{t(`minutes.differs.${ended}`)}</p>
          <p className="mt-4 flex flex-wrap gap-3">
            {ended === "wentBack" && props.canWrite && (
              <button type="button" className="btn btn-main" onClick={() => state.line?.giveBack()}>
                {t("minutes.differs.giveBack")}
              </button>
            )}
            <button type="button" className="btn" onClick={state.startOver}>
              {t("minutes.differs.startOver")}
            </button>
          </p>
          {elsewhere && <p className="mt-4">{t("minutes.differs.elsewhere")}</p>}
        </div>
      ) : (
        <p className={`saved${ended || !connected ? " saved-not" : ""}`} role="status" data-saved={savedAt !== null}>
          {said}
          {ended && ready && <span>{t(!unsaved ? "minutes.ended.saved" : ended === "over" && kept ? "minutes.ended.kept" : "minutes.ended.unsaved")}</span>}
          {ended === "over" && <a href={`/meetings/${props.meeting.id}/minutes`}>{t("minutes.reload")}</a>}
        </p>
      )}
      {/* Words that were not saved stay on the page, to be copied. */}
      {state.line && ready && (!ended || unsaved) ? (
        <Writing {...props} line={state.line} canWrite={props.canWrite && !ended} />
      ) : (
        !ended && <p className="soft">{t("minutes.opening")}</p>
      )}
    </Around.Provider>
  );
}

function Writing({ line, me, canWrite, meeting }: Props & { line: Line }) {
  const { t } = useWords();
  const [pasted, setPasted] = useState(false);
  const editor = useEditor({
    immediatelyRender: false,
    editable: canWrite,
    extensions: [
      ...withViews(),
      Collaboration.configure({ document: line.doc, field: minutesField }),
      CollaborationCaret.configure({ provider: line.provider, user: me, render: caret }),
    ],
    editorProps: {
      attributes: { "aria-label": t("meeting.minutes"), role: "textbox", "aria-multiline": "true" },
      // Reading megabytes of somebody's page would stop this one; the server would not take them either.
      handlePaste: (_view, { clipboardData }) => {
        const tooMuch = ["text/html", "text/plain"].some((type) => (clipboardData?.getData(type).length ?? 0) > mostPasted);
        setPasted(tooMuch);
        return tooMuch;
      },
    },
  });
  useEffect(() => editor?.setEditable(canWrite, false), [editor, canWrite]);
  if (!editor) return null;
  return (
    <>
      {pasted && (
        <p className="refusal" role="alert">
          {t("minutes.pasteTooMuch")}
        </p>
      )}
      <EditorContent editor={editor} className="minutes minutes-live" />
      {canWrite && <InsertBar editor={editor} meeting={meeting} />}
    </>
  );
}

/** The agenda item the cursor is in, or the first. */
function itemAt(editor: Editor, meeting: MeetingPage): string | undefined {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    if (node.type.name === "agendaSection") return String(node.attrs.itemId);
  }
  return meeting.agenda[0]?.id;
}

function InsertBar({ editor, meeting }: { editor: Editor; meeting: MeetingPage }) {
  const { t } = useWords();
  const speakers = meeting.seats.filter((s) => s.presence === "present");
  const [problem, setProblem] = useState("");
  const file = useRef<HTMLInputElement>(null);
  /** What is put in stands behind a record that is selected. */
  const here = () => {
    writeBehind(editor.view);
    return editor.chain().focus();
  };
  const speak = (speaker: string) => {
    if (speaker) here().insertContent({ type: "speech", attrs: { speaker }, content: [] }).run();
  };
  async function upload(photo: File | undefined) {
    if (!photo) return;
    setProblem("");
    const form = new FormData();
    form.set("photo", photo);
    try {
      const answer = await fetch(`/meetings/${meeting.id}/photos`, { method: "POST", body: form });
      const { id, problem: refused } = (await answer.json()) as { id?: string; problem?: string };
      if (id)
        here()
          .setImage({ src: `/files/${id}`, alt: photo.name.replace(/\.\w+$/, "") })
          .run();
      else setProblem(refused ?? t("minutes.photo.failed"));
    } catch {
      // No answer came: the network, not the photo.
      setProblem(t("minutes.photo.failed"));
    }
  }
  return (
    <div className="insert" role="toolbar" aria-label={t("minutes.insert")}>
      <span className="small soft">{t("minutes.insert")}</span>
      <label className="insert-speaker">
        <span className="unseen">{t("minutes.speech")}</span>
        <select className="btn btn-small" value="" onChange={(event) => speak(event.target.value)}>
          <option value="">{t("minutes.speech")}</option>
          {speakers.map((s) => (
            <option key={s.personId} value={s.name}>
              {s.name}
            </option>
          ))}
        </select>
      </label>
      {meeting.can.record && (
        <button
          type="button"
          className="btn btn-small"
          onClick={() => {
            location.href = `/meetings/${meeting.id}/items/${itemAt(editor, meeting)}/decision`;
          }}
        >
          {t("decision.label")}
        </button>
      )}
      <button type="button" className="btn btn-small" onClick={() => editor.chain().focus().toggleBold().run()}>
        {t("minutes.bold")}
      </button>
      <button type="button" className="btn btn-small" onClick={() => here().toggleBulletList().run()}>
        {t("minutes.list")}
      </button>
      <button type="button" className="btn btn-small" onClick={() => here().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()}>
        {t("minutes.table")}
      </button>
      <button type="button" className="btn btn-small" onClick={() => file.current?.click()}>
        {t("minutes.photo")}
      </button>
      <input ref={file} type="file" accept="image/*" hidden onChange={(event) => upload(event.target.files?.[0])} />
      {problem && (
        <p className="msg" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
