// Random months of a small community, told through the commands: what rates are counted from.
import type { Command } from "../../app/commands/command";
import { acceptTheIssue } from "../../app/commands/issue/accept";
import { appealIssue } from "../../app/commands/issue/appeal";
import { askRaiser } from "../../app/commands/issue/ask";
import { classifyIssue } from "../../app/commands/issue/classify";
import { declineIssue } from "../../app/commands/issue/decline";
import { escalateIssue } from "../../app/commands/issue/escalate";
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
import { whyNots } from "../../app/domain/follow-up";
import { type Actor, clockActor } from "../../app/domain/permission";
import { categories } from "../../app/domain/vocabulary";
import { type House, house } from "./house";
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

export type Told = { at: House; chair: Actor; head: Actor; head8: Actor; resident: Actor; neighbour: Actor; done: number };

/** `steps` things somebody tried, a few hours apart, from the first of January 2026 on. */
export async function tellHistory(on: Bench, seed: number, steps: number): Promise<Told> {
  const roll = random(seed);
  on.clock.now = "2026-01-01T01:00:00.000Z";
  const at = await house(on);
  const { b7, b8, council, joint } = at.bodies;
  const head = await at.person("head", [[b7, "head", "owners"]]);
  const head8 = await at.person("head8", [[b8, "head", "owners"]]);
  const resident = await at.person("resident", [[b7, "resident", "owners"]]);
  const neighbour = await at.person("neighbour", [[b8, "resident", "owners"]]);
  const chair = await at.person("chair", [
    [council, "chair", "branch"],
    [joint, "linkedLeader", "branch"],
  ]);
  const people = [head, head8, resident, neighbour, chair];
  const numbers: string[] = [];
  const pick = <T>(list: readonly T[]): T | undefined => list[roll(list.length)];
  let minutes = 0;
  let done = 0;
  for (let step = 0; step < steps; step++) {
    minutes += 5 + roll(6 * 60);
    on.clock.now = new Date(Date.parse("2026-01-01T01:00:00.000Z") + minutes * 60_000).toISOString();
    // The later ones more often: old ones rest.
    const number = numbers[Math.max(0, numbers.length - 1 - roll(12))];
    const text = { number, text: `words ${step}` };
    const word = {
      number,
      solved: roll(4) ? "yes" : "no",
      content: pick(["content", "content", "content", "fair", "discontent"]),
      why: pick([null, ...whyNots]),
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
      [classifyIssue, { number, title: `Name ${step}`, category: pick(categories.slice(0, 4)), track: pick(["minor", "urgent", "hard"]) }],
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
      [mergeIssue, { number, into: pick(numbers), text: "" }],
      [lapseIssue, { number: pick(numbers) }, clockActor(at.communityId)],
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
      done++;
      for (const event of outcome.value.events) if (event.type === "issue.raised") numbers.push(event.number);
      break;
    }
  }
  return { at, chair, head, head8, resident, neighbour, done };
}
