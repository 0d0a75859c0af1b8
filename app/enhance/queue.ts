// Presses that wait for an answer: kept on this device in the order they were made, before anything is sent, until each has
// been answered.
export type Press = {
  /** The form's request id: sent twice, it counts once. */
  id: string;
  url: string;
  body: string;
  at: number;
  /** What the button said. */
  label: string;
};
/** Answered, or to be sent again: no network, no answer in time, a server that fails. */
export type Outcome = "sent" | "waits";

export class Presses {
  /** Made on this page, not tried yet, and behind none that was: nobody needs to be told that they wait. */
  private readonly fresh = new Set<string>();
  private running: Promise<void> | null = null;

  constructor(
    private readonly key: string,
    private readonly store: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null = storage(),
  ) {}

  all(): Press[] {
    const kept: unknown = JSON.parse(this.store?.getItem(this.key) ?? "[]");
    return Array.isArray(kept) ? (kept as Press[]) : [];
  }
  first(): Press | undefined {
    return this.all()[0];
  }
  /** Those that found no network, or outlived the page they were made on. */
  waiting(): Press[] {
    return this.all().filter((p) => !this.fresh.has(p.id));
  }

  /** @returns whether it is kept: not where the device is full, or keeps nothing for pages. */
  add(press: Press): boolean {
    if (!this.store) return false;
    const waits = this.waiting().length > 0;
    try {
      this.store.setItem(this.key, JSON.stringify([...this.all(), press]));
    } catch {
      return false;
    }
    if (!waits) this.fresh.add(press.id);
    return true;
  }
  private drop(id: string): void {
    const left = this.all().filter((p) => p.id !== id);
    if (left.length === 0) this.store?.removeItem(this.key);
    else this.store?.setItem(this.key, JSON.stringify(left));
  }

  /**
   * Sends what is kept, one after the other in the order it was made, until one of them has to wait; `late` says that it
   * waited before. What is added meanwhile is sent too. Called again meanwhile it is the same flush.
   */
  flush(send: (press: Press, late: boolean) => Promise<Outcome>): Promise<void> {
    this.running ??= this.sendAll(send).finally(() => {
      this.running = null;
    });
    return this.running;
  }
  private async sendAll(send: (press: Press, late: boolean) => Promise<Outcome>): Promise<void> {
    for (let first = this.first(); first; first = this.first()) {
      if ((await send(first, !this.fresh.has(first.id))) === "waits") {
        // And all behind it.
        this.fresh.clear();
        return;
      }
      this.fresh.delete(first.id);
      this.drop(first.id);
    }
  }
  /** Whether it has been answered. */
  answered(id: string): boolean {
    return this.all().every((p) => p.id !== id);
  }
}

/** Null where the browser keeps nothing for pages. */
function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
