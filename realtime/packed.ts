// Byte strings one after the other in few blocks of memory: thousands of small updates are a few objects, not thousands.

/** Bytes from which on a block is not made larger: what is long is never copied to make room for what comes. */
const largest = 64 * 1024;

/** Some items, one after the other, and where each ends. */
type Block = { bytes: Uint8Array; ends: number[] };

export class Packed {
  private block = new Uint8Array(0);
  private ends: number[] = [];
  /** Blocks that are full: most have none. */
  private full: Block[] | null = null;
  /** Items, and bytes, of the full blocks. */
  private fullCount = 0;
  private fullBytes = 0;

  get count(): number {
    return this.fullCount + this.ends.length;
  }
  /** Bytes of all items. */
  get bytes(): number {
    return this.fullBytes + this.used;
  }
  private get used(): number {
    return this.ends.at(-1) ?? 0;
  }

  push(item: Uint8Array): void {
    if (this.used > 0 && this.used + item.length > largest) this.begin();
    const from = this.used;
    const to = from + item.length;
    if (to > this.block.length) {
      const larger = new Uint8Array(Math.max(128, to, Math.min(largest, this.block.length * 2)));
      larger.set(this.block.subarray(0, from));
      this.block = larger;
    }
    this.block.set(item, from);
    this.ends.push(to);
  }
  private begin(): void {
    this.full ??= [];
    this.full.push({ bytes: this.block, ends: this.ends });
    this.fullCount += this.ends.length;
    this.fullBytes += this.used;
    this.block = new Uint8Array(largest);
    this.ends = [];
  }
  private get blocks(): Block[] {
    return [...(this.full ?? []), { bytes: this.block, ends: this.ends }];
  }

  /** All items, as views: what was pushed is never written over, only left behind with its block. */
  list(): Uint8Array[] {
    return this.blocks.flatMap(({ bytes, ends }) => ends.map((end, n) => bytes.subarray(ends[n - 1] ?? 0, end)));
  }
  /** The bytes of each item. */
  lengths(): number[] {
    return this.blocks.flatMap(({ ends }) => ends.map((end, n) => end - (ends[n - 1] ?? 0)));
  }
  /** A copy of all items, one after the other, in memory that another thread sees too. */
  shared(): Uint8Array {
    const copy = new Uint8Array(new SharedArrayBuffer(this.bytes));
    let at = 0;
    for (const { bytes, ends } of this.blocks) {
      const used = ends.at(-1) ?? 0;
      copy.set(bytes.subarray(0, used), at);
      at += used;
    }
    return copy;
  }

  /** Forget the first `count` items. */
  drop(count: number): void {
    const rest = this.list().slice(count);
    this.block = new Uint8Array(0);
    this.ends = [];
    this.full = null;
    this.fullCount = 0;
    this.fullBytes = 0;
    for (const item of rest) this.push(item);
  }
}
