// Every page, both languages, phone and desk, normal and elder: reachable, accessible, within its width, with one main action.
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { castOf, type Listed, pagesOf } from "../../scripts/pages";
import { faults, ofLooks } from "../support/axe";
import { desk, phone, urlOf } from "../support/pages";

const dir = () => process.env.STORY_DIR ?? "";
const shares = 3;

/** Calls `visit` with every listed page, opened by whoever it is listed for, in one tab a person. `html` is what the server sent. */
async function everyPage(
  newContext: (person: string | null) => Promise<BrowserContext>,
  pages: readonly Listed[],
  visit: (page: Page, listed: Listed, status: number, html: string) => Promise<void>,
): Promise<void> {
  const tabs = new Map<string, Page>();
  for (const listed of pages) {
    const key = listed.as ?? "";
    const page = tabs.get(key) ?? (await (await newContext(listed.as)).newPage());
    tabs.set(key, page);
    const answer = await page.goto(listed.path);
    if (listed.editor) await page.getByRole("textbox").first().waitFor();
    await visit(page, listed, answer?.status() ?? 0, (await answer?.text()) ?? "");
  }
  for (const page of tabs.values()) await page.context().close();
}

/** A share of the pages, whole people each: tests that run side by side end together. */
function shareOf(pages: readonly Listed[], share: number): Listed[] {
  const people = [...new Set(pages.map(({ as }) => as))].map((person) => pages.filter(({ as }) => as === person)).sort((a, b) => b.length - a.length);
  const dealt: Listed[][] = Array.from({ length: shares }, () => []);
  for (const theirs of people) dealt.reduce((least, each) => (each.length < least.length ? each : least)).push(...theirs);
  return dealt[share] ?? [];
}

test.describe.configure({ timeout: 700_000 });

for (const locale of ["zh-CN", "en"] as const)
  for (let share = 0; share < shares; share++)
    test(`no violation on any page, and each says what it is without a script: ${locale}, ${share + 1} of ${shares}`, async ({ browser }) => {
      const wrong: string[] = [];
      await everyPage(
        (person) => signedIn(browser, person, { locale }),
        shareOf(pagesOf(dir(), locale), share),
        async (page, listed, status, html) => {
          const is = (what: string) => void wrong.push(`${listed.name}: ${what}`);
          if (status !== (listed.status ?? 200)) is(`status ${status}`);
          const [, title = ""] = /<h1[^>]*>(.*?)<\/h1>/s.exec(html) ?? [];
          if (!title.replaceAll(/<[^>]*>/g, "").trim()) is("no heading in what the server sent");
          for (const [size, viewport] of Object.entries({ phone, desk }))
            for (const view of ["normal", "elder"]) {
              await page.setViewportSize(viewport);
              // The larger view is the same page with other values of the same names.
              await page.evaluate((to) => {
                document.documentElement.dataset.view = to;
              }, view);
              const looked = `${size}, ${view}`;
              for (const fault of await faults(page, view === "elder" ? ofLooks : undefined)) is(`${looked}: ${fault}`);
              const layout = await page.evaluate(() => ({
                over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
                twice: [...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, n, all) => all.indexOf(id) !== n),
                main: [...document.querySelectorAll(".btn-main")].filter((b) => b.getClientRects().length > 0).length,
              }));
              if (layout.over > 0) is(`${looked}: ${layout.over} px wider than the screen`);
              if (layout.twice.length > 0) is(`two things are called ${layout.twice[0]}`);
              if (layout.main > 1) is(`${looked}: ${layout.main} main actions`);
            }
        },
      );
      expect(wrong).toEqual([]);
    });

test("the pseudo-locale leaves no word unmarked but what people wrote", async ({ browser }) => {
  const seen: { page: string; text: string }[] = [];
  await everyPage(
    (person) => signedIn(browser, person, { locale: "en", language: "en-XA" }),
    pagesOf(dir(), "en"),
    async (page, listed) => {
      const texts = await page.evaluate(() => {
        const found: string[] = [];
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
          const node = walk.currentNode;
          if (
            !node.parentElement?.closest("script, style, svg, noscript, .minutes p.speech, .past-words, .past-text, .paper, .resolved") &&
            node.textContent?.trim()
          )
            found.push(node.textContent.trim());
        }
        for (const element of document.querySelectorAll("[aria-label], [alt], [title], [placeholder]"))
          for (const name of ["aria-label", "alt", "title", "placeholder"]) {
            const value = element.getAttribute(name);
            if (value?.trim()) found.push(value.trim());
          }
        return found;
      });
      for (const text of texts) seen.push({ page: listed.name, text });
    },
  );
  // Asked last: whoever came in has a device by now.
  const written = await everythingWritten();
  const wrong: string[] = [];
  for (const { page, text } of seen) {
    // A message may stand inside another.
    let unmarked = text;
    while (/⟦[^⟦⟧]*⟧/.test(unmarked)) unmarked = unmarked.replaceAll(/⟦[^⟦⟧]*⟧/g, "");
    unmarked = unmarked.trim();
    // Somebody and their bodies stand in one option; where names are withheld a letter is left of them.
    const peoples = unmarked.split(" · ").every((part) => written(part) || /^\p{L}\*\*$/u.test(part));
    if (!/\p{L}/u.test(unmarked) || peoples) continue;
    wrong.push(`${page}: ${unmarked}`);
  }
  expect([...new Set(wrong)]).toEqual([]);
});

async function signedIn(
  browser: import("@playwright/test").Browser,
  person: string | null,
  { locale, language = locale }: { locale: "zh-CN" | "en"; language?: string },
): Promise<BrowserContext> {
  const origin = urlOf("story");
  const context = await browser.newContext({ viewport: desk, locale, baseURL: origin, reducedMotion: "reduce" });
  await context.request.post("/preferences", { form: { language, view: "normal" }, headers: { Origin: origin } });
  const known = castOf(dir()).people.find((p) => p.locale === locale && p.name === person);
  if (known) await context.request.post("/demo", { form: { person: known.personId }, headers: { Origin: origin } });
  return context;
}

/** Whether a text was written by somebody: it stands in the database, or is a day, a device, a number. */
async function everythingWritten(): Promise<(text: string) => boolean> {
  const { default: Database } = await import("better-sqlite3");
  const db = new Database(`${dir()}/yishi.db`, { readonly: true });
  const columns: [string, string][] = [
    ["Community", "name"],
    ["Body", "name"],
    ["Body", "estate"],
    ["Person", "name"],
    ["Issue", "title"],
    ["Issue", "what"],
    ["Meeting", "place"],
    ["Session", "device"],
    ["Task", "title"],
    ["AuditWords", "text"],
  ];
  const all = new Set(
    columns.flatMap(([table, column]) => db.prepare(`SELECT DISTINCT ${column} FROM ${table} WHERE ${column} IS NOT NULL`).pluck().all() as string[]),
  );
  for (const text of [...all]) for (const line of text.split("\n")) all.add(line.trim());
  db.close();
  const month = "(Jan|January|Feb|February|Mar|March|Apr|April|May|Jun|June|Jul|July|Aug|August|Sept|September|Oct|October|Nov|November|Dec|December)";
  const months = new RegExp(`^(\\d{1,2} )?${month}( \\d{4})?( \\d\\d:\\d\\d)?$`);
  const said = castOf(dir()) as unknown as { people: { why: string }[] };
  const whys = said.people.map((p) => p.why).join("\n");
  const bodies = (text: string) => [...all].some((estate) => text.startsWith(`${estate} `) && all.has(text.slice(estate.length + 1)));
  // People know a thing by its number and its title together.
  const numbered = (text: string) => all.has(text.replace(/^\d{4}-\d{4} /, ""));
  return (text) => numbered(text) || whys.includes(text) || months.test(text) || bodies(text) || /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun|https?:\/\/)/.test(text);
}
