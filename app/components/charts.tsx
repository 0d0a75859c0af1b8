// Charts drawn on the server, in HTML and SVG: every figure is written out, and a table stands behind each.
import type { ReactNode } from "react";
import { useT } from "../i18n/t";
import { InOrder } from "./in-order";

/** More columns than a telephone is wide: there each row is a list of its own, every figure beside what it is. */
const mostBeside = 3;

/** A table of figures. What few columns it has on a telephone moves sideways by itself, and by the keyboard. */
export function Table({ label, head, rows }: { label: string; head: readonly string[]; rows: readonly (readonly ReactNode[])[] }) {
  const t = useT();
  if (rows.length === 0) return <p className="soft">{t("list.none")}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section className="behind-table" aria-label={label} tabIndex={0}>
      <table className={head.length > mostBeside ? "table table-fold" : "table"}>
        <caption className="unseen">{label}</caption>
        <thead>
          <tr>
            {head.map((words) => (
              <th key={words} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <InOrder
            of={rows}
            each={([first, ...others]) => (
              <tr>
                <th scope="row" className="row-name">
                  {first}
                </th>
                <InOrder
                  of={others}
                  each={(cell, n) => (
                    <td className="num" data-label={head[n + 1]}>
                      {cell}
                    </td>
                  )}
                />
              </tr>
            )}
          />
        </tbody>
      </table>
    </section>
  );
}

/** The same figures as a table, folded away. */
export function Behind({ head, rows, label }: { head: readonly string[]; rows: readonly (readonly ReactNode[])[]; label: string }) {
  const t = useT();
  return (
    <details className="more behind">
      <summary>
        {t("dashboard.table")}
        <span className="unseen">{label}</span>
      </summary>
      <Table label={label} head={head} rows={rows} />
    </details>
  );
}

export type Line = {
  key: string;
  /** Tenths of a percent, the oldest first; null where there is nothing to say. */
  points: readonly (number | null)[];
  /** What stands at the line's end. */
  end: string;
};

const strokes = [
  { stroke: "var(--color-jade)", dash: undefined },
  { stroke: "var(--color-ink)", dash: "9 5" },
  { stroke: "var(--color-ink)", dash: "2 4" },
] as const;

/** Lines over the same months. They differ by their dashes and are named at their ends; the words are HTML, so that they grow with the reader's size. */
export function Lines({ lines, labels, label }: { lines: readonly Line[]; labels: readonly string[]; label: string }) {
  const said = lines.flatMap((line) => line.points.flatMap((p) => (p === null ? [] : [p])));
  // Whole tens below the lowest point; a lonely hundred still has something to stand on.
  const floor = Math.min(800, ...said.map((p) => Math.floor(p / 100) * 100));
  const top = (p: number) => ((1000 - p) / (1000 - floor)) * 100;
  const left = (n: number) => (labels.length < 2 ? 50 : (n / (labels.length - 1)) * 100);
  const middle = Math.round((1000 + floor) / 200) * 10;
  const ends = spread(
    lines.flatMap((line, n) => {
      const last = line.points.findLast((p) => p !== null);
      return last === undefined || last === null ? [] : [{ n, words: line.end, at: top(last) }];
    }),
  );
  return (
    <div className="lines" role="img" aria-label={label}>
      <div className="lines-axis" aria-hidden="true">
        <span style={{ top: 0 }}>100%</span>
        <span style={{ top: `${top(middle * 10)}%` }}>{middle}%</span>
        <span style={{ top: "100%" }}>{floor / 10}%</span>
      </div>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {[1000, middle * 10, floor].map((p) => (
          <path key={p} d={`M0 ${top(p)}H100`} stroke="var(--color-line)" vectorEffect="non-scaling-stroke" />
        ))}
        {lines.map((line, n) => (
          <g key={line.key} fill="none" stroke={strokes[n]?.stroke} strokeDasharray={strokes[n]?.dash} strokeWidth="2.6" strokeLinecap="round">
            {runsOf(line.points).map((run) => (
              <path
                key={run[0]?.n}
                // A single month is a dot: a line to itself with round ends.
                d={`M${(run.length === 1 ? [...run, ...run] : run).map(({ n, p }) => `${left(n)} ${top(p)}`).join("L")}`}
                vectorEffect="non-scaling-stroke"
              />
            ))}
          </g>
        ))}
      </svg>
      <div className="lines-ends" aria-hidden="true">
        {ends.map(({ n, words, at }) => (
          <span key={n} style={{ top: `${at}%` }}>
            <svg viewBox="0 0 24 4" aria-hidden="true">
              <path d="M1 2H23" stroke={strokes[n]?.stroke} strokeDasharray={strokes[n]?.dash} strokeWidth="2.6" strokeLinecap="round" />
            </svg>
            {words}
          </span>
        ))}
      </div>
      <div className="lines-months" aria-hidden="true">
        <InOrder of={labels} each={(words) => <span>{words}</span>} />
      </div>
    </div>
  );
}

type Point = { n: number; p: number };
/** A line breaks where a month has nothing to say. */
function runsOf(points: readonly (number | null)[]): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] = [];
  for (const [n, p] of [...points, null].entries()) {
    if (p !== null) run.push({ n, p });
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return runs;
}

/** Names at the ends of lines that meet are moved apart: sixteen hundredths of the height hold a line of words in the larger view too. */
function spread<E extends { at: number }>(ends: readonly E[]): E[] {
  const gap = 16;
  const sorted = [...ends].sort((a, b) => a.at - b.at).map((end) => ({ ...end }));
  for (const [n, end] of sorted.entries()) end.at = Math.max(end.at, n > 0 ? (sorted[n - 1]?.at ?? 0) + gap : 0);
  const over = (sorted.at(-1)?.at ?? 0) - 100;
  if (over > 0)
    for (let n = sorted.length - 1, most = 100; n >= 0; n--, most -= gap) {
      const end = sorted[n];
      if (end) end.at = Math.min(end.at, most);
    }
  return sorted;
}

/** One bar a group, its number beside it: the table is the chart. */
export function Bars({
  head,
  label,
  rows,
}: {
  head: readonly [string, string];
  label: string;
  rows: readonly { key: string; words: string; n: number; count: ReactNode }[];
}) {
  const most = Math.max(1, ...rows.map((r) => r.n));
  return (
    <table className="bars">
      <caption className="unseen">{label}</caption>
      <thead className="unseen">
        <tr>
          <th scope="col">{head[0]}</th>
          <td />
          <th scope="col">{head[1]}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, words, n, count }) => (
          <tr key={key}>
            <th scope="row">{words}</th>
            <td aria-hidden="true">
              <i style={{ width: `${(n / most) * 100}%` }} />
            </td>
            <td className="num">{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Places with their counts; the more, the darker, and the count is always written. */
export function Heat({ places }: { places: readonly { id: string; name: string; n: number; href: string }[] }) {
  const most = Math.max(1, ...places.map((p) => p.n));
  return (
    <ul className="heat">
      {places.map(({ id, name, n, href }) => (
        <li key={id} className={`heat-${n === 0 ? 0 : Math.min(3, Math.floor((n / most) * 3.999))}`}>
          {n > 0 ? (
            <a href={href}>
              <small>{name}</small> <b>{n}</b>
            </a>
          ) : (
            <span>
              <small>{name}</small> <b>{n}</b>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
