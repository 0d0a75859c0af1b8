// Tables for a spreadsheet: nothing in them calculates, and they read back as they were.
import fc from "fast-check";
import { expect, test } from "vitest";
import { cell, csv } from "../../app/papers/csv";

/** RFC 4180 read by the letter. */
function read(file: string): string[][] {
  const rows: string[][] = [[]];
  let at = file.startsWith("\ufeff") ? 1 : 0;
  while (at < file.length) {
    let value = "";
    if (file[at] === '"') {
      for (at++; ; at++) {
        if (file[at] !== '"') value += file[at];
        else if (file[at + 1] === '"') {
          value += '"';
          at++;
        } else break;
      }
      at++;
    } else while (at < file.length && file[at] !== "," && file[at] !== "\r") value += file[at++];
    rows.at(-1)?.push(value);
    if (file[at] === ",") {
      at++;
      if (at === file.length || file[at] === "\r") rows.at(-1)?.push("");
    }
    if (file[at] === "\r") {
      expect(file[at + 1]).toBe("\n");
      at += 2;
      if (at < file.length) rows.push([]);
    }
  }
  return rows;
}

test("[RT12] commas, quotes and line ends come back as they were; every line ends with CR LF", () => {
  const rows = [
    ["a,b", 'say "no"', "two\nlines", "", "plain"],
    ["1", "-3.5", "94.1%", "水", "end"],
  ];
  const file = csv(rows);
  expect(file.startsWith("\ufeff")).toBe(true);
  expect(file.endsWith("\r\n")).toBe(true);
  expect(read(file)).toEqual(rows);
});

test("[RT12] what a spreadsheet would calculate is words; numbers stay numbers", () => {
  for (const bad of ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1", "＠x", "|cmd", "%0A=1"])
    expect(cell(bad).replace(/^"/, "").startsWith("'"), JSON.stringify(bad)).toBe(true);
  for (const fine of ["-3", "-3.5", "2026-0147", "7号楼", "94.1%", ""]) expect(cell(fine)).toBe(fine);
});

test("[RT12] whatever was written, every cell is read back, and none begins with a formula's sign", () => {
  const text = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: fc.constantFrom("=", "+", "-", "@", ",", '"', "\n", "\r", "\t", "a", "1", "＝", "\u2028", "\ud800"), maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
      const back = read(csv(rows));
      expect(back.map((r) => r.length)).toEqual(rows.map((r) => r.length));
      for (const value of back.flat()) if (!/^-?\d+(\.\d+)?$/.test(value)) expect(value).not.toMatch(/^[\s]*[=+\-@＝＋－＠]/u);
    }),
    { numRuns: 500 },
  );
});
