// The story of the house, through its pages only: raised in a building, through all levels, and home again.
import { expect, type Page, test } from "@playwright/test";
import { inDays, notInTime, notifyAll, phone, press, stepInto } from "../support/pages";

const what = "六楼往上，早上六点半到八点没水，晚上又没。老人拎着桶下楼接。水泵还是1997年的。";

async function callMeeting(page: Page, body: string, place: string): Promise<string> {
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "待议" }).click();
  await page.getByRole("checkbox", { name: new RegExp(what.slice(0, 6)) }).check();
  await press(page, "为这几件开一次会");
  await expect(page.getByRole("heading", { name: `${body}：开一次会` })).toBeVisible();
  // There is no waiting three days in a test: what cannot wait is called as such.
  await page.getByRole("radio", { name: /^急事快议/ }).check();
  await page.getByLabel("为什么急").fill(notInTime);
  await page.getByLabel("哪一天").fill(inDays(1));
  await page.getByLabel("在哪儿开").fill(place);
  await notifyAll(page);
  await expect(page.getByText("已通知，等开会")).toBeVisible();
  return new URL(page.url()).pathname;
}

async function takeRoll(page: Page, names: readonly string[]): Promise<void> {
  await page.getByRole("link", { name: "点名" }).first().click();
  for (const name of names) {
    await press(page, `${name}：到了`);
    await expect(page.getByRole("button", { name: `${name}：到了` })).toHaveAttribute("aria-pressed", "true");
  }
  await expect(page.getByText("够了，可以表决")).toBeVisible();
  await page.getByRole("link", { name: "点完了，回到会议" }).click();
}

async function writeLive(page: Page, text: string): Promise<void> {
  const editor = page.getByRole("textbox", { name: "会议记录" });
  await editor.locator("section p").last().click();
  await page.keyboard.type(text);
  await expect(page.getByRole("status")).toContainText("都存好了");
}

async function assign(page: Page, task: { title: string; to: string; proof: string }): Promise<void> {
  await page.getByRole("link", { name: "交办一项任务" }).click();
  await page.getByLabel("办什么").fill(task.title);
  await page.getByLabel("谁去办").selectOption({ label: task.to });
  await page.getByLabel("哪天前办完").fill(inDays(7));
  await page.getByLabel("凭什么算办完").fill(task.proof);
  await press(page, "交办");
  await expect(page.getByRole("link", { name: task.title })).toBeVisible();
}

test("the water retrofit goes up all levels, is done, and its answer comes home", async ({ browser }) => {
  test.setTimeout(180_000);
  const head = await stepInto(browser, "7号楼楼栋长", { viewport: phone });

  let number = "";
  await test.step("a building head raises it on a phone", async () => {
    await head.getByRole("link", { name: "提一件事" }).click();
    await head.getByLabel("出了什么事？").fill(what);
    await press(head, /接着写在哪儿/);
    if (await head.getByRole("heading", { name: /很像的事/ }).isVisible()) await press(head, "都不是，接着写在哪儿");
    await head.getByRole("radio", { name: "用水" }).check();
    await press(head, "下一步：看一遍再交");
    await head.getByRole("radio", { name: /难事/ }).check();
    await press(head, "交给7号楼");
    await expect(head.getByRole("heading", { level: 1 })).toContainText("六楼往上");
    number = /(\d{4}-\d{4})/.exec(head.url())?.[1] ?? "";
    expect(number).not.toBe("");
  });

  await test.step("the building tries, and escalates", async () => {
    await press(head, "接下这件事");
    await head.getByText("别的办法").click();
    await head.getByRole("link", { name: "记一笔进展" }).click();
    await head.getByLabel("进展").fill("挨户问过：24户里，19户也是这样。");
    await press(head, "记下");
    await head.getByRole("link", { name: "上报邻里议事厅" }).click();
    await head.getByLabel("楼里试过什么，为什么办不了").fill("楼里试过：清滤网、调阀门，两天后又没水。");
    await press(head, "上报邻里议事厅");
    await expect(head.getByRole("listitem").filter({ hasText: "邻里议事厅" }).first()).toHaveAttribute("aria-current", "step");
  });

  const chair = await stepInto(browser, "党支部书记");
  const recorder = await stepInto(browser, "居委会委员");
  await test.step("the council deliberates; two browsers write the same minutes", async () => {
    const meeting = await callMeeting(chair, "宝源花园邻里议事厅", "议事厅");
    await takeRoll(chair, ["党支部书记", "居委会委员", "业委会主任", "物业经理"]);
    await press(chair, "开会");
    await recorder.goto(`${meeting}/minutes`);
    await writeLive(chair, "物业经理：立管锈住了，只换一栋没有用。");
    await writeLive(recorder, "业委会主任：小公维金不够换泵。");
    for (const page of [chair, recorder]) {
      await expect(page.getByText("立管锈住了")).toBeVisible();
      await expect(page.getByText("小公维金不够换泵")).toBeVisible();
    }
    await recorder.getByRole("button", { name: "决议" }).click();
    await recorder.getByLabel("定了什么").fill("21栋泵房和立管一并改造，请联席会议协调水务、住建两个部门。");
    await recorder.getByRole("radio", { name: "举手表决" }).check();
    for (const party of ["党支部", "居委会", "业委会"]) await recorder.getByLabel(`${party}，同意`).fill("1");
    await recorder.getByLabel("物业，弃权").fill("1");
    await recorder.getByRole("radio", { name: /上报/ }).check();
    await press(recorder, "记下决议");
    await expect(recorder.getByRole("article", { name: "决议" })).toContainText("21栋泵房");
    // The chair's page shows the block without being loaded anew.
    await expect(chair.getByRole("article", { name: "决议" })).toContainText("21栋泵房");
    await chair.getByRole("link", { name: "散会" }).click();
    await press(chair, "散会");
    await expect(chair.getByText("开完了")).toBeVisible();
    await expect(recorder.getByRole("status")).toContainText("散会了");
  });

  const leader = await stepInto(browser, "挂钩领导");
  await test.step("the joint meeting assigns two tasks to two departments", async () => {
    await callMeeting(leader, "社区联席会议", "社区二楼");
    await takeRoll(leader, ["党支部书记", "挂钩领导"]);
    await press(leader, "开会");
    await writeLive(leader, "水务局和住建局都同意。");
    await leader.getByRole("button", { name: "决议" }).click();
    await leader.getByLabel("定了什么").fill("列入今年的二次供水改造，泵房由部门出资。");
    await leader.getByRole("radio", { name: "通过", exact: true }).check();
    await press(leader, "记下决议");
    await assign(leader, { title: "勘察立管和泵房，出设计图", to: "区水务局", proof: "盖章的勘察报告" });
    await assign(leader, { title: "定下改造资金", to: "区住建局", proof: "批复文件" });
    await leader.getByRole("link", { name: "散会" }).click();
    await press(leader, "散会");
  });

  for (const [who, title] of [
    ["水务局科员", "勘察立管和泵房，出设计图"],
    ["住建局科员", "定下改造资金"],
  ] as const) {
    await test.step(`${who} does the work; the building head checks it`, async () => {
      const staff = await stepInto(browser, who);
      await staff.getByRole("link", { name: new RegExp(title) }).click();
      await press(staff, "接下这项任务");
      await staff.getByRole("link", { name: "办完了，交结果" }).click();
      await staff.getByLabel("办得怎样").fill(`${title}：办好了，文件送到社区。`);
      await press(staff, "交上去，等核对");
      await expect(staff.getByText("等核对").first()).toBeVisible();
      await head.goto("/");
      await head.getByRole("link", { name: new RegExp(title) }).click();
      await head.getByRole("link", { name: "核对无误" }).click();
      await head.getByLabel("想对提的人说的话").fill("7号楼换了新水泵和4根立管。");
      await press(head, "核对无误");
      await expect(head.getByText("核对过了").first()).toBeVisible();
    });
  }

  await test.step("the raiser is content, and the page tells the story", async () => {
    await head.goto("/");
    await head.getByRole("link", { name: new RegExp(number) }).click();
    await head.getByRole("radio", { name: "解决了", exact: true }).check();
    await head.getByRole("radio", { name: "满意", exact: true }).check();
    await press(head, "告诉他们");
    await expect(head.getByText("提的人说：解决了，满意。")).toBeVisible();
    for (const told of [
      "六楼往上",
      "24户里，19户也是这样",
      "清滤网、调阀门",
      "21栋泵房和立管一并改造",
      "列入今年的二次供水改造",
      "勘察立管和泵房",
      "定下改造资金",
      "7号楼换了新水泵",
    ])
      await expect(head.getByText(told).first()).toBeVisible();
    await expect(head.getByRole("list", { name: /答复回到7号楼/ })).toBeVisible();
  });
});
