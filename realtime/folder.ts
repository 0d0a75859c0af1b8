// Folds one handful of rooms after the other in the background.
import { Busy, type Folds, type UpdateLog } from "./log";
import type { Metrics } from "./metrics";

/** Milliseconds after which a room that could not be folded is tried again. */
const again = 600_000;
/** Rooms, and bytes of their tails, that are folded at once. */
const handful = { rooms: 50, bytes: 256 * 1024 };

export class Folder {
  private readonly wanted = new Set<string>();
  /** Rooms that could not be folded, and until when they are left alone. */
  private readonly givenUp = new Map<string, number>();
  private running: Promise<void> | null = null;
  private closed = false;

  constructor(
    private readonly log: Pick<UpdateLog, "fold" | "unfolded">,
    private readonly metrics: Metrics,
    private readonly onFolded: (folded: Folds["folded"][number]) => void,
    private readonly onError: (error: unknown, what: string) => void,
  ) {}

  /** Fold this room when there is time. */
  want(room: string): void {
    if (this.closed || this.gaveUp(room)) return;
    this.wanted.add(room);
    this.running ??= this.run();
  }

  /** Whether it was tried lately in vain. */
  gaveUp(room: string): boolean {
    return (this.givenUp.get(room) ?? 0) > performance.now();
  }

  private async run(): Promise<void> {
    // Those that are wanted at the same moment are folded together.
    await new Promise((next) => setImmediate(next));
    while (this.wanted.size > 0 && !this.closed) {
      try {
        await this.step();
      } catch (error) {
        // A log that stays long only opens more slowly; the next housekeeping tries again.
        if (!this.closed && !(error instanceof Busy))
          this.onError(error, "The log of live documents could not be shortened. Nothing is lost; check the disk of DATA_DIR.");
        this.wanted.clear();
      }
    }
    this.running = null;
  }

  private async step(): Promise<void> {
    const rooms: string[] = [];
    let bytes = 0;
    for (const room of this.wanted) {
      if (rooms.length >= handful.rooms || bytes >= handful.bytes) break;
      this.wanted.delete(room);
      rooms.push(room);
      bytes += this.log.unfolded(room).bytes;
    }
    const begun = performance.now();
    const { folded, failed } = await this.log.fold(rooms);
    this.metrics.folds.add(performance.now() - begun);
    if (this.closed) return;
    for (const each of folded) this.onFolded(each);
    for (const { room, problem } of failed) {
      this.givenUp.set(room, performance.now() + again);
      this.onError(new Error(problem), `The live document ${room} could not be folded and stays as it is.`);
    }
  }

  /** Nothing new is begun. Whoever closes the log ends what is under way. */
  close(): void {
    this.closed = true;
  }
}
