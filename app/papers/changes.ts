// What changed from one print of a paper to another, line by line as somebody reads it.
import { type Change, changesOf, edits } from "../collab/diff";
import { type Block, linesOf } from "./paper";

/** Empty for what is no text, and for the signatures, which are given anew. */
function linesIn(block: Block): string[] {
  switch (block.kind) {
    case "heading":
      return [block.text];
    case "paragraph":
      return [linesOf(block.pieces)];
    case "entry":
      return [`${block.mark} ${linesOf(block.pieces)}`];
    case "fact":
      return block.text.split("\n").map((line, n) => (n === 0 ? block.label + line : line));
    case "table":
      return block.rows.map((row) => row.map((cell) => cell.lines.map(linesOf).join(" ")).join(" | "));
    case "image":
      return [block.alt];
    case "blank":
    case "signature":
    case "note":
      return [];
  }
}

/** The lines that are not the same, each with what came and what went in it. */
export function changedLines(before: readonly Block[], after: readonly Block[]): Change[][] {
  const lines: Change[][] = [];
  let went: string[] = [];
  let came: string[] = [];
  const flush = () => {
    for (let n = 0; n < Math.max(went.length, came.length); n++) lines.push(changesOf(went[n] ?? "", came[n] ?? ""));
    went = [];
    came = [];
  };
  for (const edit of edits(before.flatMap(linesIn), after.flatMap(linesIn), (a, b) => a === b)) {
    if (edit.how === "went") went.push(edit.before);
    else if (edit.how === "came") came.push(edit.after);
    else flush();
  }
  flush();
  return lines.filter((changes) => changes.length > 0);
}
