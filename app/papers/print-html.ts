// A paper as one HTML file that stands alone: no script, no address of anywhere else. Print it, or save it as PDF.
import { unbroken } from "../domain/number";
import { translator } from "../i18n/engine";
import { type Block, type Cell, type Paper, type Piece, type ReadImage, safeLink } from "./paper";
import { picturesOf } from "./pictures";
import { area, faces, inkSvg, mastheadSize, mastheadTop, numberBelow, type Picture, page, red, size, titleOf } from "./sheet";

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? "");
const lined = (text: string): string =>
  unbroken(text)
    .map((each) => (each.whole ? `<span class="nb">${each.text}</span>` : escapeHtml(each.text).replaceAll("\n", "<br>")))
    .join("");

// Free faces and other names of the same ones, in the order in which they stand in.
const standIns = {
  title: '"FZXiaoBiaoSong-B05S","STZhongsong","Noto Serif CJK SC","Noto Serif SC",serif',
  body: '"FangSong","FangSong_GB2312","仿宋_GB2312","STFangsong","Noto Serif CJK SC","Noto Serif SC",serif',
  hei: '"SimHei","STHeiti","Noto Sans CJK SC","Noto Sans SC",sans-serif',
  kai: '"KaiTi","KaiTi_GB2312","楷体_GB2312","STKaiti","Noto Serif CJK SC","Noto Serif SC",serif',
  song: '"SimSun","Songti SC","Noto Serif CJK SC","Noto Serif SC",serif',
} as const;
const latin = '"Times New Roman","Liberation Serif","Noto Serif CJK SC",serif';

/** How the sheets of a file look: the faces, the page on grey on a screen, nothing but the page on paper. */
export function sheetCss(locale: Paper["locale"], numbered: boolean): string {
  const named = faces[locale];
  const family = (face: keyof typeof named) => (locale === "en" ? latin : `"${named[face]}",${standIns[face]}`);
  const [before = "", after = ""] = translator(locale)("paper.page", { n: "\n" }).split("\n");
  const number = (side: "left" | "right") =>
    `@page :${side === "right" ? "right" : "left"}{@bottom-${side}{content:"${before}" counter(page) "${after}";font:${size.small}pt/1 ${family("song")};vertical-align:top;padding-top:${numberBelow - 2.5}mm;padding-${side}:${size.small}pt}}`;
  const height = area.height / page.lines;
  return `@page{size:A4;margin:${page.top}mm ${page.right}mm ${page.bottom}mm ${page.left}mm}
${numbered ? `${number("right")}\n${number("left")}` : ""}
*{box-sizing:border-box}html{background:#d9dad5;-webkit-text-size-adjust:none}body{margin:0;padding:8mm 0;color:#000;font:${size.body}pt/${height.toFixed(3)}mm ${family("body")};print-color-adjust:exact;-webkit-print-color-adjust:exact}
.a4{width:${page.width}mm;min-height:${page.height}mm;background:#fff;margin:0 auto 8mm;padding:${page.top}mm ${page.right}mm ${page.bottom}mm ${page.left}mm;overflow-wrap:anywhere;line-break:strict${locale === "en" ? "" : ";letter-spacing:-.08mm"}}
p,h1,h2,h3,h4,h5,ol,ul{margin:0;font-weight:400}h2,h3,h4,h5{font-size:${size.body}pt;break-after:avoid}h2{font-family:${family("hei")}}h3{font-family:${family("kai")}}${locale === "en" ? "h2,h3{font-weight:700}main>p{margin-bottom:6pt}p.fact,p.note{margin:0}" : "p,h2,h3,h4,h5{text-indent:2em;text-align:justify}"}
h1{font:700 ${size.title}pt/12mm ${family("title")};text-align:center;letter-spacing:0;text-wrap:balance;margin-bottom:${height.toFixed(3)}mm}
h1.mast{margin:${mastheadTop}mm 0 0;color:#${red};line-height:1.25;transform:translateY(-.18em)}p.no{text-indent:0;text-align:center;margin-top:6mm}.org{display:flex;justify-content:space-between;gap:1em;margin-top:8mm;border-bottom:.6mm solid #${red};padding-bottom:1mm;margin-bottom:9.6mm}
p.fact{display:flex;text-indent:0;text-align:left;${locale === "en" ? "" : "padding-left:2em"}}p.fact b{flex:none;font-weight:${locale === "en" ? "700;width:30mm" : "400"};font-family:${family("hei")};white-space:pre}
p.entry{text-indent:-1.5em;padding-left:calc(3.5em + var(--deep,0)*1em);text-align:left}p.entry i{display:inline-block;min-width:1.5em;text-indent:0;font-style:normal}
table{border-collapse:collapse;width:100%;table-layout:fixed;margin:2mm 0;font-size:${size.small}pt;line-height:1.4;letter-spacing:0}thead{display:table-header-group}tr{break-inside:avoid}td,th{border:.2mm solid #000;padding:1mm 2mm;text-align:left;vertical-align:top;font-weight:400}th{font-weight:700}td p,th p{text-indent:0;text-align:left}
figure{margin:2mm 0;text-align:center;break-inside:avoid}figure img{max-width:min(100%,140mm);max-height:190mm}figcaption{font-size:${size.small}pt}
p.sign{text-indent:0;${locale === "en" ? "" : "padding-left:2em;"}text-align:left;break-inside:avoid}p.sign svg{height:14mm;width:42mm;vertical-align:middle}p.sign u{display:inline-block;min-width:45mm;text-indent:0}p.sign .hand{font-family:${family("kai")}}
p.note{text-indent:0;text-align:left;font:10.5pt/1.5 ${family("song")};letter-spacing:0}a{color:inherit}.nb{white-space:nowrap}
@media print{html{background:none}body{padding:0}.a4{width:auto;min-height:0;margin:0;padding:0}.a4+.a4{break-before:page}}
@media screen and (max-width:820px){body{padding:0}.a4{width:auto;min-height:0;margin:0;padding:8mm 5mm}h1.mast{margin-top:4mm}}`;
}

/** One whole document around ready sheets. */
export const standalone = (locale: Paper["locale"], title: string, css: string, sheets: string): string => before(locale, title, css) + sheets + after;
const after = "</body></html>\n";
const before = (locale: Paper["locale"], title: string, css: string): string =>
  `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><meta name="referrer" content="no-referrer"><title>${escapeHtml(title)}</title>
<style>${css}</style></head><body>`;

/** The paper as it is printed, piece by piece, so that nobody holds it whole. Pictures are carried inside. `name`: what a browser calls the file. */
export async function* htmlPieces(paper: Paper, readImage: ReadImage, name = paper.title): AsyncGenerator<string, void> {
  const picture = picturesOf(readImage);
  yield `${before(paper.locale, name, sheetCss(paper.locale, true))}<main class="a4">\n${titleHtml(paper)}\n`;
  for (const block of paper.blocks) yield `${await blockHtml(paper, block, picture)}\n`;
  yield `</main>${after}`;
}

/** The same in one piece. */
export async function printHtml(paper: Paper, readImage: ReadImage): Promise<string> {
  const parts: string[] = [];
  for await (const part of htmlPieces(paper, readImage)) parts.push(part);
  return parts.join("");
}

function titleHtml(paper: Paper): string {
  if (!paper.masthead) return `<h1>${lined(titleOf(paper))}</h1>`;
  const { number, office, date } = paper.masthead;
  return `<h1 class="mast" style="font-size:${mastheadSize(paper)}pt">${lined(titleOf(paper))}</h1>
<p class="no">${escapeHtml(number)}</p><div class="org"><span>${escapeHtml(office)}</span><span>${escapeHtml(date)}</span></div>`;
}

const pieceHtml = ({ text, bold, href }: Piece): string => {
  const shown = bold ? `<b>${lined(text)}</b>` : lined(text);
  const link = safeLink(href);
  return link ? `<a href="${escapeHtml(link)}" rel="noreferrer">${shown}</a>` : shown;
};
const piecesHtml = (pieces: readonly Piece[]): string => pieces.map(pieceHtml).join("");

async function blockHtml(paper: Paper, block: Block, picture: (photoId: string) => Promise<Picture | null>): Promise<string> {
  switch (block.kind) {
    case "heading":
      return `<h${block.level + 1}>${lined(block.text)}</h${block.level + 1}>`;
    case "paragraph":
      return `<p>${piecesHtml(block.pieces)}</p>`;
    case "entry":
      return `<p class="entry" style="--deep:${block.depth}"><i>${escapeHtml(block.mark)}</i>${piecesHtml(block.pieces)}</p>`;
    case "fact":
      return `<p class="fact"><b>${lined(block.label)}</b><span>${lined(block.text)}</span></p>`;
    case "table":
      return tableHtml(block.rows);
    case "image": {
      const found = await picture(block.photoId);
      if (!found) return `<p>${escapeHtml(translator(paper.locale)("paper.picture.missing", { alt: block.alt }))}</p>`;
      const caption = block.alt ? `<figcaption>${lined(block.alt)}</figcaption>` : "";
      const { bytes, width, height } = found;
      return `<figure><img src="data:image/jpeg;base64,${bytes.toString("base64")}" width="${width}" height="${height}" style="width:auto;height:auto" alt="${escapeHtml(block.alt)}">${caption}</figure>`;
    }
    case "blank":
      return "<p>&nbsp;</p>";
    case "signature": {
      const { hand } = block;
      const shown = hand === null ? "<u>&nbsp;</u>" : hand.kind === "ink" ? inkSvg(hand.strokes) : `<span class="hand">${escapeHtml(hand.text)}</span>`;
      return `<p class="sign">${escapeHtml(block.label)}${shown}${block.at ? `　<span class="nb">${escapeHtml(block.at)}</span>` : ""}</p>`;
    }
    case "note":
      return `<p class="note">${lined(block.text)}</p>`;
  }
}

function tableHtml(rows: readonly (readonly Cell[])[]): string {
  const row = (cells: readonly Cell[]) =>
    `<tr>${cells.map(({ header, lines }) => `<${header ? "th" : "td"}>${lines.map((pieces) => `<p>${piecesHtml(pieces)}</p>`).join("")}</${header ? "th" : "td"}>`).join("")}</tr>`;
  const [first, ...rest] = rows;
  if (!first) return "";
  const headed = first.every((cell) => cell.header);
  return headed
    ? `<table><thead>${row(first)}</thead><tbody>${rest.map(row).join("")}</tbody></table>`
    : `<table><tbody>${rows.map(row).join("")}</tbody></table>`;
}
