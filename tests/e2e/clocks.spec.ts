// What the clocks ask of people, through the pages: more time with a reason, an order and its answer, what came down
// acknowledged below, and the community's own figures. The first and the last are done on a phone without JavaScript.
import { type Browser, expect, type Page, test } from "@playwright/test";
import { fitsAndReads } from "../support/axe";
import { inDays, phone, press, raise, stepInto } from "../support/pages";

const plain = { scripts: false, viewport: phone } as const;

/** Choose an act of an issue that may be folded away. */
async function choose(page: Page, issue: string, act: string): Promise<void> {
  await page.goto(issue);
  const link = page.getByRole("link", { name: act });
  if (!(await link.isVisible())) await page.getByText("别的办法").click();
  await link.click();
}

/** The first page of somebody asks for `what`, once the clock has come round. */
async function asked(page: Page, what: RegExp): Promise<void> {
  const link = page.getByRole("link", { name: what });
  await expect(async () => {
    await page.goto("/");
    await expect(link).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await link.click();
}

/** axe is a script itself: what a page without JavaScript shows, a refused form too, it sees in one that has it. */
async function reads(page: Page, name: string): Promise<void> {
  const [url, body] = [page.url(), await page.content()];
  const context = await page
    .context()
    .browser()
    ?.newContext({ locale: "zh-CN", storageState: await page.context().storageState() });
  const twin = await context?.newPage();
  if (!twin) throw new Error("There is no browser.");
  await twin.route(
    (asked) => asked.href === url,
    (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }),
  );
  await twin.goto(url);
  await fitsAndReads(twin, name);
  await twin.context().close();
}

const steps = async (browser: Browser, names: readonly string[], options: object = {}) => Promise.all(names.map((name) => stepInto(browser, name, options)));

test("the head asks for more time with a reason, the linked leader orders an answer, and the head gives it, without JavaScript", async ({ browser }) => {
  test.setTimeout(240_000);
  const [raiser, head, leader] = (await steps(browser, ["住建局科员", "8号楼楼栋长", "挂钩领导"], plain)) as [Page, Page, Page];
  const what = "8号楼楼道窗户的合页掉了，一刮风就砸墙。";
  const issue = await raise(raiser, what, "别的", "8号楼", /^小事/);

  await choose(head, issue, "延期，说明理由");
  await reads(head, "more time");
  await head.getByLabel("延几个工作日，最多5个").fill("6");
  await head.getByLabel("为什么要延").fill("合页要订货。");
  await press(head, "延期");
  await expect(head.getByRole("alert")).toContainText("一次最多延5个工作日");
  await expect(head.getByLabel("为什么要延")).toHaveValue("合页要订货。");
  await reads(head, "more time, refused");
  await head.getByLabel("延几个工作日，最多5个").fill("5");
  await press(head, "延期");
  await expect(head.getByText(/延了期，理由/)).toBeVisible();
  await expect(head.getByText("合页要订货。")).toBeVisible();
  // Once at this level, and no more: it is not offered again, and its address says so calmly.
  await head.goto(`${issue}/extension`);
  await expect(head.getByLabel("为什么要延")).toHaveCount(0);

  await choose(leader, issue, "督办，要一个答复");
  await reads(leader, "an order");
  await leader.getByLabel("要他们答复什么").fill("合页哪天到货？");
  await leader.getByLabel("哪天以前答复").fill(inDays(-2));
  await press(leader, "督办");
  await expect(leader.getByRole("alert")).toContainText("这一天已经过了");
  await expect(leader.getByLabel("要他们答复什么")).toHaveValue("合页哪天到货？");
  await leader.getByLabel("哪天以前答复").fill(inDays(3));
  await press(leader, "督办");
  await expect(leader.getByText("社区联席会议督办8号楼")).toBeVisible();
  // They ordered it; others answer.
  await expect(leader.getByRole("link", { name: "答复督办" })).toHaveCount(0);

  await asked(head, /督办：合页哪天到货？/);
  await reads(head, "an order to answer");
  await press(head, "答复");
  await expect(head.getByRole("alert")).toBeVisible();
  await head.getByLabel("现在办到哪一步，什么时候能好").fill("后天到货，周末装好。");
  await press(head, "答复");
  await expect(head).toHaveURL(new RegExp(`${issue}$`));
  await leader.goto(issue);
  const order = leader.getByRole("article").filter({ hasText: "社区联席会议督办8号楼" });
  await expect(order).toContainText("后天到货，周末装好。");
  await reads(leader, "an issue with an answered order");
});

test("what the council answered is acknowledged by the building below", async ({ browser }) => {
  const [raiser, head, chair] = (await steps(browser, ["水务局科员", "8号楼楼栋长", "党支部书记"])) as [Page, Page, Page];
  const issue = await raise(raiser, "8号楼外墙的空调架锈穿了，下面是人行道。", "别的", "8号楼", /^小事/);
  await head.goto(`${issue}/escalation`);
  await head.getByLabel("楼里试过什么，为什么办不了").fill("外墙楼里动不了。");
  await press(head, "上报邻里议事厅");
  await choose(chair, issue, "办好了，答复提的人");
  await chair.getByLabel("怎么办好的").fill("锈掉的架子全换了。");
  await press(chair, "把答复送回去");

  await asked(head, /空调架.*上面有了结果，请签收|上面有了结果，请签收.*空调架/);
  await expect(head.getByRole("heading", { level: 1, name: "邻里议事厅有了答复" })).toBeVisible();
  await expect(head.getByText("锈掉的架子全换了。")).toBeVisible();
  await fitsAndReads(head, "to acknowledge");
  await head.getByLabel("还想说一句").fill("贴在楼门口了。");
  await press(head, "签收");
  await expect(head).toHaveURL(new RegExp(`${issue}$`));
  const owed = head.getByRole("article").filter({ hasText: "邻里议事厅有了答复，8号楼要签收" });
  await expect(owed).toContainText("贴在楼门口了。");
  await expect(head.getByRole("link", { name: "签收" })).toHaveCount(0);
  await fitsAndReads(head, "acknowledged");
});

test("the secretary's figures: a bad one is refused with everything typed kept, a good one is taken, without JavaScript", async ({ browser }) => {
  const secretary = await stepInto(browser, "社区秘书", plain);
  await secretary.goto("/setup");
  await secretary.getByRole("link", { name: "期限和节假日" }).click();
  await expect(secretary).toHaveURL(/\/setup\/clocks$/);
  await reads(secretary, "deadlines");
  const respond = secretary.getByLabel("楼栋小事，多久要回话", { exact: true });
  const acknowledge = secretary.getByLabel("几个工作日以内签收");
  const mend = secretary.getByLabel("说没办好的，给几个工作日重新办");
  const usual = await respond.inputValue();

  await acknowledge.fill("三天");
  await mend.fill("6");
  await press(secretary, "存好");
  await expect(secretary.getByRole("alert")).toContainText("几个工作日以内签收: 要填1到60之间的整数");
  await expect(acknowledge).toHaveValue("三天");
  await expect(acknowledge).toHaveAttribute("aria-invalid", "true");
  await expect(mend).toHaveValue("6");
  await reads(secretary, "deadlines, refused");
  // The problem leads to its field.
  await secretary.getByRole("alert").getByRole("link").click();
  await expect(secretary).toHaveURL(/#f-limits-acknowledgeDays$/);

  await acknowledge.fill("4");
  await respond.fill("40");
  await press(secretary, "存好");
  await expect(secretary.getByRole("alert")).toContainText("回话的期限不能比结果的期限长");
  await expect(respond).toHaveValue("40");
  await expect(acknowledge).toHaveValue("4");
  await respond.fill(usual);
  await press(secretary, "存好");
  await expect(secretary.getByText("存好了。以后收到的事按新的算，正在走的不变。")).toBeVisible();
  await secretary.goto("/setup/clocks");
  await expect(acknowledge).toHaveValue("4");
  await expect(mend).toHaveValue("6");
  await expect(respond).toHaveValue(usual);
});
