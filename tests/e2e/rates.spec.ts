// What came of it: a neighbour who joined is asked too, and a number on the dashboard opens the list it counts.
import { expect, test } from "@playwright/test";
import { desk, phone, press, raise, stepInto } from "../support/pages";

test("a neighbour who joined is asked, says what is missing, and changes it; the head sees it without a name", async ({ browser }) => {
  const raiser = await stepInto(browser, "7栋102住户", { viewport: phone });
  const issue = await raise(raiser, "晾衣绳的铁桩生锈断了一根", "别的");

  const neighbour = await stepInto(browser, "7栋201住户", { viewport: phone });
  await neighbour.goto(`${issue}/support`);
  await press(neighbour, "我家也是");

  const head = await stepInto(browser, "7号楼楼栋长");
  await head.goto(`${issue}/settlement`);
  await head.getByLabel("怎么办好的").fill("焊了一根新的。");
  await press(head, "把答复送回去");
  await expect(head.getByText(/^问到/)).toBeVisible();

  await neighbour.goto("/");
  await neighbour.getByRole("link", { name: /晾衣绳的铁桩.*您家解决了吗/ }).click();
  await press(neighbour, "告诉他们");
  await expect(neighbour.getByRole("alert")).toContainText("请选一个");
  await neighbour.getByRole("radio", { name: "没解决" }).check();
  await neighbour.getByRole("radio", { name: "不满意" }).check();
  await neighbour.getByLabel("要是没解决或者不满意，差在哪儿？").selectOption({ label: "只办了一部分" });
  await neighbour.getByLabel("还想说一句").fill("我家那边的还是歪的。");
  await press(neighbour, "告诉他们");
  await expect(neighbour).toHaveURL(new RegExp(`${issue}$`));
  await expect(neighbour.getByText("您说过：您家没解决。")).toBeVisible();
  // Asked once: home is quiet about it; but a word may be changed.
  await neighbour.goto("/");
  await expect(neighbour.getByRole("link", { name: /晾衣绳的铁桩/ })).toHaveCount(0);

  await head.goto(issue);
  await expect(head.getByText("说过“我家也是”的1人里，1人回了话：0人说解决了，0人满意。")).toBeVisible();
  await expect(head.getByText("没解决、只办了一部分、我家那边的还是歪的。")).toBeVisible();
  await neighbour.goto(issue);
  await neighbour.getByRole("link", { name: "改一改您说的" }).click();
  await expect(neighbour.getByRole("radio", { name: "没解决" })).toBeChecked();
  await neighbour.getByRole("radio", { name: "解决了", exact: true }).check();
  await neighbour.getByRole("radio", { name: "一般" }).check();
  await press(neighbour, "告诉他们");
  await head.goto(issue);
  await expect(head.getByText("说过“我家也是”的1人里，1人回了话：1人说解决了，0人满意。")).toBeVisible();
});

test("every number on the dashboard opens a list with that many rows, without JavaScript and by the keyboard", async ({ browser }) => {
  test.setTimeout(180_000);
  const chair = await stepInto(browser, "党支部书记", { at: "story", viewport: desk });
  await chair.goto("/dashboard");
  await expect(chair.getByRole("heading", { level: 1 })).toContainText("件事在办");
  const links = await chair.locator('main a[href^="/dashboard/list"]').evaluateAll((all) =>
    all.map((a) => {
      // The number is the link's own, or the last one of its words.
      const figures = (a.textContent ?? "").match(/\d+/g) ?? [];
      return { href: a.getAttribute("href") ?? "", n: Number(figures.at(-1)), percent: (a.textContent ?? "").match(/\d+\/(\d+)/)?.[1] };
    }),
  );
  expect(links.length).toBeGreaterThan(25);
  for (const { href, n, percent } of links) {
    const answer = await (await chair.context().request.get(href)).text();
    const expected = percent === undefined ? n : Number(percent);
    const rows = (answer.match(/class="row"/g) ?? []).length;
    const heading = /<h1[^>]*>(.*?)<\/h1>/s.exec(answer)?.[1]?.replaceAll(/<[^>]*>/g, "") ?? "";
    const total = Number(heading.match(/\d+/g)?.at(-1));
    expect(total, href).toBe(expected);
    if (expected <= 50) expect(rows, href).toBe(expected);
  }
  // The keyboard reaches a table behind a chart, and opens it.
  const summary = chair.getByText("看成表格").first();
  await summary.focus();
  await chair.keyboard.press("Enter");
  await expect(chair.getByRole("table").first()).toBeVisible();
});

test("another period is chosen by its link or by two days; what is none is said so", async ({ browser }) => {
  const chair = await stepInto(browser, "党支部书记", { at: "story" });
  await chair.goto("/dashboard");
  await chair.getByText("换一个时段", { exact: true }).click();
  await chair.getByLabel("从哪天").fill("2026-01-05");
  await chair.getByLabel("到哪天").fill("2026-01-04");
  await press(chair, "看这段");
  await expect(chair.getByRole("alert")).toContainText("不是一段日子");
  await chair.getByLabel("从哪天").fill("2026-01-04");
  await chair.getByLabel("到哪天").fill("2026-01-05");
  await press(chair, "看这段");
  await expect(chair.getByText("2026年1月4日到2026年1月5日")).toBeVisible();
});

test("a month's report is read, and taken away as a paper and as a table", async ({ browser }) => {
  const chair = await stepInto(browser, "党支部书记", { at: "story" });
  await chair.goto("/reports");
  await expect(chair.getByRole("heading", { name: "各机构" })).toBeVisible();
  const [paper] = await Promise.all([chair.waitForEvent("download"), chair.getByRole("link", { name: "下载月报（Word）" }).click()]);
  expect(paper.suggestedFilename()).toMatch(/议事月报.*\.docx$/);
  const [table] = await Promise.all([chair.waitForEvent("download"), chair.getByRole("link", { name: "表格（CSV）" }).click()]);
  expect(table.suggestedFilename()).toMatch(/\.csv$/);
  const head = await stepInto(browser, "7号楼楼栋长", { at: "story" });
  await head.goto("/reports");
  await expect(head.getByText("只看：7号楼")).toBeVisible();
  const resident = await stepInto(browser, "7栋301住户", { at: "story" });
  expect((await resident.goto("/reports"))?.status()).toBe(404);
  expect((await resident.goto("/dashboard/list?of=running"))?.status()).toBe(404);
});
