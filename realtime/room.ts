// One live document and the people in it. Nothing is relayed, answered or acknowledged before it is on disk.
import * as random from "lib0/random";
import * as Y from "yjs";
import { lengthOf } from "./bytes";
import { type Grammar, LiveDocument, OtherHistory, OutOfStep } from "./document";
import type { Limits } from "./limits";
import type { Entry, UpdateLog } from "./log";
import { inRows, type Laid } from "./merge";
import { Presence } from "./presence";
import { answerFrames, askFrame, headFrame, presenceFrame, savedFrame, updateFrame, updateFrames } from "./protocol";
import type { Run, StateVector } from "./update";

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
  /** It gives back what the server lost: words of others among its own. */
  givesBack: boolean;
  /** Updates left aside since then: the answer holds them, or leaves one aside for what nobody has. */
  aside: number;
  /** What it had when it stopped reading: it is told the rest in one piece once it reads again. */
  behind: StateVector | null;
  /** It was told so many bytes because it asked. */
  answered(bytes: number, now: number): void;
  /** Write whole frames. @returns false, and writes none of them, when too much waits to be read already. */
  write(...frames: Buffer[]): boolean;
};

/** Words under a client id that is somebody else's. */
export class NotYours extends Error {}
/** The document would grow past its limit. */
export class TooLarge extends Error {}

type Pending = Entry & Laid & { from: Member | null };
const mostAnnounced = 10_000;
/** What an update costs to tell beside its bytes, in bytes. */
const perUpdate = 32;
const nobodyNew: readonly number[] = [];

export class Room {
  readonly members = new Set<Member>();
  readonly document: LiveDocument;
  private readonly writers: Map<number, string>;
  /** Whose cursors were seen under which client ids: nobody else may write under them first. */
  private announced: Map<number, string> | null = null;
  private presence: Presence<Member> | null = null;
  private readonly grammar: Grammar | undefined;
  private pending: Pending[] = [];
  /** Bytes of what waits for the disk, and something for each of many. */
  weight = 0;
  /** Who waits for a state: answered after the next commit, so that nobody sees what could still be lost. */
  private readonly asking = new Map<Member, StateVector>();
  /** Those who read again, and those who want to know who is here. Few at a time: empty lists cost nothing. */
  private catching: Member[] = [];
  private wanting: Member[] = [];
  private framed: { pieces: readonly Uint8Array[]; frames: readonly Buffer[] } | null = null;
  /** The document changed since people were last told where it stands. */
  private moved = false;
  private headDue = false;
  gone = false;

  constructor(
    readonly name: string,
    birth: number,
    log: UpdateLog,
    private readonly options: {
      limits: Pick<Limits, "document" | "clients" | "newClients">;
      grammar: ((state: Uint8Array) => Grammar) | undefined;
      dress(state: string, member: Member): string;
    },
  ) {
    const { state, vector, tail } = log.load(name);
    this.document = new LiveDocument(birth, state, tail, vector);
    this.writers = log.writers(name);
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
      // The server writes what nobody else may: noted, not judged.
      const taken = this.document.take(update, this.grammar, undefined, true);
      if (taken) this.pend(taken, null, "", nobodyNew);
    });
    change(doc);
    doc.destroy();
    return this.pending.length > before;
  }

  /**
   * A person's change made on the server: judged, journaled and told like what they type themselves.
   * @returns whether anything changed. Throws `Malformed` and `TooLarge` like `receive`.
   */
  changeAs(by: string, change: (doc: Y.Doc) => void): boolean {
    const doc = new Y.Doc({ gc: false });
    while (this.writers.has(doc.clientID) || this.announced?.has(doc.clientID)) doc.clientID = random.uint32();
    Y.applyUpdate(doc, this.document.whole());
    let made: Uint8Array | null = null;
    doc.on("update", (update: Uint8Array) => {
      made = update;
    });
    doc.transact(() => change(doc));
    doc.destroy();
    const update = made as Uint8Array | null;
    if (!update) return false;
    this.fits(update);
    const taken = this.document.take(update, this.grammar, this.mayBring(by));
    if (!taken) return false;
    this.pend(taken, null, by, this.claim(taken.runs, by));
    return true;
  }

  /**
   * Take an update of a member; `whole` when it is the answer to our question.
   * Throws `Malformed`, `NotYours`, `TooLarge` or `OtherHistory`.
   */
  receive(member: Member, update: Uint8Array, whole: boolean, now: number): void {
    this.fits(update);
    member.received++;
    let aside = 0;
    try {
      this.takeFrom(member, update, whole);
    } catch (error) {
      if (!(error instanceof OutOfStep)) throw error;
      if (!whole) {
        // It writes while it comes back, or lost a message on the way. Its answer will hold these words too.
        member.aside++;
        if (member.asked === 0) this.askBack(member, now);
        return;
      }
      // Even all it has leans on words nobody has: those wait with it, unsaved, and what stands without them is taken.
      this.takeFrom(member, this.document.standing(update), whole);
      aside = 1;
    }
    member.listening = true;
    if (!whole) return;
    member.givesBack = false;
    member.asked = 0;
    member.aside = aside;
  }

  private takeFrom(member: Member, update: Uint8Array, whole: boolean): void {
    const { by } = member;
    const giving = whole && member.givesBack;
    const taken = this.document.take(update, this.grammar, this.mayBring(giving ? null : by));
    if (!taken) return;
    // What is given back is its writers', who may come back too: it is nobody's until they do.
    this.pend(taken, member, by, by === "" || giving ? nobodyNew : this.claim(taken.runs, by));
  }

  private pend({ update, runs, structsEnd, deleted }: Laid, from: Member | null, by: string, newClients: readonly number[]): void {
    this.pending.push({ room: this.name, update, runs, structsEnd, deleted, from, by, newClients });
    this.weight += update.length + perUpdate;
  }

  private fits(update: Uint8Array): void {
    if (this.document.bytes + update.length > this.options.limits.document) throw new TooLarge(this.name);
  }
  /** Judges every client with new words of one update: whose it is, and how many nobody heard of. What is given back is many people's (null). */
  private mayBring(by: string | null): (client: number) => void {
    const { clients, newClients } = this.options.limits;
    let fresh = 0;
    return (client) => {
      if (by !== null && by !== "") this.mayWrite(client, by);
      if (this.document.has(client)) return;
      fresh++;
      if (this.document.clients + fresh > clients || (by !== null && fresh > newClients)) throw new TooLarge(this.name);
    };
  }
  private mayWrite(client: number, by: string): void {
    const owner = this.writers.get(client) ?? this.announced?.get(client);
    if (owner !== undefined && owner !== by) throw new NotYours();
  }
  private claim(runs: readonly Run[], by: string): readonly number[] {
    const fresh = runs.filter((run) => !this.writers.has(run.client)).map((run) => run.client);
    for (const client of fresh) this.writers.set(client, by);
    return fresh;
  }

  /** Ask a member for all it has and we lack. */
  private askBack(member: Member, now: number): void {
    member.asked = now;
    member.write(askFrame(this.document.head));
  }

  /** A member says what it has. Throws `OtherHistory`. */
  ask(member: Member, vector: StateVector): void {
    if (this.document.isOther(vector)) throw new OtherHistory();
    this.asking.set(member, vector);
  }

  get waits(): boolean {
    return this.pending.length > 0 || this.asking.size > 0 || this.catching.length > 0 || this.headDue;
  }

  /** What the next commit must write. */
  entries(): readonly Entry[] {
    return this.pending;
  }

  /**
   * After the commit: relay and acknowledge. Nobody gets back what they sent.
   * @returns how many words reached somebody.
   */
  committed(now: number): number {
    const done = this.pending;
    this.pending = [];
    this.weight = 0;
    if (done.length > 0) {
      this.moved = true;
      this.framed = null;
    }
    const deliveries = this.relay(done);
    if (this.headDue) this.tellHead(now);
    return deliveries;
  }

  /** Right after the commit: tell who asked, and who reads again, what they lack. One of each at least, and more for `most` milliseconds. */
  answer(now: number, most: number): void {
    const end = performance.now() + most;
    for (const [member, vector] of this.asking) {
      this.asking.delete(member);
      this.tell(member, vector, now);
      if (performance.now() > end) break;
    }
    while (this.catching.length > 0) {
      this.tellMissed(this.catching.shift() as Member);
      if (performance.now() > end) break;
    }
  }

  private relay(done: readonly Pending[]): number {
    const relay = done.length > 0 ? new Relay(done) : null;
    let deliveries = 0;
    for (const member of this.members) {
      const listens = relay !== null && member.listening && member.behind === null;
      if (!listens) {
        if (member.told !== member.received) this.acknowledge(member);
        continue;
      }
      // Most members only listened.
      if (member.told === member.received) {
        if (member.write(relay.all)) deliveries += done.length;
        else member.behind = before(this.document.vector, done);
        continue;
      }
      const frames = relay.framesFor(member);
      const saved = member.aside === 0;
      if (saved && member.ours) frames.push(savedFrame(member.received));
      if (frames.length > 0 && !member.write(...frames)) {
        member.behind = before(this.document.vector, done);
        continue;
      }
      deliveries += relay.wordsFor(member);
      if (saved) member.told = member.received;
    }
    return deliveries;
  }

  /** What was left aside is not saved before the answer that holds it. */
  private acknowledge(member: Member): void {
    if (member.aside > 0) return;
    // Who does not read hears of it once it reads again.
    if (!member.ours || member.write(savedFrame(member.received))) member.told = member.received;
  }

  private tell(member: Member, vector: StateVector, now: number): void {
    member.listening = true;
    const frames = [...this.framesOf(this.document.lacking(vector))];
    // Deletions are in no state vector: writers are asked whatever they say they have. Readers have nothing to give.
    if (member.access === "write") {
      member.asked = now;
      const ask = askFrame(this.document.head);
      // The protocol's order; who is told what is saved is asked first, so as not to think for a moment that all is.
      if (member.ours) frames.unshift(ask);
      else frames.push(ask);
    }
    // One write, however large: a part of an answer is none. Who asks and asks and does not read is told later.
    member.behind = member.write(...frames) ? null : vector;
    if (member.behind === null) member.answered(lengthOf(frames), now);
  }
  /** Many lack the same: what was framed once is not framed again. */
  private framesOf(pieces: readonly Uint8Array[]): readonly Buffer[] {
    if (this.framed?.pieces === pieces) return this.framed.frames;
    const frames = pieces.flatMap((piece, n) => (n === pieces.length - 1 ? answerFrames(piece) : updateFrames(piece)));
    this.framed = { pieces, frames };
    return frames;
  }

  /** A member reads again: after the next commit it is told all it missed, in one piece. */
  catchUp(member: Member): void {
    if (!this.catching.includes(member)) this.catching.push(member);
  }
  private tellMissed(member: Member): void {
    const { behind } = member;
    if (!behind) return;
    if (!member.write(...this.document.lacking(behind).flatMap(updateFrames))) return;
    member.behind = null;
    if (member.told !== member.received) this.acknowledge(member);
    this.tellPresent(member);
  }

  /** After the next commit, tell who asked for it where the document stands: they see by it whether they missed something. */
  headIsDue(): void {
    this.headDue = this.moved;
  }
  private tellHead(now: number): void {
    this.moved = false;
    this.headDue = false;
    const head = headFrame(this.document.head);
    for (const member of this.members) {
      // Who is still to be answered would take it for something missed.
      if (member.ours && !member.behind && !this.asking.has(member)) member.write(head);
      // What its words lean on may have come.
      if (member.aside > 0 && member.asked === 0) this.askBack(member, now);
    }
  }

  /** Take a presence message. Throws `Malformed`. @returns whether it is to be told. */
  receivePresence(member: Member, update: Uint8Array, now: number): boolean {
    this.presence ??= new Presence({
      dress: this.options.dress,
      same: (one, other) => one.by !== "" && one.by === other.by,
      claimed: (client, { by }) => {
        this.announced ??= new Map();
        if (by !== "" && !this.announced.has(client) && this.announced.size < mostAnnounced) this.announced.set(client, by);
      },
    });
    return this.presence.take(update, member, now);
  }
  expirePresence(now: number): boolean {
    return this.presence?.expire(now) ?? false;
  }
  tellPresence(): void {
    const news = this.presence?.news();
    if (news) {
      const frame = presenceFrame(news);
      for (const member of this.members) if (!member.behind) member.write(frame);
    }
    const all = this.wanting.length > 0 ? this.presence?.all() : null;
    if (all) {
      const frame = presenceFrame(all);
      for (const member of this.wanting) member.write(frame);
    }
    this.wanting = [];
  }
  /** Tell a member who is here, with the next presence that is told. */
  wantsPresence(member: Member): void {
    if (!this.wanting.includes(member)) this.wanting.push(member);
  }
  private tellPresent(member: Member): void {
    const all = this.presence?.all();
    if (all) member.write(presenceFrame(all));
  }

  /** @returns whether others must be told that somebody left. */
  leave(member: Member, now: number): boolean {
    this.members.delete(member);
    this.asking.delete(member);
    this.catching = this.catching.filter((each) => each !== member);
    this.wanting = this.wanting.filter((each) => each !== member);
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

/** What one commit tells: one message to who wrote nothing, the others' messages to who wrote. */
class Relay {
  private readonly bySender = new Map<Member | null, { words: number; start: number; end: number }>();
  /** The messages of all senders, one after the other: a sender gets it with its own cut out. */
  private readonly row: Buffer;
  private whole: Buffer | null = null;
  /** What each sender wrote. */
  private readonly words: Laid[] = [];

  constructor(private readonly done: readonly Pending[]) {
    const [first] = done;
    if (done.length === 1 && first) {
      // Nearly every commit of a quiet room.
      this.row = updateFrame(first.update);
      this.whole = this.row;
      this.bySender.set(first.from, { words: 1, start: 0, end: this.row.length });
      return;
    }
    const lists = new Map<Member | null, Laid[]>();
    for (const each of done) {
      const list = lists.get(each.from);
      if (list) list.push(each);
      else lists.set(each.from, [each]);
    }
    const frames: Buffer[] = [];
    let length = 0;
    for (const [from, updates] of lists) {
      const words = inRows(updates);
      const frame = updateFrame(words.update);
      this.words.push(words);
      this.bySender.set(from, { words: updates.length, start: length, end: length + frame.length });
      length += frame.length;
      frames.push(frame);
    }
    this.row = frames.length === 1 && frames[0] ? frames[0] : Buffer.concat(frames);
    if (frames.length === 1) this.whole = this.row;
  }

  /** All of it in one message. */
  get all(): Buffer {
    this.whole ??= updateFrame(inRows(this.words).update);
    return this.whole;
  }

  framesFor(member: Member): Buffer[] {
    const own = this.bySender.get(member);
    if (!own) return [this.all];
    return [this.row.subarray(0, own.start), this.row.subarray(own.end)].filter((part) => part.length > 0);
  }
  wordsFor(member: Member): number {
    return this.done.length - (this.bySender.get(member)?.words ?? 0);
  }
}

/** The state vector as it was before some updates. */
function before(vector: StateVector, done: readonly Pending[]): StateVector {
  const then = new Map(vector);
  for (const { runs } of done) for (const { client, from } of runs) then.set(client, Math.min(then.get(client) ?? from, from));
  return then;
}
