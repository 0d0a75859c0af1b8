// All open rooms: opened once, committed together once a moment, folded and given back in the background.
import type * as Y from "yjs";
import type { CloseReason } from "../app/collab/close-codes";
import { birthOf } from "./births";
import type { Grammar } from "./document";
import { Folder } from "./folder";
import type { Limits } from "./limits";
import { Busy, type Folds, type UpdateLog } from "./log";
import type { Metrics } from "./metrics";
import { type Member, Room } from "./room";

/** What a product adds to a document: its own part of the content, and its judgement of what is written. */
export type Product = {
  /** Asked when a room opens and when records change: makes the document what the records say. */
  prepare?: ((room: string) => Promise<(doc: Y.Doc) => void>) | undefined;
  /** Judges every struct people write in a room; begins with the document as it is stored. */
  grammar?: ((room: string, state: Uint8Array) => Grammar) | undefined;
};

export type HubOptions = Product & {
  log: UpdateLog;
  metrics: Metrics;
  limits: Pick<Limits, "document" | "clients" | "newClients">;
  /** What others are shown of a member's presence. */
  dress(state: string, member: Member): string;
  /** Milliseconds after which a room with nobody in it gives its memory back. */
  idleFor: number;
  now(): number;
  onError(error: unknown, what: string): void;
  /** What was written in a room is on disk and told. */
  onWritten?: ((room: string) => void) | undefined;
  /** Everybody in a room must go: what is in memory is more than what is on disk. */
  onDropped(room: Room, reason: CloseReason): void;
};

/**
 * Milliseconds between two commits: half of what the last one and its telling took, and longer when it held much; longest
 * when its words told few each, because then the disk is most of the work. The more there is to do, the more is done at
 * once; nobody sees it, and a commit after a moment of quiet waits for nothing.
 */
const pauses = { share: 0.5, perUpdate: 0.4, most: 16, few: { each: 4, share: 1, perUpdate: 1, most: 32 } };
/** A room that writes so many times less than the others does not wait for them: its commit comes as much sooner. */
const light = 4;
/** Bytes of one room after which it is written sooner: the longer a row of words, the longer others wait while it is told. */
const full = 32 * 1024;
/** Milliseconds in which questions are answered at a stretch, one at least. */
const answering = 2;
/** Milliseconds after which a commit that finds the database held gives up. */
const busyFor = 10_000;
/** Updates, and bytes, after which a tail is folded: more of them in a large document; a room that is quiet is folded earlier. */
const longTail = { updates: 1000, bytes: 256 * 1024, quietUpdates: 50, quietFor: 3000 };
/** Bytes of all tails after which the oldest are folded: a start reads no more than these. */
const longJournal = 16 * 1024 * 1024;

type Open = { room: Room; changedAt: number; emptySince: number; ready: boolean };

export class Hub {
  private readonly rooms = new Map<string, Promise<Open>>();
  private readonly open = new Map<string, Open>();
  private readonly dirty = new Set<Room>();
  private readonly present = new Set<Room>();
  private readonly folder: Folder;
  private readonly keeping: NodeJS.Timeout;
  /** Changes by people that are under way on the server. */
  private readonly changing = new Map<string, Set<Promise<void>>>();
  private scheduled: { at: number; timer: NodeJS.Immediate | NodeJS.Timeout } | null = null;
  /** From one commit of all rooms to the next: when it began and how long it is; how long that one took, and how many updates a room brought to it. */
  private round = { began: 0, pause: 0, took: 0, each: 0, brought: new Map<string, number>() };
  /** What rooms brought since it began. */
  private brought = new Map<string, number>();
  private busySince = 0;
  private presenceTimer: NodeJS.Timeout | null = null;
  private closed = false;
  /** Whether the last commit failed. */
  failing = false;

  constructor(private readonly options: HubOptions) {
    this.folder = new Folder(
      options.log,
      options.metrics,
      (folded) => this.folded(folded),
      (error, what) => options.onError(error, what),
    );
    this.keeping = setInterval(() => this.keepHouse(), Math.min(1000, options.idleFor));
    this.keeping.unref();
  }

  get size(): number {
    return this.open.size;
  }

  /** The room of this name, opened when it is not. */
  async room(name: string): Promise<Room> {
    let opening = this.rooms.get(name);
    if (!opening) {
      opening = this.openRoom(name);
      this.rooms.set(name, opening);
      const mine = opening;
      opening.catch(() => {
        if (this.rooms.get(name) === mine) this.rooms.delete(name);
      });
    }
    return (await opening).room;
  }

  private async openRoom(name: string): Promise<Open> {
    const { log, limits, grammar, dress, prepare, now } = this.options;
    const room = new Room(name, birthOf(log.id, name), log, { limits, dress, grammar: grammar ? (state) => grammar(name, state) : undefined });
    const open: Open = { room, changedAt: now(), emptySince: now(), ready: false };
    this.open.set(name, open);
    try {
      if (prepare) this.change(room, await prepare(name));
    } catch (error) {
      this.forget(room);
      throw error;
    }
    open.ready = true;
    return open;
  }

  private change(room: Room, change: (doc: Y.Doc) => void): void {
    if (room.change(change)) this.schedule(room);
  }

  /** Make open documents what the records say by now. @returns those that are; one that fails is reported, and holds up no other. */
  async refresh(of: (name: string) => boolean): Promise<Room[]> {
    const { prepare, onError } = this.options;
    const names = [...this.rooms].filter(([name]) => of(name));
    const done = await Promise.all(
      names.map(async ([name, opening]) => {
        try {
          const { room } = await opening;
          const change = await prepare?.(name);
          if (change && !room.gone) this.change(room, change);
          return [room];
        } catch (error) {
          onError(error, `The live document ${name} could not be given its records; it has them when they change again, or when it is opened anew.`);
          return [];
        }
      }),
    );
    return done.flat();
  }

  /** Something in this room waits for the disk. */
  schedule(room: Room): void {
    if (this.closed || (this.scheduled && this.dirty.has(room) && room.weight < full)) return;
    this.dirty.add(room);
    this.commitAt(this.dueOf(room));
  }
  /** When a room's words are written: with everybody's, or sooner where it is not the one that makes others wait. */
  private dueOf(room: Room): number {
    const { began, pause, took, each, brought } = this.round;
    if (room.weight >= full) return began + Math.min(pause, took);
    const own = Math.max(1, room.entries().length, brought.get(room.name) ?? 0);
    return began + pause * (own * light <= each ? own / each : 1);
  }
  private commitAt(at: number): void {
    if (this.scheduled) {
      // Who holds the database is not asked sooner because somebody else writes.
      if (this.scheduled.at <= at || this.busySince > 0) return;
      this.unschedule();
    }
    const wait = at - performance.now();
    this.scheduled = { at, timer: wait > 0 ? setTimeout(() => this.commit(at), wait) : setImmediate(() => this.commit(at)) };
  }
  private unschedule(): void {
    if (!this.scheduled) return;
    clearTimeout(this.scheduled.timer as NodeJS.Timeout);
    clearImmediate(this.scheduled.timer as NodeJS.Immediate);
    this.scheduled = null;
  }

  /**
   * A person's change made on the server. `may` is asked once the room is open; whoever settles the room after the right
   * ended waits for changes that were asked before. @returns whether it is on disk: false when the person may not.
   * Throws `Malformed` or `TooLarge` when it is not taken, and when the disk refused it.
   */
  async changeAs(name: string, by: string, may: () => Promise<boolean>, change: (doc: Y.Doc) => void): Promise<boolean> {
    const doing = this.doChange(name, by, may, change);
    const told = doing.then(
      () => {},
      () => {},
    );
    const others = this.changing.get(name) ?? new Set();
    this.changing.set(name, others.add(told));
    try {
      const room = await doing;
      if (!room) return false;
      await this.saved(name);
      if (room.entries().length > 0 && (room.gone || this.closed)) throw new Error(`A change of ${name} could not be saved.`);
      return true;
    } finally {
      others.delete(told);
      if (others.size === 0) this.changing.delete(name);
    }
  }

  private async doChange(name: string, by: string, may: () => Promise<boolean>, change: (doc: Y.Doc) => void): Promise<Room | null> {
    let room = await this.room(name);
    if (!(await may())) return null;
    // It may have been given back meanwhile.
    while (room.gone) room = await this.room(name);
    if (room.changeAs(by, change)) this.schedule(room);
    return room;
  }

  /** Resolves when nothing of this room waits for the disk any more: saved, or given up and told so. */
  async settle(name: string): Promise<void> {
    await Promise.all(this.changing.get(name) ?? []);
    await this.saved(name);
  }

  private async saved(name: string): Promise<void> {
    for (let room = this.open.get(name)?.room; room && room.entries().length > 0 && !this.closed; room = this.open.get(name)?.room) {
      this.commit();
      await new Promise((next) => setTimeout(next, 10));
    }
  }

  /** One commit for everything that is due, in whatever rooms; only then is anything told to anybody. */
  commit(due = Number.POSITIVE_INFINITY): void {
    this.unschedule();
    if (this.closed) return;
    const { log, metrics, now, onError } = this.options;
    const { began, pause } = this.round;
    const begun = performance.now();
    const all = begun >= began + pause || due >= began + pause;
    const group = all ? [...this.dirty] : [...this.dirty].filter((room) => this.dueOf(room) <= due);
    const entries = group.flatMap((room) => room.entries());
    try {
      if (entries.length > 0) log.append(entries);
    } catch (error) {
      this.refused(group, error);
      return;
    }
    for (const room of group) {
      this.dirty.delete(room);
      const count = room.entries().length;
      if (count > 0) this.brought.set(room.name, (this.brought.get(room.name) ?? 0) + count);
    }
    this.busySince = 0;
    this.failing = false;
    const written = performance.now();
    if (entries.length > 0) metrics.commits.add(written - begun);
    metrics.updates += entries.length;
    for (const { room } of entries) {
      const open = this.open.get(room);
      if (open) open.changedAt = now();
    }
    let told = 0;
    // What is on disk is whole; those in the room come back and are told.
    const tell = (room: Room, how: () => void) => {
      try {
        how();
      } catch (error) {
        onError(error, `The live document ${room.name} could not be told to those in it.`);
        this.drop(room, "again");
      }
    };
    for (const room of group) tell(room, () => (told += room.committed(now())));
    // Answers may be long: whoever writes is heard first, and one room's answers do not hold up the next commit.
    const until = performance.now() + answering;
    const later = group.filter((room) => {
      if (room.gone || !room.waits) return false;
      const late = performance.now() > until;
      if (!late) tell(room, () => room.answer(now(), until - performance.now()));
      return late;
    });
    metrics.deliveries += told;
    for (const room of new Set(entries.map((entry) => entry.room))) this.options.onWritten?.(room);
    const end = performance.now();
    metrics.fanOut.add(end - written);
    if (all) this.nextRound(end, end - begun, told < pauses.few.each * entries.length ? pauses.few : pauses);
    // Who was not answered at all comes first the next time.
    for (const room of [...later, ...group]) if (room.waits && !room.gone) this.dirty.add(room);
    for (const room of this.dirty) this.commitAt(this.dueOf(room));
  }

  private nextRound(began: number, took: number, { share, perUpdate, most }: { share: number; perUpdate: number; most: number }): void {
    let updates = 0;
    for (const count of this.brought.values()) updates += count;
    const each = updates / Math.max(1, this.brought.size);
    this.round = { began, pause: Math.min(most, Math.max(share * took, perUpdate * updates)), took, each, brought: this.brought };
    this.brought = new Map();
  }

  private refused(group: readonly Room[], error: unknown): void {
    const { onError } = this.options;
    if (error instanceof Busy) {
      this.busySince ||= performance.now();
      if (performance.now() - this.busySince < busyFor) {
        this.commitAt(performance.now() + 50);
        return;
      }
    }
    for (const room of group) this.dirty.delete(room);
    this.busySince = 0;
    this.failing = true;
    onError(error, "Live documents could not be saved. Nobody was told they were; check the disk of DATA_DIR.");
    // What is in memory is more than what is on disk: the rooms are dropped, and the people come back with what they have.
    for (const room of group) this.drop(room, "cannotSave");
    if (this.dirty.size > 0) this.commitAt(performance.now());
  }

  private drop(room: Room, reason: CloseReason): void {
    this.forget(room);
    this.options.onDropped(room, reason);
  }
  private forget(room: Room): void {
    room.gone = true;
    if (this.open.get(room.name)?.room === room) {
      this.rooms.delete(room.name);
      this.open.delete(room.name);
    }
    this.dirty.delete(room);
    this.present.delete(room);
  }

  /** Somebody's presence in this room changed: told with everybody else's in a moment. */
  presenceChanged(room: Room): void {
    this.present.add(room);
    this.presenceTimer ??= setTimeout(() => {
      this.presenceTimer = null;
      for (const each of this.present) each.tellPresence();
      this.present.clear();
    }, 30).unref();
  }

  /** Nobody is in this room any more. */
  emptied(room: Room): void {
    const open = this.open.get(room.name);
    if (open) open.emptySince = this.options.now();
  }

  /** To be called now and then: presence expires, and people are told where the documents stand. */
  beat(): void {
    for (const { room } of this.open.values()) {
      if (room.expirePresence(this.options.now())) this.presenceChanged(room);
      room.headIsDue();
      if (room.waits) this.schedule(room);
    }
  }

  private keepHouse(): void {
    const { log } = this.options;
    for (const [name, open] of this.open) {
      if (!open.ready) continue;
      const { room, changedAt } = open;
      const { updates, bytes } = log.unfolded(name);
      const quiet = Math.abs(this.options.now() - changedAt) > longTail.quietFor;
      // A room that always has something to do is folded when the journal is long: before, it would take time from what it does.
      const grown = updates > Math.max(longTail.updates, room.document.bytes / 256) || bytes > Math.max(longTail.bytes, room.document.bytes / 2);
      if (this.leftAlone(open)) {
        if (updates > 0 && !this.folder.gaveUp(name)) this.folder.want(name);
        else this.forget(room);
      } else if (!room.waits && (grown || (quiet && updates > longTail.quietUpdates))) this.folder.want(name);
    }
    const { bytes, rooms } = log.oldest();
    if (bytes > longJournal) for (const name of rooms.slice(0, 50)) this.folder.want(name);
  }
  /** Nobody was in it for long enough. */
  private leftAlone({ room, emptySince, ready }: Open): boolean {
    return ready && room.idle && Math.abs(this.options.now() - emptySince) >= this.options.idleFor;
  }

  private folded({ room: name, state, tail }: Folds["folded"][number]): void {
    const open = this.open.get(name);
    if (!open) return;
    if (tail.length === 0 && this.leftAlone(open)) this.forget(open.room);
    else open.room.shortened(state, tail);
  }

  /** Everything that came is on disk and told, and nothing more is taken. */
  async close(): Promise<void> {
    this.commit();
    // Somebody else may hold the database just now.
    const unsaved = () => [...this.dirty].some((room) => room.entries().length > 0);
    for (const end = performance.now() + busyFor; unsaved() && performance.now() < end; this.commit()) await new Promise((next) => setTimeout(next, 20));
    this.closed = true;
    clearInterval(this.keeping);
    if (this.presenceTimer) clearTimeout(this.presenceTimer);
    this.unschedule();
    this.folder.close();
    await this.options.log.close();
  }
}
