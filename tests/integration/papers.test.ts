// The papers as LibreOffice prints them, measured in millimetres against GB/T 9704-2012.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closingOf } from "../../app/papers/closing";
import { docx } from "../../app/papers/docx";
import { markdown } from "../../app/papers/markdown";
import { minutesPaper } from "../../app/papers/minutes-paper";
import { type Paper, piece } from "../../app/papers/paper";
import { printHtml } from "../../app/papers/print-html";
import { said } from "../../app/papers/record";
import { seal } from "../../app/papers/seal";
import { summaryPaper } from "../../app/papers/summary-paper";
import { inkOf, isRed, type Line, linesOf, pdfOf, typeOf, unzipped } from "../support/measure";
import { minutes, saltOf, signedFile, summary } from "../support/record";

const dir = mkdtempSync(join(tmpdir(), "yishi-papers-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const none = async () => null;
async function printed(name: string, paper: Paper, readImage: (id: string) => Promise<Uint8Array | null> = none) {
  const bytes = await docx(paper, readImage);
  const to = join(dir, name);
  mkdirSync(to);
  return { bytes, pdf: pdfOf(bytes, to) };
}
/** Within a millimetre. */
const near = (is: number | undefined, wanted: number) => expect(Math.abs((is ?? Number.NaN) - wanted), `${is} mm, wanted ${wanted} mm`).toBeLessThanOrEqual(1);
const lineWith = (pages: Line[][], text: string): Line => {
  const found = pages.flat().find((line) => line.text.includes(text));
  if (!found) throw new Error(`Nothing printed says ${text}.`);
  return found;
};

describe("a page full of characters", () => {
  let pdf = "";
  beforeAll(async () => {
    const full: Paper = { locale: "zh-CN", title: "", masthead: null, blocks: [{ kind: "paragraph", pieces: [piece("国".repeat(28 * 22 * 3))] }] };
    pdf = (await printed("full", full)).pdf;
  });
  test("[PA1] has 22 lines of 28 characters", () => {
    for (const page of linesOf(pdf).slice(1, 3)) {
      const body = page.filter((line) => line.text.startsWith("国"));
      expect(body.map((line) => line.text.length)).toEqual(Array.from({ length: 22 }, () => 28));
      near(body[0]?.left, 28);
      near(body[0]?.right, 184);
      near(((body[21]?.bottom ?? 0) - (body[0]?.bottom ?? 0)) / 21, 225 / 22);
    }
  });
  test("[PA1] fills the type area, 156 × 225 mm, and nothing else", async () => {
    const ink = await inkOf(pdf, 2, { bottom: 266 });
    near(ink?.left, 28);
    near(ink?.right, 184);
    // Where in its line a character stands is the program's affair: the lines are 10.2 mm high, the ink 5.
    expect(ink?.top).toBeGreaterThanOrEqual(37);
    expect(ink?.top).toBeLessThan(37 + 225 / 22 - 5);
    expect(ink?.bottom).toBeLessThanOrEqual(262);
    near((ink?.bottom ?? 0) - (ink?.top ?? 0), (21 * 225) / 22 + 5);
  });
  test("[PA2] has its number 7 mm below, one character in, right on odd pages and left on even ones", async () => {
    const character = (14 * 25.4) / 72;
    const [odd, even] = [await inkOf(pdf, 3, { top: 265 }), await inkOf(pdf, 2, { top: 265 })];
    near(odd?.right, 184 - character);
    near(even?.left, 28 + character);
    expect(odd?.left).toBeGreaterThan(150);
    expect(even?.right).toBeLessThan(60);
    const dash = await inkOf(pdf, 2, { top: 265, right: 28 + character + 2 });
    near(dash?.top, 262 + 7);
    expect(linesOf(pdf).map((page) => page.at(-1)?.text)).toEqual(["—1—", "—2—", "—3—", "—4—"]);
    expect(typeOf(pdf).find((each) => each.text.includes("— 2 —"))?.size).toBe(14);
  });
});

describe("a summary of decisions", () => {
  let made: { bytes: Buffer; pdf: string };
  beforeAll(async () => {
    const record = summary();
    record.people = record.people.flatMap((person) => (person.party === "owners" ? [person] : [person, { ...person, ref: `${person.ref}0` }]));
    made = await printed("summary", summaryPaper(record, "zh-CN"));
  });
  test("[PA2] has its red heading in the middle, 35 mm below the top of the type area", async () => {
    const ink = await inkOf(made.pdf, 1, { bottom: 100 }, isRed);
    near(ink?.top, 37 + 35);
    near(((ink?.left ?? 0) + (ink?.right ?? 0)) / 2, 28 + 78);
    expect(typeOf(made.pdf)[0]).toMatchObject({ text: "宝源花园邻里议事厅会议纪要", size: 30, color: "#b02a17" });
  });
  test("[PA2] a red rule as wide as the type area stands under number, body and date", async () => {
    const number = lineWith(linesOf(made.pdf), "〔2026〕3号");
    near((number.left + number.right) / 2, 28 + 78);
    const date = lineWith(linesOf(made.pdf), "2026年3月27日");
    const rule = await inkOf(made.pdf, 1, { top: date.bottom - 1 }, isRed);
    near(rule?.left, 28);
    near(rule?.right, 184);
    expect((rule?.bottom ?? 0) - (rule?.top ?? 0)).toBeLessThan(1.2);
  });
  test("[PA1] names the standard's faces, and sets them in its sizes", () => {
    const styles = unzipped(made.bytes, "word/styles.xml");
    const styleOf = (id: string) => new RegExp(`<w:style [^>]*w:styleId="${id}".*?</w:style>`).exec(styles)?.[0] ?? "";
    expect(styles).toMatch(/<w:docDefaults>.*w:eastAsia="仿宋".*w:sz w:val="32".*<\/w:docDefaults>/);
    expect(styleOf("Masthead")).toContain('w:eastAsia="方正小标宋简体"');
    expect(styleOf("Title")).toMatch(/w:eastAsia="方正小标宋简体".*w:sz w:val="44"|w:sz w:val="44".*w:eastAsia="方正小标宋简体"/);
    expect(styleOf("Heading1")).toContain('w:eastAsia="黑体"');
    expect(styleOf("Heading2")).toContain('w:eastAsia="楷体"');
    expect(styleOf("Heading3")).toContain('w:eastAsia="仿宋"');
    expect(unzipped(made.bytes, "word/document.xml")).not.toContain("w:embed");
    for (const words of ["一、关于二次供水改造", "（一）21", "会议听取了", "出席："])
      expect(typeOf(made.pdf).find((each) => each.text.includes(words))?.size).toBe(16);
  });
  test("[PA3] one blank line stands before the lists, which hang", () => {
    const pages = linesOf(made.pdf);
    const [last, present, excused] = [lineWith(pages, "完成划线、立牌"), lineWith(pages, "出席："), lineWith(pages, "请假：")];
    near(present.top - last.top, (2 * 225) / 22);
    const em = 156 / 28;
    near(present.left, 28 + 2 * em);
    const wrapped = pages.flat().filter((line) => line.bottom > present.bottom + 1 && line.bottom < excused.bottom - 1 && line.left > 40);
    expect(wrapped.length).toBeGreaterThan(0);
    for (const line of wrapped) near(line.left, 28 + 5 * em);
    expect(lineWith(pages, "列席：").top).toBeGreaterThan(excused.top);
    const faces = unzipped(made.bytes, "word/document.xml");
    expect(faces).toMatch(/w:eastAsia="黑体"[^>]*\/>(?:(?!<w:r>).)*出席：/);
  });
  test("[PA1] indents the first line of a paragraph by two characters", () => near(lineWith(linesOf(made.pdf), "会议听取了").left, 28 + (2 * 156) / 28));
});

test("[PA4] LibreOffice opens minutes in both languages, signatures and pictures included", async () => {
  const photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#000" } })
    .webp()
    .toBuffer();
  for (const locale of ["zh-CN", "en"] as const) {
    const { bytes, pdf } = await printed(`minutes-${locale}`, minutesPaper(minutes(), locale, closingOf(signedFile())), async () => photo);
    const pages = linesOf(pdf);
    expect(typeOf(pdf).find((each) => each.text.includes("邻里议事厅"))?.size).toBe(22);
    // A stop or comma at a line's end may hang in the margin, as word processors have it.
    for (const page of pages)
      for (const line of page.filter((each) => each.top < 262)) expect(line.right).toBeLessThanOrEqual(/[，。、；：]$/.test(line.text) ? 190 : 185);
    expect(unzipped(bytes, "word/document.xml").match(/<wp:inline/g)).toHaveLength(2);
    const caption = pages.findIndex((page) => page.some((line) => line.text.includes("泵房锈蚀的立管")));
    const ink = await inkOf(pdf, caption + 1, { bottom: 262 });
    near(ink?.left, 28);
  }
});

// Slow machines take their time; what it took is printed.
test("[PA8] 100,000 characters and 50 pictures are printed in bounded memory", async () => {
  const record = minutes();
  const [item] = record.items;
  if (!item) return;
  const grain = Buffer.from(Array.from({ length: 256 * 192 * 3 }, (_, n) => (n * 2654435761) >>> 24));
  const base = await sharp(grain, { raw: { width: 256, height: 192, channels: 3 } })
    .resize(1600, 1200)
    .webp({ quality: 80, effort: 0 })
    .toBuffer();
  // Each is cut a little differently, so that none is the other's copy.
  const photos = await Promise.all(
    Array.from({ length: 50 }, (_, n) => sharp(base).extract({ left: n, top: n, width: 1500, height: 1100 }).webp({ quality: 80, effort: 0 }).toBuffer()),
  );
  for (let n = 0; n < 1000; n++)
    item.nodes.push({ kind: "paragraph", runs: [{ text: said("会议认为这件事要先查勘再报价，".repeat(7).slice(0, 100)), bold: false, href: null }] });
  for (let n = 0; n < 50; n++) item.nodes.splice(n * 20, 0, { kind: "image", photoId: `big${n}`, digest: "0".repeat(64), alt: said(`照片${n}`) });
  let open = 0;
  let most = 0;
  const readImage = async (id: string) => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setImmediate(resolve));
    open--;
    return photos[Number(id.slice(3))] ?? null;
  };
  const times: string[] = [];
  const timed = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    times.push(`${name} ${(performance.now() - start).toFixed(0)} ms`);
    return result;
  };
  const frozen = await timed("seal", () => seal(record, saltOf("big")));
  const file = await timed("sign", () => signedFile(record, "big"));
  const paper = minutesPaper(record, "zh-CN", closingOf(file));
  const bytes = await timed("docx", () => docx(paper, readImage));
  const html = await timed("html", () => printHtml(paper, readImage));
  const text = await timed("markdown", () => markdown(paper));
  console.log(`A record of 100,000 characters and 50 pictures: ${times.join(", ")}; docx ${bytes.length}, html ${html.length} bytes.`);
  expect(most).toBe(1);
  expect(frozen.fingerprint).toBe(file.fingerprint);
  expect(text.length).toBeGreaterThan(100_000);
  // The standard's limit on pictures, with room for the words.
  for (const size of [bytes.length, (html.length * 3) / 4]) expect(size).toBeLessThan(60 * 1024 * 1024);
  expect(linesOf(pdfOf(bytes, dir)).length).toBeGreaterThan(60);
}, 300_000);
