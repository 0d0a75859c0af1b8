// Every command, by everybody, in every state: what happens is what the permission table and the state tables below say.
import { expect, test } from "vitest";
import { oweAcknowledgement } from "../../app/commands/acknowledgement/owe";
import { setBodyCadence } from "../../app/commands/body/set-cadence";
import { closeWordChannel } from "../../app/commands/channel/close";
import { confirmWordChannel } from "../../app/commands/channel/confirm";
import { openWordChannel } from "../../app/commands/channel/open";
import type { Command } from "../../app/commands/command";
import { beginCourse } from "../../app/commands/course/begin";
import { postCourse } from "../../app/commands/course/post";
import { recordDecision } from "../../app/commands/decision/record";
import { openCalendarFeed } from "../../app/commands/feed/open";
import { revokeCalendarFeed } from "../../app/commands/feed/revoke";
import { issueInvitation } from "../../app/commands/invitation/issue";
import { acceptTheIssue } from "../../app/commands/issue/accept";
import { askRaiser } from "../../app/commands/issue/ask";
import { declineIssue } from "../../app/commands/issue/decline";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { giveIssueFeedback } from "../../app/commands/issue/feedback";
import { joinIssue } from "../../app/commands/issue/join";
import { mergeIssue } from "../../app/commands/issue/merge";
import { raiseIssue } from "../../app/commands/issue/raise";
import { settleIssue } from "../../app/commands/issue/settle";
import { callMeeting } from "../../app/commands/meeting/call";
import { cancelMeeting } from "../../app/commands/meeting/cancel";
import { closeMeeting } from "../../app/commands/meeting/close";
import { giveAHandout } from "../../app/commands/meeting/handout";
import { openMeeting } from "../../app/commands/meeting/open";
import { takeSeat } from "../../app/commands/meeting/seat";
import { giveSupervisionOrder } from "../../app/commands/order/give";
import { freezeTheMinutes } from "../../app/commands/paper/freeze";
import { sendPaperBack } from "../../app/commands/paper/send-back";
import { signPaper } from "../../app/commands/paper/sign";
import { makePerform } from "../../app/commands/perform.server";
import { finishProject } from "../../app/commands/project/finish";
import { openAProject } from "../../app/commands/project/open";
import { reportOnProject } from "../../app/commands/project/report";
import { stopTheProject } from "../../app/commands/project/stop";
import { verifyTheProject } from "../../app/commands/project/verify";
import { acceptTheTask } from "../../app/commands/task/accept";
import { assignTask } from "../../app/commands/task/assign";
import { askTaskExtension } from "../../app/commands/task/extension";
import { handInTask } from "../../app/commands/task/hand-in";
import { sendTaskBack } from "../../app/commands/task/send-back";
import { verifyTask } from "../../app/commands/task/verify";
import { castBallot } from "../../app/commands/vote/cast";
import { closeTheVote } from "../../app/commands/vote/close";
import { openTheVote } from "../../app/commands/vote/open";
import { acknowledgementsOf } from "../../app/data/clocks.server";
import { runningCourseOf, saveCourse } from "../../app/data/courses.server";
import { loadMeeting, tableCode } from "../../app/data/meetings.server";
import { loadPaper } from "../../app/data/papers.server";
import { secretToken, tokenHash } from "../../app/data/sessions.server";
import type { Store } from "../../app/data/store.server";
import { saveLetter } from "../../app/data/word.server";
import { standardClocks, standardLimits } from "../../app/domain/clock";
import type { Letter } from "../../app/domain/letter";
import { type Action, type Actor, type BodyRelation, clockActor, clockId, type Grant, type PersonRelation, permissions } from "../../app/domain/permission";
import { type Role, roles } from "../../app/domain/vocabulary";
import { usual } from "../../app/domain/word";
import { done, type House, house, idOf } from "../support/house";
import { type Bench, bench } from "../support/store";

type AnyCommand = Command<{ version?: number | undefined }, unknown>;
const modules = import.meta.glob<Record<string, unknown>>("../../app/commands/*/*.ts", { eager: true });
const commands = new Map<Action, AnyCommand>(
  Object.values(modules)
    .flatMap((exports) => Object.values(exports))
    .filter((value): value is AnyCommand => typeof value === "object" && value !== null && "action" in value && "decide" in value)
    .map((command) => [command.action, command]),
);
const tried = new Set<Action>();

/** Runs everything of a command but keeps nothing. */
class Rehearsed extends Error {
  constructor(readonly value: unknown) {
    super("rehearsed");
  }
}
function rehearsal(store: Store): Store {
  return {
    ...store,
    write: <T>(job: Parameters<Store["write"]>[0]) =>
      store
        .write(async (tx) => {
          throw new Rehearsed(await job(tx));
        })
        .catch((error: unknown) => {
          if (error instanceof Rehearsed) return error.value as T;
          throw error;
        }) as Promise<T>,
  };
}

type Where = { bodies: Partial<Record<BodyRelation, readonly string[]>>; people: Partial<Record<PersonRelation, readonly string[]>> };

/** The permission table read with our own eyes: not by the function under test. */
function granted(action: Action, actor: Actor, where: Where): boolean {
  const grants: readonly Grant[] = permissions[action];
  for (const grant of grants) {
    if ("everyMember" in grant && actor.posts.length > 0) return true;
    if ("who" in grant && (where.people[grant.who] ?? []).includes(actor.personId)) return true;
    if ("in" in grant)
      for (const post of actor.posts)
        if ((where.bodies[grant.in] ?? []).includes(post.bodyId) && (grant.roles === undefined || (grant.roles as readonly Role[]).includes(post.role)))
          return true;
  }
  return false;
}

type Cast = { actors: Actor[]; by: (name: string) => Actor };

async function cast(on: Bench, at: House): Promise<Cast> {
  const actors: Actor[] = [at.secretary];
  for (const role of roles)
    for (const [key, bodyId] of Object.entries(at.bodies)) {
      if (["street", "grid", "property"].includes(key)) continue;
      actors.push(await at.person(`${role}@${key}`, [[bodyId, role, role === "head" ? "owners" : "branch"]]));
    }
  const raiser = await at.person("raiser", [[at.bodies.b7, "resident", "owners"]]);
  const neighbour = await at.person("neighbour", [[at.bodies.b7, "resident", "owners"]]);
  const nobody: Actor = { ...(await at.person("nobody", [[at.bodies.b8, "resident", "owners"]])), posts: [] };
  const there = await house(on, "Elsewhere");
  const stranger = await there.person("stranger", [
    [there.bodies.council, "chair", "branch"],
    [there.bodies.b7, "head", "owners"],
    [there.bodies.community, "secretary", "residents"],
  ]);
  actors.push(raiser, neighbour, nobody, stranger);
  return {
    actors,
    by(name) {
      const actor = actors.find((a) => a.name === name);
      if (!actor) throw new Error(`Nobody is called ${name}.`);
      return actor;
    },
  };
}

type Case = {
  state: string;
  action: Action;
  input: object | ((actor: Actor) => object);
  where: Where;
  allowed: boolean | ((actor: Actor) => boolean);
  communityId: string;
  hidden?: (actor: Actor) => boolean;
};

async function tryAll(on: Bench, actors: readonly Actor[], cases: readonly Case[]): Promise<{ tries: number; wrong: string[] }> {
  const perform = makePerform(rehearsal(on.store), () => on.clock.now);
  const wrong: string[] = [];
  let tries = 0;
  for (const { state, action, input, where, allowed, communityId, hidden } of cases) {
    const command = commands.get(action);
    if (!command) throw new Error(`There is no command for ${action}.`);
    tried.add(action);
    for (const actor of actors) {
      const outcome = await perform(command, actor, typeof input === "function" ? input(actor) : input);
      const code = outcome.ok ? "accepted" : outcome.refusal.code;
      const foreign = actor.communityId !== communityId;
      const may = !foreign && granted(action, actor, where);
      const open = typeof allowed === "function" ? allowed(actor) : allowed;
      const expected = foreign || hidden?.(actor) ? "notFound" : !may ? "forbidden" : open ? "accepted" : "refused";
      const seen = code === "accepted" || code === "notFound" || code === "forbidden" ? code : "refused";
      tries++;
      if (seen !== expected) wrong.push(`${action} by ${actor.name} in ${state}: ${code}, expected ${expected}`);
    }
  }
  return { tries, wrong };
}

const words = { place: "", category: "water", track: "hard", visibility: "community" } as const;
async function raise(on: Bench, at: House, actor: Actor, what: string): Promise<{ id: string; number: string }> {
  const [event] = await done(on.perform, raiseIssue, actor, { bodyId: at.bodies.b7, what, ...words });
  if (event?.type !== "issue.raised") throw new Error("not raised");
  return event;
}
const soon = { startsAt: "2026-03-26T11:00:00.000Z", endsAt: "2026-03-26T12:30:00.000Z" };

async function meetingWith(on: Bench, at: House, who: Cast, issues: readonly string[]): Promise<string> {
  return idOf(
    await done(on.perform, callMeeting, who.by("chair@council"), { bodyId: at.bodies.council, ...soon, place: "Hall", issues, procedure: "urgent/meeting" }),
    "meeting.called",
  );
}
async function opened(on: Bench, who: Cast, meetingId: string): Promise<void> {
  const chair = who.by("chair@council");
  const meeting = await loadMeeting(on.store.read, chair.communityId, meetingId);
  for (const seat of meeting?.seats ?? []) await done(on.perform, takeSeat, chair, { meetingId, personId: seat.personId, presence: "present" });
  await done(on.perform, openMeeting, chair, { meetingId });
}

const courseActs = new Set(["begin", "post", "pass", "stop"]);
/** Its four meetings, as if they had been held, or more of its stages: what they decide is tried elsewhere. */
async function passMeetings(on: Bench, at: House, issueId: string, stages = 4): Promise<void> {
  const course = await runningCourseOf(on.store.read, at.communityId, issueId);
  if (!course) throw new Error("It is on no course.");
  const passed = course.procedure.stages.slice(0, stages).map((s) => ({ stage: s.code, at: on.clock.now, decisionId: null }));
  await on.store.write((tx) => saveCourse(tx, { ...course, passed }, course));
}

test("[PE3] every issue command, by everybody, in every state of an issue", async () => {
  const on = bench();
  const at = await house(on);
  const who = await cast(on, at);
  const { perform } = on;
  const [raiser, head, chair] = [who.by("raiser"), who.by("head@b7"), who.by("chair@council")];
  const other = await raise(on, at, head, "Something else to merge into");
  const fresh = async (what: string) => {
    const issue = await raise(on, at, raiser, what);
    await done(perform, joinIssue, who.by("neighbour"), { number: issue.number });
    return issue;
  };
  const up = async (what: string) => {
    const issue = await fresh(what);
    await done(perform, escalateIssue, head, { number: issue.number, to: at.bodies.council, text: "tried" });
    return issue;
  };
  type State = { number: string; holder: "b7" | "council"; path: readonly ("b7" | "council")[]; allows: string[] };
  const states: Record<string, State> = {};
  const low = { holder: "b7", path: ["b7"] } as const;
  const high = { holder: "council", path: ["b7", "council"] } as const;
  const everything = ["accept", "classify", "note", "ask", "join", "settle", "decline", "merge", "escalate"];

  states.raised = { ...(await fresh("raised")), ...low, allows: [...everything] };
  const accepted = await fresh("accepted");
  await done(perform, acceptTheIssue, head, { number: accepted.number });
  states.accepted = { ...accepted, ...low, allows: everything.filter((a) => a !== "accept") };
  const waiting = await fresh("waiting");
  await done(perform, askRaiser, head, { number: waiting.number, text: "where?" });
  states.waiting = { ...waiting, ...low, allows: ["note", "join", "reply"] };
  states.escalated = { ...(await up("escalated")), ...high, allows: [...everything, "remit"] };

  const called = await up("on a called agenda");
  await meetingWith(on, at, who, [called.id]);
  states.called = { ...called, ...high, allows: ["classify", "note", "ask", "join"] };
  const sitting = await up("on a sitting agenda");
  await opened(on, who, await meetingWith(on, at, who, [sitting.id]));
  states.sitting = { ...sitting, ...high, allows: ["classify", "note", "ask", "join"] };

  const doing = await up("being done");
  const meetingId = await meetingWith(on, at, who, [doing.id]);
  await opened(on, who, meetingId);
  const itemId = (await loadMeeting(on.store.read, at.communityId, meetingId))?.items[0]?.id;
  const decisionId = idOf(
    await done(perform, recordDecision, chair, { meetingId, itemId, text: "do it", method: "consensus", outcome: "adopted" }),
    "decision.recorded",
  );
  await done(perform, assignTask, chair, { decisionId, title: "Survey", assignee: `body:${at.bodies.water}`, dueOn: "2026-04-10", proof: "report" });
  await done(perform, closeMeeting, chair, { meetingId });
  states.doing = { ...doing, ...high, allows: ["classify", "note", "join", "escalate", "remit"] };

  const settled = await fresh("settled");
  await done(perform, settleIssue, head, { number: settled.number, text: "fixed" });
  states.settled = { ...settled, ...low, allows: ["join", "feedback"] };
  const declined = await fresh("declined");
  await done(perform, declineIssue, head, { number: declined.number, text: "no" });
  states.declined = { ...declined, ...low, allows: ["join", "feedback", "appeal"] };
  const closed = await fresh("closed");
  await done(perform, settleIssue, head, { number: closed.number, text: "fixed" });
  await done(perform, giveIssueFeedback, raiser, { number: closed.number, solved: "yes", content: "content" });
  states.closed = { ...closed, ...low, allows: [] };
  const merged = await fresh("merged");
  await done(perform, mergeIssue, head, { number: merged.number, into: other.number });
  states.merged = { ...merged, ...low, allows: [] };

  // On its way through a procedure: at a meeting, not yet posted, posted and over, carried out.
  const onItsWay = async (name: string) => {
    const issue = await fresh(name);
    await done(perform, beginCourse, head, { number: issue.number, procedure: "fourTwo" });
    return issue;
  };
  const free = ["begin"];
  for (const name of ["raised", "accepted", "escalated", "waiting", "doing"]) states[name]?.allows.push(...free);
  const talk = ["accept", "classify", "note", "ask", "join"];
  states.onCourse = { ...(await onItsWay("on course")), ...low, allows: [...talk, "stop"] };
  const publishing = await onItsWay("to be posted");
  await passMeetings(on, at, publishing.id);
  states.unposted = { ...publishing, ...low, allows: [...talk, "post", "stop"] };
  const posted = await onItsWay("posted");
  await passMeetings(on, at, posted.id);
  await done(perform, postCourse, head, { number: posted.number });
  states.posted = { ...posted, ...low, allows: [...talk, "pass", "stop"] };
  // Everything is decided and published but the result: it is carried out, and settled.
  const carriedOut = await onItsWay("to publish the result");
  await passMeetings(on, at, carriedOut.id, 5);
  states.carriedOut = { ...carriedOut, ...low, allows: [...talk, "settle", "post", "stop"] };

  // After the answer: those who joined may speak while the raiser is asked and for some days after; then the clock ends it.
  for (const name of ["settled", "declined", "closed"]) states[name]?.allows.push("rate");
  on.clock.now = "2026-01-05T01:00:00.000Z";
  const forgotten = await fresh("never answered");
  await done(perform, settleIssue, head, { number: forgotten.number, text: "fixed" });
  states.forgotten = { ...forgotten, ...low, allows: ["join", "feedback", "rate", "lapse"] };

  const text = { text: "words" };
  const inputs: Record<string, (s: State) => object> = {
    begin: () => ({ procedure: "fourTwo" }),
    post: () => ({}),
    pass: () => ({}),
    stop: () => text,
    accept: () => ({}),
    classify: () => ({ title: "Another name", category: "water", track: "hard" }),
    note: () => text,
    ask: () => text,
    reply: () => text,
    join: () => ({}),
    settle: () => text,
    decline: () => text,
    merge: () => ({ into: other.number }),
    escalate: (s) => ({ ...text, to: s.holder === "b7" ? at.bodies.council : at.bodies.joint }),
    remit: () => ({ ...text, to: at.bodies.b7 }),
    feedback: () => ({ solved: "no", content: "fair", why: "slow" }),
    rate: () => ({ solved: "no", content: "fair", why: "partly" }),
    lapse: () => ({}),
    appeal: () => text,
  };
  const cases = Object.entries(states).flatMap(([state, s]) =>
    Object.entries(inputs).map(([act, input]): Case => {
      const action = (courseActs.has(act) ? `course.${act}` : `issue.${act}`) as Action;
      return {
        state,
        action,
        communityId: at.communityId,
        input: { number: s.number, ...input(s) },
        where: {
          bodies: { holder: [at.bodies[s.holder]], raisedIn: [at.bodies.b7], path: s.path.map((p) => at.bodies[p]), body: [at.bodies.b7] },
          people: { raiser: [raiser.personId], joined: [who.by("neighbour").personId], clock: [clockId] },
        },
        // The raiser and who joined before say "me too" to nothing.
        allowed: (actor) => s.allows.includes(act) && !(act === "join" && ["raiser", "neighbour"].includes(actor.name)),
        // Issues of the community are everybody's to see who holds an office in it, and the raiser's own always.
        // The clock looks at nothing but what it ends, whoever may see it.
        hidden: (actor) => act !== "lapse" && (actor.name === "nobody" || actor.personId === clockId),
      };
    }),
  );
  const raising: Case = {
    state: "nothing",
    action: "issue.raise",
    communityId: at.communityId,
    input: { bodyId: at.bodies.b7, what: "x", ...words },
    where: { bodies: {}, people: {} },
    allowed: true,
  };
  on.clock.now = "2026-03-10T01:00:00.000Z";
  const { tries, wrong } = await tryAll(on, [...who.actors, clockActor(at.communityId)], [...cases, raising]);
  expect(wrong).toEqual([]);
  expect(tries).toBeGreaterThan(8000);
});

test("[PE3] every command on meetings, decisions and tasks, by everybody, in every state", async () => {
  const on = bench();
  const at = await house(on);
  const who = await cast(on, at);
  const { perform } = on;
  const [head, chair, staff] = [who.by("head@b7"), who.by("chair@council"), who.by("staff@water")];
  const up = async (what: string) => {
    const issue = await raise(on, at, head, what);
    await done(perform, escalateIssue, head, { number: issue.number, to: at.bodies.council, text: "tried" });
    return issue;
  };
  const free = await up("not on any agenda");
  const council = [at.bodies.council];
  const members = who.actors.filter((a) => a.posts.some((p) => p.bodyId === at.bodies.council)).map((a) => a.personId);
  const member = who.by("member@council");

  // Papers: the minutes of a closed meeting before they are frozen, frozen, sent back, and adopted.
  const sections: never[] = [];
  const paperOf = async (what: string) => {
    const meetingId = await meetingWith(on, at, who, [(await up(what)).id]);
    await done(perform, takeSeat, chair, { meetingId, personId: chair.personId, presence: "present" });
    await done(perform, openMeeting, chair, { meetingId });
    await done(perform, closeMeeting, chair, { meetingId });
    return { meetingId, paperId: idOf(await done(perform, freezeTheMinutes, chair, { meetingId, sections }), "paper.frozen") };
  };
  const papers = { frozen: await paperOf("frozen"), writing: await paperOf("sent back"), adopted: await paperOf("adopted") };
  const printOf = async (paperId: string) => (await loadPaper(on.store.read, at.communityId, paperId))?.fingerprint;
  const mistaken = { paperId: papers.writing.paperId, fingerprint: await printOf(papers.writing.paperId), reason: "wrong" };
  await done(perform, sendPaperBack, chair, mistaken);
  const mark = { kind: "typed", text: "Chair" };
  await done(perform, signPaper, chair, { paperId: papers.adopted.paperId, fingerprint: await printOf(papers.adopted.paperId), mark });

  const paper = { name: "Survey.pdf", type: "application/pdf", bytes: 9, digest: "a".repeat(64) };
  const meetings: Record<string, { id: string; items: string[] }> = {};
  for (const state of ["called", "inSession", "closed", "cancelled"] as const) {
    const id = await meetingWith(on, at, who, [(await up(`${state} one`)).id, (await up(`${state} two`)).id]);
    await done(perform, giveAHandout, chair, { ...paper, meetingId: id, handoutId: "one" });
    if (state === "called") await done(perform, takeSeat, chair, { meetingId: id, personId: chair.personId, presence: "present" });
    if (state === "inSession" || state === "closed") await opened(on, who, id);
    if (state === "closed") await done(perform, closeMeeting, chair, { meetingId: id });
    if (state === "cancelled") await done(perform, cancelMeeting, chair, { meetingId: id, text: "no" });
    meetings[state] = { id, items: [] };
  }
  // What the closed one left open has gone on the agenda of the next.
  for (const meeting of Object.values(meetings)) meeting.items = (await loadMeeting(on.store.read, at.communityId, meeting.id))?.items.map((i) => i.id) ?? [];
  const cases: Case[] = [];
  const allows: Record<string, readonly string[]> = {
    called: ["giveHandout", "takeHandout", "move", "cancel", "addItem", "removeItem", "order", "reply", "seat", "open", "checkIn", "represent", "recuse"],
    inSession: [
      "giveHandout",
      "addItem",
      "seat",
      "close",
      "record",
      "checkIn",
      "represent",
      "recuse",
      "takeItem",
      "raiseHand",
      "lowerHand",
      "giveFloor",
      "endFloor",
      "vote",
    ],
    closed: [],
    cancelled: [],
  };
  for (const [state, { id, items }] of Object.entries(meetings)) {
    const inputs: Record<string, object> = {
      move: { ...soon, place: "Garden" },
      cancel: { text: "no" },
      addItem: { issue: free.id },
      removeItem: { itemId: items[0] },
      order: { order: [...items].reverse() },
      reply: { coming: "yes" },
      seat: { personId: chair.personId, presence: "absent" },
      open: {},
      close: {},
      checkIn: { code: await tableCode(on.store.read, at.communityId, id) },
      represent: { personId: member.personId, proxyTo: null },
      recuse: { itemId: items[0], personId: member.personId, reason: "my own garage" },
      giveHandout: { ...paper, handoutId: "two", digest: "b".repeat(64), itemId: items[0] },
      takeHandout: { handoutId: "one" },
      takeItem: { itemId: items[1] },
      raiseHand: {},
      lowerHand: {},
      giveFloor: { personId: chair.personId },
      endFloor: { personId: member.personId },
      vote: { itemId: items[0], question: "So?", method: "rollCall" },
      record: { itemId: items[0], text: "so", method: "consensus", outcome: "deferred" },
    };
    for (const [act, input] of Object.entries(inputs))
      cases.push({
        state,
        action: act === "record" ? "decision.record" : act === "vote" ? "vote.open" : (`meeting.${act}` as Action),
        communityId: at.communityId,
        input: { meetingId: id, ...input },
        where: { bodies: { body: council }, people: { invited: members, ...((act === "recuse" || act === "endFloor") && { self: [member.personId] }) } },
        allowed: (allows[state] ?? []).includes(act),
      });
  }
  // A vote that runs, and one that is over.
  const voted = await meetingWith(on, at, who, [(await up("voted on")).id]);
  await opened(on, who, voted);
  const votedItem = (await loadMeeting(on.store.read, at.communityId, voted))?.items[0]?.id;
  const question = { meetingId: voted, itemId: votedItem, question: "So?", method: "rollCall" };
  const over = idOf(await done(perform, openTheVote, chair, question), "vote.opened");
  await done(perform, castBallot, chair, { voteId: over, personId: chair.personId, choice: "for" });
  await done(perform, closeTheVote, chair, { voteId: over });
  const running = idOf(await done(perform, openTheVote, chair, question), "vote.opened");
  await done(perform, castBallot, chair, { voteId: running, personId: chair.personId, choice: "for" });
  for (const [state, voteId] of [
    ["running", running],
    ["over", over],
  ] as const) {
    const near = { bodies: { body: council }, people: { invited: members } };
    // Somebody who writes the minutes puts down what the member says; others who are invited may only say their own.
    const writes = (actor: Actor) =>
      actor.personId === member.personId || actor.posts.some((p) => p.bodyId === council[0] && ["chair", "linkedLeader", "recorder"].includes(p.role));
    const ballot = { voteId, personId: member.personId, choice: "for" };
    cases.push({
      state,
      action: "vote.cast",
      communityId: at.communityId,
      input: ballot,
      where: near,
      allowed: (actor) => state === "running" && writes(actor),
    });
    cases.push({ state, action: "vote.close", communityId: at.communityId, input: { voteId }, where: near, allowed: state === "running" });
    cases.push({ state, action: "vote.void", communityId: at.communityId, input: { voteId, reason: "wrong question" }, where: near, allowed: true });
  }
  cases.push({
    state: "nothing",
    action: "meeting.call",
    communityId: at.communityId,
    input: { bodyId: at.bodies.council, ...soon, place: "Hall", issues: [free.id] },
    where: { bodies: { body: council }, people: {} },
    allowed: true,
  });

  // Decisions of a sitting and of a closed meeting, and the tasks under one.
  const decided = async (close: boolean, outcome: "adopted" | "rejected") => {
    const issue = await up(`decided ${close} ${outcome}`);
    const meetingId = await meetingWith(on, at, who, [issue.id]);
    await opened(on, who, meetingId);
    const itemId = (await loadMeeting(on.store.read, at.communityId, meetingId))?.items[0]?.id;
    const id = idOf(await done(perform, recordDecision, chair, { meetingId, itemId, text: "do it", method: "consensus", outcome }), "decision.recorded");
    if (close) await done(perform, closeMeeting, chair, { meetingId });
    return { id, issue };
  };
  const [sittingOne, closedOne, rejectedOne] = [await decided(false, "adopted"), await decided(true, "adopted"), await decided(false, "rejected")];
  const task = { title: "Survey", assignee: `body:${at.bodies.water}`, dueOn: "2026-04-10", proof: "report" };
  for (const [state, decision, amends, assigns] of [
    ["sitting", sittingOne, true, true],
    ["closed", closedOne, false, true],
    ["rejected", rejectedOne, true, false],
  ] as const) {
    const where = { bodies: { body: council }, people: {} };
    cases.push({
      state,
      action: "decision.amend",
      communityId: at.communityId,
      input: { decisionId: decision.id, text: "corrected", method: "consensus" },
      where,
      allowed: amends,
    });
    cases.push({ state, action: "task.assign", communityId: at.communityId, input: { decisionId: decision.id, ...task }, where, allowed: assigns });
  }
  const paperAllows = { frozen: ["sign", "sendBack"], writing: ["finish"], adopted: ["addend", "summarise"] };
  for (const [state, { meetingId, paperId }] of Object.entries(papers)) {
    const items = (await loadMeeting(on.store.read, at.communityId, meetingId))?.items ?? [];
    const inputs = {
      freeze: { meetingId, sections },
      sign: { paperId, fingerprint: await printOf(paperId), mark },
      sendBack: { paperId, fingerprint: await printOf(paperId), reason: "wrong" },
      withdraw: { paperId, fingerprint: await printOf(paperId), reason: "wrong" },
      finish: { paperId },
      addend: { paperId, text: "more" },
      summarise: { paperId, opening: "so", parts: [{ itemId: items[0]?.id, text: "heard" }] },
    };
    for (const [act, input] of Object.entries(inputs))
      cases.push({
        state,
        action: `paper.${act}` as Action,
        communityId: at.communityId,
        input,
        where: { bodies: { body: council }, people: { signer: [chair.personId] } },
        allowed: paperAllows[state as keyof typeof paperAllows].includes(act),
      });
  }
  const taskAllows: Record<string, readonly string[]> = {
    assigned: ["accept", "progress", "handIn"],
    accepted: ["progress", "handIn"],
    handedIn: ["progress", "verify", "return"],
    verified: [],
  };
  for (const state of Object.keys(taskAllows)) {
    const taskId = idOf(await done(perform, assignTask, chair, { decisionId: closedOne.id, ...task, title: state }), "task.assigned");
    if (state !== "assigned") await done(perform, acceptTheTask, staff, { taskId });
    if (state === "handedIn" || state === "verified") await done(perform, handInTask, staff, { taskId, text: "done" });
    if (state === "verified") await done(perform, verifyTask, head, { taskId });
    const near = { body: council, raisedIn: [at.bodies.b7], path: [at.bodies.b7, at.bodies.council], assigneeBody: [at.bodies.water] };
    for (const act of ["accept", "progress", "handIn", "verify", "return"])
      cases.push({
        state,
        action: `task.${act}` as Action,
        communityId: at.communityId,
        input: { taskId, text: "words" },
        where: { bodies: near, people: { raiser: [head.personId] } },
        allowed: (taskAllows[state] ?? []).includes(act),
        // A task is seen by those who gave it, those who do it, and those whose issue it is.
        hidden: (actor) => actor.personId !== head.personId && !actor.posts.some((p) => Object.values(near).flat().includes(p.bodyId)),
      });
  }
  const { tries, wrong } = await tryAll(on, who.actors, cases);
  expect(wrong).toEqual([]);
  expect(tries).toBeGreaterThan(4500);
});

test("[PE3] every command on projects, by everybody, in every state of a project", async () => {
  const on = bench();
  const at = await house(on);
  const who = await cast(on, at);
  const { perform } = on;
  const [head, chair, staff] = [who.by("head@b7"), who.by("chair@council"), who.by("staff@water")];
  const decided = async (visibility: "community" | "handlers", outcome: "adopted" | "rejected" = "adopted") => {
    const [raised] = await done(perform, raiseIssue, head, { bodyId: at.bodies.b7, what: `${visibility} ${outcome}`, ...words, visibility });
    if (raised?.type !== "issue.raised") throw new Error("not raised");
    await done(perform, escalateIssue, head, { number: raised.number, to: at.bodies.council, text: "tried" });
    const meetingId = await meetingWith(on, at, who, [raised.id]);
    await opened(on, who, meetingId);
    const itemId = (await loadMeeting(on.store.read, at.communityId, meetingId))?.items[0]?.id;
    const id = idOf(await done(perform, recordDecision, chair, { meetingId, itemId, text: "do it", method: "consensus", outcome }), "decision.recorded");
    await done(perform, closeMeeting, chair, { meetingId });
    return id;
  };
  const plan = {
    name: "Pumps",
    responsibleId: at.bodies.water,
    startsOn: "2026-03-01",
    endsOn: "2026-05-30",
    budget: "1000",
    funds: { departments: "600" },
    milestones: [],
  };
  const council = { bodies: { body: [at.bodies.council] }, people: {} };
  const cases: Case[] = [];
  const decisions = { adopted: await decided("community"), rejected: await decided("community", "rejected"), quiet: await decided("handlers") };
  for (const [state, decisionId] of Object.entries(decisions))
    cases.push({
      state,
      action: "project.open",
      communityId: at.communityId,
      input: { decisionId, ...plan },
      where: council,
      allowed: state !== "rejected",
    });
  const running = ["plan", "receive", "report", "stop"];
  const allows = { running, full: [...running, "finish"], finished: ["receive", "verify", "return"], verified: [], stopped: ["receive"] };
  for (const decisionId of [decisions.adopted, decisions.quiet])
    for (const [state, acts] of Object.entries(allows)) {
      const projectId = idOf(await done(perform, openAProject, chair, { decisionId, ...plan, name: state }), "project.opened");
      if (state !== "running") await done(perform, reportOnProject, staff, { projectId, day: "2026-03-02", percent: 100, spent: "10", text: "all of it" });
      if (state === "finished" || state === "verified") await done(perform, finishProject, staff, { projectId });
      if (state === "verified") await done(perform, verifyTheProject, chair, { projectId });
      if (state === "stopped") await done(perform, stopTheProject, chair, { projectId, text: "no money" });
      const inputs: Record<string, object> = {
        plan: { ...plan, endsOn: "2026-06-30", reason: "rain" },
        receive: { received: { departments: "500" } },
        report: { day: "2026-03-02", percent: 50, spent: "20", text: "half of it" },
        finish: { text: "" },
        stop: { text: "no money" },
        verify: { text: "" },
        return: { text: "no record" },
        watch: {},
      };
      const near = { body: [at.bodies.council], raisedIn: [at.bodies.b7], path: [at.bodies.b7, at.bodies.council], assigneeBody: [at.bodies.water] };
      for (const [act, input] of Object.entries(inputs))
        cases.push({
          state,
          action: `project.${act}` as Action,
          communityId: at.communityId,
          input: { projectId, ...input },
          where: { bodies: near, people: { raiser: [head.personId], clock: [clockId] } },
          allowed: (actor) => (acts as readonly string[]).includes(act) && !(act === "verify" && actor.personId === staff.personId),
          // A project is seen by whoever sees its issue: everybody with an office, or those who handle it.
          hidden: (actor) =>
            actor.personId !== clockId &&
            (decisionId === decisions.adopted
              ? actor.posts.length === 0
              : actor.personId !== head.personId && !actor.posts.some((p) => Object.values(near).flat().includes(p.bodyId))),
        });
    }
  const nobodys = idOf(
    await done(perform, openAProject, chair, { decisionId: decisions.adopted, ...plan, responsibleId: at.bodies.property, name: "nobody's" }),
    "project.opened",
  );
  cases.push({
    ...{ state: "that nobody carries out", action: "project.watch", communityId: at.communityId, input: { projectId: nobodys } },
    ...{ where: { bodies: {}, people: { clock: [clockId] } }, allowed: true, hidden: (actor) => actor.posts.length === 0 && actor.personId !== clockId },
  });
  const { tries, wrong } = await tryAll(on, [...who.actors, clockActor(at.communityId), clockActor("elsewhere")], cases);
  expect(wrong).toEqual([]);
  expect(tries).toBeGreaterThan(3000);
});

test("[PE3] everything that happens to a task on its way, by everybody, in every state", async () => {
  const on = bench();
  const at = await house(on);
  const who = await cast(on, at);
  const { perform } = on;
  const [head, chair, staff, neighbour] = [who.by("head@b7"), who.by("chair@council"), who.by("staff@water"), who.by("neighbour")];
  const issue = await raise(on, at, head, "to be worked on");
  await done(perform, joinIssue, neighbour, { number: issue.number });
  await done(perform, escalateIssue, head, { number: issue.number, to: at.bodies.council, text: "tried" });
  const meetingId = await meetingWith(on, at, who, [issue.id]);
  await opened(on, who, meetingId);
  const itemId = (await loadMeeting(on.store.read, at.communityId, meetingId))?.items[0]?.id;
  const decisionId = idOf(
    await done(perform, recordDecision, chair, { meetingId, itemId, text: "do it", method: "consensus", outcome: "adopted" }),
    "decision.recorded",
  );
  const assigned = async (more: object) => {
    const [event] = await done(perform, assignTask, chair, {
      ...{ decisionId, title: "Survey", assignee: `body:${at.bodies.water}`, dueOn: "2026-04-10", proof: "report" },
      ...{ supporting: [`body:${at.bodies.joint}`], ...more },
    });
    if (event?.type !== "task.assigned") throw new Error("not assigned");
    return { taskId: event.id, stepId: event.steps?.[0]?.id ?? "none" };
  };
  const begun = ["addStep", "dropStep", "tickStep", "setSupport", "giveDocument", "sendBack", "reassign", "handOver", "askExtension"];
  const later = { dueOn: "2026-05-11", text: "rain" };
  const states: Record<string, { taskId: string; stepId: string; allows: string[] }> = {
    begun: { ...(await assigned({ steps: "Look" })), allows: begun },
    "of a series": { ...(await assigned({ steps: "Look", repeats: "weekly" })), allows: [...begun, "stopRepeat"] },
  };
  const returning = await assigned({ steps: "Look" });
  await done(perform, sendTaskBack, staff, { ...returning, rule: "factsWrong", text: "not so" });
  states["to be returned"] = { ...returning, allows: [...begun.filter((act) => act !== "sendBack"), "insist"] };
  const asking = await assigned({ steps: "Look" });
  await done(perform, askTaskExtension, staff, { ...asking, ...later });
  states["that asks for time"] = { ...asking, allows: [...begun.filter((act) => act !== "askExtension"), "decideExtension"] };
  const handed = await assigned({});
  await done(perform, handInTask, staff, { ...handed, text: "done" });
  states["handed in"] = { ...handed, allows: ["handOver"] };
  const checked = await assigned({});
  await done(perform, handInTask, staff, { ...checked, text: "done" });
  await done(perform, verifyTask, head, checked);
  states.checked = { ...checked, allows: ["confirm", "reopen"] };
  const colleague = who.by("member@water");
  const inputs: Record<string, object> = {
    addStep: { title: "One more" },
    dropStep: {},
    tickStep: { done: "yes" },
    setSupport: { supporting: [] },
    // Nobody has chosen a photo here; what happens to photos is seen in the browser.
    givePhotos: { which: "before" },
    giveDocument: { documentId: "d1", name: "Report", type: "application/pdf", bytes: 10, digest: "0".repeat(64) },
    sendBack: { rule: "duplicate", text: "twice" },
    insist: { text: "no" },
    reassign: { assignee: `body:${at.bodies.property}`, text: "theirs" },
    handOver: { assignee: `person:${colleague.personId}`, text: "mine is full" },
    askExtension: later,
    decideExtension: { grant: "yes" },
    confirm: {},
    reopen: { text: "still dry" },
    stopRepeat: {},
    repeat: {},
    fall: {},
    watch: {},
  };
  const bodies = {
    body: [at.bodies.council],
    raisedIn: [at.bodies.b7],
    path: [at.bodies.b7, at.bodies.council],
    assigneeBody: [at.bodies.water],
    supportBody: [at.bodies.joint],
  };
  const people = { raiser: [head.personId], joined: [neighbour.personId], clock: [clockId] };
  const cases = Object.entries(states).flatMap(([state, { allows, ...task }]) =>
    Object.entries(inputs).map(
      ([act, input]): Case => ({
        state: `a task ${state}`,
        action: `task.${act}` as Action,
        communityId: at.communityId,
        input: { ...task, ...input },
        where: { bodies, people },
        allowed: allows.includes(act),
        hidden: (actor) =>
          actor.personId !== head.personId &&
          actor.personId !== neighbour.personId &&
          actor.personId !== clockId &&
          !actor.posts.some((p) => Object.values(bodies).flat().includes(p.bodyId)),
      }),
    ),
  );
  // Nobody works at the property company: the clock finds that, and nobody else says so.
  const nobodys = await assigned({ assignee: `body:${at.bodies.property}`, supporting: [] });
  const givers = [at.bodies.council, at.bodies.b7, at.bodies.property];
  cases.push({
    ...{ state: "a task nobody holds", action: "task.watch", communityId: at.communityId, input: nobodys },
    ...{ where: { bodies: {}, people: { clock: [clockId] } }, allowed: true },
    hidden: (actor) => ![head.personId, neighbour.personId, clockId].includes(actor.personId) && !actor.posts.some((p) => givers.includes(p.bodyId)),
  });
  const { tries, wrong } = await tryAll(on, [...who.actors, clockActor(at.communityId), clockActor("elsewhere")], cases);
  expect(wrong).toEqual([]);
  expect(tries).toBeGreaterThan(5000);
});

test("[PE3] every command on the house and on oneself, by everybody", async () => {
  const on = bench();
  const at = await house(on);
  const who = await cast(on, at);
  const community = { bodies: { community: [at.bodies.community] }, people: {} };
  const guest = who.by("resident@b8");
  const membershipId = guest.posts[0]?.membershipId;
  const invitationId = idOf(await done(on.perform, issueInvitation, at.secretary, { membershipId, tokenHash: tokenHash(secretToken()) }), "invitation.issued");
  const office = { role: "member", party: "owners", startsOn: "2026-03-01", endsOn: null };
  const setup: [Action, object][] = [
    ["body.add", { name: "Building 99", kind: "building", escalatesToId: at.bodies.council }],
    ["followUp.set", { askDays: 20, changeDays: 10 }],
    ["procedure.keep", { code: "threeLevel", figures: { "council/1.1.days": 5 } }],
    ["body.change", { bodyId: at.bodies.b8, name: "Building 8a", kind: "building", escalatesToId: at.bodies.council }],
    ["body.end", { bodyId: at.bodies.b8 }],
    ["membership.begin", { bodyId: at.bodies.b8, name: "New", ...office }],
    ["membership.change", { membershipId, ...office }],
    ["membership.end", { membershipId }],
    ["invitation.issue", { membershipId, tokenHash: tokenHash(secretToken()) }],
  ];
  const hash = tokenHash(secretToken());
  const passwordHash = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA";
  const self = (actor: Actor) => ({ bodies: {}, people: { self: [actor.personId] } });
  const cases: Case[] = setup.map(([action, input]) => ({ state: "any", action, communityId: at.communityId, input, where: community, allowed: true }));
  // A secretary of elsewhere adds bodies and keeps procedures in their own community: there is nothing of ours in those commands.
  const [onTheirs, onOurs] = [cases.slice(0, 3), cases.slice(3)];
  const ours = who.actors.filter((actor) => actor.communityId === at.communityId);
  const results = [await tryAll(on, ours, onTheirs), await tryAll(on, who.actors, onOurs)];
  expect(results.flatMap((r) => r.wrong)).toEqual([]);
  for (const actor of who.actors) {
    const own: Case[] = [
      { state: "own", action: "session.start", communityId: actor.communityId, input: { tokenHash: hash, device: "test" }, where: self(actor), allowed: true },
      {
        state: "own",
        action: "person.changePassword",
        communityId: actor.communityId,
        input: { passwordHash, current: hash },
        where: self(actor),
        allowed: true,
      },
      // Nobody is signed in anywhere here, so there is no session to end; that is found out before anything else.
      {
        state: "own",
        action: "session.revoke",
        communityId: actor.communityId,
        input: { session: "others", current: hash },
        where: self(actor),
        allowed: false,
      },
      {
        state: "own",
        action: "invitation.use",
        communityId: at.communityId,
        input: { invitationId, passwordHash, phone: null },
        where: self(guest),
        allowed: true,
      },
    ];
    const result = await tryAll(
      on,
      [actor],
      own.filter((c) => c.action !== "invitation.use" || actor.communityId === at.communityId),
    );
    expect(result.wrong).toEqual([]);
  }
});

test("[PE3] when a body meets, and calendars of one's own, by everybody", async () => {
  const on = bench();
  const at = await house(on);
  const who = await cast(on, at);
  const monthly = { rule: "FREQ=MONTHLY;BYDAY=-1TH", startsOn: "2026-03-01", time: "19:00", minutes: 90, place: "Hall", onDayOff: "move" };
  const cases: Case[] = [];
  await done(on.perform, setBodyCadence, at.secretary, { bodyId: at.bodies.joint, cadence: monthly });
  for (const [state, body, ends] of [
    ["without days", "council", false],
    ["with days", "joint", true],
    ["that does not deliberate", "b7", false],
  ] as const) {
    const where = { bodies: { body: [at.bodies[body]], community: [at.bodies.community] }, people: {} };
    const on = { action: "body.setCadence" as const, communityId: at.communityId, where };
    cases.push({ ...on, state: `a body ${state}: set`, input: { bodyId: at.bodies[body], cadence: monthly }, allowed: body !== "b7" });
    cases.push({ ...on, state: `a body ${state}: end`, input: { bodyId: at.bodies[body], cadence: null }, allowed: ends });
  }
  const chair = who.by("chair@council");
  const open = async (actor: Actor) =>
    idOf(await done(on.perform, openCalendarFeed, actor, { bodyId: null, tokenHash: tokenHash(secretToken()) }), "feed.opened");
  const stopped = await open(chair);
  await done(on.perform, revokeCalendarFeed, chair, { feedId: stopped });
  for (const [state, feedId, allowed] of [
    ["running", await open(chair), true],
    ["stopped", stopped, false],
  ] as const)
    cases.push({
      state,
      action: "feed.revoke",
      communityId: at.communityId,
      input: { feedId },
      where: { bodies: {}, people: { self: [chair.personId] } },
      allowed,
    });
  const hash = tokenHash(secretToken());
  for (const [state, body] of [
    ["a council's", "council"],
    ["a building's", "b7"],
  ] as const)
    cases.push({
      state,
      action: "feed.open",
      communityId: at.communityId,
      input: { bodyId: at.bodies[body], tokenHash: hash },
      where: { bodies: {}, people: {} },
      allowed: body === "council",
    });
  const results = [await tryAll(on, who.actors, cases)];
  // A feed of one's own meetings: there is nothing of anybody else's in that command.
  for (const actor of who.actors)
    results.push(
      await tryAll(
        on,
        [actor],
        [
          {
            state: "one's own",
            action: "feed.open",
            communityId: actor.communityId,
            input: { bodyId: null, tokenHash: hash },
            where: { bodies: {}, people: {} },
            allowed: true,
          },
        ],
      ),
    );
  expect(results.flatMap((r) => r.wrong)).toEqual([]);
});

test("[PE3] what the clock does and what it is told, by everybody", async () => {
  const on = bench();
  const at = await house(on);
  const who = await cast(on, at);
  const actors = [...who.actors, clockActor(at.communityId), clockActor("elsewhere")];
  const [head, chair] = [who.by("head@b7"), who.by("chair@council")];
  const { b7, council, joint, street, community } = at.bodies;
  const up = async (what: string) => {
    const issue = await raise(on, at, who.by("raiser"), what);
    await done(on.perform, escalateIssue, head, { number: issue.number, to: council, text: "tried" });
    return issue;
  };
  const [free, ordered, closed] = [await up("free"), await up("ordered"), await up("closed")];
  const orderId = idOf(await done(on.perform, giveSupervisionOrder, chair, { number: ordered.number, text: "?", dueOn: "2026-04-01" }), "order.given");
  await done(on.perform, declineIssue, chair, { number: closed.number, text: "no" });
  const seqOf = async (type: string) =>
    (await on.store.read.selectFrom("AuditEvent").select("seq").where("type", "=", type).orderBy("seq", "desc").limit(1).executeTakeFirstOrThrow()).seq;
  const seq = await seqOf("issue.answered");
  const near = { holder: [council], above: [council, joint, street], path: [b7, council], body: [b7] };
  const clock = { clock: [clockId] };
  const cases: Case[] = [];
  const add = (state: string, action: Action, input: object, where: Where, allowed: Case["allowed"], hidden?: Case["hidden"]) =>
    cases.push({ state, action, input, where, allowed, communityId: at.communityId, ...(hidden && { hidden }) });
  // An issue the community sees is seen by whoever holds an office.
  const unseen = (actor: Actor) => actor.posts.length === 0;
  add("open", "issue.extend", { number: free.number, amount: 1, text: "more time" }, { bodies: near, people: {} }, true, unseen);
  add("open", "issue.extend", { number: free.number, amount: 99, text: "more time" }, { bodies: near, people: {} }, false, unseen);
  add("answered", "issue.extend", { number: closed.number, amount: 1, text: "more time" }, { bodies: near, people: {} }, false, (a) => unseen(a));
  add("free", "order.give", { number: free.number, text: "?", dueOn: "2026-04-01" }, { bodies: near, people: {} }, true, unseen);
  add("ordered", "order.give", { number: ordered.number, text: "?", dueOn: "2026-04-01" }, { bodies: near, people: {} }, false, unseen);
  // What only its building sees is seen by linked leaders above, who may order; what only its handlers see is not there for them.
  const here = [b7, council];
  for (const visibility of ["body", "handlers"] as const) {
    const [raised] = await done(on.perform, raiseIssue, who.by("raiser"), { bodyId: b7, what: visibility, ...words, visibility });
    if (raised?.type !== "issue.raised") throw new Error("not raised");
    await done(on.perform, escalateIssue, head, { number: raised.number, to: council, text: "tried" });
    const leads = (actor: Actor) => visibility === "body" && actor.posts.some((p) => p.role === "linkedLeader" && p.bodyId === joint);
    const handles = (actor: Actor) => actor.name === "raiser" || actor.posts.some((p) => here.includes(p.bodyId));
    const input = { number: raised.number, text: "?", dueOn: "2026-04-01" };
    add(`for ${visibility}`, "order.give", input, { bodies: near, people: {} }, true, (actor) => !handles(actor) && !leads(actor));
  }
  const toCouncil = { bodies: { body: [council] }, people: {} };
  add("owed", "order.answer", { orderId, text: "soon" }, toCouncil, (actor) => actor.personId !== chair.personId, unseen);
  add("answered above", "acknowledgement.owe", { seq }, { bodies: {}, people: clock }, true);
  const before = await tryAll(on, actors, cases.splice(0));
  await done(on.perform, oweAcknowledgement, clockActor(at.communityId), { seq });
  const acknowledgementId = (await acknowledgementsOf(on.store.read, at.communityId, closed.id))[0]?.id;
  add("owed", "acknowledgement.give", { acknowledgementId, text: "known" }, { bodies: { body: [b7] }, people: {} }, true, unseen);
  add("in time", "issue.escalateOverdue", { issueId: free.id }, { bodies: near, people: clock }, false);
  const first = await tryAll(on, actors, cases.splice(0));
  // What was asked is not asked again.
  add("asked", "acknowledgement.owe", { seq }, { bodies: {}, people: clock }, false);
  on.clock.now = "2027-01-01T00:00:00.000Z";
  add("overdue", "issue.escalateOverdue", { issueId: free.id }, { bodies: near, people: clock }, true);
  const second = await tryAll(on, actors, cases);
  const setup: Case[] = [
    ["community.keepDays", { from: "2027-02-05", until: "2027-02-11", kind: "holiday" }],
    ["community.keepClocks", { rules: { 0: standardClocks("council", "hard") }, limits: standardLimits }],
  ].map(([action, input]) => ({
    state: "any",
    action: action as Action,
    input: input as object,
    where: { bodies: { community: [community] }, people: {} },
    allowed: true,
    communityId: at.communityId,
  }));
  // Whoever is of elsewhere keeps the clocks of their own community: there is nothing of ours in those commands.
  const third = await tryAll(
    on,
    actors.filter((actor) => actor.communityId === at.communityId),
    setup,
  );
  expect([...before.wrong, ...first.wrong, ...second.wrong, ...third.wrong]).toEqual([]);
});
test("[PE3] how one is told, a body's robots, and letters that were given up, by everybody", async () => {
  const on = bench();
  const at = await house(on);
  const who = await cast(on, at);
  const chair = who.by("chair@council");
  const mail = { kind: "mail", to: "chair@example.cn" };
  const wecom = { kind: "wecom", url: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa" };
  const open = async (bodyId: string | null, address: object) => idOf(await done(on.perform, openWordChannel, chair, { bodyId, address }), "channel.opened");
  const stopped = await open(at.bodies.council, wecom);
  await done(on.perform, closeWordChannel, chair, { channelId: stopped });
  const mine = await open(null, { kind: "mail", to: "mine@example.cn" });
  await done(on.perform, confirmWordChannel, chair, { channelId: mine });
  const [robot, box] = [await open(at.bodies.council, wecom), await open(null, mail)];
  const letter = (id: string, status: "dead" | "sent"): Letter => ({
    communityId: at.communityId,
    id,
    channelId: robot,
    status,
    tries: 1,
    nextAt: on.clock.now,
    firstAt: on.clock.now,
    lastAt: on.clock.now,
    fault: "",
    detail: "",
    sentAt: null,
    createdAt: on.clock.now,
  });
  await on.store.write(async (tx) => {
    await saveLetter(tx, letter("dead1", "dead"));
    await saveLetter(tx, letter("sent1", "sent"));
  });
  const group: Where = { bodies: { body: [at.bodies.council], community: [at.bodies.community] }, people: {} };
  const own: Where = { bodies: {}, people: { self: [chair.personId] } };
  const house1: Where = { bodies: { community: [at.bodies.community] }, people: {} };
  const one = (state: string, action: Action, input: object, where: Where, allowed: boolean): Case => ({
    state,
    action,
    input,
    where,
    allowed,
    communityId: at.communityId,
  });
  const cases: Case[] = [
    one("a robot", "channel.open", { bodyId: at.bodies.council, address: wecom }, group, true),
    one("a robot anywhere else", "channel.open", { bodyId: at.bodies.council, address: { ...wecom, url: "https://example.cn/" } }, group, false),
    one("a robot that runs", "channel.try", { channelId: robot }, group, true),
    one("a robot that was stopped", "channel.try", { channelId: stopped }, group, false),
    one("a robot that runs", "channel.close", { channelId: robot }, group, true),
    one("a robot that was stopped", "channel.close", { channelId: stopped }, group, false),
    one("a mailbox that was confirmed", "channel.try", { channelId: mine }, own, true),
    one("a mailbox nobody said yes in", "channel.try", { channelId: box }, own, false),
    one("a mailbox", "channel.confirm", { channelId: box }, own, true),
    one("a mailbox", "channel.close", { channelId: box }, own, true),
    ...(["letter.resend", "letter.drop"] as const).flatMap((action) => [
      one("given up", action, { letterId: "dead1" }, house1, true),
      one("delivered", action, { letterId: "sent1" }, house1, false),
    ]),
  ];
  const results = [await tryAll(on, who.actors, cases)];
  // What is only one's own has nothing of anybody else's in it.
  for (const actor of who.actors) {
    const mine = { where: { bodies: {}, people: { self: [actor.personId] } }, allowed: true, communityId: actor.communityId, state: "one's own" };
    results.push(
      await tryAll(
        on,
        [actor],
        [
          { ...mine, action: "word.prefer", input: { preference: usual } },
          { ...mine, action: "word.markRead", input: { until: on.clock.now } },
          { ...mine, action: "channel.open", input: { bodyId: null, address: mail } },
        ],
      ),
    );
  }
  expect(results.flatMap((r) => r.wrong)).toEqual([]);
});

test("[PE3] no command was left out", () => {
  expect([...commands.keys()].filter((action) => !tried.has(action))).toEqual([]);
  const decided = (Object.keys(permissions) as Action[]).filter((action) => !/\.(see|read|readClosed|write)\b/.test(action) && !action.startsWith("minutes."));
  expect(decided.filter((action) => !commands.has(action))).toEqual([]);
});
