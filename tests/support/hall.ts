// A hall for browser tests: a council meeting called on the chair's page, people who check in, a vote that is opened.
import { type Browser, expect, type Page } from "@playwright/test";
import Database from "better-sqlite3";
import { inDays, notInTime, notifyAll, type phone, press, stepInto } from "./pages";

export type Hall = { path: string; chair: Page; join(name: string, viewport?: typeof phone): Promise<Page>; checkIn(page: Page): Promise<void> };

/** The hall of a meeting that was called. */
export function hallOf(browser: Browser, at: { url: string; dir: string }, chair: Page, path: string): Hall {
  const db = new Database(`${at.dir}/yishi.db`, { readonly: true });
  const code = String(db.prepare("SELECT code FROM TableCode WHERE meetingId = ?").pluck().get(path.split("/").at(-1)));
  db.close();
  return {
    path,
    chair,
    join: (name, viewport) => stepInto(browser, name, { url: at.url, ...(viewport ? { viewport } : {}) }),
    async checkIn(page) {
      await page.goto(`${path}/check-in?code=${code}`);
      await page.getByRole("button", { name: "我到了" }).click();
      await expect(page).toHaveURL(new RegExp(`${path}/room$`));
    },
  };
}

/** A council meeting under a procedure, with these issues on its agenda and nobody there yet. */
export async function called(browser: Browser, at: { url: string; dir: string }, whats: readonly string[], procedure = /急事快议/, days = 2): Promise<Hall> {
  const chair = await stepInto(browser, "党支部书记", { url: at.url });
  const db = new Database(`${at.dir}/yishi.db`, { readonly: true });
  const council = String(db.prepare("SELECT id FROM Body WHERE kind = 'council'").pluck().get());
  db.close();
  await chair.goto(`/bodies/${council}/meeting`);
  for (const what of whats) await chair.getByRole("checkbox", { name: what }).check();
  await chair.getByRole("radio", { name: procedure }).check();
  await chair.getByLabel("为什么急").fill(notInTime);
  await chair.getByLabel("哪一天").fill(inDays(days));
  await chair.getByLabel("在哪儿开").fill("议事厅");
  await notifyAll(chair);
  await expect(chair).toHaveURL(/\/meetings\/\w+$/);
  return hallOf(browser, at, chair, new URL(chair.url()).pathname);
}

/** The chair comes, opens the meeting and is in its room. */
export async function opened(hall: Hall): Promise<void> {
  await hall.checkIn(hall.chair);
  await hall.chair.goto(hall.path);
  await hall.chair.getByRole("button", { name: "开会" }).click();
  await expect(hall.chair).toHaveURL(/minutes/);
  await hall.chair.goto(`${hall.path}/room`);
}

/** Say on the chair's page who has come. */
export async function rollCalled({ chair, path }: Pick<Hall, "chair" | "path">, names: readonly string[]): Promise<void> {
  await chair.goto(`${path}/attendance`);
  for (const name of names) {
    await chair.getByRole("button", { name: `${name}：到了` }).click();
    await expect(chair.getByRole("button", { name: `${name}：到了` })).toHaveAttribute("aria-pressed", "true");
  }
}

export async function openVote(chair: Page, question: string, method: "举手表决" | "记名表决"): Promise<void> {
  await chair.getByText("开始一项表决").click();
  await chair.getByLabel("表决什么").fill(question);
  await chair.getByRole("radio", { name: new RegExp(method) }).check();
  await chair.getByRole("button", { name: "开始表决" }).click();
  await expect(chair.getByRole("article", { name: "表决" })).toContainText(question);
}

/** The council's chair calls it for one issue of its docket, four come, and it decides: the chair is in the live minutes, the decision written. */
export async function councilDecides(chair: Page, issue: string, decision: string): Promise<void> {
  await chair.goto(issue);
  if (await chair.getByText("别的办法").isVisible()) await chair.getByText("别的办法").click();
  await chair.getByRole("link", { name: "排上会" }).click();
  await press(chair, "为这几件开一次会");
  await chair.getByRole("radio", { name: /^急事快议/ }).check();
  await chair.getByLabel("为什么急").fill(notInTime);
  await chair.getByLabel("哪一天").fill(inDays(2));
  await chair.getByLabel("在哪儿开").fill("议事厅");
  await notifyAll(chair);
  await expect(chair).toHaveURL(/\/meetings\/\w+$/);
  await rollCalled({ chair, path: new URL(chair.url()).pathname }, ["党支部书记", "居委会委员", "业委会主任", "物业经理"]);
  await chair.getByRole("link", { name: "点完了，回到会议" }).click();
  await press(chair, "开会");
  await press(chair, "决议");
  await chair.getByLabel("定了什么").fill(decision);
  await chair.getByRole("radio", { name: "通过", exact: true }).check();
  await press(chair, "记下决议");
  await expect(chair.getByRole("article", { name: "决议" })).toBeVisible();
}
