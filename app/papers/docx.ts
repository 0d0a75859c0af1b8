// A paper as DOCX (OOXML). Measures are in twips, twentieths of a point; sizes in half points.
import {
  AlignmentType,
  BorderStyle,
  Document,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  ImageRun,
  type IParagraphOptions,
  LineRuleType,
  NoBreakHyphen,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from "docx";
import { unbroken } from "../domain/number";
import { translator } from "../i18n/engine";
import { type Block, type Cell, linesOf, type Paper, type Piece, type ReadImage, safeLink } from "./paper";
import { picturesOf } from "./pictures";
import { area, faces, inkPicture, mastheadSize, mastheadTop, numberBelow, type Picture, page, red, size, titleOf, widthOf } from "./sheet";

const twips = (mm: number) => Math.round((mm * 1440) / 25.4);
// Rounded down, so that the last line and the last character still fit.
const line = Math.floor((area.height * 1440) / 25.4 / page.lines);
const char = Math.floor((area.width * 1440) / 25.4 / page.chars);
const exact = (twips: number) => ({ line: twips, lineRule: LineRuleType.EXACT });
const loose = { line: 240, lineRule: LineRuleType.AUTO } as const;
const pixels = (mm: number) => (mm * 96) / 25.4;

type Face = (typeof faces)["en" | "zh-CN"];
/** Latin faces hold no Chinese: a name in an English paper is set in Song. */
const font = (name: string) => ({ ascii: name, hAnsi: name, eastAsia: /^[\x20-\x7e]+$/.test(name) ? faces["zh-CN"].song : name, cs: name });

/** The bytes of a Word file. Pictures are read one at a time and made smaller before the next. */
export async function docx(paper: Paper, readImage: ReadImage): Promise<Buffer> {
  const face = faces[paper.locale];
  const picture = picturesOf(readImage);
  const children: (Paragraph | Table)[] = titleBlock(paper, face);
  for (const block of paper.blocks) children.push(...(await render(paper, block, picture)));
  const document = new Document({
    title: paper.title,
    creator: "Yishi",
    evenAndOddHeaderAndFooters: true,
    styles: stylesOf(paper, face),
    sections: [
      {
        properties: {
          page: {
            size: { width: twips(page.width), height: twips(page.height) },
            margin: {
              top: twips(page.top),
              right: twips(page.right),
              bottom: twips(page.bottom),
              left: twips(page.left),
              header: twips(15),
              // The dash, in the middle of its line, stands seven millimetres below the type area.
              footer: twips(page.bottom - numberBelow) - size.small * 12,
              gutter: 0,
            },
          },
          grid: { linePitch: line },
        },
        footers: { default: pageNumber(paper, face, "right"), even: pageNumber(paper, face, "left") },
        children,
      },
    ],
  });
  return Packer.toBuffer(document);
}

function stylesOf(paper: Paper, face: Face): ConstructorParameters<typeof Document>[0]["styles"] {
  const chinese = paper.locale === "zh-CN";
  const body = { spacing: { ...exact(line), before: 0, after: 0 }, alignment: chinese ? AlignmentType.BOTH : AlignmentType.LEFT };
  const first = { indent: { firstLine: 2 * char } };
  const heading = (name: string, bold: boolean) => ({
    run: { font: font(name), size: size.body * 2, bold, color: "000000" },
    paragraph: { ...body, ...(chinese ? first : {}), keepNext: true },
  });
  const style = (id: string, run: object, paragraph: object) => ({ id, name: id, basedOn: "Normal", run, paragraph: { ...body, ...paragraph } });
  return {
    default: {
      document: {
        run: { font: font(face.body), size: size.body * 2, ...(chinese ? { characterSpacing: char - size.body * 20 } : {}), language: { eastAsia: "zh-CN" } },
        paragraph: body,
      },
      title: {
        run: { font: font(face.title), size: size.title * 2, characterSpacing: 0, bold: !chinese },
        paragraph: { alignment: AlignmentType.CENTER, spacing: { ...exact(34 * 20), before: 0, after: line } },
      },
      heading1: heading(face.hei, !chinese),
      heading2: heading(face.kai, !chinese),
      heading3: heading(face.body, false),
      heading4: heading(face.body, false),
      hyperlink: { run: { color: "000000", underline: {} } },
    },
    paragraphStyles: [
      style("Body", {}, chinese ? first : { spacing: { ...exact(line), after: 120 } }),
      style("Entry", {}, {}),
      style("Cell", { size: size.small * 2, characterSpacing: 0 }, { spacing: loose, alignment: AlignmentType.LEFT }),
      style("Picture", {}, { spacing: { ...loose, before: 120, after: 120 }, alignment: AlignmentType.CENTER }),
      style("Note", { size: 21, characterSpacing: 0, font: font(face.song) }, { spacing: loose, alignment: AlignmentType.LEFT }),
      style("Masthead", { font: font(face.title), color: red, characterSpacing: 0, bold: !chinese }, { alignment: AlignmentType.CENTER }),
    ],
  };
}

function pageNumber(paper: Paper, face: Face, side: "left" | "right"): Footer {
  const [before = "", after = ""] = translator(paper.locale)("paper.page", { n: "\n" }).split("\n");
  const run = { font: font(face.song), size: size.small * 2, characterSpacing: 0 };
  return new Footer({
    children: [
      new Paragraph({
        alignment: side === "right" ? AlignmentType.RIGHT : AlignmentType.LEFT,
        spacing: exact(size.small * 20),
        // One character in from the edge of the type area.
        indent: { [side]: size.small * 20 },
        children: [new TextRun({ ...run, children: [before, PageNumber.CURRENT, after] })],
      }),
    ],
  });
}

function titleBlock(paper: Paper, face: Face): Paragraph[] {
  if (!paper.masthead) return [new Paragraph({ heading: HeadingLevel.TITLE, children: textRuns({ text: titleOf(paper) }) })];
  const { number, office, date } = paper.masthead;
  const points = mastheadSize(paper);
  const plain = { font: font(face.body) };
  return [
    new Paragraph({
      style: "Masthead",
      spacing: { ...exact(Math.round(points * 1.25) * 20), before: twips(mastheadTop) - mastheadLead(points), after: twips(6) },
      children: textRuns({ text: titleOf(paper), size: points * 2 }),
    }),
    new Paragraph({ alignment: AlignmentType.CENTER, spacing: { ...exact(line), after: twips(8) }, children: textRuns({ ...plain, text: number }) }),
    new Paragraph({
      spacing: { ...exact(line), after: twips(9.6) },
      border: { bottom: { style: BorderStyle.SINGLE, size: 14, color: red, space: 3 } },
      tabStops: [{ type: TabStopType.RIGHT, position: twips(area.width) }],
      children: [...textRuns({ ...plain, text: office }), new TextRun({ text: "\t" }), ...textRuns({ ...plain, text: date })],
    }),
  ];
}

/** How far the ink of the red heading stands below the top of its line, in twips: the standard measures to the ink. */
const mastheadLead = (points: number): number => Math.round(points * 20 * 0.165);

type RunOptions = Exclude<ConstructorParameters<typeof TextRun>[0], string> & { text: string };
/** A text with its line ends, and dashes in numbers that do not end a line. */
const textRuns = ({ text, ...rest }: RunOptions): TextRun[] =>
  text.split("\n").map((each, n) => new TextRun({ ...rest, children: unbroken(each).flatMap(dashed), ...(n > 0 ? { break: 1 } : {}) }));
const dashed = ({ text, whole }: { text: string; whole: boolean }): (string | NoBreakHyphen)[] =>
  whole ? text.split("-").flatMap((part, n) => (n > 0 ? [new NoBreakHyphen(), part] : [part])) : [text];
const runsOf = (pieces: readonly Piece[]): ParagraphChild[] =>
  pieces.flatMap(({ text, bold, href }): ParagraphChild[] => {
    const link = safeLink(href);
    const runs = textRuns({ text, bold, ...(link ? { style: "Hyperlink" } : {}) });
    return link ? [new ExternalHyperlink({ link, children: runs })] : runs;
  });

const levels = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3, HeadingLevel.HEADING_4] as const;
const imageOf = ({ bytes, width, height }: Picture, type: "jpg" | "png", alt: string, widest: number, highest: number): ImageRun => {
  const scale = Math.min(pixels(widest) / width, pixels(highest) / height, type === "png" ? 1 : Number.POSITIVE_INFINITY);
  return new ImageRun({
    type,
    data: bytes,
    transformation: { width: Math.round(width * scale), height: Math.round(height * scale) },
    altText: { name: "picture", description: alt, title: alt },
  });
};

async function render(paper: Paper, block: Block, picture: (photoId: string) => Promise<Picture | null>): Promise<(Paragraph | Table)[]> {
  const t = translator(paper.locale);
  const chinese = paper.locale === "zh-CN";
  const face = faces[paper.locale];
  switch (block.kind) {
    case "heading":
      return [new Paragraph({ heading: levels[block.level - 1], children: textRuns({ text: block.text }) })];
    case "paragraph":
      return [new Paragraph({ style: "Body", children: runsOf(block.pieces) })];
    case "entry": {
      const left = (2 + block.depth) * char + 1.5 * char;
      const options: IParagraphOptions = {
        style: "Entry",
        alignment: AlignmentType.LEFT,
        indent: { left, hanging: 1.5 * char },
        tabStops: [{ type: TabStopType.LEFT, position: left }],
      };
      return [new Paragraph({ ...options, children: [new TextRun({ text: `${block.mark}\t` }), ...runsOf(block.pieces)] })];
    }
    case "fact": {
      const wide = chinese ? [...block.label].length * char : twips(30);
      const left = (chinese ? 2 * char : 0) + wide;
      const label = new TextRun({ text: chinese ? block.label : `${block.label.trimEnd()}\t`, font: font(face.hei), bold: !chinese });
      const options: IParagraphOptions = { style: "Entry", alignment: AlignmentType.LEFT, indent: { left, hanging: wide } };
      return [new Paragraph({ ...options, tabStops: [{ type: TabStopType.LEFT, position: left }], children: [label, ...textRuns({ text: block.text })] })];
    }
    case "table":
      return tableOf(block.rows);
    case "image": {
      const found = await picture(block.photoId);
      if (!found) return [new Paragraph({ style: "Body", children: textRuns({ text: t("paper.picture.missing", { alt: block.alt }) }) })];
      const children = [new Paragraph({ style: "Picture", children: [imageOf(found, "jpg", block.alt, 140, 190)] })];
      if (block.alt) children.push(new Paragraph({ style: "Picture", children: textRuns({ text: block.alt, size: size.small * 2 }) }));
      return children;
    }
    case "blank":
      return [new Paragraph({ style: "Entry" })];
    case "signature": {
      const { hand } = block;
      const label = new TextRun({ text: block.label });
      const drawn = hand?.kind === "ink" ? [imageOf(await inkPicture(hand.strokes), "png", block.label, 40, 14)] : [];
      const written = hand?.kind === "text" ? textRuns({ text: hand.text, font: font(face.kai) }) : [];
      const empty = hand === null ? [new TextRun({ text: "\u3000".repeat(8), underline: {} })] : [];
      // A date that does not fit beside the name stands whole at the end of the next line. Three characters are for the gaps between scripts.
      const hands = hand?.kind === "ink" ? (40 / (page.width - page.left - page.right)) * page.chars : widthOf(hand?.text ?? "");
      const beside = 2 + widthOf(block.label) + hands + 1 + widthOf(block.at) < page.chars - 3;
      const date = beside ? [new TextRun({ text: `\u3000${block.at}` })] : [new TextRun({ text: "\t", break: 1 }), new TextRun({ text: block.at })];
      const children = [label, ...drawn, ...written, ...empty, ...(block.at ? date : [])];
      const tabStops = [{ type: TabStopType.RIGHT, position: twips(area.width) }];
      return [new Paragraph({ style: "Body", spacing: { line, lineRule: LineRuleType.AT_LEAST }, alignment: AlignmentType.LEFT, tabStops, children })];
    }
    case "note":
      return [new Paragraph({ style: "Note", children: textRuns({ text: block.text }) })];
  }
}

function tableOf(rows: readonly (readonly Cell[])[]): (Paragraph | Table)[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  if (columns === 0) return [];
  const width = Math.floor(twips(area.width) / columns);
  const cell = (each: Cell | undefined): TableCell =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 100, right: 100 },
      children: (each && each.lines.length > 0 ? each.lines : [[]]).map(
        (pieces) => new Paragraph({ style: "Cell", children: runsOf(each?.header ? pieces.map((p) => ({ ...p, bold: true })) : pieces) }),
      ),
    });
  const table = new Table({
    layout: TableLayoutType.FIXED,
    width: { size: width * columns, type: WidthType.DXA },
    columnWidths: Array.from({ length: columns }, () => width),
    rows: rows.map(
      (row, n) =>
        new TableRow({
          cantSplit: linesOf(row.flatMap((each) => each.lines.flat())).length < 400,
          tableHeader: n === 0 && row.every((each) => each.header),
          children: Array.from({ length: columns }, (_, m) => cell(row[m])),
        }),
    ),
  });
  return [table];
}
