// What needs somebody, the most urgent on top.
import { expect, test } from "vitest";
import { doneLight, type Light, light, pausedLight } from "../../app/domain/clock";
import { mostUrgentFirst } from "../../app/views/home";

const now = "2026-11-22T01:00:00.000Z";
const item = (key: string, shown: Light) => ({ key, light: shown });
const due = (key: string, since: string, at: string) => item(key, light(since, at, now, "Asia/Shanghai"));

test("[CK19] the longest over first, then what is due first whatever its light, then what has no day", () => {
  const items = [
    item("to be checked", pausedLight),
    due("in three days, and long under way", "2026-10-01T01:00:00.000Z", "2026-11-25T10:00:00.000Z"),
    due("today, and given today", "2026-11-22T00:59:00.000Z", "2026-11-22T10:00:00.000Z"),
    due("over a day", "2026-11-01T01:00:00.000Z", "2026-11-21T10:00:00.000Z"),
    // A project's light says days and no instant.
    item("a project three days over", { state: "late", left: { unit: "days", n: 3 }, due: null }),
    item("a project behind", { state: "soon", left: null, due: null }),
    item("a project done", doneLight),
  ];
  expect(items.map((i) => i.light.state)).toEqual(["paused", "soon", "ok", "late", "late", "soon", "done"]);
  expect(mostUrgentFirst(items, now).map((i) => i.key)).toEqual([
    "a project three days over",
    "over a day",
    "today, and given today",
    "in three days, and long under way",
    "a project behind",
    "to be checked",
    "a project done",
  ]);
});
