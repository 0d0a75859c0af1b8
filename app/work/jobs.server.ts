// Everything the clock does on its own, in this order.
import { answeringDown, climbing } from "./clocks.server";
import type { Job } from "./clockwork.server";
import { lapses } from "./follow-up.server";
import { tasksFall, tasksRepeat } from "./tasks.server";

export const jobs: readonly Job[] = [climbing, answeringDown, lapses, tasksFall, tasksRepeat];
