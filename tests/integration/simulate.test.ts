// The simulated year, cut short: it keeps its promises though it is killed, and the checks see what is broken.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openStore } from "../../app/data/store.server";
import { bookOf, type Post } from "../../scripts/simulate/deliveries";
import { checkYear, type Year } from "../../scripts/simulate/promises";
import { folder, migrations } from "../support/store";

type Result = {
  kills: number;
  counts: Record<string, unknown> & { byEvent: Record<string, number> };
  promises: { promise: string; asked: number }[];
  broken: unknown[];
};
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

/** What a year of this product is made of: each has to happen even in a short one, or nothing is tried of it. */
const happens = [
  "issue.escalated",
  "issue.extended",
  "issue.asked",
  "issue.reopened",
  "issue.lapsed",
  "issue.rated",
  "acknowledgement.owed",
  "acknowledgement.given",
  "order.given",
  "order.answered",
  "meeting.moved",
  "meeting.cancelled",
  "decision.recorded",
  "membership.ended",
  "task.stepTicked",
  "task.sentBack",
  "task.handedOver",
  "task.supportSet",
  "task.extensionAsked",
  "task.repeated",
  "task.reopened",
  "project.opened",
  "project.reported",
];

test("[CK4][KI1] weeks of a community, killed again and again, break no promise; whatever is broken afterwards is seen", async () => {
  const dir = folder();
  const { code, result } = await simulate({ days: 60, seed: 7, kills: 4, dir });
  expect(result.broken).toEqual([]);
  expect(code).toBe(0);
  expect(result.kills).toBe(4);
  expect(result.promises.filter((p) => p.asked === 0)).toEqual([]);
  expect(happens.filter((type) => !(result.counts.byEvent[type] ?? 0))).toEqual([]);

  const store = openStore(dir, migrations);
  const communityId = (await store.read.selectFrom("Community").select("id").executeTakeFirstOrThrow()).id;
  const year: Year = { store, communityId, now: "2026-03-05T15:00:00.000Z", answered: new Set(), deliveries: null };
  const brokenIn = async (other: Partial<Year> = {}) => (await checkYear({ ...year, ...other })).filter((c) => c.broken.length > 0).map((c) => c.promise);
  expect(await brokenIn({ answered: new Set(["never.happened"]) })).toEqual(["no answered press was lost, and none counted twice"]);
  // A clock that stood still for half a year: what is due did not climb, and some raisers are not heard of.
  expect(await brokenIn({ now: "2026-08-08T15:00:00.000Z" })).toContain("every passed deadline was acted on exactly once");
  const post = JSON.parse(readFileSync(join(dir, "post.json"), "utf8")) as Post;
  const told = ["every notification was delivered once per channel and preference"];
  const bookWith = (other: Partial<Post>) => ({ deliveries: bookOf({ ...post, ...other }, "2026-01-05") });
  expect(await brokenIn(bookWith({}))).toEqual([]);
  // A mail and a message that were lost on the way, and one that came under another id too.
  expect(await brokenIn(bookWith({ mails: post.mails.slice(1) }))).toEqual(told);
  expect(await brokenIn(bookWith({ robot: post.robot.slice(1) }))).toEqual(told);
  const again = post.mails.filter((mail) => /^\d{4}-\d{4,} /m.test(mail.text)).at(-1);
  if (!again) throw new Error("No mail speaks of an issue.");
  expect(await brokenIn(bookWith({ mails: [...post.mails, { ...again, id: "<another@example.cn>" }] }))).toEqual(told);
  const sqlite = new Database(join(dir, "yishi.db"));
  const changed = async (change: string, back: string, other: Partial<Year> = {}) => {
    expect(sqlite.prepare(change).run().changes).toBeGreaterThan(0);
    const broken = await brokenIn(other);
    sqlite.exec(back);
    return broken;
  };
  // Somebody was not told of what was their own, however they stand to it; a level that climbed forgot it.
  sqlite.exec("CREATE TEMP TABLE Kept AS SELECT * FROM Word WHERE FALSE");
  for (const why of ["assignee", "newSupporter", "overseer", "onAgenda"]) {
    sqlite.exec(`DELETE FROM Kept; INSERT INTO Kept SELECT * FROM Word WHERE why = '${why}' AND channelId = 'product' LIMIT 1`);
    expect(await changed("DELETE FROM Word WHERE id IN (SELECT id FROM Kept)", "INSERT INTO Word SELECT * FROM Kept", bookWith({}))).toEqual(told);
  }
  // What pressed waited a day for whoever gets one letter a day, and what did not came to them at once.
  const daily = Object.entries(post.chosen.mailboxes).flatMap(([id, { mode }]) => (mode === "digest" ? [`'${id}'`] : []));
  const moved = (by: string, sign: string) =>
    `UPDATE Letter SET firstAt = strftime('%Y-%m-%dT%H:%M:%fZ', firstAt, '${by}') WHERE id = (SELECT letterId FROM Word
    WHERE seq IS NOT NULL AND at > '2026-01-05' AND letterId IS NOT NULL AND urgency ${sign} 'pressing' AND personId IN (${daily}) ORDER BY seq LIMIT 1)`;
  expect(await changed(moved("+1 day", "="), moved("-1 day", "="), bookWith({}))).toEqual(told);
  expect(await changed(moved("-1 day", "<>"), moved("+1 day", "<>"), bookWith({}))).toEqual(told);
  sqlite.exec("CREATE TEMP TABLE Climbed AS SELECT * FROM Stay WHERE ending = 'overdue' LIMIT 1");
  expect(
    await changed(
      "UPDATE Stay SET ending = 'escalated' WHERE (issueId, position) IN (SELECT issueId, position FROM Climbed)",
      "UPDATE Stay SET ending = 'overdue' WHERE (issueId, position) IN (SELECT issueId, position FROM Climbed)",
    ),
  ).toEqual(["every passed deadline was acted on exactly once", "the log alone gives back every record"]);
  sqlite.prepare("UPDATE Stay SET settleBy = '2026-01-06T00:00:00.000Z' WHERE endedAt IS NULL").run();
  expect(await brokenIn()).toEqual(["the log alone gives back every record"]);
  const climb = sqlite.prepare("SELECT data FROM AuditEvent WHERE type = 'issue.escalated' AND actorId = 'clock' LIMIT 1").pluck().get() as string;
  sqlite.prepare("UPDATE AuditEvent SET data = ? WHERE data = ?").run(climb.replace('"overdue":true,', ""), climb);
  const ways: readonly [string, string][] = [
    [
      "UPDATE AuditEvent SET data = replace(data, '\"causeSeq\":', '\"causeSeq\":1') WHERE type = 'acknowledgement.owed' AND data LIKE '%\"cause\":\"answer\"%'",
      "what came down was asked to be acknowledged once",
    ],
    ["DELETE FROM AuditEvent WHERE type = 'task.handedOver'", "no open task is in the hands of somebody who left"],
    ["DELETE FROM AuditEvent WHERE type = 'issue.lapsed'", "every answer nobody spoke to was closed after its days"],
    ["UPDATE AuditEvent SET data = replace(data, '\"no\":3', '\"no\":2') WHERE type = 'task.assigned'", "every recurring task came once in its turn"],
    [
      'UPDATE AuditEvent SET data = replace(data, \'"track":"minor"\', \'"track":"hard"\') WHERE type = \'issue.raised\'',
      "every deadline is what its track and level give",
    ],
  ];
  for (const [way] of ways) expect(sqlite.prepare(way).run().changes).toBeGreaterThan(0);
  expect(await brokenIn()).toEqual(expect.arrayContaining(["the audit chain checks", ...ways.map(([, promise]) => promise)]));
  sqlite.close();
  await store.close();
}, 240_000);

test("[CK4] without kills the same seed gives the same counts", async () => {
  const [first, second] = await Promise.all([simulate({ days: 20, seed: 5 }), simulate({ days: 20, seed: 5 })]);
  expect(first.result.counts).toEqual(second.result.counts);
  expect(first.result.broken).toEqual([]);
}, 240_000);
