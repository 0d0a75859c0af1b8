// Presses that found no network: kept on this device in the order they were made, until each has been answered.
export type Press = {
  /** The form's request id: sent twice, it counts once. */
  id: string;
  url: string;
  body: string;
  at: number;
  /** What the button said. */
  label: string;
  /** Sent after waiting. */
  late: boolean;
};

export class Presses {
  constructor(
    private readonly key: string,
    private readonly store: Pick<Storage, "getItem" | "setItem" | "removeItem"> = localStorage,
  ) {}

  all(): Press[] {
    const kept: unknown = JSON.parse(this.store.getItem(this.key) ?? "[]");
    return Array.isArray(kept) ? (kept as Press[]) : [];
  }
  first(): Press | undefined {
    return this.all()[0];
  }
  add(press: Press): void {
    this.store.setItem(this.key, JSON.stringify([...this.all(), press]));
  }
  drop(id: string): void {
    const left = this.all().filter((p) => p.id !== id);
    if (left.length === 0) this.store.removeItem(this.key);
    else this.store.setItem(this.key, JSON.stringify(left));
  }
}
