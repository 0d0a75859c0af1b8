// Records: whatever is changed after the freezing is found, and named.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { check, readRecord } from "../../app/papers/check";
import { canonical, sha256, wordsDigest } from "../../app/papers/digest";
import { faultWords } from "../../app/papers/fault-words";
import { maskName, maskNames, namesIn } from "../../app/papers/mask";
import { openShape, type RecordFile, said } from "../../app/papers/record";
import { fingerprintOf, groupsOf, open, printsOf, seal } from "../../app/papers/seal";
import { communityKey, fileOf, keyId, newKey, signStatement, withhold } from "../../app/papers/sign";
import { addendum, key, made, minutes, saltOf, signedFile, summary } from "../support/record";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
/** As a stranger reads it: from bytes. */
const checked = (value: unknown) => {
  const read = readRecord(bytesOf(value));
  return read.ok ? check(read.file) : read;
};
const copy = <T>(value: T): T => structuredClone(value);
const file = signedFile();
const mask = maskNames(namesIn(minutes()));
const withheld = withhold(file, mask, key, made);

test("[RC1] a frozen record opens again to what it was, and every leaf has a salt of its own", () => {
  for (const record of [minutes(), summary(), addendum({ id: "r1", fingerprint: "0".repeat(64) })]) {
    const frozen = seal(record, saltOf("x"));
    expect(openShape.safeParse(record).success).toBe(true);
    expect(open(frozen)).toEqual(record);
    expect(Object.keys(frozen.words).length).toBe(groupsOf(frozen.content).flatMap((group) => group.leaves).length);
    expect(JSON.stringify(frozen.content)).not.toContain("王秀英");
  }
  const odd = seal({ ...minutes(), items: [], community: { id: "c", name: said("half \ud83d a pair") } }, saltOf("x"));
  expect(open(odd).community.name.said).toBe("half \ufffd a pair");
});

test("[RC1] the fingerprint can be made from docs/record.md alone", () => {
  const places: [string, string][] = [];
  const walk = (value: Json, place: string[]) => {
    const object = (v: Json): v is { [key: string]: Json } => typeof v === "object" && v !== null && !Array.isArray(v);
    const whole = place[place.length - 2] === "nodes" || (object(value) && "w" in value);
    if (!whole && Array.isArray(value) && value.length > 0 && value.every(object)) for (const [n, each] of value.entries()) walk(each, [...place, `${n}`]);
    else if (!whole && object(value) && Object.keys(value).length > 0)
      for (const name of Object.keys(value).sort()) walk(value[name] ?? null, [...place, name]);
    else places.push([place.join("/"), sha256(canonical(value))]);
  };
  walk(file.content as Json, []);
  expect(places).toEqual(file.prints);
  expect(sha256(canonical(places))).toBe(file.fingerprint);
});

test("[RC2] a sound file says who signed, since when it is in force, and with which seal", () => {
  expect(checked(file)).toMatchObject({
    ok: true,
    kind: "minutes",
    keyId: keyId(key.publicKey),
    signed: [
      { ref: "p1", name: "王秀英" },
      { ref: "p2", name: "李明" },
    ],
    unsigned: [],
    withheld: 0,
    addenda: 2,
  });
  expect(checked(signedFile(summary()))).toMatchObject({ ok: true, kind: "summary" });
  expect(keyId(key.publicKey)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
});

/** Every place where one thing of a file can be changed, removed, doubled, exchanged or put in. */
type Change = { path: (string | number)[]; how: "leaf" | "remove" | "add" | "double" | "swap" };
function changesOf(value: Json, path: (string | number)[] = []): Change[] {
  if (value === null || typeof value !== "object") return [{ path, how: "leaf" }];
  const inner = Array.isArray(value)
    ? value.flatMap((each, n) => changesOf(each, [...path, n]))
    : Object.entries(value).flatMap(([k, v]) => changesOf(v, [...path, k]));
  const removals: Change[] = Array.isArray(value)
    ? value.flatMap((_, n): Change[] => [
        { path: [...path, n], how: "remove" },
        { path: [...path, n], how: "double" },
        ...(n > 0 ? [{ path: [...path, n], how: "swap" as const }] : []),
      ])
    : Object.keys(value).map((k): Change => ({ path: [...path, k], how: "remove" }));
  return [...inner, ...removals, { path, how: "add" }];
}
const flipHex = (text: string) => (text.startsWith("0") ? "1" : "0") + text.slice(1);
function leafAfter(value: Json, seed: number): Json {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return [value + 1, 0, value === 0 ? 7 : -value][seed % 3] ?? 0;
  if (value === null) return ["p1", 0, "2026-01-01T00:00:00.000Z", "0".repeat(64)][seed % 4] ?? "";
  if (typeof value !== "string") return value;
  if (/^[0-9a-f]{16,}$/.test(value)) return flipHex(value);
  return [`${value}。`, value.slice(1), null, value.replace(/\d/, (d) => String((Number(d) + 1) % 10)), value.replace(/^p\d$/, "p2")][seed % 5] ?? null;
}
function changed(file: unknown, { path, how }: Change, seed: number): unknown {
  const after = copy(file) as Json;
  let parent = after as { [key: string]: Json };
  for (const name of path.slice(0, -1)) parent = parent[name] as { [key: string]: Json };
  const last = path.at(-1);
  const at = last === undefined ? (after as { [key: string]: Json }) : parent;
  const list = Array.isArray(parent) ? (parent as Json[]) : null;
  if (how === "add") {
    const target = last === undefined ? at : (parent[last] as { [key: string]: Json } | Json[]);
    if (Array.isArray(target)) target.push(target[0] ?? { said: "x" });
    else (target as { [key: string]: Json }).extra = "x";
  } else if (last === undefined) return after;
  else if (how === "leaf") parent[last] = leafAfter(parent[last] ?? null, seed);
  else if (how === "remove") {
    if (list) list.splice(Number(last), 1);
    else delete parent[last];
  } else if (list) {
    const n = Number(last);
    if (how === "double") list.splice(n, 0, copy(list[n] ?? null));
    else [list[n - 1], list[n]] = [list[n] ?? null, list[n - 1] ?? null];
  }
  return after;
}

const altered = (change: (file: RecordFile) => unknown, from: RecordFile = file) => {
  const after = copy(from);
  change(after);
  const found = checked(after);
  return found.ok ? found : { ...found, zh: faultWords("zh-CN", found), en: faultWords("en", found) };
};

describe("[RC3] no single change goes unnoticed", () => {
  for (const [name, original] of [
    ["whole", file],
    ["withheld", withheld],
  ] as const) {
    const all = changesOf(original as unknown as Json).filter((change) => change.path.length > 0 || change.how === "add");
    test(`in a ${name} file, wherever it is and whatever it is`, () => {
      expect(checked(original).ok).toBe(true);
      fc.assert(
        fc.property(fc.constantFrom(...all), fc.nat(59), (change, seed) => {
          const after = changed(original, change, seed);
          if (canonical(after) === canonical(original)) return;
          const found = checked(after);
          expect(found.ok, `${change.how} ${change.path.join("/")}`).toBe(false);
          if (!found.ok) for (const locale of ["zh-CN", "en"] as const) expect(faultWords(locale, found).length).toBeGreaterThan(5);
        }),
        { numRuns: 400 },
      );
    });
  }

  test("words that belong nowhere, a list of fingerprints made anew, a key exchanged for another", () => {
    const salt = saltOf("extra")("x");
    expect(altered((f) => Object.assign(f.words, { [wordsDigest(salt, "more")]: { salt, text: "more" } }))).toMatchObject({ fault: "wordsExtra" });
    const anew = (f: RecordFile) => {
      f.content.quorum.present = 6;
      f.prints = printsOf(f.content);
    };
    expect(altered(anew)).toMatchObject({ fault: "prints" });
    const print = (f: RecordFile) => {
      anew(f);
      f.fingerprint = fingerprintOf(f.prints);
    };
    expect(altered(print)).toMatchObject({ fault: "signatureOther", place: "signatures/0" });
    const { publicKey } = communityKey(newKey());
    expect(altered((f) => Object.assign(f.key, { publicKey }))).toMatchObject({ fault: "key" });
    expect(altered((f) => Object.assign(f.key, { publicKey, id: keyId(publicKey) }))).toMatchObject({ fault: "signatureForged" });
  });

  test("in files of random words and order", () => {
    const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 2, maxLength: 6 }),
        fc.array(fc.nat(40), { minLength: 3, maxLength: 3 }),
        fc.nat(1_000_000),
        fc.nat(59),
        (texts, counts, pick, seed) => {
          const record = minutes();
          const item = record.items[0];
          if (!item) return;
          item.nodes = texts.map((each) => ({ kind: "paragraph", runs: [{ text: said(each), bold: false, href: null }] }));
          item.minutes = counts[0] ?? 0;
          const made = signedFile(record, String(pick));
          expect(open(made)).toEqual({ ...record, items: record.items });
          const all = changesOf(made as unknown as Json).filter((change) => change.path.length > 0);
          const change = all[pick % all.length];
          if (!change) return;
          const after = changed(made, change, seed);
          if (canonical(after) !== canonical(made)) expect(checked(after).ok, `${change.how} ${change.path.join("/")}`).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("[RC4] the first altered place is named in a sentence", () => {
  const item = (f: RecordFile) => {
    const first = f.content.kind === "minutes" ? f.content.items[0] : undefined;
    if (!first) throw new Error("These minutes have no item.");
    return first;
  };
  test("a paragraph", () => {
    const found = altered((f) => {
      const node = item(f).nodes[1];
      const run = node?.kind === "paragraph" ? node.runs[0] : undefined;
      const word = run && f.words[run.text.w];
      if (word && "text" in word) word.text = "会议认为不行，";
    });
    expect(found).toMatchObject({ fault: "words", place: "items/0/nodes/1/runs/0/text", zh: "议程第1项，第2段：这里的文字和定稿时不一样。" });
    expect(found).toMatchObject({ en: "Item 1, paragraph 2: the words are not those of when the record was frozen." });
  });
  test("a count", () => {
    const found = altered((f) => {
      const count = item(f).votes[0]?.counts.owners;
      if (count) count.for = 9;
    });
    expect(found).toMatchObject({ fault: "altered", zh: "议程第1项，第1次表决，票数，居民，同意：这里和定稿时不一样。" });
  });
  test("somebody gone from the list", () =>
    expect(altered((f) => f.content.people.pop())).toMatchObject({ fault: "missing", zh: expect.stringContaining("名单第7人") }));
  test("a name", () =>
    expect(altered((f) => Object.assign(f.content.people[2]?.name ?? {}, file.content.people[3]?.name))).toMatchObject({
      fault: "altered",
      zh: expect.stringContaining("名单第3人，名称"),
    }));
  test("what stands nowhere in the format", () =>
    expect(altered((f) => Object.assign(f.content.meeting, { note: "x" }))).toMatchObject({
      fault: "keyAdded",
      place: "meeting/note",
      zh: expect.stringMatching(/，note：这个名目是加进来的，定稿里没有。$/),
    }));
  test("what was put in is named wherever it stands, and what it is called moves no cursor", () => {
    expect(altered((f) => Object.assign(f, { 备注: 1 }))).toMatchObject({ fault: "keyAdded", zh: expect.stringContaining("“备注”") });
    expect(altered((f) => Object.assign(f.content.people[0] ?? {}, { "a/b\u001b[2J": 1 }))).toMatchObject({
      fault: "keyAdded",
      zh: expect.stringContaining("“a\u2215b[2J”"),
    });
    const extra = wordsDigest("s", "more");
    expect(altered((f) => Object.assign(f.words, { [extra]: { salt: "s".repeat(22), text: "x" } }))).toMatchObject({ place: expect.stringContaining("words") });
  });
});

describe("[RC5] signatures belong to one record, one round, one order", () => {
  const other = signedFile({ ...minutes(), id: "r2" }, "b");
  const again = signedFile({ ...minutes(), round: 2 }, "a");
  test("one of another record", () =>
    expect(altered((f) => f.signatures.splice(0, 1, ...other.signatures.slice(0, 1)))).toMatchObject({ fault: "signatureOther", place: "signatures/0" }));
  test("one of an earlier round", () => expect(altered((f) => f.signatures.splice(0, 2, ...again.signatures))).toMatchObject({ fault: "signatureOther" }));
  test("in another order", () =>
    expect(altered((f) => f.signatures.reverse())).toMatchObject({ fault: "signatureOrder", zh: "第1个签名：签名的先后不对，中间有缺的，或者调换过。" }));
  test("the last one gone", () => expect(altered((f) => f.signatures.pop())).toMatchObject({ fault: "coverSignatures", place: "signatures" }));
  test("another mark", () => expect(altered((f) => Object.assign(f.signatures[0]?.mark ?? {}, { text: "王秀兰" }))).toMatchObject({ fault: "signatureMark" }));
  test("marks exchanged", () =>
    expect(altered((f) => f.signatures.map((s, n) => Object.assign(s, { mark: file.signatures[1 - n]?.mark })))).toMatchObject({ fault: "signatureMark" }));
  test("by a stranger, or with a strange key", () => {
    const frozen = seal(minutes(), saltOf("a"));
    const by = (signer: string) => ({ signer, office: "chair", at: made, mark: { kind: "typed" as const, text: "x" }, salt: saltOf("a")("m") });
    const after = { adoptedAt: null, anchor: null, addenda: [] };
    const stranger = communityKey(newKey());
    expect(checked(fileOf(frozen, { ...after, signatures: [signStatement(key, frozen, by("p99"), [])] }, key, made))).toMatchObject({
      fault: "signatureStranger",
    });
    expect(checked(fileOf(frozen, { ...after, signatures: [signStatement(stranger, frozen, by("p1"), [])] }, key, made))).toMatchObject({
      fault: "signatureForged",
    });
    const one = signStatement(key, frozen, by("p1"), []);
    expect(checked(fileOf(frozen, { ...after, signatures: [one, signStatement(key, frozen, by("p1"), [one])] }, key, made))).toMatchObject({
      fault: "signatureTwice",
    });
    expect(checked(fileOf(frozen, { ...after, signatures: [one] }, key, made))).toMatchObject({
      ok: true,
      unsigned: [{ ref: "p2", name: "李明" }],
      adoptedAt: null,
    });
    expect(checked(fileOf(frozen, { ...after, adoptedAt: made, signatures: [one] }, key, made))).toMatchObject({ fault: "adoptedUnsigned" });
    expect(keyId(stranger.publicKey)).not.toBe(keyId(key.publicKey));
  });
});

describe("[RC6] what came after the freezing is held by the cover", () => {
  test("an addendum gone", () =>
    expect(altered((f) => f.addenda.pop())).toMatchObject({ fault: "coverAddenda", zh: "补记：补记和封面上记的不一样，有缺的、多的，或者调换过。" }));
  test("addenda exchanged", () => expect(altered((f) => f.addenda.reverse())).toMatchObject({ fault: "coverAddenda" }));
  test("an addendum to another record", () => {
    const other = signedFile({ ...minutes(), id: "r2" }, "b");
    expect(altered((f) => f.addenda.splice(0, 1, ...other.addenda.slice(0, 1)))).toMatchObject({ fault: "addendumOther", place: "addenda/0" });
  });
  test("words of an addendum", () => {
    const found = altered((f) => {
      const content = f.addenda[1]?.content;
      const word = content?.kind === "addendum" ? f.addenda[1]?.words[content.paragraphs[0]?.w ?? ""] : undefined;
      if (word && "text" in word) word.text += "！";
    });
    expect(found).toMatchObject({ fault: "words", place: "addenda/1/paragraphs/0", zh: "第2份补记，第1段：这里的文字和定稿时不一样。" });
  });
  test("another time of adoption, another place in the log", () => {
    expect(altered((f) => Object.assign(f, { adoptedAt: made }))).toMatchObject({ fault: "coverAdopted" });
    expect(altered((f) => Object.assign(f, { anchor: null }))).toMatchObject({ fault: "coverAnchor" });
  });
  test("the cover of an older copy", () => {
    const older = fileOf(seal(minutes(), saltOf("a")), { signatures: [], adoptedAt: null, anchor: null, addenda: [] }, key, made);
    expect(altered((f) => Object.assign(f, { cover: older.cover }))).toMatchObject({ fault: "coverSignatures" });
  });
});

describe("[RC7] a copy with words withheld still checks", () => {
  test("names, telephones and dwellings are gone from it, marks too", () => {
    const found = checked(withheld);
    expect(found).toMatchObject({ ok: true, fingerprint: file.fingerprint });
    const text = JSON.stringify(withheld);
    for (const name of ["王秀英", "李明", "陈芳", "赵强", "刘桂兰", "欧阳建国", "13812341234", "2单元501"]) expect(text).not.toContain(name);
    for (const shown of ["王**", "138****1234", "3栋***", "二次供水改造"]) expect(text).toContain(shown);
    expect(withheld.signatures.map(({ mark }) => mark)).toEqual([
      { kind: "typed", masked: "王**" },
      { kind: "drawn", masked: "李**" },
    ]);
  });
  test("what somebody typed as their mark is gone too, though it is not their name as the list has it", () => {
    const frozen = seal(minutes(), saltOf("b"));
    const by = { signer: "p1", office: "chair", at: made, mark: { kind: "typed" as const, text: "秀英大姐" }, salt: saltOf("b")("mark") };
    const whole = fileOf(frozen, { signatures: [signStatement(key, frozen, by, [])], adoptedAt: null, anchor: null, addenda: [] }, key, made);
    const shown = withhold(whole, mask, key, made);
    expect(checked(shown)).toMatchObject({ ok: true });
    expect(JSON.stringify(shown)).not.toContain("秀英");
    expect(shown.signatures.map(({ mark }) => mark)).toEqual([{ kind: "typed", masked: "王**" }]);
  });
  test("a name half in bold is one name", () => {
    const record = open(withheld);
    const node = record.kind === "minutes" ? record.items[0]?.nodes[1] : undefined;
    expect(node?.kind === "paragraph" ? node.runs.map((run) => run.text.said) : []).toEqual(["会议认为，", "王**", "提出的办法可行，见", "报告"]);
  });
  test("nobody else can put words into a copy by withholding the true ones", () => {
    const [w = ""] = Object.keys(file.words);
    expect(altered((f) => Object.assign(f.words, { [w]: { masked: "反对" } }))).toMatchObject({ fault: "coverWithheld" });
    const [hidden = ""] = Object.entries(withheld.words).find(([, word]) => "masked" in word) ?? [];
    expect(altered((f) => Object.assign(f.words, { [hidden]: { masked: "张**" } }), withheld)).toMatchObject({ fault: "coverWithheld" });
    expect(altered((f) => Object.assign(f.signatures[0]?.mark ?? {}, { masked: "张**" }), withheld)).toMatchObject({ fault: "coverWithheld" });
  });
  test("withholding twice withholds once", () => expect(withhold(withheld, mask, key, made)).toEqual(withheld));
});

test("[RC8] a name with a hyphen, or any sign, is masked like another", () => {
  expect(maskNames(["Anne-Marie Wang", "A. (Bo) Li/Su"])(["Anne-Marie Wang spoke, then A. (Bo) Li/Su"])).toEqual(["A** spoke, then A**"]);
});
test("[RC11] a file an editor saved with a byte order mark reads as it did", () => {
  const text = JSON.stringify(file);
  expect(readRecord(new TextEncoder().encode(`\ufeff${text}`))).toMatchObject({ ok: true });
  expect(readRecord(new TextEncoder().encode(`\ufeff\ufeff${text}`))).toMatchObject({ fault: "notJson" });
});
test("[RC11] what is not JSON is named by line and column, wherever it breaks", () => {
  const where = (text: string) => {
    const read = readRecord(new TextEncoder().encode(text));
    return "at" in read && read.at ? [read.at.line, read.at.column] : null;
  };
  expect(
    ["", "no", '{"a":1,}', '{\n  "a": 1\n  "b": 2\n}', "[1,\n 2", '{"a" 1}', "[1]]", '{"a":"x\ny"}', '["水" 1]', "[01]", "{a:1}", "[1,]"].map(where),
  ).toEqual([null, [1, 1], [1, 8], [3, 3], [2, 3], [1, 6], [1, 4], [1, 6], [1, 6], [1, 3], [1, 2], [1, 4]]);
  const pretty = JSON.stringify(file, null, 2).replace('"timeZone": "', '"timeZone": ');
  const line = pretty.split("\n").findIndex((each) => each.includes('"timeZone": Asia')) + 1;
  const read = readRecord(new TextEncoder().encode(pretty));
  expect(read).toMatchObject({ fault: "notJson", at: { line } });
  expect(!read.ok && faultWords("zh-CN", read)).toContain(`第${line}行`);
  expect(!read.ok && faultWords("en", read)).toContain(`line ${line}`);
});
test("[RC11] no place of a record is named in another language than its reader's", () => {
  const names = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) walk(each);
    else if (typeof value === "object" && value !== null)
      for (const [key, each] of Object.entries(value)) {
        names.add(key);
        walk(each);
      }
  };
  walk(minutes());
  walk(summary());
  walk(file.signatures);
  walk(file.cover);
  const raw = [...names].filter((name) => name !== "said" && /[A-Za-z]/.test(faultWords("zh-CN", { ok: false, place: name, fault: "altered" })));
  expect(raw).toEqual([]);
});
test("[RC8] a masked name keeps nothing that tells building or flat: of an office there its name alone", () => {
  const masked = [
    ["王秀英", "王**"],
    ["欧阳 建国", "欧**"],
    ["Wang Xiuying", "W**"],
    ["党支部书记", "党**"],
    ["5号楼楼栋长", "某楼栋长"],
    ["７号楼楼栋长", "某楼栋长"],
    ["十二号楼楼栋长", "某楼栋长"],
    ["7栋501住户", "某住户"],
    ["7栋2单元501室业主", "某业主"],
    ["3栋501室", "***"],
    ["5-2-301", "***"],
    ["Head of building 5", "H**"],
    ["5 North Gate", "***"],
    ["", "**"],
  ] as const;
  expect(masked.map(([name]) => [name, maskName(name)])).toEqual(masked);
  expect(maskNames(["5号楼楼栋长", "7号楼楼栋长"])(["反对：5号楼楼栋长。", "7号楼楼栋长：24户里19户"])).toEqual(["反对：某楼栋长。", "某楼栋长：24户里19户"]);
});
test("[RC8] masks know names however they are spaced, and leave house numbers alone", () => {
  const one = (text: string) => maskNames(["王秀英", "Wang Li", "李"])([text])[0];
  expect(one("王 秀英和WANG  LI说")).toBe("王**和W**说");
  expect(one("wang lily, Wang Li.")).toBe("wang lily, W**.");
  expect(one("138-1234-1234，010-62341234，110101195001011234")).toBe("138****1234，010-****1234，110****");
  expect(one("1381234123456")).toBe("1381234123456");
  expect(one("3栋2单元501室、3栋501室、3-2-501")).toBe("3栋***、3栋***、3-***");
  expect(one("21栋建于1997年，7号楼楼栋长，2026-0147，2026-03-26，李子")).toBe("21栋建于1997年，7号楼楼栋长，2026-0147，2026-03-26，李子");
  expect(one("Building 3, Unit 2, Flat 501; Apt. 12B")).toBe("Building 3 ***; ***");
  expect(one("7栋602李小明家漏到我家301，13栋1单元302、3号楼402王家，住1-302")).toBe("7栋***李小明家漏到我家***，13栋***、3号楼***王家，住1-***");
  expect(one("7栋２０３、302室、楼上 802吵")).toBe("7栋***、***、楼上***吵");
  expect(one("7栋2026年换了120盏灯，7栋500元，2026-0147，3-5人，010-12345，7号楼2026年")).toBe(
    "7栋2026年换了120盏灯，7栋500元，2026-0147，3-5人，010-12345，7号楼2026年",
  );
  expect(maskNames(["王秀英", "王秀英子"])(["王", "秀英", "子来了"])).toEqual(["王**", "", "来了"]);
});

describe("[RC9] a hostile file is refused with one reason", () => {
  const read = (text: string) => readRecord(new TextEncoder().encode(text));
  const text = JSON.stringify(file);
  test.each([
    ["not JSON", "no", "notJson"],
    ["empty", "", "notJson"],
    ["nested without end", "[".repeat(100_000), "tooDeep"],
    ["a list", "[]", "otherFormat"],
    ["another format", text.replace("yishi-record/1", "yishi-record/2"), "otherFormat"],
    ["a prototype", text.replace('"format"', '"__proto__":{"a":1},"format"'), "strangeKey"],
    ["a key twice", text.replace('"format"', '"adoptedAt":null,"format"'), "strangeText"],
    ["a figure written otherwise", text.replace('"position":3', '"position":3.0'), "strangeText"],
    ["a figure in two pieces", text.replace('"position":3', '"position": 3 1'), "notJson"],
    ["a letter written otherwise", text.replace("二次", "\\u4e8c次"), "strangeText"],
  ])("%s", (_, bad, fault) => expect(read(bad)).toMatchObject({ ok: false, fault }));
  test("bytes that are no text, and too many of them", () => {
    expect(readRecord(new Uint8Array([0x22, 0xff, 0x22]))).toMatchObject({ fault: "notJson" });
    expect(readRecord(new Uint8Array(50 * 1024 * 1024 + 1))).toMatchObject({ fault: "tooLarge" });
  });
  test("white space between its signs changes nothing", () => expect(read(JSON.stringify(file, null, 2))).toMatchObject({ ok: true }));
  test("words that differ only in half characters are told apart", () => {
    const [w = ""] = Object.keys(file.words);
    expect(wordsDigest("s", "\ud800")).toBe(wordsDigest("s", "\ufffd"));
    expect(altered((f) => Object.assign(f.words[w] ?? {}, { text: "\ud800" }))).toMatchObject({ fault: "shape" });
  });
});

describe("[RC10] npm run verify-record", () => {
  const dir = mkdtempSync(join(tmpdir(), "yishi-record-"));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const run = (value: unknown, ...args: string[]) => {
    const path = join(dir, "r.json");
    writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
    const root = join(import.meta.dirname, "../..");
    const done = spawnSync(process.execPath, [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, "scripts/verify-record.ts"), path, ...args], {
      encoding: "utf8",
      cwd: dir,
    });
    return { code: done.status, said: done.stdout + done.stderr };
  };
  test("says what was checked, and to compare the seal", () => {
    const { code, said } = run(withheld);
    expect(said).toContain("没有改过");
    expect(said).toContain(`印章编号：${keyId(key.publicKey)}`);
    expect(said).toContain("王**已签名（主持人，2026年3月28日08:00）");
    expect(code).toBe(0);
    expect(run(file, "--lang", "en", "--key", keyId(key.publicKey).toLowerCase()).said).toContain("the one you gave");
  });
  test("ends with 1 for another seal or an altered file, 2 for no record", () => {
    expect(run(file, "--key", "AAAA-AAAA-AAAA-AAAA")).toMatchObject({ code: 1, said: expect.stringContaining("不一样") });
    expect(run({ ...file, adoptedAt: null }, "--lang", "en")).toMatchObject({
      code: 1,
      said: expect.stringContaining("Time of adoption: the cover names another time."),
    });
    expect(run("{}")).toMatchObject({ code: 2 });
    expect(run(file, "--what")).toMatchObject({ code: 2, said: expect.stringContaining("npm run verify-record") });
  });
});
