// What the clock does with tasks: passes on those whose lead is gone, finds those nobody holds, and makes the next of every series.
import type { Command } from "../commands/command";
import { watchTheProject } from "../commands/project/watch";
import { dropTaskExtension } from "../commands/task/extension";
import { letTaskFall } from "../commands/task/hand-over";
import { repeatTask } from "../commands/task/repeat";
import { watchTheTask } from "../commands/task/watch";
import { allCommunities } from "../data/organisation.server";
import { projectsToWatch } from "../data/projects.server";
import { mannedBodies, requestsOfTheGone, tasksOfTheGone, tasksToRepeat, tasksToWatch } from "../data/tasks.server";
import { localDay } from "../domain/clock";
import { clockActor } from "../domain/permission";
import { attempt } from "./attempt.server";
import type { Job, Means } from "./clockwork.server";

type OnTask = { version?: number | undefined; taskId: string };

/** Runs one command on every task that is due for it. */
async function onEach<State>(
  { store, perform, logger }: Means,
  job: string,
  command: Command<OnTask, State>,
  due: (communityId: string, timeZone: string) => Promise<string[]>,
): Promise<void> {
  for (const { id, timeZone } of await allCommunities(store.read)) {
    const acts = (await due(id, timeZone)).map((taskId) => ({ about: taskId, run: () => perform(command, clockActor(id), { taskId }) }));
    await attempt({ logger }, job, acts, ["task.leadIsThere", "task.wrongState", "task.notRepeated", "task.notYetDue", "task.noExtension"]);
  }
}

const fall = "tasks of the gone";
const drop = "requests of the gone";
const recur = "recurring tasks";

/** Tasks of people who left their office, and of bodies that ended, fall to the body behind them. */
export const tasksFall: Job = {
  name: fall,
  run: (means) => onEach(means, fall, letTaskFall, (id, timeZone) => tasksOfTheGone(means.store.read, id, localDay(means.now(), timeZone))),
};

/**
 * Work given to a body in which nobody works any more is found once, and those who must see to it hear of it; so is that somebody
 * works there again. The mark on the work is the memory.
 */
export const nobodysWork: Job = {
  name: "work of nobody",
  async run({ store, perform, now, logger }) {
    for (const { id, timeZone } of await allCommunities(store.read)) {
      const manned = await mannedBodies(store.read, id, localDay(now(), timeZone));
      const clock = clockActor(id);
      const acts = [
        ...(await tasksToWatch(store.read, id, manned)).map((taskId) => ({ about: taskId, run: () => perform(watchTheTask, clock, { taskId }) })),
        ...(await projectsToWatch(store.read, id, manned)).map((projectId) => ({
          about: projectId,
          run: () => perform(watchTheProject, clock, { projectId }),
        })),
      ];
      await attempt({ logger }, "work of nobody", acts, ["task.handsUnchanged", "task.wrongState", "project.notRunning"]);
    }
  },
};

/** A request for more time falls away with whoever asked for it; what somebody holds in hand again is asked for anew. */
export const requestsFall: Job = {
  name: drop,
  run: (means) => onEach(means, drop, dropTaskExtension, (id) => requestsOfTheGone(means.store.read, id, means.now())),
};

/** The next of a series is made when the one before was due: once, for making it clears what this looks for. */
export const tasksRepeat: Job = {
  name: recur,
  run: (means) => onEach(means, recur, repeatTask, (id) => tasksToRepeat(means.store.read, id, means.now())),
};
