// What comes of decisions in a simulated year: tasks with everything that happens to them, series, projects, and offices that end.
import { beginMembership } from "../../app/commands/membership/begin";
import { endMembership } from "../../app/commands/membership/end";
import { finishProject } from "../../app/commands/project/finish";
import { openAProject } from "../../app/commands/project/open";
import { receiveMoney } from "../../app/commands/project/receive";
import { reportOnProject } from "../../app/commands/project/report";
import { stopTheProject } from "../../app/commands/project/stop";
import { verifyTheProject } from "../../app/commands/project/verify";
import { acceptTheTask } from "../../app/commands/task/accept";
import { assignTask } from "../../app/commands/task/assign";
import { confirmTask, reopenTask } from "../../app/commands/task/confirm";
import { askTaskExtension, decideTaskExtension } from "../../app/commands/task/extension";
import { returnTask } from "../../app/commands/task/give-back";
import { handInTask } from "../../app/commands/task/hand-in";
import { handTaskOver } from "../../app/commands/task/hand-over";
import { stopTaskRepeat } from "../../app/commands/task/repeat";
import { insistOnTask, reassignTask, sendTaskBack } from "../../app/commands/task/send-back";
import { tickAStep } from "../../app/commands/task/steps";
import { setTaskSupport } from "../../app/commands/task/support";
import { verifyTask } from "../../app/commands/task/verify";
import { loadTask } from "../../app/data/meetings.server";
import { loadProject } from "../../app/data/projects.server";
import { atLocal, nextDay } from "../../app/domain/clock";
import { timeZone } from "./estate";
import type { Sitting, World } from "./people";

const dayMs = 86_400_000;
export const hours = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 3_600_000;
/** January, April, July, October: what happens once a quarter happens then. */
const opensQuarter = (day: string): boolean => Number(day.slice(5, 7)) % 3 === 1;

type Aid = { id: string; personId: string; startsOn: string; endsOn: string | null };

/** Whoever works for the property company besides its manager, today. */
async function aids({ store, estate, day }: World): Promise<Aid[]> {
  const rows = await store.read
    .selectFrom("Membership")
    .select(["id", "personId", "endsOn", "startsOn"])
    .where("communityId", "=", estate.communityId)
    .where("bodyId", "=", estate.bodies.property ?? "")
    .where("personId", "!=", estate.people.propertyman ?? "")
    .where("endedAt", "is", null)
    .orderBy("startsOn")
    .execute();
  return rows.filter((m) => m.startsOn <= day && (m.endsOn === null || m.endsOn >= day));
}

/** Once a quarter somebody comes for twenty days, whose office ends by its date; and somebody's office is ended, and another comes. */
export async function changeOffices(world: World): Promise<void> {
  const { day, estate, press } = world;
  await leaveAndComeBack(world);
  if (!opensQuarter(day)) return;
  const secretary = estate.people.secretary ?? "";
  const office = { bodyId: estate.bodies.property, role: "staff", party: "property", startsOn: null };
  if (day.endsWith("-05")) await press(`${day}.helps`, secretary, beginMembership, { ...office, name: "临时帮工", endsOn: nextDay(day, 20) });
  if (!day.endsWith("-26")) return;
  await press(`${day}.comes`, secretary, beginMembership, { ...office, name: "新来的维修员", endsOn: null });
  const leaving = (await aids(world)).find((aid) => aid.endsOn === null && aid.startsOn < day);
  if (leaving) await press(`${day}.leaves`, secretary, endMembership, { membershipId: leaving.id });
}

const chores = ["看现场，定办法", "备料", "修好，当面验收", "挨户告知", "换新的", "清干净"] as const;
const sittingNames = { council: "议事厅", joint: "联席会议" } as const;
const dayName = (on: string): string => `${Number(on.slice(0, 4))}年${Number(on.slice(5, 7))}月${Number(on.slice(8))}日`;

/** What a task is called. No two of a simulation are called alike: chance goes by their names. */
function titleOf({ body, on }: Sitting, n: number, k: number): string {
  const chore = k >= 20 ? "每周看一遍" : k >= 10 ? `上门修，第${k - 9}个人` : chores[(n + k) % chores.length];
  return `${chore}（${sittingNames[body]}${dayName(on)}第${n + 1}项）`;
}

const departments = ["water", "housing", "fire", "office"] as const;
/** Once a quarter the only one of a department that has work leaves it, until the 24th: nobody is there to do it. */
async function leaveAndComeBack({ day, estate, press, store }: World): Promise<void> {
  const date = Number(day.slice(8));
  if (Number(day.slice(5, 7)) % 3 !== 2 || date < 10 || date > 24) return;
  const secretary = estate.people.secretary ?? "";
  const here: [key: string, office: string | undefined][] = [];
  for (const key of departments) {
    const offices = store.read.selectFrom("Membership").select("id").where("communityId", "=", estate.communityId).where("endedAt", "is", null);
    here.push([key, (await offices.where("bodyId", "=", estate.bodies[key] ?? "").executeTakeFirst())?.id]);
  }
  const away = here.find(([, office]) => office === undefined)?.[0];
  if (away !== undefined) {
    const office = { bodyId: estate.bodies[away], personId: estate.people[`${away}man`], role: "staff", party: "department", startsOn: null, endsOn: null };
    if (date === 24) await press(`${day}.back`, secretary, beginMembership, office);
    return;
  }
  for (const [key, membershipId] of here) {
    const open = store.read.selectFrom("Task").select("id").where("communityId", "=", estate.communityId).where("status", "in", ["assigned", "accepted"]);
    if (date === 24 || !(await open.where("assigneeId", "=", estate.bodies[key] ?? "").executeTakeFirst())) continue;
    await press(`${day}.away`, secretary, endMembership, { membershipId });
    return;
  }
}

/** The work of an adopted decision. The first of a sitting goes to people by name, and in a quarter's first month opens a series and a project. */
export async function handOut(world: World, sitting: Sitting, of: { key: string; n: number; decisionId: string; first: boolean }): Promise<void> {
  const { chance, day, estate, press } = world;
  const { key, n, decisionId, first } = of;
  const recorder = estate.people.recorder ?? "";
  const assign = (k: number, what: object) =>
    press(`${key}.task.${n}.${k}`, recorder, assignTask, { decisionId, title: titleOf(sitting, n, k), proof: "照片和验收单", ...what });
  const dueOn = (k: number, least: number, most: number) => nextDay(day, chance.whole(least, most, key, n, k, "due"));
  for (let k = 0; k < chance.whole(1, 2, key, n, "tasks"); k++)
    await assign(k, {
      assignee: `body:${estate.bodies[chance.pick({ property: 50, water: 14, housing: 14, fire: 12, office: 10 }, key, n, k, "assignee")]}`,
      dueOn: dueOn(k, 7, 40),
      steps: chance.of(key, n, k, "steps") < 0.4 ? "先看现场\n修好\n拍照" : "",
    });
  if (!first || sitting.body !== "council") return;
  for (const [k, aid] of (await aids(world)).entries())
    await assign(10 + k, {
      assignee: `person:${aid.personId}`,
      dueOn: dueOn(10 + k, 14, 30),
      steps: "先看现场\n修好",
      supporting: [`person:${estate.people.deputy}`],
    });
  if (!opensQuarter(day)) return;
  await assign(20, { assignee: `body:${estate.bodies.property}`, dueOn: nextDay(day, 7), repeats: "weekly" });
  await press(`${key}.project.${n}`, recorder, openAProject, {
    decisionId,
    name: `楼道维修，${dayName(nextDay(day))}起`,
    responsibleId: estate.bodies.property,
    startsOn: nextDay(day),
    endsOn: nextDay(day, 21),
    budget: "120000",
    funds: { maintenanceFund: "80000", commonRevenue: "40000" },
    milestones: [
      { title: "备料", startsOn: nextDay(day), endsOn: nextDay(day, 7), weight: 1, ownerId: estate.bodies.property },
      { title: "施工", startsOn: nextDay(day, 8), endsOn: nextDay(day, 21), weight: 3, ownerId: estate.bodies.property },
    ],
  });
}

/** Most are in time; some are late by up to three weeks, ask for more time, want to be rid of it, or pass it on. */
export async function workOnTasks(world: World): Promise<void> {
  const { estate, store } = world;
  const rows = await store.read
    .selectFrom("Task")
    .select(["id", "title", "series"])
    .where("communityId", "=", estate.communityId)
    .where("status", "!=", "verified")
    .execute();
  const named = rows.map(({ id, title, series }) => {
    const no = series === null ? 1 : (JSON.parse(series) as { no: number }).no;
    return { id, name: no > 1 ? `${title}#${String(no).padStart(2, "0")}` : title };
  });
  for (const { id, name } of named.sort((a, b) => (a.name < b.name ? -1 : 1))) await workOn(world, id, name);
  await lookAtWork(world);
}

async function workOn(world: World, taskId: string, name: string): Promise<void> {
  const { chance, estate, press, store, now } = world;
  const task = await loadTask(store.read, estate.communityId, taskId);
  if (!task) return;
  const at = ["task", name] as const;
  const on = { taskId };
  const days = (since: string | null) => (since === null ? 0 : hours(since, now()) / 24);
  const recorder = estate.people.recorder ?? "";
  const body = Object.keys(estate.bodies).find((key) => estate.bodies[key] === task.assignee.id) ?? "person";
  const worker = task.assignee.kind === "person" ? task.assignee.id : (estate.people[`${body}man`] ?? recorder);
  const elsewhere = `body:${estate.bodies[body === "office" ? "fire" : "office"]}`;

  if (task.sentBack) {
    if (days(task.sentBack.at) < 1) return;
    if (chance.of(...at, body, "stays") < 0.5) await press(`${name}.insist.${body}`, recorder, insistOnTask, { ...on, text: "就是您这里的事，请办。" });
    else await press(`${name}.reassign.${body}`, recorder, reassignTask, { ...on, assignee: elsewhere, text: "转给该办的单位。" });
    return;
  }
  if (task.extension && days(task.extension.at) >= 1)
    await press(`${name}.decide`, recorder, decideTaskExtension, {
      ...on,
      grant: task.extension.dueAt > now() && chance.of(...at, "granted") < 0.75 ? "yes" : "no",
      text: "看过了。",
    });
  if (task.status === "accepted" && task.assignee.kind === "body" && task.supporting.length === 0 && chance.of(...at, "helped") < 0.3)
    await press(`${name}.helped`, recorder, setTaskSupport, { ...on, supporting: [`person:${estate.people.deputy}`, `person:${estate.people.owners}`] });
  if (task.series && task.series.no >= 5 && task.repeatAt !== null) await press(`${name}.stop`, recorder, stopTaskRepeat, on);

  if (task.status === "assigned" && days(task.assignedAt) >= chance.whole(1, 4, ...at, "accept")) {
    if (!task.series && task.insisted.length === 0 && chance.of(...at, body, "back") < 0.15) {
      const notOurs = chance.of(...at, body, "rule") < 0.5;
      await press(`${name}.back.${body}`, worker, sendTaskBack, {
        ...on,
        rule: notOurs ? "notOurs" : "factsWrong",
        belongsTo: notOurs ? elsewhere : null,
        text: "看了现场，和说的不一样。",
      });
      return;
    }
    await press(`${name}.accept.${body}`, worker, acceptTheTask, on);
  }
  const lateBy = chance.of(...at, "late") < 0.3 ? chance.whole(1, 21, ...at, "lateBy") : chance.whole(-6, 0, ...at, "early");
  const planned = Date.parse(atLocal(task.plannedDueOn, "18:00", timeZone));
  const ready = task.reopened > 0 ? Date.parse(task.dueAt) - dayMs : planned + (lateBy + (task.returnedFor ? 4 : 0)) * dayMs;
  if (task.status === "accepted" && task.assignee.kind === "person" && days(task.acceptedAt) >= 2 && chance.of(...at, "over") < 0.4)
    await press(`${name}.over`, worker, handTaskOver, { ...on, assignee: `body:${task.deskId}`, text: "手上的活太多，请别人接。" });
  else if (task.status === "accepted") {
    const step = task.steps.findIndex((s) => s.doneAt === null);
    if (step >= 0) await press(`${name}.tick.${step}`, worker, tickAStep, { ...on, stepId: task.steps[step]?.id, done: "yes" });
    else if (lateBy > 0 && task.extensions === 0 && !task.extension && hours(now(), task.dueAt) < 72 && chance.of(...at, "asks") < 0.7)
      await press(`${name}.more`, worker, askTaskExtension, { ...on, dueOn: nextDay(task.dueOn, 10), text: "配件还没有到。" });
    if (step < 0 && Date.parse(now()) >= ready) await press(`${name}.handIn.${task.version}`, worker, handInTask, { ...on, text: "做完了，照片在群里。" });
  }
  if (task.status !== "handedIn" || days(task.handedInAt) < chance.whole(1, 5, ...at, "verify")) return;
  if (chance.of(...at, "returned") < 0.12 && !task.returnedFor && task.version < 8)
    await press(`${name}.return.${task.version}`, recorder, returnTask, { ...on, text: "有一处没有做好，请补。" });
  else await press(`${name}.verify.${task.version}`, recorder, verifyTask, { ...on, text: "" });
}

/** Those it was done for look at it within a day: some say it is so, and some neighbours that it is not. */
async function lookAtWork({ chance, estate, press, store, now }: World): Promise<void> {
  const done = await store.read
    .selectFrom("Task")
    .innerJoin("Issue", (join) => join.onRef("Issue.communityId", "=", "Task.communityId").onRef("Issue.id", "=", "Task.issueId"))
    .select(["Task.id", "Task.title", "Issue.raisedBy", "Issue.id as issueId"])
    .where("Task.communityId", "=", estate.communityId)
    .where("Task.status", "=", "verified")
    .where("Task.reopened", "=", 0)
    .where("Task.nextId", "is", null)
    .where("Task.verifiedAt", ">", new Date(Date.parse(now()) - dayMs).toISOString())
    .where("Issue.status", "in", ["answered", "doing"])
    .orderBy("Task.title")
    .execute();
  for (const { id, title, raisedBy, issueId } of done) {
    const neighbour = await store.read
      .selectFrom("Support")
      .select("personId")
      .where("communityId", "=", estate.communityId)
      .where("issueId", "=", issueId)
      .orderBy("at")
      .executeTakeFirst();
    const said = chance.of("task", title, "looked");
    if (said < (neighbour ? 0.5 : 0.25)) await press(`${title}.again`, neighbour?.personId ?? raisedBy, reopenTask, { taskId: id, text: "下雨以后又漏了。" });
    else if (said > 0.6) await press(`${title}.so`, raisedBy, confirmTask, { taskId: id, text: "" });
  }
}

/** Reports once a week, money once; some are stopped half-way, the others finished and checked. */
export async function workOnProjects({ chance, day, estate, press, slot, store }: World): Promise<void> {
  if (slot !== 1) return;
  const rows = await store.read
    .selectFrom("Project")
    .select(["id", "name"])
    .where("communityId", "=", estate.communityId)
    .where("status", "in", ["running", "finished"])
    .orderBy("name")
    .execute();
  const [worker, chair] = [estate.people.propertyman ?? "", estate.people.chair ?? ""];
  for (const { id, name } of rows) {
    const project = await loadProject(store.read, estate.communityId, id);
    if (!project) continue;
    const on = { projectId: id };
    const went = Math.round((Date.parse(day) - Date.parse(project.openedOn)) / dayMs);
    if (project.status === "finished") {
      await press(`${name}.verify`, chair, verifyTheProject, { ...on, text: "" });
      continue;
    }
    if (went === 3) await press(`${name}.money`, estate.people.recorder ?? "", receiveMoney, { ...on, received: { maintenanceFund: "80000" } });
    if (went === 14 && chance.of(name, "stopped") < 0.25) {
      await press(`${name}.stop`, chair, stopTheProject, { ...on, text: "住户没有谈拢。" });
      continue;
    }
    const ends = 21 + chance.whole(-3, 7, name, "ends");
    const percent = went >= ends ? 100 : Math.round((went * 95) / ends);
    if (went % 7 === 6 || went === ends)
      await press(`${name}.report.${went}`, worker, reportOnProject, {
        ...on,
        day,
        percents: project.plan.milestones.map((m) => ({ id: m.id, percent })),
        spent: String(percent * 1100),
        text: "按计划做。",
      });
    if (went === ends) await press(`${name}.finish`, worker, finishProject, { ...on, text: "做完了。" });
  }
}
