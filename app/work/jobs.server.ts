// Everything the clock does on its own, in this order.
import type { Job } from "./clockwork.server";
import { tasksFall, tasksRepeat } from "./tasks.server";

export const jobs: readonly Job[] = [tasksFall, tasksRepeat];
