// What a copy shows instead of names, telephone numbers and dwellings: 王**, 138****1234, 3栋***.
import type { OpenRecord } from "./record";

/** Shows texts that are read together (the runs of one paragraph) to somebody who may not read all of it. */
export type Mask = (texts: readonly string[]) => string[];

// A hyphen stands for itself outside a class, and may not be escaped there.
const escaped = (char: string) => char.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
const latin = /^[\p{Script=Latin}\p{M}\s.'’-]+$/u;
/** A name however it is spaced: 王 秀英 is 王秀英. Latin names only as whole words. */
function namePattern(name: string): RegExp {
  const parts = [...name.replace(/\s+/gu, "")].map(escaped).join("[\\s\\u200b·•]*");
  return latin.test(name) ? new RegExp(`(?<![\\p{Script=Latin}\\p{N}])${parts}(?![\\p{Script=Latin}\\p{N}])`, "giu") : new RegExp(parts, "gu");
}

type Rule = [RegExp, (match: RegExpExecArray) => string];
const group = (match: RegExpExecArray, n: number) => match[n] ?? "";
const digit = "[0-9０-９]";
const numbers: Rule[] = [
  // Identity cards before telephones: eleven of their digits would pass for one.
  [new RegExp(`(?<!${digit})(${digit}{3})${digit}{14}[0-9０-９xX](?!${digit})`, "gu"), (m) => `${group(m, 1)}****`],
  [new RegExp(`(?<!${digit})([1１][3-9３-９]${digit})[\\s-]?${digit}{4}[\\s-]?(${digit}{4})(?!${digit})`, "gu"), (m) => `${group(m, 1)}****${group(m, 2)}`],
  [new RegExp(`(?<!${digit})(0${digit}{2,3})[\\s-]?${digit}{3,4}(${digit}{4})(?!${digit})`, "gu"), (m) => `${group(m, 1)}-****${group(m, 2)}`],
];
const unit = "[0-9一二三四五六七八九十]{1,3}\\s*单元";
// 602 behind a building is a flat, but 2026年 and 500元 there are none.
const flat = `${digit}{3,4}(?![0-9０-９年元万米㎡平人户个件次块度位棵盏台部辆吨天])`;
const dwellings: Rule[] = [
  [
    new RegExp(
      `([0-9０-９]{1,3}\\s*(?:栋|幢|座|号楼|楼))[\\s-]*(?:${unit}[\\s-]*(?:[0-9０-９]{1,4}\\s*(?:室|户|房|号)?)?|[0-9０-９]{2,4}\\s*(?:室|户|房|号(?!楼))|${flat})`,
      "gu",
    ),
    (m) => `${group(m, 1)}***`,
  ],
  [new RegExp(`((?:[我他她]|咱|你|您|自)们?家|家住|楼上|楼下|隔壁|对门)\\s*${flat}`, "gu"), (m) => `${group(m, 1)}***`],
  [new RegExp(`(?<![0-9０-９A-Za-z-])${digit}{3,4}\\s*(?:室|房)`, "gu"), () => "***"],
  [/(?<![\d-])(\d{1,3})-\d{3,4}(?![\d-])/gu, (m) => `${group(m, 1)}-***`],
  [/(?<![\d-])(\d{1,3})-\d{1,2}-\d{3,4}(?![\d-])/gu, (m) => `${group(m, 1)}-***`],
  [/\b(Building \d{1,3}),? +(?:Unit \w{1,3},? +)?(?:Flat|Room|Apartment|Apt\.?) +\w{1,5}\b/giu, (m) => `${group(m, 1)} ***`],
  [/\b(?:Flat|Room|Apartment|Apt\.?) +\d\w{0,4}\b/giu, () => "***"],
];

// Where somebody's name is what they are in which building: 5号楼楼栋长, 七号楼楼栋长, 3栋2单元501住户, 5-301.
const places = /[0-9０-９]+\s*(?:号楼|号院|栋|幢|座|楼|单元|室|户(?!主|代)|房|号)?|[一二三四五六七八九十百]+\s*(?:号楼|号院|栋|幢|座|单元)|[\s–—-]/gu;
/** 王秀英 is 王**, Wang Xiuying is W**. Of an office in a building only the office stays: 5号楼楼栋长 is 某楼栋长, 3栋501室 is ***. */
export function maskName(name: string): string {
  const whole = name.trim();
  const office = whole.replace(places, "");
  const bare = whole.replace(/[\s–—-]/gu, "");
  if (office === bare || latin.test(office)) return /^[\p{N}]/u.test(whole) ? "***" : `${[...whole][0] ?? ""}**`;
  return /\p{Script=Han}/u.test(office) ? `某${office}` : "***";
}

type Span = { from: number; to: number; as: string };
function spansIn(text: string, rules: readonly Rule[]): Span[] {
  const spans: Span[] = [];
  for (const [pattern, as] of rules)
    for (const match of text.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length];
      // The first rule that takes a place has it: longer names come first.
      if (to > from && spans.every((s) => s.to <= from || s.from >= to)) spans.push({ from, to, as: as(match) });
    }
  return spans.sort((a, b) => a.from - b.from);
}

/** Masks the names given, telephone and identity numbers, and dwellings, even where one is spread over several runs. */
export function maskNames(names: readonly string[]): Mask {
  const known = [...new Set(names.map((name) => name.trim()))].filter((name) => [...name].length > 1).sort((a, b) => b.length - a.length);
  const rules: Rule[] = [...known.map((name): Rule => [namePattern(name), () => maskName(name)]), ...numbers, ...dwellings];
  return (texts) => {
    const spans = spansIn(texts.join(""), rules);
    let start = 0;
    return texts.map((text) => {
      const end = start + text.length;
      let shown = "";
      let at = start;
      for (const { from, to, as } of spans) {
        if (to <= start || from >= end) continue;
        shown += text.slice(at - start, Math.max(from, start) - start) + (from >= start ? as : "");
        at = Math.min(to, end);
      }
      shown += text.slice(at - start);
      start = end;
      return shown;
    });
  };
}

/** The names of everybody on a record's list. */
export const namesIn = (record: OpenRecord): string[] => record.people.map((person) => person.name.said);
