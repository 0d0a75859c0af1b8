// Who is told of meetings, tasks, orders and acknowledgements, with which day, and whom it still asks for something.
import { expect, test } from "vitest";
import { giveAcknowledgement } from "../../app/commands/acknowledgement/give";
import { recordDecision } from "../../app/commands/decision/record";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { giveIssueFeedback } from "../../app/commands/issue/feedback";
import { joinIssue } from "../../app/commands/issue/join";
import { raiseIssue } from "../../app/commands/issue/raise";
import { settleIssue } from "../../app/commands/issue/settle";
import { callMeeting } from "../../app/commands/meeting/call";
import { cancelMeeting } from "../../app/commands/meeting/cancel";
import { moveMeeting } from "../../app/commands/meeting/move";
import { openMeeting } from "../../app/commands/meeting/open";
import { takeSeat } from "../../app/commands/meeting/seat";
import { beginMembership } from "../../app/commands/membership/begin";
import { changeMembership } from "../../app/commands/membership/change";
import { endMembership } from "../../app/commands/membership/end";
import { answerSupervisionOrder } from "../../app/commands/order/answer";
import { giveSupervisionOrder } from "../../app/commands/order/give";
import { openAProject } from "../../app/commands/project/open";
import { assignTask } from "../../app/commands/task/assign";
import { reassignTask } from "../../app/commands/task/send-back";
import { setTaskSupport } from "../../app/commands/task/support";
import { preferWords } from "../../app/commands/word/prefer";
import { openAcknowledgements } from "../../app/data/clocks.server";
import { loadMeeting, loadTask } from "../../app/data/meetings.server";
import type { Actor } from "../../app/domain/permission";
import { usual } from "../../app/domain/word";
import { wordsFor } from "../../app/i18n/t";
import { wordWords } from "../../app/i18n/word-words";
import { wordPage } from "../../app/views/word";
import { answeringDown, climbing } from "../../app/work/clocks.server";
import { nobodysWork } from "../../app/work/tasks.server";
import { done, idOf, urgently } from "../support/house";
import { mailbox, pass } from "../support/post";
import { bothWays } from "../support/rebuild";
import { told, viewerOf, type World, world } from "../support/word";

const day = (w: World, at: string): string => wordsFor("en", "Asia/Shanghai", w.on.clock.now).dates.day(at);
/** What a person's page says that it still waits for them. */
const waiting = async (w: World, actor: Actor): Promise<string[]> => {
  const { items } = await wordPage(w.on.store.read, await viewerOf(w, actor), { before: null });
  return items.filter((item) => item.waits).map((item) => item.type);
};

/** An issue of the resident's that a neighbour joined, at the council. */
async function atTheCouncil(w: World) {
  const neighbour = await w.at.person("Neighbour", [[w.at.bodies.b7, "resident", "owners"]]);
  const issue = await w.raise(w.resident, "No water");
  await done(w.on.perform, joinIssue, neighbour, { number: issue.number });
  await done(w.on.perform, escalateIssue, w.head, { number: issue.number, to: w.at.bodies.council, text: "tried" });
  return { neighbour, issue };
}
const meet = async (w: World, issueId: string, startsAt = "2026-03-26T11:00:00.000Z", more: object = {}) =>
  idOf(
    await done(w.on.perform, callMeeting, w.chair, {
      ...{ bodyId: w.at.bodies.council, startsAt, endsAt: startsAt.replace("T11:", "T12:"), place: "Hall", issues: [issueId] },
      ...more,
    }),
    "meeting.called",
  );
async function decided(w: World) {
  const there = await atTheCouncil(w);
  const meetingId = await meet(w, there.issue.id, "2026-03-05T11:00:00.000Z", urgently);
  await done(w.on.perform, takeSeat, w.chair, { meetingId, personId: w.chair.personId, presence: "present" });
  await done(w.on.perform, openMeeting, w.chair, { meetingId });
  const itemId = (await loadMeeting(w.on.store.read, w.at.communityId, meetingId))?.items[0]?.id;
  const decisionId = idOf(
    await done(w.on.perform, recordDecision, w.chair, { meetingId, itemId, text: "do it", method: "consensus", outcome: "adopted" }),
    "decision.recorded",
  );
  const staff = await w.at.person("Staff", [[w.at.bodies.water, "staff", "department"]]);
  const clerk = await w.at.person("Clerk", [[w.at.bodies.water, "staff", "department"]]);
  const assign = async (assignee: string, more: object = {}) =>
    idOf(
      await done(w.on.perform, assignTask, w.chair, { decisionId, title: "Survey", assignee, dueOn: "2026-04-10", proof: "report", ...more }),
      "task.assigned",
    );
  return { ...there, staff, clerk, assign, decisionId };
}

test("[WD14] the mail about a new task says the task's own day, not that of the meeting it comes from", async () => {
  const w = await world();
  const { staff, assign } = await decided(w);
  await mailbox(w.on, staff, "staff@example.cn");
  await done(w.on.perform, preferWords, staff, { preference: usual });
  await w.office.round();
  const task = await loadTask(w.on.store.read, w.at.communityId, await assign(`person:${staff.personId}`));
  await w.office.round();
  const mail = w.post.mails.at(-1);
  expect(mail?.to).toBe("staff@example.cn");
  expect(mail?.text).toContain(`A task was assigned, to be done by ${day(w, task?.dueAt ?? "")}.`);
  expect(mail?.text).not.toContain(day(w, "2026-03-05T11:00:00.000Z"));
});

test("[WD1] whoever raised or joined what is on an agenda is told of the meeting, its new time and its end", async () => {
  const w = await world();
  const { neighbour, issue } = await atTheCouncil(w);
  const meetingId = await meet(w, issue.id);
  const to = "2026-03-27T11:00:00.000Z";
  await done(w.on.perform, moveMeeting, w.chair, { meetingId, startsAt: to, endsAt: "2026-03-27T12:00:00.000Z", place: "Hall" });
  await done(w.on.perform, cancelMeeting, w.chair, { meetingId, text: "No water at all" });
  await w.office.round();
  for (const who of [w.resident, neighbour])
    expect((await told(w, who)).filter((one) => one.startsWith("meeting."))).toEqual([
      "meeting.called onAgenda",
      "meeting.moved onAgenda",
      "meeting.cancelled onAgenda",
    ]);
  // Who is not on it and not invited hears nothing of it.
  expect((await told(w, w.head)).filter((one) => one.startsWith("meeting."))).toEqual([]);
});

test("[WD1] the lead who loses a task is told so, only new helpers are asked to help, and nothing waits for who has lost it", async () => {
  const w = await world();
  const { staff, clerk, assign } = await decided(w);
  const rep = await w.at.person("Stairwell rep", [[w.at.bodies.b7, "stairwell", "owners"]]);
  const taskId = await assign(`person:${staff.personId}`);
  await w.office.round();
  expect(await waiting(w, staff)).toEqual(["task.assigned"]);
  const help = (...of: Actor[]) => done(w.on.perform, setTaskSupport, w.chair, { taskId, supporting: of.map((one) => `person:${one.personId}`) });
  await help(w.head);
  await help(w.head, rep);
  await done(w.on.perform, reassignTask, w.chair, { taskId, assignee: `person:${clerk.personId}`, text: "She knows the pipes" });
  await w.office.round();
  const ofTasks = async (who: Actor) => (await told(w, who)).filter((one) => one.startsWith("task."));
  expect(await ofTasks(w.head)).toEqual(["task.supportSet newSupporter"]);
  expect(await ofTasks(rep)).toEqual(["task.supportSet newSupporter"]);
  expect(await ofTasks(clerk)).toEqual(["task.reassigned assignee"]);
  expect(await ofTasks(staff)).toEqual(["task.assigned assignee", "task.reassigned leadBefore"]);
  expect(await waiting(w, staff)).toEqual([]);
  expect(await waiting(w, clerk)).toEqual(["task.reassigned"]);
});

test("[WD1] what came to a desk neither waits for nor is sent to whoever has left it", async () => {
  const w = await world();
  await mailbox(w.on, w.chair, "chair@example.cn");
  await w.office.round();
  const before = w.post.mails.length;
  const { issue } = await atTheCouncil(w);
  await w.office.round();
  expect(await waiting(w, w.chair)).toEqual(["issue.escalated"]);
  // Somebody else takes the chair; who had it lives in building 8, from where it can be seen and not be settled.
  await w.at.person("Other chair", [[w.at.bodies.council, "chair", "branch"]]);
  const { personId } = w.chair;
  await done(w.on.perform, beginMembership, w.at.secretary, {
    ...{ bodyId: w.at.bodies.b8, personId, name: null, role: "resident", party: "owners", startsOn: null },
  });
  await done(w.on.perform, preferWords, w.chair, { preference: usual });
  await done(w.on.perform, endMembership, w.at.secretary, { membershipId: w.chair.posts[0]?.membershipId });
  expect(await waiting(w, w.chair)).toEqual([]);
  for (let n = 0; n < 30; n++) {
    pass(w.on, 60);
    await w.office.round();
  }
  const mails = w.post.mails.slice(before).map((m) => m.text ?? "");
  expect(mails.join()).toContain("Your office in Council has ended.");
  expect(mails.join()).not.toContain(issue.number);
});

test("[WD1][WD8][WD14] whoever gave an order hears of its answer, and whoever owes it is reminded of its day until it is given", async () => {
  const w = await world();
  const { number } = await w.raise(w.resident, "No light on the stairs");
  const orderId = idOf(await done(w.on.perform, giveSupervisionOrder, w.chair, { number, text: "How far are you?", dueOn: "2026-03-10" }), "order.given");
  await w.office.round();
  expect(await waiting(w, w.head)).toContain("order.given");
  const says = async () => {
    const { items } = await wordPage(w.on.store.read, await viewerOf(w, w.head), { before: null });
    return items.filter((item) => item.type.includes("order")).map((item) => `${item.type} ${item.when.slice(0, 10)}`);
  };
  expect(await says()).toEqual(["order.given 2026-03-10"]);
  const morning = async (of: string) => {
    w.on.clock.now = `${of}T00:00:00.000Z`;
    await w.office.round();
  };
  for (const one of ["2026-03-08", "2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12"]) await morning(one);
  const reminded = async () => (await told(w, w.head)).filter((one) => one.startsWith("reminder.order"));
  expect(await reminded()).toEqual(["reminder.orderSoon desk", "reminder.orderSoon desk", "reminder.orderLate desk"]);
  await done(w.on.perform, answerSupervisionOrder, w.head, { orderId, text: "A lamp is ordered." });
  await morning("2026-03-17");
  expect(await reminded()).toHaveLength(3);
  expect(await told(w, w.chair)).toContain("order.answered overseer");
  expect(await waiting(w, w.head)).not.toContain("order.given");
});

test("[CK20] what climbed by itself is one word to the level that let it pass, in the words of what happened, and a refused answer waits for nobody", async () => {
  const w = await world();
  const { number } = await w.raise(w.resident, "No light on the stairs");
  await w.office.round();
  w.on.clock.now = "2026-04-20T01:00:00.000Z";
  const round = async () => {
    await climbing.run(w.office.means);
    await answeringDown.run(w.office.means);
    await w.office.round();
  };
  await round();
  const words = async (actor: Actor) => (await wordPage(w.on.store.read, await viewerOf(w, actor), { before: null })).items.filter((i) => i.at >= "2026-04-20");
  const [word, ...more] = (await words(w.head)).filter((i) => !i.type.startsWith("reminder."));
  expect(more).toEqual([]);
  expect(word).toMatchObject({ type: "acknowledgement.owed", variant: "overdue", waits: true });
  const says = wordsFor("zh-CN", "Asia/Shanghai", w.on.clock.now);
  expect(word && wordWords(word, says).what).toContain("到期没有结果，自动报到了上一级");
  await done(w.on.perform, settleIssue, w.chair, { number, text: "The lamp is new." });
  await round();
  expect((await words(w.head)).find((i) => i.type === "acknowledgement.owed" && i.variant === "answer")).toMatchObject({ waits: true });
  await done(w.on.perform, giveIssueFeedback, w.resident, { number, solved: "no", content: "discontent", why: "notDone" });
  await round();
  expect((await words(w.head)).filter((i) => i.type === "acknowledgement.owed" && i.waits)).toEqual([]);
});

test("[WD1][WD8] whoever's answer came down hears that it was acknowledged, and whoever owes that is reminded", async () => {
  const w = await world();
  const { issue } = await atTheCouncil(w);
  await done(w.on.perform, settleIssue, w.chair, { number: issue.number, text: "The valve is new." });
  await answeringDown.run(w.office.means);
  await w.office.round();
  expect(await waiting(w, w.head)).toContain("acknowledgement.owed");
  const [owed] = await openAcknowledgements(w.on.store.read, w.at.communityId, [w.at.bodies.b7]);
  w.on.clock.now = `${owed?.dueAt.slice(0, 10)}T00:00:00.000Z`;
  await w.office.round();
  expect(await told(w, w.head)).toContain("reminder.acknowledgementSoon desk");
  await done(w.on.perform, giveAcknowledgement, w.head, { acknowledgementId: owed?.id, text: "Posted at the door." });
  await w.office.round();
  expect(await told(w, w.chair)).toContain("acknowledgement.given overseer");
  expect(await waiting(w, w.head)).not.toContain("acknowledgement.owed");
});

test("[WD8] of more than twenty, the urgent ones and those that can still be done in time are spoken of first", async () => {
  const w = await world();
  const raise = (what: string, over: object) =>
    done(w.on.perform, raiseIssue, w.resident, { bodyId: w.at.bodies.b7, what, place: "", category: "water", visibility: "community", ...over });
  for (let n = 0; n < 25; n++) await raise(`Old ${n}`, { track: "minor" });
  const due = async (n: string) => (await w.on.store.read.selectFrom("Issue").select(["dueAt"]).where("title", "=", n).executeTakeFirst())?.dueAt ?? "";
  const over = await due("Old 0");
  await w.office.round();
  // A week past their day, when the old ones are spoken of again; and two that are not over yet.
  w.on.clock.now = new Date(Date.parse(over) + 7 * 86_400_000 - 3_600_000).toISOString();
  await raise("Burst", { track: "urgent" });
  const soon = await w.raise(w.resident, "Soon");
  await w.on.store.write(async (tx) => {
    const at = new Date(Date.parse(w.on.clock.now) + 86_400_000).toISOString();
    await tx.updateTable("Stay").set({ respondBy: at }).where("issueId", "=", soon.id).execute();
    await tx.updateTable("Issue").set({ dueAt: at }).where("id", "=", soon.id).execute();
  });
  w.on.clock.now = `${new Date(Date.parse(over) + 7 * 86_400_000).toISOString().slice(0, 10)}T00:00:00.000Z`;
  await w.office.round();
  const page = await wordPage(w.on.store.read, await viewerOf(w, w.head), { before: null });
  const titles = page.items.filter((item) => item.type.startsWith("reminder.")).map((item) => item.title);
  expect(titles).toHaveLength(20);
  expect(titles).toContain("Burst");
  expect(titles).toContain("Soon");
});

test("[WD21] work in a body whose last one left is told once to those who gave it and to the secretary, and waits until it is in other hands", async () => {
  const w = await world();
  const { staff, clerk, assign, decisionId } = await decided(w);
  const { on, at, office } = w;
  const round = async () => {
    await nobodysWork.run(office.means);
    await office.round();
  };
  const { water, property } = at.bodies;
  const taskId = await assign(`body:${water}`);
  const plan = { name: "Pumps", responsibleId: water, startsOn: "2026-03-02", endsOn: "2026-05-30", budget: "1", funds: {} };
  await done(on.perform, openAProject, w.chair, { decisionId, ...plan });
  // Whoever of the council only sits there hears nothing of it.
  const member = await at.person("Member", [[at.bodies.council, "member", "owners"]]);
  const heard = async (who: Actor) => (await told(w, who)).filter((one) => one.includes("held")).sort();
  await done(on.perform, endMembership, at.secretary, { membershipId: staff.posts[0]?.membershipId });
  await round();
  expect(await heard(w.chair)).toEqual([]);
  // The last one's office ends with its day, and nobody presses anything.
  const term = { role: "staff", party: "department", startsOn: "2026-03-01", endsOn: "2026-03-20" };
  await done(on.perform, changeMembership, at.secretary, { membershipId: clerk.posts[0]?.membershipId, ...term });
  await round();
  expect(await heard(w.chair)).toEqual([]);
  on.clock.now = "2026-03-21T02:00:00.000Z";
  for (let n = 0; n < 3; n++) await round();
  expect(await heard(w.chair)).toEqual(["project.unheld chairs", "task.unheld chairs"]);
  expect(await heard(at.secretary)).toEqual(["project.unheld secretary", "task.unheld secretary"]);
  for (const who of [staff, clerk, member, w.resident, w.head]) expect(await heard(who)).toEqual([]);
  expect((await waiting(w, w.chair)).filter((type) => type.endsWith("unheld")).sort()).toEqual(["project.unheld", "task.unheld"]);
  const { items } = await wordPage(on.store.read, await viewerOf(w, w.chair), { before: null });
  expect(items.find((item) => item.type === "task.unheld")?.href).toBe(`/tasks/${taskId}/reassignment`);
  // Somebody new is there, and it waits no more; the new one leaves, and it is said once more.
  on.clock.now = "2026-03-22T02:00:00.000Z";
  const fresh = await at.person("Fresh", [[water, "staff", "department"]]);
  await round();
  expect((await waiting(w, w.chair)).filter((type) => type.endsWith("unheld"))).toEqual([]);
  await done(on.perform, endMembership, at.secretary, { membershipId: fresh.posts[0]?.membershipId });
  for (let n = 0; n < 2; n++) await round();
  expect(await heard(w.chair)).toEqual(["project.unheld chairs", "project.unheld chairs", "task.unheld chairs", "task.unheld chairs"]);
  // In other hands it waits no more.
  await at.person("Manager", [[property, "staff", "property"]]);
  await done(on.perform, reassignTask, w.chair, { taskId, assignee: `body:${property}`, text: "They are there" });
  await round();
  expect((await waiting(w, w.chair)).filter((type) => type.endsWith("unheld"))).toEqual(["project.unheld"]);
  const { fromLog, fromTables } = await bothWays(on.store);
  expect(fromLog).toEqual(fromTables);
});
