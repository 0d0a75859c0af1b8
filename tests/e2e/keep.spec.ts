// What is typed is kept where it was typed; and what one likes to read by does not lead away from what one reads.
import { expect, test } from "@playwright/test";
import { stepInto } from "../support/pages";

test("words begun on one page of an issue do not turn up on another, and outlive what is sent there", async ({ browser }) => {
  const head = await stepInto(browser, "8号楼楼栋长");
  await head.goto("/raise");
  await head.getByLabel("出了什么事？").fill("8号楼信报箱的锁坏了两把，信会掉出来。");
  await head.getByRole("button", { name: /接着写在哪儿/ }).click();
  if (await head.getByRole("heading", { name: /很像的事/ }).isVisible()) await head.getByRole("button", { name: "都不是，接着写在哪儿" }).click();
  await head.getByRole("radio", { name: "别的" }).check();
  await head.getByRole("button", { name: "下一步：看一遍再交" }).click();
  await head.getByRole("button", { name: "交给8号楼" }).click();
  const issue = new URL(head.url()).pathname;

  const words = "锁匠说要换整个箱子，价钱还没有谈好。";
  const settling = head.getByRole("textbox");
  await head.goto(`${issue}/settlement`);
  await settling.fill(words);
  await head.goto(`${issue}/note`);
  await expect(head.getByRole("textbox")).toHaveValue("");
  await expect(head.locator("[data-kept]")).toBeHidden();
  await head.getByRole("textbox").fill("已经请锁匠来看。");
  await head.locator("main form button").click();
  await expect(head).toHaveURL(new RegExp(`${issue}$`));
  await expect(head.getByText("已经请锁匠来看。").first()).toBeVisible();
  // Sent, and forgotten; the other is still there.
  await head.goto(`${issue}/note`);
  await expect(head.getByRole("textbox")).toHaveValue("");
  await head.goto(`${issue}/settlement`);
  await expect(settling).toHaveValue(words);
  await expect(head.locator("[data-kept]")).toBeVisible();
});

test("the larger view, the language and the theme keep the list one is looking at", async ({ browser }) => {
  const chair = await stepInto(browser, "党支部书记", { at: "story" });
  await chair.goto("/dashboard/list?of=running&level=building");
  await chair.getByRole("button", { name: "大字版" }).click();
  await expect(chair).toHaveURL(/\/dashboard\/list\?of=running&level=building$/);
  await expect(chair.locator("html")).toHaveAttribute("data-view", "elder");
  await chair.getByRole("button", { name: "English" }).click();
  await expect(chair).toHaveURL(/\/dashboard\/list\?of=running&level=building$/);
  // The list is named by its own title.
  await expect(chair).toHaveTitle(/\d+ in hand/);
  await expect(chair.locator('nav[aria-label] a[aria-current="page"]').first()).toHaveAttribute("href", "/dashboard");
});
