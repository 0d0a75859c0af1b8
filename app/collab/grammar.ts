// What people may write into minutes: text in the nodes the editor knows, each where the editor puts it. Whatever else a
// client sends is refused before it is kept, because an editor that meets it would stop, or throw honest words away.
import { inOrder } from "./order";
import { recordKinds } from "./records";
import { type Id, kinds, type Struct, types } from "./struct";

const text = "#text";
const blocks = ["paragraph", "heading", "speech", "bulletList", "orderedList", "table", "image"];
const inline = [text, "hardBreak"];
/** What may stand in what: the editor's schema without its numbers, which two people may break together. */
export const minutesChildren: Readonly<Record<string, readonly string[]>> = {
  agendaSection: [...blocks, ...recordKinds],
  paragraph: inline,
  heading: inline,
  speech: inline,
  bulletList: ["listItem"],
  orderedList: ["listItem"],
  listItem: blocks,
  table: ["tableRow"],
  tableRow: ["tableCell", "tableHeader"],
  tableCell: blocks,
  tableHeader: blocks,
  image: [],
  hardBreak: [],
  ...Object.fromEntries(recordKinds.map((kind) => [kind, []])),
};
/** The marks of the editor's schema. */
export const minutesMarks: ReadonlySet<string> = new Set(["bold", "link"]);
/** Deeper than any minutes go. */
const deepest = 60;

/** Where a stretch of one client's clocks stands: how deep, and in what (a node, the text "#text", an attribute "@key", the root ""). */
type Place = { depth: number; within: string };
type Stretch = Place & { from: number; to: number };
/** What stands in garbage is garbage, whatever it is. */
const gone: Place = { depth: -1, within: "?" };

/** Judges the structs of an update; `refuse` throws. */
export class MinutesGrammar {
  private readonly places = new Map<number, Stretch[]>();
  /** The names of nodes, by where they were written. */
  private readonly names = new Map<string, string>();
  private staged = new Map<number, Struct[]>();
  private found = new Map<number, Stretch[]>();
  private foundNames = new Map<string, string>();

  constructor(
    private readonly field: string,
    private readonly refuse: (why: string) => never,
  ) {}

  /** An update begins: what was staged of one that was refused is forgotten. */
  begin(): void {
    if (this.staged.size === 0) return;
    this.staged = new Map();
    this.found = new Map();
    this.foundNames = new Map();
  }

  /** One struct of the update, judged by what it is. */
  visit(struct: Struct): void {
    const { kind } = struct;
    this.note(struct);
    if (kind === kinds.garbage || kind === kinds.deleted || kind === kinds.gap) return;
    if (kind !== kinds.text && kind !== kinds.format && kind !== kinds.type && kind !== kinds.any) this.refuse("content of a kind no minutes hold");
    if (kind === kinds.format && !minutesMarks.has((struct.name ?? "").split("--")[0] ?? "")) this.refuse("an unknown mark");
    if (kind === kinds.type && struct.type !== types.element && struct.type !== types.xmlText) this.refuse("a shared type no minutes hold");
    if (typeof struct.parent === "string" && struct.parent !== this.field) this.refuse("another root");
  }

  /** A struct that stands already, or is the server's own. */
  note(struct: Struct): void {
    if (struct.kind === kinds.gap) return;
    const list = this.staged.get(struct.client);
    if (list) list.push(struct);
    else this.staged.set(struct.client, [struct]);
  }

  /** The update is complete: its structs are judged by where they stand. Those that lean in a circle are refused elsewhere. */
  end(judged: boolean): void {
    inOrder(
      this.staged,
      (id) => this.placeAt(id) !== undefined,
      (struct) => {
        const place = this.placeOf(struct);
        if (judged) this.judge(struct, place);
        append(this.found, struct.client, { from: struct.clock, to: struct.clock + struct.length, ...place });
        if (struct.kind === kinds.type) this.foundNames.set(nameKey(struct), struct.type === types.xmlText ? text : (struct.name ?? ""));
      },
    );
  }

  /** The update was taken. */
  keep(): void {
    for (const [client, stretches] of this.found) for (const stretch of stretches) append(this.places, client, stretch);
    for (const [key, name] of this.foundNames) this.names.set(key, name);
    this.begin();
  }

  private judge({ kind, name, type, value }: Struct, { depth, within }: Place): void {
    if (within === gone.within || kind === kinds.garbage || kind === kinds.deleted) return;
    if (depth > deepest) this.refuse("nested too deep");
    if (within.startsWith("@")) {
      if (kind !== kinds.any || !fits(within.slice(1), value)) this.refuse("an attribute no node has");
    } else if (within === text) {
      if (kind !== kinds.text && kind !== kinds.format) this.refuse("something in a text that is no text");
    } else {
      const child = kind === kinds.type ? (type === types.xmlText ? text : (name ?? "")) : "";
      const allowed = within === "" ? ["agendaSection"] : (minutesChildren[within] ?? []);
      if (!allowed.includes(child)) this.refuse("a node where the editor puts none");
    }
  }

  private placeOf({ kind, left, right, parent, key }: Struct): Place {
    if (kind === kinds.garbage) return gone;
    const [before, after] = [left && this.placeAt(left), right && this.placeAt(right)];
    if (before === gone || after === gone) return gone;
    if (parent === null) return before ?? after ?? gone;
    if (typeof parent === "string") return { depth: 1, within: key === null ? "" : `@${key}` };
    const above = this.placeAt(parent);
    const name = this.foundNames.get(nameKey(parent)) ?? this.names.get(nameKey(parent));
    // Yjs makes garbage of what has no parent.
    if (!above || above.within === gone.within || name === undefined) return gone;
    return { depth: above.depth + 1, within: key === null ? name : `@${key}` };
  }

  /** Undefined when it is part of this update and was not reached yet. */
  private placeAt({ client, clock }: Id): Place | undefined {
    const known = placeIn(this.places.get(client), clock) ?? placeIn(this.found.get(client), clock);
    if (known) return known.within === gone.within ? gone : known;
    const structs = this.staged.get(client);
    const [first, last] = [structs?.[0], structs?.at(-1)];
    // What nobody named is missing, and refused for that elsewhere.
    return first && last && clock >= first.clock && clock < last.clock + last.length ? undefined : gone;
  }
}

const nameKey = ({ client, clock }: Id): string => `${client}:${clock}`;

/** Whether an attribute's value is one the editor could have set. */
function fits(key: string, value: unknown): boolean {
  if (value === null || value === undefined || typeof value === "boolean") return true;
  if (key === "colspan" || key === "rowspan") return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 50;
  if (typeof value === "number") return Number.isFinite(value) && Math.abs(value) <= 10_000;
  if (typeof value === "string") return value.length <= 2000;
  return Array.isArray(value) && value.length <= 50 && value.every((each) => each === null || (typeof each === "number" && Math.abs(each) <= 10_000));
}

function append(to: Map<number, Stretch[]>, client: number, stretch: Stretch): void {
  const list = to.get(client);
  const last = list?.at(-1);
  if (!list) to.set(client, [{ ...stretch }]);
  else if (last && stretch.to <= last.to) return;
  else if (last && last.to === stretch.from && last.depth === stretch.depth && last.within === stretch.within) last.to = stretch.to;
  else list.push({ ...stretch });
}

function placeIn(list: readonly Stretch[] | undefined, clock: number): Stretch | undefined {
  if (!list) return undefined;
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.to ?? 0) <= clock) low = middle + 1;
    else high = middle;
  }
  const found = list[low];
  return found && clock >= found.from ? found : undefined;
}
