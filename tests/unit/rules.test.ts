// Every numbered rule is named by a test, and every number a test names is a rule.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const files = (dir: string): string[] => readdirSync(join(root, dir), { recursive: true, encoding: "utf8" }).map((name) => join(root, dir, name));
const rules = new Set([...readFileSync(join(root, "docs/rules.md"), "utf8").matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map((m) => m[1] ?? ""));
const spec = new Set([...readFileSync(join(root, "realtime/SPEC.md"), "utf8").matchAll(/^- \*\*(RT-[A-Z]+-\d+)\*\*/gm)].map((m) => m[1] ?? ""));
const live = new Set(
  files("tests")
    .filter((path) => /\.(test|spec)\.tsx?$|contract\.ts$/.test(path))
    .flatMap((path) => [...readFileSync(path, "utf8").matchAll(/\[(RT-[A-Z]+-\d+)\]/g)].map((m) => m[1] ?? "")),
);
const named = new Set(
  files("tests")
    .filter((path) => /\.(test|spec)\.tsx?$/.test(path))
    .flatMap((path) => [...readFileSync(path, "utf8").matchAll(/(?:test|it|describe|step)(?:\.\w+)?(?:\(\w+\))?\(\s*[`"']((?:\[[A-Z]{2}\d+\]\s*)+)/g)])
    .flatMap((match) => [...(match[1] ?? "").matchAll(/\[([A-Z]{2}\d+)\]/g)].map((m) => m[1] ?? "")),
);

test("every rule has a test", () => expect([...rules].filter((id) => !named.has(id))).toEqual([]));
test("every test's rule is written down", () => expect([...named].filter((id) => !rules.has(id))).toEqual([]));
test("every rule of the live server has a test, and every test's rule is written down", () => expect([...live].sort()).toEqual([...spec].sort()));
