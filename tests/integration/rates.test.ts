// The rates, counted a second time in plain SQL from the log alone, on random months.
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { acceptTheIssue } from "../../app/commands/issue/accept";
import { askRaiser } from "../../app/commands/issue/ask";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { giveIssueFeedback } from "../../app/commands/issue/feedback";
import { raiseIssue } from "../../app/commands/issue/raise";
import { answerSupervisionOrder } from "../../app/commands/order/answer";
import { giveSupervisionOrder } from "../../app/commands/order/give";
import { withdrawSupervisionOrder } from "../../app/commands/order/withdraw";
import { assignTask } from "../../app/commands/task/assign";
import { handInTask } from "../../app/commands/task/hand-in";
import { repeatTask } from "../../app/commands/task/repeat";
import { verifyTask } from "../../app/commands/task/verify";
import { loadCommunity } from "../../app/data/organisation.server";
import { countOf, shareOf, sharesBy, sharesOver } from "../../app/data/rates.server";
import { monthOf, type Period, periodOf, quarterOf, spanOf, yearOf } from "../../app/domain/period";
import { type Actor, clockActor } from "../../app/domain/permission";
import { type Measure, measures, type Share } from "../../app/domain/rates";
import { categories } from "../../app/domain/vocabulary";
import { figureAsk } from "../../app/http/figures.server";
import { dashboard } from "../../app/views/dashboard";
import { cutOf, figureList } from "../../app/views/rates";
import { decideOn, random, type Told, tellHistory } from "../support/history";
import { done, idOf } from "../support/house";
import { type Bench, bench } from "../support/store";

const receipts = "('issue.raised', 'issue.escalated', 'issue.remitted', 'issue.reopened', 'issue.appealed')";
const raiser = "(SELECT r.actorId FROM AuditEvent r WHERE r.communityId = $c AND r.issueId = e.issueId AND r.type = 'issue.raised')";
/** Everything below reads the log and the list of bodies, nothing the product counts from. Local time is a fixed eight hours ahead. */
const plain: Record<Measure, string> = {
  response: `
    WITH receipts AS (
      SELECT seq, issueId, at, coalesce(json_extract(data, '$.to'), json_extract(data, '$.bodyId')) AS bodyId, json_extract(data, '$.respondBy') AS respondBy,
        coalesce(lead(seq) OVER (PARTITION BY issueId ORDER BY seq), 9e9) AS nextSeq
      FROM AuditEvent WHERE communityId = $c AND type IN ${receipts}),
    owed AS (
      SELECT r.seq, r.issueId, r.bodyId,
        coalesce((SELECT json_extract(c.data, '$.respondBy') FROM AuditEvent c WHERE c.communityId = $c AND c.issueId = r.issueId AND c.seq > r.seq AND c.seq < r.nextSeq
          AND c.type IN ('issue.classified', 'issue.replied', 'issue.extended') ORDER BY c.seq DESC LIMIT 1), r.respondBy) AS due,
        (SELECT min(w.at) FROM AuditEvent w WHERE w.communityId = $c AND w.issueId = r.issueId AND w.seq > r.seq AND w.seq <= r.nextSeq AND json_extract(w.data, '$.overdue') IS NULL AND w.type IN
          ('issue.accepted', 'issue.classified', 'issue.noted', 'issue.asked', 'issue.extended', 'issue.escalated', 'issue.remitted', 'issue.assigned', 'issue.answered', 'issue.merged')) AS word
      FROM receipts r)
    SELECT o.issueId, o.bodyId, o.due AS at, coalesce(o.word <= o.due, 0) AS hit FROM owed o WHERE o.due <= $now`,
  resolution: `
    SELECT e.issueId, (SELECT json_extract(a.data, '$.bodyId') FROM AuditEvent a WHERE a.communityId = $c AND a.issueId = e.issueId AND a.type = 'issue.answered' AND a.seq < e.seq ORDER BY a.seq DESC LIMIT 1) AS bodyId,
      e.at, e.type = 'issue.closed' AS hit
    FROM AuditEvent e WHERE e.communityId = $c AND e.type IN ('issue.closed', 'issue.reopened', 'issue.appealed') AND e.actorId = ${raiser}`,
  satisfaction: `
    SELECT e.issueId, (SELECT json_extract(a.data, '$.bodyId') FROM AuditEvent a WHERE a.communityId = $c AND a.issueId = e.issueId AND a.type = 'issue.answered' AND a.seq < e.seq ORDER BY a.seq DESC LIMIT 1) AS bodyId,
      e.at, coalesce(json_extract(e.data, '$.content') = 'content', 0) AS hit
    FROM AuditEvent e WHERE e.communityId = $c AND e.type IN ('issue.closed', 'issue.reopened', 'issue.appealed') AND e.actorId = ${raiser}`,
  settled: `
    SELECT e.issueId, '' AS bodyId, e.at,
      (SELECT b.kind IN ('grid', 'building') FROM AuditEvent a JOIN Body b ON b.communityId = $c AND b.id = json_extract(a.data, '$.bodyId')
        WHERE a.communityId = $c AND a.issueId = e.issueId AND a.type = 'issue.answered' ORDER BY a.seq DESC LIMIT 1) AS hit
    FROM AuditEvent e WHERE e.communityId = $c AND e.type IN ('issue.closed', 'issue.lapsed')`,
  neighbours: `
    WITH said AS (
      SELECT r.seq, r.issueId, r.actorId, r.at, json_extract(r.data, '$.position') AS position, json_extract(r.data, '$.solved') AS hit
      FROM AuditEvent r WHERE r.communityId = $c AND r.type = 'issue.rated'
      UNION ALL
      SELECT e.seq, e.issueId, e.actorId, e.at, (SELECT count(*) - 1 FROM AuditEvent p WHERE p.communityId = $c AND p.issueId = e.issueId AND p.seq < e.seq
        AND p.type IN ${receipts}), 0
      FROM AuditEvent e WHERE e.communityId = $c AND e.type = 'issue.reopened' AND e.actorId <> ${raiser})
    SELECT e.issueId, (SELECT json_extract(a.data, '$.bodyId') FROM AuditEvent a WHERE a.communityId = $c AND a.issueId = e.issueId AND a.type = 'issue.answered' AND a.seq < e.seq ORDER BY a.seq DESC LIMIT 1) AS bodyId,
      e.at, e.hit
    FROM said e WHERE NOT EXISTS (SELECT 1 FROM said l WHERE l.issueId = e.issueId AND l.actorId = e.actorId AND l.position = e.position AND l.seq > e.seq)`,
};
/** Of the closed issues a body ever held, those it answered. */
const settledBy = `
  SELECT e.issueId, h.bodyId, e.at,
    h.bodyId = (SELECT json_extract(a.data, '$.bodyId') FROM AuditEvent a WHERE a.communityId = $c AND a.issueId = e.issueId AND a.type = 'issue.answered' ORDER BY a.seq DESC LIMIT 1) AS hit
  FROM AuditEvent e JOIN (SELECT DISTINCT issueId, coalesce(json_extract(data, '$.to'), json_extract(data, '$.bodyId')) AS bodyId FROM AuditEvent
    WHERE communityId = $c AND type IN ${receipts}) h ON h.issueId = e.issueId
  WHERE e.communityId = $c AND e.type IN ('issue.closed', 'issue.lapsed')`;

function counter(on: Bench, told: Told) {
  const db = new Database(join(on.dir, "yishi.db"), { readonly: true });
  return (measure: Measure, period: Pick<Period, "from" | "to">, where: { body?: string; category?: string } = {}): Share => {
    const facts = measure === "settled" && where.body ? settledBy : plain[measure];
    return db
      .prepare(
        `SELECT coalesce(sum(f.hit), 0) AS hit, count(*) AS "of" FROM (${facts}) f JOIN Issue i ON i.communityId = $c AND i.id = f.issueId
         WHERE date(f.at, '+8 hours') BETWEEN $from AND $to AND ($body IS NULL OR f.bodyId = $body) AND ($category IS NULL OR i.category = $category)`,
      )
      .get({
        c: told.at.communityId,
        ...(measure === "response" ? { now: on.clock.now } : {}),
        ...{ from: period.from, to: period.to },
        body: where.body ?? null,
        category: where.category ?? null,
      }) as Share;
  };
}

async function viewerOf(on: Bench, told: Told, actor: Actor) {
  const community = await loadCommunity(on.store.read, told.at.communityId);
  if (!community) throw new Error("No community.");
  return { actor, community, now: on.clock.now };
}

describe.each([1, 2, 3])("random months, seed %i", (seed) => {
  test("[RT5] [RT6] [RT7] [RT14] every rate, and what went up, agrees with the log, by body, category and period", async () => {
    const on = bench();
    const told = await tellHistory(on, seed, 900);
    const db = on.store.read;
    const again = counter(on, told);
    const viewer = await viewerOf(on, told, told.chair);
    const roll = random(seed * 7919);
    const anyDays = (): Period => {
      const from = new Date(Date.UTC(2026, 0, 1 + roll(120))).toISOString().slice(0, 10);
      const to = new Date(Date.parse(from) + roll(40) * 86_400_000).toISOString().slice(0, 10);
      return periodOf(`${from}..${to}`) ?? yearOf(2026);
    };
    const periods = [1, 2, 3, 4, 5, 6].map((m) => monthOf(2026, m));
    const { b7, b8, council, joint, street } = told.at.bodies;
    const bodies = [b7, b8, council, joint, street];
    const seen = new Map<Measure, number>();
    for (const period of [...periods.slice(0, 3), quarterOf(2026, 1), yearOf(2026), yearOf(2025), anyDays(), anyDays(), anyDays()]) {
      const cut = cutOf(viewer, { bodies: null }, period);
      for (const measure of measures) {
        const whole = await shareOf(db, measure, cut);
        expect(whole, `${measure} ${period.code}`).toEqual(again(measure, period));
        seen.set(measure, (seen.get(measure) ?? 0) + whole.of);
        const byBody = await sharesBy(db, measure, cut, "body");
        for (const body of bodies) {
          const expected = again(measure, period, { body });
          expect(byBody.get(body) ?? { hit: 0, of: 0 }, `${measure} ${period.code} ${body}`).toEqual(expected);
          expect(await shareOf(db, measure, { ...cut, bodies: [body] }), `${measure} ${period.code} ${body}`).toEqual(expected);
        }
        const byCategory = await sharesBy(db, measure, cut, "category");
        for (const category of categories.slice(0, 5)) {
          const expected = again(measure, period, { category });
          expect(byCategory.get(category) ?? { hit: 0, of: 0 }, `${measure} ${period.code} ${category}`).toEqual(expected);
          expect(await shareOf(db, measure, { ...cut, category })).toEqual(expected);
        }
      }
    }
    const spans = periods.map((p) => spanOf(p, "Asia/Shanghai"));
    for (const measure of measures)
      expect(await sharesOver(db, measure, cutOf(viewer, { bodies: null }, yearOf(2026)), spans)).toEqual(periods.map((p) => again(measure, p)));
    const log = new Database(join(on.dir, "yishi.db"), { readonly: true });
    const up = log.prepare(`SELECT count(*) FROM AuditEvent e WHERE e.communityId = ? AND e.type IN ('issue.escalated', 'issue.appealed')
      AND date(e.at, '+8 hours') BETWEEN ? AND ? AND (? IS NULL OR json_extract(e.data, '$.from') = ?)`);
    for (const period of [...periods, yearOf(2026)])
      for (const body of [null, ...bodies]) {
        const cut = cutOf(viewer, { bodies: body === null ? null : [body] }, period);
        expect(await countOf(db, { set: "up" }, cut), `up ${period.code} ${body}`).toBe(
          up.pluck().get(told.at.communityId, period.from, period.to, body, body),
        );
      }
    // A history in which nothing happened would prove nothing.
    for (const where of [
      "type = 'issue.escalated' AND json_extract(data, '$.overdue')",
      "type = 'issue.reopened' AND json_extract(data, '$.taskId') IS NOT NULL",
      "type = 'issue.extended'",
    ])
      expect(log.prepare(`SELECT count(*) FROM AuditEvent WHERE ${where}`).pluck().get(), where).toBeGreaterThan(0);
    for (const measure of measures) expect(seen.get(measure), measure).toBeGreaterThan(10);
  }, 120_000);

  test("[RT8] behind every number stands a list with exactly that many rows", async () => {
    const on = bench();
    const told = await tellHistory(on, seed + 100, 350);
    const viewer = await viewerOf(on, told, told.chair);
    const db = on.store.read;
    const rows = async (ask: Parameters<typeof figureList>[2]): Promise<number> => {
      let n = 0;
      for (let page = 1; ; page++) {
        const list = await figureList(db, viewer, ask, page);
        if (!list) throw new Error("No list.");
        n += list.rows.length;
        if (page >= list.pages) {
          expect(list.total).toBe(n);
          return n;
        }
      }
    };
    for (const code of ["2026-q1", "2026-02"]) {
      const page = await dashboard(db, viewer, code);
      if (!page) throw new Error("No dashboard.");
      for (const measure of measures) {
        const share = page.rates[measure];
        expect(await rows({ of: measure, period: code })).toBe(share.of);
        expect(await rows({ of: measure, period: code, side: "yes" })).toBe(share.hit);
        expect(await rows({ of: measure, period: code, side: "no" })).toBe(share.of - share.hit);
      }
      for (const level of page.levels) {
        expect(await rows({ of: "running", level: level.kind })).toBe(level.running);
        expect(await rows({ of: "red", level: level.kind })).toBe(level.red);
        for (const of of ["up", "down", "closed"] as const) expect(await rows({ of, level: level.kind, period: code })).toBe(level[of]);
      }
      expect(await rows({ of: "running" })).toBe(page.running);
      expect(await rows({ of: "red" })).toBe(page.red);
      expect(await rows({ of: "answered" })).toBe(page.answered);
      for (const { age, n } of page.ages) expect(await rows({ of: "running", age })).toBe(n);
      expect(page.ages.reduce((sum, { n }) => sum + n, 0)).toBe(page.running);
      for (const { id, n } of page.heat.buildings) expect(await rows({ of: "raised", building: id, period: page.heat.period.code })).toBe(n);
      expect(page.running + page.red + page.heat.total).toBeGreaterThan(0);
    }
  }, 120_000);
});

test("[RT10] a head sees their own body's figures, a resident none, and nobody another's", async () => {
  const on = bench();
  const told = await tellHistory(on, 5, 300);
  const db = on.store.read;
  const { b7, b8, council } = told.at.bodies;
  const own = await dashboard(db, await viewerOf(on, told, told.head), "2026-q1");
  expect(own).toMatchObject({ whole: false, own: ["Building 7"] });
  expect(own?.levels.map((l) => l.kind)).toEqual(["building"]);
  const all = cutOf(await viewerOf(on, told, told.chair), { bodies: null }, quarterOf(2026, 1));
  expect(own?.rates.response).toEqual((await sharesBy(db, "response", all, "body")).get(b7));
  expect(await dashboard(db, await viewerOf(on, told, told.resident), null)).toBeNull();
  expect(await figureList(db, await viewerOf(on, told, told.resident), { of: "running" }, 1)).toBeNull();
  for (const body of [b8, council]) expect(await figureList(db, await viewerOf(on, told, told.head), { of: "running", body }, 1)).toBeNull();
  expect(await figureList(db, await viewerOf(on, told, told.head), { of: "running", body: b7 }, 1)).not.toBeNull();
  for (const actor of [told.at.secretary, told.chair]) expect((await dashboard(db, await viewerOf(on, told, actor), null))?.whole).toBe(true);
});

test("[RT13] red is said once an issue, with the reason that tells most", async () => {
  const on = bench();
  const told = await tellHistory(on, 1, 0);
  const { at, head, resident, chair } = told;
  const db = on.store.read;
  const { b7, council, water } = at.bodies;
  const { perform, clock } = on;
  clock.now = "2026-03-02T01:00:00.000Z";
  const raise = async (track: string) => {
    const [event] = await done(perform, raiseIssue, resident, {
      bodyId: b7,
      what: `Is ${track}`,
      place: "",
      category: "water",
      track,
      visibility: "community",
    });
    return event?.type === "issue.raised" ? event.number : "";
  };
  const [untouched, slow, asked, doing, fine] = [await raise("minor"), await raise("minor"), await raise("hard"), await raise("hard"), await raise("hard")];
  await done(perform, acceptTheIssue, head, { number: slow });
  await done(perform, acceptTheIssue, head, { number: fine });
  await done(perform, askRaiser, head, { number: asked, text: "Where?" });
  await done(perform, escalateIssue, head, { number: doing, to: council, text: "tried" });
  const issueId = (await db.selectFrom("Issue").select("id").where("number", "=", doing).executeTakeFirstOrThrow()).id;
  const decisionId = await decideOn(on, chair, council, issueId);
  const task = { decisionId, title: "Survey", assignee: `body:${water}`, dueOn: "2026-03-06", proof: "report" };
  const taskId = idOf(await done(perform, assignTask, chair, task), "task.assigned");

  const order = { number: fine, text: "How far?", dueOn: "2026-03-09" };
  const orderId = idOf(await done(perform, giveSupervisionOrder, chair, order), "order.given");
  const taken = idOf(await done(perform, giveSupervisionOrder, chair, { ...order, number: slow, dueOn: "2026-03-03" }), "order.given");
  await done(perform, withdrawSupervisionOrder, chair, { orderId: taken, text: "by mistake" });

  const reds = async (now: string) => {
    clock.now = now;
    const list = await figureList(db, await viewerOf(on, told, chair), { of: "red" }, 1);
    const page = await dashboard(db, await viewerOf(on, told, chair), "2026-q1");
    expect(page?.red).toBe(list ? list.total : null);
    if (!list) throw new Error("No list.");
    return Object.fromEntries(list.rows.map((r) => [r.number, [r.red?.reason, r.red?.who, r.red?.task]]));
  };
  expect(await reds("2026-03-04T09:59:00.000Z")).toEqual({});
  expect(await reds("2026-03-05T01:00:00.000Z")).toEqual({ [untouched]: ["respond", "Building 7", ""] });
  expect(await reds("2026-03-10T01:00:00.000Z")).toEqual({
    [untouched]: ["respond", "Building 7", ""],
    [slow]: ["settle", "Building 7", ""],
    [doing]: ["task", "Water bureau", "Survey"],
    [fine]: ["order", "Building 7", ""],
  });
  // The answer is late wherever the issue goes, and of whoever was asked.
  await done(perform, escalateIssue, head, { number: fine, to: council, text: "tried" });
  expect((await reds("2026-03-10T01:00:00.000Z"))[fine]).toEqual(["order", "Building 7", ""]);
  await done(perform, answerSupervisionOrder, head, { orderId, text: "soon" });
  expect((await reds("2026-03-10T01:00:00.000Z"))[fine]).toBeUndefined();
  // Months later its level is late too; the task still tells more. The raiser who was asked has been silent for long.
  const late = await reds("2026-06-10T01:00:00.000Z");
  expect(late[doing]).toEqual(["task", "Water bureau", "Survey"]);
  expect(late[asked]?.[0]).toBe("silent");
  expect(late[fine]?.[0]).toBe("respond");
  const staff = await at.person("staff", [[water, "staff", "department"]]);
  await done(perform, handInTask, staff, { taskId, text: "done" });
  expect((await reds("2026-06-10T01:00:00.000Z"))[doing]?.[0]).toBe("settle");
});

test("[RT13] a task of a series that nobody handed in is red, though its issue was answered with the first and is closed", async () => {
  const on = bench();
  const told = await tellHistory(on, 1, 0);
  const { at, chair, staff, resident } = told;
  const { council, water } = at.bodies;
  on.clock.now = "2026-03-02T01:00:00.000Z";
  const input = { bodyId: at.bodies.b7, what: "Leaves on the path", place: "", category: "other", track: "hard", visibility: "community" };
  const [raised] = await done(on.perform, raiseIssue, resident, input);
  if (raised?.type !== "issue.raised") throw new Error("not raised");
  const { id, number } = raised;
  await done(on.perform, escalateIssue, told.head, { number, to: council, text: "tried" });
  const decisionId = await decideOn(on, chair, council, id);
  const task = { decisionId, title: "Sweep", assignee: `body:${water}`, dueOn: "2026-03-06", proof: "report", repeats: "weekly" };
  const taskId = idOf(await done(on.perform, assignTask, chair, task), "task.assigned");
  await done(on.perform, handInTask, staff, { taskId, text: "swept" });
  await done(on.perform, verifyTask, chair, { taskId });
  await done(on.perform, giveIssueFeedback, resident, { number, solved: "yes", content: "content", why: null, remark: "" });
  on.clock.now = "2026-03-07T01:00:00.000Z";
  await done(on.perform, repeatTask, clockActor(at.communityId), { taskId });
  const reds = async (now: string) => {
    on.clock.now = now;
    const list = await figureList(on.store.read, await viewerOf(on, told, chair), { of: "red" }, 1);
    return list ? list.rows.filter((r) => r.number === number).map((r) => [r.red?.reason, r.red?.task]) : null;
  };
  expect(await reds("2026-03-13T01:00:00.000Z")).toEqual([]);
  expect(await reds("2026-03-14T01:00:00.000Z")).toEqual([["task", "Sweep"]]);
});

test("[RT8] a filter that does not belong to a list is no question, and a list says the period it is of", async () => {
  const on = bench();
  const told = await tellHistory(on, 4, 60);
  const viewer = await viewerOf(on, told, told.chair);
  const read = (query: string) => {
    const { ask } = figureAsk(new URLSearchParams(query));
    return ask ? figureList(on.store.read, viewer, ask, 1) : false;
  };
  for (const query of [
    "of=response&level=building",
    "of=running&period=2026",
    "of=red&age=week",
    "of=closed&side=yes",
    "of=up&building=x",
    "of=answered&level=grid",
  ])
    expect(await read(query), query).toBe(false);
  for (const query of ["of=response&period=2026-q1", "of=running&level=building&age=week", "of=lapsed&period=2026-01", "of=merged&category=water"])
    expect(await read(query), query).toMatchObject({ page: 1 });
  expect(await read("of=closed")).toMatchObject({ period: { code: "2026" }, whole: true });
  expect(await read("of=running")).toMatchObject({ period: null });
});
