// Live minutes while the machine fails: two people type, the server is killed and comes back, a backup is restored.
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test, type WebSocketRoute } from "@playwright/test";
import { faults } from "../support/axe";
import { phone, stepInto } from "../support/pages";
import { editor, enter, type Stage, stage } from "../support/stage";

/** Where live documents are kept: one folder's belong together. */
const liveFiles = ["live.db", "shelf.db"].flatMap((name) => [name, `${name}-wal`, `${name}-shm`]);
function removeLive(dir: string): void {
  for (const name of liveFiles) rmSync(join(dir, name), { force: true });
}

test.describe("live minutes", () => {
  const dirs: string[] = [];
  const servers: Stage[] = [];
  test.afterAll(async () => {
    for (const { server } of servers) await server.stop();
    for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
  });

  test("[LI1] two people type while the server is killed and comes back: nothing is lost, and “saved” never lied", async ({ browser }) => {
    test.setTimeout(180_000);
    const at = await stage(dirs);
    servers.push(at);
    const [one, two] = [await enter(browser, at, "居委会委员"), await enter(browser, at, "党支部书记", phone)];
    const typed: string[] = [];
    // What a page called saved, at the moment it called it so.
    const promised = new Set<string>();
    let typing = true;
    const type = async (page: Page, section: number, name: string) => {
      await editor(page).locator("section").nth(section).locator("p").last().click();
      for (let n = 0; typing; n++) {
        const token = `${name}${n}。`;
        typed.push(token);
        await page.keyboard.type(token, { delay: 5 });
        const seen = await page.evaluate(() => ({
          saved: document.querySelector("[data-saved]")?.getAttribute("data-saved") === "true",
          text: document.querySelector("[role=textbox]")?.textContent ?? "",
        }));
        if (seen.saved) for (const each of typed) if (each.startsWith(name) && seen.text.includes(each)) promised.add(each);
      }
    };
    const pens = [type(one, 0, "甲"), type(two, 1, "乙")];
    for (let death = 0; death < 3; death++) {
      const before = promised.size;
      await expect.poll(() => promised.size, { timeout: 30_000 }).toBeGreaterThan(before + 4);
      await at.kill();
      const stored = at.stored();
      expect([...promised].filter((token) => !stored.includes(token))).toEqual([]);
      await expect(one.getByRole("status")).toContainText("网断了");
      await at.again();
    }
    const before = promised.size;
    await expect.poll(() => promised.size, { timeout: 30_000 }).toBeGreaterThan(before + 4);
    typing = false;
    await Promise.all(pens);
    for (const page of [one, two]) await expect(page.getByRole("status")).toContainText("都存好了");
    const text = async (page: Page) => (await editor(page).locator("section p").allTextContents()).join("\n").replaceAll("⁠", "");
    await expect.poll(async () => (await text(one)).includes(typed.at(-1) ?? "") && (await text(two)).includes(typed.at(-2) ?? "")).toBe(true);
    const [a, b] = [await text(one), await text(two)];
    expect(typed.filter((token) => !a.includes(token))).toEqual([]);
    expect(typed.filter((token) => !b.includes(token))).toEqual([]);
    expect(typed.filter((token) => !at.stored().includes(token))).toEqual([]);
  });

  test("[LI1] a backup is restored under an open page: it is told, keeps its words, and gives them back when asked to", async ({ browser }) => {
    test.setTimeout(180_000);
    const at = await stage(dirs);
    servers.push(at);
    const page = await enter(browser, at, "居委会委员", phone);
    const write = async (words: string) => {
      await editor(page).locator("section p").last().click();
      await page.keyboard.press("End");
      await page.keyboard.type(words);
      await expect.poll(() => at.stored().includes(words)).toBe(true);
      await expect(page.getByRole("status")).toContainText("都存好了");
    };
    await write("备份以前说的。");
    await at.server.stop();
    const backup = mkdtempSync(join(tmpdir(), "yishi-backup-"));
    dirs.push(backup);
    cpSync(at.dir, backup, { recursive: true });
    await at.again();
    await expect(page.getByRole("status")).toContainText("都存好了", { timeout: 30_000 });
    await write("备份以后说的。");
    await at.server.stop();
    removeLive(at.dir);
    for (const name of liveFiles) if (existsSync(join(backup, name))) cpSync(join(backup, name), join(at.dir, name));
    await at.again();
    await expect(page.getByRole("alert")).toContainText("一个字也没少", { timeout: 30_000 });
    await expect(editor(page)).toContainText("备份以后说的。");
    expect(at.stored()).not.toContain("备份以后说的");
    expect(await faults(page)).toEqual([]);
    if (process.env.LOOK) await page.screenshot({ path: join(process.env.LOOK, "went-back.png"), fullPage: true });
    // Closed and opened again, it still knows.
    await page.reload();
    await expect(page.getByRole("alert")).toContainText("一个字也没少", { timeout: 30_000 });
    await page.getByRole("button", { name: "补回去" }).click();
    await expect(page.getByRole("status")).toContainText("都存好了", { timeout: 30_000 });
    expect(at.stored()).toContain("备份以后说的");
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  test("[LI1] the live documents are laid anew under open pages: they keep their words to copy, and nothing is mixed", async ({ browser }) => {
    test.setTimeout(180_000);
    const at = await stage(dirs);
    servers.push(at);
    const [page, other] = [await enter(browser, at, "居委会委员", phone), await enter(browser, at, "党支部书记")];
    await editor(page).locator("section p").last().click();
    await page.keyboard.type("先前说的。");
    await expect.poll(() => at.stored().includes("先前说的")).toBe(true);
    await expect(editor(other)).toContainText("先前说的。");
    await at.server.stop();
    removeLive(at.dir);
    await at.again();
    for (const each of [page, other]) {
      await expect(each.getByRole("alert")).toContainText("不是同一份会议记录", { timeout: 30_000 });
      await expect(editor(each)).toContainText("先前说的。");
      expect(await faults(each)).toEqual([]);
    }
    expect(at.stored()).not.toContain("先前说的");
    if (process.env.LOOK) {
      await page.screenshot({ path: join(process.env.LOOK, "other-history.png"), fullPage: true });
      await other.screenshot({ path: join(process.env.LOOK, "other-history-desk.png"), fullPage: true });
    }
    // Going on from the server's is one press away.
    await page.getByRole("alert").getByRole("button").or(page.getByRole("alert").getByRole("link")).last().click();
    await expect(editor(page)).not.toContainText("先前说的。", { timeout: 30_000 });
    await expect(page.getByRole("status")).toContainText("都存好了", { timeout: 30_000 });
  });

  test("[RT-OFF-1] [RT-OFF-3] what the browser keeps is thrown away under one page, and stays while another has unsaved words", async ({ browser }) => {
    test.setTimeout(180_000);
    const at = await stage(dirs);
    servers.push(at);
    const page = await enter(browser, at, "居委会委员");
    const other = await page.context().newPage();
    let cut = false;
    const lines: WebSocketRoute[] = [];
    await other.routeWebSocket(/\/collab\//, (line) => {
      if (cut) return line.close({ code: 1012 });
      line.connectToServer();
      lines.push(line);
    });
    await other.goto(`${at.server.url}${at.path}`);
    await expect(other.getByRole("status")).toContainText("都存好了");
    const type = async (on: Page, words: string) => {
      await editor(on).locator("section p").last().click();
      await on.keyboard.press("End");
      await on.keyboard.type(words);
    };
    const kept = () => page.evaluate(async () => (await indexedDB.databases()).flatMap(({ name }) => (name?.includes(":minutes:") ? [name] : [])));
    const [name = ""] = await kept();

    await test.step("a page of the same browser that ends throws nothing away while the other has unsaved words", async () => {
      cut = true;
      for (const line of lines) await line.close({ code: 1012 });
      await expect(other.getByRole("status")).toContainText("网断了，接着写");
      await type(other, "还没发出去。");
      const ended = await page.context().newPage();
      await ended.goto(`${at.server.url}/`);
      await ended.evaluate(() => (document.querySelector('form[action="/sign-out"]') as HTMLFormElement).requestSubmit());
      await expect(page.getByRole("status")).toContainText("您已退出");
      await expect(page.getByRole("status")).toContainText("写过的都存好了");
      // It let go of its share and asked for the whole; whoever asks after it is answered after it.
      const holders = () => page.evaluate(async (called) => (await navigator.locks.query()).held?.filter((lock) => lock.name === called).length, name);
      await expect.poll(holders).toBe(1);
      await page.evaluate((called) => navigator.locks.request(called, { mode: "shared" }, () => null), name);
      expect(await kept()).toEqual([name]);
    });

    await test.step("thrown away all the same, the other says so; signed in again, its words arrive", async () => {
      await page.evaluate(
        (called) =>
          new Promise((done, failed) => {
            const asked = indexedDB.deleteDatabase(called);
            asked.onsuccess = () => done(null);
            asked.onerror = failed;
          }),
        name,
      );
      await expect(other.getByRole("status")).toContainText("先别关这一页");
      await type(other, "接着写的。");
      const again = await page.context().newPage();
      await again.goto(`${at.server.url}/demo?story=zh-CN`);
      await again
        .getByRole("button", { name: /用居委会委员/ })
        .first()
        .click();
      await expect(again).toHaveURL(/\/$/);
      cut = false;
      await expect(other.getByRole("status")).toContainText("都存好了", { timeout: 30_000 });
      expect(at.stored()).toContain("还没发出去。接着写的。");
    });
  });

  test("[LI9] words typed offline that missed the close are on the page again after a reload, to be copied, until they were", async ({ browser }) => {
    test.setTimeout(180_000);
    const at = await stage(dirs);
    servers.push(at);
    const page = await enter(browser, at, "居委会委员", phone);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: at.server.url });
    let cut = false;
    const lines: WebSocketRoute[] = [];
    await page.routeWebSocket(/\/collab\//, (line) => {
      if (cut) return line.close({ code: 1012 });
      line.connectToServer();
      lines.push(line);
    });
    await page.reload();
    await expect(page.getByRole("status")).toContainText("都存好了");
    const write = async (words: string) => {
      await editor(page).locator("section p").last().click();
      await page.keyboard.press("End");
      await page.keyboard.type(words);
    };
    await write("散会前存好的。");
    await expect(page.getByRole("status")).toContainText("都存好了");
    cut = true;
    for (const line of lines) await line.close({ code: 1012 });
    await expect(page.getByRole("status")).toContainText("网断了，接着写");
    await write("没赶上的一句。");

    const chair = await stepInto(browser, "党支部书记", { url: at.server.url });
    await chair.goto(at.path.replace("/minutes", "/closing"));
    await chair.getByRole("button", { name: "散会" }).click();
    cut = false;
    await expect(page.getByRole("status")).toContainText("这台设备替您留着", { timeout: 30_000 });
    await page.getByRole("link", { name: "看会议记录" }).click();

    const late = page.getByRole("region", { name: "这些话没赶上散会" });
    await page.reload();
    await expect(late.locator("mark")).toHaveText("没赶上的一句。");
    await expect(late).toContainText("散会前存好的。没赶上的一句。");
    expect(at.stored()).not.toContain("没赶上的一句");
    expect(await faults(page)).toEqual([]);
    if (process.env.LOOK) await page.screenshot({ path: join(process.env.LOOK, "late.png"), fullPage: true });
    await late.getByRole("button", { name: "复制这些话" }).click();
    await expect(late.getByRole("status")).toContainText("复制好了");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("没赶上的一句。");
    await late.getByRole("button", { name: "抄好了，不用再留" }).click();
    await expect(late).toBeHidden();
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).filter(({ name }) => name?.includes(":minutes:")).length)).toBe(0);
    await expect(late).toBeHidden();
  });

  test("[LI10] whatever is typed while a record's block is selected stands behind it", async ({ browser }) => {
    test.setTimeout(120_000);
    const at = await stage(dirs);
    servers.push(at);
    const chair = await stepInto(browser, "党支部书记", { url: at.server.url });
    await chair.goto(at.path.replace("/minutes", "/attendance"));
    await chair.getByRole("button", { name: "物业经理：到了" }).click();
    const page = await enter(browser, at, "居委会主任");
    const block = editor(page).locator(".block-move").first();
    for (const words of ["到会以后说的。", "又一句。", "by key"]) {
      await block.click();
      await page.keyboard.type(words);
    }
    await expect(page.getByRole("status")).toContainText("都存好了");
    await expect
      .poll(() => at.stored())
      .toMatch(/<attendance [^>]*><\/attendance><paragraph>by key<\/paragraph><paragraph>又一句。<\/paragraph><paragraph>到会以后说的。/);
  });

  test("[LI6] a hostile paste: what runs is left out, and ten megabytes are refused with words", async ({ browser }) => {
    const at = await stage(dirs);
    servers.push(at);
    const page = await enter(browser, at, "居委会委员");
    await editor(page).locator("section").first().locator("p").last().click();
    const paste = (html: string, times = 1) =>
      editor(page).evaluate(
        (element, given) => {
          const data = new DataTransfer();
          data.setData("text/html", given.html.repeat(given.times));
          element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        },
        { html, times },
      );
    await paste(
      '<p onclick="document.title=1">贴进来的<script>document.title="ran"</script><img src="https://evil.example/x.png" onerror="document.title=2"><a href="javascript:document.title=3">点我</a></p><iframe src="https://evil.example"></iframe><style>body{display:none}</style>',
    );
    await expect(editor(page)).toContainText("贴进来的");
    const left = await editor(page).evaluate(
      (element) => element.querySelectorAll("script, iframe, style, [onclick], [onerror], a[href^=javascript], img").length,
    );
    expect(left).toBe(0);
    expect(await page.title()).not.toMatch(/^(ran|1|2|3)$/);
    const before = await editor(page).textContent();
    await paste("<p>一二三四五六七八九十</p>", 600_000);
    await expect(page.getByRole("alert")).toContainText("贴进来的太多");
    expect(await editor(page).textContent()).toBe(before);
    await expect(page.getByRole("status").first()).toContainText("都存好了");
  });
});
