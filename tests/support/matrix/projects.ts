import { closeMeeting } from "../../../app/commands/meeting/close";
import { finishProject } from "../../../app/commands/project/finish";
import { openAProject } from "../../../app/commands/project/open";
import { reportOnProject } from "../../../app/commands/project/report";
import { stopTheProject } from "../../../app/commands/project/stop";
import { verifyTheProject } from "../../../app/commands/project/verify";
import { type Action, clockActor, clockId } from "../../../app/domain/permission";
import { done, idOf } from "../house";
import { type Area, type Case, decide, escalated } from "./stage";

/** Projects of an issue everybody sees and of one they do not. */
export const projects: Area = async ({ on, at, who }, attempt) => {
  const { perform } = on;
  const [head, chair, staff] = [who.by("head@b7"), who.by("chair@council"), who.by("staff@water")];
  const decided = async (visibility: "community" | "handlers", outcome: "adopted" | "rejected" = "adopted") => {
    const issue = await escalated({ on, at, who }, `${visibility} ${outcome}`, "head@b7", { visibility });
    const { meetingId, decisionId } = await decide({ on, at, who }, issue.id, outcome);
    await done(perform, closeMeeting, chair, { meetingId });
    return decisionId;
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
          // A project is seen by whoever sees its issue: everybody with an office, or those who handle it, which is nobody who only lives there.
          hidden: (actor) =>
            actor.personId !== clockId &&
            (decisionId === decisions.adopted
              ? actor.posts.length === 0
              : actor.personId !== head.personId && !actor.posts.some((p) => p.role !== "resident" && Object.values(near).flat().includes(p.bodyId))),
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
  await attempt(cases, [...who.actors, clockActor(at.communityId), clockActor("elsewhere")]);
};
