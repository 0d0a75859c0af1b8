// The editor's line to the server: what is saved, who is here, why it ended, and what this page knows that the server does not.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { useCallback, useEffect, useRef, useState } from "react";
import { IndexeddbPersistence } from "y-indexeddb";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { type CloseReason, reasonOf } from "../../collab/close-codes";
import { hello, messageHead, messageHello, messageRecords, messageSaved } from "../../collab/messages";
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
  /** This page misses words that others have; it has asked for them. */
  outOfStep: boolean;
  ended: CloseReason | null;
};
export type LineActs = {
  /** The server lost what this page knows: give it back, as a change of one's own. */
  giveBack(): void;
  /** Forget what this page knows and begin from what the server has. */
  startOver(): void;
};

const step1 = 0;
const sync = 0;
/** Milliseconds given to what this browser keeps: a private window or a full disk may never answer, and one may write all the same. */
const patience = 2000;
const settledKey = "settled";

/** The state vector of what is known to be on the server's disk: told by it, or acknowledged. */
class Settled {
  private vector = new Map<number, number>();
  restore(bytes: unknown): void {
    if (bytes instanceof Uint8Array) this.raise(Y.decodeStateVector(bytes));
  }
  raise(vector: Map<number, number>): void {
    for (const [client, clock] of vector) if (clock > (this.vector.get(client) ?? 0)) this.vector.set(client, clock);
  }
  bytes(): Uint8Array {
    return Y.encodeStateVector(this.vector);
  }
}

/** Open a room for as long as the component stands. Only the server's acknowledgement after its commit counts as saved. */
export function useLine(room: string, origin: string | null, onRecords: () => void): LineState & LineActs {
  const [state, setState] = useState<LineState>({
    line: null,
    ready: false,
    connected: false,
    savedAt: null,
    unsaved: false,
    outOfStep: false,
    ended: null,
  });
  const acts = useRef<LineActs | null>(null);
  useEffect(() => {
    const doc = new Y.Doc();
    // One device may be many people's: nobody's unsaved words are sent in somebody else's name.
    const kept = new IndexeddbPersistence(`yishi:${document.documentElement.dataset.who ?? ""}:${room}`, doc);
    const url = `${origin ?? `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}`}${socketPath}`;
    const provider = new WebsocketProvider(url, room, doc, { connect: false, params: { ours: "1" }, disableBc: true });
    const change = (part: Partial<LineState>) => setState((before) => ({ ...before, ...part }));
    const known = new Settled();
    let manner: number = hello.comesIn;
    // Updates sent on this connection and those the server says are on disk.
    let sent = 0;
    let saved = 0;
    let settled = false;
    let keeping: ReturnType<typeof setTimeout> | undefined;
    const keepSettled = () => {
      keeping ??= setTimeout(() => {
        keeping = undefined;
        if (kept.synced) kept.set(settledKey, known.bytes() as unknown as ArrayBuffer);
      }, 500);
    };
    const settle = (now: boolean) => {
      settled = now;
      if (now) {
        known.raise(Y.decodeStateVector(Y.encodeStateVector(doc)));
        keepSettled();
      }
      change(now ? { savedAt: new Date().toISOString(), unsaved: false } : { savedAt: null });
    };
    const listen = () => settle(saved >= sent && provider.synced && !misses());
    /** Pieces whose beginnings are not here: shown to nobody until they come. */
    const misses = () => doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
    const askAgain = () => {
      const e = encoding.createEncoder();
      encoding.writeVarUint(e, sync);
      encoding.writeVarUint(e, step1);
      encoding.writeVarUint8Array(e, Y.encodeStateVector(doc));
      provider.ws?.send(encoding.toUint8Array(e));
    };
    let askedAt = 0;
    const checkStep = (behind = false) => {
      const out = behind || misses();
      change({ outOfStep: out });
      if (!out || Date.now() - askedAt < 2000) return;
      askedAt = Date.now();
      askAgain();
    };

    const readSync = provider.messageHandlers[sync];
    if (!readSync) throw new Error("y-websocket has no handler for sync messages.");
    provider.messageHandlers[sync] = (encoder, decoder, p, emitSynced, type) => {
      const asks = decoder.arr[decoder.pos] === step1;
      readSync(encoder, decoder, p, emitSynced, type);
      if (asks) sent++;
      else checkStep();
      listen();
    };
    provider.messageHandlers[messageSaved] = (_encoder, decoder) => {
      saved = decoding.readVarUint(decoder);
      listen();
    };
    provider.messageHandlers[messageRecords] = () => onRecords();
    provider.messageHandlers[messageHead] = (_encoder, decoder) => {
      const head = Y.decodeStateVector(decoding.readVarUint8Array(decoder));
      const mine = Y.decodeStateVector(Y.encodeStateVector(doc));
      checkStep([...head].some(([client, clock]) => clock > (mine.get(client) ?? 0)));
    };
    doc.on("update", (update: Uint8Array, from: unknown) => {
      if (from === provider) {
        known.raise(Y.parseUpdateMeta(update).to);
        keepSettled();
        return;
      }
      // Whatever is not from the server goes to it, what this browser kept included.
      if (provider.wsconnected) sent++;
      settle(false);
      if (from !== kept) change({ unsaved: true });
    });
    provider.on("status", ({ status }) => {
      const connected = status === "connected";
      if (!connected) saved = sent = 0;
      else {
        // Before anything else: how this page comes, and what it knows to be saved.
        const e = encoding.createEncoder();
        encoding.writeVarUint(e, messageHello);
        encoding.writeVarUint(e, manner);
        encoding.writeVarUint8Array(e, known.bytes());
        provider.ws?.send(encoding.toUint8Array(e));
      }
      change({ connected, ...(connected ? {} : { savedAt: null }) });
    });
    provider.on("sync", (synced) => {
      if (!synced) return;
      manner = hello.comesIn;
      change({ ready: true, line: { doc, provider } });
    });
    provider.on("connection-close", (event) => {
      const reason = event ? reasonOf(event.code) : null;
      if (!reason || (event && event.code >= 4500)) return;
      // Said in the websocket's own way, which does not mean for good.
      if (reason === "tooMuch") provider.disconnect();
      const differs = reason === "wentBack" || reason === "otherHistory";
      change({ ended: reason, ...(differs ? { ready: true, line: { doc, provider }, unsaved: true } : {}) });
      // What is safe on the server must not lie about on a shared computer; what is not may be the only copy there is.
      if (settled && !differs) kept.clearData();
    });
    const connect = () => provider.connect();
    acts.current = {
      giveBack() {
        manner = hello.givesBack;
        change({ ended: null });
        connect();
      },
      startOver() {
        kept.clearData().then(
          () => location.reload(),
          () => location.reload(),
        );
      },
    };
    const waiting = setTimeout(connect, patience);
    kept.whenSynced
      .then(() => kept.get(settledKey))
      .then((bytes) => known.restore(bytes))
      .then(connect, connect);
    return () => {
      clearTimeout(waiting);
      clearTimeout(keeping);
      provider.destroy();
      kept.destroy();
      doc.destroy();
    };
  }, [room, origin, onRecords]);
  const giveBack = useCallback(() => acts.current?.giveBack(), []);
  const startOver = useCallback(() => acts.current?.startOver(), []);
  return { ...state, giveBack, startOver };
}
