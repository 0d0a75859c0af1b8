// Tasks as people work, through the pages: led and helped, step by step, before beside after, checked and confirmed; and given
// back for a stated rule. The second part is done without JavaScript.
import { type Browser, expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { fitsAndReads } from "../support/axe";
import { councilDecides } from "../support/hall";
import { inDays, phone, press, raise, stepInto } from "../support/pages";

const picture = async (color: string) => ({
  name: `${color}.png`,
  mimeType: "image/png",
  buffer: await sharp({ create: { width: 640, height: 480, channels: 3, background: color } })
    .png()
    .toBuffer(),
});
const pdf = { name: "勘察报告.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n") };

/** A matter of its own, up to a decision of a council that sits. @returns the pages of its raiser and of the council's recorder */
async function decided(browser: Browser, who: string, what: string): Promise<{ raiser: Page; recorder: Page; number: string }> {
  // Tests run side by side: whoever raises in one has their own draft.
  const raiser = await stepInto(browser, who);
  const issue = await raise(raiser, what, "别的", "8号楼");
  const head = await stepInto(browser, "8号楼楼栋长");
  await head.goto(`${issue}/escalation`);
  await head.getByLabel("楼里试过什么，为什么办不了").fill("楼里办不了。");
  await press(head, "上报邻里议事厅");
  const chair = await stepInto(browser, "党支部书记");
  await councilDecides(chair, issue, "请水务局来修。");
  return { raiser, recorder: chair, number: issue.split("/").at(-1) ?? "" };
}

test("led and helped, step by step, before beside after, checked, and confirmed by the raiser", async ({ browser }) => {
  test.setTimeout(240_000);
  const { raiser, recorder: chair } = await decided(browser, "业委会主任", "8号楼后面的水管渗水，路面一直是湿的，天冷就结冰。");
  const title = "修好8号楼后面的水管";
  await chair.getByRole("link", { name: "交办一项任务" }).click();
  await chair.getByLabel("办什么").fill(title);
  await chair.getByLabel("谁去办").selectOption({ label: "区水务局" });
  await chair.getByLabel("哪天前办完").fill(inDays(7));
  await chair.getByLabel("凭什么算办完").fill("修好的照片");
  await chair.getByText("协助的人、分步、定期办").click();
  await chair.getByLabel("分几步").fill("找到漏点\n换一段管子");
  await chair.getByRole("checkbox", { name: "区住建局" }).check();
  await fitsAndReads(chair, "a task to hand out, with everything");
  await press(chair, "交办");
  await expect(chair.getByRole("link", { name: title })).toBeVisible();

  const helper = await stepInto(browser, "住建局科员");
  await helper.goto("/tasks?show=body");
  await helper.getByRole("link", { name: new RegExp(title) }).click();
  await expect(helper.getByText("协助：区住建局")).toBeVisible();
  await expect(helper.getByRole("button", { name: "接下这项任务" })).toBeHidden();

  const staff = await stepInto(browser, "水务局科员");
  await staff.goto("/tasks?show=body&view=board");
  await press(staff, `接下：${title}`);
  await expect(staff).toHaveURL(/\/tasks\/[0-9a-z]+$/);
  const task = new URL(staff.url()).pathname;
  await staff.goto(`${task}/photos`);
  await staff.getByRole("radio", { name: "办之前" }).check();
  await staff.locator("input[type=file]").setInputFiles(await picture("brown"));
  await press(staff, "放上去");
  await expect(staff.getByRole("img", { name: "办之前，第1张" })).toBeVisible();
  await staff.goto(`${task}/evidence`);
  await staff.getByLabel("办得怎样").fill("修好了。");
  await press(staff, "交上去，等核对");
  await expect(staff.getByRole("alert")).toContainText("还有2步没勾");
  await expect(staff.getByLabel("办得怎样")).toHaveValue("修好了。");

  await helper.goto(task);
  await press(helper, "办完了：找到漏点");
  await expect(helper.getByText("2步办完1步（50%）")).toBeVisible();
  await staff.goto(task);
  await press(staff, "办完了：换一段管子");
  await expect(staff.getByText("2步办完2步（100%）")).toBeVisible();
  await staff.goto(`${task}/documents`);
  await staff.locator("input[type=file]").setInputFiles(pdf);
  await press(staff, "交上");
  await expect(staff.getByRole("link", { name: "勘察报告.pdf" })).toBeVisible();
  await staff.getByRole("link", { name: "办完了，交结果" }).click();
  await staff.getByLabel("办得怎样").fill("换了两米管子，不漏了。");
  await staff.locator("input[type=file]").setInputFiles(await picture("green"));
  await press(staff, "交上去，等核对");
  await expect(staff.getByRole("heading", { name: "前后对比" })).toBeVisible();
  await expect(staff.getByRole("img", { name: "办之后，第1张" })).toBeVisible();
  await fitsAndReads(staff, "a task with everything");

  // Somebody who has nothing to do with it sees neither the task nor its papers.
  const paper = (await staff.getByRole("link", { name: "勘察报告.pdf" }).getAttribute("href")) ?? "";
  const outsider = await stepInto(browser, "7栋301住户");
  for (const path of [task, paper]) expect((await outsider.request.get(path)).status()).toBe(404);

  await chair.goto(`${task}/verification`);
  await chair.getByLabel("想对提的人说的话").fill("去看过，干了。");
  await press(chair, "核对无误");
  await expect(chair.getByText("核对过了").first()).toBeVisible();
  await raiser.goto(task);
  await expect(raiser.getByText("您看，办好了吗？")).toBeVisible();
  await press(raiser, "办好了");
  await expect(raiser.getByText("您说过办好了。")).toBeVisible();

  await raiser.goto(`${task}/reopening`);
  await raiser.getByLabel("哪里没办好").fill("今早又湿了一片。");
  await press(raiser, "没办好，重新办");
  await expect(raiser.getByText("退回来了：今早又湿了一片。")).toBeVisible();
  await staff.goto("/");
  await expect(staff.getByRole("link", { name: new RegExp(title) })).toBeVisible();
});

test("given back for a stated rule, insisted on, given back for another, and reassigned, without JavaScript", async ({ browser }) => {
  test.setTimeout(240_000);
  const { recorder } = await decided(browser, "居委会委员", "8号楼门口的路灯晚上不亮，进出看不见台阶。");
  const title = "修好8号楼门口的路灯";
  await recorder.getByRole("link", { name: "交办一项任务" }).click();
  await recorder.getByLabel("办什么").fill(title);
  await recorder.getByLabel("谁去办").selectOption({ label: "区水务局" });
  await recorder.getByLabel("哪天前办完").fill(inDays(9));
  await recorder.getByLabel("凭什么算办完").fill("亮灯的照片");
  await press(recorder, "交办");
  const task = (await recorder.getByRole("link", { name: title }).getAttribute("href")) ?? "";

  const plain = (name: string) => stepInto(browser, name, { scripts: false, viewport: phone });
  const staff = await plain("水务局科员");
  const chair = await plain("党支部书记");
  const giveBack = async (rule: string, text: string) => {
    await staff.goto(`${task}/sending-back`);
    await staff.getByRole("radio", { name: rule }).check();
    await staff.getByLabel("具体说说").fill(text);
  };
  await giveBack("不归我们管", "灯不是水务局的。");
  await press(staff, "请邻里议事厅定");
  await expect(staff.getByRole("alert")).toContainText("要说清归谁");
  await expect(staff.getByLabel("具体说说")).toHaveValue("灯不是水务局的。");
  await staff.getByLabel("应该归谁").selectOption({ label: "区住建局" });
  await press(staff, "请邻里议事厅定");
  await expect(staff.getByText("定下来以前仍由区水务局负责")).toBeVisible();

  await chair.goto("/");
  await chair.getByRole("link", { name: new RegExp(title) }).click();
  await chair.getByRole("radio", { name: /不准退/ }).check();
  await chair.getByLabel("为什么这样定").fill("电是水务局泵房的。");
  await press(chair, "就这样定");
  await expect(chair.getByText("已经定过不准退：不归我们管")).toBeVisible();
  await staff.goto(`${task}/sending-back`);
  await expect(staff.getByRole("radio", { name: "不归我们管" })).toHaveCount(0);
  await giveBack("情况不是这样", "泵房的电早就断开了。");
  await press(staff, "请邻里议事厅定");
  await chair.goto(`${task}/ruling`);
  await chair.getByRole("radio", { name: "改交别人办" }).check();
  await chair.getByLabel("改交给谁").selectOption({ label: "区住建局" });
  await chair.getByLabel("为什么这样定").fill("请住建局办。");
  await press(chair, "就这样定");
  await expect(chair.getByText("等接下").or(chair.getByText("区住建局")).first()).toBeVisible();
  const housing = await plain("住建局科员");
  await housing.goto(task);
  await press(housing, "接下这项任务");
  await housing.goto(`${task}/extension`);
  await housing.getByLabel("要到哪一天").fill(inDays(20));
  await housing.getByLabel("为什么要多些时间").fill("灯要订货。");
  await press(housing, "请邻里议事厅同意");
  await chair.goto(`${task}/extension-ruling`);
  await chair.getByRole("radio", { name: /^同意/ }).check();
  await press(chair, "就这样定");
  await expect(chair.getByText(/延过1次/)).toBeVisible();
  await housing.goto("/tasks?view=calendar");
  await expect(housing.getByRole("heading", { level: 1 })).toBeVisible();
  // A month with nothing in it says so in one line, and is kept when the list is narrowed.
  await housing.goto("/tasks?view=calendar&month=2040-01");
  expect((await housing.getByText("2040年1月到期的任务").boundingBox())?.height).toBeLessThan(60);
  await expect(housing.getByRole("heading", { level: 3, name: title })).toBeVisible();
  await housing.getByText("挑一挑").click();
  await housing.getByLabel("时限").selectOption({ label: "逾期" });
  await press(housing, "挑出来");
  await expect(housing.getByRole("heading", { level: 1, name: "没有这样的任务" })).toBeVisible();
  await expect(housing.getByText("2040年1月到期的任务")).toBeVisible();
});
