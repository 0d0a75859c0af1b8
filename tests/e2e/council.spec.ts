// One council meeting from its notice to the issued summary: seven people, seven browsers, two of them phones, one the
// hall's television, one without a network for a minute.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import Database from "better-sqlite3";
import { check, readRecord } from "../../app/papers/check";
import { inDays, notInTime, notifyAll, phone, stepInto } from "../support/pages";
import { runScript, type Served, serve } from "../support/serve";

const password = "yishi-demo-2026";
let dir = "";
let server: Served;
test.beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yishi-council-"));
  await runScript("tests/support/small-house.ts", [dir, "一单元门口积水", "信报箱锈穿了"]);
  server = await serve(dir);
});
test.afterAll(async () => {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function comes(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "能来" }).first().click();
  await expect(page.getByRole("button", { name: "能来" })).toHaveCount(0);
}
async function write(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "会议记录" }).locator("section p").last().click();
  await page.keyboard.type(text);
}
async function signs(page: Page, paper: string): Promise<void> {
  await page.goto(paper);
  await page.getByRole("link", { name: "看过了，签字" }).click();
  await page.getByLabel("您的密码").fill(password);
  await page.getByRole("button", { name: "签字" }).click();
  await expect(page).toHaveURL(new RegExp(`${paper}$`));
}

test("[PP3] seven people, seven browsers: called, held, minuted, signed, issued", async ({ browser }) => {
  test.setTimeout(300_000);
  const join7 = (name: string, viewport?: typeof phone) => stepInto(browser, name, { url: server.url, ...(viewport ? { viewport } : {}) });
  const [chair, recorder, head] = [await join7("党支部书记"), await join7("居委会委员"), await join7("7号楼楼栋长")];
  const [owner, manager] = [await join7("业委会主任", phone), await join7("物业经理", phone)];
  const tv = await stepInto(browser, "8号楼楼栋长", { url: server.url, viewport: { width: 1920, height: 1080 } });
  const resident = await join7("7栋301住户");
  const people = [chair, recorder, owner, manager, head];
  const db = new Database(join(dir, "yishi.db"), { readonly: true });
  const value = (sql: string, ...of: string[]) =>
    String(
      db
        .prepare(sql)
        .pluck()
        .get(...of) ?? "",
    );
  let path = "";

  await test.step("the notice reaches everybody, who say that they come", async () => {
    await chair.goto(`/bodies/${value("SELECT id FROM Body WHERE kind = 'council'")}/meeting`);
    for (const what of ["一单元门口积水", "信报箱锈穿了"]) await chair.getByRole("checkbox", { name: what }).check();
    await chair.getByRole("radio", { name: /急事快议/ }).check();
    await chair.getByLabel("为什么急").fill(notInTime);
    await chair.getByLabel("哪一天").fill(inDays(2));
    await chair.getByLabel("在哪儿开").fill("居委会二楼");
    await notifyAll(chair);
    await expect(chair).toHaveURL(/\/meetings\/\w+$/);
    path = new URL(chair.url()).pathname;
    for (const page of [recorder, owner, manager, head]) await comes(page);
  });

  await test.step("they check in by the code on the table; the television counts", async () => {
    await tv.goto(`${path}/screen`);
    const code = value("SELECT code FROM TableCode WHERE meetingId = ?", path.split("/").at(-1) ?? "");
    for (const page of people) {
      await page.goto(`${path}/check-in?code=${code}`);
      await page.getByRole("button", { name: "我到了" }).click();
      await expect(page).toHaveURL(new RegExp(`${path}/room$`));
    }
    await expect(tv.getByText("到了5人")).toBeVisible();
    await chair.goto(path);
    await chair.getByRole("button", { name: "开会" }).click();
    await chair.goto(`${path}/room`);
  });

  await test.step("the recorder's network drops for a minute; they write on, the others vote", async () => {
    await recorder.goto(`${path}/minutes`);
    await write(recorder, "物业经理：排水口堵了，疏通要三天。");
    await expect(recorder.getByRole("status").first()).toContainText("都存好了");
    const dropped = Date.now();
    await recorder.context().setOffline(true);
    await write(recorder, "业委会主任：先疏通，再看要不要换管。");
    await owner.getByRole("button", { name: "举手发言" }).click();
    await chair.getByRole("button", { name: "请业委会主任说" }).first().click();
    // Whoever opened the hall's screen has no part in this meeting, and reads no names there.
    await expect(tv.locator(".tv-speaks")).toContainText("业**");
    await chair.getByText("开始一项表决").click();
    await chair.getByLabel("表决什么").fill("物业三天内疏通一单元排水口，同意吗？");
    await chair.getByRole("radio", { name: /记名表决/ }).check();
    await chair.getByRole("button", { name: "开始表决" }).click();
    for (const [page, choice] of [
      [owner, "同意"],
      [manager, "同意"],
      [head, "弃权"],
    ] as const) {
      await page.getByRole("radio", { name: choice }).check();
      await page.getByRole("button", { name: `投“${choice}”` }).click();
      await expect(page.getByText(`已经投了“${choice}”。`)).toBeVisible();
    }
    const vote = chair.getByRole("article", { name: "表决" });
    await vote.getByRole("radio", { name: "同意" }).check();
    await vote.getByRole("button", { name: "投“同意”" }).click();
    await expect(vote).toContainText("投了4票");
    // A minute, whatever else took how long.
    await expect.poll(() => Date.now() - dropped, { timeout: 70_000, intervals: [1000] }).toBeGreaterThan(60_000);
    await recorder.context().setOffline(false);
    await expect(recorder.getByRole("status").first()).toContainText("都存好了", { timeout: 30_000 });
    // The recorder has not voted: three of the five who are here are not two thirds, four are.
    await recorder.goto(`${path}/room`);
    const mine = recorder.getByRole("article", { name: "表决" });
    await mine.getByRole("radio", { name: "同意" }).check();
    await mine.getByRole("button", { name: "投“同意”" }).click();
    await chair.getByRole("button", { name: "结束表决" }).click();
    await expect(tv.locator(".tv-vote")).toContainText("通过");
  });

  await test.step("the decision stands on the vote; the meeting is closed", async () => {
    await chair.getByRole("link", { name: "记成决议" }).click();
    await chair.getByRole("button", { name: "记下决议" }).click();
    await expect(chair).toHaveURL(new RegExp(`${path}/room$`));
    await chair.goto(`${path}/closing`);
    await chair.getByRole("button", { name: "散会" }).click();
    await expect(tv.getByText("散会了，谢谢大家")).toBeVisible();
  });

  const minutes = () => value("SELECT id FROM Paper WHERE kind = 'minutes'");
  await test.step("everybody who was there signs what they see; the last signature adopts", async () => {
    await expect.poll(minutes).not.toBe("");
    const paper = `/papers/${minutes()}`;
    await manager.goto("/");
    await expect(manager.getByText("等您签字")).toBeVisible();
    // Both what was written before and what was written without a network.
    await manager.goto(paper);
    await expect(manager.getByText("疏通要三天")).toBeVisible();
    await expect(manager.getByText("再看要不要换管")).toBeVisible();
    for (const page of people) await signs(page, paper);
    await chair.reload();
    await expect(chair.getByText("签好了，不再改动")).toBeVisible();
  });

  await test.step("the recorder draws up the summary, the chair issues it, a resident reads it", async () => {
    await recorder.goto(`/papers/${minutes()}`);
    await recorder.getByRole("link", { name: "拟会议纪要" }).click();
    await recorder.getByLabel("会议听取了什么、怎么看").first().fill("会议听取了物业的说明。");
    await expect(recorder.getByText(/三天内疏通/).first()).toBeVisible();
    await recorder.getByRole("button", { name: "写好了，请主持人签发" }).click();
    await expect(recorder.getByRole("heading", { name: "宝源花园邻里议事厅会议纪要" })).toBeVisible();
    const summary = new URL(recorder.url()).pathname;
    await signs(chair, summary);
    await resident.goto(summary);
    await expect(resident.getByText(`〔${new Date().getFullYear()}〕1号`)).toBeVisible();
    await expect(resident.getByText("物业三天内疏通一单元排水口。")).toBeVisible();
    const taken = resident.waitForEvent("download");
    await resident.getByRole("link", { name: "Word文件（公文格式）" }).click();
    // Whoever has no part in the meeting takes it without names.
    expect((await taken).suggestedFilename()).toBe("宝源花园邻里议事厅会议纪要（隐去姓名）.docx");
  });

  await test.step("the record checks without the server", async () => {
    await resident.goto(`/papers/${minutes()}`);
    const taken = resident.waitForEvent("download");
    await resident.getByRole("link", { name: "可以验真的存档" }).click();
    const read = readRecord(readFileSync(await (await taken).path()));
    expect(read.ok && check(read.file)).toMatchObject({ ok: true, kind: "minutes" });
  });
  db.close();
  for (const page of [...people, tv, resident]) await page.context().close();
});
