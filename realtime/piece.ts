// A stretch of a document as bytes that stay as they are. What somebody lacks of it is cut out where their knowledge ends:
// nothing is read and written anew, so that asking for a large document costs little more than sending it.
import { joined, lengthOf, numbers } from "./bytes";
import { type Run, type StateVector, scan } from "./update";

/** Bytes up to which cutting costs more than it saves. */
const short = 4 * 1024;
/** Structs between two marks: an answer may begin so much too early, and whoever knows a word steps over it. */
const every = 16;

/** One client's words: where they end, and where one may begin: [clock, byte, number of structs before it, …]. */
type Section = Run & { end: number; structs: number; marks: number[] };

export class Piece {
  private outline: { sections: Section[]; structsEnd: number } | null = null;
  constructor(readonly bytes: Uint8Array) {}

  /** What of it somebody lacks who has `has`, with all that it deletes. */
  lacking(has: StateVector): Uint8Array {
    if (has.size === 0 || this.bytes.length <= short) return this.bytes;
    this.outline ??= outlineOf(this.bytes);
    const { sections, structsEnd } = this.outline;
    const parts: Uint8Array[] = [];
    let clients = 0;
    for (const { client, from, to, head, end, structs, marks } of sections) {
      const known = has.get(client) ?? 0;
      if (known >= to) continue;
      clients++;
      if (known <= from) {
        parts.push(this.bytes.subarray(head, end));
        continue;
      }
      const [clock, at, before] = markBefore(marks, known);
      parts.push(numbers(structs - before, client, clock), this.bytes.subarray(at, end));
    }
    parts.push(this.bytes.subarray(structsEnd));
    // Who lacks most of it is given all: those bytes are there already, and need no copy.
    return lengthOf(parts) > this.bytes.length / 2 ? this.bytes : joined([numbers(clients), ...parts]);
  }
}

function outlineOf(update: Uint8Array): { sections: Section[]; structsEnd: number } {
  const noted: { structs: number; marks: number[] }[] = [];
  let last = -1;
  const { runs, structsEnd } = scan(update, ({ client, clock }, at) => {
    if (client !== last) noted.push({ structs: 0, marks: [] });
    last = client;
    const note = noted.at(-1);
    if (note && note.structs++ % every === 0) note.marks.push(clock, at, note.structs - 1);
  });
  return { sections: runs.map((run, n) => ({ ...run, end: runs[n + 1]?.head ?? structsEnd, structs: 0, marks: [], ...noted[n] })), structsEnd };
}

/** The last mark at or before a clock. */
function markBefore(marks: readonly number[], clock: number): [clock: number, at: number, before: number] {
  let low = 0;
  let high = marks.length / 3 - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((marks[middle * 3] ?? 0) <= clock) low = middle;
    else high = middle - 1;
  }
  return [marks[low * 3] ?? 0, marks[low * 3 + 1] ?? 0, marks[low * 3 + 2] ?? 0];
}
