// One document as bytes: what it holds, what is new in an update, what somebody lacks. It is never integrated here, so
// that a document of a hundred thousand edits opens and takes words as cheaply as an empty one.
import * as Y from "yjs";
import { inOrder } from "../app/collab/order";
import type { Struct } from "../app/collab/struct";
import { firstBirth } from "./births";
import { inRows, type Laid, read } from "./merge";
import { Packed } from "./packed";
import { Piece } from "./piece";
import { standing } from "./standing";
import {
  addDeleted,
  birthUpdate,
  onlyDeleted,
  type Ranges,
  type Run,
  type Scanned,
  type StateVector,
  sameRanges,
  scan,
  withDeleted,
  writeVector,
} from "./update";

/** An update leans on words that nobody here has. */
export class OutOfStep extends Error {}
/** Words of another document's history: merged, everything would stand twice. */
export class OtherHistory extends Error {}

/** Documents up to this size become one piece when somebody asks; larger ones go out in pieces. */
const wholeUpTo = 16 * 1024;
/** Updates of the tail that are made one for one answer only; when there are more, they become a piece that stays. */
const loose = 32;
/** Bytes from which on a piece is left alone: so none is long in the making. */
const fullPiece = 32 * 1024;
const mostAnswers = 64;
/** Who knows less than one part in so many of the words is given all of them: the few it has are not looked for. */
const nearlyNone = 8;
const empty: Ranges = new Map();

/** A product's judgement of what people write. It sees every struct of an update, and is told when the update is taken. */
export type Grammar = {
  begin(): void;
  /** What stands already, or what the server itself writes. */
  note(struct: Struct): void;
  /** What somebody wrote; throws `Malformed` to refuse it. */
  visit(struct: Struct): void;
  /** The update is complete; throws `Malformed` to refuse it when it is to be judged. */
  end(judged: boolean): void;
  keep(): void;
};

export class LiveDocument {
  readonly vector: StateVector;
  /** Read from the state when the first deletion comes. */
  private gone: Ranges | null = null;
  private state: Piece;
  /** Parts of the tail, each in one; what came since is `tail`. */
  private pieces: Piece[] = [];
  private tail = new Packed();
  /** Clocks in `vector`. */
  private words = 0;
  /** Bytes of the state and the pieces. */
  private settled = 0;
  /** Answers given since the last change, by what was asked. */
  private answers = new Map<string, Uint8Array[]>();
  /** `vector` as it is sent, made when somebody is told. */
  private written: Uint8Array | null = null;

  /** @param state what is stored, and `vector` its state vector when that is stored too. */
  constructor(
    readonly birth: number,
    state: Uint8Array | null,
    tail: readonly Uint8Array[],
    vector?: StateVector,
  ) {
    this.state = new Piece(state ?? birthUpdate(birth));
    this.settled = this.state.bytes.length;
    this.vector = state && vector ? new Map(vector) : vectorOf(scan(this.state.bytes));
    this.vector.set(birth, 1);
    for (const clock of this.vector.values()) this.words += clock;
    for (const update of tail) this.keep(update, scan(update));
  }

  get bytes(): number {
    return this.settled + this.tail.bytes;
  }

  /** How many clients' words it holds. */
  get clients(): number {
    return this.vector.size;
  }
  has(client: number): boolean {
    return this.vector.has(client);
  }

  /** Where it stands, as a state vector is sent. */
  get head(): Uint8Array {
    this.written ??= writeVector(this.vector);
    return this.written;
  }

  /**
   * What of an update is new, or null when nothing is; it is part of the document from then on.
   * Throws `Malformed`, `OutOfStep`, `OtherHistory`, or what `mayWrite` throws of a client with new words: then nothing of it stays.
   */
  take(update: Uint8Array, grammar?: Grammar, mayWrite?: (client: number) => void, trusted = false): Laid | null {
    grammar?.begin();
    const scanned = scan(update, grammar ? (struct) => (trusted ? grammar.note(struct) : grammar.visit(struct)) : undefined);
    grammar?.end(!trusted);
    const { runs } = scanned;
    const only = runs.length === 1 && scanned.deleted.size === 0 && !scanned.gap ? runs[0] : undefined;
    if (only && only.client < firstBirth && only.from === this.known(only.client) && this.reaches(scanned.leans)) {
      // One client types on: nearly every update is this.
      if (mayWrite) mayWrite(only.client);
      grammar?.keep();
      this.learn(only);
      this.append(update);
      return { update, ...scanned };
    }
    this.check(scanned, update);
    const fresh = scanned.runs.filter((run) => run.to > this.known(run.client));
    if (mayWrite) for (const run of fresh) mayWrite(run.client);
    const deleted = scanned.deleted.size > 0 ? addDeleted(this.deleted(), scanned.deleted) : empty;
    if (fresh.length === 0 && deleted.size === 0) return null;
    const whole = fresh.length === scanned.runs.length && fresh.every((run) => run.from === this.known(run.client)) && sameRanges(deleted, scanned.deleted);
    const news = whole ? { update, ...scanned } : read(this.cut(update, fresh, deleted));
    grammar?.keep();
    for (const run of fresh) this.learn(run);
    this.append(news.update);
    return news;
  }

  private check(scanned: Scanned, update: Uint8Array): void {
    for (const { client, from, to } of scanned.runs) {
      if (client >= firstBirth && (client !== this.birth || to > 1)) throw new OtherHistory();
      if (from > this.known(client)) throw new OutOfStep();
    }
    if (scanned.gap) throw new OutOfStep();
    const will = scanned.runs.length === 0 ? null : new Map(scanned.runs.map((run) => [run.client, run.to]));
    const reach = (client: number) => Math.max(this.known(client), will?.get(client) ?? 0);
    for (const [client, clock] of scanned.leans) if (clock > reach(client)) throw new OutOfStep();
    for (const [client, ranges] of scanned.deleted) if ((ranges.at(-1) ?? 0) > reach(client)) throw new OutOfStep();
    if (scanned.entangled && !this.untangles(update, scanned.runs)) throw new OutOfStep();
  }

  /** Whether the clients of one update lean on each other in an order that can be followed. */
  private untangles(update: Uint8Array, runs: readonly Run[]): boolean {
    const queues = new Map<number, Struct[]>();
    scan(update, (struct) => {
      const queue = queues.get(struct.client);
      if (queue) queue.push(struct);
      else queues.set(struct.client, [struct]);
    });
    const from = new Map(runs.map((run) => [run.client, run.from]));
    // What lies before an update's own words is known, or it would have been refused already.
    return inOrder(
      queues,
      ({ client, clock }) => clock < Math.max(this.known(client), from.get(client) ?? 0),
      () => {},
    );
  }

  /** What of an update that is out of step could be taken all the same. */
  standing(update: Uint8Array): Uint8Array {
    return standing(update, (client) => this.known(client));
  }

  /** The part of an update that is not known yet. */
  private cut(update: Uint8Array, fresh: readonly Run[], deleted: Ranges): Uint8Array {
    if (fresh.length === 0) return onlyDeleted(deleted);
    const rest = Y.diffUpdate(update, writeVector(new Map(scan(update).runs.map(({ client }) => [client, this.known(client)]))));
    return withDeleted(rest, scan(rest).structsEnd, deleted);
  }

  private reaches(leans: ReadonlyMap<number, number>): boolean {
    for (const [client, clock] of leans) if (clock > this.known(client)) return false;
    return true;
  }
  private known(client: number): number {
    return this.vector.get(client) ?? 0;
  }
  private learn({ client, to }: Run): void {
    this.words += to - this.known(client);
    this.vector.set(client, to);
  }

  private deleted(): Ranges {
    if (this.gone === null) {
      this.gone = new Map();
      for (const { bytes } of [this.state, ...this.pieces]) addDeleted(this.gone, scan(bytes).deleted);
      for (const update of this.tail.list()) addDeleted(this.gone, scan(update).deleted);
    }
    return this.gone;
  }

  /** What the log has already judged. */
  private keep(update: Uint8Array, scanned: Scanned): void {
    for (const run of scanned.runs) if (run.to > this.known(run.client)) this.learn(run);
    this.append(update);
  }
  private append(update: Uint8Array): void {
    this.tail.push(update);
    this.written = null;
    if (this.answers.size > 0) this.answers.clear();
    if (this.tail.bytes > fullPiece) this.settle();
  }
  /** The tail becomes part of the pieces. */
  private settle(): void {
    let bytes = inOne(this.tail.list());
    let was = 0;
    // Pieces of a size become one, so that there are few and no word is copied often.
    for (let last = this.pieces.at(-1); last && last.bytes.length < Math.min(fullPiece, 2 * bytes.length); last = this.pieces.at(-1)) {
      this.pieces.pop();
      was += last.bytes.length;
      bytes = inOne([last.bytes, bytes]);
    }
    this.settled += bytes.length - was;
    this.pieces.push(new Piece(bytes));
    this.tail = new Packed();
  }

  /** Everything, as one update. */
  whole(): Uint8Array {
    if (this.pieces.length + this.tail.count > 0) this.begin(inOne([...[this.state, ...this.pieces].map(({ bytes }) => bytes), ...this.tail.list()]));
    return this.state.bytes;
  }
  /** The tail as one, for this moment. */
  private rest(): Piece[] {
    return this.tail.count === 0 ? [] : [new Piece(inOne(this.tail.list()))];
  }
  private begin(state: Uint8Array): void {
    this.state = new Piece(state);
    this.settled = state.length;
    this.pieces = [];
    this.tail = new Packed();
  }

  /** What somebody who has `vector` lacks, to be applied in this order; the last piece completes it. */
  lacking(vector: StateVector): readonly Uint8Array[] {
    const { key, shared } = this.keyOf(vector);
    const before = this.answers.get(key);
    if (before) return before;
    const answer = this.answer(shared);
    if (this.answers.size >= mostAnswers) this.answers.clear();
    this.answers.set(key, answer);
    return answer;
  }
  private answer(shared: StateVector): Uint8Array[] {
    const all = shared.size === this.vector.size && [...shared].every(([client, clock]) => clock === this.known(client));
    // Deletions are in no state vector: they are always told.
    if (all) return [onlyDeleted(this.deleted())];
    if (this.bytes <= wholeUpTo) this.whole();
    if (this.tail.count > loose) this.settle();
    const pieces = [this.state, ...this.pieces, ...this.rest()];
    let has = 0;
    for (const clock of shared.values()) has += clock;
    return pieces.map((piece) => (has * nearlyNone < this.words ? piece.bytes : piece.lacking(shared)));
  }
  /** Whether what `lacking` says to this vector is known already. */
  knows(vector: StateVector): boolean {
    return this.answers.has(this.keyOf(vector).key);
  }
  private keyOf(vector: StateVector): { key: string; shared: StateVector } {
    // Two who have the same of ours lack the same, whatever else they wrote.
    const shared: StateVector = new Map();
    for (const [client, clock] of vector) {
      const known = this.known(client);
      if (known > 0 && clock > 0) shared.set(client, Math.min(clock, known));
    }
    const ordered = new Map([...shared].sort(([a], [b]) => a - b));
    return { key: Buffer.from(writeVector(ordered)).toString("latin1"), shared };
  }

  /** Whether a vector holds another document's birth. */
  isOther(vector: StateVector): boolean {
    for (const client of vector.keys()) if (client >= firstBirth && client !== this.birth) return true;
    return false;
  }

  /** Whether everything `vector` counts is here. */
  covers(vector: StateVector): boolean {
    for (const [client, clock] of vector) if (clock > this.known(client)) return false;
    return true;
  }

  /** Take a shorter form of the same: the state of a moment, and the updates that came after it. */
  shortened(state: Uint8Array, tail: readonly Uint8Array[]): void {
    this.begin(state);
    for (const update of tail) this.append(update);
    this.answers.clear();
  }
}

const inOne = (updates: readonly Uint8Array[]): Uint8Array => inRows(updates.map(read)).update;
const vectorOf = (scanned: Scanned): StateVector => new Map(scanned.runs.map((run) => [run.client, run.to]));
