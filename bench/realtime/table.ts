// Figures as lines of text that stand under each other.
import type { Row } from "./scenario.js";

function shown(value: number | string | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "string") return value;
  const size = Math.abs(value);
  return value.toLocaleString("en", { maximumFractionDigits: size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2 });
}

const ratio = " ÷ relay";

/** A ratio stands behind the figure it belongs to. */
function cell(row: Row, figure: string): string {
  const times = row.figures[`${figure}${ratio}`];
  return shown(row.figures[figure]) + (typeof times === "number" && row.server !== "relay" ? ` ×${shown(times)}` : "");
}

export function table(rows: Row[]): string {
  const figures = [...new Set(rows.flatMap((row) => Object.keys(row.figures)))].filter((figure) => !figure.endsWith(ratio));
  const lines = [["", "", ...figures], ...rows.map((row) => [row.case, row.server, ...figures.map((figure) => cell(row, figure))])];
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
