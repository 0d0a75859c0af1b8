// The editor's line to the server: what is saved, who is here, why it ended.
import * as decoding from "lib0/decoding";
import { useEffect, useState } from "react";
import { IndexeddbPersistence } from "y-indexeddb";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { type CloseReason, reasonOf } from "../../collab/close-codes";
import { messageRecords, messageSaved } from "../../collab/messages";
import { socketPath } from "../../collab/room";

export type Line = { doc: Y.Doc; provider: WebsocketProvider };
export type LineState = {
  line: Line | null;
  /** The document is here, and its sections with it. */
  ready: boolean;
  connected: boolean;
  /** ISO time of the last acknowledgement after which nothing was unsaved; null while something is. */
  savedAt: string | null;
  /** Something typed on this page is not known to be on disk. */
  unsaved: boolean;
  ended: CloseReason | null;
};

const step1 = 0;
/** Milliseconds given to what this browser keeps: a private window or a full disk may never answer, and one may write all the same. */
const patience = 2000;

/** Open a room for as long as the component stands. Only the server's acknowledgement after its commit counts as saved. */
export function useLine(room: string, onRecords: () => void): LineState {
  const [state, setState] = useState<LineState>({ line: null, ready: false, connected: false, savedAt: null, unsaved: false, ended: null });
  useEffect(() => {
    const doc = new Y.Doc();
    // One device may be many people's: nobody's unsaved words are sent in somebody else's name.
    const kept = new IndexeddbPersistence(`yishi:${document.documentElement.dataset.who ?? ""}:${room}`, doc);
    const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${socketPath}`;
    const provider = new WebsocketProvider(url, room, doc, { connect: false, params: { ours: "1" }, disableBc: true });
    const change = (part: Partial<LineState>) => setState((before) => ({ ...before, ...part }));
    // Updates sent on this connection and those the server says are on disk.
    let sent = 0;
    let saved = 0;
    let settled = false;
    const settle = (now: boolean) => {
      settled = now;
      change(now ? { savedAt: new Date().toISOString(), unsaved: false } : { savedAt: null });
    };
    const listen = () => settle(saved >= sent && provider.synced);

    const readSync = provider.messageHandlers[0];
    if (!readSync) throw new Error("y-websocket has no handler for sync messages.");
    provider.messageHandlers[0] = (encoder, decoder, p, emitSynced, type) => {
      const asks = decoder.arr[decoder.pos] === step1;
      readSync(encoder, decoder, p, emitSynced, type);
      if (asks) sent++;
      listen();
    };
    provider.messageHandlers[messageSaved] = (_encoder, decoder) => {
      saved = decoding.readVarUint(decoder);
      listen();
    };
    provider.messageHandlers[messageRecords] = () => onRecords();
    doc.on("update", (_update: Uint8Array, origin: unknown) => {
      if (origin === provider) return;
      // Whatever is not from the server goes to it, what this browser kept included.
      if (provider.wsconnected) sent++;
      settle(false);
      if (origin !== kept) change({ unsaved: true });
    });
    provider.on("status", ({ status }) => {
      const connected = status === "connected";
      if (!connected) saved = sent = 0;
      change({ connected, ...(connected ? {} : { savedAt: null }) });
    });
    provider.on("sync", (synced) => {
      if (synced) change({ ready: true, line: { doc, provider } });
    });
    provider.on("connection-close", (event) => {
      const reason = event ? reasonOf(event.code) : null;
      if (!reason || (event && event.code >= 4500)) return;
      change({ ended: reason });
      // What is safe on the server must not lie about on a shared computer; what is not may be the only copy there is.
      if (settled) kept.clearData();
    });
    const connect = () => provider.connect();
    const waiting = setTimeout(connect, patience);
    kept.whenSynced.then(connect);
    return () => {
      clearTimeout(waiting);
      provider.destroy();
      kept.destroy();
      doc.destroy();
    };
  }, [room, onRecords]);
  return state;
}
