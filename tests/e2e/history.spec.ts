// The minutes' past on two screens: one spoils, one compares and brings back; papers come and are read.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { faults } from "../support/axe";
import { phone } from "../support/pages";
import { editor, enter, type Stage, stage } from "../support/stage";

const look = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: join(process.env.LOOK, `${name}.png`), fullPage: true });
};
const clean = async (page: Page) => expect(await faults(page)).toEqual([]);

test.describe("the minutes' past", () => {
  const dirs: string[] = [];
  const servers: Stage[] = [];
  test.afterAll(async () => {
    for (const { server } of servers) await server.stop();
    for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
  });

  test("[HI2] [HI3] two people write, one compares two moments and brings a section back, the other's editor shows it", async ({ browser }) => {
    test.setTimeout(180_000);
    const at = await stage(dirs);
    servers.push(at);
    const [one, two] = [await enter(browser, at, "居委会委员"), await enter(browser, at, "党支部书记", phone)];
    const first = (page: Page) => editor(page).locator("section").first();
    // What is written, without the names at the others' cursors.
    const words = (page: Page) =>
      first(page).evaluate((section) => {
        const copy = section.cloneNode(true) as HTMLElement;
        for (const caret of copy.querySelectorAll(".caret")) caret.remove();
        return (copy.textContent ?? "").replaceAll("\u2060", "");
      });
    await first(one).locator("p").last().click();
    await one.keyboard.type("泵房水泵是1997年的，立管锈住了。");
    await expect(first(two)).toContainText("立管锈住了。");
    await first(two).locator("p").last().click();
    await two.keyboard.press("End");
    for (let n = 0; n < 9; n++) await two.keyboard.press("Backspace");
    await two.keyboard.type("可以再用十年。");
    await expect(first(one)).toContainText("可以再用十年。");
    await expect(two.getByRole("status")).toContainText("都存好了");

    // The one who compares needs no script.
    const reader = await (
      await browser.newContext({ storageState: await one.context().storageState(), javaScriptEnabled: false, baseURL: at.server.url })
    ).newPage();
    await reader.goto(`${at.path}/history`);
    const rows = reader.locator(".past-stretches li");
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText("党支部书记");
    await expect(rows.last()).toContainText("居委会委员");
    await look(reader, "history-list");
    const seen = await one.context().newPage();
    const cleanAsRead = async () => {
      await seen.goto(reader.url());
      await clean(seen);
    };
    await cleanAsRead();
    await rows.first().getByRole("link", { name: "改了什么" }).click();
    await expect(reader.locator("ins.past-ins", { hasText: "可以" })).toBeVisible();
    await expect(reader.locator("del.past-del", { hasText: "立管" })).toBeVisible();
    await look(reader, "history-compared");
    await cleanAsRead();
    await reader.goBack();
    await rows.last().getByRole("link", { name: "全文" }).click();
    await expect(reader.locator(".minutes-sheet")).toContainText("居委会委员");
    await look(reader, "history-moment");
    await cleanAsRead();
    await reader.getByRole("button", { name: "把第1项恢复成这样" }).click();
    await expect(reader).toHaveURL(/\/minutes#item-/);
    for (const page of [one, two]) {
      await expect.poll(() => words(page)).toContain("泵房水泵是1997年的，立管锈住了。");
      expect(await words(page)).not.toContain("可以再用十年");
    }
    // The other goes on writing in what came back, and what was undone stays readable.
    await first(two).locator("p").last().click();
    await two.keyboard.press("End");
    await two.keyboard.type("同意换。");
    await expect.poll(() => words(one)).toContain("同意换。");
    await reader.goto(`${at.path}/history`);
    await expect(rows.filter({ hasText: "党支部书记" }).first()).toBeVisible();
    const undone = await reader.locator("select[name=from] option").evaluateAll((all) => all.map((o) => (o as HTMLOptionElement).value));
    await reader.setViewportSize(phone);
    await look(reader, "history-list-phone");
    expect(undone.length).toBeGreaterThan(1);
    expect(at.stored()).toContain("同意换");
  });

  test("[AT1] [BL3] a paper is handed in for an item, read by who comes, and stands in the minutes", async ({ browser }) => {
    test.setTimeout(180_000);
    const at = await stage(dirs);
    servers.push(at);
    const one = await enter(browser, at, "居委会委员");
    const meeting = at.path.replace("/minutes", "");
    const chair = await enter(browser, at, "党支部书记", phone);
    await chair.goto(`${meeting}/handouts`);
    const pdf = { name: "水泵评估.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n1 0 obj\n%%EOF\n") };
    await chair.getByLabel("文件").setInputFiles({ ...pdf, buffer: Buffer.from("MZ") });
    await chair.getByRole("button", { name: "交上" }).click();
    await expect(chair.getByRole("alert")).toContainText("不是PDF");
    await look(chair, "handout-refused");
    await chair.getByLabel("文件").setInputFiles(pdf);
    await chair.getByLabel("用在哪一项").selectOption({ index: 1 });
    await chair.getByRole("button", { name: "交上" }).click();
    await expect(chair.getByRole("link", { name: "水泵评估.pdf" })).toBeVisible();
    await look(chair, "handouts");
    await clean(chair);
    await expect(editor(one).locator("section").first()).toContainText("水泵评估.pdf");
    await look(one, "minutes-with-paper");
    await chair.goto(meeting);
    await expect(chair.getByRole("link", { name: "看材料（1份）" })).toHaveCount(2);
    await look(chair, "meeting-with-papers");
    const download = chair.waitForEvent("download");
    await chair.getByRole("link", { name: "看材料（1份）" }).first().click();
    await chair.getByRole("link", { name: "水泵评估.pdf" }).click();
    expect((await download).suggestedFilename()).toBe("水泵评估.pdf");
  });
});
