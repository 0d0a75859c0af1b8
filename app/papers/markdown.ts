// A paper as Markdown (CommonMark with tables). Nothing people wrote becomes markup.
import { translator } from "../i18n/engine";
import { type Block, type Cell, type Paper, type Piece, safeLink } from "./paper";

/** Signs that could begin markup, where they could; entities and HTML too. Times, dates and numbers stay as they are. */
const escaped = (text: string): string =>
  text
    // Spaces at the beginning of a line would make code of it.
    .replace(/^[ \u3000]+/gm, "")
    .replace(/[\\`*_{}[\]<>()!|~&@]/g, (sign) => `\\${sign}`)
    .replace(/^(\s*)([#+\-=])/gm, "$1\\$2")
    .replace(/^(\s*\d+)([.)])/gm, "$1\\$2")
    .replace(/:(?=\/\/)|(?<=www)\./gi, (sign) => `\\${sign}`);
const inline = (text: string): string => escaped(text).replace(/\n+/g, "\\\n");
const oneLine = (text: string): string => escaped(text.replace(/\s*\n\s*/g, " "));

function pieces(list: readonly Piece[], say: (text: string) => string): string {
  return list
    .map(({ text, bold, href }) => {
      // Emphasis does not open before a space.
      const [, before = "", core = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
      const shown = bold && core ? `${before}**${say(core)}**${after}` : say(text);
      const link = safeLink(href);
      return link ? `[${shown}](<${link.replace(/[<>\\\s]/g, encodeURIComponent)}>)` : shown;
    })
    .join("");
}

function table(rows: readonly (readonly Cell[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  if (columns === 0) return "";
  const cell = (each: Cell | undefined) => (each?.lines ?? []).map((line) => pieces(line, oneLine)).join("<br>");
  const row = (cells: readonly Cell[]) => `| ${Array.from({ length: columns }, (_, n) => cell(cells[n])).join(" | ")} |`;
  const [first = [], ...rest] = rows[0]?.every((each) => each.header) ? rows : [[], ...rows];
  return [row(first), `|${" --- |".repeat(columns)}`, ...rest.map(row)].join("\n");
}

/** The words of a paper; its pictures are named, not carried. */
export function markdown(paper: Paper): string {
  const t = translator(paper.locale);
  const blocks = paper.blocks.map((block): string => blockText(block, (alt) => t("paper.picture", { alt })));
  const head = [
    `# ${oneLine(paper.title)}`,
    ...(paper.masthead ? [[paper.masthead.number, paper.masthead.office, paper.masthead.date].map(oneLine).join("  \n")] : []),
  ];
  return `${[...head, ...blocks.filter((text) => text.trim() !== "")].join("\n\n")}\n`;
}

function blockText(block: Block, picture: (alt: string) => string): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level + 1)} ${oneLine(block.text)}`;
    case "paragraph":
      return pieces(block.pieces, inline);
    case "entry":
      return `${"  ".repeat(block.depth)}- ${block.mark === "•" ? "" : `${oneLine(block.mark)} `}${pieces(block.pieces, oneLine)}`;
    case "fact":
      return `**${oneLine(block.label.trim())}** ${inline(block.text)}`;
    case "table":
      return table(block.rows);
    case "image":
      return `*${oneLine(picture(block.alt))}*`;
    case "blank":
      return "";
    case "signature":
      return oneLine(`${block.label}${block.hand === null ? "________" : block.hand.kind === "text" ? block.hand.text : "✓"} ${block.at}`.trim());
    case "note":
      return oneLine(block.text);
  }
}
