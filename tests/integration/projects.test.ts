// Projects through the real commands: what is hostile, who sees what, and the log that gives everything back.
import fc from "fast-check";
import pino from "pino";
import { expect, test } from "vitest";
import type { Command } from "../../app/commands/command";
import { recordDecision } from "../../app/commands/decision/record";
import { escalateOverdueIssue } from "../../app/commands/issue/escalate-overdue";
import { raiseIssue } from "../../app/commands/issue/raise";
import { settleIssue } from "../../app/commands/issue/settle";
import { callMeeting } from "../../app/commands/meeting/call";
import { closeMeeting } from "../../app/commands/meeting/close";
import { openMeeting } from "../../app/commands/meeting/open";
import { takeSeat } from "../../app/commands/meeting/seat";
import { endMembership } from "../../app/commands/membership/end";
import { finishProject } from "../../app/commands/project/finish";
import { returnTheProject } from "../../app/commands/project/give-back";
import { openAProject } from "../../app/commands/project/open";
import { planProject } from "../../app/commands/project/plan";
import { receiveMoney } from "../../app/commands/project/receive";
import { reportOnProject } from "../../app/commands/project/report";
import { stopTheProject } from "../../app/commands/project/stop";
import { verifyTheProject } from "../../app/commands/project/verify";
import { assignTask } from "../../app/commands/task/assign";
import { reopenTask } from "../../app/commands/task/confirm";
import { handInTask } from "../../app/commands/task/hand-in";
import { verifyTask } from "../../app/commands/task/verify";
import { aboutOf } from "../../app/data/about.server";
import { attachmentsOf, draftOwner, insertAttachment } from "../../app/data/attachments.server";
import { checkChain } from "../../app/data/audit.server";
import { overdueIssues } from "../../app/data/clocks.server";
import { peopleIn } from "../../app/data/concerned.server";
import { loadIssue } from "../../app/data/issues.server";
import { loadMeeting, loadTask } from "../../app/data/meetings.server";
import { loadCommunity } from "../../app/data/organisation.server";
import { loadProject } from "../../app/data/projects.server";
import { localDay, nextDay } from "../../app/domain/clock";
import type { DomainEvent } from "../../app/domain/event";
import { holderOf } from "../../app/domain/issue";
import { type Actor, clockActor } from "../../app/domain/permission";
import { doneShare } from "../../app/domain/project";
import { whole } from "../../app/domain/schedule";
import type { Visibility } from "../../app/domain/vocabulary";
import { home } from "../../app/views/home";
import { issuePage } from "../../app/views/issue-page";
import { seePhoto } from "../../app/views/photo";
import { projectPage } from "../../app/views/project-page";
import { projectList } from "../../app/views/projects";
import { wordPage } from "../../app/views/word";
import { climbing } from "../../app/work/clocks.server";
import type { Means } from "../../app/work/clockwork.server";
import { tasksRepeat } from "../../app/work/tasks.server";
import { done, house, idOf, urgently } from "../support/house";
import { postOffice } from "../support/post";
import { bothWays } from "../support/rebuild";
import { type Bench, bench } from "../support/store";

async function estate(visibility: Visibility = "community") {
  const on = bench();
  const at = await house(on);
  const { bodies } = at;
  const chair = await at.person("chair", [[bodies.council, "chair", "branch"]]);
  const recorder = await at.person("recorder", [[bodies.council, "recorder", "residents"]]);
  const staff = await at.person("staff", [[bodies.water, "staff", "department"]]);
  const neighbour = await at.person("neighbour", [[bodies.b8, "resident", "owners"]]);
  const [raised] = await done(on.perform, raiseIssue, chair, {
    bodyId: bodies.council,
    what: "Pumps fail",
    place: "",
    category: "water",
    track: "urgent",
    visibility,
  });
  if (raised?.type !== "issue.raised") throw new Error("not raised");
  const soon = { startsAt: "2026-03-02T11:00:00.000Z", endsAt: "2026-03-02T12:30:00.000Z", place: "Hall", ...urgently };
  const meetingId = idOf(await done(on.perform, callMeeting, chair, { bodyId: bodies.council, ...soon, issues: [raised.id] }), "meeting.called");
  for (const person of [chair, recorder]) await done(on.perform, takeSeat, chair, { meetingId, personId: person.personId, presence: "present" });
  await done(on.perform, openMeeting, chair, { meetingId });
  const itemId = (await loadMeeting(on.store.read, at.communityId, meetingId))?.items[0]?.id;
  const decisionId = idOf(
    await done(on.perform, recordDecision, chair, { meetingId, itemId, text: "Replace them", method: "consensus", outcome: "adopted" }),
    "decision.recorded",
  );
  const line = { startsOn: "2026-03-02", endsOn: "2026-03-20", weight: 1, ownerId: bodies.water };
  const plan = {
    name: "Pumps",
    responsibleId: bodies.water,
    startsOn: "2026-03-02",
    endsOn: "2026-05-30",
    budget: "1,860,000",
    funds: { departments: "120万", smallFund: "142000.50" },
    milestones: [{ title: "Survey", ...line }, null, { title: "Pumps", ...line, weight: 3, endsOn: "2026-05-30" }],
  };
  const view = async (actor: Actor) => {
    const community = await loadCommunity(on.store.read, at.communityId);
    if (!community) throw new Error("There is no community.");
    return { actor, community, now: on.clock.now };
  };
  const issueNow = async () => {
    const issue = await loadIssue(on.store.read, at.communityId, raised.id);
    if (!issue) throw new Error("It is gone.");
    return issue;
  };
  return { on, at, chair, recorder, staff, neighbour, decisionId, meetingId, plan, view, issueNow };
}

test("[PJ1] [PF4] hostile figures, days and lines are refused with their field, and nothing is written", async () => {
  const { on, chair, decisionId, plan } = await estate();
  const refusal = async (over: object) => {
    const outcome = await on.perform(openAProject, chair, { decisionId, ...plan, ...over });
    return outcome.ok ? "accepted" : `${outcome.refusal.code} ${outcome.refusal.field}`;
  };
  const milestone = plan.milestones[0];
  const cases: [object, string][] = [
    [{ budget: "" }, "input.money.missing budget"],
    [{ budget: "-1" }, "input.money.malformed budget"],
    [{ budget: "1e12" }, "input.money.malformed budget"],
    [{ budget: 186 }, "input.money.missing budget"],
    [{ budget: "999999999999999" }, "input.money.tooMuch budget"],
    [{ budget: "100" }, "project.fundsOverBudget budget"],
    [{ funds: { departments: "0.001" } }, "input.money.malformed funds.departments"],
    [{ funds: { __proto__: { departments: "5" }, constructor: "5" } }, "accepted"],
    [{ name: "" }, "input.words.missing name"],
    [{ name: "x".repeat(121) }, "input.words.tooLong name"],
    [{ name: "a\u202eb" }, "input.words.unprintable name"],
    [{ responsibleId: "" }, "input.choice.missing responsibleId"],
    [{ responsibleId: "nowhere" }, "project.unknownBody responsibleId"],
    [{ personId: "nobody" }, "project.unknownPerson personId"],
    [{ personId: chair.personId }, "project.personElsewhere personId"],
    [{ endsOn: "2026-02-30" }, "input.day.malformed endsOn"],
    [{ endsOn: "2026-03-01" }, "project.endsBeforeStart endsOn"],
    [{ startsOn: "0001-01-01" }, "input.day.outOfYears startsOn"],
    [{ startsOn: "2037-01-01", endsOn: "2037-02-01" }, "day.farAway startsOn"],
    [{ milestones: Array.from({ length: 41 }, () => milestone) }, "input.list.tooLong milestones"],
    [{ milestones: [{ ...milestone, weight: "0" }] }, "input.weight.malformed milestones.0.weight"],
    [{ milestones: [{ ...milestone, weight: "1.5" }] }, "input.weight.malformed milestones.0.weight"],
    [{ milestones: [null, { ...milestone, title: " " }] }, "input.words.missing milestones.1.title"],
    [{ milestones: [{ ...milestone, ownerId: "nowhere" }] }, "project.unknownBody milestones.0.ownerId"],
    [{ milestones: [{ ...milestone, endsOn: "2026-06-30" }] }, "project.milestoneOutside milestones.0.endsOn"],
  ];
  for (const [over, expected] of cases) expect(await refusal(over), JSON.stringify(over).slice(0, 80)).toBe(expected);
  expect(await on.store.read.selectFrom("Project").select("id").execute()).toHaveLength(1);
});

test("[PJ16] a report pressed twice is one, with its photos; photos of a refused one wait", async () => {
  const { on, at, chair, staff, decisionId, plan, view, neighbour } = await estate("handlers");
  const projectId = idOf(await done(on.perform, openAProject, chair, { decisionId, ...plan }), "project.opened");
  const photo = { communityId: at.communityId, position: 0, width: 4, height: 3, bytes: 9, digest: "0", uploadedBy: staff.personId, uploadedAt: on.clock.now };
  const draft = draftOwner(staff.personId, `project.${projectId}`);
  await on.store.write((tx) => insertAttachment(tx, { ...photo, id: "photo1", ownerKind: "draft", ownerId: draft }));
  const told = { projectId, day: "2026-03-02", percents: [], spent: "5", text: "begun" };
  expect((await on.perform(reportOnProject, staff, { ...told, day: "2026-03-03" })).ok).toBe(false);
  expect(await attachmentsOf(on.store.read, at.communityId, "draft", [draft])).toHaveLength(1);
  const [first, second] = [
    await on.perform(reportOnProject, staff, told, { requestId: "12345678" }),
    await on.perform(reportOnProject, staff, told, { requestId: "12345678" }),
  ];
  expect(first.ok && second.ok && second.value.repeated).toBe(true);
  const project = await loadProject(on.store.read, at.communityId, projectId);
  expect(project?.reports).toMatchObject([{ photos: 1, spent: 500 }]);
  expect((await projectPage(on.store.read, await view(chair), { projectId }))?.reports[0]?.photos).toEqual([{ id: "photo1" }]);
  expect(await seePhoto(on.store.read, await view(staff), "photo1")).not.toBeNull();
  expect(await seePhoto(on.store.read, await view(neighbour), "photo1")).toBeNull();
});

test("[PF6] figures shown in one window do not overwrite what the same person changed in another", async () => {
  const { on, chair, recorder, staff, decisionId, plan } = await estate();
  const projectId = idOf(await done(on.perform, openAProject, chair, { decisionId, ...plan, milestones: [] }), "project.opened");
  const own = { ok: false, refusal: { code: "stale", params: { own: 1 } } };
  await done(on.perform, planProject, chair, { projectId, version: 1, ...plan, milestones: [], reason: "", budget: "2000000" });
  expect(await on.perform(planProject, chair, { projectId, version: 1, ...plan, milestones: [], reason: "" })).toMatchObject(own);
  await done(on.perform, reportOnProject, staff, { projectId, version: 2, day: "2026-03-02", percent: 20, spent: "50", text: "" });
  expect(await on.perform(reportOnProject, staff, { projectId, version: 2, day: "2026-03-02", percent: 0, spent: "10", text: "old window" })).toMatchObject(
    own,
  );
  await done(on.perform, receiveMoney, recorder, { projectId, version: 3, received: { departments: "70" } });
  expect(await on.perform(receiveMoney, recorder, { projectId, version: 3, received: { smallFund: "30" } })).toMatchObject(own);
  // Money that came in contradicts neither a plan nor a report, whoever put it down.
  await done(on.perform, reportOnProject, staff, { projectId, version: 3, day: "2026-03-02", percent: 25, spent: "50", text: "" });
  expect(await loadProject(on.store.read, chair.communityId, projectId)).toMatchObject({ plan: { budget: 200000000 }, percent: 25, spent: 5000 });
});

test("[PJ18] what is finished asks for its check at home, what was given back for its mending, and each only of those it concerns", async () => {
  const { on, chair, recorder, staff, neighbour, decisionId, plan, view } = await estate();
  const asks = async (...actors: Actor[]) => {
    const found: (readonly string[])[] = [];
    for (const actor of actors) found.push((await home(on.store.read, await view(actor))).items.flatMap(({ ask }) => (ask.endsWith("Project") ? [ask] : [])));
    return found;
  };
  const projectId = idOf(await done(on.perform, openAProject, chair, { decisionId, ...plan, milestones: [] }), "project.opened");
  expect(await asks(chair, recorder, staff, neighbour)).toEqual([[], [], [], []]);
  await done(on.perform, reportOnProject, staff, { projectId, day: "2026-03-02", percent: 100, spent: "0", text: "done" });
  // The recorder says so for the water bureau, and is not asked to check their own word.
  await done(on.perform, finishProject, recorder, { projectId, text: "done" });
  expect(await asks(chair, recorder, staff, neighbour)).toEqual([["verifyProject"], [], [], []]);
  await done(on.perform, returnTheProject, chair, { projectId, text: "a pump still drips" });
  expect(await asks(chair, recorder, staff, neighbour)).toEqual([[], ["redoProject"], ["redoProject"], []]);
  await done(on.perform, finishProject, staff, { projectId, text: "mended" });
  await done(on.perform, verifyTheProject, chair, { projectId, text: "" });
  expect(await asks(chair, recorder, staff, neighbour)).toEqual([[], [], [], []]);
});

test("[PJ15] a project is seen by whoever sees its issue, and by who decides or does it", async () => {
  for (const visibility of ["community", "handlers"] as const) {
    const { on, chair, recorder, staff, neighbour, decisionId, plan, view } = await estate(visibility);
    const projectId = idOf(await done(on.perform, openAProject, chair, { decisionId, ...plan }), "project.opened");
    for (const [actor, sees] of [
      [chair, true],
      [recorder, true],
      [staff, true],
      [neighbour, visibility === "community"],
    ] as const) {
      const viewer = await view(actor);
      expect((await projectPage(on.store.read, viewer, { projectId })) !== null, `${actor.name} ${visibility}`).toBe(sees);
      expect((await projectList(on.store.read, viewer, { ended: false })).groups.length > 0).toBe(sees);
    }
  }
});

test("[AU3] the log alone rebuilds projects after random weeks, and no percentage leaves its bounds", async () => {
  const happened = new Set<string>();
  const step = fc.record({ act: fc.nat(11), who: fc.nat(2), n: fc.nat(100), text: fc.constantFrom("", "so it stands") });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const { on, at, chair, recorder, staff, decisionId, plan } = await estate();
      const projectId = idOf(await done(on.perform, openAProject, chair, { decisionId, ...plan }), "project.opened");
      for (const [k, { act, who, n, text }] of steps.entries()) {
        on.clock.now = new Date(Date.parse("2026-03-02T12:00:00.000Z") + k * 86_400_000).toISOString();
        const project = await loadProject(on.store.read, at.communityId, projectId);
        if (!project) throw new Error("The project is gone.");
        const day = localDay(on.clock.now, "Asia/Shanghai");
        const lines = project.plan.milestones.map((m) => ({ ...m }));
        const percents = project.plan.milestones.map((m, i) => ({ id: m.id, percent: act >= 8 ? 100 : (n * (i + 1)) % 101 }));
        const planned = { ...plan, endsOn: nextDay("2026-05-30", n), milestones: n % 3 ? lines : lines.slice(1), reason: text };
        const choices: [Command<{ version?: number | undefined }, never>, object][] = [
          [reportOnProject, { projectId, day, percents, spent: String(n * 1000), text }],
          [reportOnProject, { projectId, day: nextDay(day, -1), percents: percents.slice(1), spent: "1", text }],
          [planProject, { projectId, ...planned }],
          [receiveMoney, { projectId, received: { departments: String(n), other: "0.01" }, reason: text }],
          [verifyTheProject, { projectId, text }],
          [returnTheProject, { projectId, text }],
          [n > 70 ? stopTheProject : reportOnProject, { projectId, day, percent: n, spent: "0", text: text || "no money" }],
          [finishProject, { projectId, text }],
          [reportOnProject, { projectId, day, percents, spent: "100", text }],
          [finishProject, { projectId, text }],
          [returnTheProject, { projectId, text }],
          [finishProject, { projectId, text }],
        ] as never;
        const [command, input] = choices[act] ?? choices[0] ?? [];
        if (!command) continue;
        const outcome = await on.perform(command, [chair, recorder, staff][who] ?? chair, input);
        if (outcome.ok) for (const e of outcome.value.events) happened.add(e.type);
        const share = doneShare(project);
        expect(Number.isInteger(share) && share >= 0 && share <= whole).toBe(true);
      }
      const { fromLog, fromTables } = await bothWays(on.store);
      expect(fromLog).toEqual(fromTables);
      expect(Object.keys(fromTables).some((key) => key.includes("/project/"))).toBe(true);
      expect(await checkChain(on.store.read, at.communityId)).toMatchObject({ ok: true });
    }),
    { numRuns: 12, seed: 20_261_121 },
  );
  const ofProjects = ["finished", "planned", "received", "reported", "returned", "stopped", "verified"].map((kind) => `project.${kind}`);
  expect([...happened].sort()).toEqual(["issue.answered", ...ofProjects]);
}, 120_000);

const meansOf = (on: Bench): Means => ({ ...on, now: () => on.clock.now, logger: pino({ level: "silent" }), env: {} as Means["env"] });

test("[PJ19] [CK6] [IS10] a project holds its issue as a task does, and its check sends the answer home", async () => {
  const { on, at, chair, staff, decisionId, meetingId, plan, issueNow, view } = await estate();
  await done(on.perform, closeMeeting, chair, { meetingId });
  const projectId = idOf(await done(on.perform, openAProject, chair, { decisionId, ...plan }), "project.opened");
  expect((await issueNow()).phase.status).toBe("doing");
  on.clock.now = "2026-04-01T01:00:00.000Z";
  // It is not even looked at in every round.
  expect(await overdueIssues(on.store.read, at.communityId, on.clock.now, { settleBy: "", issueId: "" }, 10)).toEqual([]);
  await climbing.run(meansOf(on));
  const { id, number } = await issueNow();
  expect(holderOf(await issueNow())).toBe(at.bodies.council);
  const climbs = await on.perform(escalateOverdueIssue, clockActor(at.communityId), { issueId: id });
  expect(climbs).toMatchObject({ ok: false, refusal: { code: "issue.heldBack" } });
  const settles = await on.perform(settleIssue, chair, { number, text: "done" });
  expect(settles).toMatchObject({ ok: false, refusal: { code: "issue.workOpen", params: { n: 1 } } });
  const page = await issuePage(on.store.read, await view(chair), { number });
  expect(page?.waits).toEqual({ what: "tasks", for: "Water bureau", by: "2026-05-30T10:00:00.000Z", task: "Pumps", others: 0 });
  expect(page?.light.state).toBe("ok");
  expect(page?.can.settle).toBe(false);
  // A small task beside it is checked: the raiser is not told that it is done.
  const small = { decisionId, title: "Notice", assignee: `body:${at.bodies.water}`, dueOn: "2026-04-03", proof: "photo" };
  const taskId = idOf(await done(on.perform, assignTask, chair, small), "task.assigned");
  await done(on.perform, handInTask, staff, { taskId, text: "posted" });
  await done(on.perform, verifyTask, chair, { taskId, text: "seen" });
  expect((await issueNow()).phase.status).toBe("doing");
  const milestones = (await loadProject(on.store.read, at.communityId, projectId))?.plan.milestones ?? [];
  const percents = milestones.map((m) => ({ id: m.id, percent: 100 }));
  await done(on.perform, reportOnProject, staff, { projectId, day: "2026-04-01", percents, spent: "5", text: "all done" });
  await done(on.perform, finishProject, staff, { projectId, text: "handed over" });
  expect(await on.perform(settleIssue, chair, { number, text: "done" })).toMatchObject({ ok: false, refusal: { code: "issue.workOpen" } });
  await done(on.perform, verifyTheProject, chair, { projectId, text: "The pumps run." });
  expect((await issueNow()).phase).toMatchObject({ status: "answered", answer: { kind: "done", text: "The pumps run." } });
  const { fromLog, fromTables } = await bothWays(on.store);
  expect(fromLog).toEqual(fromTables);
});

test("[TA26] [CK6] beside a routine task an overdue issue goes up, and not beside one that somebody said is not done", async () => {
  for (const notDone of [false, true]) {
    const { on, at, chair, staff, decisionId, meetingId, plan, issueNow } = await estate();
    const means = meansOf(on);
    await done(on.perform, closeMeeting, chair, { meetingId });
    const projectId = idOf(await done(on.perform, openAProject, chair, { decisionId, ...plan }), "project.opened");
    const weekly = { decisionId, title: "Look", assignee: `body:${at.bodies.water}`, dueOn: "2026-03-06", proof: "photo", repeats: "weekly" };
    const first = idOf(await done(on.perform, assignTask, chair, weekly), "task.assigned");
    const does = async (taskId: string) => {
      await done(on.perform, handInTask, staff, { taskId, text: "looked" });
      await done(on.perform, verifyTask, chair, { taskId, text: "" });
    };
    const nextOf = async (taskId: string) => (await loadTask(on.store.read, at.communityId, taskId))?.nextId ?? "";
    await does(first);
    on.clock.now = "2026-03-07T01:00:00.000Z";
    await tasksRepeat.run(means);
    const second = await nextOf(first);
    if (notDone) {
      await does(second);
      await done(on.perform, reopenTask, chair, { taskId: second, text: "Nobody came." });
    }
    on.clock.now = "2026-03-14T01:00:00.000Z";
    await tasksRepeat.run(means);
    expect(await nextOf(second)).not.toBe("");
    await done(on.perform, stopTheProject, chair, { projectId, text: "no money" });
    // After the days in which the work of a decision may be handed out.
    on.clock.now = "2026-04-13T01:00:00.000Z";
    await climbing.run(means);
    expect(holderOf(await issueNow())).toBe(notDone ? at.bodies.council : at.bodies.joint);
    if (!notDone) continue;
    const { id, number } = await issueNow();
    expect(await on.perform(escalateOverdueIssue, clockActor(at.communityId), { issueId: id })).toMatchObject({ refusal: { code: "issue.heldBack" } });
    expect(await on.perform(settleIssue, chair, { number, text: "x" })).toMatchObject({ refusal: { code: "issue.workOpen", params: { n: 1 } } });
    await does(second);
    expect((await issueNow()).phase.status).toBe("answered");
  }
});

test("[PJ15] whoever does a project reads the issue it is for, also where only its handlers do", async () => {
  const { on, chair, staff, neighbour, decisionId, plan, view } = await estate("handlers");
  const number = (await on.store.read.selectFrom("Issue").select("number").executeTakeFirstOrThrow()).number;
  const reads = async (actor: Actor) => (await issuePage(on.store.read, await view(actor), { number })) !== null;
  expect([await reads(staff), await reads(neighbour)]).toEqual([false, false]);
  await done(on.perform, openAProject, chair, { decisionId, ...plan });
  expect([await reads(staff), await reads(neighbour)]).toEqual([true, false]);
});
test("[PJ15] so does the one person it was given to", async () => {
  const { on, chair, recorder, staff, decisionId, plan, view, at } = await estate("handlers");
  const number = (await on.store.read.selectFrom("Issue").select("number").executeTakeFirstOrThrow()).number;
  const alone = { ...plan, responsibleId: at.bodies.water, personId: staff.personId, milestones: [] };
  const reads = async (actor: Actor) => (await issuePage(on.store.read, await view(actor), { number })) !== null;
  expect(await reads(staff)).toBe(false);
  const opened = await on.perform(openAProject, chair, { decisionId, ...alone });
  expect(opened.ok ? [await reads(staff), await reads(recorder)] : opened.refusal.code).toEqual([true, true]);
});

test("[PJ21] whoever leaves the body that does a project has no part in it, whatever else they hold; the body has, and is told", async () => {
  const { on, at, chair, decisionId, plan, view } = await estate();
  const { bodies, secretary } = at;
  const lead = await at.person("lead", [
    [bodies.property, "staff", "property"],
    [bodies.council, "member", "property"],
  ]);
  const other = await at.person("other", [[bodies.property, "staff", "property"]]);
  const alone = { ...plan, responsibleId: bodies.property, personId: lead.personId, milestones: [] };
  const projectId = idOf(await done(on.perform, openAProject, chair, { decisionId, ...alone }), "project.opened");
  const told = async () => {
    const project = await loadProject(on.store.read, at.communityId, projectId);
    const about = project && (await aboutOf(on.store.read, { communityId: at.communityId, event: { type: "project.returned", id: projectId } as DomainEvent }));
    return about ? peopleIn(on.store.read, "assignee", about, localDay(on.clock.now, "Asia/Shanghai")) : [];
  };
  expect(await told()).toEqual([lead.personId]);
  const membershipId = lead.posts.find((post) => post.bodyId === bodies.property)?.membershipId;
  await done(on.perform, endMembership, secretary, { membershipId });
  const left = await at.again(lead);
  expect(left.posts).toHaveLength(1);
  const money = { projectId, received: { other: "6,000" }, reason: "a gift" };
  const refused = [await on.perform(receiveMoney, left, money), await on.perform(finishProject, left, { projectId, text: "" })];
  expect(refused.map((r) => (r.ok ? "" : r.refusal.code))).toEqual(["forbidden", "forbidden"]);
  expect((await projectPage(on.store.read, await view(left), { projectId }))?.can).toMatchObject({ report: false, receive: false, finish: false });
  expect((await projectPage(on.store.read, await view(chair), { projectId }))?.person).toBeNull();
  expect(await told()).toEqual([other.personId]);
  expect(await on.perform(receiveMoney, other, money)).toMatchObject({ ok: true });
});

test("[PJ12] [PJ20] entries of money and spending over the budget stand where the figures stand, with who and when, and the message names them", async () => {
  const { on, chair, recorder, staff, decisionId, plan, view } = await estate();
  const projectId = idOf(await done(on.perform, openAProject, chair, { decisionId, ...plan, milestones: [] }), "project.opened");
  const office = postOffice(on, {});
  await office.round();
  const put = (departments: string, reason = "") => on.perform(receiveMoney, recorder, { projectId, received: { departments }, reason });
  await put("70");
  expect(await put("1")).toMatchObject({ ok: false, refusal: { code: "project.receivedLess", field: "received.departments" } });
  await put("1", "The ministry took it back");
  const page = await projectPage(on.store.read, await view(chair), { projectId });
  expect(page?.entries.map((e) => [e.by, e.reason, e.lines])).toEqual([
    ["recorder", "The ministry took it back", [{ source: "departments", before: 7000, now: 100 }]],
    ["recorder", "", [{ source: "departments", before: 0, now: 7000 }]],
  ]);
  const spend = (text: string) => on.perform(reportOnProject, staff, { projectId, day: "2026-03-02", percent: 20, spent: "99,000,000", text });
  expect(await spend("")).toMatchObject({ ok: false, refusal: { code: "project.spentOver", field: "spent" } });
  expect(await spend("Copper rose")).toMatchObject({ ok: true });
  const { groups } = await projectList(on.store.read, await view(chair), { ended: false });
  expect(groups.map((g) => g.totals.over)).toEqual([1]);
  await office.round();
  const { items } = await wordPage(on.store.read, await view(chair), { before: null });
  expect(items.filter((i) => i.href === `/projects/${projectId}`).map((i) => [i.type, i.variant])).toEqual(
    expect.arrayContaining([
      ["project.reported", "overBudget"],
      ["project.received", "why"],
      ["project.received", ""],
    ]),
  );
});
