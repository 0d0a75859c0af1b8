// Everything that must hold, in order; goes on after a failure, so that one run tells all. Ends with one plain line.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, browser, built, dependencies, office, run } from "./ready.mjs";

dependencies();
const reports = mkdtempSync(join(tmpdir(), "yishi-test-"));
const bin = (name) => at("node_modules/.bin", name);
let passed = 0;
let failed = 0;
const times = [];

function stage(name, work) {
  console.log(`\n── ${name} ──`);
  const start = Date.now();
  const { good, bad } = work();
  passed += good;
  failed += bad;
  times.push(`${name}: ${good} passed, ${bad} failed, ${((Date.now() - start) / 1000).toFixed(0)} s`);
}
const one = (ok) => (ok ? { good: 1, bad: 0 } : { good: 0, bad: 1 });

/** A suite that wrote no report, or ran no test, failed. */
function report(path, read, ok) {
  try {
    const { good, bad } = read(JSON.parse(readFileSync(path, "utf8")));
    return { good, bad: bad === 0 && (!ok || good === 0) ? 1 : bad };
  } catch (error) {
    console.error(`There is no report of this suite: ${error.message}`);
    return { good: 0, bad: 1 };
  }
}

function vitest(project) {
  const path = join(reports, `${project}.json`);
  const ok = run(bin("vitest"), ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${path}`]);
  return report(path, (r) => ({ good: r.numPassedTests, bad: r.numFailedTests }), ok);
}

function playwright() {
  if (!browser()) {
    console.error("There is no browser to test with. Install Chromium and fonts-noto-cjk, and run again.");
    return { good: 0, bad: 1 };
  }
  const path = join(reports, "browser.json");
  const ok = run(bin("playwright"), ["test", "--reporter=list,json"], { env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: path } });
  return report(path, ({ stats }) => ({ good: stats.expected, bad: stats.unexpected + stats.flaky }), ok);
}

stage("lint", () => one(run(bin("biome"), ["check", "."])));
stage("types", () => one(run(bin("tsc"), ["--noEmit"])));
stage("model and migrations", () => one(run(process.execPath, [at("scripts/prisma.mjs"), "check"])));
stage("unit", () => vitest("unit"));
stage("integration", () => {
  if (!office()) console.error("The papers cannot be measured. Install LibreOffice Writer, poppler-utils and fonts-noto-cjk, and run again.");
  return vitest("integration");
});
stage("browser", () => {
  built();
  return playwright();
});

rmSync(reports, { recursive: true, force: true });
console.log(`\n${times.join("\n")}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
