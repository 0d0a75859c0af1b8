// Everything the clock does on its own, in this order: what it tells people comes after what it did.
import { answeringDown, climbing } from "./clocks.server";
import type { Job } from "./clockwork.server";
import { filesSwept } from "./files.server";
import { lapses } from "./follow-up.server";
import { nobodysWork, requestsFall, tasksFall, tasksRepeat } from "./tasks.server";
import { makeDelivery } from "./word/deliver.server";
import { planWords } from "./word/plan.server";
import { remindPeople } from "./word/remind.server";

/** What is on the wire goes on after its round. */
export const delivery = makeDelivery();
export const jobs: readonly Job[] = [
  climbing,
  answeringDown,
  lapses,
  tasksFall,
  nobodysWork,
  requestsFall,
  tasksRepeat,
  planWords(),
  remindPeople(),
  delivery,
  filesSwept(),
];
