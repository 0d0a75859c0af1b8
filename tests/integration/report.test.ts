// A month's report: its figures are the rates' figures, it names nobody, and it is for those who may see it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { raiseIssue } from "../../app/commands/issue/raise";
import { loadCommunity } from "../../app/data/organisation.server";
import { shareOf } from "../../app/data/rates.server";
import { monthOf } from "../../app/domain/period";
import type { Actor } from "../../app/domain/permission";
import { measures } from "../../app/domain/rates";
import { copyOfReport } from "../../app/http/reports.server";
import { reportPaper, reportRows } from "../../app/papers/report-paper";
import { cutOf, figureList } from "../../app/views/rates";
import { reportOf } from "../../app/views/report";
import { type Told, tellHistory } from "../support/history";
import { done } from "../support/house";
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
    for (const body of report.bodies)
      for (const of of ["response", "resolution", "satisfaction", "settled"] as const) {
        const list = await figureList(db, viewer, { of, body: body.id, period: period.code }, 1);
        expect(list ? list.total : -1, `${of} ${body.name} ${period.code}`).toBe(body[of].of);
      }
  }
  expect(before).toBeGreaterThan(0);
}, 120_000);

test("[RT11] names, telephones and dwellings are masked on the page, in the paper and in the table", async () => {
  const on = bench();
  const told = await tellHistory(on, 3, 60);
  const who = await told.at.person("王秀英", [[told.at.bodies.b7, "resident", "owners"]]);
  await done(on.perform, raiseIssue, who, {
    bodyId: told.at.bodies.b7,
    what: "王秀英家7栋2单元301室漏水，电话13812345678",
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
    for (const secret of ["王秀英", "13812345678", "301室"]) expect(text).not.toContain(secret);
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
