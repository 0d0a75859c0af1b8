import { joinIssue } from "../../../app/commands/issue/join";
import { closeMeeting } from "../../../app/commands/meeting/close";
import { acceptTheTask } from "../../../app/commands/task/accept";
import { assignTask } from "../../../app/commands/task/assign";
import { askTaskExtension } from "../../../app/commands/task/extension";
import { handInTask } from "../../../app/commands/task/hand-in";
import { sendTaskBack } from "../../../app/commands/task/send-back";
import { verifyTask } from "../../../app/commands/task/verify";
import { type Action, clockActor, clockId } from "../../../app/domain/permission";
import { done, idOf } from "../house";
import { type Area, type Case, decide, escalated } from "./stage";

/** Decisions of a sitting and of a closed meeting, and what a task under one cannot do without: to be taken on, done and checked. */
export const decisions: Area = async ({ on, at, who }, attempt) => {
  const { perform } = on;
  const [head, chair, staff] = [who.by("head@b7"), who.by("chair@council"), who.by("staff@water")];
  const council = [at.bodies.council];
  const cases: Case[] = [];
  // Decisions of a sitting and of a closed meeting, and the tasks under one.
  const decided = async (close: boolean, outcome: "adopted" | "rejected") => {
    const issue = await escalated({ on, at, who }, `decided ${close} ${outcome}`);
    const { meetingId, decisionId } = await decide({ on, at, who }, issue.id, outcome);
    if (close) await done(perform, closeMeeting, chair, { meetingId });
    return decisionId;
  };
  const [sittingOne, closedOne, rejectedOne] = [await decided(false, "adopted"), await decided(true, "adopted"), await decided(false, "rejected")];
  const task = { title: "Survey", assignee: `body:${at.bodies.water}`, dueOn: "2026-04-10", proof: "report" };
  for (const [state, decisionId, amends, assigns] of [
    ["sitting", sittingOne, true, true],
    ["closed", closedOne, false, true],
    ["rejected", rejectedOne, true, false],
  ] as const) {
    const where = { bodies: { body: council }, people: {} };
    cases.push({
      state,
      action: "decision.amend",
      communityId: at.communityId,
      input: { decisionId, text: "corrected", method: "consensus" },
      where,
      allowed: amends,
    });
    cases.push({ state, action: "task.assign", communityId: at.communityId, input: { decisionId, ...task }, where, allowed: assigns });
  }
  const taskAllows: Record<string, readonly string[]> = {
    assigned: ["accept", "progress", "handIn"],
    accepted: ["progress", "handIn"],
    handedIn: ["progress", "verify", "return"],
    verified: [],
  };
  for (const state of Object.keys(taskAllows)) {
    const taskId = idOf(await done(perform, assignTask, chair, { decisionId: closedOne, ...task, title: state }), "task.assigned");
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
  await attempt(cases);
};

/** Everything else that happens to a task on its way. */
export const tasks: Area = async ({ on, at, who }, attempt) => {
  const { perform } = on;
  const [head, chair, staff, neighbour] = [who.by("head@b7"), who.by("chair@council"), who.by("staff@water"), who.by("neighbour")];
  const issue = await escalated({ on, at, who }, "to be worked on");
  await done(perform, joinIssue, neighbour, { number: issue.number });
  const { decisionId } = await decide({ on, at, who }, issue.id);
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
    dropExtension: {},
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
  await attempt(cases, [...who.actors, clockActor(at.communityId), clockActor("elsewhere")]);
};
