// The live-document server under a page of another project: docs/example, on the stock client.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { buildSync } from "esbuild";
import { root } from "../support/serve";

async function live(dir: string, port: number): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [join(root, "scripts/realtime.mjs"), "--port", String(port), "--data", dir, "--anonymous"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const chunk of child.stdout) {
    const found = /:(\d+)\//.exec(String(chunk))?.[1];
    if (found) return { child, port: Number(found) };
  }
  throw new Error("The server did not start.");
}

test("[RT-ALO-1] a plain page shares a text through it, over a kill", async ({ browser }) => {
  const dir = mkdtempSync(join(tmpdir(), "yishi-anybody-"));
  const html = readFileSync(join(root, "docs/example/index.html"));
  const script = buildSync({ entryPoints: [join(root, "docs/example/page.js")], bundle: true, format: "esm", write: false }).outputFiles[0]?.contents ?? "";
  const pages = createServer((request, response) => {
    if (request.url?.startsWith("/bundle.js")) response.setHeader("content-type", "text/javascript").end(script);
    else response.setHeader("content-type", "text/html").end(html);
  }).listen(0, "127.0.0.1");
  let { child, port } = await live(dir, 0);
  const address = `http://127.0.0.1:${(pages.address() as AddressInfo).port}/?server=ws://127.0.0.1:${port}`;
  try {
    const [one, two] = [await (await browser.newContext()).newPage(), await (await browser.newContext()).newPage()];
    await Promise.all([one.goto(address), two.goto(address)]);
    const text = (page: typeof one) => page.getByLabel("A shared text");
    await expect(text(two)).toBeEnabled();
    await text(one).pressSequentially("typed by one. ");
    await expect(text(two)).toHaveValue("typed by one. ");
    await expect(two.getByRole("status")).toHaveText("2 here");
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    await text(two).press("End");
    await text(two).pressSequentially("typed by two, alone.");
    ({ child } = await live(dir, port));
    await expect(text(one)).toHaveValue("typed by one. typed by two, alone.", { timeout: 20_000 });
  } finally {
    child.kill("SIGKILL");
    pages.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
