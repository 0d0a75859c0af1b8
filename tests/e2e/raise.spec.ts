// Raising, as it happens: twins found while typing, words kept, photos without their place, and all of it without JavaScript.
import { expect, test } from "@playwright/test";
import sharp from "sharp";
import { phone, raise, stepInto, urlOf } from "../support/pages";

test("what was typed survives a dead battery", async ({ browser }) => {
  const page = await stepInto(browser, "7栋301住户", { viewport: phone });
  await page.goto("/raise");
  await page.getByLabel("出了什么事？").pressSequentially("单元门关不严");
  await expect(page.getByText("已存在这台设备上")).toBeVisible();
  // The page dies without a word to the server, and is opened again.
  const again = await page.context().newPage();
  await page.close({ runBeforeUnload: false });
  await again.goto("/raise");
  await expect(again.getByLabel("出了什么事？")).toHaveValue("单元门关不严");
});

test("similar issues appear while typing, and me too opens no twin", async ({ browser }) => {
  const head = await stepInto(browser, "7栋102住户", { viewport: phone });
  const raised = await raise(head, "地下车库晚上没有地方停车", "停车");

  const neighbour = await stepInto(browser, "7栋301住户", { viewport: phone });
  await neighbour.goto("/raise");
  await neighbour.getByLabel("出了什么事？").pressSequentially("停车");
  await expect(neighbour.getByRole("heading", { name: /很像的事/ })).toBeVisible();
  await neighbour.getByRole("button", { name: /我家也是：地下车库/ }).click();
  await expect(neighbour).toHaveURL(raised);
  await expect(neighbour.getByText("2户都是这样")).toBeVisible();
  await neighbour.goto("/raise");
  await expect(neighbour.getByLabel("出了什么事？")).toHaveValue("");
});

test("without JavaScript: three steps, a photo without its place, a refusal that keeps every word", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: phone, locale: "zh-CN", baseURL: urlOf("small") });
  const page = await context.newPage();
  await page.goto("/demo?story=zh-CN");
  await page.getByRole("button", { name: "用7栋201住户的身份进去" }).click();
  await page.goto("/raise");
  await page.getByRole("button", { name: /接着写在哪儿/ }).click();
  await expect(page.getByRole("alert")).toContainText("还没有写");
  await page.getByLabel("出了什么事？").fill("楼顶水箱的浮球坏了，一直往外淌水。");
  await page.getByLabel("加照片").setInputFiles({ name: "fake.jpg", mimeType: "image/jpeg", buffer: Buffer.from("this is no picture") });
  await page.getByRole("button", { name: /接着写在哪儿/ }).click();
  await expect(page.getByRole("alert")).toContainText("fake.jpg");
  await expect(page.getByLabel("出了什么事？")).toHaveValue("楼顶水箱的浮球坏了，一直往外淌水。");
  const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#264" } })
    .withExif({ IFD0: { Copyright: "me" }, IFD3: { GPSLatitude: "31/1 14/1 0/1", GPSLatitudeRef: "N" } })
    .jpeg()
    .toBuffer();
  await page.getByLabel("加照片").setInputFiles({ name: "real.jpg", mimeType: "image/jpeg", buffer: picture });
  await page.getByRole("button", { name: /接着写在哪儿/ }).click();
  if (await page.getByRole("heading", { name: /很像的事/ }).isVisible()) await page.getByRole("button", { name: "都不是，接着写在哪儿" }).click();
  await page.getByRole("button", { name: "下一步：看一遍再交" }).click();
  await expect(page.getByRole("alert")).toContainText("请选一个");
  await page.getByRole("radio", { name: "用水" }).check();
  await page.getByRole("button", { name: "下一步：看一遍再交" }).click();
  await page.getByRole("button", { name: "交给7号楼" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("楼顶水箱的浮球坏了");
  const source = await page.getByRole("link", { name: "照片1" }).getAttribute("href");
  const kept = await page.request.get(source ?? "");
  const meta = await sharp(await kept.body()).metadata();
  expect(meta).toMatchObject({ format: "webp", width: 60 });
  expect(meta.exif).toBeUndefined();
  // Nobody else's: a stranger gets the sign-in page, not the picture.
  const stranger = await browser.newContext({ baseURL: urlOf("small") });
  expect((await stranger.request.get(source ?? "", { maxRedirects: 0 })).status()).toBe(302);
});
