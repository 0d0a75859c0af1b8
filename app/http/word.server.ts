// The forms about how people are told.
import { vapidKeys } from "../data/secrets.server";
import { chosenChannels, type Kind, kinds, type Modes, noQuiet } from "../domain/word";
import type { Services } from "./context";
import { one, orNull, type Values } from "./respond.server";

/** What a browser must know to subscribe, and whether mails can be sent at all. */
export async function waysOf({ store, env, now }: Pick<Services, "store" | "env" | "now">): Promise<{ pushKey: string; mails: boolean }> {
  return { pushKey: (await vapidKeys(store, now())).publicKey, mails: env.SMTP_URL !== undefined };
}

/** The wishes of a posted form as their command takes them. */
export function preferenceOf(values: Values): unknown {
  const of = (channel: string) => Object.fromEntries(kinds.map((kind: Kind) => [kind, one(values, `${channel}.${kind}`)]));
  return {
    locale: orNull(one(values, "locale")),
    ...(one(values, "quiet") === "no" ? noQuiet : { quietFrom: one(values, "quietFrom"), quietUntil: one(values, "quietUntil") }),
    digestAt: one(values, "digestAt"),
    modes: Object.fromEntries(chosenChannels.map((channel) => [channel, of(channel)])) as Modes,
  };
}

/** A browser's subscription as the script posts it; what it may hold is checked by the command. */
export function browserOf(values: Values): unknown {
  return { kind: "push", endpoint: one(values, "endpoint"), p256dh: one(values, "p256dh"), auth: one(values, "auth") };
}
