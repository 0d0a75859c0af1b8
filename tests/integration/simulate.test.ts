// The simulated year, cut short: it keeps its promises though it is killed, and the checks see what is broken.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openStore } from "../../app/data/store.server";
import { checkYear, type Year } from "../../scripts/simulate/promises";
import { folder, migrations } from "../support/store";

type Result = { kills: number; counts: Record<string, unknown>; promises: { promise: string; asked: number }[]; broken: unknown[] };
async function simulate(args: Record<string, string | number>): Promise<{ code: number | null; result: Result }> {
  const script = join(import.meta.dirname, "../../scripts/simulate.ts");
  const given = Object.entries(args).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, ["--import", "tsx", script, "--json", ...given], { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += String(chunk);
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, result: JSON.parse(out) as Result };
}

test("[CK4][KI1] weeks of a community, killed again and again, break no promise; whatever is broken afterwards is seen", async () => {
  const dir = folder();
  const { code, result } = await simulate({ days: 35, seed: 3, kills: 4, dir });
  expect(result.broken).toEqual([]);
  expect(code).toBe(0);
  expect(result.kills).toBe(4);
  expect(result.promises.filter((p) => p.asked === 0)).toEqual([]);

  const store = openStore(dir, migrations);
  const communityId = (await store.read.selectFrom("Community").select("id").executeTakeFirstOrThrow()).id;
  const year: Year = { store, communityId, now: "2026-02-08T15:00:00.000Z", answered: new Set(), deliveries: null };
  const brokenIn = async (other: Partial<Year> = {}) => (await checkYear({ ...year, ...other })).filter((c) => c.broken.length > 0).map((c) => c.promise);
  expect(await brokenIn()).toEqual([]);
  expect(await brokenIn({ answered: new Set(["never.happened"]) })).toEqual(["no answered press was lost, and none counted twice"]);
  // A clock that stood still for half a year: what is due did not climb, and some raisers are not heard of.
  expect(await brokenIn({ now: "2026-08-08T15:00:00.000Z" })).toContain("every passed deadline was acted on exactly once");
  const twice = async () => [{ communityId, seq: 1, personId: "p", channel: "mail", wanted: 1, delivered: 2 }];
  expect(await brokenIn({ deliveries: twice })).toEqual(["every notification was delivered once per channel and preference"]);
  const sqlite = new Database(join(dir, "yishi.db"));
  sqlite.prepare("UPDATE Stay SET settleBy = '2026-01-06T00:00:00.000Z' WHERE endedAt IS NULL").run();
  expect(await brokenIn()).toEqual(["the log alone gives back every record"]);
  const climb = sqlite.prepare("SELECT data FROM AuditEvent WHERE type = 'issue.escalated' AND actorId = 'clock' LIMIT 1").pluck().get() as string;
  sqlite.prepare("UPDATE AuditEvent SET data = ? WHERE data = ?").run(climb.replace('"overdue":true,', ""), climb);
  expect(await brokenIn()).toContain("the audit chain checks");
  sqlite.close();
  await store.close();
}, 240_000);

test("[CK4] without kills the same seed gives the same counts", async () => {
  const [first, second] = await Promise.all([simulate({ days: 20, seed: 5 }), simulate({ days: 20, seed: 5 })]);
  expect(first.result.counts).toEqual(second.result.counts);
  expect(first.result.broken).toEqual([]);
}, 240_000);
