// What a browser test does over and over: step into a role, press, wait for what is promised.
import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";

export const phone = { width: 390, height: 844 };
export const desk = { width: 1280, height: 800 };

/** The small community one may act in, or the demo's story one only looks at. */
export const urlOf = (server: "small" | "story"): string => (server === "small" ? process.env.SMALL_URL : process.env.STORY_URL) ?? "";

/** A browser of somebody's own, signed in through the demo's page; without JavaScript where `scripts` is false. */
export async function stepInto(
  browser: Browser,
  name: string,
  options: { at?: "small" | "story"; url?: string; viewport?: typeof phone; story?: "zh-CN" | "en"; scripts?: boolean } = {},
): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    javaScriptEnabled: options.scripts ?? true,
    viewport: options.viewport ?? desk,
    locale: options.story ?? "zh-CN",
    baseURL: options.url ?? urlOf(options.at ?? "small"),
  });
  const page = await context.newPage();
  await page.goto(`/demo?story=${options.story ?? "zh-CN"}`);
  await page
    .getByRole("button", { name: new RegExp(`(用|as )${name}`) })
    .first()
    .click();
  await expect(page).toHaveURL(/\/$/);
  return page;
}

/** Today plus `days`, as a date field takes it. */
export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A page breaks no rule of accessibility and does not run off its side, on a phone and on a desk. */
export async function fitsAndReads(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? desk;
  for (const viewport of [phone, desk]) {
    await page.setViewportSize(viewport);
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
    expect(
      violations.map((v) => `${v.id} ${v.nodes.map((n) => n.target.join(" ")).join(" | ")}`),
      name,
    ).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), name).toBe(0);
  }
  await page.setViewportSize(before);
}
