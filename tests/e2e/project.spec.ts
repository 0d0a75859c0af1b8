// A project's life, by its pages: a decision opens it, its plan is laid, progress is reported with a photo, it hangs on the wall, and is checked.
import { expect, test } from "@playwright/test";
import sharp from "sharp";
import { councilDecides } from "../support/hall";
import { inDays, phone, press, raise, stepInto } from "../support/pages";

test("a decision opens a project; its plan, reports with photos, wall and check", async ({ browser }) => {
  test.setTimeout(300_000);
  const name = `换水泵${Date.now() % 100_000}`;
  const chair = await stepInto(browser, "党支部书记");
  const issue = await raise(chair, `${name}：泵房的水泵老是跳闸，早晚没水。`, "用水", "宝源花园邻里议事厅（您的楼）");
  await councilDecides(chair, issue, "换掉两座泵房的水泵。");

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
