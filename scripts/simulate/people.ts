// What people do in a simulated year: most are diligent, some forget, some answer late. Whoever acts presses what the pages press.
import { giveAcknowledgement } from "../../app/commands/acknowledgement/give";
import type { Command } from "../../app/commands/command";
import { recordDecision } from "../../app/commands/decision/record";
import { acceptTheIssue } from "../../app/commands/issue/accept";
import { appealIssue } from "../../app/commands/issue/appeal";
import { askRaiser } from "../../app/commands/issue/ask";
import { declineIssue } from "../../app/commands/issue/decline";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { extendIssue } from "../../app/commands/issue/extend";
import { giveIssueFeedback } from "../../app/commands/issue/feedback";
import { joinIssue } from "../../app/commands/issue/join";
import { raiseIssue } from "../../app/commands/issue/raise";
import { rateAnswer } from "../../app/commands/issue/rate";
import { remitIssue } from "../../app/commands/issue/remit";
import { replyToQuestion } from "../../app/commands/issue/reply";
import { settleIssue } from "../../app/commands/issue/settle";
import { callMeeting } from "../../app/commands/meeting/call";
import { closeMeeting } from "../../app/commands/meeting/close";
import { goToItem } from "../../app/commands/meeting/floor";
import { moveMeeting } from "../../app/commands/meeting/move";
import { openMeeting } from "../../app/commands/meeting/open";
import { replyToMeeting } from "../../app/commands/meeting/reply";
import { takeSeat } from "../../app/commands/meeting/seat";
import { answerSupervisionOrder } from "../../app/commands/order/answer";
import { giveSupervisionOrder } from "../../app/commands/order/give";
import { castBallot } from "../../app/commands/vote/cast";
import { closeTheVote } from "../../app/commands/vote/close";
import { openTheVote } from "../../app/commands/vote/open";
import { loadMeeting } from "../../app/data/meetings.server";
import type { Store } from "../../app/data/store.server";
import { atLocal, nextDay } from "../../app/domain/clock";
import type { DomainEvent } from "../../app/domain/event";
import { categories, type Track } from "../../app/domain/vocabulary";
import type { Chance } from "./chance";
import { buildings, type Estate, timeZone } from "./estate";
import { changeOffices, handOut, hours, workOnProjects, workOnTasks } from "./work";

/** Press as somebody. The key makes a press that is repeated after a kill the same press. Null when it was refused. */
export type Press = <I extends { version?: number | undefined }, S>(
  key: string,
  personId: string,
  command: Command<I, S>,
  input: object,
) => Promise<readonly DomainEvent[] | null>;

export type World = { estate: Estate; store: Store; chance: Chance; press: Press; day: string; slot: number; now: () => string };

const troubles = [
  "楼道灯不亮",
  "下水道返味",
  "电动车堵了消防通道",
  "水压低，六楼没水",
  "单元门合不上",
  "电梯有异响",
  "外墙掉皮",
  "垃圾没有人清",
  "充电桩不够",
  "楼上漏水",
];
const dayMs = 86_400_000;

type Row = {
  id: string;
  number: string;
  status: string;
  holderId: string;
  visibility: string;
  kind: string;
  track: Track;
  raisedBy: string;
  raisedAt: string;
  raisedInId: string;
  escalatesToId: string | null;
  pausedAt: string | null;
  answeredAt: string | null;
  answerKind: string | null;
  position: number;
  receivedAt: string;
  acceptedAt: string | null;
  settleBy: string;
  extensions: number;
};

/** Everything that is not over, in the order it was raised, with the level that has it. */
async function running({ store, estate }: World): Promise<Row[]> {
  const rows = await store.read
    .selectFrom("Issue")
    .innerJoin("Body", (join) => join.onRef("Body.communityId", "=", "Issue.communityId").onRef("Body.id", "=", "Issue.holderId"))
    .innerJoin("Stay", (join) => join.onRef("Stay.communityId", "=", "Issue.communityId").onRef("Stay.issueId", "=", "Issue.id"))
    .select([
      "Issue.id",
      "Issue.number",
      "Issue.status",
      "Issue.holderId",
      "Issue.visibility",
      "Issue.track",
      "Issue.raisedBy",
      "Issue.raisedAt",
      "Issue.raisedInId",
      "Issue.pausedAt",
      "Issue.answeredAt",
      "Issue.answerKind",
      "Body.kind",
      "Body.escalatesToId",
      "Stay.position",
      "Stay.receivedAt",
      "Stay.acceptedAt",
      "Stay.settleBy",
      "Stay.extensions",
    ])
    .where("Issue.communityId", "=", estate.communityId)
    .where("Issue.status", "not in", ["closed", "merged"])
    .orderBy("Issue.number")
    .orderBy("Stay.position")
    .execute();
  // The last stay of each is the one that runs.
  return [...new Map(rows.map((row) => [row.id, row as Row])).values()];
}

/** One part of a day: new troubles in the morning, then everybody looks at what waits for them; meetings when it is their hour. */
export async function live(world: World): Promise<void> {
  if (world.slot === 0) {
    await changeOffices(world);
    await raiseNew(world);
  }
  await meet(world);
  const agenda = await planned(world);
  const joined = await whoJoined(world);
  for (const row of await running(world)) {
    if (row.status === "answered") await answerBack(world, row, joined.get(row.id) ?? []);
    else if (row.status === "waiting") await replyLater(world, row);
    else if (row.status === "open" && !agenda.has(row.id)) await handle(world, row);
  }
  await workOnTasks(world);
  await workOnProjects(world);
  await superviseAndAcknowledge(world);
}

async function raiseNew({ chance, day, estate, press }: World): Promise<void> {
  const count = chance.pick({ 0: 3, 1: 4, 2: 3, 3: 2, 4: 1 }, day, "raised");
  for (let n = 0; n < Number(count); n++) {
    const at = [day, "raise", n] as const;
    const home = chance.whole(1, buildings, ...at, "building");
    const raiser = chance.of(...at, "who") < 0.2 ? estate.people[`head${home}`] : estate.residents[`b${home}`]?.[chance.whole(0, 2, ...at, "resident")];
    const raised = await press(`${day}.raise.${n}`, raiser ?? "", raiseIssue, {
      bodyId: estate.bodies[`b${home}`],
      what: `${home}号楼${troubles[chance.whole(0, troubles.length - 1, ...at, "what")]}，${chance.whole(1, 6, ...at, "floor")}楼`,
      place: "",
      stairwell: chance.whole(1, 2, ...at, "stairwell"),
      category: categories[chance.whole(0, categories.length - 1, ...at, "category")],
      track: chance.pick({ minor: 60, urgent: 12, hard: 28 }, ...at, "track"),
      visibility: chance.pick({ community: 8, body: 1, handlers: 1 }, ...at, "visibility"),
    });
    const issue = raised?.[0];
    if (issue?.type !== "issue.raised" || chance.of(...at, "joined") > 0.25) continue;
    const neighbour = estate.residents[`b${home}`]?.find((id) => id !== raiser);
    await press(`${day}.join.${n}`, neighbour ?? "", joinIssue, { number: issue.number, households: chance.whole(1, 4, ...at, "households") });
  }
}

/** Issues on an agenda: whoever sits there waits for the meeting. */
async function planned({ store, estate }: World): Promise<Set<string>> {
  const rows = await store.read
    .selectFrom("AgendaItem")
    .innerJoin("Meeting", (join) => join.onRef("Meeting.communityId", "=", "AgendaItem.communityId").onRef("Meeting.id", "=", "AgendaItem.meetingId"))
    .select("AgendaItem.issueId")
    .where("AgendaItem.communityId", "=", estate.communityId)
    .where("Meeting.status", "in", ["called", "inSession"])
    .execute();
  return new Set(rows.map((r) => r.issueId));
}

/** How a level means to deal with an issue, decided once when it gets it; some mean to, and forget. */
type Plan = { way: "forget" | "settle" | "escalate" | "decline" | "ask" | "remit" | "meeting"; accept: number; act: number };

function planOf({ chance, estate }: World, row: Row): Plan {
  const at = [row.number, row.position] as const;
  const urgent = row.track === "urgent";
  const after = (least: number, most: number) => chance.whole(least * 10, most * 10, ...at, "days") / 10;
  const accept = urgent ? 0 : chance.whole(0, 15, ...at, "accept") / 10;
  if (row.kind === "building") {
    const number = Object.keys(estate.bodies).find((key) => estate.bodies[key] === row.holderId) ?? "";
    // Every head has a memory of their own.
    if (chance.of(...at, "forgets") < 0.04 + 0.3 * chance.of(number, "memory")) return { way: "forget", accept: 99, act: 999 };
    const way =
      row.track === "hard"
        ? chance.pick({ escalate: 60, settle: 28, ask: 8, decline: 4 }, ...at, "way")
        : chance.pick({ settle: 66, escalate: 20, ask: 9, decline: 5 }, ...at, "way");
    return { way, accept, act: urgent ? after(0, 1) : after(1, row.track === "hard" ? 10 : 7) };
  }
  if (chance.of(...at, "forgets") < 0.08) return { way: "forget", accept: 99, act: 999 };
  if (row.track === "hard") return { way: chance.of(...at, "way") < 0.85 ? "meeting" : "settle", accept: accept + 1, act: after(5, 30) };
  const way =
    row.kind === "council"
      ? chance.pick({ settle: 55, meeting: 20, escalate: 13, remit: 8, decline: 4 }, ...at, "way")
      : chance.pick({ settle: 70, meeting: 15, remit: 10, decline: 5 }, ...at, "way");
  return { way, accept: urgent ? 0.1 : accept, act: urgent ? after(0, 2) : after(2, 9) };
}

const officer = ({ estate }: World, row: Pick<Row, "kind" | "holderId">): string => {
  if (row.kind === "council") return estate.people.chair ?? "";
  if (row.kind === "jointMeeting") return estate.people.director ?? "";
  const key = Object.keys(estate.bodies).find((name) => estate.bodies[name] === row.holderId) ?? "";
  return estate.people[key.replace("b", "head")] ?? "";
};

async function handle(world: World, row: Row): Promise<void> {
  const { chance, press, now } = world;
  const plan = planOf(world, row);
  const who = officer(world, row);
  const age = hours(row.receivedAt, now()) / 24;
  const key = `${row.number}.${row.position}`;
  const on = { number: row.number };
  if (row.acceptedAt === null && age >= plan.accept && plan.way !== "forget") await press(`${key}.accept`, who, acceptTheIssue, on);
  // Whoever sees that it will not be done in time says so before.
  const left = hours(now(), row.settleBy);
  const late = Date.parse(row.receivedAt) + plan.act * dayMs > Date.parse(row.settleBy);
  if (plan.way !== "forget" && late && row.extensions === 0 && left > 0 && left < (row.track === "urgent" ? 12 : 36) && chance.of(key, "extends") < 0.6)
    await press(`${key}.extend`, who, extendIssue, {
      ...on,
      amount: row.track === "urgent" ? 24 : chance.whole(2, 5, key, "extension"),
      text: "材料还没到，要多等几天。",
    });
  if (age < plan.act) return;
  switch (plan.way) {
    case "settle":
      await press(`${key}.settle`, who, settleIssue, { ...on, text: "当面看过，已经修好。" });
      return;
    case "decline":
      await press(`${key}.decline`, who, declineIssue, { ...on, text: "不归这里管，理由已经当面说明。" });
      return;
    case "escalate":
      await press(`${key}.escalate`, who, escalateIssue, { ...on, to: row.escalatesToId, text: "试过了，这一级办不了。" });
      return;
    case "remit":
      if (row.raisedInId !== row.holderId)
        await press(`${key}.remit`, who, remitIssue, {
          ...on,
          to: world.estate.bodies.council === row.holderId ? row.raisedInId : world.estate.bodies.council,
          text: "先在下面把情况弄清楚。",
        });
      return;
    case "ask":
      // Asked once; with the answer they settle it.
      if (await press(`${key}.ask`, who, askRaiser, { ...on, text: "是几楼，从哪天开始的？" })) return;
      return;
    case "meeting":
    case "forget":
      return;
  }
}

async function replyLater({ chance, press, now }: World, row: Row): Promise<void> {
  const days = chance.of(row.number, row.position, "silent") < 0.05 ? 40 : chance.whole(1, 6, row.number, row.position, "reply");
  if (!row.pausedAt || hours(row.pausedAt, now()) / 24 < days) return;
  await press(`${row.number}.${row.position}.reply.${row.pausedAt}`, row.raisedBy, replyToQuestion, { number: row.number, text: "六楼，上个月开始的。" });
}

/** Who said "me too" about answers that wait for a word, in the order they did. */
async function whoJoined({ store, estate }: World): Promise<Map<string, string[]>> {
  const rows = await store.read
    .selectFrom("Support")
    .innerJoin("Issue", (join) => join.onRef("Issue.communityId", "=", "Support.communityId").onRef("Issue.id", "=", "Support.issueId"))
    .select(["Support.issueId", "Support.personId"])
    .where("Support.communityId", "=", estate.communityId)
    .where("Issue.status", "in", ["answered", "doing"])
    .orderBy("Support.at")
    .execute();
  const joined = new Map<string, string[]>();
  for (const { issueId, personId } of rows) joined.set(issueId, [...(joined.get(issueId) ?? []), personId]);
  return joined;
}

async function answerBack({ chance, press, now }: World, row: Row, joined: readonly string[]): Promise<void> {
  const at = [row.number, row.position] as const;
  const key = `${row.number}.${row.position}`;
  const days = row.answeredAt ? hours(row.answeredAt, now()) / 24 : 0;
  for (const [n, neighbour] of joined.entries())
    if (days >= 1 && days < 1.4 && chance.of(...at, n, "rates") < 0.5)
      await press(`${key}.rate.${n}`, neighbour, rateAnswer, { number: row.number, solved: "yes", content: "fair", remark: "" });
  // Some never say a word.
  if (days < chance.whole(1, 14, ...at, "feedback") || chance.of(...at, "speaks") < 0.06) return;
  if (row.answerKind === "declined" && row.escalatesToId && chance.of(...at, "appeals") < 0.3) {
    await press(`${key}.appeal`, row.raisedBy, appealIssue, { number: row.number, text: "不同意，请上一级再看。" });
    return;
  }
  const solved = row.answerKind === "declined" || row.position > 6 || chance.of(...at, "solved") < 0.86;
  const content = solved ? chance.pick({ content: 70, fair: 20, discontent: 10 }, ...at, "content") : "discontent";
  const why = solved ? null : chance.pick({ partly: 50, cameBack: 35, notDone: 15 }, ...at, "why");
  await press(`${key}.feedback`, row.raisedBy, giveIssueFeedback, { number: row.number, solved: solved ? "yes" : "no", content, why, remark: "" });
}

/** The n-th weekday of a month, 0 being Sunday. */
function nthWeekday(day: string, nth: number, weekday: number): string {
  const first = `${day.slice(0, 7)}-01`;
  const offset = (weekday - new Date(`${first}T00:00:00Z`).getUTCDay() + 7) % 7;
  return nextDay(first, offset + 7 * (nth - 1));
}

export type Sitting = { body: "council" | "joint"; chair: string; notice: number; on: string; from: string; to: string; slot: number };

/** The council's fourth Friday evening of every month, the joint meeting's second Wednesday afternoon of every third. */
function sittings(day: string): Sitting[] {
  const month = Number(day.slice(5, 7));
  const council: Sitting = { body: "council", chair: "chair", notice: 6, on: nthWeekday(day, 4, 5), from: "19:00", to: "21:00", slot: 2 };
  const joint: Sitting = { body: "joint", chair: "director", notice: 7, on: nthWeekday(day, 2, 3), from: "14:30", to: "16:30", slot: 1 };
  return month % 3 === 0 ? [joint, council] : [council];
}

async function meet(world: World): Promise<void> {
  if (world.slot === 1) await callTooLate(world);
  for (const sitting of sittings(world.day)) {
    const key = `${sitting.body}.${sitting.on}`;
    if (world.slot === 0 && world.day === nextDay(sitting.on, -sitting.notice)) await callIt(world, sitting, key);
    if (world.slot === 1 && world.day === nextDay(sitting.on, -2)) await reply(world, sitting, key);
    if (world.slot === sitting.slot && world.day === sitting.on) await hold(world, sitting, key);
  }
}

async function callIt(world: World, sitting: Sitting, key: string): Promise<void> {
  const { estate, press } = world;
  const agenda = await planned(world);
  const docket = (await running(world)).filter(
    (row) => row.holderId === estate.bodies[sitting.body] && (row.status === "open" || row.status === "doing") && !agenda.has(row.id),
  );
  const wanted = docket
    .filter((row) => row.status === "open" && (planOf(world, row).way === "meeting" || Date.parse(row.settleBy) < Date.parse(world.now()) + 5 * dayMs))
    .slice(0, 16);
  if (wanted.length === 0) return;
  await press(`${key}.call`, estate.people[sitting.chair] ?? "", callMeeting, {
    bodyId: estate.bodies[sitting.body],
    startsAt: atLocal(sitting.on, sitting.from, timeZone),
    endsAt: atLocal(sitting.on, sitting.to, timeZone),
    place: "居委会二楼",
    issues: wanted.map((row) => row.id),
    minutes: 6,
  });
}

/** With a day left, the chair calls a meeting for next month, and another day for it: no meeting holds what it has for so long. */
async function callTooLate(world: World): Promise<void> {
  const { chance, day, estate, press, now } = world;
  if (chance.of(day, "tooLate") > 0.5) return;
  const agenda = await planned(world);
  const wanted = (await running(world)).filter(
    (row) => row.holderId === estate.bodies.council && row.status === "open" && !agenda.has(row.id) && row.settleBy > now() && hours(now(), row.settleBy) < 30,
  );
  if (wanted.length === 0) return;
  const chair = estate.people.chair ?? "";
  const on = (n: number) => ({
    startsAt: atLocal(nextDay(day, n), "10:00", timeZone),
    endsAt: atLocal(nextDay(day, n), "11:00", timeZone),
    place: "居委会二楼",
  });
  const called = await press(`${day}.tooLate`, chair, callMeeting, {
    ...on(25),
    bodyId: estate.bodies.council,
    issues: wanted.slice(0, 2).map((row) => row.id),
    minutes: 10,
  });
  const meeting = called?.find((e) => e.type === "meeting.called");
  if (meeting) await press(`${day}.tooLate.moved`, chair, moveMeeting, { ...on(26), meetingId: meeting.id });
}

async function meetingOn({ store, estate }: World, sitting: Sitting): Promise<string | null> {
  const row = await store.read
    .selectFrom("Meeting")
    .select("id")
    .where("communityId", "=", estate.communityId)
    .where("bodyId", "=", estate.bodies[sitting.body] ?? "")
    .where("startsAt", "=", atLocal(sitting.on, sitting.from, timeZone))
    .executeTakeFirst();
  return row?.id ?? null;
}

async function reply(world: World, sitting: Sitting, key: string): Promise<void> {
  const meetingId = await meetingOn(world, sitting);
  const meeting = meetingId && (await loadMeeting(world.store.read, world.estate.communityId, meetingId));
  if (!meeting) return;
  for (const [n, seat] of meeting.seats.entries())
    if (world.chance.of(key, n, "replies") < 0.8)
      await world.press(`${key}.reply.${n}`, seat.personId, replyToMeeting, {
        meetingId: meeting.id,
        coming: world.chance.of(key, n, "comes") < 0.9 ? "yes" : "no",
      });
}

async function hold(world: World, sitting: Sitting, key: string): Promise<void> {
  const { chance, estate, press, store } = world;
  const meetingId = await meetingOn(world, sitting);
  const chair = estate.people[sitting.chair] ?? "";
  const recorder = estate.people.recorder ?? "";
  const meeting = meetingId && (await loadMeeting(store.read, estate.communityId, meetingId));
  if (!meeting) return;
  const must = new Set([chair, recorder]);
  const question = "按商量好的办，分工见任务。";
  const present = meeting.seats.filter((seat, n) => must.has(seat.personId) || chance.of(key, n, "present") < 0.88);
  for (const [n, seat] of meeting.seats.entries())
    await press(`${key}.seat.${n}`, recorder, takeSeat, {
      meetingId: meeting.id,
      personId: seat.personId,
      presence: present.includes(seat) ? "present" : "absent",
    });
  await press(`${key}.open`, chair, openMeeting, { meetingId: meeting.id });
  for (const [n, item] of meeting.items.entries()) {
    const at = [key, n] as const;
    const on = { meetingId: meeting.id, itemId: item.id };
    await press(`${key}.item.${n}`, recorder, goToItem, on);
    // What comes first was prepared well.
    let outcome: string =
      n === 0 ? "adopted" : chance.pick({ adopted: 58, escalated: sitting.body === "council" ? 20 : 0, deferred: 12, rejected: 10 }, ...at, "outcome");
    let voteId: string | null = null;
    if (n > 0 && outcome !== "deferred" && chance.of(...at, "votes") < 0.4) {
      const opened = await press(`${key}.vote.${n}`, recorder, openTheVote, { ...on, question, method: "rollCall" });
      const vote = opened?.find((e) => e.type === "vote.opened");
      if (vote) {
        for (const [k, seat] of present.entries())
          if (seat.votes)
            await press(`${key}.ballot.${n}.${k}`, seat.personId, castBallot, {
              voteId: vote.id,
              personId: seat.personId,
              choice: chance.pick({ for: 76, against: 14, abstained: 10 }, ...at, k, "choice"),
            });
        const closed = await press(`${key}.counted.${n}`, recorder, closeTheVote, { voteId: vote.id });
        const result = closed?.find((e) => e.type === "vote.closed");
        const carried =
          (await store.read.selectFrom("Vote").select("status").where("communityId", "=", estate.communityId).where("id", "=", vote.id).executeTakeFirst())
            ?.status === "carried";
        if (result) {
          voteId = vote.id;
          if (!carried) outcome = "rejected";
          else if (outcome === "rejected") outcome = "adopted";
        }
      }
    }
    // Without a vote nothing is rejected: they talk on next time.
    if (voteId === null && outcome === "rejected") outcome = "deferred";
    const method = voteId ? "rollCall" : "consensus";
    const recorded = await press(`${key}.decision.${n}`, recorder, recordDecision, { ...on, text: question, method, outcome, voteId });
    const decision = recorded?.find((e) => e.type === "decision.recorded");
    if (!decision || outcome !== "adopted") continue;
    await handOut(world, sitting, { key, n, decisionId: decision.id, first: n === 0 });
  }
  await press(`${key}.close`, chair, closeMeeting, { meetingId: meeting.id });
}

/** The linked leader orders answers about what is overdue; bodies answer, and acknowledge what came down, most of them in time. */
async function superviseAndAcknowledge(world: World): Promise<void> {
  const { chance, estate, press, store, day, slot, now } = world;
  const leader = estate.people.leader ?? "";
  const rows = await running(world);
  if (slot === 1 && day.endsWith("5"))
    for (const row of rows
      .filter((r) => (r.kind === "council" || r.kind === "jointMeeting") && (r.status === "open" || r.status === "doing"))
      // What is overdue, and some of what lies there for a fortnight.
      .filter((r) => r.settleBy < now() || (hours(r.receivedAt, now()) > 14 * 24 && chance.of(r.number, day, "asked") < 0.3))
      // What was told to those who handle it alone is not on the leader's pages before it comes up.
      .filter((r) => r.visibility !== "handlers" || r.kind === "jointMeeting")
      .slice(0, 12))
      await press(`${row.number}.order.${day}`, leader, giveSupervisionOrder, {
        number: row.number,
        text: "过了期限，请说明办到哪一步。",
        dueOn: nextDay(day, 5),
      });
  const numbers = new Map(rows.map((row) => [row.id, row]));
  const orders = await store.read
    .selectFrom("SupervisionOrder")
    .selectAll()
    .where("communityId", "=", estate.communityId)
    .where("answeredAt", "is", null)
    .execute();
  const open = await store.read.selectFrom("Acknowledgement").selectAll().where("communityId", "=", estate.communityId).where("givenAt", "is", null).execute();
  const all = new Map(
    (await store.read.selectFrom("Issue").select(["id", "number"]).where("communityId", "=", estate.communityId).execute()).map((i) => [i.id, i.number]),
  );
  const kindOf = (bodyId: string) => (bodyId === estate.bodies.council ? "council" : bodyId === estate.bodies.joint ? "jointMeeting" : "building");
  const inOrder = <T extends { issueId: string; id: string }>(list: readonly T[]): T[] =>
    [...list].sort((a, b) => ((all.get(a.issueId) ?? "") < (all.get(b.issueId) ?? "") ? -1 : 1));
  for (const order of inOrder(orders)) {
    const number = all.get(order.issueId) ?? "";
    const at = [number, order.orderedAt.slice(0, 10)] as const;
    const silent = chance.of(...at, "silent") < 0.12;
    if (silent || hours(order.orderedAt, now()) / 24 < chance.whole(1, 7, ...at, "answer")) continue;
    const row = numbers.get(order.issueId);
    const who = officer(world, { kind: kindOf(order.bodyId), holderId: order.bodyId });
    await press(`${at.join(".")}.answer`, who, answerSupervisionOrder, { orderId: order.id, text: "已经排了人，下周办结。" });
    // Most that were asked for it then do it.
    if (row?.status === "open" && row.holderId === order.bodyId && chance.of(...at, "does") < 0.8)
      await press(`${at.join(".")}.settle`, who, settleIssue, { number, text: "督办以后办好了。" });
  }
  for (const owed of inOrder(open)) {
    const number = all.get(owed.issueId) ?? "";
    const at = [number, kindOf(owed.bodyId), owed.cause, owed.owedAt.slice(0, 10)] as const;
    if (chance.of(...at, "silent") < 0.08 || hours(owed.owedAt, now()) / 24 < chance.whole(0, 5, ...at, "acknowledge")) continue;
    const who = officer(world, { kind: kindOf(owed.bodyId), holderId: owed.bodyId });
    await press(`${at.join(".")}.acknowledge`, who, giveAcknowledgement, {
      acknowledgementId: owed.id,
      text: chance.of(...at, "says") < 0.5 ? "知道了，已经告诉各家。" : "",
    });
  }
}
