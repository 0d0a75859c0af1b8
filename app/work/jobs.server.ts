// Everything the clock does on its own, in this order.
import type { Job } from "./clockwork.server";
import { lapses } from "./follow-up.server";

export const jobs: readonly Job[] = [lapses];
