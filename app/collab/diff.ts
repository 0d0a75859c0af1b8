// What came and what went between two lists, and between two texts word by word. The work is bounded whatever is compared.

export type Edit<T> = { how: "same"; before: T; after: T } | { how: "went"; before: T } | { how: "came"; after: T };
export type Change = { how: "same" | "came" | "went"; text: string };

/** Steps of one comparison, and differences, beyond which everything between the first and the last is taken as new. */
const mostSteps = 4_000_000;
const mostEdits = 400;

/** The shortest way from `a` to `b` (E. W. Myers, 1986), what goes before what comes. */
export function edits<T>(a: readonly T[], b: readonly T[], same: (before: T, after: T) => boolean): Edit<T>[] {
  let head = 0;
  const short = Math.min(a.length, b.length);
  while (head < short && same(a[head] as T, b[head] as T)) head++;
  let tail = 0;
  while (tail < short - head && same(a[a.length - 1 - tail] as T, b[b.length - 1 - tail] as T)) tail++;
  const equal = (from: number, to: number, shift: number): Edit<T>[] =>
    a.slice(from, to).map((before, n) => ({ how: "same", before, after: b[from + n + shift] as T }));
  return [
    ...equal(0, head, 0),
    ...between(a.slice(head, a.length - tail), b.slice(head, b.length - tail), same),
    ...equal(a.length - tail, a.length, b.length - a.length),
  ];
}

function between<T>(a: readonly T[], b: readonly T[], same: (before: T, after: T) => boolean): Edit<T>[] {
  const size = a.length + b.length;
  const most = Math.min(size, mostEdits, Math.floor(mostSteps / Math.max(1, size)));
  /** How far one came on each diagonal, for every number of edits. */
  const trail: Int32Array[] = [];
  let reach = new Int32Array(2 * most + 3);
  const middle = most + 1;
  for (let n = 0; n <= most; n++) {
    trail.push(reach);
    reach = reach.slice();
    for (let k = -n; k <= n; k += 2) {
      const down = k === -n || (k !== n && (reach[middle + k - 1] ?? 0) < (reach[middle + k + 1] ?? 0));
      let x = down ? (reach[middle + k + 1] ?? 0) : (reach[middle + k - 1] ?? 0) + 1;
      while (x < a.length && x - k < b.length && same(a[x] as T, b[x - k] as T)) x++;
      reach[middle + k] = x;
      if (x >= a.length && x - k >= b.length) return wayBack(a, b, trail, middle);
    }
  }
  return [...a.map((before): Edit<T> => ({ how: "went", before })), ...b.map((after): Edit<T> => ({ how: "came", after }))];
}

function wayBack<T>(a: readonly T[], b: readonly T[], trail: readonly Int32Array[], middle: number): Edit<T>[] {
  const way: Edit<T>[] = [];
  let [x, y] = [a.length, b.length];
  for (let n = trail.length - 1; n >= 0; n--) {
    const reach = trail[n] ?? new Int32Array();
    const k = x - y;
    const down = k === -n || (k !== n && (reach[middle + k - 1] ?? 0) < (reach[middle + k + 1] ?? 0));
    const fromX = n === 0 ? 0 : down ? (reach[middle + k + 1] ?? 0) : (reach[middle + k - 1] ?? 0);
    const fromY = n === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY) {
      x--;
      y--;
      way.push({ how: "same", before: a[x] as T, after: b[y] as T });
    }
    if (n === 0) break;
    if (down) way.push({ how: "came", after: b[--y] as T });
    else way.push({ how: "went", before: a[--x] as T });
  }
  return way.reverse();
}

const segmenter = new Intl.Segmenter("zh-CN", { granularity: "word" });
const wordsOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** What came and what went from one text to another, by words: neighbours of one kind joined, what goes before what comes. */
export function changesOf(before: string, after: string): Change[] {
  if (before === after) return before === "" ? [] : [{ how: "same", text: before }];
  const changes: Change[] = [];
  let went = "";
  let came = "";
  const flush = () => {
    if (went) changes.push({ how: "went", text: went });
    if (came) changes.push({ how: "came", text: came });
    went = "";
    came = "";
  };
  for (const edit of edits(wordsOf(before), wordsOf(after), (a, b) => a === b)) {
    if (edit.how === "went") went += edit.before;
    else if (edit.how === "came") came += edit.after;
    else {
      flush();
      const last = changes.at(-1);
      if (last?.how === "same") last.text += edit.before;
      else changes.push({ how: "same", text: edit.before });
    }
  }
  flush();
  return changes;
}
