// What a simulated year is held to. Each promise is checked from the outside, after the last life ended: by the log, the
// tables, and the same views the pages show.
import { checkChain, eventsAfter, type Recorded } from "../../app/data/audit.server";
import type { Db } from "../../app/data/dialect.server";
import { loadBodies, loadCommunity } from "../../app/data/organisation.server";
import type { Store } from "../../app/data/store.server";
import type { Body } from "../../app/domain/body";
import type { IssueEvent } from "../../app/domain/issue";
import { current, evolveIssue, holderOf, type Issue, isOver, running } from "../../app/domain/issue";
import { clockActor } from "../../app/domain/permission";
import { issueOwed } from "../../app/views/clocks";
import { lightOf } from "../../app/views/issue-page";
import type { Viewer } from "../../app/views/viewer";
import { bothWays } from "../../tests/support/rebuild";
import type { DeliveryBook } from "./deliveries";

export type Checked = { promise: string; asked: number; broken: string[] };
export type Year = { store: Store; communityId: string; now: string; answered: ReadonlySet<string>; deliveries: DeliveryBook | null };

const dayMs = 86_400_000;

/** The whole log of a community, in order. */
async function logOf(db: Db, communityId: string): Promise<Recorded[]> {
  const all: Recorded[] = [];
  for (let cursor = 0; ; ) {
    const events = await eventsAfter(db, cursor, 2000);
    all.push(...events.filter((e) => e.communityId === communityId));
    const last = events.at(-1);
    if (!last) return all;
    cursor = last.seq;
  }
}

const isIssueEvent = (event: Recorded["event"]): event is IssueEvent => event.type.startsWith("issue.");

type Climb = { issueId: string; stay: number; at: string; settleBy: string; fit: boolean };

/** Every issue as the log tells it, and every time one climbed by itself, with whether its deadline had passed at that moment. */
function retell(events: readonly Recorded[], bodies: ReadonlyMap<string, Body>): { issues: Map<string, Issue>; climbs: Climb[] } {
  const issues = new Map<string, Issue>();
  const climbs: Climb[] = [];
  for (const { event, actorId, at, communityId } of events) {
    if (!isIssueEvent(event)) continue;
    const before = issues.get(event.id) ?? null;
    if (event.type === "issue.escalated" && event.overdue && before) {
      const { settleBy, bodyId } = current(before);
      const fit = running(before) && settleBy < at && bodyId === event.from && bodies.get(bodyId)?.escalatesToId === event.to;
      climbs.push({ issueId: event.id, stay: before.stays.length - 1, at, settleBy, fit });
    }
    issues.set(event.id, evolveIssue(before, event, { actorId, at, communityId }));
  }
  return { issues, climbs };
}

/** All promises, each with how much was asked and what was found broken. */
export async function checkYear({ store, communityId, now, answered, deliveries }: Year): Promise<Checked[]> {
  const { read } = store;
  const community = await loadCommunity(read, communityId);
  if (!community) throw new Error("The community is gone.");
  const bodies = await loadBodies(read, communityId);
  const events = await logOf(read, communityId);
  const { issues, climbs } = retell(events, bodies);
  const viewer: Viewer = { actor: clockActor(communityId), community, now };
  return [
    { promise: "every issue ended, is in time, waits for its raiser, or is visibly overdue", ...(await endsOrShows(store, [...issues.values()], viewer)) },
    { promise: "every passed deadline was acted on exactly once", ...(await climbedOnce(store, issues, climbs, viewer)) },
    { promise: "what came down was asked to be acknowledged once", ...(await askedOnce(read, communityId)) },
    { promise: "no answered press was lost, and none counted twice", ...pressedOnce(events, await requestsOf(read, communityId), answered) },
    { promise: "the audit chain checks", ...(await chained(read, communityId)) },
    { promise: "the log alone gives back every record", ...(await rebuilt(store)) },
    { promise: "every notification was delivered once per channel and preference", ...(await delivered(read, communityId, deliveries)) },
  ];
}

async function endsOrShows(store: Store, issues: readonly Issue[], viewer: Viewer): Promise<Omit<Checked, "promise">> {
  const broken: string[] = [];
  for (const issue of issues) {
    const { phase, number } = issue;
    if (isOver(issue)) continue;
    if (phase.status === "answered" || phase.status === "waiting") {
      const since = phase.status === "answered" ? phase.answer.at : phase.pausedAt;
      if (Date.parse(viewer.now) - Date.parse(since) > 60 * dayMs) broken.push(`${number} waits for its raiser since ${since}`);
      continue;
    }
    const late = current(issue).settleBy < viewer.now;
    if (late && lightOf(issue, viewer).state !== "late") broken.push(`${number} is overdue and does not show it`);
    if (late && (await issueOwed(store.read, viewer, issue.id)).overdue === null)
      broken.push(`${number} is overdue and its page does not say what becomes of it`);
  }
  return { asked: issues.length, broken };
}

async function climbedOnce(store: Store, issues: ReadonlyMap<string, Issue>, climbs: readonly Climb[], viewer: Viewer): Promise<Omit<Checked, "promise">> {
  const broken: string[] = [];
  const acted = new Map<string, number>();
  for (const { issueId, stay, fit, at } of climbs) {
    const key = `${issueId}/${stay}`;
    acted.set(key, (acted.get(key) ?? 0) + 1);
    if (!fit) broken.push(`${issues.get(issueId)?.number} climbed at ${at} though it was not due`);
  }
  for (const [key, times] of acted) if (times > 1) broken.push(`${issues.get(key.split("/")[0] ?? "")?.number} climbed ${times} times at one deadline`);
  let due = climbs.length;
  for (const issue of issues.values()) {
    // Every level that ended overdue has its climb in the log.
    for (const [n, stay] of issue.stays.entries())
      if (stay.ending === "overdue" && !acted.has(`${issue.id}/${n}`)) broken.push(`${issue.number} left ${stay.bodyId} overdue, and nobody knows how`);
    if (!running(issue) || current(issue).settleBy >= viewer.now) continue;
    due++;
    // What is overdue now and stays has a reason to: it is at the top, or something holds it.
    if ((await issueOwed(store.read, viewer, issue.id)).overdue === "climbs") broken.push(`${issue.number} is overdue at ${holderOf(issue)} and did not climb`);
  }
  return { asked: due, broken };
}

async function askedOnce(db: Db, communityId: string): Promise<Omit<Checked, "promise">> {
  const asked = await db
    .selectFrom("AuditEvent")
    .select(["seq", "data"])
    .where("communityId", "=", communityId)
    .where("type", "=", "acknowledgement.owed")
    .execute();
  const seen = new Set<string>();
  const broken: string[] = [];
  for (const { seq, data } of asked) {
    const { causeSeq, bodyId } = JSON.parse(data) as { causeSeq: number; bodyId: string };
    const key = `${causeSeq}/${bodyId}`;
    if (seen.has(key)) broken.push(`event ${seq} asks again about event ${causeSeq}`);
    seen.add(key);
  }
  const climbed = await db
    .selectFrom("AuditEvent")
    .select(["seq", "data"])
    .where("communityId", "=", communityId)
    .where("type", "=", "issue.escalated")
    .execute();
  for (const { seq, data } of climbed) {
    const { overdue, from } = JSON.parse(data) as { overdue?: boolean; from: string };
    if (overdue && !seen.has(`${seq}/${from}`)) broken.push(`nobody was asked to acknowledge event ${seq}`);
  }
  return { asked: asked.length, broken };
}

const requestsOf = async (db: Db, communityId: string): Promise<string[]> =>
  (await db.selectFrom("AuditEvent").select("requestId").where("communityId", "=", communityId).where("requestId", "is not", null).execute()).flatMap(
    (r) => r.requestId ?? [],
  );

function pressedOnce(events: readonly Recorded[], requests: readonly string[], answered: ReadonlySet<string>): Omit<Checked, "promise"> {
  const there = new Set(requests);
  const broken = [...answered].filter((key) => !there.has(key)).map((key) => `${key} was answered and is gone`);
  if (there.size !== requests.length) broken.push(`${requests.length - there.size} presses count twice`);
  const numbers = events.flatMap(({ event }) => (event.type === "issue.raised" ? [event.number] : []));
  if (new Set(numbers).size !== numbers.length) broken.push("two issues have one number");
  return { asked: answered.size, broken };
}

async function chained(db: Db, communityId: string): Promise<Omit<Checked, "promise">> {
  const chain = await checkChain(db, communityId);
  return chain.ok ? { asked: chain.links, broken: [] } : { asked: chain.seq, broken: [`event ${chain.seq} does not follow: ${chain.what}`] };
}

async function rebuilt(store: Store): Promise<Omit<Checked, "promise">> {
  const { fromLog, fromTables } = await bothWays(store);
  const names = new Set([...Object.keys(fromLog), ...Object.keys(fromTables)]);
  const inOrder = (value: unknown): string =>
    JSON.stringify(value, (_key, part: unknown) =>
      part !== null && typeof part === "object" && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
    );
  const broken = [...names].filter((name) => inOrder(fromLog[name]) !== inOrder(fromTables[name])).map((name) => `${name} is not what the log says`);
  return { asked: names.size, broken };
}

async function delivered(db: Db, communityId: string, book: DeliveryBook | null): Promise<Omit<Checked, "promise">> {
  const all = book ? (await book(db)).filter((d) => d.communityId === communityId) : [];
  const wrong = all.filter((d) => d.delivered !== d.wanted);
  return { asked: all.length, broken: wrong.map((d) => `event ${d.seq} reached ${d.personId} by ${d.channel} ${d.delivered} times, not ${d.wanted}`) };
}
