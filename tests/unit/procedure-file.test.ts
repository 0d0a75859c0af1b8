// A procedure file with something wrong in it is refused in one sentence: file, line, what to do.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, describe, expect, test } from "vitest";
import { migrate } from "../../app/data/migrate.server";
import { installProcedures, readProcedure } from "../../app/data/procedures.server";
import { figuresOf, type Procedure, withFigures } from "../../app/domain/procedure";
import { refusedFor } from "../support/given";

const shipped = join(import.meta.dirname, "../../prisma/procedures");
const scratch = mkdtempSync(join(tmpdir(), "yishi-procedures-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const text = `code: short
version: 1
title: { zh: "短", en: "Short" }
about: { zh: "短的", en: "A short one" }
stages:
  - code: meeting
    title: { zh: "会", en: "meeting" }
    bodies: [council]
    rules:
      - id: "1.1"
        kind: notice
        days: 3
        text: { zh: "提前{days}天", en: "{days} days" }
        source: { zh: "本社区定", en: "ours" }
      - id: "1.2"
        kind: pass
        base: present
        share: { numerator: 1, denominator: 2, strict: true }
        text: { zh: "超过{numerator}/{denominator}", en: "more than {numerator}/{denominator}" }
        source: { zh: "本社区定", en: "ours" }
`;
const bombs = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\n${text}`;
const changed = (from: string, to: string) => text.replace(from, to);
/** What is wrong, the line it must name, and a word of the remedy. */
const wrong: [string, string, number, RegExp][] = [
  ["broken YAML", changed('title: { zh: "短"', 'title: { zh: "短'), 3, /Mend the line/],
  ["a tab for an indent", changed("    rules:", "\trules:"), 9, /Mend the line/],
  ["a key given twice", changed("version: 1", "version: 1\nversion: 2"), 3, /Mend the line/],
  ["a figure out of range", changed("days: 3", "days: 61"), 12, /whole number from 1 to 60/],
  ["a figure below the range", changed("days: 3", "days: -1"), 12, /whole number from 1 to 60/],
  ["half a day", changed("days: 3", "days: 2.5"), 12, /whole number/],
  ["a figure in words", changed("days: 3", 'days: "three"'), 12, /whole number/],
  ["no figure", changed("        days: 3\n", ""), 10, /whole number/],
  ["a share over one", changed("numerator: 1, denominator: 2", "numerator: 3, denominator: 2"), 18, /part of the whole/],
  ["more than all of it", changed("numerator: 1, denominator: 2", "numerator: 2, denominator: 2"), 18, /part of the whole/],
  ["nothing to divide by", changed("denominator: 2", "denominator: 0"), 18, /whole number from 1/],
  ["an unknown key", changed("days: 3", "days: 3\n        dayz: 4"), 10, /dayz/],
  ["an unknown kind", changed("kind: notice", "kind: notise"), 11, /one of these kinds: notice, lateItems, quorum/],
  ["an unknown kind of body", changed("[council]", "[counsil]"), 8, /council/],
  ["a number given twice", changed('id: "1.2"', 'id: "1.1"'), 10, /two rules of this stage have one number/],
  [
    "a kind given twice",
    changed("kind: pass\n        base: present\n        share: { numerator: 1, denominator: 2, strict: true }", "kind: notice\n        days: 4"),
    10,
    /two rules of this stage are of one kind/,
  ],
  ["a number that is none", changed('id: "1.2"', "id: 1.2"), 15, /figures and dots in quotes/],
  ["a publication without days", changed("[council]", "[]"), 10, /rule of kind post/],
  ["a wording without English", changed(', en: "more than {numerator}/{denominator}"', ""), 19, /text\.en/],
  ["a source without words", changed('source: { zh: "本社区定"', 'source: { zh: ""'), 14, /source\.zh/],
  ["a code that is none", changed("code: short", "code: Short-One"), 1, /letters and figures/],
  [
    "members turned round",
    changed("kind: notice\n        days: 3", "kind: members\n        least: 9\n        most: 5\n        odd: true"),
    13,
    /at least as many/,
  ],
  ["no file at all", "", 1, /the file/],
  ["a list", "- a\n- b\n", 1, /the file/],
  ["aliases that multiply", bombs, 2, /\*a stands for something written elsewhere/],
  ["two documents", `${text}---\n${text}`, 21, /Mend the line/],
  ["an unknown tag", changed("days: 3", "days: !secret 3"), 12, /Mend the line/],
];

describe("[PR14] a wrong file is refused with file, line and remedy", () => {
  test("the one they are changed from is right", () => expect(readProcedure(text, "short.yaml").stages[0]?.rules).toHaveLength(2));
  for (const [what, content, line, remedy] of wrong)
    test(what, () => {
      let said = "";
      try {
        readProcedure(content, "short.yaml");
      } catch (error) {
        said = (error as Error).message;
      }
      expect(said).toMatch(new RegExp(`^short\\.yaml, line ${line}: `));
      expect(said).toMatch(remedy);
      expect(said).not.toContain("\n");
      expect(said).toMatch(/\.$/);
    });
  test("a file too large to be one", () => {
    expect(() => readProcedure(`${text}# ${"x".repeat(300_000)}`, "short.yaml")).toThrow(/^short\.yaml, line 1: .*256 kB/);
  });
});

describe("[PR14] a version is written once", () => {
  const book = () => {
    const sqlite = new Database(":memory:");
    migrate(sqlite, join(shipped, "../migrations"));
    return sqlite;
  };
  test("the shipped files are laid in, and laying them in again changes nothing", () => {
    const sqlite = book();
    installProcedures(sqlite, shipped);
    const rows = () => sqlite.prepare("SELECT * FROM Procedure ORDER BY code").all();
    const before = rows();
    installProcedures(sqlite, shipped);
    expect(rows()).toEqual(before);
    expect(before).toHaveLength(6);
  });
  test("a changed file under a version that is there stops the start; under a new version it stands beside", () => {
    const sqlite = book();
    const dir = join(scratch, "changed");
    cpSync(shipped, dir, { recursive: true });
    installProcedures(sqlite, dir);
    const path = join(dir, "urgent.yaml");
    const other = readFileSync(path, "utf8").replace("days: 7", "days: 8");
    writeFileSync(path, other);
    expect(() => installProcedures(sqlite, dir)).toThrow(/^urgent\.yaml, line 1: version 2 of urgent is in use with other rules\. Raise its version/);
    writeFileSync(path, other.replace("version: 2", "version: 3"));
    installProcedures(sqlite, dir);
    expect(sqlite.prepare("SELECT version FROM Procedure WHERE code = 'urgent' ORDER BY version").pluck().all()).toEqual([2, 3]);
  });
  test("nothing of a folder is laid in when one of its files is wrong", () => {
    const sqlite = book();
    const dir = join(scratch, "half");
    cpSync(shipped, dir, { recursive: true });
    writeFileSync(join(dir, "zzz.yaml"), changed("days: 3", "days: 99"));
    expect(() => installProcedures(sqlite, dir)).toThrow(/^zzz\.yaml, line 12/);
    expect(sqlite.prepare("SELECT count(*) FROM Procedure").pluck().get()).toBe(0);
  });
});

describe("[PR17] a figure the law fixes", () => {
  const file = (name: string) => readProcedure(readFileSync(join(shipped, `${name}.yaml`), "utf8"), name);
  const change = (name: string, figures: Record<string, number>) => withFigures(file(name), { version: 9 }, figures);
  test("is refused below the law, with the rule and its source, and taken above it", () => {
    const below = change("ownersCommittee", { "meeting/1.2.days": 6 });
    expect(below.ok ? null : below.refusal).toMatchObject({
      code: "procedure.belowTheLaw",
      field: "meeting/1.2.days",
      params: { value: 6, ruleZh: "1.2 会议召开7日前公告会议内容和议程。", sourceEn: "Guiding Rules (2009), art. 38" },
    });
    expect(refusedFor(change("ownersCommittee", { "meeting/1.2.days": 8 }))).toBe("accepted");
    expect(refusedFor(change("ownersCommittee", { "meeting/1.1.least": 4 }))).toBe("procedure.belowTheLaw");
    expect(refusedFor(change("ownersCommittee", { "meeting/1.1.most": 12 }))).toBe("procedure.belowTheLaw");
    expect(refusedFor(change("ownersCommittee", { "meeting/1.1.least": 7, "meeting/1.1.most": 9 }))).toBe("accepted");
    for (const rule of ["review/3.1", "resolve/4.2"]) {
      const share = (numerator: number, denominator: number) =>
        refusedFor(change("fourTwo", { [`${rule}.numerator`]: numerator, [`${rule}.denominator`]: denominator }));
      expect([share(65, 100), share(4, 6), share(3, 4)]).toEqual(["procedure.belowTheLaw", "accepted", "accepted"]);
    }
  });
  test("a share of nobody is refused whatever the source", () => {
    expect(refusedFor(withFigures(readProcedure(text, "short.yaml"), { version: 2 }, { "meeting/1.2.numerator": 0 }))).toBe("procedure.figureOutOfRange");
  });
  test("half or less is no majority, and no day is no notice", () => {
    const pass = (numerator: number, denominator: number) =>
      refusedFor(change("fourParties", { "meeting/1.4.numerator": numerator, "meeting/1.4.denominator": denominator }));
    expect([pass(1, 100), pass(1, 2), pass(51, 100), pass(3, 4)]).toEqual(["procedure.noMajority", "procedure.noMajority", "accepted", "accepted"]);
    const strict = (numerator: number, denominator: number) =>
      refusedFor(change("threeLevel", { "council/1.5.numerator": numerator, "council/1.5.denominator": denominator }));
    expect([strict(1, 100), strict(49, 100), strict(1, 2), strict(2, 3)]).toEqual(["procedure.noMajority", "procedure.noMajority", "accepted", "accepted"]);
    expect(refusedFor(change("threeLevel", { "council/1.1.days": 0 }))).toBe("procedure.figureOutOfRange");
  });
});

describe("[PR13] a community's own figures", () => {
  const from = readProcedure(text, "short.yaml");
  const days = (p: Procedure) => p.stages[0]?.rules[0];
  const kept = (figures: Record<string, number>) => withFigures(from, { version: 2 }, figures);
  test("the figures of a rule can be changed within their range, its words and kind cannot", () => {
    const done = kept({ "meeting/1.1.days": 60 });
    expect(done.ok && done.value).toMatchObject({ version: 2, code: "short" });
    expect(done.ok && days(done.value)).toMatchObject({ days: 60 });
    expect(days(from)).toMatchObject({ days: 3 });
    const refused = kept({ "meeting/1.2.numerator": 1, "meeting/1.1.days": 61 });
    expect(refused.ok ? null : refused.refusal).toMatchObject({
      code: "procedure.figureOutOfRange",
      field: "meeting/1.1.days",
      params: { value: 61, least: "1", most: "60" },
    });
    for (const name of [
      "meeting/1.1.kind",
      "meeting/1.1.id",
      "meeting/1.3.days",
      "other/1.1.days",
      "meeting/1.1.constructor",
      "",
      "/",
      "meeting/1.2.strict",
      "meeting/1.2.share",
    ])
      expect([name, refusedFor(kept({ [name]: 1 }))]).toEqual([name, "procedure.noSuchFigure"]);
  });
  test("a figure the wording does not say stays: more than half is not two thirds", () => {
    const silent = readProcedure(changed("超过{numerator}/{denominator}", "过半数").replace("more than {numerator}/{denominator}", "a majority"), "short.yaml");
    expect(refusedFor(withFigures(silent, { version: 2 }, { "meeting/1.2.numerator": 1 }))).toBe("procedure.noSuchFigure");
    expect(silent.stages[0]?.rules.flatMap((rule) => figuresOf("meeting", rule)).map((f) => f.key)).toEqual(["days"]);
  });
  test("a share's two figures are changed together, in whatever order", () => {
    expect(refusedFor(kept({ "meeting/1.2.numerator": 3, "meeting/1.2.denominator": 4 }))).toBe("accepted");
    expect(refusedFor(kept({ "meeting/1.2.denominator": 4, "meeting/1.2.numerator": 3 }))).toBe("accepted");
    const over = kept({ "meeting/1.2.numerator": 4, "meeting/1.2.denominator": 4 });
    expect(over.ok ? null : over.refusal).toMatchObject({ code: "procedure.figuresDoNotFit", field: expect.stringMatching(/^meeting\/1\.2\./) });
  });
  test("every figure it offers can be given back as it is", () => {
    const figures = from.stages.flatMap((stage) => stage.rules.flatMap((rule) => figuresOf(stage.code, rule)));
    expect(figures.map((f) => f.name)).toEqual(["meeting/1.1.days", "meeting/1.2.numerator", "meeting/1.2.denominator"]);
    const same = kept(Object.fromEntries(figures.map((f) => [f.name, f.value])));
    expect(same.ok && { ...same.value, version: 1 }).toEqual(from);
  });
});
