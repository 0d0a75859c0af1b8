// Counting: every figure is a set of things, written once in SQL. The number is its count, the list behind it its rows.
import { type RawBuilder, sql } from "kysely";
import type { WhyNot } from "../domain/follow-up";
import type { Age, Measure, Reason, Share } from "../domain/rates";
import type { Db } from "./dialect.server";

/** What is counted: a stretch of time (`until` does not belong to it), these bodies (null: all), one category (null: all). */
export type Cut = { communityId: string; from: string; until: string; now: string; bodies: readonly string[] | null; category: string | null };
/** One thing counted. `position` is the stay it is about, where it is about one; `hit` whether it counts for the better. */
export type Fact = { issueId: string; position: number | null; bodyId: string; at: string; hit: number };

type Sql = RawBuilder<unknown>;
const nothing = sql``;
const among = (column: Sql, values: readonly string[] | null): Sql =>
  values === null ? nothing : values.length === 0 ? sql`AND 1 = 0` : sql`AND ${column} IN (${sql.join(values)})`;
const ofCategory = ({ category }: Cut): Sql => (category === null ? nothing : sql`AND i.category = ${category}`);
const within = (column: Sql, { from, until }: Pick<Cut, "from" | "until">): Sql => sql`${column} >= ${from} AND ${column} < ${until}`;

/** The lowest levels, where small matters end. */
const lowest = sql`('building', 'grid')`;
const running = sql`('open', 'waiting', 'doing')`;

// The category stands with the issue; a count that does not ask for it need not look there.
type Named = { join: (of: Sql) => Sql; column: Sql };
const named = (cut: Cut, asked: boolean): Named =>
  asked || cut.category !== null
    ? { join: (of) => sql`JOIN Issue i ON i.communityId = ${of}.communityId AND i.id = ${of}.issueId`, column: sql`i.category` }
    : { join: () => nothing, column: sql`NULL AS category` };

// A level owes a first word by `respondBy`. What is not due yet is not counted, for the better or the worse.
const responses = (cut: Cut, { join, column }: Named): Sql => sql`
  SELECT s.issueId, s.position, s.bodyId, ${column}, s.respondBy AS at, s.acceptedAt IS NOT NULL AND s.acceptedAt <= s.respondBy AS hit
  FROM Stay s ${join(sql`s`)}
  WHERE s.communityId = ${cut.communityId} AND ${within(sql`s.respondBy`, cut)} AND s.respondBy <= ${cut.now} ${among(sql`s.bodyId`, cut.bodies)} ${ofCategory(cut)}`;

const spoken = (cut: Cut, { join, column }: Named, raiser: 0 | 1, hit: Sql): Sql => sql`
  SELECT r.issueId, r.position, r.bodyId, ${column}, r.at, ${hit} AS hit
  FROM Rating r ${join(sql`r`)}
  WHERE r.communityId = ${cut.communityId} AND r.raiser = ${raiser} AND ${within(sql`r.at`, cut)} ${among(sql`r.bodyId`, cut.bodies)} ${ofCategory(cut)}`;

// For the whole community: closed at the lowest level. For bodies: of the closed ones each ever held, those it answered itself.
const settled = (cut: Cut, perBody: boolean): Sql =>
  perBody || cut.bodies !== null
    ? sql`
  SELECT DISTINCT i.id AS issueId, NULL AS position, s.bodyId, i.category, i.closedAt AS at, i.answeredById = s.bodyId AS hit
  FROM Issue i JOIN Stay s ON s.communityId = i.communityId AND s.issueId = i.id
  WHERE i.communityId = ${cut.communityId} AND i.status = 'closed' AND ${within(sql`i.closedAt`, cut)} ${among(sql`s.bodyId`, cut.bodies)} ${ofCategory(cut)}`
    : sql`
  SELECT i.id AS issueId, NULL AS position, i.answeredById AS bodyId, i.category, i.closedAt AS at, b.kind IN ${lowest} AS hit
  FROM Issue i JOIN Body b ON b.communityId = i.communityId AND b.id = i.answeredById
  WHERE i.communityId = ${cut.communityId} AND i.status = 'closed' AND ${within(sql`i.closedAt`, cut)} ${ofCategory(cut)}`;

function factsOf(measure: Measure, cut: Cut, by?: "body" | "category"): Sql {
  const category = named(cut, by === "category");
  switch (measure) {
    case "response":
      return responses(cut, category);
    case "resolution":
      return spoken(cut, category, 1, sql`r.solved`);
    case "satisfaction":
      return spoken(cut, category, 1, sql`coalesce(r.content = 'content', 0)`);
    case "neighbours":
      return spoken(cut, category, 0, sql`r.solved`);
    case "settled":
      return settled(cut, by === "body");
  }
}

/** One share. */
export async function shareOf(db: Db, measure: Measure, cut: Cut): Promise<Share> {
  const { rows } = await sql<Share>`SELECT coalesce(sum(hit), 0) AS hit, count(*) AS "of" FROM (${factsOf(measure, cut)})`.execute(db);
  return rows[0] ?? { hit: 0, of: 0 };
}

/** The same for each body or category, by its id or code. Those with nothing to count are left out. */
export async function sharesBy(db: Db, measure: Measure, cut: Cut, by: "body" | "category"): Promise<Map<string, Share>> {
  const key = by === "body" ? sql`bodyId` : sql`category`;
  const { rows } = await sql<
    Share & { key: string }
  >`SELECT ${key} AS key, coalesce(sum(hit), 0) AS hit, count(*) AS "of" FROM (${factsOf(measure, cut, by)}) GROUP BY ${key}`.execute(db);
  return new Map(rows.map(({ key, hit, of }) => [key, { hit, of }]));
}

/** The same for several stretches of time, in their order. */
export async function sharesOver(db: Db, measure: Measure, cut: Cut, spans: readonly Pick<Cut, "from" | "until">[]): Promise<Share[]> {
  const shares: Share[] = [];
  // Each reads its own part of an index; one pass with a group a stretch would sort them all first.
  for (const { from, until } of spans) shares.push(await shareOf(db, measure, { ...cut, from, until }));
  return shares;
}

/** What one figure counts besides the rates. `kinds` narrows to levels. */
export type Counted =
  | { set: "running"; kinds?: readonly string[] | undefined; age?: Age | undefined; ageFrom?: string | undefined; ageUntil?: string | undefined }
  | { set: "answered" }
  | { set: "red"; kinds?: readonly string[] | undefined; silentBefore: string }
  | { set: "lapsed" | "merged" }
  | { set: "up" | "down" | "closed"; kinds?: readonly string[] | undefined }
  | { set: "raised"; buildingId?: string | undefined };

const ofKinds = (kinds: readonly string[] | undefined): Sql => among(sql`b.kind`, kinds ?? null);

// SQLite takes the tables of a CROSS JOIN in the order written: those that run are few, stays are many.
// Why something is red, from what the tables hold now. One more reason is one more branch here and one more word.
const redRows = ({ communityId, now }: Cut, silentBefore: string): Sql => sql`
  SELECT i.id AS issueId, CASE WHEN s.acceptedAt IS NULL THEN 'respond' ELSE 'settle' END AS reason, CASE WHEN s.acceptedAt IS NULL THEN 3 ELSE 2 END AS rank, i.dueAt AS at, NULL AS taskId, NULL AS owesId
  FROM Issue i CROSS JOIN Stay s ON s.communityId = i.communityId AND s.issueId = i.id AND s.endedAt IS NULL
  WHERE i.communityId = ${communityId} AND i.status IN ('open', 'doing') AND i.dueAt < ${now}
  UNION ALL
  SELECT t.issueId, 'task', 1, t.dueAt, t.id, NULL
  FROM Task t JOIN Issue i ON i.communityId = t.communityId AND i.id = t.issueId
  WHERE t.communityId = ${communityId} AND t.status NOT IN ('handedIn', 'verified') AND t.dueAt < ${now} AND i.status <> 'merged'
  UNION ALL
  SELECT o.issueId, 'order', 0, o.dueAt, NULL, o.bodyId
  FROM SupervisionOrder o WHERE o.communityId = ${communityId} AND o.answeredAt IS NULL AND o.withdrawnAt IS NULL AND o.dueAt < ${now}
  UNION ALL
  SELECT i.id, 'silent', 4, i.pausedAt, NULL, NULL
  FROM Issue i WHERE i.communityId = ${communityId} AND i.status = 'waiting' AND i.pausedAt < ${silentBefore}`;

// SQLite gives the other columns of the row that has the minimum.
const red = (cut: Cut, silentBefore: string): Sql =>
  sql`SELECT issueId, reason, min(rank * 100000000000 + unixepoch(at)) AS first, at, taskId, owesId FROM (${redRows(cut, silentBefore)}) GROUP BY issueId`;

function countedOf(counted: Counted, cut: Cut): Sql {
  const { communityId, bodies } = cut;
  switch (counted.set) {
    case "running":
      return sql`
  SELECT i.id AS issueId, NULL AS position, i.holderId AS bodyId, i.category, i.raisedAt AS at, 0 AS hit, b.kind
  FROM Issue i JOIN Body b ON b.communityId = i.communityId AND b.id = i.holderId
  WHERE i.communityId = ${communityId} AND i.status IN ${running} ${among(sql`i.holderId`, bodies)} ${ofKinds(counted.kinds)} ${ofCategory(cut)}
  ${counted.ageFrom ? sql`AND i.raisedAt >= ${counted.ageFrom}` : nothing} ${counted.ageUntil ? sql`AND i.raisedAt < ${counted.ageUntil}` : nothing}`;
    case "answered":
      return sql`
  SELECT i.id AS issueId, NULL AS position, i.holderId AS bodyId, i.category, i.answeredAt AS at, 0 AS hit, b.kind
  FROM Issue i JOIN Body b ON b.communityId = i.communityId AND b.id = i.holderId
  WHERE i.communityId = ${communityId} AND i.status = 'answered' ${among(sql`i.holderId`, bodies)} ${ofCategory(cut)}`;
    case "red":
      return sql`
  SELECT i.id AS issueId, NULL AS position, i.holderId AS bodyId, i.category, x.at, 0 AS hit, b.kind, x.reason, x.taskId, x.owesId
  FROM (${red(cut, counted.silentBefore)}) x JOIN Issue i ON i.communityId = ${communityId} AND i.id = x.issueId
  JOIN Body b ON b.communityId = i.communityId AND b.id = i.holderId
  WHERE 1 = 1 ${among(sql`i.holderId`, bodies)} ${ofKinds(counted.kinds)} ${ofCategory(cut)}`;
    case "up":
      return sql`
  SELECT s.issueId, s.position, p.bodyId, i.category, s.receivedAt AS at, 0 AS hit, b.kind
  FROM Stay s JOIN Stay p ON p.communityId = s.communityId AND p.issueId = s.issueId AND p.position = s.position - 1
  JOIN Issue i ON i.communityId = s.communityId AND i.id = s.issueId JOIN Body b ON b.communityId = p.communityId AND b.id = p.bodyId
  WHERE s.communityId = ${communityId} AND ${within(sql`s.receivedAt`, cut)} AND s.came IN ('escalated', 'overdue', 'appealed') ${among(sql`p.bodyId`, bodies)} ${ofKinds(counted.kinds)} ${ofCategory(cut)}`;
    case "down":
      return sql`
  SELECT s.issueId, s.position, s.bodyId, i.category, s.receivedAt AS at, 0 AS hit, b.kind
  FROM Stay s JOIN Issue i ON i.communityId = s.communityId AND i.id = s.issueId JOIN Body b ON b.communityId = s.communityId AND b.id = s.bodyId
  WHERE s.communityId = ${communityId} AND ${within(sql`s.receivedAt`, cut)} AND s.came = 'remitted' ${among(sql`s.bodyId`, bodies)} ${ofKinds(counted.kinds)} ${ofCategory(cut)}`;
    case "closed":
      return sql`
  SELECT i.id AS issueId, NULL AS position, i.answeredById AS bodyId, i.category, i.closedAt AS at, 0 AS hit, b.kind
  FROM Issue i JOIN Body b ON b.communityId = i.communityId AND b.id = i.answeredById
  WHERE i.communityId = ${communityId} AND i.status = 'closed' AND ${within(sql`i.closedAt`, cut)} ${among(sql`i.answeredById`, bodies)} ${ofKinds(counted.kinds)} ${ofCategory(cut)}`;
    case "lapsed":
      return sql`
  SELECT i.id AS issueId, NULL AS position, i.answeredById AS bodyId, i.category, i.closedAt AS at, 0 AS hit
  FROM Issue i WHERE i.communityId = ${communityId} AND i.status = 'closed' AND i.solved IS NULL AND ${within(sql`i.closedAt`, cut)} ${among(sql`i.answeredById`, bodies)} ${ofCategory(cut)}`;
    case "merged":
      return sql`
  SELECT i.id AS issueId, NULL AS position, i.holderId AS bodyId, i.category, i.closedAt AS at, 0 AS hit
  FROM Issue i WHERE i.communityId = ${communityId} AND i.status = 'merged' AND ${within(sql`i.closedAt`, cut)} ${among(sql`i.holderId`, bodies)} ${ofCategory(cut)}`;
    case "raised":
      return sql`
  SELECT i.id AS issueId, NULL AS position, i.raisedInId AS bodyId, i.category, i.raisedAt AS at, 0 AS hit, '' AS kind, i.buildingId
  FROM Issue i
  WHERE i.communityId = ${communityId} AND ${within(sql`i.raisedAt`, cut)} ${counted.buildingId ? sql`AND i.buildingId = ${counted.buildingId}` : nothing}
  ${bodies === null ? nothing : sql`AND (1 = 0 ${bodies.length > 0 ? sql`OR i.raisedInId IN (${sql.join(bodies)}) OR i.buildingId IN (${sql.join(bodies)})` : nothing})`} ${ofCategory(cut)}`;
  }
}

/** How many there are, by level, body, category or building. */
export async function countsBy(db: Db, counted: Counted, cut: Cut, by: "kind" | "bodyId" | "category" | "buildingId"): Promise<Map<string, number>> {
  const key = sql.ref(by);
  const { rows } = await sql<{ key: string | null; n: number }>`SELECT ${key} AS key, count(*) AS n FROM (${countedOf(counted, cut)}) GROUP BY ${key}`.execute(
    db,
  );
  return new Map(rows.flatMap(({ key, n }) => (key === null ? [] : [[key, n] as const])));
}

export async function countOf(db: Db, counted: Counted, cut: Cut): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM (${countedOf(counted, cut)})`.execute(db);
  return rows[0]?.n ?? 0;
}

export type Page = { limit: number; offset: number };
export type Side = "all" | "yes" | "no";
const sided = (side: Side): Sql => (side === "all" ? nothing : sql`WHERE hit = ${side === "yes" ? 1 : 0}`);

/** The rows behind a share, the latest first, and how many there are. `perBody` counts "settled" as bodies do. */
export async function factsBehind(db: Db, measure: Measure, cut: Cut, side: Side, page: Page): Promise<{ facts: Fact[]; total: number }> {
  const facts = factsOf(measure, cut);
  const { rows } =
    await sql<Fact>`SELECT * FROM (${facts}) ${sided(side)} ORDER BY at DESC, issueId, position LIMIT ${page.limit} OFFSET ${page.offset}`.execute(db);
  const { rows: counted } = await sql<{ n: number }>`SELECT count(*) AS n FROM (${facts}) ${sided(side)}`.execute(db);
  return { facts: rows, total: counted[0]?.n ?? 0 };
}

/** `taskId`: the task that was not handed in. `owesId`: the body that owes an answer. */
export type RedFact = Fact & { reason: Reason; taskId: string | null; owesId: string | null };
/** Everything red, what has waited longest first. */
export async function allReds(db: Db, cut: Cut, silentBefore: string): Promise<RedFact[]> {
  const counted: Counted = { set: "red", silentBefore };
  const { rows } = await sql<RedFact>`SELECT * FROM (${countedOf(counted, cut)}) ORDER BY at, issueId`.execute(db);
  return rows;
}

/** The rows behind a count, the oldest first: what has waited longest stands on top. */
export async function factsCounted<C extends Counted>(
  db: Db,
  counted: C,
  cut: Cut,
  page: Page,
): Promise<{ facts: (C extends { set: "red" } ? RedFact : Fact)[]; total: number }> {
  const { rows } = await sql<
    C extends { set: "red" } ? RedFact : Fact
  >`SELECT * FROM (${countedOf(counted, cut)}) ORDER BY at, issueId, position LIMIT ${page.limit} OFFSET ${page.offset}`.execute(db);
  return { facts: rows, total: await countOf(db, counted, cut) };
}

/** How often each reason was given by those who spoke in this time, raisers and neighbours. */
export async function whysIn(db: Db, cut: Cut): Promise<Map<WhyNot, number>> {
  const { rows } = await sql<{ why: WhyNot; n: number }>`
  SELECT r.why, count(*) AS n FROM Rating r JOIN Issue i ON i.communityId = r.communityId AND i.id = r.issueId
  WHERE r.communityId = ${cut.communityId} AND r.raiser IN (0, 1) AND ${within(sql`r.at`, cut)} AND r.why IS NOT NULL ${among(sql`r.bodyId`, cut.bodies)} ${ofCategory(cut)} GROUP BY r.why`.execute(
    db,
  );
  return new Map(rows.map(({ why, n }) => [why, n]));
}

/** How many issues ran at an instant: raised before it, not closed or merged before it. */
export async function ranAt(db: Db, cut: Cut, at: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
  SELECT count(*) AS n FROM Issue i WHERE i.communityId = ${cut.communityId} AND i.raisedAt < ${at} AND (i.closedAt IS NULL OR i.closedAt >= ${at}) ${among(sql`i.raisedInId`, cut.bodies)} ${ofCategory(cut)}`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

/** What stands on the agenda again and again: how often each of these issues was put off. */
export async function putOff(db: Db, communityId: string, issueIds: readonly string[]): Promise<Map<string, number>> {
  if (issueIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("AgendaItem")
    .select(({ fn }) => ["issueId", fn.max("carried").as("n")])
    .where("communityId", "=", communityId)
    .where("issueId", "in", issueIds)
    .groupBy("issueId")
    .execute();
  return new Map(rows.map(({ issueId, n }) => [issueId, n ?? 0]));
}
