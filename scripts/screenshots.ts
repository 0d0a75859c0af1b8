// Every page, both languages, phone and desk, into screenshots/. Options: --only NAME, --elder, --dark, --out DIR
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { runScript, serve } from "../tests/support/serve";
import { castOf, openComing, pagesOf } from "./pages";
import { built, browser as ensureBrowser, systemChromium } from "./ready.mjs";

const options = parseArgs({
  options: {
    only: { type: "string" },
    elder: { type: "boolean" },
    dark: { type: "boolean" },
    out: { type: "string", default: "screenshots" },
    lang: { type: "string" },
  },
}).values;
built();
if (!ensureBrowser()) throw new Error("There is no browser. Install Chromium and fonts-noto-cjk.");
const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } };
const dir = mkdtempSync(join(tmpdir(), "yishi-shots-"));
await runScript("prisma/seed/main.ts", ["--dir", dir]);
const server = await serve(dir);
const browser = await chromium.launch(systemChromium ? { executablePath: systemChromium } : {});
let taken = 0;
try {
  for (const locale of ["zh-CN", "en"] as const) {
    if (options.lang && options.lang !== locale) continue;
    await openComing(server.url, dir, locale);
    for (const [size, viewport] of Object.entries(sizes)) await shoot(browser, locale, size, viewport);
  }
} finally {
  await browser.close();
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
}
console.log(`${taken} screenshots in ${options.out}/`);

async function contextFor(person: string | null, locale: "zh-CN" | "en", viewport: { width: number; height: number }): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport, locale, baseURL: server.url, colorScheme: options.dark ? "dark" : "light" });
  const preferences: Record<string, string> = { language: locale, ...(options.elder ? { view: "elder" } : {}) };
  await context.request.post("/preferences", { form: preferences, headers: { Origin: server.url } });
  const known = castOf(dir).people.find((p) => p.locale === locale && p.name === person);
  if (known) await context.request.post("/demo", { form: { person: known.personId }, headers: { Origin: server.url } });
  return context;
}

async function shoot(_browser: Browser, locale: "zh-CN" | "en", size: string, viewport: { width: number; height: number }): Promise<void> {
  const contexts = new Map<string, BrowserContext>();
  const folder = join(options.out ?? "screenshots", locale, size);
  mkdirSync(folder, { recursive: true });
  for (const listed of pagesOf(dir, locale)) {
    if (options.only && !listed.name.includes(options.only)) continue;
    const key = listed.as ?? "";
    const context = contexts.get(key) ?? (await contextFor(listed.as, locale, viewport));
    contexts.set(key, context);
    const page = await context.newPage();
    await page.goto(listed.path);
    if (listed.editor) await page.getByRole("textbox").first().waitFor();
    await page.screenshot({ path: join(folder, `${listed.name}.png`), fullPage: true });
    await page.close();
    taken++;
  }
  for (const context of contexts.values()) await context.close();
}
