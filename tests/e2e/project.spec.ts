// A project's life, by its pages: a decision opens it, its plan is laid, progress is reported with a photo, it hangs on the wall, and is checked.
import { expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { inDays, phone, stepInto } from "../support/pages";

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();

/** An issue of the council with an adopted decision; the issue's page. */
async function decided(chair: Page, what: string): Promise<string> {
  await chair.goto("/raise");
  await chair.getByLabel("出了什么事？").fill(what);
  await chair.getByRole("button", { name: /接着写在哪儿/ }).click();
  if (await chair.getByRole("heading", { name: /很像的事/ }).isVisible()) await press(chair, "都不是，接着写在哪儿");
  await chair.getByLabel("哪里").selectOption({ label: "宝源花园邻里议事厅（您的楼）" });
  await chair.getByRole("radio", { name: "用水" }).check();
  await press(chair, "下一步：看一遍再交");
  await chair.getByRole("button", { name: /^交给/ }).click();
  const issue = new URL(chair.url()).pathname;
  await chair.goto(issue);
  if (await chair.getByText("别的办法").isVisible()) await chair.getByText("别的办法").click();
  await chair.getByRole("link", { name: "排上会" }).click();
  await press(chair, "为这几件开一次会");
  await chair.getByRole("radio", { name: /^急事快议/ }).check();
  await chair.getByLabel("哪一天").fill(inDays(2));
  await chair.getByLabel("在哪儿开").fill("议事厅");
  await press(chair, "通知大家");
  const meeting = new URL(chair.url()).pathname;
  await chair.goto(`${meeting}/attendance`);
  for (const name of ["党支部书记", "居委会委员", "业委会主任", "物业经理"]) await press(chair, `${name}：到了`);
  await chair.getByRole("link", { name: "点完了，回到会议" }).click();
  await press(chair, "开会");
  await chair.getByRole("button", { name: "决议" }).click();
  await chair.getByLabel("定了什么").fill("换掉两座泵房的水泵。");
  await chair.getByRole("radio", { name: "通过", exact: true }).check();
  await press(chair, "记下决议");
  await expect(chair.getByRole("article", { name: "决议" })).toBeVisible();
  return issue;
}

test("a decision opens a project; its plan, reports with photos, wall and check", async ({ browser }) => {
  test.setTimeout(300_000);
  const name = `换水泵${Date.now() % 100_000}`;
  const chair = await stepInto(browser, "党支部书记");
  const issue = await decided(chair, `${name}：泵房的水泵老是跳闸，早晚没水。`);

  await test.step("from the decision", async () => {
    await chair.goto(issue);
    await chair.getByRole("link", { name: "立项", exact: true }).click();
    await chair.getByLabel("项目叫什么").fill(name);
    await chair.getByLabel("哪个单位负责").selectOption({ label: "区水务局" });
    await chair.getByRole("textbox", { name: "哪天开始" }).first().fill(inDays(-1));
    await chair.getByRole("textbox", { name: "哪天办完" }).first().fill(inDays(60));
    await chair.getByLabel("预算多少钱").fill("十八万");
    await chair.getByLabel("部门资金").fill("15万");
    await press(chair, "立项");
    // Nothing is lost, and the problem is named with its field.
    await expect(chair.getByRole("alert")).toContainText("金额写得不对");
    await expect(chair.getByLabel("项目叫什么")).toHaveValue(name);
    await chair.getByLabel("预算多少钱").fill("186,000.50");
    const first = chair.getByRole("group", { name: "第1步" });
    await first.getByLabel("做什么").fill("订水泵");
    await first.getByLabel("哪天开始").fill(inDays(-1));
    await first.getByLabel("哪天办完").fill(inDays(10));
    await press(chair, "立项");
    await expect(chair.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(chair.getByText("还有36,000.50元没有着落。")).toBeVisible();
  });
  const project = new URL(chair.url()).pathname;

  await test.step("a milestone more", async () => {
    await chair.getByRole("link", { name: "写细计划" }).click();
    const second = chair.getByRole("group", { name: "第2步" });
    await second.getByLabel("做什么").fill("装水泵");
    await second.getByLabel("哪天开始").fill(inDays(11));
    await second.getByLabel("哪天办完").fill(inDays(61));
    await second.getByLabel("分量（份）").fill("3");
    await press(chair, "就按这个办");
    await expect(chair.getByRole("alert")).toContainText("第2步：哪天办完");
    await second.getByLabel("哪天办完").fill(inDays(50));
    await press(chair, "就按这个办");
    await expect(chair.getByRole("row", { name: /装水泵/ })).toContainText("没到时间");
  });

  const staff = await stepInto(browser, "水务局科员", { viewport: phone });
  await test.step("money and a report with a photo, from a phone", async () => {
    await staff.goto(project);
    await staff.getByText("别的办法").click();
    await staff.getByRole("link", { name: "记到账" }).click();
    await staff.getByLabel(/^部门资金/).fill("50000");
    await press(staff, "记下来");
    await staff.getByRole("link", { name: "报进度" }).click();
    await staff.getByLabel("订水泵").fill("100");
    await staff.getByLabel("到这天一共用了多少钱").fill("48,000");
    await staff.getByLabel("做了什么，还差什么").fill("水泵到货了。");
    const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#2f6f62" } })
      .jpeg()
      .toBuffer();
    await staff.getByLabel("加照片").setInputFiles({ name: "pump.jpg", mimeType: "image/jpeg", buffer: photo });
    await press(staff, "报上去");
    await expect(staff.getByText("做了25%，用了48,000元")).toBeVisible();
    await expect(staff.getByRole("img", { name: "照片1" })).toBeVisible();
  });

  await test.step("[PJ17] on the wall, as a chart and as a table, without any script", async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      storageState: await chair.context().storageState(),
      baseURL: new URL(chair.url()).origin,
    });
    const plain = await context.newPage();
    await plain.goto("/wall?range=quarter");
    const row = plain.getByRole("row", { name: new RegExp(name) });
    await expect(row).toContainText("做了25%");
    await expect(row).toContainText("超前");
    await expect(row).toContainText("186,000.50元，用了48,000元");
    await expect(row.locator(".act")).toHaveCount(1);
    await plain.getByLabel("看哪个机构的").selectOption({ label: "区水务局" });
    await press(plain, "看");
    await expect(row).toBeVisible();
    await plain.getByRole("link", { name: "看成表格" }).click();
    await expect(plain.getByRole("row", { name: new RegExp(name) })).toContainText("25%");
    await plain.getByRole("link", { name: "项目清单" }).click();
    await expect(plain.getByRole("row", { name: new RegExp(name) })).toContainText("50,000元");
    await context.close();
    // On A3, across, one page wide, with the head on every page.
    await chair.goto("/wall");
    const pdf = (await chair.pdf({ preferCSSPageSize: true })).toString("latin1");
    expect(pdf).toMatch(/\/MediaBox ?\[0 0 1191(\.\d+)? 84[12](\.\d+)?\]/);
  });

  await test.step("finished, and checked by somebody else", async () => {
    await staff.getByRole("link", { name: "报进度" }).click();
    await staff.getByLabel("装水泵").fill("100");
    await staff.getByLabel("到这天一共用了多少钱").fill("180000.50");
    await press(staff, "报上去");
    await staff.getByRole("link", { name: "办完了" }).click();
    await press(staff, "办完了，请核对");
    await expect(staff.getByText("办完，等核对")).toBeVisible();
    await chair.goto(project);
    await chair.getByRole("link", { name: "核对无误" }).click();
    await press(chair, "核对无误");
    await expect(chair.getByText("核对过了").first()).toBeVisible();
    await chair.goto(issue);
    await expect(chair.getByText("核对了项目")).toBeVisible();
    await expect(chair.getByRole("link", { name, exact: true })).toBeVisible();
  });
});
