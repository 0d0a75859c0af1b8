// Live minutes while the machine fails: two people type, the server is killed and comes back, a backup is restored.
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import Database from "better-sqlite3";
import * as Y from "yjs";
import { minutesField, roomOf } from "../../app/collab/room";
import { openLogReader } from "../../realtime/sqlite-log";
import { openComing } from "../../scripts/pages";
import { phone, stepInto } from "../support/pages";
import { runScript, type Served, serve } from "../support/serve";

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

type Stage = { dir: string; server: Served; again(): Promise<void>; kill(): Promise<void>; stored(): string; path: string };

/** The story with its coming meeting in session, on a server of its own that can be killed. */
async function stage(dirs: string[]): Promise<Stage> {
  const dir = mkdtempSync(join(tmpdir(), "yishi-minutes-"));
  dirs.push(dir);
  await runScript("prisma/seed/main.ts", ["--dir", dir]);
  const env = { PORT: String(await freePort()) };
  let server = await serve(dir, env);
  await openComing(server.url, dir, "zh-CN");
  const db = new Database(join(dir, "yishi.db"), { readonly: true });
  const meeting = db.prepare("SELECT id, communityId FROM Meeting WHERE status = 'inSession' ORDER BY openedAt DESC").get() as {
    id: string;
    communityId: string;
  };
  db.close();
  const room = roomOf({ communityId: meeting.communityId, meetingId: meeting.id });
  return {
    dir,
    get server() {
      return server;
    },
    path: `/meetings/${meeting.id}/minutes`,
    async kill() {
      const gone = once(server.process, "exit");
      server.process.kill("SIGKILL");
      await gone;
    },
    async again() {
      server = await serve(dir, env);
    },
    stored() {
      const log = openLogReader(dir);
      const { state, tail } = log.load(room);
      const doc = new Y.Doc();
      for (const update of state ? [state, ...tail] : tail) Y.applyUpdate(doc, update);
      const text = doc.getXmlFragment(minutesField).toString();
      log.close();
      return text;
    },
  };
}

const editor = (page: Page) => page.getByRole("textbox", { name: "会议记录" });
async function enter(browser: Browser, at: Stage, name: string, viewport?: typeof phone): Promise<Page> {
  const page = await stepInto(browser, name, { url: at.server.url, ...(viewport ? { viewport } : {}) });
  await page.goto(at.path);
  await expect(page.getByRole("status")).toContainText("都存好了");
  return page;
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
    for (const name of ["live.db", "live.db-wal", "live.db-shm"]) rmSync(join(at.dir, name), { force: true });
    cpSync(join(backup, "live.db"), join(at.dir, "live.db"));
    await at.again();
    await expect(page.getByRole("alert")).toContainText("一个字也没少", { timeout: 30_000 });
    await expect(editor(page)).toContainText("备份以后说的。");
    expect(at.stored()).not.toContain("备份以后说的");
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
    if (process.env.LOOK) await page.screenshot({ path: join(process.env.LOOK, "went-back.png"), fullPage: true });
    // Closed and opened again, it still knows.
    await page.reload();
    await expect(page.getByRole("alert")).toContainText("一个字也没少", { timeout: 30_000 });
    await page.getByRole("button", { name: "补回去" }).click();
    await expect(page.getByRole("status")).toContainText("都存好了", { timeout: 30_000 });
    expect(at.stored()).toContain("备份以后说的");
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
});
