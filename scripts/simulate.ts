// A year of one community in a few minutes, with its server killed at random moments: counts, and broken promises (none).
//   npm run simulate -- --days 365 --seed 7 --kills 50 --json     Also: --from 2026-01-05, --dir DIR (kept afterwards)
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { makePerform } from "../app/commands/perform.server";
import { openStore, type Store } from "../app/data/store.server";
import { atLocal, nextDay } from "../app/domain/clock";
import { makeChance } from "./simulate/chance";
import { bookOf, type Chosen, chooseChannels, openPostOffice, origin, type Post } from "./simulate/deliveries";
import { foundEstate, timeZone } from "./simulate/estate";
import type { Simulation } from "./simulate/life";
import { checkYear } from "./simulate/promises";

const options = parseArgs({
  options: {
    days: { type: "string", default: "365" },
    seed: { type: "string", default: "1" },
    kills: { type: "string", default: "0" },
    from: { type: "string", default: "2026-01-05" },
    json: { type: "boolean", default: false },
    dir: { type: "string" },
  },
}).values;
const whole = (name: "days" | "seed" | "kills", least: number, most: number): number => {
  const n = Number(options[name]);
  if (!Number.isInteger(n) || n < least || n > most) throw new Error(`--${name} is a whole number from ${least} to ${most}.`);
  return n;
};
const [days, seed, kills] = [whole("days", 1, 3660), whole("seed", 0, 2 ** 31), whole("kills", 0, 1000)];
const root = join(import.meta.dirname, "..");
const migrations = join(root, "prisma/migrations");
const dir = options.dir ?? mkdtempSync(join(tmpdir(), "yishi-year-"));
if (options.dir && existsSync(join(options.dir, "yishi.db"))) throw new Error(`${options.dir} has a database already: name a new folder.`);
mkdirSync(dir, { recursive: true });
const say = (line: string) => {
  if (!options.json) console.log(line);
};

const begun = performance.now();
const program = join(root, ".cache/simulate/life.mjs");
// Bundled once: fifty lives begin sooner.
await build({
  entryPoints: [join(import.meta.dirname, "simulate/life.ts")],
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  outfile: program,
  logLevel: "warning",
});
const office = await openPostOffice();
const { communityId, chosen } = await prepare();
const lives = await liveThrough();
const result = await takeStock(communityId);
await office.close();
if (!options.dir) rmSync(dir, { recursive: true, force: true });
if (options.json) console.log(JSON.stringify(result, null, 2));
else report(result);
process.exit(result.broken.length === 0 ? 0 : 1);

/** Found the community, and write down which year is to be lived. */
async function prepare(): Promise<{ communityId: string; chosen: Chosen }> {
  const store = openStore(dir, migrations);
  const eve = atLocal(nextDay(options.from, -1), "12:00", timeZone);
  const estate = await foundEstate(store, eve);
  const chosen = await chooseChannels(
    store,
    makePerform(store, () => eve),
    estate,
    office,
    eve,
  );
  await store.close();
  writeFileSync(join(dir, "simulation.json"), JSON.stringify({ seed, from: options.from, days, estate } satisfies Simulation));
  writeFileSync(join(dir, "place.json"), JSON.stringify({ day: 0, slot: 0 }));
  return { communityId: estate.communityId, chosen };
}

type Lives = { killed: number; answered: Set<string>; refused: Record<string, number> };

/** Start the year, kill it where chance says, start it again, until it is over. */
async function liveThrough(): Promise<Lives> {
  const chance = makeChance(seed);
  // Somewhere in the year, and some milliseconds into what happens there.
  const deaths = Array.from({ length: kills }, (_, n) => ({ at: chance.of("death", n) * days * 3, after: chance.whole(0, 60, "death", n, "after") })).sort(
    (a, b) => a.at - b.at,
  );
  const told: Lives = { killed: 0, answered: new Set(), refused: {} };
  for (;;) {
    const child = spawn(process.execPath, ["--enable-source-maps", program, dir, migrations], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ORIGIN: origin, SMTP_URL: office.smtpUrl, MAIL_FROM: "yishi@example.cn", WORD_TEST_ORIGIN: office.robotOrigin },
    });
    const code = await oneLife(child, deaths, told);
    if (code === 0) return told;
    if (code !== null) throw new Error(`A life ended by itself with code ${code}; what it said stands above. Its folder is ${dir}.`);
    told.killed++;
    if (told.killed % 10 === 0) say(`killed ${told.killed} times, ${JSON.parse(readFileSync(join(dir, "place.json"), "utf8")).day} days lived`);
  }
}

/** @returns the exit code; null when it was killed. */
async function oneLife(child: ChildProcess, deaths: { at: number; after: number }[], told: Lives): Promise<number | null> {
  if (!child.stdout) throw new Error("The life says nothing.");
  const lines = createInterface({ input: child.stdout });
  let dying = false;
  lines.on("line", (line) => {
    const [what, ...rest] = line.split(" ");
    if (what === "answered") told.answered.add(rest.join(" "));
    if (what === "refused") told.refused[rest.join(" ")] = (told.refused[rest.join(" ")] ?? 0) + 1;
    if (what !== "at" || dying) return;
    const next = deaths[0];
    if (!next || Number(rest[0]) * 3 + Number(rest[1]) < Math.floor(next.at)) return;
    deaths.shift();
    dying = true;
    setTimeout(() => child.kill("SIGKILL"), next.after);
  });
  const [[code]] = (await Promise.all([once(child, "exit"), once(lines, "close")])) as [[number | null], unknown];
  return code;
}

type Result = {
  seed: number;
  days: number;
  kills: number;
  seconds: number;
  counts: Record<string, number | Record<string, number>>;
  promises: { promise: string; asked: number }[];
  broken: { promise: string; what: string[] }[];
};

async function takeStock(communityId: string): Promise<Result> {
  const store = openStore(dir, migrations);
  const now = atLocal(nextDay(options.from, days - 1), "23:00", timeZone);
  const post: Post = { mails: [...office.mails.values()], robot: [...office.robot.values()], chosen };
  // Beside the database, so that the year can be held to it again.
  writeFileSync(join(dir, "post.json"), JSON.stringify(post));
  const checked = await checkYear({ store, communityId, now, answered: lives.answered, deliveries: bookOf(post, options.from) });
  const counts = await countAll(store, communityId, now);
  await store.close();
  return {
    seed,
    days,
    kills: lives.killed,
    seconds: Math.round((performance.now() - begun) / 100) / 10,
    counts,
    promises: checked.map(({ promise, asked }) => ({ promise, asked })),
    broken: checked.filter((c) => c.broken.length > 0).map((c) => ({ promise: c.promise, what: c.broken })),
  };
}

async function countAll({ read }: Store, communityId: string, now: string): Promise<Result["counts"]> {
  const events = await read
    .selectFrom("AuditEvent")
    .select(({ fn }) => ["type", fn.countAll<number>().as("n")])
    .where("communityId", "=", communityId)
    .groupBy("type")
    .orderBy("type")
    .execute();
  const status = await read
    .selectFrom("Issue")
    .select(({ fn }) => ["status", fn.countAll<number>().as("n")])
    .where("communityId", "=", communityId)
    .groupBy("status")
    .orderBy("status")
    .execute();
  const overdue = await read
    .selectFrom("Stay")
    .innerJoin("Issue", (join) => join.onRef("Issue.communityId", "=", "Stay.communityId").onRef("Issue.id", "=", "Stay.issueId"))
    .innerJoin("Body", (join) => join.onRef("Body.communityId", "=", "Stay.communityId").onRef("Body.id", "=", "Stay.bodyId"))
    .select(({ fn }) => ["Body.kind", fn.countAll<number>().as("n")])
    .where("Stay.communityId", "=", communityId)
    .where("Stay.endedAt", "is", null)
    .where("Stay.settleBy", "<", now)
    .where("Issue.status", "in", ["open", "doing"])
    .groupBy("Body.kind")
    .orderBy("Body.kind")
    .execute();
  const climbed = await read
    .selectFrom("Stay")
    .innerJoin("Body", (join) => join.onRef("Body.communityId", "=", "Stay.communityId").onRef("Body.id", "=", "Stay.bodyId"))
    .select(({ fn }) => ["Body.kind", fn.countAll<number>().as("n")])
    .where("Stay.communityId", "=", communityId)
    .where("Stay.ending", "=", "overdue")
    .groupBy("Body.kind")
    .orderBy("Body.kind")
    .execute();
  const closedAt = await read
    .selectFrom("Issue")
    .innerJoin("Body", (join) => join.onRef("Body.communityId", "=", "Issue.communityId").onRef("Body.id", "=", "Issue.answeredById"))
    .select(({ fn }) => ["Body.kind", fn.countAll<number>().as("n")])
    .where("Issue.communityId", "=", communityId)
    .where("Issue.status", "=", "closed")
    .groupBy("Body.kind")
    .orderBy("Body.kind")
    .execute();
  const table = (rows: readonly { kind: string; n: number }[]) => Object.fromEntries(rows.map((r) => [r.kind, r.n]));
  return {
    issues: status.reduce((sum, s) => sum + s.n, 0),
    byStatus: Object.fromEntries(status.map((s) => [s.status, s.n])),
    closedAtLevel: table(closedAt),
    climbedFrom: table(climbed),
    overdueNow: table(overdue),
    events: events.reduce((sum, e) => sum + e.n, 0),
    byEvent: Object.fromEntries(events.map((e) => [e.type, e.n])),
    refused: Object.fromEntries(Object.entries(lives.refused).sort()),
  };
}

function report(result: Result): void {
  say(`${result.days} days, seed ${result.seed}, killed ${result.kills} times, ${result.seconds} s`);
  for (const [name, count] of Object.entries(result.counts))
    say(
      `  ${name}: ${
        typeof count === "number"
          ? count
          : Object.entries(count)
              .map(([what, n]) => `${what} ${n}`)
              .join(", ")
      }`,
    );
  for (const { promise, asked } of result.promises) {
    const broken = result.broken.find((b) => b.promise === promise)?.what ?? [];
    say(`${broken.length > 0 ? "BROKEN" : asked > 0 ? "kept" : "not asked"}: ${promise} (${asked})`);
    for (const what of broken.slice(0, 20)) say(`    ${what}`);
  }
}
