// A meeting held in its room: on the chair's page, on phones, on the hall's television, with a network that comes and goes.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import Database from "better-sqlite3";
import { called, opened, openVote, rollCalled } from "../support/hall";
import { desk, phone, stepInto, urlOf } from "../support/pages";
import { runScript, type Served, serve } from "../support/serve";

let dir = "";
let server: Served;
test.beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yishi-room-"));
  await runScript("tests/support/small-house.ts", [dir, "一单元门口积水", "信报箱锈穿了", "楼顶漏水", "楼道灯不亮"]);
  server = await serve(dir);
});
test.afterAll(async () => {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

const at = () => ({ url: server.url, dir });
/** How soon every screen must show it. */
const soon = { timeout: 1_000 };

test("[RO1] [RO2] [RO3] [RO4] a meeting in its room, from the code on the table to the decision", async ({ browser }) => {
  test.setTimeout(180_000);
  const hall = await called(browser, at(), ["一单元门口积水", "信报箱锈穿了"]);
  const { chair, path } = hall;
  const [owner, manager, member] = [await hall.join("业委会主任", phone), await hall.join("物业经理", phone), await hall.join("居委会委员", phone)];

  await test.step("the television tells when, where, and who has come", async () => {
    await chair.goto(`${path}/table`);
    await expect(chair.getByRole("img", { name: "签到的二维码" })).toBeVisible();
    await expect(chair.locator(".slip-link")).toContainText(`${path}/check-in?code=`);
  });
  const tv = await stepInto(browser, "7号楼楼栋长", { viewport: { width: 1280, height: 720 }, url: server.url });
  await tv.goto(`${path}/screen`);
  await expect(tv.getByRole("heading", { level: 1 })).toContainText("议事厅");
  // Only a screen that may take attendance shows the code: it proves that one was there.
  await expect(tv.getByRole("img", { name: "签到的二维码" })).toHaveCount(0);
  await expect(tv.getByText("到了0人")).toBeVisible();

  await test.step("[RO1] somebody checks in by the code, and everybody sees it", async () => {
    await hall.checkIn(owner);
    await expect(tv.getByText("到了1人")).toBeVisible(soon);
    await hall.checkIn(manager);
    await expect(owner.getByText("还没有开会")).toBeVisible();
    const wrong = await hall.join("党支部书记", phone);
    await wrong.goto(`${path}/check-in?code=nonsense`);
    await wrong.getByRole("button", { name: "我到了" }).click();
    await expect(wrong.getByRole("alert")).toContainText("签到码不对");
  });

  await opened(hall);
  await expect(owner.getByRole("button", { name: "举手发言" })).toBeVisible();

  await test.step("[RO2] a hand goes up on every screen within a second, and the floor is given", async () => {
    const answer = owner.waitForResponse((r) => r.request().method() === "POST");
    await owner.getByRole("button", { name: "举手发言" }).click();
    await answer;
    await expect(chair.getByRole("button", { name: "请业委会主任说" }).first()).toBeVisible(soon);
    await expect(tv.getByRole("list", { name: "发言" })).toContainText("业委会主任", soon);
    await manager.getByRole("button", { name: "提程序问题" }).click();
    await expect(chair.getByRole("listitem").filter({ hasText: "程序问题" })).toContainText("下一个");
    await chair.getByRole("button", { name: "请物业经理说" }).first().click();
    await expect(manager.getByRole("button", { name: "我说完了" })).toBeVisible(soon);
    await manager.getByRole("button", { name: "我说完了" }).click();
    await expect(manager.getByRole("button", { name: "举手发言" })).toBeVisible();
    await chair.getByRole("button", { name: "请业委会主任说" }).first().click();
    await expect(owner.getByText("我说完了")).toBeVisible(soon);
    await expect(tv.locator(".tv-speaks")).toContainText("业委会主任", soon);
  });

  await test.step("[RO3] what somebody is writing stays while the page changes around it", async () => {
    await chair.getByText("开始一项表决").click();
    const question = chair.getByLabel("表决什么");
    await question.fill("先排水，再");
    await question.focus();
    // Somebody comes in meanwhile: the fourth party the quorum needs.
    await hall.checkIn(member);
    await manager.getByRole("button", { name: "举手发言" }).click();
    await expect(chair.getByRole("button", { name: "请物业经理说" }).first()).toBeVisible();
    await expect(question).toHaveValue("先排水，再");
    await expect(question).toBeFocused();
    await chair.getByRole("radio", { name: /记名表决/ }).check();
    await question.fill("先排水，再修路面，同意吗？");
    await chair.getByRole("button", { name: "开始表决" }).click();
    await expect(chair.getByRole("article", { name: "表决" })).toContainText("能投4票");
  });

  await test.step("[RO4] two vote on their phones, a third without a network whose vote arrives when it is back", async () => {
    await expect(owner.getByRole("heading", { level: 1 })).toContainText("先排水", soon);
    for (const page of [owner, manager]) {
      await page.getByRole("radio", { name: "同意" }).check();
      await page.getByRole("button", { name: "投“同意”" }).click();
      await expect(page.getByText("已经投了“同意”。")).toBeVisible();
    }
    await expect(member.getByRole("article", { name: "表决" })).toContainText("投了2票");
    // The recorder's page runs the meeting too; their ballot stands in the vote.
    await member.context().setOffline(true);
    // Who thinks better of it before the network is back: both presses are sent in their order, and the later one counts.
    await member.getByRole("radio", { name: "反对" }).check();
    await member.getByRole("button", { name: "投“反对”" }).click();
    await expect(member.getByRole("status")).toContainText("网断了，已经记下，连上就发。");
    await member.getByRole("radio", { name: "弃权" }).check();
    await member.getByRole("button", { name: "投“弃权”" }).click();
    await expect(member.getByRole("status")).toContainText("网断了，已经记下，连上就发。");
    await expect(chair.getByRole("article", { name: "表决" })).toContainText("投了2票");
    await member.context().setOffline(false);
    await expect(chair.getByRole("article", { name: "表决" })).toContainText("投了3票");
    await expect(member.locator("[data-waits]")).toHaveCount(0);
    const db = new Database(`${dir}/yishi.db`, { readonly: true });
    const cast = db.prepare("SELECT count(*) FROM AuditEvent WHERE type = 'vote.cast' AND data LIKE '%abstained%' AND data LIKE ?");
    expect(cast.pluck().get(`%${path.split("/").at(-1)}%`)).toBe(1);
    db.close();
  });

  await test.step("[RO4] a ballot nobody answers goes with the next page when this one dies", async () => {
    // The network takes it and says nothing.
    await manager.route("**/room", (route) => (route.request().method() === "POST" ? undefined : route.continue()));
    await manager.getByRole("radio", { name: "反对" }).check();
    await manager.getByRole("button", { name: "投“反对”" }).click();
    await manager.unroute("**/room");
    await manager.reload();
    await expect(manager.getByText("已经投了“反对”。")).toBeVisible();
    await expect(manager.locator("[data-waits]")).toHaveCount(0);
    // And back again, for what comes.
    await manager.getByRole("radio", { name: "同意" }).check();
    await manager.getByRole("button", { name: "投“同意”" }).click();
    await expect(manager.getByText("已经投了“同意”。")).toBeVisible();
  });

  await test.step("[RO4] a ballot that comes after the vote was closed is refused, and the page says so", async () => {
    await manager.context().setOffline(true);
    await manager.getByRole("radio", { name: "反对" }).check();
    await manager.getByRole("button", { name: "投“反对”" }).click();
    await expect(manager.getByRole("status")).toContainText("网断了");
    // The chair votes too: two thirds of the four who are there.
    await chair.getByRole("article", { name: "表决" }).getByRole("radio", { name: "同意" }).check();
    await chair.getByRole("article", { name: "表决" }).getByRole("button", { name: "投“同意”" }).click();
    await expect(chair.getByRole("article", { name: "表决" })).toContainText("投了4票");
    await chair.getByRole("button", { name: "结束表决" }).click();
    await expect(chair.getByRole("article", { name: "表决" })).toContainText("通过");
    await expect(tv.locator(".tv-vote")).toContainText("通过", soon);
    await expect(tv.locator(".tv-vote")).toContainText("要3票同意");
    expect(await tooSmall(tv, "with a result")).toEqual([]);
    await manager.context().setOffline(false);
    await expect(manager.getByRole("alert")).toContainText("这项表决已经结束");
    await expect(manager.getByText("网断的时候按的，没有算上")).toBeVisible();
  });

  await test.step("the decision is recorded from the vote", async () => {
    await chair.getByRole("link", { name: "记成决议" }).click();
    await expect(chair.locator(".now", { hasText: "表决的是" })).toContainText("先排水");
    await expect(chair.getByLabel("定了什么")).toHaveCount(0);
    await expect(chair.getByRole("radio", { name: "没有通过" })).toHaveCount(0);
    await chair.getByRole("button", { name: "记下决议" }).click();
    await expect(chair).toHaveURL(new RegExp(`${path}/room$`));
    await expect(chair.getByRole("button", { name: "下一项" })).toBeVisible();
  });

  await test.step("[RO5] two press “next” at once: one goes on, the other is told", async () => {
    await member.goto(`${path}/room`);
    let let_go = () => {};
    const held = new Promise<void>((go) => {
      let_go = go;
    });
    await member.route("**/room", async (route) => {
      if (route.request().method() === "POST") await held;
      await route.continue();
    });
    await member.getByRole("button", { name: "下一项" }).click();
    await chair.getByRole("button", { name: "下一项" }).click();
    await expect(tv.getByText("第2项，共2项")).toBeVisible();
    let_go();
    await expect(member.getByRole("alert")).toContainText("党支部书记换到了另一项");
  });
  await test.step("after the close every screen says so", async () => {
    await chair.goto(`${path}/closing`);
    await chair.getByRole("button", { name: "散会" }).click();
    await expect(tv.getByText("散会了，谢谢大家")).toBeVisible();
    await expect(owner.getByRole("heading", { level: 1, name: "散会了" })).toBeVisible();
  });
  for (const page of [chair, owner, manager, member, tv]) await page.context().close();
});

test("[RO6] the quorum leaves in the middle of a vote: it is not closed, and the page says who is missing", async ({ browser }) => {
  test.setTimeout(120_000);
  const hall = await called(browser, at(), ["楼顶漏水"]);
  const { chair, path } = hall;
  const names = ["居委会委员", "业委会主任", "物业经理", "7号楼楼栋长"];
  await rollCalled(hall, names);
  await opened(hall);
  // The longest question there may be still fits the screen.
  const screen = await hall.join("7号楼楼栋长", { width: 1280, height: 720 });
  await screen.goto(`${path}/screen`);
  await openVote(chair, `现在就补漏，${"钱从公共收益里出，".repeat(20)}同意吗？`, "举手表决");
  await expect(screen.getByRole("heading", { level: 1 })).toContainText("现在就补漏");
  expect(await tooSmall(screen, "the longest question")).toEqual([]);
  const recorder = await hall.join("居委会委员", desk);
  await recorder.goto(`${path}/attendance`);
  await recorder.getByRole("button", { name: "物业经理：先走了" }).click();
  await expect(recorder.getByRole("button", { name: "物业经理：先走了" })).toHaveAttribute("aria-pressed", "true");
  await expect(chair.getByText("物业没有人到")).toBeVisible(soon);
  await chair.getByLabel("党支部，同意").fill("1");
  await chair.getByRole("button", { name: "结束表决" }).click();
  await expect(chair.getByRole("alert")).toContainText("物业没有人到");
  await expect(chair.getByRole("article", { name: "表决" })).toContainText("请举手");
  await expect(chair.getByLabel("党支部，同意")).toHaveValue("1");
});

/** Words smaller than a twenty-fifth of the screen, or outside of it. */
const tooSmall = (page: Page, name: string) =>
  page.evaluate(
    ({ name }) => {
      const found: string[] = [];
      const walk = document.createTreeWalker(document.querySelector(".tv") ?? document.body, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const element = walk.currentNode.parentElement;
        if (!element || !walk.currentNode.textContent?.trim()) continue;
        const size = Number.parseFloat(getComputedStyle(element).fontSize);
        const box = element.getBoundingClientRect();
        if (size < innerHeight * 0.04) found.push(`${name}: ${element.textContent} is ${size} px`);
        if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.top < 0) found.push(`${name}: ${element.textContent} is out of the screen`);
      }
      // Nothing lies on anything else.
      const parts = [...document.querySelectorAll(".tv-head, .tv-item, .tv-vote")].map((e) => e.getBoundingClientRect());
      for (const [n, box] of parts.entries()) if (n > 0 && box.top < (parts[n - 1]?.bottom ?? 0) - 2) found.push(`${name}: part ${n} lies on the one before`);
      return found;
    },
    { name },
  );

test("[DE5] two write a decision down at once: the second reads the first before another is recorded, and loses no word", async ({ browser }) => {
  const hall = await called(browser, at(), ["楼道灯不亮"]);
  const { chair, path } = hall;
  const recorder = await hall.join("居委会委员", phone);
  await rollCalled(hall, ["居委会委员", "物业经理", "业委会主任"]);
  await opened(hall);
  const [, item] = /items\/(\w+)\/decision/.exec(await (await chair.request.get(`${path}/minutes`)).text()) ?? [];
  const pages = [
    [chair, "换成LED灯。"],
    [recorder, "换成LED灯，物业出钱。"],
  ] as const;
  for (const [page, words] of pages) {
    await page.goto(`${path}/items/${item}/decision`);
    await page.getByLabel("定了什么").fill(words);
    await page.getByRole("radio", { name: "协商一致" }).check();
    await page.getByRole("group", { name: "结果" }).getByRole("radio", { name: "通过", exact: true }).check();
  }
  await chair.getByRole("button", { name: "记下决议" }).click();
  await expect(chair).toHaveURL(/minutes/);
  await recorder.getByRole("button", { name: "记下决议" }).click();
  await expect(recorder.getByRole("alert")).toContainText("刚有人记了一条决议");
  await expect(recorder.getByRole("article", { name: "决议" })).toContainText("换成LED灯。");
  await expect(recorder.getByLabel("定了什么")).toHaveValue("换成LED灯，物业出钱。");
  const db = new Database(`${dir}/yishi.db`, { readonly: true });
  const count = db.prepare("SELECT count(*) FROM Decision WHERE meetingId = ?").pluck();
  expect(count.get(path.split("/").at(-1))).toBe(1);
  await recorder.getByRole("button", { name: "记下决议" }).click();
  await expect(recorder).toHaveURL(/minutes/);
  expect(count.get(path.split("/").at(-1))).toBe(2);
  db.close();
});

test("[RO7] nothing on the television is smaller than a twenty-fifth of its height", async ({ browser }) => {
  const { castOf } = await import("../../scripts/pages");
  const db = new Database(`${process.env.STORY_DIR}/yishi.db`, { readonly: true });
  const meetings = db
    .prepare("SELECT m.id, m.communityId, c.locale FROM Meeting m JOIN Community c ON c.id = m.communityId WHERE m.status IN ('inSession', 'closed')")
    .all() as { id: string; communityId: string; locale: "zh-CN" | "en" }[];
  db.close();
  const wrong: string[] = [];
  for (const locale of ["zh-CN", "en"] as const)
    for (const [width, height] of [
      [1280, 720],
      [1920, 1080],
    ] as const) {
      for (const communityId of new Set(meetings.filter((m) => m.locale === locale).map((m) => m.communityId))) {
        const context = await browser.newContext({ viewport: { width, height }, locale, baseURL: urlOf("story") });
        const person = castOf(process.env.STORY_DIR ?? "").people.find((p) => p.communityId === communityId);
        await context.request.post("/demo", { form: { person: person?.personId ?? "" }, headers: { Origin: urlOf("story") } });
        const page = await context.newPage();
        for (const meeting of meetings.filter((m) => m.communityId === communityId)) {
          await page.goto(`/meetings/${meeting.id}/screen`);
          wrong.push(...(await tooSmall(page, `${locale} ${height} ${meeting.id}`)));
        }
        await context.close();
      }
    }
  expect(wrong).toEqual([]);
});
