// Byte strings one after the other in one block of memory: thousands of small updates are one object, not thousands.
export class Packed {
  private block = new Uint8Array(0);
  /** Where each item ends. */
  private ends: number[] = [];

  get count(): number {
    return this.ends.length;
  }
  /** Bytes of all items. */
  get bytes(): number {
    return this.ends.at(-1) ?? 0;
  }

  push(item: Uint8Array): void {
    const from = this.bytes;
    const to = from + item.length;
    if (to > this.block.length) {
      const larger = new Uint8Array(Math.max(128, to, this.block.length * 2));
      larger.set(this.block.subarray(0, from));
      this.block = larger;
    }
    this.block.set(item, from);
    this.ends.push(to);
  }

  /** All items, as views: what was pushed is never written over, only left behind with its block. */
  list(): Uint8Array[] {
    const items: Uint8Array[] = [];
    for (let n = 0; n < this.ends.length; n++) items.push(this.block.subarray(this.ends[n - 1] ?? 0, this.ends[n]));
    return items;
  }

  /** Forget the first `count` items. */
  drop(count: number): void {
    const from = this.ends[count - 1] ?? 0;
    this.block = this.block.slice(from, this.bytes);
    this.ends = this.ends.slice(count).map((end) => end - from);
  }
}
