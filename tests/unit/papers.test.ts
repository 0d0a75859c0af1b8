// Papers: what stands on them, and that nothing people wrote becomes anything but words.
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { closingOf } from "../../app/papers/closing";
import { longDate, longDateTime } from "../../app/papers/dates";
import { docx } from "../../app/papers/docx";
import { markdown } from "../../app/papers/markdown";
import { minutesPaper } from "../../app/papers/minutes-paper";
import { type Block, clean, disposition, fileName, hanNumber, linesOf, numberOf, type Paper, piece, safeLink } from "../../app/papers/paper";
import { printHtml } from "../../app/papers/print-html";
import { said } from "../../app/papers/record";
import { mastheadSize } from "../../app/papers/sheet";
import { attendanceSheet, qrSvg, slips } from "../../app/papers/slips";
import { addendumPaper, paperOf, summaryPaper } from "../../app/papers/summary-paper";
import { unzipped } from "../support/measure";
import { addendum, minutes, signedFile, summary } from "../support/record";

const none = async () => null;
const closing = closingOf(signedFile());
const wordsOf = (block: Block): string => {
  switch (block.kind) {
    case "fact":
      return block.label + block.text;
    case "paragraph":
      return linesOf(block.pieces);
    case "entry":
      return `${block.mark} ${linesOf(block.pieces)}`;
    case "table":
      return block.rows.map((row) => row.map((cell) => cell.lines.map(linesOf).join(" ")).join("|")).join("\n");
    case "image":
      return `[${block.photoId} ${block.alt}]`;
    case "signature":
      return `${block.label}${block.hand === null ? "____" : block.hand.kind === "text" ? block.hand.text : "~~"} ${block.at}`;
    case "blank":
      return "";
    default:
      return block.text;
  }
};
const told = (paper: Paper) => [paper.title, ...paper.blocks.map(wordsOf)].join("\n");

test("[PA4] minutes say everything a minutes sheet must, in Chinese", () => {
  const text = told(minutesPaper(minutes(), "zh-CN", closing));
  for (const line of [
    "宝源花园邻里议事厅第3次会议记录",
    "开始：2026年3月26日19:02",
    "结束：2026年3月26日20:41",
    "地点：居委会二楼",
    "主持人：王秀英",
    "记录人：李明",
    "人数：应到6人，实到4人，到4人可以表决",
    "出席：党支部 王秀英，居委会 李明，业委会 陈芳（20:10离会），物业 赵强（19:20到会）",
    "请假：居民 刘桂兰（住院，委托陈芳）",
    "缺席：居民 欧阳建国",
    "列席：部门 周工",
    "规则：邻里议事厅议事规则（第2版）",
    "议程：1. 二次供水改造（2026-0147），30分钟\n2. 消防通道停车（2026-0139），20分钟",
    "一、二次供水改造（2026-0147）",
    "前面1次会没有议完，转到这次会。",
    "回避：赵强（物业和报价单位有合同）。",
    "1. 先查勘\n2. 再报价\n• 三家",
    "水泵|86,000",
    "[photo1 泵房锈蚀的立管]",
    "表决：21栋泵房和立管是否一并改造？\n记名表决，同意3票，反对0票，弃权1票；须超过到会有表决权人数的1/2，通过。",
    "各方|同意|反对|弃权\n党支部|1|0|0\n居委会|1|0|0\n业委会|1|0|0\n居民|0|0|1\n合计|3|0|1",
    "同意：王秀英、李明、陈芳。",
    "弃权：刘桂兰（由陈芳代）。",
    "（一）21栋泵房和立管一并改造，上报社区联席会议，请协调水务、住建两个部门。\n举手表决，上报。\n要在2026年4月10日前由例会追认；到期没有追认，就失效。",
    "1. 把估价单和住户名单送到社区；责任人：物业；时限：2026年4月2日前；凭签收单核对。",
    "20:10，陈芳离会。",
    "二、消防通道停车（2026-0139）\n通知以后（2026年3月25日）加进议程，只议，不作决定（规则2.3）。",
    "1. 划线、立牌；责任人：物业；时限：2026年4月25日前。",
    "见附件1：现场照片.jpg",
    "\n附件\n1. 现场照片.jpg（240.1 kB，核对码",
    "\n签名\n主持人 王秀英：王秀英 2026年3月28日08:00\n记录员 李明：~~ 2026年3月28日09:00",
    "\n补记（2026年3月30日）\n第1处更正",
    `印章编号${closing.keyId}，2026年3月28日起生效。`,
  ])
    expect(text).toContain(line);
});

test("[PA4] and in English; a draft has lines to sign by hand", () => {
  const text = told(minutesPaper(minutes(), "en", null));
  for (const line of [
    "Began: 26 March 2026, 19:02",
    "Present: Party branch: 王秀英; Residents’ committee: 李明",
    "1. 二次供水改造 (2026-0147)",
    "Roll call: 3 for, 0 against, 1 abstained; more than 1/2 of voters present needed; carried.",
    "due 2 April 2026",
    "Chair 王秀英: ____",
  ])
    expect(text).toContain(line);
});

test("[ME12] minutes of a meeting that was opened early give the time people were told, and the time it began", () => {
  const record = minutes();
  const begins = (openedAt: string) =>
    minutesPaper({ ...record, meeting: { ...record.meeting, openedAt } }, "zh-CN", null)
      .blocks.map(wordsOf)
      .join("\n");
  expect(begins("2026-03-24T11:02:00.000Z")).toMatch(/3月24日.*（通知的时间是.*3月26日/);
  expect(begins("2026-03-26T11:02:00.000Z")).not.toContain("通知的时间");
});

test("[PA4] votes and decisions that stand nowhere in the text are still printed, each once", () => {
  const record = minutes();
  const first = record.items[0];
  if (first)
    first.nodes = [...first.nodes.filter((node) => node.kind !== "vote"), { kind: "decision", decisionId: "d1" }, { kind: "decision", decisionId: "gone" }];
  const text = told(minutesPaper(record, "zh-CN", null));
  for (const once of ["是否一并改造？", "（一）21栋泵房", "（一）物业完成划线"]) expect(text.split(once).length, once).toBe(2);
});

test("[PA10] a paper that is not in force says so first, on every kind and in both languages; a draft and one in force do not", () => {
  const file = signedFile();
  const pending = { ...closingOf(file), adoptedAt: null };
  const first = (record: Parameters<typeof paperOf>[0], locale: "zh-CN" | "en", after: Parameters<typeof paperOf>[2]) => {
    const [block] = paperOf(record, locale, after).blocks;
    return block ? wordsOf(block) : "";
  };
  for (const record of [minutes(), summary(), addendum({ id: "r1", fingerprint: "0".repeat(64) })]) {
    expect(first(record, "zh-CN", { ...pending, signatures: [] })).toBe("未签字，未生效");
    expect(first(record, "zh-CN", pending)).toBe("签字未齐，未生效");
    expect(first(record, "en", { ...pending, signatures: [] })).toBe("Not signed, not in force");
    for (const after of [closing, null]) expect(first(record, "zh-CN", after)).not.toMatch(/生效/);
  }
});

test("[PA11] a late item says when it was added: after the notice, or in the meeting; bound by a rule or not", () => {
  const late = (added: { at: string; rule: string | null } | undefined) => {
    const record = minutes();
    const item = record.items[1];
    if (!item) return "";
    if (added) item.added = added;
    else delete item.added;
    return told(minutesPaper(record, "zh-CN", null));
  };
  expect(late({ at: "2026-03-24T16:30:00.000Z", rule: null })).toContain("通知以后（2026年3月25日）加进议程。");
  expect(late({ at: "2026-03-26T11:20:00.000Z", rule: "2.3" })).toContain("会上（19:20）加进议程，只议，不作决定（规则2.3）。");
  expect(late(undefined)).toContain("通知以后加进议程。");
});

test("[PA3] a summary ends with one blank line and the lists", () => {
  const paper = summaryPaper(summary(), "zh-CN");
  expect(paper.masthead).toEqual({ number: "〔2026〕3号", office: "宝源花园邻里议事厅", date: "2026年3月27日" });
  const at = paper.blocks.findIndex((block) => block.kind === "blank");
  expect(paper.blocks.slice(at).map(wordsOf)).toEqual([
    "",
    "出席：党支部 王秀英，居委会 李明（记录），业委会 陈芳，物业 赵强",
    "请假：居民 刘桂兰",
    "缺席：居民 欧阳建国",
    "列席：部门 周工",
  ]);
  expect(paper.blocks.filter((block) => block.kind === "blank")).toHaveLength(1);
  expect(told(addendumPaper(addendum({ id: "r1", fingerprint: "0".repeat(64) }), "zh-CN", null))).toContain(
    "补充2026年3月26日召开的第3次会议的记录，原记录一字未动。",
  );
});

test("[PA9] headings are numbered as the standard numbers them, dates have no leading zeros", () => {
  expect([1, 2, 3, 4].map((level) => numberOf("zh-CN", level as 1, 12))).toEqual(["十二、", "（十二）", "12. ", "（12）"]);
  expect([1, 10, 11, 20, 21, 99, 100].map(hanNumber)).toEqual(["一", "十", "十一", "二十", "二十一", "九十九", "100"]);
  expect(longDate("zh-CN", "Asia/Shanghai", "2026-03-03T16:30:00.000Z")).toBe("2026年3月4日");
  expect(longDateTime("en", "Asia/Shanghai", "2026-03-03T16:30:00.000Z")).toBe("4 March 2026, 00:30");
});

/** Says the same hostile thing in every place. */
function hostile(words: string): Paper {
  const pieces = [piece(words, true, words), piece(words, false, "https://example.org/?a=1&b=\"<x>'")];
  const cell = { header: true, lines: [pieces, pieces] };
  return {
    locale: "zh-CN",
    title: clean(words),
    masthead: { number: clean(words), office: clean(words), date: clean(words) },
    blocks: [
      { kind: "heading", level: 1, text: clean(words) },
      { kind: "paragraph", pieces },
      { kind: "entry", depth: 1, mark: "•", pieces },
      { kind: "fact", label: clean(words), text: clean(words) },
      { kind: "table", rows: [[cell], [{ ...cell, header: false }]] },
      { kind: "image", photoId: "p", alt: clean(words) },
      { kind: "signature", label: clean(words), hand: { kind: "text", text: clean(words) }, at: clean(words) },
      { kind: "note", text: clean(words) },
    ],
  };
}
const attacks = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "</style></p>&lt;&#x3c;",
  "\" onmouseover='x' `",
  "javascript:alert(1)",
  "[x](javascript:alert(1)) ![x](http://evil/x.png) <http://evil>",
  "# x\n- y\n1. z\n> q\n```\ncode\n```\n| a | b |\n|---|---|",
  "\u0000\u0008\u001b[31m\ufffe\ud800\u202eevil\u2028x",
  "_x_ **y** ~~z~~ &amp; www.evil.example user@evil.example",
];

describe("[PA5] nothing people wrote is markup", () => {
  test.each(attacks)("%j", async (words) => {
    const paper = hostile(words);
    const html = await printHtml(paper, none);
    const tags = new Set([...html.replace(/<style>[\s\S]*?<\/style>/, "").matchAll(/<\/?([a-zA-Z!]+)/g)].map((m) => m[1]));
    for (const tag of tags)
      expect([
        "!doctype",
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "h",
        "p",
        "div",
        "span",
        "a",
        "b",
        "i",
        "br",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
      ]).toContain(tag);
    expect(html).not.toMatch(/href="(?!https?:)/i);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not be there
    expect(html).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\ufffe]/);
    const xml = unzipped(await docx(paper, none), "word/document.xml");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not be there
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/);
    expect(xml).not.toContain("<script");
    const text = markdown(paper);
    const bare = text
      .replace(/\\[\s\S]/g, "")
      .replace(/\]\(<https:[^>\s]*>\)|<br>/g, "")
      .replace(/^(#{1,2}| *-) /gm, "");
    expect(bare).not.toMatch(/[<>`~!@]|\]\(|^\s*(?:\d+[.)]|[-+#=]) /m);
  });
  test("random words come back as they were", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 40 }), async (words) => {
        const paper: Paper = { locale: "en", title: "t", masthead: null, blocks: [{ kind: "paragraph", pieces: [piece(words)] }] };
        const html = /<\/h1>\n<p>([\s\S]*)<\/p>\n<\/main>/.exec(await printHtml(paper, none))?.[1] ?? "";
        const entities: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "<br>": "\n" };
        expect(html.replace(/&(?:amp|lt|gt|quot|#39);|<br>/g, (sign) => entities[sign] ?? "")).toBe(clean(words));
      }),
    );
  });
  test("links go to pages", () => {
    expect(["javascript:alert(1)", "data:text/html,x", "https://", "//evil", null].map(safeLink)).toEqual([null, null, null, null, null]);
    expect(safeLink("https://example.org/水")).toBe("https://example.org/%E6%B0%B4");
  });
});

test("[PA6] a printed page has no script and no address of anywhere else", async () => {
  const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#888" } })
    .webp()
    .toBuffer();
  const record = minutes();
  for (const item of record.items) item.nodes = item.nodes.filter((node) => node.kind !== "paragraph");
  for (const html of [
    await printHtml(minutesPaper(record, "zh-CN", closing), async () => photo),
    await printHtml(summaryPaper(summary(), "en"), none),
    attendanceSheet({ title: "x", lines: ["y"], people: [{ name: "<b>", party: "branch" }] }, "zh-CN"),
    slips([{ title: "<b>", url: "https://yishi.example.cn/join/x", lines: ["<i>"] }], "en"),
  ]) {
    expect(html).not.toMatch(/<script|<link|@import|url\(|\son\w+=|<b>(?!出|请|缺|列|[\u4e00-\u9fff]|[A-Z])/);
    expect([...html.matchAll(/(?:src|href)="([^"]{0,12})/g)].every(([, to]) => to?.startsWith("data:image/j"))).toBe(true);
    expect(html).toContain("default-src 'none'");
    expect(html).toContain("@page");
  }
});

test("[PA7] file names are safe whatever the title is", () => {
  expect(fileName("../../etc/passwd", "docx")).toBe("etc passwd.docx");
  expect(fileName("a\u0000b\u202e\r\nSet-Cookie: x", "md")).toBe("ab Set-Cookie x.md");
  expect(fileName("CON", "json")).toBe("_CON.json");
  expect(fileName(" . ", "json")).toBe("yishi.json");
  expect(fileName("宝源花园邻里议事厅第3次会议记录", "docx")).toBe("宝源花园邻里议事厅第3次会议记录.docx");
  expect([...fileName("长".repeat(500), "docx")].length).toBe(85);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (words) => {
      const name = fileName(words, "docx");
      expect(name).toMatch(/^[^\s./\\\p{C}][^/\\\p{Cc}]*\.docx$/u);
      const header = disposition(name);
      expect(header).toMatch(/^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]+"; filename\*=UTF-8''[\w.!#$&+^`|~%-]+$/);
      expect(decodeURIComponent(header.split("''")[1] ?? "")).toBe(name);
    }),
  );
});

test("[PA8] a picture that is gone or no picture is named in its place, and each is read once", async () => {
  const record = minutes();
  const item = record.items[0];
  if (!item) return;
  const picture = { kind: "image" as const, photoId: "photo1", digest: "0".repeat(64), alt: said("立管") };
  item.nodes = [picture, picture, { ...picture, photoId: "bad", alt: said("坏图") }];
  const paper = paperOf(record, "zh-CN", null);
  const asked: string[] = [];
  const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#888" } })
    .webp()
    .toBuffer();
  const read = async (id: string) => {
    asked.push(id);
    return id === "photo1" ? photo : Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>".slice(0, 20));
  };
  const html = await printHtml(paper, read);
  expect(asked).toEqual(["photo1", "bad"]);
  expect(html.match(/<img /g)).toHaveLength(2);
  expect(html).toContain("（图片没有附上：坏图）");
  expect(unzipped(await docx(paper, none), "word/document.xml")).toContain("（图片没有附上：立管）");
});

test("[PA2] a long name makes the red heading smaller, not longer than its line", () => {
  const paper = (title: string) => mastheadSize({ ...summaryPaper(summary(), "zh-CN"), title });
  expect(paper("宝源花园邻里议事厅会议纪要")).toBe(30);
  expect(paper("宝源社区宝源花园邻里议事厅扩大会议纪要")).toBe(23);
  expect(paper("长".repeat(60))).toBe(22);
});

test("[PA4] a sheet to sign by hand names everybody and leaves lines; a slip's code holds the address", () => {
  const sheet = attendanceSheet({ title: "第3次会", lines: ["2026年3月26日"], people: [{ name: "王秀英", party: "branch" }], emptyRows: 2 }, "zh-CN");
  expect(sheet.match(/<tr><td>/g)).toHaveLength(3);
  expect(sheet).toContain("<td>王秀英</td><td>党支部</td>");
  const page = slips(
    Array.from({ length: 7 }, (_, n) => ({ title: `户${n}`, url: `https://yishi.example.cn/join/${n}`, lines: [] })),
    "zh-CN",
  );
  expect(page.match(/class="a4"/g)).toHaveLength(2);
  expect(page.match(/<svg/g)).toHaveLength(7);
  expect(qrSvg("https://yishi.example.cn", "x")).toMatch(/viewBox="0 0 33 33"/);
  expect(() => qrSvg("x".repeat(3000), "x")).toThrow();
});

test("[PA5] Markdown keeps tables, bold and lists", () => {
  const text = markdown(minutesPaper(minutes(), "zh-CN", closing));
  expect(text).toContain("# 宝源花园邻里议事厅第3次会议记录");
  expect(text).toContain("| 项目 | 元 |\n| --- | --- |\n| 水泵 | 86,000 |");
  expect(text).toContain("**赵强：**");
  expect(text).toContain("- 1\\. 先查勘");
  expect(text).toContain("[报告](<https://example.org/r>)");
});
