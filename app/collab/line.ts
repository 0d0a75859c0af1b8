// An editor's line to the live-document server: what is saved, who is here, why it ended, and what this side knows that
// the server does not. Only the server's acknowledgement after its commit counts as saved.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { type CloseReason, reasonOf } from "./close-codes";
import { hello, messageHead, messageHello, messageRecords, messageSaved } from "./messages";

export type LineState = {
  /** The document is here, and its sections with it. */
  ready: boolean;
  connected: boolean;
  /** ISO time of the last acknowledgement after which nothing was unsaved; null while something is. */
  savedAt: string | null;
  /** Something typed on this side is not known to be on disk. */
  unsaved: boolean;
  /** This side misses words that others have; it has asked for them. */
  outOfStep: boolean;
  /** What is typed is kept in this browser until it is saved; false when the browser keeps nothing any more. */
  kept: boolean;
  ended: CloseReason | null;
};
export const atFirst: LineState = { ready: false, connected: false, savedAt: null, unsaved: false, outOfStep: false, kept: true, ended: null };

/** What a browser keeps of a document, across reload, crash and days offline. Several pages may have it open. */
export type Keeper = {
  /** Resolves when what was kept is in the document. Updates it brings have the keeper as their origin. */
  whenSynced: Promise<unknown>;
  /** Resolves when nothing is kept any more. */
  gone: Promise<unknown>;
  get(key: string): Promise<unknown>;
  set(key: string, value: Uint8Array): void;
  /** Throws away what was kept, and keeps nothing more. @returns false, with all of it still there, while another page has it open. */
  clear(): Promise<boolean>;
  /** What updates out of the keeper name as their origin. */
  origin: unknown;
};

export type LineOptions = {
  url: string;
  room: string;
  /** Makes the keeper of this document, where there is one. */
  keep?(doc: Y.Doc): Keeper;
  onChange(state: LineState): void;
  /** Records in the document changed. */
  onRecords?(): void;
  WebSocket?: typeof WebSocket;
};

const sync = 0;
const step1 = 0;
/** Milliseconds given to the keeper: a private window or a full disk may never answer, and one may write all the same. */
const patience = 2000;
/** Milliseconds between two askings for what is missing. */
const askEvery = 2000;
const settledKey = "settled";

/** The state vector of what is known to be on the server's disk: told by it, or acknowledged. */
class Settled {
  private readonly vector = new Map<number, number>();
  raise(vector: Map<number, number>): void {
    for (const [client, clock] of vector) if (clock > (this.vector.get(client) ?? 0)) this.vector.set(client, clock);
  }
  bytes(): Uint8Array {
    return Y.encodeStateVector(this.vector);
  }
  covers(vector: Map<number, number>): boolean {
    for (const [client, clock] of vector) if (clock > (this.vector.get(client) ?? 0)) return false;
    return true;
  }
}

export class Line {
  readonly doc = new Y.Doc();
  readonly provider: WebsocketProvider;
  state = atFirst;
  private readonly keeper: Keeper | undefined;
  private readonly settled = new Settled();
  private manner: number = hello.comesIn;
  /** Updates sent on this connection, and those the server says are on disk. */
  private sent = 0;
  private saved = 0;
  private allSaved = false;
  /** The server asked for what this side has: it does not ask readers, who cannot give. */
  private asked = false;
  private askedAt = 0;
  /** Words waited here for their beginnings when the message came that is being read. */
  private missed = false;
  private keeping: ReturnType<typeof setTimeout> | undefined;
  private readonly waiting: ReturnType<typeof setTimeout>;

  constructor(private readonly options: LineOptions) {
    const { url, room, WebSocket: socket } = options;
    const { doc } = this;
    const provider = new WebsocketProvider(url, room, doc, {
      connect: false,
      params: { ours: "1" },
      disableBc: true,
      ...(socket ? { WebSocketPolyfill: socket } : {}),
    });
    this.provider = provider;
    const readSync = provider.messageHandlers[sync];
    if (!readSync) throw new Error("y-websocket has no handler for sync messages.");
    provider.messageHandlers[sync] = (encoder, decoder, p, emitSynced, type) => {
      const asks = decoder.arr[decoder.pos] === step1;
      this.missed = this.misses();
      readSync(encoder, decoder, p, emitSynced, type);
      if (asks) {
        this.sent++;
        this.asked = true;
      } else this.checkStep(false);
      this.listen();
    };
    provider.messageHandlers[messageSaved] = (_encoder, decoder) => {
      this.saved = decoding.readVarUint(decoder);
      this.listen();
    };
    provider.messageHandlers[messageRecords] = () => options.onRecords?.();
    provider.messageHandlers[messageHead] = (_encoder, decoder) => {
      const head = Y.decodeStateVector(decoding.readVarUint8Array(decoder));
      const mine = this.vector();
      this.checkStep([...head].some(([client, clock]) => clock > (mine.get(client) ?? 0)));
    };
    doc.on("update", (update: Uint8Array, from: unknown) => {
      if (from === provider) {
        // What waited here comes to stand with what the server told, which does not know it.
        if (this.missed) return;
        this.settled.raise(Y.parseUpdateMeta(update).to);
        this.keepSettled();
        return;
      }
      // Whatever is not from the server goes to it, what the keeper kept included.
      if (provider.wsconnected) this.sent++;
      this.settle(false);
      if (!this.keeper || from !== this.keeper.origin) this.change({ unsaved: true });
    });
    provider.on("status", ({ status }) => {
      const connected = status === "connected";
      if (connected) this.greet();
      else {
        this.saved = this.sent = 0;
        this.asked = false;
      }
      this.change(connected ? { connected } : { connected, savedAt: null });
    });
    provider.on("sync", (synced) => {
      if (!synced) return;
      this.manner = hello.comesIn;
      this.change({ ready: true });
    });
    provider.on("connection-close", (event) => this.closed(event?.code ?? null));
    const connect = () => provider.connect();
    // After the others who listen: what is typed was sent and counted before a keeper can fail.
    const keeper = options.keep?.(doc);
    this.keeper = keeper;
    keeper?.gone.then(() => this.change({ kept: false }));
    this.waiting = setTimeout(connect, keeper ? patience : 0);
    keeper?.whenSynced
      .then(() => keeper.get(settledKey))
      .then((bytes) => {
        if (bytes instanceof Uint8Array) this.settled.raise(Y.decodeStateVector(bytes));
      })
      .then(connect, connect);
  }

  /** Before anything else: how this side comes, and what it knows to be saved. */
  private greet(): void {
    const e = encoding.createEncoder();
    encoding.writeVarUint(e, messageHello);
    encoding.writeVarUint(e, this.manner);
    encoding.writeVarUint8Array(e, this.settled.bytes());
    this.provider.ws?.send(encoding.toUint8Array(e));
  }

  private closed(code: number | null): void {
    const reason = code === null ? null : reasonOf(code);
    if (!reason || code === null || code >= 4500) return;
    // Said in the websocket's own way, which does not mean for good.
    if (reason === "tooMuch") this.provider.disconnect();
    const differs = reason === "wentBack" || reason === "otherHistory";
    // Whatever the server was not seen to have is shown: it may be the only copy there is.
    const alone = differs || !this.settled.covers(this.vector());
    this.change(alone ? { ended: reason, ready: true, unsaved: true } : { ended: reason });
    // What is safe on the server must not lie about on a shared computer.
    if (this.allSaved && !alone) this.keeper?.clear();
  }

  private vector(): Map<number, number> {
    return Y.decodeStateVector(Y.encodeStateVector(this.doc));
  }
  private change(part: Partial<LineState>): void {
    this.state = { ...this.state, ...part };
    this.options.onChange(this.state);
  }
  private keepSettled(): void {
    const { keeper } = this;
    // Rarely enough for a phone, often enough that a crash leaves little unknown.
    if (keeper) this.keeping ??= setTimeout(() => this.keepNow(keeper), 100);
  }
  private keepNow(keeper: Keeper): void {
    this.keeping = undefined;
    keeper.set(settledKey, this.settled.bytes());
  }

  private settle(all: boolean): void {
    this.allSaved = all;
    if (!all) {
      if (this.state.savedAt !== null) this.change({ savedAt: null });
      return;
    }
    this.settled.raise(this.vector());
    this.keepSettled();
    this.change({ savedAt: new Date().toISOString(), unsaved: false });
  }
  private listen(): void {
    const given = this.asked ? this.saved >= this.sent : this.settled.covers(this.vector());
    this.settle(given && this.provider.synced && !this.misses());
    if (!given && !this.asked && this.provider.synced) this.change({ unsaved: true });
  }

  /** Pieces whose beginnings are not here: shown to nobody until they come. */
  private misses(): boolean {
    return this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null;
  }
  private checkStep(behind: boolean): void {
    const outOfStep = behind || this.misses();
    if (outOfStep !== this.state.outOfStep) this.change({ outOfStep });
    if (!outOfStep || Date.now() - this.askedAt < askEvery) return;
    this.askedAt = Date.now();
    const e = encoding.createEncoder();
    encoding.writeVarUint(e, sync);
    encoding.writeVarUint(e, step1);
    encoding.writeVarUint8Array(e, Y.encodeStateVector(this.doc));
    this.provider.ws?.send(encoding.toUint8Array(e));
  }

  /** The server lost what this side knows: give it back, as a change of one's own. */
  giveBack(): void {
    this.manner = hello.givesBack;
    this.change({ ended: null });
    this.provider.connect();
  }

  /** Throw away what this browser keeps. @returns false while another page has it open. */
  async forget(): Promise<boolean> {
    return (await this.keeper?.clear()) ?? true;
  }

  destroy(): void {
    clearTimeout(this.waiting);
    if (this.keeping !== undefined && this.keeper) {
      clearTimeout(this.keeping);
      this.keepNow(this.keeper);
    }
    this.provider.destroy();
    this.doc.destroy();
  }
}
