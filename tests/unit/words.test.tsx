// Two complete languages, and no word outside them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { renderToStaticMarkup } from "react-dom/server";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { Phrase, partsOf } from "../../app/components/phrase";
import { faultKey } from "../../app/components/word-channels";
import type { ChannelKind } from "../../app/domain/channel";
import en from "../../app/i18n/en";
import { hasWords, type Key, translator } from "../../app/i18n/engine";
import { refusalWords } from "../../app/i18n/refusal-words";
import { wordsFor } from "../../app/i18n/t";
import zh from "../../app/i18n/zh-CN";

const root = join(import.meta.dirname, "../..");
const stem = (key: string) => key.replace(/_(one|other|zero|two|few|many)$/, "");
const stems = (messages: object) => [...new Set(Object.keys(messages).map(stem))].sort();
const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1] ?? "").sort();
const sources = (dir: string) =>
  readdirSync(join(root, dir), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(root, dir, name));

describe("both languages", () => {
  test("[WO1] have the same messages", () => expect(stems(en)).toEqual(stems(zh)));
  test("[WO1] fill the same places", () => {
    const different = Object.entries(en).filter(([key, text]) => {
      const chinese =
        (zh as Record<string, string>)[key] ?? (zh as Record<string, string>)[`${stem(key)}_other`] ?? (zh as Record<string, string>)[stem(key)] ?? "";
      const [a, b] = [places(text), places(chinese)];
      // A singular may say "one" instead of the figure.
      return key.endsWith("_one") ? a.some((p) => !b.includes(p)) : [...new Set(a)].join() !== [...new Set(b)].join();
    });
    expect(different.map(([key]) => key)).toEqual([]);
  });
  test("[WO1] count in English with one and other", () => {
    const others = Object.keys(en).filter((key) => key.endsWith("_other"));
    const alone = others.filter((key) => !(`${stem(key)}_one` in en));
    expect(alone).toEqual([]);
  });
  test("[WO1] say nothing empty", () =>
    expect([...Object.entries(zh), ...Object.entries(en)].filter(([, text]) => text.trim() === "").map(([key]) => key)).toEqual([]));
  test("[WO1] no message stands in two files", () => {
    for (const locale of ["zh-CN", "en"]) {
      const keys = readdirSync(join(root, "app/i18n", locale))
        .filter((name) => name !== "index.ts")
        .flatMap((name) => [...readFileSync(join(root, "app/i18n", locale, name), "utf8").matchAll(/^ {2}"([^"]+)":/gm)].map((m) => m[1] ?? ""));
      expect(keys.filter((key, n) => keys.indexOf(key) !== n)).toEqual([]);
    }
  });
});

test("[WO2] components and pages hold no literal word", () => {
  const spoken = new Set(["aria-label", "alt", "title", "placeholder", "label", "hint"]);
  const literal: string[] = [];
  const isWord = (text: string) => /\p{L}/u.test(text);
  for (const path of [...sources("app/components"), ...sources("app/routes"), join(root, "app/root.tsx")]) {
    const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
    const say = (node: ts.Node, text: string) =>
      literal.push(`${path.slice(root.length + 1)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${text.trim()}`);
    const visit = (node: ts.Node): void => {
      if (ts.isJsxText(node) && isWord(node.text)) say(node, node.text);
      if (
        ts.isJsxAttribute(node) &&
        spoken.has(node.name.getText()) &&
        node.initializer &&
        ts.isStringLiteral(node.initializer) &&
        isWord(node.initializer.text)
      )
        say(node, node.initializer.text);
      if (ts.isStringLiteralLike(node) && /\p{Script=Han}/u.test(node.text)) say(node, node.text);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  // The name of the product in both scripts is the one title a page has before it knows its reader.
  expect(literal.filter((line) => !line.includes("议事 Yishi"))).toEqual([]);
});

test("[ME3] a quorum the body set itself is said to be its own, and nobody is said to be represented where nobody is", () => {
  const words = wordsFor("zh-CN", "Asia/Shanghai", "2026-11-20T04:00:00.000Z");
  const why = (represented: number) =>
    refusalWords({ code: "meeting.noQuorumBoth", params: { n: 2, present: 6, represented, needed: 8, parties: "owners", own: "2/3" } }, words).why;
  expect(why(0)).toContain("至少2/3到会");
  expect([why(0).includes("代0人"), why(1).includes("代1人")]).toEqual([false, true]);
});

test("a refusal writes a day as every page does, and a mailbox that refused has no key", () => {
  const words = wordsFor("zh-CN", "Asia/Shanghai", "2026-11-20T04:00:00.000Z");
  const what = (code: string, params: Record<string, string | number>) => refusalWords({ code, params }, words).what;
  expect(what("order.owed", { day: "2026-11-22" })).toBe("已经督办了，11月22日前要答复。");
  expect(what("project.milestoneOutside", { from: "2026-10-29", to: "2027-01-05" })).toContain("10月29日到2027年1月5日之间");
  expect(what("word.digestInQuiet", { from: "22:00", until: "07:00" })).toContain("22:00到07:00");
  const fault = (kind: ChannelKind) => words.t(faultKey("refused", kind, words.has) ?? "fault.unknown");
  expect(fault("mail")).not.toContain("密钥");
  expect(fault("dingtalk")).toContain("密钥");
  expect(faultKey("nobodyKnows", "mail", words.has)).toBeNull();
});

test("[WO3] every refusal has words in both languages", () => {
  const codes = new Set<string>();
  for (const path of [...sources("app/domain"), ...sources("app/commands"), ...sources("app/http"), ...sources("app/routes"), ...sources("app/data")]) {
    const text = readFileSync(path, "utf8");
    for (const [, code] of text.matchAll(/refuse\(\s*"([\w.]+)"/g)) if (code) codes.add(code);
    for (const [, code] of text.matchAll(/refuseBy\([^;]*?"(\w+\.\w+)"/g)) if (code) codes.add(code);
    for (const [, code] of text.matchAll(/code: "([\w.]+)"/g)) if (code) codes.add(code);
    for (const [, code] of text.matchAll(/error: [`"]([a-z]+\.[A-Za-z]+)/g)) if (code) codes.add(`input.${code}`);
  }
  expect(codes.size).toBeGreaterThan(60);
  for (const locale of ["zh-CN", "en"] as const)
    expect(
      [...codes].filter((code) => !hasWords(locale, `refusal.${code}`)),
      locale,
    ).toEqual([]);
});

test("[WO1] the pseudo-locale marks every message and keeps its places", () => {
  const t = translator("en-XA");
  expect(t("home.on", { date: "D", place: "P" })).toMatch(/^⟦.*D.*P.*⟧$/);
  expect(t("docket.title" satisfies Key, { n: 3 })).toMatch(/^⟦3/);
});

test("[WO4] a heading ends its lines between words, and loses not a character", () => {
  const lines = (text: string) => partsOf(text).map((part) => part.text);
  expect(lines("散会：宝源花园邻里议事厅第1次会")).toEqual(["散会：宝源", "花园邻里", "议事厅第1次会"]);
  expect(lines("8号楼前的路灯杆歪了，风一吹就晃")).toEqual(["8号楼前的", "路灯杆歪了，风一吹就晃"]);
  expect(lines("Close: meeting 1")).toEqual(["Close: meeting 1"]);
  expect(lines("")).toEqual([]);
  for (const text of ["把泵房和立管改造上报联席会议，您同意吗？", "A栋3单元 water 漏水", "𠮷野家门口积水"]) {
    expect(lines(text).join("")).toBe(text);
    expect(renderToStaticMarkup(<Phrase>{text}</Phrase>).replaceAll(/<[^>]*>/g, "")).toBe(text);
  }
});
