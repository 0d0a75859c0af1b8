// Random months of a small community, told through the commands: what rates are counted from.
import type { Command } from "../../app/commands/command";
import { recordDecision } from "../../app/commands/decision/record";
import { acceptTheIssue } from "../../app/commands/issue/accept";
import { appealIssue } from "../../app/commands/issue/appeal";
import { askRaiser } from "../../app/commands/issue/ask";
import { classifyIssue } from "../../app/commands/issue/classify";
import { declineIssue } from "../../app/commands/issue/decline";
import { escalateIssue } from "../../app/commands/issue/escalate";
import { escalateOverdueIssue } from "../../app/commands/issue/escalate-overdue";
import { extendIssue } from "../../app/commands/issue/extend";
import { giveIssueFeedback } from "../../app/commands/issue/feedback";
import { joinIssue } from "../../app/commands/issue/join";
import { lapseIssue } from "../../app/commands/issue/lapse";
import { mergeIssue } from "../../app/commands/issue/merge";
import { noteOnIssue } from "../../app/commands/issue/note";
import { raiseIssue } from "../../app/commands/issue/raise";
import { rateAnswer } from "../../app/commands/issue/rate";
import { remitIssue } from "../../app/commands/issue/remit";
import { replyToQuestion } from "../../app/commands/issue/reply";
import { settleIssue } from "../../app/commands/issue/settle";
import { callMeeting } from "../../app/commands/meeting/call";
import { closeMeeting } from "../../app/commands/meeting/close";
import { openMeeting } from "../../app/commands/meeting/open";
import { takeSeat } from "../../app/commands/meeting/seat";
import { assignTask } from "../../app/commands/task/assign";
import { reopenTask } from "../../app/commands/task/confirm";
import { handInTask } from "../../app/commands/task/hand-in";
import { verifyTask } from "../../app/commands/task/verify";
import { whyNots } from "../../app/domain/follow-up";
import { type Actor, clockActor } from "../../app/domain/permission";
import { categories } from "../../app/domain/vocabulary";
import { type Doing, done, type House, house, idOf, urgently } from "./house";
import type { Bench } from "./store";

/** The same figures for the same seed: mulberry32. */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return Math.floor((((z ^ (z >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** A meeting of one body about one issue, held at once: @returns what it decided. */
export async function decideOn({ perform, store, clock }: Doing, chair: Actor, bodyId: string, issueId: string): Promise<string> {
  const later = (hours: number) => new Date(Date.parse(clock.now) + hours * 3_600_000).toISOString();
  const soon = { startsAt: later(2), endsAt: later(4), place: "Hall", ...urgently };
  const meetingId = idOf(await done(perform, callMeeting, chair, { bodyId, ...soon, issues: [issueId] }), "meeting.called");
  await done(perform, takeSeat, chair, { meetingId, personId: chair.personId, presence: "present" });
  await done(perform, openMeeting, chair, { meetingId });
  const { id: itemId } = await store.read.selectFrom("AgendaItem").select("id").where("meetingId", "=", meetingId).executeTakeFirstOrThrow();
  const decided = await done(perform, recordDecision, chair, { meetingId, itemId, text: "do it", method: "consensus", outcome: "adopted" });
  await done(perform, closeMeeting, chair, { meetingId });
  return idOf(decided, "decision.recorded");
}

export type Told = { at: House; chair: Actor; head: Actor; head8: Actor; resident: Actor; neighbour: Actor; staff: Actor; taken: number };

/** `steps` things somebody tried, a few hours apart, from the first of January 2026 on. */
export async function tellHistory(on: Bench, seed: number, steps: number): Promise<Told> {
  const roll = random(seed);
  on.clock.now = "2026-01-01T01:00:00.000Z";
  const at = await house(on);
  const { b7, b8, council, joint, water } = at.bodies;
  const head = await at.person("head", [[b7, "head", "owners"]]);
  const head8 = await at.person("head8", [[b8, "head", "owners"]]);
  const resident = await at.person("resident", [[b7, "resident", "owners"]]);
  const neighbour = await at.person("neighbour", [[b8, "resident", "owners"]]);
  const chair = await at.person("chair", [
    [council, "chair", "branch"],
    [joint, "linkedLeader", "branch"],
  ]);
  const staff = await at.person("staff", [[water, "staff", "department"]]);
  const people = [head, head8, resident, neighbour, chair];
  const issues: { id: string; number: string }[] = [];
  const tasks: string[] = [];
  const pick = <T>(list: readonly T[]): T | undefined => list[roll(list.length)];
  let minutes = 0;
  let taken = 0;
  for (let step = 0; step < steps; step++) {
    minutes += 5 + roll(6 * 60);
    on.clock.now = new Date(Date.parse("2026-01-01T01:00:00.000Z") + minutes * 60_000).toISOString();
    // The later ones more often: old ones rest.
    const recent = issues[Math.max(0, issues.length - 1 - roll(12))];
    const number = recent?.number;
    const taskId = tasks[Math.max(0, tasks.length - 1 - roll(2))];
    if (recent && roll(9) === 0) {
      const held = await on.store.read
        .selectFrom("Issue")
        .select("id")
        .where("id", "=", recent.id)
        .where("status", "=", "open")
        .where("holderId", "=", council)
        .executeTakeFirst();
      if (!held) continue;
      const decisionId = await decideOn(on, chair, council, held.id);
      const dueOn = new Date(Date.parse(on.clock.now) + (2 + roll(20)) * 86_400_000).toISOString().slice(0, 10);
      const task = { decisionId, title: `Do ${step}`, assignee: `body:${water}`, dueOn, proof: "report" };
      tasks.push(idOf(await done(on.perform, assignTask, chair, task), "task.assigned"));
      continue;
    }
    const text = { number, text: `words ${step}` };
    const word = {
      number,
      solved: roll(4) ? "yes" : "no",
      content: pick(["content", "content", "content", "fair", "discontent"]),
      why: pick(whyNots),
      remark: "",
    };
    const raise = {
      bodyId: pick([b7, b8, b8]),
      what: `Something ${step}`,
      place: "",
      category: pick(categories.slice(0, 4)),
      track: pick(["minor", "urgent", "hard"]),
      visibility: "community",
    };
    const tries: readonly (readonly [unknown, object, Actor?])[] = [
      [raiseIssue, raise],
      [raiseIssue, raise],
      [acceptTheIssue, { number }],
      [acceptTheIssue, { number }],
      [noteOnIssue, text],
      [classifyIssue, { number, title: `Name ${step}`, category: pick(categories.slice(0, 4)), track: pick(["minor", "urgent", "hard"]), text: "why" }],
      [askRaiser, text],
      [replyToQuestion, text],
      [joinIssue, { number }],
      [joinIssue, { number }],
      [settleIssue, text],
      [settleIssue, text],
      [declineIssue, text],
      [escalateIssue, { ...text, to: pick([council, joint]) }],
      [remitIssue, { ...text, to: pick([b7, b8, council]) }],
      [giveIssueFeedback, word],
      [giveIssueFeedback, word],
      [rateAnswer, word],
      [rateAnswer, word],
      [appealIssue, text],
      [mergeIssue, { number, into: pick(issues)?.number, text: "" }],
      [lapseIssue, { number: pick(issues)?.number }, clockActor(at.communityId)],
      [escalateOverdueIssue, { issueId: pick(issues)?.id }, clockActor(at.communityId)],
      [escalateOverdueIssue, { issueId: pick(issues)?.id }, clockActor(at.communityId)],
      [extendIssue, { ...text, amount: 1 + roll(3) }],
      [handInTask, { taskId, text: `done ${step}` }, staff],
      [handInTask, { taskId, text: `done ${step}` }, staff],
      [verifyTask, { taskId }],
      [verifyTask, { taskId }],
      [reopenTask, { taskId, text: `not done ${step}` }],
      [reopenTask, { taskId, text: `not done ${step}` }],
    ];
    const [command, input, as] = tries[roll(tries.length)] ?? [];
    if (!command || !input) continue;
    // Whoever may: most tries find somebody.
    const first = roll(people.length);
    for (let turn = 0; turn < (as ? 1 : people.length); turn++) {
      const actor = as ?? people[(first + turn) % people.length];
      if (!actor) continue;
      const outcome = await on.perform(command as Command<{ version?: number | undefined }, never>, actor, input);
      if (!outcome.ok) continue;
      taken++;
      for (const event of outcome.value.events) if (event.type === "issue.raised") issues.push({ id: event.id, number: event.number });
      break;
    }
  }
  return { at, chair, head, head8, resident, neighbour, staff, taken };
}
