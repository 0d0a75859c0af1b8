// Sheets for the hall: a list to sign by hand, and slips with a QR code to cut apart.
import qrcode from "qrcode-generator";
import type { Locale, Party } from "../domain/vocabulary";
import { translator } from "../i18n/engine";
import { clean } from "./paper";
import { capital } from "./people-lines";
import { escapeHtml, sheetCss, standalone } from "./print-html";

export type SheetOf = { title: string; lines: readonly string[]; people: readonly { name: string; party: Party }[]; emptyRows?: number };

const safe = (text: string) => escapeHtml(clean(text).replaceAll("\n", " "));

/** A list to sign at the door, with empty lines for whoever is not on it. The heading is repeated on every page. */
export function attendanceSheet({ title, lines, people, emptyRows = 6 }: SheetOf, locale: Locale): string {
  const t = translator(locale);
  const empty = Array.from({ length: emptyRows }, () => ({ name: "", party: "" }));
  const rows = [...people.map(({ name, party }) => ({ name, party: capital(t(`party.${party}`)) })), ...empty];
  const columns = (["n", "name", "party", "sign", "time"] as const).map((column) => `<th scope="col">${safe(t(`paper.sheet.${column}`))}</th>`).join("");
  const body = rows.map(({ name, party }, n) => `<tr><td>${n + 1}</td><td>${safe(name)}</td><td>${safe(party)}</td><td></td><td></td></tr>`).join("\n");
  const css = `${sheetCss(locale, true)}
.a4 table{margin-top:3mm}td,th{height:10.5mm;vertical-align:middle}th:nth-child(1){width:16mm;white-space:nowrap}th:nth-child(3){width:36mm}th:nth-child(4){width:44mm}th:nth-child(5){width:26mm}.a4 p{text-indent:0}
@media screen and (max-width:820px){.a4 th:nth-child(n){width:auto;white-space:normal}td,th{padding:1mm;font-size:11pt}}`;
  const name = t("paper.sheet.title", { title });
  return standalone(
    locale,
    name,
    css,
    `<main class="a4"><h1>${safe(name)}</h1>
${lines.map((each) => `<p>${safe(each)}</p>`).join("\n")}
<p class="note">${safe(t("paper.sheet.extra"))}</p>
<table><thead><tr>${columns}</tr></thead><tbody>
${body}
</tbody></table></main>`,
  );
}

/** A QR code (error correction M) as inline SVG with its quiet zone. Throws when the text is too long for any code (2,331 bytes). */
export function qrSvg(text: string, label: string): string {
  const code = qrcode(0, "M");
  code.addData(Buffer.from(text, "utf8").toString("latin1"), "Byte");
  code.make();
  const count = code.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row++)
    for (let column = 0; column < count; column++) if (code.isDark(row, column)) path += `M${column + 4} ${row + 4}h1v1h-1z`;
  const side = count + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" role="img" aria-label="${escapeHtml(label)}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}

export type Slip = { title: string; url: string; lines: readonly string[] };
const slipsOnPage = 6;

/** Slips, six on a page, with lines to cut along. The address stands under the code for whoever has no camera. */
export function slips(list: readonly Slip[], locale: Locale): string {
  const t = translator(locale);
  const scan = t("paper.slips.scan");
  const one = ({ title, url, lines }: Slip) =>
    `<section><h2>${safe(title)}</h2><div>${qrSvg(url, scan)}<div>${lines.map((each) => `<p>${safe(each)}</p>`).join("")}<p class="scan">${safe(scan)}</p></div></div><p class="url">${safe(url)}</p></section>`;
  const pages = Array.from({ length: Math.ceil(list.length / slipsOnPage) }, (_, n) => list.slice(n * slipsOnPage, (n + 1) * slipsOnPage));
  const css = `${sheetCss(locale, false)}
@page{margin:12mm}.a4{padding:12mm;letter-spacing:0;display:grid;grid-template-columns:1fr 1fr;grid-template-rows:repeat(3,1fr);height:297mm}
section{border:.2mm dashed #777;padding:5mm;overflow:hidden;font-size:13pt;line-height:1.4;break-inside:avoid}section h2{font-size:15pt;line-height:1.3;margin-bottom:2mm}section p,section h2{text-indent:0;text-align:left}section>div{display:flex;gap:4mm}section svg{flex:none;width:46mm;height:46mm}.scan{margin-top:2mm}.url{font-size:8pt;line-height:1.3;margin-top:2mm;word-break:break-all}
@media print{h1{display:none}.a4{padding:.5mm;height:272mm}}@media screen and (max-width:820px){.a4{display:block;height:auto}section{margin-bottom:4mm}}`;
  const title = t("paper.slips.title");
  return standalone(
    locale,
    title,
    css,
    `<main><h1>${safe(title)}</h1>${pages.map((page) => `<div class="a4">${page.map(one).join("\n")}</div>`).join("\n")}</main>`,
  );
}
