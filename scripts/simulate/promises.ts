// What a simulated year is held to. Each promise is checked from the outside, after the last life ended: what should have happened
// is worked out from the log alone (ledger.ts), and held against the log, the tables, and what the pages show.
import { checkChain, eventsAfter, type Recorded } from "../../app/data/audit.server";
import type { Db } from "../../app/data/dialect.server";
import { loadIssue } from "../../app/data/issues.server";
import { loadCommunity } from "../../app/data/organisation.server";
import type { Store } from "../../app/data/store.server";
import { clockActor } from "../../app/domain/permission";
import { issueOwed } from "../../app/views/clocks";
import { lightOf } from "../../app/views/issue-page";
import type { Viewer } from "../../app/views/viewer";
import { bothWays } from "../../tests/support/rebuild";
import type { DeliveryBook } from "./deliveries";
import { cameUpFrom, emptyLedger, endOfWorkingDay, holder, holdOn, inOffice, type Ledger, localDate, type Matter, partsOfDays, tell } from "./ledger";

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

const hourMs = 3_600_000;
type Found = Omit<Checked, "promise">;

/** What the clock has to do by itself, followed through the log part of a day by part of a day. */
type Course = {
  ledger: Ledger;
  climbs: { issueId: string; from: string; to: string; at: string; settleBy: string }[];
  climbing: Found;
  deadlines: Found;
  lapses: Found;
  hands: Found;
  series: Found;
  asked: Found;
};

/** Working days, or hours, to settle in: at a building, the council and above; by the standard clocks. */
const settleIn: Record<string, readonly [building: number, council: number, above: number]> = { minor: [5, 10, 15], hard: [10, 30, 60], urgent: [24, 48, 72] };
/** Working days the raiser is asked for. */
const askDays = 15;

function settleByOf(ledger: Ledger, matter: Matter, bodyId: string, at: string): string {
  const kind = ledger.bodies.get(bodyId)?.kind;
  const amount = settleIn[matter.track]?.[kind === "building" ? 0 : kind === "council" ? 1 : 2] ?? 0;
  return matter.track === "urgent" ? new Date(Date.parse(at) + amount * hourMs).toISOString() : endOfWorkingDay(at, amount);
}

/** Follow the year. Whatever was overdue before a part of a day began, and nothing held, is to be gone by its end. */
function follow(events: readonly Recorded[]): Course {
  const ledger = emptyLedger();
  const none = (): Found => ({ asked: 0, broken: [] });
  const course: Course = { ledger, climbs: [], climbing: none(), deadlines: none(), lapses: none(), hands: none(), series: none(), asked: none() };
  const last = new Map<string, { no: number; dueAt: string; dueOn: string }>();
  for (const part of partsOfDays(events)) {
    const began = part[0]?.at ?? "";
    const due = [...ledger.matters.values()].filter((m) => late(ledger, m, began) && holdOn(ledger, m, began) === null).map((m) => [m, m.receivedAt] as const);
    const owing: Owing[] = [];
    const owed: { causeSeq: number; bodyId: string }[] = [];
    const refused = new Map<string, number>();
    for (const recorded of part) {
      const { event, at, seq } = recorded;
      const { climbing, deadlines, lapses, series, climbs } = course;
      const before = event.type.startsWith("issue.") ? ledger.matters.get(event.id) : undefined;
      if (event.type === "issue.escalated" && event.overdue && before) {
        const { number, settleBy } = before;
        climbs.push({ issueId: event.id, from: event.from, to: event.to, at, settleBy });
        const itsOwn = holder(before) === event.from && ledger.bodies.get(event.from)?.upper === event.to;
        if (!itsOwn || !late(ledger, before, at) || holdOn(ledger, before, at) === "certain")
          climbing.broken.push(`${number} climbed at ${at} though it was not due`);
      }
      if (event.type === "issue.lapsed" && before) {
        lapses.asked++;
        if (before.status !== "answered" || at <= endOfWorkingDay(before.waitsSince, askDays))
          lapses.broken.push(`${before.number} was closed at ${at}, too early`);
      }
      if (event.type === "task.assigned" && event.series) {
        const { id, no } = event.series;
        const one = last.get(id);
        if (no > 1) series.asked++;
        if (no !== (one?.no ?? 0) + 1 || (one && (at < one.dueAt || event.dueOn <= one.dueOn)))
          series.broken.push(`event ${seq} makes no. ${no} of a series out of its turn`);
        last.set(id, { no, dueAt: event.dueAt, dueOn: event.dueOn });
      }
      tell(ledger, recorded);
      const matter = event.type.startsWith("issue.") ? ledger.matters.get(event.id) : undefined;
      const came =
        event.type === "issue.raised" || event.type === "issue.reopened"
          ? event.bodyId
          : event.type === "issue.escalated" || event.type === "issue.remitted" || event.type === "issue.appealed"
            ? event.to
            : null;
      if (came !== null && matter && "settleBy" in event) {
        deadlines.asked++;
        const right = settleByOf(ledger, matter, came, at);
        if (event.settleBy !== right) deadlines.broken.push(`${matter.number} came at ${at} and is due ${event.settleBy}, not ${right}`);
      }
      if (event.type === "acknowledgement.owed") owed.push(event);
      if (event.type === "issue.reopened" || event.type === "issue.appealed") refused.set(event.id, seq);
      const owes = comesDown(ledger, recorded);
      if (owes) owing.push({ seq, ...owes, holderThen: holder(owes.matter), passedOn: event.type === "acknowledgement.given" });
    }
    const at = part.at(-1)?.at ?? "";
    for (const [matter, since] of due)
      if (matter.receivedAt === since && late(ledger, matter, began) && holdOn(ledger, matter, at) === null)
        course.climbing.broken.push(`${matter.number} is overdue at ${holder(matter)} and did not climb`);
    for (const what of leftOnAgendas(ledger)) course.climbing.broken.push(`${what} at ${at}`);
    for (const [id, { lead, open }] of ledger.works) {
      if (!open || lead.kind !== "person") continue;
      course.hands.asked++;
      const { deskId = "" } = ledger.works.get(id) ?? {};
      if (!inOffice(ledger, deskId, localDate(at)).includes(lead.id)) course.hands.broken.push(`task ${id} was left in the hands of somebody who was gone`);
    }
    for (const matter of ledger.matters.values())
      if (matter.status === "answered" && endOfWorkingDay(matter.waitsSince, askDays) < new Date(Date.parse(began) - 24 * hourMs).toISOString())
        course.lapses.broken.push(`${matter.number} was not closed, with nobody speaking to its answer of ${matter.waitsSince}`);
    askedDown(course, owing, owed, refused);
  }
  return course;
}

/** Called meetings that nobody will sit in, or that have what is elsewhere: whatever went up is off their agenda, and one without any is called off. */
function leftOnAgendas({ matters, sittings }: Ledger): string[] {
  return [...sittings].flatMap(([id, { added, bodyId, status }]) => {
    if (status !== "called") return [];
    const gone = [...added.keys()].flatMap((issueId) => matters.get(issueId) ?? []).filter((matter) => holder(matter) !== bodyId);
    const still = gone.map(({ number }) => `${number} is on an agenda of a level it left`);
    return added.size === 0 ? [`meeting ${id} is called with nothing to deliberate`] : still;
  });
}

/** Overdue at a level that has one above it. */
const late = (ledger: Ledger, matter: Matter, at: string): boolean =>
  (matter.status === "open" || matter.status === "doing") && matter.settleBy < at && (ledger.bodies.get(holder(matter))?.upper ?? null) !== null;

/** What a happening leaves for a level to acknowledge: an answer or a decision from above, its passing on, and what the clock took from it. */
function comesDown(ledger: Ledger, { event }: Recorded): { matter: Matter; of: string } | null {
  const matter = ledger.matters.get(event.type.startsWith("issue.") ? event.id : "issueId" in event ? event.issueId : "");
  if (!matter) return null;
  if (event.type === "issue.escalated") return event.overdue ? { matter, of: event.from } : null;
  const down =
    event.type === "issue.answered" ||
    (event.type === "decision.recorded" && (event.outcome === "adopted" || event.outcome === "rejected")) ||
    (event.type === "acknowledgement.given" && ledger.causes.get(event.id) !== "overdue");
  const of = down ? cameUpFrom(ledger, matter, event.bodyId) : null;
  return of === null ? null : { matter, of };
}

type Owing = { seq: number; matter: Matter; holderThen: string; of: string; passedOn: boolean };

/** Each was asked about once, unless the level had the issue in hand again meanwhile; and nothing else was. */
function askedDown(
  { asked }: Course,
  owing: readonly Owing[],
  owed: readonly { causeSeq: number; bodyId: string }[],
  refused: ReadonlyMap<string, number>,
): void {
  const times = new Map<string, number>();
  for (const { causeSeq, bodyId } of owed) times.set(`${causeSeq}/${bodyId}`, (times.get(`${causeSeq}/${bodyId}`) ?? 0) + 1);
  for (const { seq, matter, holderThen, of, passedOn } of owing) {
    asked.asked++;
    const n = times.get(`${seq}/${of}`) ?? 0;
    times.delete(`${seq}/${of}`);
    const inHand = [holderThen, holder(matter)].includes(of);
    // An answer that was refused in the same part of a day need not be signed for any more; nor passed on, if it was signed for after that.
    const overtaken = passedOn ? refused.has(matter.id) : (refused.get(matter.id) ?? 0) > seq;
    if (n > 1 || (n === 0 && !inHand && !overtaken)) asked.broken.push(`event ${seq} about ${matter.number} was asked to be acknowledged ${n} times`);
  }
  for (const [key, n] of times) asked.broken.push(`what nobody owes was asked to be acknowledged ${n} times: ${key}`);
}

/** All promises, each with how much was asked and what was found broken. */
export async function checkYear({ store, communityId, now, answered, deliveries }: Year): Promise<Checked[]> {
  const { read } = store;
  const community = await loadCommunity(read, communityId);
  if (!community) throw new Error("The community is gone.");
  const events = await logOf(read, communityId);
  const course = follow(events);
  const viewer: Viewer = { actor: clockActor(communityId), community, now };
  const checked = [
    { promise: "every issue ended, is in time, waits for its raiser, or is visibly overdue", ...(await endsOrShows(store, course.ledger, viewer)) },
    { promise: "every deadline is what its track and level give", ...course.deadlines },
    { promise: "every passed deadline was acted on exactly once", ...(await climbedOnce(read, course, viewer)) },
    { promise: "every answer nobody spoke to was closed after its days", ...course.lapses },
    { promise: "what came down was asked to be acknowledged once", ...course.asked },
    { promise: "no open task is in the hands of somebody who left", ...course.hands },
    { promise: "every recurring task came once in its turn", ...course.series },
    { promise: "no answered press was lost, and none counted twice", ...pressedOnce(events, await requestsOf(read, communityId), answered) },
    { promise: "the audit chain checks", ...(await chained(read, communityId)) },
    { promise: "the log alone gives back every record", ...(await rebuilt(store)) },
    { promise: "every notification was delivered once per channel and preference", ...(await delivered(read, communityId, events, deliveries)) },
  ];
  return checked.map((one) => ({ ...one, broken: [...new Set(one.broken)] }));
}

/** As if nobody did anything for so long: everything that runs is late by then, and has to show it. */
const muchLater = 120 * dayMs;

/** By the log it is over or waits for its raiser, but not for long; or it is late, or will be, and its page says so and what becomes of it. */
async function endsOrShows({ read }: Store, ledger: Ledger, viewer: Viewer): Promise<Found> {
  const broken: string[] = [];
  for (const { id, number, status, waitsSince, settleBy } of ledger.matters.values()) {
    if (status === "over") continue;
    if (status === "answered" || status === "waiting") {
      if (Date.parse(viewer.now) - Date.parse(waitsSince) > 60 * dayMs) broken.push(`${number} waits for its raiser since ${waitsSince}`);
      continue;
    }
    const issue = await loadIssue(read, viewer.actor.communityId, id);
    for (const now of [viewer.now, new Date(Date.parse(viewer.now) + muchLater).toISOString()]) {
      if (settleBy >= now) continue;
      if (!issue || lightOf(issue, { ...viewer, now }).state !== "late") broken.push(`${number} is overdue at ${now} and does not show it`);
      if ((await issueOwed(read, { ...viewer, now }, id)).overdue === null)
        broken.push(`${number} is overdue at ${now} and its page does not say what becomes of it`);
    }
  }
  return { asked: ledger.matters.size, broken };
}

/** Every climb of the log stands in the table of levels once, and every level that ended so has its climb; nothing due is left lying. */
async function climbedOnce(db: Db, { ledger, climbs, climbing }: Course, { now, actor }: Viewer): Promise<Found> {
  const broken = [...climbing.broken];
  const number = (issueId: string) => ledger.matters.get(issueId)?.number ?? issueId;
  const stays = await db
    .selectFrom("Stay")
    .select(["issueId", "position", "bodyId", "came", "receivedAt", "ending", "endedAt"])
    .where("communityId", "=", actor.communityId)
    .execute();
  const at = new Map(stays.map((s) => [`${s.issueId}/${s.position}`, s]));
  const times = new Map<string, number>();
  const deadlines = new Set<string>();
  for (const { issueId, from, to, at: moment, settleBy } of climbs) {
    const deadline = `${issueId}/${from}/${settleBy}`;
    if (deadlines.has(deadline)) broken.push(`${number(issueId)} climbed again at ${moment} from one deadline`);
    deadlines.add(deadline);
    const left = stays.filter((s) => s.issueId === issueId && s.bodyId === from && s.ending === "overdue" && s.endedAt === moment);
    for (const { position } of left) {
      times.set(`${issueId}/${position}`, (times.get(`${issueId}/${position}`) ?? 0) + 1);
      const next = at.get(`${issueId}/${position + 1}`);
      if (next?.bodyId !== to || next.came !== "overdue" || next.receivedAt !== moment)
        broken.push(`${number(issueId)} climbed at ${moment} and did not arrive`);
    }
    if (left.length !== 1) broken.push(`${number(issueId)} climbed at ${moment}: ${left.length} levels ended with that`);
  }
  for (const { issueId, position, bodyId, ending } of stays) {
    const n = times.get(`${issueId}/${position}`) ?? 0;
    if (n > 1) broken.push(`${number(issueId)} climbed ${n} times at one deadline`);
    if (ending === "overdue" && n === 0) broken.push(`${number(issueId)} left ${bodyId} overdue, and nobody knows how`);
  }
  // What passed after the clock's last look is not late yet.
  const dayAgo = new Date(Date.parse(now) - 24 * hourMs).toISOString();
  for (const matter of ledger.matters.values())
    if (late(ledger, matter, dayAgo) && holdOn(ledger, matter, now) === null) broken.push(`${matter.number} is overdue at ${holder(matter)} and did not climb`);
  return { asked: climbs.length, broken };
}

const requestsOf = async (db: Db, communityId: string): Promise<string[]> =>
  (await db.selectFrom("AuditEvent").select("requestId").where("communityId", "=", communityId).where("requestId", "is not", null).execute()).flatMap(
    (r) => r.requestId ?? [],
  );

function pressedOnce(events: readonly Recorded[], requests: readonly string[], answered: ReadonlySet<string>): Found {
  const there = new Set(requests);
  const broken = [...answered].filter((key) => !there.has(key)).map((key) => `${key} was answered and is gone`);
  const numbers = events.flatMap(({ event }) => (event.type === "issue.raised" ? [event.number] : []));
  if (new Set(numbers).size !== numbers.length) broken.push("two issues have one number");
  // Every issue came from one press, and every such press was answered, at the latest when it was repeated after a kill.
  const raised = [...answered].filter((key) => /\.raise\.\d+$/.test(key)).length;
  if (answered.size > 0 && raised !== numbers.length) broken.push(`${raised} were raised and answered, and ${numbers.length} are there`);
  return { asked: answered.size, broken };
}

async function chained(db: Db, communityId: string): Promise<Found> {
  const chain = await checkChain(db, communityId);
  return chain.ok ? { asked: chain.links, broken: [] } : { asked: chain.seq, broken: [`event ${chain.seq} does not follow: ${chain.what}`] };
}

async function rebuilt(store: Store): Promise<Found> {
  const { fromLog, fromTables } = await bothWays(store);
  const names = new Set([...Object.keys(fromLog), ...Object.keys(fromTables)]);
  const inOrder = (value: unknown): string =>
    JSON.stringify(value, (_key, part: unknown) =>
      part !== null && typeof part === "object" && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
    );
  const broken = [...names].filter((name) => inOrder(fromLog[name]) !== inOrder(fromTables[name])).map((name) => `${name} is not what the log says`);
  return { asked: names.size, broken };
}

async function delivered(db: Db, communityId: string, events: readonly Recorded[], book: DeliveryBook | null): Promise<Found> {
  const all = book ? (await book(db, events)).filter((d) => d.communityId === communityId) : [];
  const wrong = all.filter((d) => d.delivered !== d.wanted);
  return {
    asked: all.length,
    broken: wrong.map((d) => `${d.what} reached ${d.personId || "the group"} by ${d.channel} ${d.delivered} times, not ${d.wanted}`),
  };
}
