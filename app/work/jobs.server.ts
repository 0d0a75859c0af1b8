// Everything the clock does on its own, in this order.
import type { Job } from "./clockwork.server";
import { makeDelivery } from "./word/deliver.server";
import { planWords } from "./word/plan.server";
import { remindPeople } from "./word/remind.server";

export const jobs: readonly Job[] = [planWords(), remindPeople(), makeDelivery()];
