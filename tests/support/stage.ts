// A story with its meeting in session, on a server of its own that a test may kill, and people in its minutes.
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Page } from "@playwright/test";
import Database from "better-sqlite3";
import * as Y from "yjs";
import { minutesField, roomOf } from "../../app/collab/room";
import { openLogReader } from "../../realtime/sqlite-log";
import { openComing } from "../../scripts/pages";
import { type phone, stepInto } from "./pages";
import { runScript, type Served, serve } from "./serve";

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

export type Stage = { dir: string; server: Served; again(): Promise<void>; kill(): Promise<void>; stored(): string; path: string };

/** The story with its coming meeting in session; its folder is added to `dirs`. */
export async function stage(dirs: string[]): Promise<Stage> {
  const dir = mkdtempSync(join(tmpdir(), "yishi-minutes-"));
  dirs.push(dir);
  await runScript("prisma/seed/main.ts", ["--dir", dir]);
  const env = { PORT: String(await freePort()) };
  let server = await serve(dir, env);
  await openComing(server.url, dir, "zh-CN");
  const db = new Database(join(dir, "yishi.db"), { readonly: true });
  const meeting = db.prepare("SELECT id, communityId FROM Meeting WHERE status = 'inSession' ORDER BY openedAt DESC").get() as {
    id: string;
    communityId: string;
  };
  db.close();
  const room = roomOf({ communityId: meeting.communityId, meetingId: meeting.id });
  return {
    dir,
    get server() {
      return server;
    },
    path: `/meetings/${meeting.id}/minutes`,
    async kill() {
      const gone = once(server.process, "exit");
      server.process.kill("SIGKILL");
      await gone;
    },
    async again() {
      server = await serve(dir, env);
    },
    stored() {
      const log = openLogReader(dir);
      const { state, tail } = log.load(room);
      const doc = new Y.Doc();
      for (const update of state ? [state, ...tail] : tail) Y.applyUpdate(doc, update);
      const text = doc.getXmlFragment(minutesField).toString();
      log.close();
      return text;
    },
  };
}

export const editor = (page: Page) => page.getByRole("textbox", { name: "会议记录" });
export async function enter(browser: Browser, at: Stage, name: string, viewport?: typeof phone): Promise<Page> {
  const page = await stepInto(browser, name, { url: at.server.url, ...(viewport ? { viewport } : {}) });
  await page.goto(at.path);
  await expect(page.getByRole("status")).toContainText("都存好了");
  return page;
}
