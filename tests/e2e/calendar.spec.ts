// A council's days, through its pages only: set, seen, called, and read by a calendar program.
import { expect, test } from "@playwright/test";
import { notifyAll, phone, raise, stepInto } from "../support/pages";

const council = "宝源花园邻里议事厅";
// Whatever the day this runs on: in five days there is still time to give notice.
const digit = Number(new Intl.DateTimeFormat("en", { timeZone: "Asia/Shanghai", day: "numeric" }).format(new Date(Date.now() + 5 * 86_400_000))) % 10;

test("a secretary sets the council's days, its chair calls one of them, a member's calendar follows", async ({ browser }) => {
  const secretary = await stepInto(browser, "社区秘书");
  await test.step("[CA2] the days are asked for in plain words, and a rule that cannot be is refused with the remedy", async () => {
    await secretary.goto("/setup");
    await secretary.getByRole("link", { name: council }).click();
    await secretary.getByRole("link", { name: "定下或改开会的日子" }).click();
    await expect(secretary.getByText("没有定期的日子，需要时再开。")).toBeVisible();
    await secretary.getByRole("radio", { name: /自己写规则/ }).check();
    await secretary.getByLabel("规则", { exact: true }).fill("FREQ=MONTHLY;BYMONTHDAY=4;COUNT=3");
    await secretary.getByLabel("在哪儿开").fill("议事厅二楼");
    await secretary.getByRole("button", { name: "就这样定" }).click();
    await expect(secretary.getByRole("alert")).toContainText("规则里的“COUNT”这里不认。");
    await expect(secretary.getByLabel("在哪儿开")).toHaveValue("议事厅二楼");
  });
  await test.step("[CA5] the next three are shown before and after they are set", async () => {
    await secretary.getByRole("radio", { name: /逢几/ }).check();
    await secretary
      .getByRole("group", { name: "逢几" })
      .getByLabel("逢几")
      .selectOption({ label: `逢${digit}` });
    await secretary.getByRole("radio", { name: "照开" }).check();
    await secretary.getByRole("button", { name: "先看看接下来三次" }).click();
    const dates = secretary.getByRole("region", { name: "照您写的，接下来三次是：" }).getByRole("listitem");
    await expect(dates).toHaveCount(3);
    const shown = await dates.allTextContents();
    for (const date of shown) expect(date).toMatch(new RegExp(`月[1-3]?${digit}日.*19:00`));
    await secretary.getByRole("button", { name: "就这样定" }).click();
    await expect(secretary.getByText("定好了。")).toBeVisible();
    expect(await secretary.getByRole("region", { name: "接下来三次是：" }).getByRole("listitem").allTextContents()).toEqual(shown);
  });

  const recorder = await stepInto(browser, "居委会委员", { viewport: phone });
  await test.step("somebody has a thing to deliberate", async () => {
    await raise(recorder, "东门的快递柜占了盲道。", "别的", `${council}（您的楼）`);
  });

  let meeting = "";
  await test.step("[CA5] the chair calls the next of them from home, time and place filled in", async () => {
    const chair = await stepInto(browser, "党支部书记");
    await chair
      .getByRole("link", { name: new RegExp(`通知大家开这次会：${council}`) })
      .first()
      .click();
    await expect(chair.getByLabel("哪一天")).toHaveValue(new RegExp(`${digit}$`));
    await expect(chair.getByLabel("几点开始")).toHaveValue("19:00");
    await expect(chair.getByLabel("几点结束")).toHaveValue("20:30");
    await expect(chair.getByLabel("在哪儿开")).toHaveValue("议事厅二楼");
    await chair.getByRole("checkbox", { name: /快递柜/ }).check();
    await notifyAll(chair);
    await expect(chair.getByText("已通知，等开会")).toBeVisible();
    meeting = new URL(chair.url()).pathname;
    const file = await chair.request.get((await chair.getByRole("link", { name: "放进日历" }).getAttribute("href")) ?? "");
    expect(file.headers()["content-type"]).toBe("text/calendar; charset=utf-8; method=REQUEST");
    expect((await file.body()).toString()).toContain(`UID:meeting-${meeting.split("/")[2]}@yishi`);
  });

  await test.step("[CA8] [CA9] a member's calendar has it, without signing in, until the address is stopped", async () => {
    await recorder.goto("/account");
    await recorder.getByRole("link", { name: "让手机日历自己跟着会议走" }).click();
    await recorder.getByRole("button", { name: "要一个地址：我的会" }).click();
    const address = await recorder.getByLabel("日历的地址").inputValue();
    await expect(recorder.getByRole("link", { name: "放进这台设备的日历" })).toHaveAttribute("href", address.replace(/^http:/, "webcal:"));
    const answer = await fetch(address);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("set-cookie")).toBeNull();
    const file = (await answer.text()).replaceAll("\r\n ", "");
    expect(file).toContain(`UID:meeting-${meeting.split("/")[2]}@yishi`);
    expect(file).toContain("LOCATION:议事厅二楼");
    expect(file).toContain("快递柜");
    expect((await fetch(address, { headers: { "If-None-Match": answer.headers.get("etag") ?? "" } })).status).toBe(304);
    await recorder.getByRole("button", { name: "停掉地址：我的会" }).click();
    await expect(recorder.getByText("还没有地址。").first()).toBeVisible();
    expect((await fetch(address)).status).toBe(404);
  });

  await test.step("the days end when they are ended", async () => {
    await secretary.getByRole("radio", { name: /不定期，需要时再开/ }).check();
    await secretary.getByRole("button", { name: "就这样定" }).click();
    await expect(secretary.getByText("好了，以后不定期，需要时再开。")).toBeVisible();
  });
});
