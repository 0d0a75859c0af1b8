// What the dashboard costs in CPU with five thousand issues, over a hundred of them in hand, and a thousand tasks: the whole
// request, as a chair asks for it. The frame around every page is in it, and said apart.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import Database from "better-sqlite3";
import pino from "pino";
import { makePerform } from "../app/commands/perform.server";
import { startSession } from "../app/commands/session/start";
import { loadActor } from "../app/data/organisation.server";
import { secretToken, tokenHash } from "../app/data/sessions.server";
import { openStore } from "../app/data/store.server";
import { readEnv } from "../app/http/env.server";
import { sessionCookie } from "../app/http/session.server";
import { Streams } from "../app/http/streams.server";
import { castOf, roles } from "../scripts/pages";
import { built } from "../scripts/ready.mjs";
import { root, runScript } from "../tests/support/serve";

const [issues, inHand, tasks, most] = [5_000, 150, 1_000, 50];

built();
const dir = mkdtempSync(join(tmpdir(), "yishi-dashboard-"));
await runScript("prisma/seed/main.ts", ["--dir", dir]);
const person = castOf(dir).people.find((p) => p.name === roles["zh-CN"].chair);
if (!person) throw new Error("The story has no chair.");
multiply(join(dir, "yishi.db"), person.communityId);

const store = openStore(dir, join(root, "prisma/migrations"));
const now = () => new Date().toISOString();
const perform = makePerform(store, now);
const env = readEnv({ DATA_DIR: dir, DEMO: "1", NODE_ENV: "production" });
const build = (await import(pathToFileURL(join(root, "build/server/index.js")).href)) as ServerBuild;
const handler = createRequestHandler(build, "production");
const services = {
  env,
  store,
  now,
  perform,
  enhance: { page: "/assets/enhance.js", room: "/assets/room.js", tools: "/assets/tools.js" },
  liveState: () => null,
  livePast: { stretches: () => [], at: () => [] },
  changeLive: null,
  followLive: () => () => {},
  streams: new Streams(),
  logger: pino({ level: "error" }),
};
const actor = await loadActor(store.read, person.communityId, person.personId, now());
if (!actor) throw new Error("The chair holds no office.");
const token = secretToken();
await perform(startSession, actor, { tokenHash: tokenHash(token), device: "bench" });
const cookie = (await sessionCookie.serialize(token)).split(";")[0] ?? "";

console.log(`the frame alone, on a page that is not there: ${(await cost("/nowhere", 404)).toFixed(1)} ms`);
const month = now().slice(0, 7);
const slow = [
  ["dashboard", await measured("/dashboard")],
  ["a year's dashboard", await measured(`/dashboard?period=${now().slice(0, 4)}`)],
  ["a month's report", await measured(`/reports/${month}`)],
].filter(([, cost]) => Number(cost) > most);
await store.close();
rmSync(dir, { recursive: true, force: true });
process.exit(slow.length === 0 ? 0 : 1);

/** The story's issues and tasks again and again under other ids, until there are so many; those in hand are fewer, as in life. */
function multiply(path: string, communityId: string): void {
  const db = new Database(path);
  const columns = (table: string) => (db.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[]).map((c) => `"${c}"`);
  const again = (table: string, changed: Record<string, string>, only = "1 = 1") => {
    const all = columns(table);
    const values = all.map((c) => changed[c.replaceAll('"', "")] ?? c).join(", ");
    return db.prepare(
      `INSERT INTO "${table}" (${all.join(", ")}) SELECT ${values} FROM "${table}" WHERE communityId = $c AND ${changed.issueId ? "issueId" : "id"} NOT LIKE '%~%' AND ${only}`,
    );
  };
  const copies = { issue: "issueId || '~' || $n", id: "id || '~' || $n" };
  const both = (over: string) => {
    const of = `issueId IN (SELECT id FROM Issue WHERE communityId = $c AND ${over})`;
    return [
      again("Issue", { id: copies.id, number: "number || '9' || $n" }, over),
      again("Stay", { issueId: copies.issue }, of),
      again("Rating", { issueId: copies.issue }, of),
    ];
  };
  const [closed, running] = [both("status IN ('closed', 'merged')"), both("status NOT IN ('closed', 'merged')")];
  const task = again("Task", { id: copies.id });
  const count = (table: string, where = "1 = 1") =>
    Number(db.prepare(`SELECT count(*) FROM "${table}" WHERE communityId = ? AND ${where}`).pluck().get(communityId));
  const open = "status NOT IN ('closed', 'merged')";
  db.transaction(() => {
    for (let n = 1; count("Issue") < issues || count("Task") < tasks; n++) {
      const values = { c: communityId, n };
      if (count("Issue", open) < inHand) for (const statement of running) statement.run(values);
      if (count("Issue") < issues) for (const statement of closed) statement.run(values);
      if (count("Task") < tasks) task.run(values);
    }
  })();
  console.log(
    `${count("Issue")} issues, ${count("Issue", open)} of them in hand, ${count("Stay")} stays, ${count("Rating")} words about answers, ${count("Task")} tasks`,
  );
  db.close();
}

/** CPU milliseconds of one request: the median of seven rounds. */
async function cost(path: string, status = 200): Promise<number> {
  const ask = async () => {
    const request = new Request(`http://localhost${path}`, { headers: { Cookie: cookie } });
    const response = await handler(request, { services, nonce: "n", address: "" });
    if (response.status !== status) throw new Error(`${path} answered ${response.status}.`);
    await response.arrayBuffer();
  };
  for (let n = 0; n < 30; n++) await ask();
  const rounds: number[] = [];
  for (let round = 0; round < 7; round++) {
    const before = process.cpuUsage();
    for (let n = 0; n < 10; n++) await ask();
    const { user, system } = process.cpuUsage(before);
    rounds.push((user + system) / 1000 / 10);
  }
  return [...rounds].sort((a, b) => a - b)[3] ?? Number.POSITIVE_INFINITY;
}

async function measured(path: string): Promise<number> {
  const median = await cost(path);
  console.log(`${path}: ${median.toFixed(1)} ms of CPU (at most ${most})`);
  return median;
}
