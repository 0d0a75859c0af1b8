// One live document and the people in it. Nothing is relayed or acknowledged before it is on disk.
import * as decoding from "lib0/decoding";
import * as awarenessProtocol from "y-protocols/awareness";
import * as Y from "yjs";
import type { UpdateLog } from "./log";
import { answerFrame, isNothing, presenceFrame, updateFrame } from "./protocol";

/** Somebody in the room, as the room sees them. */
export type Member = {
  access: "write" | "read";
  /** Updates of this member accepted so far, and how many of them it was told are on disk. */
  received: number;
  told: number;
  /** Clients of the presence protocol this member speaks for. */
  presences: Set<number>;
  send(frame: Uint8Array): void;
  saved(count: number): void;
};

type Pending = { update: Uint8Array; from: Member | null };

const compactAfter = 500;

/** An update leans on others that nobody here has: its sender must begin again with all it has. */
export class OutOfStep extends Error {}

export class Room {
  readonly members = new Set<Member>();
  private doc: Y.Doc;
  private readonly presence: awarenessProtocol.Awareness;
  private pending: Pending[] = [];
  /** Who waits for a state: answered after the next commit, so that nobody sees what could still be lost. */
  private asking: { member: Member; stateVector: Uint8Array }[] = [];
  private since = 0;
  private receiving: Member | null = null;
  private gone = false;

  /** @param schedule asks for a commit at the end of this turn. */
  constructor(
    readonly name: string,
    private readonly log: UpdateLog,
    private readonly schedule: (room: Room) => void,
  ) {
    this.doc = this.rebuilt();
    // Presence wants a document only for its id, and dies with it; ours may be rebuilt.
    this.presence = new awarenessProtocol.Awareness(new Y.Doc());
    this.presence.setLocalState(null);
    this.presence.on("update", ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }, origin: unknown) => {
      const changed = [...added, ...updated, ...removed];
      const frame = presenceFrame(awarenessProtocol.encodeAwarenessUpdate(this.presence, changed));
      for (const member of this.members) if (member !== origin) member.send(frame);
    });
  }

  /** The document as the log has it. */
  private rebuilt(): Y.Doc {
    const doc = new Y.Doc({ gc: true });
    const { snapshot, tail } = this.log.load(this.name);
    doc.transact(() => {
      if (snapshot) Y.applyUpdate(doc, snapshot);
      for (const update of tail) Y.applyUpdate(doc, update);
    });
    this.since = tail.length;
    doc.on("update", (update: Uint8Array) => {
      this.pending.push({ update, from: this.receiving });
      this.schedule(this);
    });
    return doc;
  }

  /** Change the document from the server's side: `change` gets it inside this turn's commit. */
  change(change: (doc: Y.Doc) => void): void {
    change(this.doc);
  }

  /** Take an update of a member. Throws when it is malformed, `OutOfStep` when it leans on what nobody has: then nothing of it stays. */
  receive(member: Member, update: Uint8Array): void {
    if (isNothing(update)) {
      // It says nothing, but its sender counts it.
      member.received++;
      this.schedule(this);
      return;
    }
    const before = this.pending.length;
    this.receiving = member;
    try {
      Y.applyUpdate(this.doc, update, member);
      // Pieces whose predecessors are missing would lie in memory for ever, and be lost with the process.
      if (this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null) throw new OutOfStep(this.name);
    } catch (error) {
      this.undo(before);
      throw error;
    } finally {
      this.receiving = null;
    }
    member.received++;
    this.schedule(this);
  }

  /** Forget everything since the last commit but what was pending before the bad update. */
  private undo(before: number): void {
    const good = this.pending.slice(0, before);
    this.doc.destroy();
    this.pending = [];
    this.doc = this.rebuilt();
    this.doc.transact(() => {
      for (const { update } of good) Y.applyUpdate(this.doc, update);
    });
    this.pending = good;
  }

  ask(member: Member, stateVector: Uint8Array): void {
    this.asking.push({ member, stateVector });
    this.schedule(this);
  }

  receivePresence(member: Member, update: Uint8Array): void {
    for (const client of clientsIn(update)) member.presences.add(client);
    awarenessProtocol.applyAwarenessUpdate(this.presence, update, member);
  }

  presences(): Uint8Array | null {
    const clients = [...this.presence.getStates().keys()];
    return clients.length > 0 ? presenceFrame(awarenessProtocol.encodeAwarenessUpdate(this.presence, clients)) : null;
  }

  leave(member: Member): void {
    this.members.delete(member);
    awarenessProtocol.removeAwarenessStates(this.presence, [...member.presences], null);
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.doc);
  }

  /** The whole document, what is not committed yet included: for compaction and reading after a commit. */
  state(): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc);
  }

  /** What the next commit must write. */
  entries(): { room: string; update: Uint8Array }[] {
    const updates = this.pending.map((p) => p.update);
    return updates.length === 0 ? [] : [{ room: this.name, update: updates.length === 1 && updates[0] ? updates[0] : Y.mergeUpdates(updates) }];
  }

  /** After the commit: relay, answer, acknowledge. Nobody gets back what they sent. */
  committed(): void {
    const done = this.pending;
    this.pending = [];
    if (done.length > 0) this.since++;
    const senders = new Set(done.map((p) => p.from));
    const all = done.length > 0 ? updateFrame(merged(done)) : null;
    for (const member of this.members) {
      if (!all) break;
      if (!senders.has(member)) member.send(all);
      else {
        const others = done.filter((p) => p.from !== member);
        if (others.length > 0) member.send(updateFrame(merged(others)));
      }
    }
    for (const { member, stateVector } of this.asking.splice(0))
      if (this.members.has(member)) member.send(answerFrame(Y.encodeStateAsUpdate(this.doc, stateVector)));
    for (const member of this.members) {
      if (member.told === member.received) continue;
      member.told = member.received;
      member.saved(member.received);
    }
  }

  /** Whether its log is long enough to be folded. */
  get long(): boolean {
    return this.since > compactAfter;
  }

  /** Fold the log into one state, so that opening stays quick. Throws when the disk refuses; then the log is as it was. */
  compact(): void {
    if (this.since < 2 || this.pending.length > 0) return;
    // Before it is tried: a disk that refuses is not asked again with every word.
    this.since = 0;
    this.log.compact(this.name, this.state(), this.log.seq(this.name));
  }

  /** Nobody is here and nothing waits: it may be given back, once. */
  get idle(): boolean {
    return !this.gone && this.members.size === 0 && this.pending.length === 0;
  }

  destroy(): void {
    this.gone = true;
    this.presence.destroy();
    this.doc.destroy();
  }
}

const merged = (pending: readonly Pending[]): Uint8Array => {
  const updates = pending.map((p) => p.update);
  return updates.length === 1 && updates[0] ? updates[0] : Y.mergeUpdates(updates);
};

/** The clients a presence update speaks of. Throws when it is malformed or speaks of too many. */
function clientsIn(update: Uint8Array): number[] {
  const decoder = decoding.createDecoder(update);
  const count = decoding.readVarUint(decoder);
  if (count > 64) throw new Error("a presence of too many");
  const clients: number[] = [];
  for (let n = 0; n < count; n++) {
    clients.push(decoding.readVarUint(decoder));
    decoding.readVarUint(decoder);
    JSON.parse(decoding.readVarString(decoder));
  }
  return clients;
}
