// Live documents: Yjs websocket servers side by side on this machine. README.md says what is measured.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Crowds } from "./crowds.js";
import { whereTimeWent } from "./profile.js";
import type { Row, Scenario } from "./scenario.js";
import { hostile } from "./scenarios/hostile.js";
import { hot } from "./scenarios/hot.js";
import { kill } from "./scenarios/kill.js";
import { open } from "./scenarios/open.js";
import { rooms } from "./scenarios/rooms.js";
import { saturation } from "./scenarios/saturation.js";
import { storm } from "./scenarios/storm.js";
import { candidates, Server } from "./servers.js";
import { table } from "./table.js";

const scenarios: Record<string, Scenario> = { hot, saturation, rooms, storm, open, kill, hostile };

const { values } = parseArgs({
  options: { json: { type: "boolean" }, only: { type: "string" }, servers: { type: "string" }, quick: { type: "boolean" }, profile: { type: "string" } },
});

/** The names asked for, or all; anything that is not one of them ends the run. */
function chosen(asked: string | undefined, names: string[]): string[] {
  const wanted = asked?.split(",") ?? names;
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(", ")}. Known: ${names.join(", ")}.`);
    process.exit(1);
  }
  return wanted;
}

const wantedScenarios = chosen(values.only, Object.keys(scenarios));
const wantedServers = chosen(
  values.servers,
  candidates.map(({ name }) => name),
);
const log = (text: string) => console.error(text);

if (!existsSync(join(import.meta.dirname, "node_modules"))) {
  log("Installing the servers to compare with");
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: import.meta.dirname, stdio: ["ignore", "ignore", "inherit"] });
}

if (values.profile) Server.profiles = resolve(values.profile);
const crowds = new Crowds();
const results: Record<string, Row[]> = {};
const context = {
  candidates: candidates.filter(({ name, entry }) => wantedServers.includes(name) && existsSync(entry)),
  crowds,
  quick: values.quick ?? false,
  log,
};
for (const name of wantedScenarios) {
  const scenario = scenarios[name] as Scenario;
  const start = performance.now();
  const rows = await scenario.run(context);
  results[name] = rows;
  const took = ((performance.now() - start) / 1000).toFixed(0);
  (values.json ? log : console.log)(`\n${scenario.title} (${took} s)\n${table(rows)}`);
}
crowds.end();
if (Server.profiles !== null) log(`\nWhere the processor time went\n${table(whereTimeWent(Server.profiles))}`);
if (values.json) console.log(JSON.stringify({ node: process.version, processors: cpus().length, quick: context.quick, results }));
process.exit();
