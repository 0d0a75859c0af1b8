// One live document and the people in it. Nothing is relayed, answered or acknowledged before it is on disk.
import * as Y from "yjs";
import { type Grammar, LiveDocument, OtherHistory, OutOfStep } from "./document";
import type { Entry, UpdateLog } from "./log";
import { Presence } from "./presence";
import { answerFrame, askFrame, headFrame, presenceFrame, savedFrame, updateFrame } from "./protocol";
import { type Run, type StateVector, writeVector } from "./update";

/** Somebody in the room, as the room sees them. */
export type Member = {
  access: "write" | "read";
  /** An opaque id of the person, empty for a stranger. */
  by: string;
  /** Whether it is told what is saved. */
  ours: boolean;
  /** It said what it has, and holds no other document: it is told what happens. */
  listening: boolean;
  /** Updates received, and how many of them it was told are on disk. */
  received: number;
  told: number;
  /** Milliseconds when it was asked for all it has, 0 when it answered. */
  asked: number;
  /** Updates left aside since then: the answer holds them. */
  aside: number;
  /** What it had when it stopped reading: it is told the rest in one piece once it reads again. */
  behind: StateVector | null;
  /** Write whole frames. @returns false, and writes nothing, when too much waits to be read already. */
  write(frames: Buffer): boolean;
};

/** Words under a client id that is somebody else's. */
export class NotYours extends Error {}
/** The document would grow past its limit. */
export class TooLarge extends Error {}

type Pending = { update: Uint8Array; from: Member | null; by: string; runs: Run[]; newClients: number[] };

export class Room {
  readonly members = new Set<Member>();
  readonly document: LiveDocument;
  /** What the log's tail held when the room was opened. */
  readonly stored: { updates: number; bytes: number };
  private readonly writers: Map<number, string>;
  private presence: Presence<Member> | null = null;
  private readonly grammar: Grammar | undefined;
  private pending: Pending[] = [];
  /** Who waits for a state: answered after the next commit, so that nobody sees what could still be lost. */
  private readonly asking = new Map<Member, StateVector>();
  private readonly catching = new Set<Member>();
  /** The document changed since people were last told where it stands. */
  private moved = false;
  private headDue = false;
  private deliveries = 0;
  gone = false;

  constructor(
    readonly name: string,
    birth: number,
    log: UpdateLog,
    private readonly options: {
      most: number;
      grammar: ((state: Uint8Array) => Grammar) | undefined;
      dress(state: string, member: Member): string;
    },
  ) {
    const { state, vector, tail } = log.load(name);
    this.document = new LiveDocument(birth, state, tail, vector);
    this.writers = log.writers(name);
    this.stored = { updates: tail.length, bytes: tail.reduce((sum, update) => sum + update.length, 0) };
    this.grammar = options.grammar?.(this.document.whole());
  }

  /**
   * Change the document from the server's side: `change` gets a copy whose updates are taken as they come.
   * @returns whether anything changed.
   */
  change(change: (doc: Y.Doc) => void): boolean {
    const doc = new Y.Doc({ gc: false });
    Y.applyUpdate(doc, this.document.whole());
    const before = this.pending.length;
    doc.on("update", (update: Uint8Array) => {
      const taken = this.document.take(update);
      if (taken) this.pending.push({ ...taken, from: null, by: "", newClients: [] });
    });
    change(doc);
    doc.destroy();
    return this.pending.length > before;
  }

  /**
   * Take an update of a member; `whole` when it is the answer to our question.
   * Throws `Malformed`, `NotYours`, `TooLarge`, `OtherHistory`, or `OutOfStep` when even the answer leans on what nobody has.
   */
  receive(member: Member, update: Uint8Array, whole: boolean, now: number): void {
    if (this.document.bytes + update.length > this.options.most) throw new TooLarge(this.name);
    member.received++;
    try {
      const taken = this.document.take(update, this.grammar, (client) => this.mayWrite(client, member));
      if (taken) this.pending.push({ ...taken, from: member, by: member.by, newClients: this.claim(taken.runs, member) });
    } catch (error) {
      if (!(error instanceof OutOfStep) || whole) throw error;
      // It writes while it comes back, or lost a message on the way. Its answer will hold these words too.
      member.aside++;
      if (member.asked === 0) this.askBack(member, now);
      return;
    }
    member.listening = true;
    if (!whole) return;
    member.asked = 0;
    member.aside = 0;
  }

  private mayWrite(client: number, member: Member): void {
    const owner = this.writers.get(client);
    if (owner !== undefined && owner !== member.by) throw new NotYours();
  }
  private claim(runs: readonly Run[], member: Member): number[] {
    if (member.by === "") return [];
    const fresh = runs.filter((run) => !this.writers.has(run.client)).map((run) => run.client);
    for (const client of fresh) this.writers.set(client, member.by);
    return fresh;
  }

  /** Ask a member for all it has and we lack. */
  askBack(member: Member, now: number): void {
    member.asked = now;
    member.write(askFrame(writeVector(this.document.vector)));
  }

  /** A member says what it has. Throws `OtherHistory`. */
  ask(member: Member, vector: StateVector): void {
    if (this.document.isOther(vector)) throw new OtherHistory();
    this.asking.set(member, vector);
  }

  get waits(): boolean {
    return this.pending.length > 0 || this.asking.size > 0 || this.catching.size > 0 || this.headDue;
  }

  /** What the next commit must write. */
  entries(): Entry[] {
    return this.pending.map(({ update, by, newClients }) => ({ room: this.name, by, update, newClients }));
  }

  /** After the commit: relay, answer, acknowledge. Nobody gets back what they sent. @returns how many words reached somebody. */
  committed(now: number): number {
    this.deliveries = 0;
    const done = this.pending;
    this.pending = [];
    if (done.length > 0) {
      this.moved = true;
      this.relay(done);
    }
    for (const [member, vector] of this.asking) if (this.members.has(member)) this.tell(member, vector, now);
    this.asking.clear();
    for (const member of this.catching) this.tellMissed(member);
    this.catching.clear();
    if (this.headDue) this.tellHead();
    for (const member of this.members) {
      // What was left aside is not saved before the answer that holds it.
      if (member.told === member.received || member.aside > 0) continue;
      member.told = member.received;
      if (member.ours) member.write(savedFrame(member.received));
    }
    return this.deliveries;
  }

  private relay(done: readonly Pending[]): void {
    const bySender = new Map<Member | null, Uint8Array[]>();
    for (const { from, update } of done) {
      const list = bySender.get(from);
      if (list) list.push(update);
      else bySender.set(from, [update]);
    }
    const frames = [...bySender.values()].map((updates) => updateFrame(merged(updates)));
    const places = new Map<Member | null, { start: number; end: number }>();
    let length = 0;
    for (const [n, from] of [...bySender.keys()].entries()) {
      const start = length;
      length += frames[n]?.length ?? 0;
      places.set(from, { start, end: length });
    }
    // Who wrote nothing gets one message; who wrote gets the messages of the others, its own cut out.
    const row = frames.length === 1 ? (frames[0] as Buffer) : Buffer.concat(frames);
    let all: Buffer | null = frames.length === 1 ? row : null;
    for (const member of this.members) {
      if (member.behind || !member.listening) continue;
      const own = places.get(member);
      if (!own) {
        all ??= updateFrame(merged(done.map((p) => p.update)));
        this.deliver(member, all, done, done.length);
      } else if (frames.length > 1) {
        const others = done.length - (bySender.get(member)?.length ?? 0);
        if (own.start > 0) this.deliver(member, row.subarray(0, own.start), done, others);
        if (own.end < row.length) this.deliver(member, row.subarray(own.end), done, own.start > 0 ? 0 : others);
      }
    }
  }

  private deliver(member: Member, frames: Buffer, done: readonly Pending[], words: number): void {
    if (member.behind) return;
    if (member.write(frames)) this.deliveries += words;
    else member.behind = before(this.document.vector, done);
  }

  private tell(member: Member, vector: StateVector, now: number): void {
    member.listening = true;
    const pieces = this.document.lacking(vector);
    for (const [n, piece] of pieces.entries()) member.write(n === pieces.length - 1 ? answerFrame(piece) : updateFrame(piece));
    member.behind = null;
    // Deletions are in no state vector: writers are asked whatever they say they have. Readers have nothing to give.
    if (member.access === "write") this.askBack(member, now);
  }

  /** A member reads again: after the next commit it is told all it missed, in one piece. */
  catchUp(member: Member): void {
    this.catching.add(member);
  }
  private tellMissed(member: Member): void {
    const { behind } = member;
    if (!behind) return;
    member.behind = null;
    for (const piece of this.document.lacking(behind)) member.write(updateFrame(piece));
    this.tellPresent(member);
  }

  /** After the next commit, tell who asked for it where the document stands: they see by it whether they missed something. */
  headIsDue(): void {
    this.headDue = this.moved;
  }
  private tellHead(): void {
    this.moved = false;
    this.headDue = false;
    const head = headFrame(writeVector(this.document.vector));
    for (const member of this.members) if (member.ours && !member.behind) member.write(head);
  }

  /** Take a presence message. Throws `Malformed`. @returns whether it is to be told. */
  receivePresence(member: Member, update: Uint8Array, now: number): boolean {
    this.presence ??= new Presence(this.options.dress);
    return this.presence.take(update, member, now);
  }
  expirePresence(now: number): boolean {
    return this.presence?.expire(now) ?? false;
  }
  tellPresence(): void {
    const news = this.presence?.news();
    if (!news) return;
    const frame = presenceFrame(news);
    for (const member of this.members) if (!member.behind) member.write(frame);
  }
  tellPresent(member: Member): void {
    const all = this.presence?.all();
    if (all) member.write(presenceFrame(all));
  }

  /** @returns whether others must be told that somebody left. */
  leave(member: Member, now: number): boolean {
    this.members.delete(member);
    this.asking.delete(member);
    this.catching.delete(member);
    return this.presence?.leave(member, now) ?? false;
  }

  /** A shorter form of what is on disk: a state and the updates after it. What waits for the disk comes on top. */
  shortened(state: Uint8Array, tail: readonly Uint8Array[]): void {
    this.document.shortened(state, [...tail, ...this.pending.map((p) => p.update)]);
  }

  /** Nobody is here and nothing waits: it may be given back, once. */
  get idle(): boolean {
    return !this.gone && this.members.size === 0 && !this.waits;
  }
}

const merged = (updates: readonly Uint8Array[]): Uint8Array => (updates.length === 1 && updates[0] ? updates[0] : Y.mergeUpdates([...updates]));

/** The state vector as it was before some updates. */
function before(vector: StateVector, done: readonly Pending[]): StateVector {
  const then = new Map(vector);
  for (const { runs } of done) for (const { client, from } of runs) then.set(client, Math.min(then.get(client) ?? from, from));
  return then;
}
