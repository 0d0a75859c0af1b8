// What people may write into minutes: text in the nodes the editor knows, not deeper than any minutes go. Whatever else
// a client sends is refused before it is kept, because an editor that meets it would stop, or throw honest words away.

/** One struct of an update, as far as it matters here. */
type Struct = {
  client: number;
  clock: number;
  length: number;
  kind: number;
  left: Id | null;
  right: Id | null;
  parent: string | Id | null;
  key: string | null;
  type: number | null;
  name: string | null;
};
type Id = { client: number; clock: number };

/** The nodes of the editor's schema. */
export const minutesNodes: ReadonlySet<string> = new Set([
  "agendaSection",
  "paragraph",
  "heading",
  "speech",
  "bulletList",
  "orderedList",
  "listItem",
  "table",
  "tableRow",
  "tableCell",
  "tableHeader",
  "image",
  "hardBreak",
  "decision",
  "task",
]);
/** The marks of the editor's schema. */
export const minutesMarks: ReadonlySet<string> = new Set(["bold", "link"]);
const deepest = 24;
const [garbage, deleted, text, format, type, any] = [0, 1, 4, 6, 7, 8];
const [element, xmlText] = [3, 6];

/** Depths of stretches of one client's clocks, in their order. */
type Stretch = { from: number; to: number; depth: number };

/** Judges structs in the order they are written. `refuse` throws. */
export class MinutesGrammar {
  private readonly depths = new Map<number, Stretch[]>();
  private staged: { client: number; stretch: Stretch }[] = [];

  constructor(
    private readonly field: string,
    private readonly refuse: (why: string) => never,
  ) {}

  /** An update begins: what was staged of one that was refused is forgotten. */
  begin(): void {
    this.staged = [];
  }
  /** The update was taken. */
  keep(): void {
    for (const { client, stretch } of this.staged) this.add(client, stretch);
    this.staged = [];
  }

  /** Judge a struct somebody wrote. */
  visit(struct: Struct): void {
    const { kind, key } = struct;
    if (kind === garbage || kind === deleted) {
      this.stage(struct, this.depthOf(struct));
      return;
    }
    if (kind !== text && kind !== format && kind !== type && kind !== any) this.refuse("content of a kind no minutes hold");
    if (key !== null && kind !== any) this.refuse("an attribute that is no plain value");
    if (kind === any && key === null && struct.parent !== null) this.refuse("plain values among the nodes");
    if (kind === format && !minutesMarks.has((struct.name ?? "").split("--")[0] ?? "")) this.refuse("an unknown mark");
    if (kind === type && struct.type !== element && struct.type !== xmlText) this.refuse("a shared type no minutes hold");
    if (kind === type && struct.type === element && !minutesNodes.has(struct.name ?? "")) this.refuse("an unknown node");
    if (typeof struct.parent === "string" && struct.parent !== this.field) this.refuse("another root");
    const depth = this.depthOf(struct);
    if (depth === 1 && (kind !== type || struct.name !== "agendaSection")) this.refuse("something beside the sections");
    if (depth > deepest) this.refuse("nested too deep");
    this.stage(struct, depth);
  }

  /** Note a struct that stands already. */
  note(struct: Struct): void {
    this.add(struct.client, { from: struct.clock, to: struct.clock + struct.length, depth: this.depthOf(struct) });
  }

  private stage({ client, clock, length }: Struct, depth: number): void {
    this.staged.push({ client, stretch: { from: clock, to: clock + length, depth } });
  }
  private add(client: number, stretch: Stretch): void {
    const list = this.depths.get(client);
    const last = list?.at(-1);
    if (!list) this.depths.set(client, [stretch]);
    else if (last && stretch.from < last.to) return;
    else if (last && last.to === stretch.from && last.depth === stretch.depth) last.to = stretch.to;
    else list.push(stretch);
  }

  private depthOf({ left, right, parent }: Struct): number {
    if (typeof parent === "string") return 1;
    if (parent !== null) return this.depthAt(parent) + 1;
    const beside = left ?? right;
    return beside === null ? 0 : this.depthAt(beside);
  }
  private depthAt({ client, clock }: Id): number {
    for (let n = this.staged.length - 1; n >= 0; n--) {
      const { client: c, stretch } = this.staged[n] as { client: number; stretch: Stretch };
      if (c === client && clock >= stretch.from && clock < stretch.to) return stretch.depth;
    }
    const list = this.depths.get(client) ?? [];
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.to ?? 0) <= clock) low = middle + 1;
      else high = middle;
    }
    const found = list[low];
    return found && clock >= found.from ? found.depth : 0;
  }
}
