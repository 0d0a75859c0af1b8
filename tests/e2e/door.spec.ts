// Getting in, staying in, and being shown out.
import { expect, test } from "@playwright/test";
import { desk, raise, stepInto, urlOf } from "../support/pages";

test("a slip lets somebody in once; an office that ended is gone", async ({ browser }) => {
  const secretary = await stepInto(browser, "社区秘书");
  await secretary.goto("/setup");
  await secretary.getByRole("link", { name: "宝源花园邻里议事厅" }).click();
  await secretary.getByRole("link", { name: "请人进来" }).click();
  const name = `新来的委员${Date.now() % 10_000}`;
  await secretary.getByLabel("怎么称呼").fill(name);
  await secretary.getByLabel("做什么").selectOption({ label: "成员" });
  await secretary.getByLabel("代表哪一方").selectOption({ label: "居委会" });
  await secretary.getByRole("button", { name: "记下，印条子" }).click();
  await secretary.getByRole("button", { name: "印条子" }).click();
  const link = (await secretary.locator(".slip-link").textContent()) ?? "";
  expect(link).toContain("/join/");

  const context = await browser.newContext({ viewport: desk, locale: "zh-CN", baseURL: urlOf("small") });
  const guest = await context.newPage();
  await guest.goto(new URL(link).pathname);
  await guest.getByLabel("设一个密码").fill("12345678");
  await guest.getByLabel("再写一次密码").fill("12345678");
  await guest.getByRole("button", { name: "进来" }).click();
  await expect(guest.getByRole("alert")).toContainText("太好猜");
  await guest.getByLabel("设一个密码").fill("好记的密码2026");
  await guest.getByLabel("再写一次密码").fill("好记的密码2026");
  await guest.getByRole("button", { name: "进来" }).click();
  await expect(guest).toHaveURL(/\/$/);
  const twice = await browser.newContext({ locale: "zh-CN", baseURL: urlOf("small") });
  const second = await twice.newPage();
  await second.goto(new URL(link).pathname);
  await expect(second.getByText("这张条子用过了")).toBeVisible();

  // Sign out, and in again by name.
  await guest.getByRole("button", { name: "退出" }).click();
  await guest.getByLabel("名字或手机号").fill(name);
  await guest.getByLabel("密码").fill("wrong password");
  await guest.getByRole("button", { name: "登录" }).click();
  await expect(guest.getByRole("alert")).toContainText("密码不对");
  await guest.getByLabel("密码").fill("好记的密码2026");
  await guest.getByRole("button", { name: "登录" }).click();
  await expect(guest).toHaveURL(/\/$/);

  await secretary
    .getByRole("link", { name: /宝源花园邻里议事厅/ })
    .first()
    .click();
  await secretary.getByRole("link", { name: `改：${name}` }).click();
  await secretary.getByRole("link", { name: `结束${name}的职务` }).click();
  await secretary.getByRole("button", { name: "结束这个职务" }).click();
  await expect(secretary.getByText(name)).toHaveCount(0);
});

test("a form from another site changes nothing, and says what to do", async ({ browser }) => {
  const page = await stepInto(browser, "7号楼楼栋长");
  for (const headers of [{ Origin: "https://evil.example" }, { Origin: "null" }] as const) {
    const answer = await page.request.post("/sign-out", { headers, maxRedirects: 0 });
    expect(answer.headers().location).toContain("/refused?code=crossSite");
  }
  await page.goto("/");
  await expect(page.getByRole("button", { name: "退出" })).toBeVisible();
});

test("a device signed in elsewhere is listed, and signed out from here", async ({ browser }) => {
  const here = await stepInto(browser, "业委会主任");
  const there = await stepInto(browser, "业委会主任");
  await here.goto("/account");
  await here.getByRole("button", { name: "其他设备都退出" }).click();
  await there.goto("/");
  await expect(there).toHaveURL(/sign-in/);
  await here.goto("/");
  await expect(here).toHaveURL(/\/$/);
});

test("somebody who changed it a moment ago is named, and one's own words are still there", async ({ browser }) => {
  const head = await stepInto(browser, "8号楼楼栋长");
  const issue = await raise(head, `电梯门关得太快 ${Date.now()}`, "电梯");
  await head.goto(`${issue}/escalation`);
  await head.getByLabel("楼里试过什么，为什么办不了").fill("电梯不归楼里管。");
  await head.getByRole("button", { name: "上报邻里议事厅" }).click();

  const chair = await stepInto(browser, "党支部书记");
  await chair.goto(`${issue}/settlement`);
  await chair.getByLabel("怎么办好的").fill("请厂家调过门机，试了二十次。");
  const recorder = await stepInto(browser, "居委会委员");
  await recorder.goto(`${issue}/classification`);
  await recorder.getByLabel("名称").fill("电梯门机要调");
  await recorder.getByRole("button", { name: "改好" }).click();
  await chair.getByRole("button", { name: "把答复送回去" }).click();
  await expect(chair.getByRole("alert")).toContainText("居委会委员改了名称或类别");
  await expect(chair.getByLabel("怎么办好的")).toHaveValue("请厂家调过门机，试了二十次。");
  await chair.getByRole("button", { name: "把答复送回去" }).click();
  await expect(chair.getByText("办好了").first()).toBeVisible();
});
