// The printed page in a browser: the same millimetres as the DOCX, and readable on any screen.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { closingOf } from "../../app/papers/closing";
import { minutesPaper } from "../../app/papers/minutes-paper";
import { type Paper, piece } from "../../app/papers/paper";
import { printHtml } from "../../app/papers/print-html";
import { attendanceSheet, slips } from "../../app/papers/slips";
import { summaryPaper } from "../../app/papers/summary-paper";
import { faults } from "../support/axe";
import { inkOf, isRed, linesOf } from "../support/measure";
import { minutes, signedFile, summary } from "../support/record";

const dir = mkdtempSync(join(tmpdir(), "yishi-print-"));
test.afterAll(() => rmSync(dir, { recursive: true, force: true }));
const none = async () => null;
const near = (is: number | undefined, wanted: number) => expect(Math.abs((is ?? Number.NaN) - wanted), `${is} mm, wanted ${wanted} mm`).toBeLessThanOrEqual(1);
async function printed(page: Page, name: string, html: string): Promise<string> {
  await page.setContent(html);
  const path = join(dir, `${name}.pdf`);
  await page.pdf({ path, preferCSSPageSize: true });
  return path;
}

test("[PA1] [PA2] a full page has 22 lines of 28 characters in the type area, and its number outside", async ({ page }) => {
  const full: Paper = { locale: "zh-CN", title: "题", masthead: null, blocks: [{ kind: "paragraph", pieces: [piece("国".repeat(28 * 22 * 3))] }] };
  const pdf = await printed(page, "full", await printHtml(full, none));
  for (const lines of linesOf(pdf).slice(1, 3)) {
    const body = lines.filter((line) => line.text.startsWith("国"));
    expect(body.map((line) => line.text.length)).toEqual(Array.from({ length: 22 }, () => 28));
    near(((body[21]?.bottom ?? 0) - (body[0]?.bottom ?? 0)) / 21, 225 / 22);
  }
  const ink = await inkOf(pdf, 2, { bottom: 266 });
  near(ink?.left, 28);
  near(ink?.right, 184);
  near(ink?.top, 37 + (225 / 22 - 5.3) / 2);
  near(ink?.bottom, 262 - (225 / 22 - 5.3) / 2);
  const character = (14 * 25.4) / 72;
  const [odd, even] = [await inkOf(pdf, 3, { top: 265 }), await inkOf(pdf, 2, { top: 265 })];
  near(odd?.right, 184 - character);
  near(even?.left, 28 + character);
  expect(odd?.left).toBeGreaterThan(150);
  near((await inkOf(pdf, 2, { top: 265, right: 28 + character + 2 }))?.top, 262 + 7);
});

test("[PA2] [PA3] a summary has its red heading 35 mm down, its rule, and lists that hang", async ({ page }) => {
  const record = summary();
  record.people = record.people.flatMap((person) => (person.party === "owners" ? [person] : [person, { ...person, ref: `${person.ref}0` }]));
  const pdf = await printed(page, "summary", await printHtml(summaryPaper(record, "zh-CN"), none));
  const pages = linesOf(pdf);
  const date = pages[0]?.find((line) => line.text.includes("2026年3月27日"));
  const ink = await inkOf(pdf, 1, { bottom: (date?.top ?? 0) - 5 }, isRed);
  near(ink?.top, 37 + 35);
  near(((ink?.left ?? 0) + (ink?.right ?? 0)) / 2, 28 + 78);
  const rule = await inkOf(pdf, 1, { top: (date?.bottom ?? 0) - 1 }, isRed);
  near(rule?.left, 28);
  near(rule?.right, 184);
  const lines = pages.flat();
  const present = lines.findIndex((line) => line.text.startsWith("出席："));
  near(lines[present]?.left, 28 + (2 * 156) / 28);
  near(lines[present + 1]?.left, 28 + (5 * 156) / 28);
});

test("[PA6] papers can be read on a phone and a desk, in both languages", async ({ page }) => {
  const photo = await sharp({ create: { width: 1600, height: 900, channels: 3, background: "#888" } })
    .webp()
    .toBuffer();
  const people = minutes().people.map(({ name, party }) => ({ name: name.said, party }));
  for (const locale of ["zh-CN", "en"] as const)
    for (const html of [
      await printHtml(minutesPaper(minutes(), locale, closingOf(signedFile())), async () => photo),
      await printHtml(summaryPaper(summary(), locale), none),
      attendanceSheet({ title: "第3次会", lines: ["2026年3月26日"], people }, locale),
      slips([{ title: "户", url: "https://yishi.example.cn/join/x", lines: ["x"] }], locale),
    ])
      for (const size of [
        { width: 390, height: 844 },
        { width: 1280, height: 800 },
      ]) {
        await page.setViewportSize(size);
        await page.setContent(html);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        expect(await faults(page)).toEqual([]);
      }
});
