// axe in the page itself, once for every look at it. The pages have no frames, so nothing has to be carried between them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type { RunOptions } from "axe-core";
import { desk, phone } from "./pages";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const everything: RunOptions["runOnly"] = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
/** What other sizes, weights and colours of the same names and structure can break. */
export const ofLooks: RunOptions["runOnly"] = { type: "rule", values: ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"] };

/** What axe finds wrong on the page as it stands, with where. */
export async function faults(page: Page, runOnly = everything): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  return page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, { runOnly: only as never, resultTypes: ["violations"] });
    return violations.map(
      ({ id, nodes }) =>
        `${id} ${nodes
          .slice(0, 3)
          .map(({ target }) => target.join(" "))
          .join(" | ")}`,
    );
  }, runOnly);
}

/** A page breaks no rule of accessibility and does not run off its side, on a phone and on a desk. */
export async function fitsAndReads(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? desk;
  for (const viewport of [phone, desk]) {
    await page.setViewportSize(viewport);
    expect(await faults(page), name).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), name).toBe(0);
  }
  await page.setViewportSize(before);
}
