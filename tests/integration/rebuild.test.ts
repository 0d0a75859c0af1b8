// Random days in a small estate, against a model of where each issue is; and the log alone tells the same.
import fc from "fast-check";
import { expect, test } from "vitest";
import { setBodyCadence } from "../../app/commands/body/set-cadence";
import type { Command } from "../../app/commands/command";
import { amendDecision } from "../../app/commands/decision/amend";
import { recordDecision } from "../../app/commands/decision/record";
import { openCalendarFeed } from "../../app/commands/feed/open";
import { revokeCalendarFeed } from "../../app/commands/feed/revoke";
import { acceptTheIssue } from "../../app/commands/issue/accept";
import { appealIssue } from "../../app/commands/issue/appeal";
import { askRaiser } from "../../app/commands/issue/ask";
import { classifyIssue } from "../../app/commands/issue/classify";
import { declineIssue } from "../../app/commands/issue/decline";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { giveIssueFeedback } from "../../app/commands/issue/feedback";
import { joinIssue } from "../../app/commands/issue/join";
import { mergeIssue } from "../../app/commands/issue/merge";
import { noteOnIssue } from "../../app/commands/issue/note";
import { raiseIssue } from "../../app/commands/issue/raise";
import { rateAnswer } from "../../app/commands/issue/rate";
import { remitIssue } from "../../app/commands/issue/remit";
import { replyToQuestion } from "../../app/commands/issue/reply";
import { settleIssue } from "../../app/commands/issue/settle";
import { addAgendaItem } from "../../app/commands/meeting/add-item";
import { callMeeting } from "../../app/commands/meeting/call";
import { cancelMeeting } from "../../app/commands/meeting/cancel";
import { closeMeeting } from "../../app/commands/meeting/close";
import { moveMeeting } from "../../app/commands/meeting/move";
import { openMeeting } from "../../app/commands/meeting/open";
import { orderAgenda } from "../../app/commands/meeting/order";
import { removeAgendaItem } from "../../app/commands/meeting/remove-item";
import { replyToMeeting } from "../../app/commands/meeting/reply";
import { takeSeat } from "../../app/commands/meeting/seat";
import { acceptTheTask } from "../../app/commands/task/accept";
import { assignTask } from "../../app/commands/task/assign";
import { confirmTask, reopenTask } from "../../app/commands/task/confirm";
import { askTaskExtension, decideTaskExtension } from "../../app/commands/task/extension";
import { returnTask } from "../../app/commands/task/give-back";
import { handInTask } from "../../app/commands/task/hand-in";
import { handTaskOver } from "../../app/commands/task/hand-over";
import { reportProgress } from "../../app/commands/task/progress";
import { giveTaskDocument } from "../../app/commands/task/proof";
import { stopTaskRepeat } from "../../app/commands/task/repeat";
import { insistOnTask, reassignTask, sendTaskBack } from "../../app/commands/task/send-back";
import { addAStep, dropAStep, tickAStep } from "../../app/commands/task/steps";
import { setTaskSupport } from "../../app/commands/task/support";
import { verifyTask } from "../../app/commands/task/verify";
import { checkChain } from "../../app/data/audit.server";
import { loadIssue } from "../../app/data/issues.server";
import { loadDecision, loadMeeting, loadTask } from "../../app/data/meetings.server";
import { loadBodies } from "../../app/data/organisation.server";
import { secretToken, tokenHash } from "../../app/data/sessions.server";
import type { DomainEvent } from "../../app/domain/event";
import { holderOf } from "../../app/domain/issue";
import type { Actor } from "../../app/domain/permission";
import { staircase } from "../../app/domain/stairs";
import { house, urgently } from "../support/house";
import { bothWays } from "../support/rebuild";
import { bench } from "../support/store";

type Step = { act: number; who: number; what: number; other: number };
const step: fc.Arbitrary<Step> = fc.record({ act: fc.nat(37), who: fc.nat(11), what: fc.nat(40), other: fc.nat(40) });

/** Every kind of happening that came about in any day below: a random walk that never meets is no proof. */
const happened = new Set<string>();

/** Where an issue is, as a neighbour would keep track of it on paper. */
type OnPaper = { status: string; holder: string };

async function day(steps: readonly Step[]): Promise<void> {
  const on = bench();
  const at = await house(on);
  const { perform, store, clock } = on;
  const { bodies } = at;
  const people: Actor[] = [
    await at.person("head", [
      [bodies.b7, "head", "owners"],
      [bodies.council, "member", "owners"],
    ]),
    await at.person("chair", [
      [bodies.council, "chair", "branch"],
      [bodies.joint, "member", "branch"],
    ]),
    await at.person("leader", [
      [bodies.joint, "linkedLeader", "department"],
      [bodies.joint, "chair", "department"],
    ]),
    await at.person("staff", [[bodies.water, "staff", "department"]]),
    await at.person("resident", [[bodies.b7, "resident", "owners"]]),
    await at.person("head8", [[bodies.b8, "head", "owners"]]),
  ];
  const logged = async () => (await store.read.selectFrom("AuditEvent").select("seq").execute()).length;
  let written = await logged();
  const numbers: { number: string; id: string }[] = [];
  const meetings: string[] = [];
  const decisions: string[] = [];
  const tasks: string[] = [];
  const feeds: string[] = [];
  const paper = new Map<string, OnPaper>();
  const note = (events: readonly DomainEvent[]) => {
    for (const e of events) {
      const line = paper.get(e.id);
      if (e.type === "issue.raised") paper.set(e.id, { status: "open", holder: e.bodyId });
      else if (e.type === "issue.asked" && line) line.status = "waiting";
      else if (e.type === "issue.replied" && line) line.status = "open";
      else if ((e.type === "issue.escalated" || e.type === "issue.remitted" || e.type === "issue.appealed") && line)
        paper.set(e.id, { status: "open", holder: e.to });
      else if (e.type === "issue.answered" && line) line.status = "answered";
      else if (e.type === "issue.closed" && line) line.status = "closed";
      else if (e.type === "issue.merged" && line) line.status = "merged";
      else if (e.type === "issue.assigned" && line) line.status = "doing";
      else if (e.type === "issue.reopened") paper.set(e.id, { status: "open", holder: e.bodyId });
    }
  };
  const docketOf = (bodyId: string) => numbers.filter(({ id }) => paper.get(id)?.holder === bodyId && paper.get(id)?.status === "open");
  const one = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];
  let minute = 0;
  for (const { act, who, what, other } of steps) {
    minute++;
    clock.now = new Date(Date.parse("2026-03-02T01:00:00.000Z") + minute * 600_000).toISOString();
    const taskOf = async (id: string | undefined) => (id ? await loadTask(store.read, at.communityId, id) : null);
    const choices = async (what: number) => {
      const worked = await taskOf(one(tasks, what));
      const openStep = worked?.status === "accepted" ? worked.steps.find((s) => s.doneAt === null) : undefined;
      const workOn = (taskId: string | undefined, n: number) => {
        const acts: (readonly [unknown, object])[] = [
          [sendTaskBack, { taskId, rule: "factsWrong", text: "not so" }],
          [insistOnTask, { taskId, text: "it is" }],
          [addAStep, { taskId, title: `Step ${minute}` }],
          [tickAStep, { taskId, stepId: worked?.steps[0]?.id, done: "yes" }],
          [sendTaskBack, { taskId, rule: "notOurs", belongsTo: `body:${bodies.property}`, text: "theirs" }],
          [reassignTask, { taskId, assignee: `body:${bodies.water}`, text: "theirs" }],
          [reassignTask, { taskId, assignee: `person:${people[3]?.personId}`, text: "hers" }],
          [askTaskExtension, { taskId, dueOn: `2027-0${1 + (n % 9)}-10`, text: "rain" }],
          [decideTaskExtension, { taskId, grant: minute % 2 ? "yes" : "no", text: "so" }],
          [dropAStep, { taskId, stepId: worked?.steps.at(-1)?.id }],
          [setTaskSupport, { taskId, supporting: [`body:${bodies.grid}`] }],
          [handTaskOver, { taskId, assignee: `person:${people[3]?.personId}`, text: "to her" }],
          [handTaskOver, { taskId, assignee: `body:${bodies.water}`, text: "back" }],
          [giveTaskDocument, { taskId, documentId: `d${minute}`, name: "Report", type: "application/pdf", bytes: 10, digest: "0".repeat(64) }],
          [confirmTask, { taskId }],
          [reopenTask, { taskId, text: "still dry" }],
          [stopTaskRepeat, { taskId }],
        ];
        return one(acts, n) ?? acts[0];
      };
      const number = one(numbers, what)?.number;
      const meetingId = one(meetings, what);
      const meeting = meetingId ? await loadMeeting(store.read, at.communityId, meetingId) : null;
      const item = meeting ? one(meeting.items, other) : undefined;
      const text = { text: `words ${minute}` };
      const soon = {
        startsAt: new Date(Date.parse(clock.now) + 3_600_000).toISOString(),
        endsAt: new Date(Date.parse(clock.now) + 7_200_000).toISOString(),
        place: "Hall",
      };
      const body = one([bodies.council, bodies.joint], what) ?? "";
      const next = { [bodies.b7]: bodies.council, [bodies.b8]: bodies.council, [bodies.council]: bodies.joint, [bodies.joint]: bodies.street };
      const holder = paper.get(one(numbers, what)?.id ?? "")?.holder ?? "";
      return [
        [
          raiseIssue,
          {
            bodyId: one([bodies.b7, bodies.b8], other),
            what: `Something ${minute}`,
            place: "",
            category: "water",
            track: one(["minor", "urgent", "hard"], what),
            visibility: "community",
          },
        ],
        [raiseIssue, { bodyId: bodies.b7, what: `Another ${minute}`, place: "roof", stairwell: 2, category: "lift", track: "hard", visibility: "body" }],
        [acceptTheIssue, { number }],
        [classifyIssue, { number, title: `Name ${minute}`, category: "fire", track: one(["minor", "urgent", "hard"], other), text: "why" }],
        [noteOnIssue, { number, ...text }],
        [askRaiser, { number, ...text }],
        [replyToQuestion, { number, ...text }],
        [joinIssue, { number, households: 1 + (other % 9) }],
        [settleIssue, { number, ...text }],
        [declineIssue, { number, ...text }],
        [mergeIssue, { number, into: one(numbers, other)?.number, text: "" }],
        [escalateIssue, { number, to: next[holder] ?? bodies.council, ...text }],
        [escalateIssue, { number, to: next[holder] ?? bodies.council, ...text }],
        [remitIssue, { number, to: one([bodies.b7, bodies.council], other), ...text }],
        [giveIssueFeedback, { number, solved: other % 2 ? "yes" : "no", content: "fair", why: "partly", remark: "" }],
        [appealIssue, { number, ...text }],
        [
          callMeeting,
          {
            bodyId: body,
            ...soon,
            ...urgently,
            issues: [...new Set([other, other + 1].flatMap((n) => one(docketOf(body), n)?.id ?? []))],
          },
        ],
        [addAgendaItem, { meetingId, issue: one(docketOf(meeting?.bodyId ?? body), other)?.id }],
        [moveMeeting, { meetingId, ...soon }],
        [orderAgenda, { meetingId, order: [...(meeting?.items ?? [])].reverse().map((i) => i.id) }],
        [replyToMeeting, { meetingId, coming: other % 2 ? "yes" : "no" }],
        [takeSeat, { meetingId, personId: one(people, other)?.personId, presence: other % 5 === 0 ? "absent" : "present" }],
        [openMeeting, { meetingId }],
        [closeMeeting, { meetingId }],
        [cancelMeeting, { meetingId, ...text }],
        [
          recordDecision,
          { meetingId, itemId: item?.id, ...text, method: "consensus", outcome: one(["adopted", "adopted", "escalated", "deferred", "rejected"], other) },
        ],
        [amendDecision, { decisionId: one(decisions, what), ...text, method: "consensus" }],
        [
          assignTask,
          {
            decisionId: one(decisions, what),
            title: "Survey",
            assignee: `body:${bodies.water}`,
            dueOn: "2026-06-01",
            proof: "report",
            steps: other > 30 ? "Look" : "",
            repeats: other % 4 ? null : "weekly",
          },
        ],
        openStep
          ? [tickAStep, { taskId: worked?.id, stepId: openStep.id, done: "yes" }]
          : [one([acceptTheTask, handInTask], other) ?? acceptTheTask, { taskId: one(tasks, what), text: "done" }],
        [one([verifyTask, returnTask], other) ?? verifyTask, { taskId: one(tasks, what), ...text }],
        [reportProgress, { taskId: one(tasks, what), ...text, percent: other }],
        [removeAgendaItem, { meetingId, itemId: item?.id }],
        [
          setBodyCadence,
          {
            bodyId: body,
            cadence: {
              rule: one(["FREQ=MONTHLY;BYDAY=-1TH", "FREQ=MONTHLY;BYMONTHDAY=4,14,24"], other),
              startsOn: "2026-03-01",
              time: "19:00",
              minutes: 90,
              place: `Hall ${minute}`,
              onDayOff: one(["move", "skip", "keep"], other),
            },
          },
        ],
        [setBodyCadence, { bodyId: body, cadence: null }],
        [openCalendarFeed, { bodyId: one([null, bodies.council], other), tokenHash: tokenHash(secretToken()) }],
        [revokeCalendarFeed, { feedId: one(feeds, what) }],
        [rateAnswer, { number, solved: other % 2 ? "yes" : "no", content: one(["content", "fair", "discontent"], what), why: "slow", remark: `so ${minute}` }],
        workOn(one(tasks, what), other),
      ] as unknown as (readonly [Command<{ version?: number | undefined }, never>, object])[];
    };
    // Half of the steps are tried by whoever comes along. The others look for somebody who may and for a thing it can be
    // done to, but never in order to end something: else hardly an issue would live to see a meeting.
    const stubborn = who >= people.length && ![8, 9, 10, 23, 24].includes(act);
    let outcome: Awaited<ReturnType<typeof perform>> | null = null;
    for (let subject = 0; subject < (stubborn ? 8 : 1) && !outcome?.ok; subject++) {
      const chosen = (await choices(what + subject))[act];
      for (let turn = 0; chosen && turn < (stubborn ? people.length : 1) && !outcome?.ok; turn++)
        outcome = await perform(chosen[0], one(people, who + turn) ?? at.secretary, chosen[1]);
    }
    if (!outcome?.ok) continue;
    note(outcome.value.events);
    written += outcome.value.events.length;
    for (const e of outcome.value.events) happened.add(e.type);
    for (const e of outcome.value.events) {
      if (e.type === "issue.raised") numbers.push({ number: e.number, id: e.id });
      if (e.type === "meeting.called") meetings.push(e.id);
      if (e.type === "decision.recorded") decisions.push(e.id);
      if (e.type === "task.assigned") tasks.push(e.id);
      if (e.type === "feed.opened") feeds.push(e.id);
    }
  }
  const { fromLog, fromTables } = await bothWays(store);
  expect(fromLog).toEqual(fromTables);
  expect(await checkChain(store.read, at.communityId)).toMatchObject({ ok: true });
  expect(await logged()).toBe(written);
  expect(new Set(numbers.map((n) => n.number)).size).toBe(numbers.length);
  for (const id of decisions) {
    const decision = await loadDecision(store.read, at.communityId, id);
    const meeting = decision && (await loadMeeting(store.read, at.communityId, decision.meetingId));
    expect(meeting?.items.find((i) => i.id === decision?.itemId)?.issueId).toBe(decision?.issueId);
    expect(paper.has(decision?.issueId ?? "")).toBe(true);
  }
  for (const id of tasks) {
    const task = await loadTask(store.read, at.communityId, id);
    expect(decisions).toContain(task?.decisionId);
    expect((await loadDecision(store.read, at.communityId, task?.decisionId ?? ""))?.issueId).toBe(task?.issueId);
  }
  const all = await loadBodies(store.read, at.communityId);
  for (const [id, expected] of paper) {
    const issue = await loadIssue(store.read, at.communityId, id);
    expect(issue && { status: issue.phase.status, holder: holderOf(issue) }).toEqual(expected);
    const held = issue ? staircase(issue, all, clock.now, "Asia/Shanghai").filter((s) => s.state === "held").length : -1;
    expect(held).toBe(["answered", "closed", "merged"].includes(expected.status) ? 0 : 1);
  }
  await store.close();
}

// From raising to the raiser's last word, by people who look for what they can do: chance alone comes this far too rarely.
const chain = [0, 1, 0, 11, 12, 11, 16, 16, 18, 31, 20, 21, 22, 19, 17, 25, 26, 27, 27, 28, 30, 28, 29, 28, 28, 29, 28, 29, 28, 29, 14, 13, 32, 33, 34, 34, 35];
/** After tasks were handed out, and after the first was checked: what happens to them on their way, one act after the other. */
const working = (...acts: number[]) => acts.flatMap((other) => [0, 1].map((what) => ({ act: 37, who: 6, what, other })));
const searching = chain.flatMap((act, n) => {
  const steps = [0, 1, 2].map((round) => ({ act, who: 6 + ((n + round) % 6), what: n + round, other: round }));
  if (act === 27 && chain[n + 1] !== 27) return [...steps, ...working(0, 1, 2, 2, 3, 7, 8, 9, 10, 11, 12, 13, 4, 6, 5)];
  return act === 29 ? [...steps, ...working(14, 16)] : steps;
});
/** Close a meeting; or, as 24, call it off. */
const chairs = [1, 2].flatMap((who) => Array.from({ length: 16 }, (_, what) => ({ act: 23, who, what, other: 0 })));
const heads = [0, 5].flatMap((who) => Array.from({ length: 8 }, (_, what) => ({ act: 9, who, what, other: 0 })));
/** By then there are many. */
const lateHeads = [0, 5].flatMap((who) => Array.from({ length: 30 }, (_, what) => ({ act: 9, who, what, other: 0 })));
const merges = [0, 5].flatMap((who) => Array.from({ length: 6 }, (_, what) => ({ act: 10, who, what, other: what + 1 })));
const rates = [0, 1, 2, 3, 4, 5].flatMap((who) => Array.from({ length: 8 }, (_, what) => ({ act: 36, who, what, other: what })));
const no = { who: 6, what: 0, other: 0 };
const busy: readonly Step[] = [
  ...searching,
  ...chairs,
  { ...no, act: 0 },
  { ...no, act: 1 },
  ...merges,
  { ...no, act: 0 },
  ...heads,
  ...rates,
  { ...no, act: 15 },
  { ...no, act: 16 },
  ...chairs.map((step) => ({ ...step, act: 24 })),
  { ...no, act: 14 },
  ...working(15),
  { ...no, act: 0 },
  ...lateHeads,
  ...[0, 8, 16, 24].map((what) => ({ ...no, act: 14, what, other: 1 })),
];

test("[AU3] [IS16] the log alone rebuilds every issue, meeting, decision, task, body and feed", async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 160 }), day), { numRuns: 25, seed: 20_261_121, endOnFailure: true });
}, 240_000);
test("[AU3] the same after a busy day with something random in between", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), (extra) => day([...busy, ...extra, ...busy])),
    { numRuns: 4, seed: 20_261_122, endOnFailure: true },
  );
}, 240_000);

test("[AU3] every kind of happening came about in those days", () => {
  const kinds = [
    ...["raised", "accepted", "classified", "noted", "asked", "replied", "joined", "escalated", "remitted", "answered"].map((k) => `issue.${k}`),
    ...["merged", "absorbed", "closed", "reopened", "appealed", "assigned", "rated"].map((k) => `issue.${k}`),
    ...["called", "itemAdded", "itemRemoved", "moved", "ordered", "replied", "seated", "opened", "closed", "cancelled"].map((k) => `meeting.${k}`),
    ...["decision.recorded", "decision.amended"],
    ...["body.cadenceSet", "body.cadenceEnded", "feed.opened", "feed.revoked"],
    ...["assigned", "accepted", "progressed", "handedIn", "verified", "returned"].map((k) => `task.${k}`),
    ...["stepAdded", "stepTicked", "stepDropped", "supportSet", "documentGiven", "sentBack", "insisted"].map((k) => `task.${k}`),
    ...["reassigned", "handedOver", "extensionAsked", "extended", "confirmed", "reopened", "repeatStopped"].map((k) => `task.${k}`),
  ];
  expect(kinds.filter((kind) => !happened.has(kind))).toEqual([]);
});
