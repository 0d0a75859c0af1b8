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
  ended: CloseReason | null;
};

const step1 = 0;

/** Open a room for as long as the component stands. Only the server's acknowledgement after its commit counts as saved. */
export function useLine(room: string, onRecords: () => void): LineState {
  const [state, setState] = useState<LineState>({ line: null, ready: false, connected: false, savedAt: null, ended: null });
  useEffect(() => {
    const doc = new Y.Doc();
    const kept = new IndexeddbPersistence(room, doc);
    const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${socketPath}`;
    const provider = new WebsocketProvider(url, room, doc, { connect: false, params: { ours: "1" }, disableBc: true });
    const change = (part: Partial<LineState>) => setState((before) => ({ ...before, ...part }));
    // Updates sent on this connection and those the server says are on disk.
    let sent = 0;
    let saved = 0;
    const settle = () => change({ savedAt: saved >= sent && provider.synced ? new Date().toISOString() : null });

    const readSync = provider.messageHandlers[0];
    if (!readSync) throw new Error("y-websocket has no handler for sync messages.");
    provider.messageHandlers[0] = (encoder, decoder, p, emitSynced, type) => {
      const asks = decoder.arr[decoder.pos] === step1;
      readSync(encoder, decoder, p, emitSynced, type);
      if (asks) sent++;
      settle();
    };
    provider.messageHandlers[messageSaved] = (_encoder, decoder) => {
      saved = decoding.readVarUint(decoder);
      settle();
    };
    provider.messageHandlers[messageRecords] = () => onRecords();
    doc.on("update", (_update: Uint8Array, origin: unknown) => {
      if (origin === provider || origin === kept) return;
      if (provider.wsconnected) sent++;
      change({ savedAt: null });
    });
    provider.on("status", ({ status }) => {
      if (status !== "connected") saved = sent = 0;
      change({ connected: status === "connected", ...(status === "connected" ? {} : { savedAt: null }) });
    });
    provider.on("sync", (synced) => {
      if (synced) change({ ready: true, line: { doc, provider } });
    });
    provider.on("connection-close", (event) => {
      const reason = event ? reasonOf(event.code) : null;
      if (!reason || (event && event.code >= 4500)) return;
      change({ ended: reason });
      // What could not be taken any more must not lie about on a shared computer.
      kept.clearData();
    });
    kept.whenSynced.then(() => provider.connect());
    return () => {
      provider.destroy();
      kept.destroy();
      doc.destroy();
    };
  }, [room, onRecords]);
  return state;
}
