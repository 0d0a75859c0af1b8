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

/** Depths of stretches of one client's clocks, in their order. A section stands at 1; what stands in garbage is gone. */
type Stretch = { from: number; to: number; depth: number };
const gone = -1;

/** Judges the structs of an update; `refuse` throws. */
export class MinutesGrammar {
  private readonly depths = new Map<number, Stretch[]>();
  private staged = new Map<number, Struct[]>();
  private found = new Map<number, Stretch[]>();

  constructor(
    private readonly field: string,
    private readonly refuse: (why: string) => never,
  ) {}

  /** An update begins: what was staged of one that was refused is forgotten. */
  begin(): void {
    if (this.staged.size > 0) this.staged = new Map();
    if (this.found.size > 0) this.found = new Map();
  }

  /** One struct of the update, judged by what it is. */
  visit(struct: Struct): void {
    const { kind, key } = struct;
    this.stage(struct);
    if (kind === garbage || kind === deleted) return;
    if (kind !== text && kind !== format && kind !== type && kind !== any) this.refuse("content of a kind no minutes hold");
    if (key !== null && kind !== any) this.refuse("an attribute that is no plain value");
    if (kind === any && key === null && struct.parent !== null) this.refuse("plain values among the nodes");
    if (kind === format && !minutesMarks.has((struct.name ?? "").split("--")[0] ?? "")) this.refuse("an unknown mark");
    if (kind === type && struct.type !== element && struct.type !== xmlText) this.refuse("a shared type no minutes hold");
    if (kind === type && struct.type === element && !minutesNodes.has(struct.name ?? "")) this.refuse("an unknown node");
    if (typeof struct.parent === "string" && struct.parent !== this.field) this.refuse("another root");
  }

  /** The update is complete: its structs are judged by where they stand. */
  end(judged: boolean): void {
    this.place((struct, depth) => {
      if (!judged) return;
      if (depth === 1 && struct.kind > deleted && (struct.kind !== type || struct.name !== "agendaSection")) this.refuse("something beside the sections");
      if (depth > deepest) this.refuse("nested too deep");
    });
  }

  /** The update was taken. */
  keep(): void {
    for (const [client, stretches] of this.found) for (const stretch of stretches) append(this.depths, client, stretch);
    this.begin();
  }

  /** A struct that stands already, or is the server's own. */
  note(struct: Struct): void {
    this.stage(struct);
  }

  private stage(struct: Struct): void {
    const list = this.staged.get(struct.client);
    if (list) list.push(struct);
    else this.staged.set(struct.client, [struct]);
  }

  /** Find how deep everything staged stands. Clients lean on each other: each goes on as far as the others have come. */
  private place(judge: (struct: Struct, depth: number) => void): void {
    const next = new Map<number, number>();
    for (let moved = true; moved; ) {
      moved = false;
      for (const [client, structs] of this.staged) {
        let n = next.get(client) ?? 0;
        for (; n < structs.length; n++) {
          const struct = structs[n] as Struct;
          const depth = this.depthOf(struct);
          if (depth === undefined) break;
          judge(struct, depth);
          append(this.found, client, { from: struct.clock, to: struct.clock + struct.length, depth });
          moved = true;
        }
        next.set(client, n);
      }
    }
  }

  /** Undefined when it leans on something of this update that was not reached yet. */
  private depthOf({ kind, left, right, parent }: Struct): number | undefined {
    if (kind === garbage) return gone;
    if (typeof parent === "string") return 1;
    if (parent !== null) {
      const above = this.depthAt(parent);
      return above === undefined || above === gone ? above : above + 1;
    }
    const [before, after] = [left === null ? undefined : this.depthAt(left), right === null ? undefined : this.depthAt(right)];
    if (left !== null && before === undefined) return undefined;
    if (right !== null && after === undefined) return undefined;
    if (before === gone || after === gone) return gone;
    return before ?? after ?? gone;
  }
  private depthAt({ client, clock }: Id): number | undefined {
    const known = depthIn(this.depths.get(client), clock) ?? depthIn(this.found.get(client), clock);
    if (known !== undefined) return known;
    const last = this.staged.get(client)?.at(-1);
    // What nobody named is missing, and refused for that elsewhere.
    return last && clock < last.clock + last.length ? undefined : gone;
  }
}

function append(to: Map<number, Stretch[]>, client: number, stretch: Stretch): void {
  const list = to.get(client);
  const last = list?.at(-1);
  if (!list) to.set(client, [{ ...stretch }]);
  else if (last && stretch.to <= last.to) return;
  else if (last && last.to === stretch.from && last.depth === stretch.depth) last.to = stretch.to;
  else list.push({ ...stretch });
}

function depthIn(list: readonly Stretch[] | undefined, clock: number): number | undefined {
  if (!list) return undefined;
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.to ?? 0) <= clock) low = middle + 1;
    else high = middle;
  }
  const found = list[low];
  return found && clock >= found.from ? found.depth : undefined;
}
