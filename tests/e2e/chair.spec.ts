// What a chair does beside the beaten way: an agenda in another order, an item that came late, somebody with an interest
// of their own, a vote that has to be called off.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import Database from "better-sqlite3";
import type { Command } from "../../app/commands/command";
import { callMeeting } from "../../app/commands/meeting/call";
import { beginMembership } from "../../app/commands/membership/begin";
import { makePerform } from "../../app/commands/perform.server";
import { loadActor } from "../../app/data/organisation.server";
import { openStore } from "../../app/data/store.server";
import type { Actor } from "../../app/domain/permission";
import { called, hallOf, opened, openVote, rollCalled } from "../support/hall";
import { phone, stepInto } from "../support/pages";
import { root, runScript, type Served, serve } from "../support/serve";

const parties = ["居委会委员", "业委会主任", "物业经理", "7号楼楼栋长"];
const hour = 3_600_000;
/** The house was founded so long ago that a meeting of today has had its notice. */
const daysAgo = 5;

let dir = "";
let server: Served;
/** Council meetings of today, called days ago: under the usual rules, and of the four parties. */
let [regular, fourParties] = ["", ""];
test.beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yishi-chair-"));
  process.env.FOUNDED_DAYS_AGO = String(daysAgo);
  await runScript("tests/support/small-house.ts", [dir, "路灯坏了", "单元门关不上", "花坛塌了一角", "快递柜占道", "车棚要拆", "水箱要洗"]);
  const store = openStore(dir, join(root, "prisma/migrations"));
  const past = () => new Date(Date.now() - daysAgo * 24 * hour).toISOString();
  const perform = makePerform(store, past);
  const db = new Database(join(dir, "yishi.db"), { readonly: true });
  const found = (sql: string) => db.prepare(sql).get() as { id: string; communityId: string };
  const council = found("SELECT id, communityId FROM Body WHERE kind = 'council'");
  const officer = async (role: string) => {
    const { id } = found(`SELECT personId AS id, communityId FROM Membership WHERE role = '${role}'`);
    const actor = await loadActor(store.read, council.communityId, id, past());
    if (!actor) throw new Error(`There is no ${role}.`);
    return actor;
  };
  const done = async <I extends { version?: number | undefined }, S>(command: Command<I, S>, actor: Actor, input: unknown) => {
    const outcome = await perform(command, actor, input);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
    return outcome.value.events[0]?.id ?? "";
  };
  // A second of the residents' party, to be represented by the first.
  const resident = found("SELECT id, communityId FROM Person WHERE name = '7栋102住户'");
  await done(beginMembership, await officer("secretary"), {
    bodyId: council.id,
    personId: resident.id,
    name: null,
    role: "member",
    party: "owners",
    startsOn: null,
  });
  const at = (hours: number) => new Date(Date.now() + hours * hour).toISOString();
  const calls = async (what: string, procedure: string) =>
    done(callMeeting, await officer("chair"), {
      bodyId: council.id,
      startsAt: at(0.1),
      endsAt: at(1.6),
      place: "议事厅",
      issues: [found(`SELECT id, communityId FROM Issue WHERE title LIKE '${what}%'`).id],
      procedure,
    });
  regular = await calls("车棚要拆", "threeLevel/council");
  fourParties = await calls("快递柜占道", "fourParties/meeting");
  db.close();
  await store.close();
  server = await serve(dir);
});
test.afterAll(async () => {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});
const at = () => ({ url: server.url, dir });

const titles = (page: Page) => page.locator("ol.agenda > li p.strong");

test("[ME7] an agenda is put in order by mouse, by finger and by keyboard; who dragged a stale copy is told", async ({ browser }) => {
  const hall = await called(browser, at(), ["路灯坏了", "单元门关不上", "花坛塌了一角"]);
  const { chair, path } = hall;
  const [a, b, c] = await titles(chair).allTextContents();
  if (!a || !b || !c) throw new Error("There are not three items.");
  const grip = (page: Page, title: string) => page.locator("ol.agenda > li", { hasText: title }).getByText("拖动");
  const drag = async (page: Page, title: string, over: string, edge: "above" | "below") => {
    await page.locator("ol.agenda").scrollIntoViewIfNeeded();
    await grip(page, title).scrollIntoViewIfNeeded();
    const from = await grip(page, title).boundingBox();
    const to = await page.locator("ol.agenda > li", { hasText: over }).boundingBox();
    if (!from || !to) throw new Error("Nothing to drag.");
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(from.x + from.width / 2, edge === "above" ? to.y + 3 : to.y + to.height - 3, { steps: 12 });
    await page.mouse.up();
  };

  await test.step("by mouse: the last goes first, and it is kept", async () => {
    await drag(chair, c, a, "above");
    await expect(titles(chair)).toHaveText([c, a, b]);
    await expect(chair.locator("ol.agenda > li .n").first()).toHaveText("1");
    await chair.reload();
    await expect(titles(chair)).toHaveText([c, a, b]);
  });
  await test.step("dropped where it was, nothing is sent", async () => {
    const posts: string[] = [];
    chair.on("request", (r) => void (r.method() === "POST" && posts.push(r.url())));
    await drag(chair, a, a, "below");
    // What the drop would have sent was sent before this.
    expect(await chair.evaluate(() => fetch("/health").then(({ status }) => status))).toBe(200);
    expect(posts).toEqual([]);
    await expect(titles(chair)).toHaveText([c, a, b]);
  });
  await test.step("[ME18] by keyboard: the focus stays on the button of the line that was moved, and where it stands is said", async () => {
    await chair.getByRole("button", { name: `把“${b}”往前排` }).focus();
    await chair.keyboard.press("Enter");
    await expect(titles(chair)).toHaveText([c, b, a]);
    await expect(chair.getByRole("button", { name: `把“${b}”往前排` })).toBeFocused();
    await expect(chair.getByRole("status").filter({ hasText: "第2项，共3项" })).toHaveCount(1);
  });
  await test.step("by finger, on a phone", async () => {
    const hand = await hall.join("居委会委员", phone);
    await hand.goto(path);
    await grip(hand, a).scrollIntoViewIfNeeded();
    const from = await grip(hand, a).boundingBox();
    const to = await hand.locator("ol.agenda > li", { hasText: b }).boundingBox();
    if (!from || !to) throw new Error("Nothing to drag.");
    const cdp = await hand.context().newCDPSession(hand);
    const x = from.x + from.width / 2;
    const y = from.y + from.height / 2;
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", at: number) =>
      cdp.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y: at }] });
    await touch("touchStart", y);
    for (let n = 1; n <= 10; n++) await touch("touchMove", y + ((to.y + 3 - y) * n) / 10);
    await touch("touchEnd", 0);
    await expect(titles(hand)).toHaveText([c, a, b]);
    await hand.context().close();
  });
  await test.step("a stale copy is refused with who changed what, and nothing changed", async () => {
    // The chair's page is older than the recorder's change.
    await drag(chair, a, c, "above");
    await expect(chair.getByRole("alert")).toContainText("居委会委员");
    await chair.goto(path);
    await expect(titles(chair)).toHaveText([c, a, b]);
  });
  await chair.context().close();
});

test("[PR2] [PR11] [VO6] a late item, a recusal and a vote called off, on the chair's page and a phone", async ({ browser }) => {
  test.setTimeout(180_000);
  const chair = await stepInto(browser, "党支部书记", { url: server.url });
  const hall = hallOf(browser, at(), chair, `/meetings/${regular}`);
  const { path } = hall;

  await test.step("[PR2] an item that comes after the notice is marked, and it is said that it cannot be decided", async () => {
    await chair.goto(path);
    await chair.getByRole("link", { name: "从待议里加一项" }).click();
    await chair.getByLabel("议题").selectOption({ label: (await chair.getByRole("option", { name: /水箱要洗/ }).textContent()) ?? "" });
    await chair.getByRole("button", { name: "加到议程" }).click();
    await expect(chair).toHaveURL(new RegExp(`${path}$`));
    const late = chair.locator("ol.agenda > li", { hasText: "水箱要洗" });
    await expect(late).toContainText("通知以后加的");
    await expect(chair.locator("ol.agenda > li", { hasText: "车棚要拆" })).not.toContainText("通知以后加的");
  });

  await rollCalled(hall, parties);
  await opened(hall);
  await test.step("[RO10] what the recorder writes is on the chair's page within seconds, on its own", async () => {
    const recorder = await hall.join("居委会委员");
    await recorder.goto(`${path}/minutes`);
    await expect(recorder.getByRole("status")).toContainText("都存好了");
    await recorder.getByRole("textbox", { name: "会议记录" }).locator("section").first().locator("p").last().click();
    await recorder.keyboard.type("车棚里停着十一辆车");
    await expect(chair.getByText("车棚里停着十一辆车")).toBeVisible({ timeout: 4_000 });
    await recorder.context().close();
  });
  const owner = await hall.join("业委会主任", phone);
  await owner.goto(`${path}/room`);

  await test.step("[PR11] whoever has an interest of their own says so, and has no ballot", async () => {
    await owner.getByText("这一项和我有关，我回避").click();
    await owner.getByLabel("为什么回避").fill("要拆的车棚有我家一间");
    await owner.getByRole("button", { name: "记下回避" }).click();
    await expect(chair.getByText("回避：业委会主任")).toBeVisible({ timeout: 1_000 });
    await openVote(chair, "车棚月底前拆掉，同意吗？", "记名表决");
    await expect(chair.getByRole("article", { name: "表决" })).toContainText("能投4票");
    await expect(owner.getByText("这一项您回避了，不参加表决。")).toBeVisible();
    await expect(owner.getByRole("radio")).toHaveCount(0);
  });

  await test.step("[VO14] while the vote runs nobody else says that somebody is recused; who says so of themselves leaves their ballot on the record", async () => {
    const manager = await hall.join("物业经理", phone);
    await manager.goto(`${path}/room`);
    await manager.getByRole("radio", { name: "反对" }).check();
    await manager.getByRole("button", { name: "投“反对”" }).click();
    await expect(chair.getByRole("article", { name: "表决" })).toContainText("投了1票");
    await chair.getByText("别的办法").click();
    await expect(chair.getByText("记一位回避")).toHaveCount(0);
    await manager.getByText("这一项和我有关，我回避").click();
    await manager.getByLabel("为什么回避").fill("拆棚的活是物业接的");
    await manager.getByRole("button", { name: "记下回避" }).click();
    await expect(chair.getByText("回避：业委会主任、物业经理")).toBeVisible();
    await expect(chair.getByRole("article", { name: "表决" })).toContainText("能投3票");
    await expect(chair.getByRole("article", { name: "表决" })).toContainText("投了0票");
    await expect(manager.getByText("这一项您回避了，不参加表决。")).toBeVisible();
    await manager.context().close();
  });

  await test.step("[VO6] the vote is called off with its reason, counts for nothing, and another can be taken", async () => {
    const recorder = await hall.join("居委会委员", phone);
    await recorder.goto(`${path}/room`);
    await recorder.getByRole("article", { name: "表决" }).getByRole("radio", { name: "同意" }).check();
    await recorder.getByRole("button", { name: "投“同意”" }).click();
    await expect(chair.getByRole("article", { name: "表决" })).toContainText("投了1票");
    await chair.getByText("宣布表决作废").click();
    await chair.getByRole("button", { name: "宣布作废" }).click();
    // Without a reason it is not done, and the vote goes on.
    await expect(chair.getByRole("article", { name: "表决" })).toContainText("投了1票");
    await chair.getByRole("radio", { name: /问题没说清/ }).check();
    await chair.getByLabel("为什么作废").fill("问题没有说清楚，重投");
    await chair.getByRole("button", { name: "宣布作废" }).click();
    // What is left of it stands in the minutes, as called off.
    for (const page of [chair, recorder]) {
      await expect(page.getByRole("article", { name: "表决" })).toContainText("作废");
      await expect(page.getByRole("article", { name: "表决" })).toContainText("问题没有说清楚，重投");
      await expect(page.getByText("正在投")).toHaveCount(0);
    }
    await chair.getByText("开始一项表决").click();
    await chair.getByLabel("表决什么").fill("车棚6月底前拆掉，同意吗？");
    await chair.getByRole("radio", { name: /记名表决/ }).check();
    await chair.getByRole("button", { name: "开始表决" }).click();
    for (const page of [chair, recorder]) {
      await page.getByRole("article", { name: "表决" }).first().getByRole("radio", { name: "同意", exact: true }).check();
      await page.getByRole("button", { name: "投“同意”" }).click();
    }
    await expect(chair.getByRole("article", { name: "表决" }).first()).toContainText("投了2票");
    await chair.getByRole("button", { name: /结束表决/ }).click();
    await expect(chair.getByRole("article", { name: "表决" }).first()).toContainText("通过");
    await chair.getByRole("link", { name: "记成决议" }).click();
    await chair.getByRole("button", { name: "记下决议" }).click();
    await expect(chair).toHaveURL(new RegExp(`${path}/room$`));
    // A decision stands on it now: it is not called off any more.
    await expect(chair.getByText("宣布表决作废")).toHaveCount(0);
    await recorder.context().close();
  });

  await test.step("[PR2] the late item has no vote, and the form of a decision only puts it off", async () => {
    await chair.getByRole("button", { name: "下一项" }).click();
    await expect(chair.getByRole("heading", { level: 1 })).toContainText("水箱要洗");
    await expect(chair.getByText("这一项是通知以后才加的：可以议，这次不能定。")).toBeVisible();
    await expect(chair.getByText("事先通知协商内容")).toBeVisible();
    await expect(chair.getByText("开始一项表决")).toHaveCount(0);
    await chair.getByText("别的办法").click();
    await chair.getByRole("link", { name: "记一条决议" }).click();
    await chair.getByLabel("定了什么").fill("下周就洗");
    await expect(chair.getByText("这次不能定")).toBeVisible();
    await expect(chair.getByRole("radio", { name: /^通过/ })).toHaveCount(0);
    await expect(chair.getByRole("radio", { name: /^下次再议/ })).toBeChecked();
    await chair.getByRole("radio", { name: /协商一致/ }).check();
    await chair.getByRole("button", { name: "记下决议" }).click();
    await expect(chair).toHaveURL(new RegExp(`${path}/minutes`));
  });
  for (const page of [chair, owner]) await page.context().close();
});

test("[PR9] somebody who cannot come is represented by their written word, where the rules know that, and within their party", async ({ browser }) => {
  test.setTimeout(120_000);
  const chair = await stepInto(browser, "党支部书记", { url: server.url });
  const hall = hallOf(browser, at(), chair, `/meetings/${fourParties}`);
  const { path } = hall;

  await test.step("the chair writes it down; only people of the same party are offered, and the rule is there to read", async () => {
    await rollCalled(hall, parties);
    const absent = chair.locator(".seats > li", { hasText: "7栋102住户" });
    await absent.getByText("委托别人表决").click();
    await expect(absent.getByText("来不了的，可以书面委托本方到会的人代为表决；一个人最多代1人。")).toBeVisible();
    await expect(absent.getByRole("option")).toHaveText(["不委托", "7号楼楼栋长"]);
    await absent.getByLabel("7栋102住户委托给谁").selectOption({ label: "7号楼楼栋长" });
    await absent.getByRole("button", { name: "记下委托" }).click();
    await expect(absent).toContainText("由7号楼楼栋长代表");
    // Whoever is there votes for themselves.
    await expect(chair.locator(".seats > li", { hasText: "物业经理" }).getByText("委托别人表决")).toHaveCount(0);
  });
  await test.step("whoever represents has a second ballot, named; it counts like the first", async () => {
    await opened(hall);
    await openVote(chair, "快递柜挪到东门，同意吗？", "记名表决");
    await expect(chair.getByRole("article", { name: "表决" })).toContainText("能投6票");
    const head = await hall.join("7号楼楼栋长", phone);
    await head.goto(`${path}/room`);
    const ballot = (name: string) => head.getByRole("group", { name });
    await ballot("您的一票").getByRole("radio", { name: "同意" }).check();
    await head.getByRole("button", { name: "投“同意”" }).click();
    await expect(chair.getByRole("article", { name: "表决" })).toContainText("投了1票");
    await ballot("您代7栋102住户投的一票").getByRole("radio", { name: "反对" }).check();
    await head.getByRole("button", { name: "投“反对”" }).click();
    await expect(chair.getByRole("article", { name: "表决" })).toContainText("投了2票");
    await chair.getByText("谁怎么投").click();
    await expect(chair.getByText("由7号楼楼栋长代投")).toBeVisible();
    await head.context().close();
  });
  await test.step("once they come themselves the second ballot is theirs again", async () => {
    await chair.goto(`${path}/attendance`);
    const there = chair.getByRole("button", { name: "7栋102住户：到了" });
    await there.click();
    await expect(there).toHaveAttribute("aria-pressed", "true");
    await expect(chair.getByText("由7号楼楼栋长代表")).toHaveCount(0);
  });
  await test.step("where the rules know no proxies nothing offers one", async () => {
    await chair.goto(`/meetings/${regular}/attendance`);
    await expect(chair.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(chair.getByText("委托别人表决")).toHaveCount(0);
  });
  await chair.context().close();
});
