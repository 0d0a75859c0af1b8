// A Yjs update read without building it: whose words it holds, what they lean on, what it deletes.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { type Id, kinds, type Struct, types } from "../app/collab/struct";
import { joined } from "./bytes";

/** An update no honest client writes: it does not parse, or would break whoever applies it. */
export class Malformed extends Error {}

/** The run of one client's clocks in an update: from (inclusive) to (exclusive). */
export type Run = { client: number; from: number; to: number /** The byte at which it begins in its update. */; head: number };
/** Deleted clocks: per client a flat list of [from, to, from, to …], sorted, apart from each other. */
export type Ranges = Map<number, number[]>;
export type Scanned = {
  runs: Run[];
  deleted: Ranges;
  /** Where the structs end and the deletions begin. */
  structsEnd: number;
  /** Clients below which every id must be known already, with the highest clock leaned on: [client, clock, …]. */
  leans: Map<number, number>;
  /** Leaned-on clocks of clients that write in the same update: they need a closer look. */
  entangled: boolean;
  /** A run has a hole in it: the writer itself misses something. */
  gap: boolean;
};

const highest = 2 ** 53 - 1;
/** Nothing honest nests deeper; readers recurse. */
const deepest = 200;

/** Sees a struct, and at which byte it begins. */
export type Visit = (struct: Struct, at: number) => void;
/** Read an update (Yjs encoding v1). Throws `Malformed`. `visit` is called in the order in which structs are written. */
export function scan(update: Uint8Array, visit?: Visit): Scanned {
  try {
    return read(update, visit);
  } catch (error) {
    if (error instanceof Malformed) throw error;
    // lib0 and JSON complain in their own ways of bytes that run out and text that is none.
    throw new Malformed(error instanceof Error ? error.message : "unreadable");
  }
}

function read(update: Uint8Array, visit: Visit | undefined): Scanned {
  const d = decoding.createDecoder(update);
  const runs: Run[] = [];
  let leans = none;
  let gap = false;
  const clients = decoding.readVarUint(d);
  let before = Number.POSITIVE_INFINITY;
  for (let n = 0; n < clients; n++) {
    const head = d.pos;
    const structs = decoding.readVarUint(d);
    const client = decoding.readVarUint(d);
    const from = decoding.readVarUint(d);
    // Writers put the highest client first; merging relies on it.
    if (client >= before || structs === 0) throw new Malformed("clients out of order");
    before = client;
    let clock = from;
    for (let s = 0; s < structs; s++) {
      const at = d.pos;
      const struct = readStruct(d, client, clock, visit !== undefined);
      if (struct.length < 1 || clock + struct.length > highest) throw new Malformed("a struct of no length");
      if (struct.kind === kinds.gap) gap = true;
      if (struct.left !== null) leans = leaning(leans, struct.left, client, clock, from);
      if (struct.right !== null) leans = leaning(leans, struct.right, client, clock, from);
      if (struct.parent !== null && typeof struct.parent !== "string") leans = leaning(leans, struct.parent, client, clock, from);
      visit?.(struct, at);
      clock += struct.length;
    }
    runs.push({ client, from, to: clock, head });
  }
  const structsEnd = d.pos;
  const deleted = readRanges(d);
  if (d.pos !== update.length) throw new Malformed("bytes after the end");
  const entangled = leans.size > 0 && runs.some((run) => (leans.get(run.client) ?? 0) > run.from);
  return { runs, deleted, structsEnd, leans, entangled, gap };
}

/** Shared by all updates that lean on nothing, or delete nothing: never written to. */
const none: Map<number, number> = new Map();
const noRanges: Ranges = new Map();

/** Note that a struct leans on another: on what is written before it in the same update needs no note. */
function leaning(leans: Map<number, number>, on: Id, client: number, clock: number, from: number): Map<number, number> {
  if (on.client === client) {
    if (on.clock >= clock) throw new Malformed("a struct that leans on itself");
    if (on.clock >= from) return leans;
  }
  const noted = leans === none ? new Map<number, number>() : leans;
  if (on.clock >= (noted.get(on.client) ?? 0)) noted.set(on.client, on.clock + 1);
  return noted;
}

function readStruct(d: decoding.Decoder, client: number, clock: number, full: boolean): Struct {
  const info = decoding.readUint8(d);
  const kind = info & 31;
  const struct: Struct = { client, clock, length: 1, kind, left: null, right: null, parent: null, key: null, type: null, name: null };
  if (kind === kinds.garbage || kind === kinds.gap) {
    struct.length = decoding.readVarUint(d);
    return struct;
  }
  if (info & 128) struct.left = readId(d);
  if (info & 64) struct.right = readId(d);
  // Between a word and itself there is no room: members and newcomers would see different documents.
  if (struct.left && struct.right && struct.left.client === struct.right.client && struct.left.clock === struct.right.clock)
    throw new Malformed("a struct between a word and itself");
  if ((info & 192) === 0) {
    struct.parent = decoding.readVarUint(d) === 1 ? decoding.readVarString(d) : readId(d);
    if (info & 32) struct.key = decoding.readVarString(d);
  }
  switch (kind) {
    case kinds.deleted:
      struct.length = decoding.readVarUint(d);
      break;
    case kinds.json: {
      struct.length = decoding.readVarUint(d);
      for (let n = 0; n < struct.length; n++) {
        const text = decoding.readVarString(d);
        if (text !== "undefined") parseJson(text);
      }
      break;
    }
    case kinds.binary:
      decoding.readVarUint8Array(d);
      break;
    case kinds.text: {
      struct.length = textLength(d);
      break;
    }
    case kinds.embed:
      parseJson(decoding.readVarString(d));
      break;
    case kinds.format:
      struct.name = decoding.readVarString(d);
      parseJson(decoding.readVarString(d));
      break;
    case kinds.type:
      struct.type = decoding.readVarUint(d);
      if (struct.type > types.xmlText) throw new Malformed("an unknown type");
      if (struct.type === types.element || struct.type === types.hook) struct.name = decoding.readVarString(d);
      break;
    case kinds.any:
      struct.length = decoding.readVarUint(d);
      for (let n = 0; n < struct.length; n++) {
        const from = d.pos;
        skipAny(d, 0);
        if (full && n === struct.length - 1) struct.value = decoding.readAny(decoding.createDecoder(d.arr.subarray(from, d.pos)));
      }
      break;
    case kinds.doc: {
      decoding.readVarString(d);
      // Its options must be an object.
      if (d.arr[d.pos] !== 118) throw new Malformed("a document without options");
      skipAny(d, 0);
      break;
    }
    default:
      throw new Malformed(`unknown content ${kind}`);
  }
  return struct;
}

/** Bytes of a text up to which it is counted before it is read. */
const shortText = 64;
/** Step over a text. @returns its length in UTF-16 units, as Yjs counts. */
function textLength(d: decoding.Decoder): number {
  const start = d.pos;
  const bytes = decoding.readVarUint(d);
  const end = d.pos + bytes;
  if (bytes <= shortText && end <= d.arr.length) {
    let at = d.pos;
    while (at < end && (d.arr[at] ?? 0) < 128) at++;
    if (at === end) {
      d.pos = end;
      return bytes;
    }
  }
  d.pos = start;
  return decoding.readVarString(d).length;
}

const readId = (d: decoding.Decoder): Id => ({ client: decoding.readVarUint(d), clock: decoding.readVarUint(d) });

function parseJson(text: string): void {
  JSON.parse(text);
  // Parsing is not recursive; those who write it out again are.
  let depth = 0;
  let inside = false;
  for (let n = 0; n < text.length; n++) {
    const c = text.charCodeAt(n);
    if (inside) {
      if (c === 92) n++;
      else if (c === 34) inside = false;
    } else if (c === 34) inside = true;
    else if (c === 91 || c === 123) {
      if (++depth > deepest) throw new Malformed("nested too deep");
    } else if (c === 93 || c === 125) depth--;
  }
}

/** Step over one value of lib0's `any` encoding. */
function skipAny(d: decoding.Decoder, depth: number): void {
  if (depth > deepest) throw new Malformed("nested too deep");
  const kind = decoding.readUint8(d);
  switch (kind) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return;
    case 125:
      decoding.readVarInt(d);
      return;
    case 124:
      decoding.readFloat32(d);
      return;
    case 123:
      decoding.readFloat64(d);
      return;
    case 122:
      decoding.readBigInt64(d);
      return;
    case 119:
      decoding.readVarString(d);
      return;
    case 118: {
      const count = decoding.readVarUint(d);
      for (let n = 0; n < count; n++) {
        decoding.readVarString(d);
        skipAny(d, depth + 1);
      }
      return;
    }
    case 117: {
      const count = decoding.readVarUint(d);
      for (let n = 0; n < count; n++) skipAny(d, depth + 1);
      return;
    }
    case 116:
      decoding.readVarUint8Array(d);
      return;
    default:
      throw new Malformed("an unknown value");
  }
}

function readRanges(d: decoding.Decoder): Ranges {
  const clients = decoding.readVarUint(d);
  if (clients === 0) return noRanges;
  const found: Ranges = new Map();
  for (let n = 0; n < clients; n++) {
    const client = decoding.readVarUint(d);
    const count = decoding.readVarUint(d);
    let ranges = found.get(client);
    for (let r = 0; r < count; r++) {
      const from = decoding.readVarUint(d);
      const length = decoding.readVarUint(d);
      if (length < 1 || from + length > highest) throw new Malformed("a deletion of no length");
      if (!ranges) {
        ranges = [];
        found.set(client, ranges);
      }
      ranges.push(from, from + length);
    }
  }
  for (const [client, ranges] of found) if (!ascend(ranges)) found.set(client, sorted(ranges));
  return found;
}
/** Whether ranges come one after the other and apart, as honest writers write them. */
function ascend(ranges: readonly number[]): boolean {
  for (let n = 2; n < ranges.length; n += 2) if ((ranges[n] ?? 0) <= (ranges[n - 1] ?? 0)) return false;
  return true;
}
function sorted(ranges: readonly number[]): number[] {
  const starts = Array.from({ length: ranges.length / 2 }, (_, n) => n * 2).sort((a, b) => (ranges[a] ?? 0) - (ranges[b] ?? 0));
  const list: number[] = [];
  for (const n of starts) addRange(list, ranges[n] ?? 0, ranges[n + 1] ?? 0);
  return list;
}

/** Where in `ranges` the first one ends at or after `clock`: an even index. */
function findRange(ranges: number[], clock: number): number {
  let low = 0;
  let high = ranges.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle * 2 + 1] ?? 0) < clock) low = middle + 1;
    else high = middle;
  }
  return low * 2;
}

function addRange(ranges: number[], from: number, to: number): void {
  const last = ranges.length - 2;
  const end = ranges[last + 1];
  if (end === undefined || from > end) {
    ranges.push(from, to);
    return;
  }
  const first = findRange(ranges, from);
  let after = first;
  let start = from;
  let stop = to;
  while (after < ranges.length && (ranges[after] ?? 0) <= to) {
    start = Math.min(start, ranges[after] ?? start);
    stop = Math.max(stop, ranges[after + 1] ?? stop);
    after += 2;
  }
  ranges.splice(first, after - first, start, stop);
}

/** Add `more` to `known`. @returns what was not known before. */
export function addDeleted(known: Ranges, more: Ranges): Ranges {
  const novel: Ranges = new Map();
  for (const [client, ranges] of more) {
    let mine = known.get(client);
    if (!mine) {
      mine = [];
      known.set(client, mine);
    }
    for (let n = 0; n < ranges.length; n += 2) {
      const to = ranges[n + 1] ?? 0;
      let at = ranges[n] ?? 0;
      const fresh: number[] = [];
      for (let k = findRange(mine, at); at < to && k < mine.length && (mine[k] ?? 0) < to; k += 2) {
        if (at < (mine[k] ?? 0)) fresh.push(at, mine[k] ?? 0);
        at = Math.max(at, mine[k + 1] ?? 0);
      }
      if (at < to) fresh.push(at, to);
      if (fresh.length === 0) continue;
      for (let f = 0; f < fresh.length; f += 2) addRange(mine, fresh[f] ?? 0, fresh[f + 1] ?? 0);
      const list = novel.get(client);
      if (list) for (const clock of fresh) list.push(clock);
      else novel.set(client, fresh);
    }
  }
  return novel;
}

export function sameRanges(a: Ranges, b: Ranges): boolean {
  if (a.size !== b.size) return false;
  for (const [client, ranges] of a) {
    const other = b.get(client);
    if (!other || other.length !== ranges.length || ranges.some((clock, n) => clock !== other[n])) return false;
  }
  return true;
}

export function encodeRanges(ranges: Ranges): Uint8Array {
  const e = encoding.createEncoder();
  const clients = [...ranges].filter(([, list]) => list.length > 0).sort(([a], [b]) => b - a);
  encoding.writeVarUint(e, clients.length);
  for (const [client, list] of clients) {
    encoding.writeVarUint(e, client);
    encoding.writeVarUint(e, list.length / 2);
    for (let n = 0; n < list.length; n += 2) {
      encoding.writeVarUint(e, list[n] ?? 0);
      encoding.writeVarUint(e, (list[n + 1] ?? 0) - (list[n] ?? 0));
    }
  }
  return encoding.toUint8Array(e);
}

/** The structs of an update with other deletions. */
export function withDeleted(update: Uint8Array, structsEnd: number, deleted: Ranges): Uint8Array {
  return joined([update.subarray(0, structsEnd), encodeRanges(deleted)]);
}
/** An update that deletes and says nothing else. */
export const onlyDeleted = (deleted: Ranges): Uint8Array => withDeleted(new Uint8Array(1), 1, deleted);

/** An update that holds nothing but one piece of garbage: how a document carries its birth, unseen by whoever reads it. */
export function birthUpdate(client: number): Uint8Array {
  const e = encoding.createEncoder();
  for (const n of [1, 1, client, 0]) encoding.writeVarUint(e, n);
  encoding.writeUint8(e, kinds.garbage);
  encoding.writeVarUint(e, 1);
  // Yjs counts garbage as deleted, and says so of every document that holds some.
  for (const n of [1, client, 1, 0, 1]) encoding.writeVarUint(e, n);
  return encoding.toUint8Array(e);
}

export type StateVector = Map<number, number>;
/** Read a state vector. Throws `Malformed`. */
export function readVector(bytes: Uint8Array): StateVector {
  try {
    const d = decoding.createDecoder(bytes);
    const vector: StateVector = new Map();
    const count = decoding.readVarUint(d);
    for (let n = 0; n < count; n++) vector.set(decoding.readVarUint(d), decoding.readVarUint(d));
    return vector;
  } catch (error) {
    throw new Malformed(error instanceof Error ? error.message : "unreadable");
  }
}
/** A state vector, in the order in which it is given: no reader asks for another. */
export function writeVector(vector: StateVector): Uint8Array {
  const e = encoding.createEncoder();
  encoding.writeVarUint(e, vector.size);
  for (const [client, clock] of vector) {
    encoding.writeVarUint(e, client);
    encoding.writeVarUint(e, clock);
  }
  return encoding.toUint8Array(e);
}
