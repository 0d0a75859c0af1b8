// Tasks as people work, through the real commands and the real clock: into other hands, again and again, and in one list only.
import { expect, test } from "vitest";
import { endABody } from "../../app/commands/body/end";
import { keepCommunityClocks } from "../../app/commands/community/keep-clocks";
import { keepCommunityDays } from "../../app/commands/community/keep-days";
import { recordDecision } from "../../app/commands/decision/record";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { joinIssue } from "../../app/commands/issue/join";
import { raiseIssue } from "../../app/commands/issue/raise";
import { callMeeting } from "../../app/commands/meeting/call";
import { openMeeting } from "../../app/commands/meeting/open";
import { takeSeat } from "../../app/commands/meeting/seat";
import { changeMembership } from "../../app/commands/membership/change";
import { endMembership } from "../../app/commands/membership/end";
import { giveSupervisionOrder } from "../../app/commands/order/give";
import { makePerform, randomId } from "../../app/commands/perform.server";
import { openAProject } from "../../app/commands/project/open";
import { acceptTheTask } from "../../app/commands/task/accept";
import { assignTask } from "../../app/commands/task/assign";
import { reopenTask } from "../../app/commands/task/confirm";
import { askTaskExtension } from "../../app/commands/task/extension";
import { returnTask } from "../../app/commands/task/give-back";
import { handInTask } from "../../app/commands/task/hand-in";
import { reportProgress } from "../../app/commands/task/progress";
import { reassignTask, sendTaskBack } from "../../app/commands/task/send-back";
import { addAStep } from "../../app/commands/task/steps";
import { verifyTask } from "../../app/commands/task/verify";
import { loadIssue } from "../../app/data/issues.server";
import { loadMeeting, loadTask } from "../../app/data/meetings.server";
import { loadCommunity } from "../../app/data/organisation.server";
import { openStore, type Store } from "../../app/data/store.server";
import { standardClocks, standardLimits, tooFar } from "../../app/domain/clock";
import type { Actor } from "../../app/domain/permission";
import type { Env } from "../../app/http/env.server";
import { timesOf } from "../../app/http/meeting-verb.server";
import { home } from "../../app/views/home";
import { issuePage } from "../../app/views/issue-page";
import { leftBehind } from "../../app/views/left-behind";
import { assignees } from "../../app/views/people";
import { dueOfMine, taskList } from "../../app/views/task-list";
import { taskPage } from "../../app/views/task-page";
import { wordPage } from "../../app/views/word";
import { type Means, makeClockwork } from "../../app/work/clockwork.server";
import { requestsFall, tasksFall, tasksRepeat } from "../../app/work/tasks.server";
import { done, type House, house, idOf, urgently } from "../support/house";
import { postOffice } from "../support/post";
import { bothWays } from "../support/rebuild";
import { type Bench, bench, migrations } from "../support/store";

type Council = { on: Bench; at: House; chair: Actor; head: Actor; staff: Actor; clerk: Actor; neighbour: Actor; decisionId: string; issueId: string };

async function council(): Promise<Council> {
  const on = bench();
  const at = await house(on);
  const { perform, store } = on;
  const head = await at.person("head", [[at.bodies.b7, "head", "owners"]]);
  const chair = await at.person("chair", [[at.bodies.council, "chair", "branch"]]);
  const staff = await at.person("staff", [[at.bodies.water, "staff", "department"]]);
  const clerk = await at.person("clerk", [[at.bodies.water, "staff", "department"]]);
  const neighbour = await at.person("neighbour", [[at.bodies.b7, "resident", "owners"]]);
  const [raised] = await done(perform, raiseIssue, head, {
    ...{ bodyId: at.bodies.b7, what: "No water", place: "", category: "water", track: "hard", visibility: "community" },
  });
  if (raised?.type !== "issue.raised") throw new Error("not raised");
  await done(perform, joinIssue, neighbour, { number: raised.number });
  await done(perform, escalateIssue, head, { number: raised.number, to: at.bodies.council, text: "tried" });
  const meetingId = idOf(
    await done(perform, callMeeting, chair, {
      ...{ bodyId: at.bodies.council, startsAt: "2026-03-05T11:00:00.000Z", endsAt: "2026-03-05T12:30:00.000Z", place: "Hall" },
      ...{ issues: [raised.id], ...urgently },
    }),
    "meeting.called",
  );
  await done(perform, takeSeat, chair, { meetingId, personId: chair.personId, presence: "present" });
  await done(perform, openMeeting, chair, { meetingId });
  const itemId = (await loadMeeting(store.read, at.communityId, meetingId))?.items[0]?.id;
  const decisionId = idOf(
    await done(perform, recordDecision, chair, { meetingId, itemId, text: "do it", method: "consensus", outcome: "adopted" }),
    "decision.recorded",
  );
  return { on, at, chair, head, staff, clerk, neighbour, decisionId, issueId: raised.id };
}

const assign = async ({ on, chair, decisionId }: Council, assignee: string, more: object = {}): Promise<string> =>
  idOf(await done(on.perform, assignTask, chair, { decisionId, title: "Survey", assignee, dueOn: "2026-04-10", proof: "report", ...more }), "task.assigned");

const meansOf = (store: Store, clock: { now: string }): Means => ({
  env: {} as Env,
  store,
  perform: makePerform(store, () => clock.now, randomId),
  now: () => clock.now,
  logger: { info: () => {}, error: ({ err }: { err: Error }) => expect.unreachable(String(err)) } as unknown as Means["logger"],
});
const viewerOf = async ({ on, at }: Council, actor: Actor) => {
  const community = await loadCommunity(on.store.read, at.communityId);
  if (!community) throw new Error("No community.");
  return { actor, community, now: on.clock.now };
};
const leadOf = async ({ on, at }: Council, id: string) => (await loadTask(on.store.read, at.communityId, id))?.assignee;

test("[TA17] an office ends together with its tasks going on: to whom was chosen, the rest to the body", async () => {
  const c = await council();
  const { on, at, staff, clerk } = c;
  const [mine, hers, other] = [
    await assign(c, `person:${staff.personId}`),
    await assign(c, `person:${staff.personId}`),
    await assign(c, `person:${clerk.personId}`),
  ];
  const membershipId = staff.posts[0]?.membershipId ?? "";
  const outside = await on.perform(endMembership, at.secretary, { membershipId, to: { [mine]: `person:${c.chair.personId}` } });
  expect(outside).toMatchObject({ ok: false, refusal: { code: "task.notOfTheDesk", field: `to.${mine}` } });
  const himself = await on.perform(endMembership, at.secretary, { membershipId, to: { [mine]: `person:${staff.personId}` } });
  expect(himself).toMatchObject({ ok: false, refusal: { code: "task.sameLead" } });
  expect(await leadOf(c, mine)).toEqual({ kind: "person", id: staff.personId });
  await done(on.perform, endMembership, at.secretary, { membershipId, to: { [hers]: `person:${clerk.personId}` } });
  expect(await leadOf(c, mine)).toEqual({ kind: "body", id: at.bodies.water });
  expect(await leadOf(c, hers)).toEqual({ kind: "person", id: clerk.personId });
  expect(await leadOf(c, other)).toEqual({ kind: "person", id: clerk.personId });
  const { fromLog, fromTables } = await bothWays(on.store);
  expect(fromLog).toEqual(fromTables);
});

test("[TA9] progress is said as people type it, and what is no percentage is told the bounds", async () => {
  const c = await council();
  const { on, at, staff } = c;
  const taskId = await assign(c, `person:${staff.personId}`);
  for (const [percent, kept] of [
    ["50%", 50],
    ["６０", 60],
    [" 70％ ", 70],
  ] as const) {
    await done(on.perform, reportProgress, staff, { taskId, text: "on the way", percent });
    expect((await loadTask(on.store.read, at.communityId, taskId))?.percent).toBe(kept);
  }
  for (const percent of ["101", "-1", "half", "", "1.5"])
    expect(await on.perform(reportProgress, staff, { taskId, text: "so", percent })).toMatchObject({
      ...{ ok: false, refusal: { code: "input.percent.malformed", field: "percent" } },
    });
});

test("[PF7] a day nobody can mean is a sentence on its field, wherever one is given", async () => {
  const c = await council();
  const { on, at, chair, staff, decisionId, issueId } = c;
  const taskId = await assign(c, `person:${staff.personId}`);
  const number = (await loadIssue(on.store.read, at.communityId, issueId))?.number;
  const work = { decisionId, title: "Survey", assignee: `body:${at.bodies.water}`, proof: "report" };
  const told = async (asked: ReturnType<typeof on.perform>) => {
    const outcome = await asked;
    return outcome.ok ? "accepted" : `${outcome.refusal.code} ${outcome.refusal.field}`;
  };
  for (const [day, code] of [
    ["9999-12-31", "input.day.outOfYears"],
    ["0001-01-01", "input.day.outOfYears"],
    ["2150-01-01", "day.farAway"],
  ] as const) {
    const meeting = { bodyId: at.bodies.council, startsAt: `${day}T11:00:00.000Z`, endsAt: `${day}T12:00:00.000Z`, place: "Hall", issues: [issueId] };
    expect(await told(on.perform(assignTask, chair, { ...work, dueOn: day }))).toBe(`${code} dueOn`);
    expect(await told(on.perform(askTaskExtension, staff, { taskId, dueOn: day, text: "rain" }))).toBe(`${code} dueOn`);
    expect(await told(on.perform(callMeeting, chair, meeting))).toBe(`${code} startsAt`);
    expect(await told(on.perform(keepCommunityDays, at.secretary, { from: day, kind: "holiday" }))).toBe(`${code} from`);
    if (code.startsWith("input")) expect(await told(on.perform(giveSupervisionOrder, chair, { number, dueOn: day, text: "answer" }))).toBe(`${code} dueOn`);
    // The form's day and times become instants before any command sees them.
    expect(Object.keys(timesOf({ day, from: "19:00", until: "20:00" }, "Asia/Shanghai"))).toHaveLength(code === "day.farAway" ? 2 : 0);
  }
  expect(tooFar("2036-03-01", "2026-03-02T01:00:00.000Z", "dueOn")).toBeNull();
  expect(tooFar("2036-03-20", "2026-03-02T01:00:00.000Z", "dueOn")).toMatchObject({ refusal: { params: { max: 10 } } });
});

test("[TA32] no work is given to a neighbour who only lives there, whatever a form says", async () => {
  const c = await council();
  const { on, at, chair, head, staff, neighbour, decisionId } = c;
  const work = { decisionId, title: "Survey", dueOn: "2026-04-10", proof: "report" };
  const [them, other] = [`person:${neighbour.personId}`, `person:${staff.personId}`];
  const unknown = (field: string) => ({ ok: false, refusal: { code: "task.unknownAssignee", field } });
  expect(await on.perform(assignTask, chair, { ...work, assignee: them })).toMatchObject(unknown("assignee"));
  expect(await on.perform(assignTask, chair, { ...work, assignee: other, supporting: [them] })).toMatchObject(unknown("supporting"));
  const taskId = await assign(c, other);
  expect(await on.perform(reassignTask, chair, { taskId, assignee: them, text: "closer by" })).toMatchObject(unknown("assignee"));
  expect(await on.perform(addAStep, staff, { taskId, title: "Look", owner: them })).toMatchObject(unknown("owner"));
  const plan = { decisionId, name: "Pumps", responsibleId: at.bodies.water, startsOn: "2026-03-02", endsOn: "2026-05-30", budget: "1", funds: {} };
  const charged = await on.perform(openAProject, chair, { ...plan, personId: neighbour.personId });
  expect(charged).toMatchObject({ ok: false, refusal: { code: "project.unknownPerson", field: "personId" } });
  // What the form offers for a building is its head, not the neighbours.
  const { people } = await assignees(on.store.read, await viewerOf(c, chair), at.bodies.b7);
  expect(people.map((p) => p.id)).toEqual([head.personId]);
});

test("[PF6] a percentage from an old window is stopped by one's own newer one; words alone are not", async () => {
  const c = await council();
  const { on, at, staff } = c;
  const taskId = await assign(c, `person:${staff.personId}`);
  await done(on.perform, reportProgress, staff, { taskId, version: 1, text: "well on", percent: 60 });
  expect(await on.perform(reportProgress, staff, { taskId, version: 1, text: "begun", percent: 10 })).toMatchObject({
    ...{ ok: false, refusal: { code: "stale", params: { own: 1, what: "task.progressed" } } },
  });
  await done(on.perform, reportProgress, staff, { taskId, version: 1, text: "more words" });
  expect((await loadTask(on.store.read, at.communityId, taskId))?.percent).toBe(60);
});

test("[TA13] whoever asked to give a task back is told who decides, and not asked to take it on", async () => {
  const c = await council();
  const { on, staff } = c;
  const taskId = await assign(c, `person:${staff.personId}`);
  const shown = async () => {
    const viewer = await viewerOf(c, staff);
    const item = (await home(on.store.read, viewer)).items.find((i) => i.key === taskId);
    const row = (await taskList(on.store.read, viewer, { which: "mine", view: "list", done: false, body: "", light: null, person: "", month: "" })).rows.find(
      (r) => r.id === taskId,
    );
    return [item?.ask, (await taskPage(on.store.read, viewer, { taskId }))?.can.accept, row?.can.accept];
  };
  expect(await shown()).toEqual(["acceptTask", true, true]);
  await done(on.perform, sendTaskBack, staff, { taskId, rule: "conflict", belongsTo: null, text: "our own pipe" });
  expect(await shown()).toEqual(["waitTask", false, false]);
});

test("[TA34] a neighbour's page of the issue names its task and leads to none they may not open", async () => {
  const c = await council();
  const { on, at, staff, neighbour, issueId } = c;
  const id = await assign(c, `person:${staff.personId}`);
  const number = (await loadIssue(on.store.read, at.communityId, issueId))?.number ?? "";
  const far = await at.person("far", [[at.bodies.b8, "resident", "owners"]]);
  for (const reader of [staff, neighbour, far]) {
    const viewer = await viewerOf(c, reader);
    const opens = (await taskPage(on.store.read, viewer, { taskId: id })) !== null;
    const page = await issuePage(on.store.read, viewer, { number });
    expect(JSON.stringify(page).includes('"shut":true'), reader.name).toBe(!opens);
  }
});

test("[TA33] what an empty body holds is shown before the last one leaves, and then at the home of who may give it to others", async () => {
  const c = await council();
  const { on, at, chair, staff, clerk, neighbour, decisionId } = c;
  const { water } = at.bodies;
  const taskId = await assign(c, `body:${water}`);
  const mine = await assign(c, `person:${clerk.personId}`);
  const plan = { name: "Pumps", responsibleId: water, startsOn: "2026-03-02", endsOn: "2026-05-30", budget: "1", funds: {} };
  const projectId = idOf(await done(on.perform, openAProject, chair, { decisionId, ...plan }), "project.opened");
  const asks = async (actor: Actor) =>
    (await home(on.store.read, await viewerOf(c, actor))).items.filter((i) => i.ask.startsWith("nobodys")).map((i) => i.href);
  const left = async (actor: Actor) => leftBehind(on.store.read, await viewerOf(c, at.secretary), actor.posts[0]?.membershipId ?? "");
  expect((await left(staff)).nobodys).toEqual([]);
  await done(on.perform, endMembership, at.secretary, { membershipId: staff.posts[0]?.membershipId });
  expect(await asks(chair)).toEqual([]);
  expect((await left(clerk)).nobodys.map((n) => n.href).sort()).toEqual([`/projects/${projectId}`, `/tasks/${taskId}`, `/tasks/${mine}`].sort());
  await done(on.perform, endMembership, at.secretary, { membershipId: clerk.posts[0]?.membershipId });
  expect((await asks(chair)).sort()).toEqual([`/projects/${projectId}/plan`, `/tasks/${taskId}/reassignment`, `/tasks/${mine}/reassignment`].sort());
  expect(await asks(neighbour)).toEqual([]);
  // Somebody new there, and it is held again.
  await at.person("new", [[water, "staff", "department"]]);
  expect(await asks(chair)).toEqual([]);
});

test("[TA17] an office in the same body that goes on keeps its tasks; one elsewhere does not", async () => {
  const c = await council();
  const { on, at } = c;
  const two = await at.person("two", [
    [at.bodies.water, "staff", "department"],
    [at.bodies.b8, "head", "owners"],
  ]);
  const task = await assign(c, `person:${two.personId}`);
  expect((await loadTask(on.store.read, at.communityId, task))?.deskId).toBe(at.bodies.water);
  await done(on.perform, endMembership, at.secretary, { membershipId: two.posts[1]?.membershipId ?? "" });
  expect(await leadOf(c, task)).toEqual({ kind: "person", id: two.personId });
  await done(on.perform, endMembership, at.secretary, { membershipId: two.posts[0]?.membershipId ?? "" });
  expect(await leadOf(c, task)).toEqual({ kind: "body", id: at.bodies.water });
});

test("[TA18] a term that runs out, a person deleted and a body that ends leave no task with nobody", async () => {
  const c = await council();
  const { on, at, staff, clerk } = c;
  const clockwork = makeClockwork(meansOf(on.store, on.clock), [tasksFall, tasksRepeat]);
  const [ofStaff, ofClerk, ofProperty] = [
    await assign(c, `person:${staff.personId}`),
    await assign(c, `person:${clerk.personId}`),
    await assign(c, `body:${at.bodies.property}`),
  ];
  await done(on.perform, changeMembership, at.secretary, {
    ...{ membershipId: staff.posts[0]?.membershipId, role: "staff", party: "department", startsOn: "2026-03-01", endsOn: "2026-03-20" },
  });
  await clockwork.tick();
  expect(await leadOf(c, ofStaff)).toEqual({ kind: "person", id: staff.personId });
  on.clock.now = "2026-03-20T16:00:00.000Z";
  await on.store.write(async (tx) => {
    await tx.updateTable("Person").set({ removedAt: on.clock.now }).where("id", "=", clerk.personId).execute();
  });
  await clockwork.tick();
  await clockwork.tick();
  expect(await leadOf(c, ofStaff)).toEqual({ kind: "body", id: at.bodies.water });
  expect(await leadOf(c, ofClerk)).toEqual({ kind: "body", id: at.bodies.water });
  const told = await on.store.read.selectFrom("AuditEvent").select("actorId").where("type", "=", "task.handedOver").execute();
  expect(told).toEqual([{ actorId: "clock" }, { actorId: "clock" }]);
  await done(on.perform, endABody, at.secretary, { bodyId: at.bodies.property });
  expect(await leadOf(c, ofProperty)).toEqual({ kind: "body", id: at.bodies.council });
  await done(on.perform, endABody, at.secretary, { bodyId: at.bodies.water });
  expect(await leadOf(c, ofStaff)).toEqual({ kind: "body", id: at.bodies.council });
  const { fromLog, fromTables } = await bothWays(on.store);
  expect(fromLog).toEqual(fromTables);
});

test("[TA23] the next of a series is made exactly once: by two clocks at once, after a restart, and when the clock jumps", async () => {
  const c = await council();
  const { on, at } = c;
  await assign(c, `body:${at.bodies.water}`, { repeats: "weekly", steps: "Look\nSweep" });
  const count = async (store: Store) => (await store.read.selectFrom("Task").select("id").execute()).length;
  const run = (store: Store) => tasksRepeat.run(meansOf(store, on.clock));
  await run(on.store);
  expect(await count(on.store)).toBe(1);
  on.clock.now = "2026-04-10T10:00:00.000Z";
  await Promise.all([run(on.store), run(on.store), run(on.store)]);
  expect(await count(on.store)).toBe(2);
  // Back a day, then on by a month: no second one of the same day, and one for all that fell in between.
  on.clock.now = "2026-04-09T10:00:00.000Z";
  await run(on.store);
  expect(await count(on.store)).toBe(2);
  await on.store.close();
  const again = openStore(on.dir, migrations);
  on.clock.now = "2026-05-20T00:00:00.000Z";
  await run(again);
  await run(again);
  const made = await again.read.selectFrom("Task").select(["dueOn", "steps", "nextId", "repeatAt"]).orderBy("dueOn").execute();
  expect(made.map((t) => t.dueOn)).toEqual(["2026-04-10", "2026-04-17", "2026-05-22"]);
  expect(made.filter((t) => t.repeatAt !== null)).toHaveLength(1);
  const { fromLog, fromTables } = await bothWays(again);
  expect(fromLog).toEqual(fromTables);
  await again.close();
});

test("[TA23] a turn that was cut short made nothing, and the next one makes it", async () => {
  const c = await council();
  const { on, at } = c;
  await assign(c, `body:${at.bodies.water}`, { repeats: "weekly" });
  on.clock.now = "2026-04-11T00:00:00.000Z";
  const means = meansOf(on.store, on.clock);
  // Killed after everything was written and before the turn was kept.
  const cut: Store = {
    ...on.store,
    write: (job) =>
      on.store.write(async (tx) => {
        await job(tx);
        throw new Error("killed");
      }),
  };
  await expect(tasksRepeat.run({ ...means, perform: makePerform(cut, () => on.clock.now, randomId) })).rejects.toThrow("killed");
  const count = async () => (await on.store.read.selectFrom("Task").select("id").execute()).length;
  expect(await count()).toBe(1);
  await tasksRepeat.run(means);
  await tasksRepeat.run(means);
  expect(await count()).toBe(2);
});

test("[TA28] a helper who left the last office neither sees nor does the task any more, and the next of the series is made without them", async () => {
  const c = await council();
  const { on, at, staff, clerk } = c;
  const taskId = await assign(c, `body:${at.bodies.water}`, {
    ...{ repeats: "weekly", steps: "Look", supporting: [`person:${clerk.personId}`, `person:${staff.personId}`, `body:${at.bodies.property}`] },
  });
  await done(on.perform, addAStep, c.chair, { taskId, title: "Sweep", owner: `person:${clerk.personId}` });
  const seen = async (actor: Actor) => (await taskPage(on.store.read, await viewerOf(c, actor), { taskId })) !== null;
  await done(on.perform, reportProgress, clerk, { taskId, text: "looked" });
  await done(on.perform, endMembership, at.secretary, { membershipId: clerk.posts[0]?.membershipId });
  const left: Actor = { ...clerk, posts: [] };
  expect(await on.perform(reportProgress, left, { taskId, text: "still looking" })).toMatchObject({ ok: false, refusal: { code: "notFound" } });
  expect([await seen(staff), await seen(left)]).toEqual([true, false]);
  const ask = { which: null, view: "list", done: false, body: "", light: null, person: "", month: "" } as const;
  expect((await taskList(on.store.read, await viewerOf(c, left), ask)).counts).toEqual({ mine: 0, body: 0, given: 0 });
  await done(on.perform, endABody, at.secretary, { bodyId: at.bodies.property });
  on.clock.now = "2026-04-10T10:00:00.000Z";
  await tasksRepeat.run(meansOf(on.store, on.clock));
  const nextId = (await loadTask(on.store.read, at.communityId, taskId))?.nextId ?? "";
  expect(await loadTask(on.store.read, at.communityId, nextId)).toMatchObject({
    supporting: [{ kind: "person", id: staff.personId }],
    steps: [
      { title: "Look", owner: null },
      { title: "Sweep", owner: null },
    ],
  });
  const { fromLog, fromTables } = await bothWays(on.store);
  expect(fromLog).toEqual(fromTables);
});

test("[TA22] a neighbour's word brings an answered issue back to work, and the lead has days to mend it", async () => {
  const c = await council();
  const { on, at, head, staff, neighbour } = c;
  const taskId = await assign(c, `body:${at.bodies.water}`);
  await done(on.perform, handInTask, staff, { taskId, text: "done" });
  await done(on.perform, verifyTask, head, { taskId });
  expect((await loadIssue(on.store.read, at.communityId, c.issueId))?.phase.status).toBe("answered");
  const page = await taskPage(on.store.read, await viewerOf(c, neighbour), { taskId });
  expect(page?.can).toMatchObject({ confirm: true, reopen: true, accept: false });
  on.clock.now = "2026-04-13T01:00:00.000Z";
  const office = postOffice(on, {});
  await office.round();
  await done(on.perform, reopenTask, neighbour, { taskId, text: "still dry" });
  // The story and the word to its raiser say who said so: not the raiser.
  await office.round();
  const asRaiser = await viewerOf(c, head);
  const { number } = (await loadIssue(on.store.read, at.communityId, c.issueId)) ?? {};
  const told = (await issuePage(on.store.read, asRaiser, { number: number ?? "" }))?.story.flatMap((level) => level.entries.map((entry) => entry.what));
  expect(told).toContain("issue.undone");
  expect(told).not.toContain("issue.reopened");
  const { items } = await wordPage(on.store.read, asRaiser, { before: null });
  expect(items.find((item) => item.type === "issue.reopened")).toMatchObject({ why: "raiser", variant: "task" });
  expect((await loadIssue(on.store.read, at.communityId, c.issueId))?.phase.status).toBe("doing");
  expect(await loadTask(on.store.read, at.communityId, taskId)).toMatchObject({ status: "accepted", dueOn: "2026-04-20", returnedFor: "still dry" });
  await done(on.perform, handInTask, staff, { taskId, text: "now it runs" });
  await done(on.perform, verifyTask, head, { taskId });
  expect((await loadIssue(on.store.read, at.communityId, c.issueId))?.phase.status).toBe("answered");
});

test("[TA36] a request ends with what is handed in and with whoever asked, and its message waits for nobody then; a task is one row at home", async () => {
  const c = await council();
  const { on, at, chair, staff, clerk, head } = c;
  const office = postOffice(on, {});
  const later = { dueOn: "2026-04-20", text: "rain" };
  const asked = async () => {
    await office.round();
    const { items } = await wordPage(on.store.read, await viewerOf(c, chair), { before: null });
    return items.filter((item) => item.type === "task.extensionAsked").map((item) => item.waits);
  };
  const rows = async () =>
    (await home(on.store.read, await viewerOf(c, chair))).items.filter((item) => item.href.startsWith("/tasks/")).map((item) => item.ask);
  const taskId = await assign(c, `body:${at.bodies.water}`);
  await done(on.perform, askTaskExtension, staff, { taskId, ...later });
  expect([await asked(), await rows()]).toEqual([[true], ["extendTask"]]);
  await done(on.perform, handInTask, staff, { taskId, text: "done" });
  expect([await asked(), await rows()]).toEqual([[false], ["verifyTask"]]);
  await done(on.perform, returnTask, head, { taskId, text: "not yet" });
  expect([await asked(), await rows()]).toEqual([[false], []]);
  on.clock.now = "2026-03-06T01:00:00.000Z";
  await done(on.perform, askTaskExtension, staff, { taskId, ...later });
  const drop = () => requestsFall.run(meansOf(on.store, on.clock));
  await drop();
  expect([(await asked()).sort(), await rows()]).toEqual([[false, true], ["extendTask"]]);
  for (const who of [staff, clerk]) await done(on.perform, endMembership, at.secretary, { membershipId: who.posts[0]?.membershipId ?? "" });
  expect(await rows()).toEqual(["nobodysTask"]);
  await drop();
  await drop();
  expect(await loadTask(on.store.read, at.communityId, taskId)).toMatchObject({ extension: null, dueOn: "2026-04-10" });
  expect([await asked(), await rows()]).toEqual([[false, false], ["nobodysTask"]]);
  const { fromLog, fromTables } = await bothWays(on.store);
  expect(fromLog).toEqual(fromTables);
});

test("[TA30] how often a task is given time, and the days to mend one, are the community's own", async () => {
  const c = await council();
  const { on, at, head, staff, neighbour } = c;
  const taskId = await assign(c, `body:${at.bodies.water}`);
  const may = async () => (await taskPage(on.store.read, await viewerOf(c, staff), { taskId }))?.can.askExtension;
  expect(await may()).toBe(true);
  const limits = { ...standardLimits, taskExtensions: 0, taskMendDays: 1 };
  await done(on.perform, keepCommunityClocks, at.secretary, { rules: { 0: standardClocks("council", "hard") }, limits });
  expect(await may()).toBe(false);
  const refused = await on.perform(askTaskExtension, staff, { taskId, dueOn: "2026-04-20", text: "rain" });
  expect(refused).toMatchObject({ ok: false, refusal: { code: "task.extendedEnough", params: { max: 0 } } });
  await done(on.perform, handInTask, staff, { taskId, text: "done" });
  await done(on.perform, verifyTask, head, { taskId });
  on.clock.now = "2026-04-13T01:00:00.000Z";
  await done(on.perform, reopenTask, neighbour, { taskId, text: "still dry" });
  expect(await loadTask(on.store.read, at.communityId, taskId)).toMatchObject({ dueOn: "2026-04-14" });
  const { fromLog, fromTables } = await bothWays(on.store);
  expect(fromLog).toEqual(fromTables);
});

test("[TA27] a task stands in one list only: mine, my body's, or handed out by us", async () => {
  const c = await council();
  const { on, at, chair, staff, clerk, head } = c;
  const everybody = [chair, staff, clerk, head, c.neighbour];
  const ids = [
    await assign(c, `person:${staff.personId}`),
    await assign(c, `person:${chair.personId}`),
    await assign(c, `body:${at.bodies.council}`),
    await assign(c, `body:${at.bodies.water}`, { supporting: [`person:${chair.personId}`, `person:${clerk.personId}`] }),
    await assign(c, `body:${at.bodies.water}`),
  ];
  await done(on.perform, acceptTheTask, clerk, { taskId: ids[4] });
  const ask = { view: "list", done: false, body: "", light: null, person: "", month: "" } as const;
  const lists: Record<string, string[][]> = {};
  for (const actor of everybody) {
    const viewer = await viewerOf(c, actor);
    lists[actor.name] = [];
    for (const which of ["mine", "body", "given"] as const) {
      const list = await taskList(on.store.read, viewer, { ...ask, which });
      expect(list.counts[which]).toBe(list.rows.length);
      lists[actor.name]?.push(list.rows.map((r) => String(ids.indexOf(r.id))).sort());
    }
    const all = lists[actor.name]?.flat() ?? [];
    expect(new Set(all).size).toBe(all.length);
  }
  expect(lists).toEqual({
    chair: [["1", "3"], ["2"], ["0", "4"]],
    staff: [["0"], ["3", "4"], []],
    clerk: [["3", "4"], [], []],
    head: [[], [], []],
    neighbour: [[], [], []],
  });
  // Asked for none, the first that holds something; the figure in the bar counts what is pressing among one's own.
  const viewer = await viewerOf(c, staff);
  expect((await taskList(on.store.read, viewer, { ...ask, which: null })).which).toBe("mine");
  expect(await dueOfMine(on.store.read, viewer)).toBe(0);
  expect(await dueOfMine(on.store.read, { ...viewer, now: "2026-04-12T00:00:00.000Z" })).toBe(1);
  const month = (await taskList(on.store.read, viewer, { ...ask, which: "body", view: "calendar", month: "2026-04" })).month;
  expect(month?.weeks.flat().find((d) => d.tasks.length > 0)).toMatchObject({ day: "2026-04-10", inMonth: true });
  expect(month?.weeks.every((week) => week.length === 7)).toBe(true);
  const narrowed = await taskList(on.store.read, await viewerOf(c, chair), { ...ask, which: "given", person: staff.personId });
  expect(narrowed.rows.map((r) => r.id)).toEqual([ids[0]]);
  // The heading counts what is listed, and what presses of it; the tab what there is.
  expect(narrowed).toMatchObject({ found: 1, pressing: 0, more: 0, counts: { given: 2 } });
  const late = { ...(await viewerOf(c, chair)), now: "2026-04-12T00:00:00.000Z" };
  expect(await taskList(on.store.read, late, { ...ask, which: "given", person: staff.personId })).toMatchObject({ found: 1, pressing: 1 });
  expect(await taskList(on.store.read, late, { ...ask, which: "given", light: "ok" })).toMatchObject({ found: 0, pressing: 0, rows: [] });
});

test("[TA31] a page lists two hundred tasks and says how many more there are; a month is full only of its own", async () => {
  const c = await council();
  const { on, at, chair } = c;
  const first = await assign(c, `body:${at.bodies.water}`, { dueOn: "2026-04-10" });
  const last = await assign(c, `body:${at.bodies.water}`, { dueOn: "2026-06-10" });
  // As if two hundred more had been handed out with the first.
  const row = await on.store.read.selectFrom("Task").selectAll().where("id", "=", first).executeTakeFirstOrThrow();
  await on.store.write((tx) =>
    tx
      .insertInto("Task")
      .values(Array.from({ length: 200 }, (_, n) => ({ ...row, id: `copy${n}` })))
      .execute(),
  );
  const ask = { which: "given", view: "list", done: false, body: "", light: null, person: "", month: "" } as const;
  const viewer = await viewerOf(c, chair);
  const list = await taskList(on.store.read, viewer, ask);
  expect([list.rows.length, list.more, list.found]).toEqual([200, 2, 202]);
  const june = await taskList(on.store.read, viewer, { ...ask, view: "calendar", month: "2026-06" });
  expect([june.rows.length, june.more, june.rows[0]?.id]).toEqual([200, 2, last]);
  const march = await taskList(on.store.read, viewer, { ...ask, view: "calendar", month: "2026-03" });
  expect([march.rows.length, march.more]).toEqual([0, 0]);
  const april = await taskList(on.store.read, viewer, { ...ask, view: "calendar", month: "2026-04" });
  expect([april.rows.length, april.more, april.rows.some((r) => r.id === last)]).toEqual([200, 1, false]);
});

test("[TA13] a return waits at the door of the body that decided, and nowhere else", async () => {
  const c = await council();
  const { on, at, chair, staff } = c;
  const taskId = await assign(c, `body:${at.bodies.water}`);
  await done(on.perform, sendTaskBack, staff, { taskId, rule: "notOurs", belongsTo: `body:${at.bodies.property}`, text: "the pump is theirs" });
  const asks = async (actor: Actor) => (await home(on.store.read, await viewerOf(c, actor))).items.map((i) => i.ask);
  expect(await asks(chair)).toContain("ruleTask");
  expect(await asks(staff)).not.toContain("ruleTask");
  expect(await asks(staff)).toContain("waitTask");
  await done(on.perform, reassignTask, chair, { taskId, assignee: `body:${at.bodies.property}`, text: "theirs" });
  expect(await asks(chair)).not.toContain("ruleTask");
  expect(await asks(staff)).toEqual([]);
});
