// Every command, by everybody, in every state: what happens is what the permission table and the states of tests/support/matrix say.
import { expect, test } from "vitest";
import type { Command } from "../../app/commands/command";
import { makePerform } from "../../app/commands/perform.server";
import type { Store } from "../../app/data/store.server";
import { type Action, type Actor, type Grant, permissions } from "../../app/domain/permission";
import type { Role } from "../../app/domain/vocabulary";
import { clocks } from "../support/matrix/clocks";
import { calendars, setup } from "../support/matrix/house";
import { issues } from "../support/matrix/issues";
import { meetings } from "../support/matrix/meetings";
import { papers } from "../support/matrix/papers";
import { projects } from "../support/matrix/projects";
import { type Area, type Case, stage, type Where } from "../support/matrix/stage";
import { decisions, tasks } from "../support/matrix/tasks";
import { word } from "../support/matrix/word";
import type { Bench } from "../support/store";

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

/** The permission table read with our own eyes: not by the function under test. */
function granted(action: Action, actor: Actor, where: Where): boolean {
  const grants: readonly Grant[] = permissions[action];
  for (const grant of grants) {
    if ("everyMember" in grant && actor.posts.length > 0) return true;
    if ("who" in grant && (where.people[grant.who] ?? []).includes(actor.personId)) {
      const held = actor.posts.filter((post) => grant.of === undefined || (where.bodies[grant.of] ?? []).includes(post.bodyId));
      if (grant.of === undefined || held.length > 0) return true;
    }
    if ("in" in grant)
      for (const post of actor.posts)
        if ((where.bodies[grant.in] ?? []).includes(post.bodyId) && (grant.roles === undefined || (grant.roles as readonly Role[]).includes(post.role)))
          return true;
  }
  return false;
}

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

/** Nothing happens in these areas but what may, and more than `least` tries are made. */
async function nothingWrong(least: number, ...areas: readonly Area[]): Promise<void> {
  const set = await stage();
  const wrong: string[] = [];
  let tries = 0;
  for (const area of areas)
    await area(set, async (cases, actors = set.who.actors) => {
      const result = await tryAll(set.on, actors, cases);
      wrong.push(...result.wrong);
      tries += result.tries;
    });
  expect(wrong).toEqual([]);
  expect(tries).toBeGreaterThan(least);
}

test("[PE3] every issue command, by everybody, in every state of an issue", () => nothingWrong(21000, issues));
test("[PE3] every command on meetings, papers, decisions and tasks, by everybody, in every state", () => nothingWrong(9500, meetings, papers, decisions));
test("[PE3] every command on projects, by everybody, in every state of a project", () => nothingWrong(5000, projects));
test("[PE3] everything that happens to a task on its way, by everybody, in every state", () => nothingWrong(7000, tasks));
test("[PE3] every command on the house and on oneself, by everybody", () => nothingWrong(900, setup));
test("[PE3] when a body meets, and calendars of one's own, by everybody", () => nothingWrong(700, calendars));
test("[PE3] what the clock does and what it is told, by everybody", () => nothingWrong(900, clocks));
test("[PE3] how one is told, a body's robots, and letters that were given up, by everybody", () => nothingWrong(1200, word));

test("[PE3] no command was left out", () => {
  expect([...commands.keys()].filter((action) => !tried.has(action))).toEqual([]);
  const decided = (Object.keys(permissions) as Action[]).filter((action) => !/\.(see|read|readClosed|write)\b/.test(action) && !action.startsWith("minutes."));
  expect(decided.filter((action) => !commands.has(action))).toEqual([]);
});
