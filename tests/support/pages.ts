// What a browser test does over and over: step into a role, press, wait for what is promised.
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

/** Why what a browser test decides at once cannot wait for a notice. */
export const notInTime = "等不到例会，今晚就要定。";

export const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole("button", { name, exact: true }).click();

/**
 * Calls the meeting on the page, and is on its page. Tests share a small community, and one may have a meeting of this body at
 * the same time: then the page asks once whether it is meant.
 */
export async function notifyAll(page: Page): Promise<void> {
  await press(page, "通知大家");
  const asked = page.getByText("再按一次就行").first();
  await expect(asked.or(page.getByText("已通知，等开会").first()).first()).toBeVisible();
  if (await asked.isVisible()) await press(page, "通知大家");
  await expect(page).toHaveURL(/\/meetings\/\w+$/);
}

/** Somebody raises an issue, page by page, and is on its page. @param where a place other than their own. @returns its path */
export async function raise(page: Page, what: string, category: string, where?: string, track?: RegExp): Promise<string> {
  await page.goto("/raise");
  await page.getByLabel("出了什么事？").fill(what);
  await press(page, /接着写在哪儿/);
  if (await page.getByRole("heading", { name: /很像的事/ }).isVisible()) await press(page, "都不是，接着写在哪儿");
  if (where) await page.getByLabel("哪里").selectOption({ label: where });
  await page.getByRole("radio", { name: category }).check();
  await press(page, "下一步：看一遍再交");
  if (track) await page.getByRole("radio", { name: track }).check();
  await press(page, /^交给/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(what.slice(0, 6));
  return new URL(page.url()).pathname;
}
