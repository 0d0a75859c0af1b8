// What the clock does with tasks: passes on those whose lead is gone, and makes the next of every series.
import type { Command } from "../commands/command";
import { letTaskFall } from "../commands/task/hand-over";
import { repeatTask } from "../commands/task/repeat";
import { loadCommunity } from "../data/organisation.server";
import { tasksOfTheGone, tasksToRepeat } from "../data/tasks.server";
import { localDay } from "../domain/clock";
import { clockActor } from "../domain/permission";
import type { Job, Means } from "./clockwork.server";

type OnTask = { version?: number | undefined; taskId: string };

/** Runs one command on every task that is due for it. */
async function onEach<State>(
  { store, perform, logger }: Means,
  command: Command<OnTask, State>,
  due: (communityId: string, timeZone: string) => Promise<string[]>,
): Promise<void> {
  for (const { id } of await store.read.selectFrom("Community").select("id").execute()) {
    const community = await loadCommunity(store.read, id);
    for (const taskId of community ? await due(id, community.timeZone) : []) {
      const outcome = await perform(command, clockActor(id), { taskId });
      // Somebody came first, between the look and the turn.
      if (!outcome.ok) logger.info({ task: taskId, code: outcome.refusal.code }, "A task that was due for the clock is not any more.");
    }
  }
}

/** Tasks of people who left their office, and of bodies that ended, fall to the body behind them. */
export const tasksFall: Job = {
  name: "tasks of the gone",
  run: (means) => onEach(means, letTaskFall, (id, timeZone) => tasksOfTheGone(means.store.read, id, localDay(means.now(), timeZone))),
};

/** The next of a series is made when the one before was due: once, for making it clears what this looks for. */
export const tasksRepeat: Job = {
  name: "recurring tasks",
  run: (means) => onEach(means, repeatTask, (id) => tasksToRepeat(means.store.read, id, means.now())),
};
