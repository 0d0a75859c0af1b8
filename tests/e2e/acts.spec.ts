// Pages that exist only in the middle of doing something: each is looked at by axe on the way, normal and elder, phone and desk.
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { faults, ofLooks } from "../support/axe";
import { desk, inDays, notInTime, notifyAll, phone, stepInto } from "../support/pages";

async function look(page: Page, name: string): Promise<void> {
  for (const viewport of [phone, desk]) {
    await page.setViewportSize(viewport);
    for (const view of ["normal", "elder"]) {
      await page.evaluate((to) => {
        document.documentElement.dataset.view = to;
      }, view);
      expect(await faults(page, view === "elder" ? ofLooks : undefined), `${name}, ${view}, ${viewport.width} px`).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        `${name} is wider than ${viewport.width} px in the ${view} view`,
      ).toBe(0);
      if (process.env.LOOK && view === "normal") await page.screenshot({ path: join(process.env.LOOK, `${name}-${viewport.width}.png`), fullPage: true });
    }
  }
  await page.evaluate(() => {
    document.documentElement.dataset.view = "normal";
  });
}

test("[PP15] [PP16] no violation on the pages in the middle of things, from a refused issue to minutes that are sent back", async ({ browser }) => {
  test.setTimeout(360_000);
  const manager = await stepInto(browser, "物业经理");
  await manager.goto("/raise");
  await manager.getByRole("button", { name: /接着写在哪儿/ }).click();
  await look(manager, "raise, refused");
  await manager.getByLabel("出了什么事？").fill("8号楼前的路灯杆歪了，风一吹就晃。");
  await manager.getByRole("button", { name: /接着写在哪儿/ }).click();
  if (await manager.getByRole("heading", { name: /很像的事/ }).isVisible()) await manager.getByRole("button", { name: "都不是，接着写在哪儿" }).click();
  await manager.getByLabel("哪里").selectOption({ label: "8号楼" });
  await manager.getByRole("radio", { name: "别的" }).check();
  await look(manager, "raise, where");
  await manager.getByRole("button", { name: "下一步：看一遍再交" }).click();
  await look(manager, "raise, look");
  await manager.getByRole("button", { name: "交给8号楼" }).click();
  const issue = new URL(manager.url()).pathname;

  const head = await stepInto(browser, "8号楼楼栋长");
  await head.goto(`${issue}/escalation`);
  await head.getByLabel("楼里试过什么，为什么办不了").fill("路灯归市政管。");
  await head.getByRole("button", { name: "上报邻里议事厅" }).click();

  const chair = await stepInto(browser, "党支部书记");
  await chair.goto(`${issue}/course`);
  await chair.getByRole("button", { name: "开始走程序" }).click();
  await expect(chair.getByRole("heading", { name: "走程序：四议两公开" })).toBeVisible();
  await look(chair, "an issue on a course");
  await chair.goto(`${issue}/course-end`);
  await chair.getByRole("button", { name: "停下来" }).click();
  await look(chair, "a course to stop, refused");
  await chair.getByLabel("为什么不走了").fill("先开会议一议。");
  await chair.getByRole("button", { name: "停下来" }).click();
  await look(chair, "a course that was stopped");

  await chair.goto(`${issue}/classification`);
  await chair.getByRole("radio", { name: /^急事/ }).check();
  await chair.getByRole("button", { name: "改好" }).click();
  await look(chair, "another track, refused");
  await chair.getByLabel("为什么换一种议法").fill("夜里又倒了一根。");
  await chair.getByRole("button", { name: "改好" }).click();
  await expect(chair.getByText("夜里又倒了一根。")).toBeVisible();
  await chair.goto(issue);
  await chair.getByText("别的办法").click();
  await chair.getByRole("link", { name: "排上会" }).click();
  await chair.getByRole("button", { name: "为这几件开一次会" }).click();
  await look(chair, "call a meeting");
  await chair.getByRole("radio", { name: /^急事快议/ }).check();
  await chair.getByLabel("为什么急").fill(notInTime);
  await chair.getByLabel("哪一天").fill(inDays(2));
  await chair.getByLabel("在哪儿开").fill("议事厅");
  await notifyAll(chair);
  await look(chair, "a called meeting");
  const meeting = new URL(chair.url()).pathname;
  for (const act of ["terms", "time", "cancellation", "opening", "agenda", "reply"]) {
    await chair.goto(`${meeting}/${act}`);
    await look(chair, act);
  }
  await chair.goto(`${meeting}/attendance`);
  for (const name of ["党支部书记", "居委会委员", "业委会主任", "物业经理"]) await chair.getByRole("button", { name: `${name}：到了` }).click();
  await chair.getByRole("link", { name: "点完了，回到会议" }).click();
  await chair.getByRole("button", { name: "开会" }).click();
  await chair.getByRole("button", { name: "决议" }).click();
  await chair.getByRole("button", { name: "记下决议" }).click();
  await look(chair, "a decision, refused");
  await chair.getByLabel("定了什么").fill("请市政来修，物业先拉警戒线。");
  await chair.getByRole("radio", { name: "通过", exact: true }).check();
  await chair.getByRole("button", { name: "记下决议" }).click();
  await expect(chair.getByRole("article", { name: "决议" })).toBeVisible();
  await look(chair, "live minutes with a decision");
  await chair.getByRole("link", { name: "改", exact: true }).click();
  await look(chair, "a decision to correct");
  await chair.goBack();
  await chair.getByRole("link", { name: "交办一项任务" }).click();
  await look(chair, "a task to hand out");

  await chair.goto(`${meeting}/closing`);
  await look(chair, "a meeting to close");
  await chair.getByRole("button", { name: "散会" }).click();
  await chair.getByRole("link", { name: "会议记录", exact: true }).first().click();
  const paper = new URL(chair.url()).pathname;
  expect(paper).toMatch(/^\/papers\//);
  await look(chair, "minutes to sign");
  await chair.getByRole("link", { name: "有错，退回去改" }).click();
  await chair.getByRole("button", { name: "退回去改" }).click();
  await look(chair, "minutes to send back, refused");
  await chair.getByLabel("哪里不对").fill("7号楼楼栋长也来了。");
  await chair.getByRole("button", { name: "退回去改" }).click();
  await expect(chair.getByText("退回来了，正在改")).toBeVisible();
  await look(chair, "minutes that were sent back");
  await chair.getByRole("link", { name: "点名记错了，改点名" }).click();
  await chair.getByRole("radio", { name: "到了", exact: true }).check();
  await chair.getByRole("button", { name: "改点名" }).click();
  await look(chair, "the roll, refused");
  await chair.getByLabel("哪一位").selectOption({ label: "7号楼楼栋长（现在记的：没点）" });
  await chair.getByLabel("为什么改").fill("来晚了，没签到。");
  await chair.getByRole("button", { name: "改点名" }).click();
  await expect(chair.getByText("来晚了，没签到").first()).toBeVisible();
  await look(chair, "minutes with what was mended");
  await chair.getByRole("button", { name: "改好了，定稿" }).click();
  await expect(chair.getByText(/还差\d+个人签字/)).toBeVisible();
  await look(chair, "minutes frozen anew");

  const secretary = await stepInto(browser, "社区秘书");
  await secretary.goto("/setup");
  await secretary.getByRole("link", { name: "12号楼" }).click();
  await secretary.getByRole("link", { name: "请人进来" }).click();
  await secretary.getByLabel("怎么称呼").fill("12号楼楼栋长");
  await secretary.getByLabel("做什么").selectOption({ label: "楼栋长" });
  await secretary.getByLabel("代表哪一方").selectOption({ label: "居民" });
  await secretary.getByRole("button", { name: "记下，印条子" }).click();
  await secretary.getByRole("button", { name: "印条子" }).click();
  await look(secretary, "a slip");
  const link = (await secretary.locator(".slip-link").textContent()) ?? "";
  await manager.goto(new URL(link).pathname);
  await look(manager, "coming in by a slip");
});
