// Where notifications are looked up, so that the simulation can hold them to "once per channel and preference".
import type { Db } from "../../app/data/dialect.server";

/** Somebody was to be told about an event by a channel, and how often they were. */
export type Delivery = { communityId: string; seq: number; personId: string; channel: string; wanted: number; delivered: number };

/** What a deliveries table answers: every event that concerned somebody by a channel they had chosen. */
export type DeliveryBook = (db: Db) => Promise<Delivery[]>;

/** Set this to read the deliveries of the product; null: there are none to look up, and the promise says that it was not asked. */
export const deliveryBook: DeliveryBook | null = null;
