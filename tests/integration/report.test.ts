// A month's report: its figures are the rates' figures, it names nobody, and it is for those who may see it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { raiseIssue } from "../../app/commands/issue/raise";
import { openAProject } from "../../app/commands/project/open";
import { assignTask } from "../../app/commands/task/assign";
import { loadCommunity } from "../../app/data/organisation.server";
import { shareOf } from "../../app/data/rates.server";
import { monthOf } from "../../app/domain/period";
import type { Actor } from "../../app/domain/permission";
import { fourRates, lineCounts, measures } from "../../app/domain/rates";
import { copyOfReport } from "../../app/http/reports.server";
import { reportPaper, reportRows } from "../../app/papers/report-paper";
import { dashboard } from "../../app/views/dashboard";
import type { FigureAsk } from "../../app/views/filters";
import { cutOf, figureList } from "../../app/views/rates";
import { reportOf } from "../../app/views/report";
import { wall } from "../../app/views/wall";
import { decideOn, type Told, tellHistory } from "../support/history";
import { done, idOf } from "../support/house";
import { type Bench, bench } from "../support/store";

async function viewerOf(on: Bench, told: Told, actor: Actor) {
  const community = await loadCommunity(on.store.read, told.at.communityId);
  if (!community) throw new Error("No community.");
  return { actor, community, now: on.clock.now };
}

test("[RT11] what was open, came and went makes what is open, month after month, and every figure has its list", async () => {
  const on = bench();
  const told = await tellHistory(on, 21, 600);
  const db = on.store.read;
  const viewer = await viewerOf(on, told, told.chair);
  let before = 0;
  for (const month of [1, 2, 3, 4]) {
    const period = monthOf(2026, month);
    if (period.from > viewer.now.slice(0, 10)) break;
    const report = await reportOf(db, viewer, period.code, null);
    if (!report) throw new Error(`No report of ${period.code}.`);
    const { counts } = report;
    expect(counts.before).toBe(before);
    expect(counts.after).toBe(counts.before + counts.raised - counts.closed - counts.merged);
    before = counts.after;
    for (const measure of measures) expect(report.rates[measure]).toEqual(await shareOf(db, measure, cutOf(viewer, { bodies: null }, period)));
    const sum = (key: "raised" | "closed" | "up" | "down") => report.bodies.reduce((n, b) => n + b[key], 0);
    expect([sum("raised"), sum("closed")]).toEqual([counts.raised, counts.closed]);
    expect(report.categories.reduce((n, c) => n + c.raised, 0)).toBe(counts.raised);
    expect(report.levels.reduce((n, l) => n + l.up, 0)).toBe(sum("up"));
    const rows = async (ask: FigureAsk): Promise<number> => {
      const list = await figureList(db, viewer, ask, 1);
      return list ? list.total : -1;
    };
    const same = async (ask: FigureAsk, n: number) => expect(await rows(ask), JSON.stringify(ask)).toBe(n);
    const timed = { period: period.code };
    for (const of of ["raised", "closed", "lapsed", "merged"] as const) await same({ of, ...timed }, counts[of]);
    await same({ of: "answered" }, counts.answered);
    for (const level of report.levels) {
      for (const of of ["closed", "up", "down"] as const) await same({ of, level: level.kind, ...timed }, level[of]);
      for (const of of ["running", "red"] as const) await same({ of, level: level.kind }, level[of]);
    }
    const lines = [...report.bodies.map((b) => [{ body: b.id }, b] as const), ...report.categories.map((c) => [{ category: c.category }, c] as const)];
    for (const [where, line] of lines) {
      for (const of of lineCounts) await same({ of, ...where, ...timed }, line[of]);
      for (const of of fourRates) await same({ of, ...where, ...timed }, line[of].of);
    }
    await same({ of: "red" }, report.reds.length + report.moreReds);
  }
  expect(before).toBeGreaterThan(0);
}, 120_000);

test("[RT11] names, telephones and dwellings are masked on the page, in the paper and in the table", async () => {
  const on = bench();
  const told = await tellHistory(on, 3, 60);
  const who = await told.at.person("王秀英", [[told.at.bodies.b7, "resident", "owners"]]);
  await done(on.perform, raiseIssue, who, {
    bodyId: told.at.bodies.b7,
    what: "王秀英家7栋2单元301室漏到7栋201家和1-305 电话13812345678",
    place: "",
    category: "water",
    track: "urgent",
    visibility: "community",
  });
  on.clock.now = "2026-02-27T01:00:00.000Z";
  const report = await reportOf(on.store.read, await viewerOf(on, told, told.chair), "2026-02", null);
  if (!report) throw new Error("No report.");
  const all = [JSON.stringify(report), JSON.stringify(reportPaper(report, "zh-CN")), JSON.stringify(reportRows(report, "en"))];
  for (const text of all) {
    expect(text).toContain("王**");
    for (const secret of ["王秀英", "13812345678", "301室", "201", "305"]) expect(text).not.toContain(secret);
  }
});

test("[RT10] a report is for those who may see the figures, and a head's is of their own body", async () => {
  const on = bench();
  const told = await tellHistory(on, 9, 200);
  const copy = async (actor: Actor, month: string, body: string | null, format: "csv" | "docx" | "html" | "md" = "csv") =>
    copyOfReport(on, await viewerOf(on, told, actor), { month, body, format, locale: "en" });
  const { b7, b8 } = told.at.bodies;
  expect(await copy(told.resident, "2026-01", null)).toBeNull();
  expect(await copy(told.head, "2026-01", b8)).toBeNull();
  expect((await copy(told.head, "2026-01", null))?.body).toContain("Building 7");
  expect((await copy(told.head, "2026-01", null))?.body).not.toContain("Building 8");
  expect((await copy(told.chair, "2026-01", null))?.body).toContain("Building 8");
  expect(await copy(told.chair, "2026-01", b7)).not.toBeNull();
  for (const month of ["2026", "2026-q1", "2031-01", "x", "2026-01-01..2026-01-31"]) expect(await copy(told.chair, month, null), month).toBeNull();
  expect(await copy(told.chair, "2026-01", "nothing")).toBeNull();
  expect((await copy(told.chair, "2026-01", null, "html"))?.body).toMatch(/^<!doctype html>/);
  expect((await copy(told.chair, "2026-01", null, "md"))?.body).toContain("Answered in time");
  const docx = (await copy(told.chair, "2026-01", null, "docx"))?.body as Uint8Array;
  const dir = mkdtempSync(join(tmpdir(), "yishi-report-"));
  try {
    writeFileSync(join(dir, "report.docx"), docx);
    const xml = execFileSync("unzip", ["-p", join(dir, "report.docx"), "word/document.xml"], { encoding: "utf8" });
    expect(xml).toContain("Answered in time");
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

/** An issue only its handlers may read, overdue, with a task and a project; and who sees the figures without reading it. */
async function hidden() {
  const on = bench();
  const told = await tellHistory(on, 1, 0);
  const { at, chair, head, resident } = told;
  const { b7, council, water } = at.bodies;
  on.clock.now = "2026-03-02T01:00:00.000Z";
  const input = { bodyId: b7, what: "Quarrel upstairs", place: "", category: "other", track: "hard", visibility: "handlers" };
  const [raised] = await done(on.perform, raiseIssue, resident, input);
  if (raised?.type !== "issue.raised") throw new Error("not raised");
  const { id, number } = raised;
  await done(on.perform, escalateIssue, head, { number, to: council, text: "tried" });
  const decisionId = await decideOn(on, chair, council, id);
  await done(on.perform, assignTask, chair, { decisionId, title: "Talk to both", assignee: `body:${water}`, dueOn: "2026-03-06", proof: "report" });
  const plan = { name: "Thick doors", responsibleId: water, startsOn: "2026-03-02", endsOn: "2026-03-20", budget: "100", funds: {}, milestones: [] };
  const projectId = idOf(await done(on.perform, openAProject, chair, { decisionId, ...plan }), "project.opened");
  on.clock.now = "2026-03-27T01:00:00.000Z";
  return { on, told, number, projectId };
}
const secrets = ["Quarrel upstairs", "Talk to both", "Thick doors", "Water bureau"];

test("[RT8] [RT11] what is counted and not this reader's to read is a row without words: in lists, on the dashboard, in every copy of the report", async () => {
  const { on, told, number } = await hidden();
  const { secretary } = told.at;
  const db = on.store.read;
  const viewer = await viewerOf(on, told, secretary);
  const list = await figureList(db, viewer, { of: "red" }, 1);
  expect(list ? list.rows.map((r) => [r.number, r.title, r.red]) : null).toEqual([[number, null, null]]);
  const page = await dashboard(db, viewer, null);
  expect(page?.reds.map((r) => [r.number, r.title])).toEqual([[number, null]]);
  const report = await reportOf(db, viewer, "2026-03", null);
  if (!report) throw new Error("No report.");
  expect(report.reds).toEqual([{ number, body: "Council", seen: null }]);
  const rows = reportRows(report, "en");
  const copies = ["csv", "html", "md"] as const;
  const texts = await Promise.all(copies.map(async (format) => (await copyOfReport(on, viewer, { month: "2026-03", body: null, format, locale: "en" }))?.body));
  for (const text of [JSON.stringify(list), JSON.stringify(page), JSON.stringify(report), ...texts]) {
    expect(text).toContain(number);
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
  // No reason is made up for what may not be told.
  for (const text of texts) expect(text).toContain("Only those who handle it can read it");
  for (const text of texts) expect(text).not.toContain("without a result");
  // Whoever handles it reads why, under the same columns.
  const own = await reportOf(db, await viewerOf(on, told, told.chair), "2026-03", null);
  if (!own) throw new Error("No report.");
  const table = reportRows(own, "en");
  const head = table.findIndex((row) => row.includes("Why"));
  expect(table[head]).toEqual(["Month or day", "Scope", "Number", "Issue", "Body", "Why", ""]);
  expect(table[head + 1]).toEqual(["2026-03-27", "Overdue issue", number, "Quarrel upstairs", "Council", "Water bureau has not handed in: Talk to both", ""]);
  expect(rows.at(-1)).toEqual(["2026-03-27", "Overdue issue", number, "", "Council", "Only those who handle it can read it", ""]);
  expect(new Set(table.map((row) => row.length))).toEqual(new Set([7]));
});

test("[PJ17] the wall chart shows a stranger nothing of an issue only its handlers may read", async () => {
  const { on, told, projectId } = await hidden();
  const ask = { range: "half", from: "", body: "" };
  const stranger = await wall(on.store.read, await viewerOf(on, told, told.neighbour), ask);
  expect([stranger.groups, stranger.tasks, stranger.bodies]).toEqual([[], [], []]);
  for (const secret of secrets) expect(JSON.stringify(stranger)).not.toContain(secret);
  const staff = await wall(on.store.read, await viewerOf(on, told, told.staff), ask);
  expect(staff.groups.flatMap((g) => g.rows.map((r) => r.href))).toContain(`/projects/${projectId}`);
  expect(JSON.stringify(staff)).toContain("Talk to both");
});
