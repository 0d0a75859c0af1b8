// What each page sends: JavaScript and CSS, Brotli. Fails past 100 kB and 15 kB; only the minutes may carry the editor.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { runScript, serve } from "../tests/support/serve";
import { castOf, openComing, pagesOf } from "./pages";
import { built } from "./ready.mjs";

const limits = { js: 100_000, css: 15_000 };
built();
const dir = mkdtempSync(join(tmpdir(), "yishi-size-"));
await runScript("prisma/seed/main.ts", ["--dir", dir]);
const server = await serve(dir);
const known = new Map<string, { bytes: number; text: string }>();
let wrong = 0;

async function asset(path: string): Promise<{ bytes: number; text: string }> {
  const before = known.get(path);
  if (before) return before;
  const text = await (await fetch(new URL(path, server.url))).text();
  const found = { bytes: brotliCompressSync(text).length, text };
  known.set(path, found);
  return found;
}

/** A script and everything it imports, once each. Dynamic imports count only where the page asks for them. */
async function withImports(paths: readonly string[]): Promise<Set<string>> {
  const all = new Set<string>();
  const visit = async (path: string): Promise<void> => {
    if (all.has(path)) return;
    all.add(path);
    const { text } = await asset(path);
    // A page that runs in the browser fetches its language before it begins.
    const [, language] = /"zh-CN":\(\)=>.{0,20}import\("\.\/([^"]+)"/.exec(text) ?? [];
    if (language) await visit(`/assets/${language}`);
    for (const [, to] of text.matchAll(/(?:import|from)\s*"(\.\/[^"]+\.js|\/assets\/[^"]+\.js)"/g))
      if (to) await visit(to.startsWith(".") ? `/assets/${to.slice(2)}` : to);
  };
  for (const path of paths) await visit(path);
  return all;
}

try {
  await openComing(server.url, dir, "zh-CN");
  const cookies = new Map<string, string>();
  const cookieOf = async (name: string | null): Promise<string> => {
    const person = castOf(dir).people.find((p) => p.locale === "zh-CN" && p.name === name);
    if (!person) return "";
    const have = cookies.get(person.personId);
    if (have) return have;
    const answer = await fetch(`${server.url}/demo`, {
      method: "POST",
      redirect: "manual",
      headers: { Origin: server.url },
      body: new URLSearchParams({ person: person.personId }),
    });
    const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    cookies.set(person.personId, cookie);
    return cookie;
  };
  for (const page of pagesOf(dir, "zh-CN")) {
    const html = await (await fetch(`${server.url}${page.path}`, { headers: { Cookie: await cookieOf(page.as) } })).text();
    const scripts = [
      ...html.matchAll(/<script[^>]+src="([^"]+)"|<link rel="modulepreload"[^>]*href="([^"]+)"|(?:import|from)\s*"(\/assets\/[^"]+\.js)"/g),
    ].flatMap((m) => m[1] ?? m[2] ?? m[3] ?? []);
    const styles = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].flatMap((m) => m[1] ?? []);
    const loaded = await withImports(scripts);
    let js = 0;
    for (const path of loaded) js += (await asset(path)).bytes;
    // The editor comes by a dynamic import: on its own page it counts too.
    const editor = [...loaded].some((path) => /\/editor-[^/]+\.js$/.test(path));
    let css = 0;
    for (const path of styles) css += (await asset(path)).bytes;
    const bad = (!page.editor && (js > limits.js || editor)) || css > limits.css;
    if (bad) wrong++;
    console.log(
      `${page.name.padEnd(22)} js ${(js / 1000).toFixed(1).padStart(6)} kB   css ${(css / 1000).toFixed(1).padStart(5)} kB${page.editor ? "   (loads the editor after this)" : ""}${bad ? "   TOO MUCH" : ""}`,
    );
  }
} finally {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
}
console.log(wrong === 0 ? "every page within 100 kB of JavaScript and 15 kB of CSS" : `${wrong} pages too large`);
process.exit(wrong === 0 ? 0 : 1);
