// Which of a meeting's rules are kept, as its page says.
import { expect, test } from "vitest";
import type { Rule } from "../../app/domain/procedure";
import { keptNow } from "../../app/views/procedures";
import { item, meeting, monday, terms } from "../support/given";

test("[PR2] what came late and is marked so breaks no rule; a notice that reached nobody in time does", () => {
  const { rules } = terms({ kind: "notice", days: 3 }, { kind: "lateItems" });
  const late = item("late", "i2", { addedAt: "2026-03-25T01:00:00.000Z" });
  const kept = (...items: ReturnType<typeof item>[]) =>
    rules.map((rule) => keptNow(rule as Rule, meeting({ items, terms: { ...terms(), rules } }))).map((now) => now && "late" in now && [now.kept, now.late]);
  const intime = item("intime", "i1", { addedAt: monday });
  expect(kept(intime, late)).toEqual([
    [true, 1],
    [true, 1],
  ]);
  expect(kept(intime)).toEqual([
    [true, 0],
    [true, 0],
  ]);
  expect(kept(late)).toEqual([
    [false, 1],
    [true, 1],
  ]);
});
