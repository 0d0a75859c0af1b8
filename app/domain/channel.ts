// A channel: where words reach somebody. A person's mailbox or browser, or the group robot of a body. Its address is a secret.
import { z } from "zod";
import { accept, type Outcome, refuse } from "./refusal";

export const channelKinds = ["mail", "push", "wecom", "dingtalk"] as const;
export const robotKinds = ["wecom", "dingtalk"] as const;
export type ChannelKind = (typeof channelKinds)[number];
export type RobotKind = (typeof robotKinds)[number];
export const isRobot = (kind: ChannelKind): kind is RobotKind => kind === "wecom" || kind === "dingtalk";
/** What is shown in the product itself goes through no channel; its words carry this in the channel's place. */
export const inProduct = "product";

export type Channel = {
  communityId: string;
  id: string;
  kind: ChannelKind;
  personId: string | null;
  bodyId: string | null;
  openedBy: string;
  openedAt: string;
  /** A mailbox gets nothing but a question until somebody reads it there and says yes. */
  confirmedAt: string | null;
  closedAt: string | null;
  version: number;
};

/** Why it was closed: by whoever it is for, or because nobody is behind the address any more. */
export type ClosedFor = "own" | "replaced" | "gone";
export type ChannelEvent =
  | { type: "channel.opened"; id: string; kind: ChannelKind; personId: string | null; bodyId: string | null }
  | { type: "channel.confirmed"; id: string }
  | { type: "channel.tried"; id: string; bodyId: string | null }
  | { type: "channel.closed"; id: string; reason: ClosedFor };

/** What is needed to reach it. */
export type Address =
  | { kind: "mail"; to: string }
  | { kind: "push"; endpoint: string; p256dh: string; auth: string }
  | { kind: "wecom"; url: string }
  | { kind: "dingtalk"; url: string; secret: string };

/** One of each is enough for a person's mailbox and a body's robot of a kind; browsers there may be several. */
const mostBrowsers = 10;

/** Mailboxes one person may have asked in a day without a yes: a question is a mail to somebody who may not know them. */
const mostQuestions = 2;
export const questionsCountFor = 86_400_000;

const replaced = (c: Channel): ChannelEvent => ({ type: "channel.closed", id: c.id, reason: "replaced" });

/**
 * Open a channel; the running one it stands in for is closed, but a mailbox that was confirmed only once the new one is.
 * `sameBrowser`: whoever's channels lead to the very browser that asks. `questions`: the mailboxes asked in vain since a day.
 * Refused: more browsers than anybody reads in, more questions than a slip of the finger needs.
 */
export function openChannel(
  { running, sameBrowser, questions }: { running: readonly Channel[]; sameBrowser: readonly Channel[]; questions: number },
  to: { id: string; kind: ChannelKind; personId: string | null; bodyId: string | null },
): Outcome<ChannelEvent[]> {
  const opened: ChannelEvent = { type: "channel.opened", ...to };
  const alike = running.filter((c) => c.kind === to.kind);
  if (to.kind === "push") {
    if (alike.filter((c) => !sameBrowser.some((s) => s.id === c.id)).length >= mostBrowsers) return refuse("channel.tooMany", { max: mostBrowsers });
    return accept([...sameBrowser.map(replaced), opened]);
  }
  if (to.kind === "mail" && questions >= mostQuestions) return refuse("channel.questions", { max: mostQuestions }, "to");
  return accept([...alike.filter((c) => to.kind !== "mail" || c.confirmedAt === null).map(replaced), opened]);
}

/** Somebody read the question in the mailbox and said yes: it stands in for the one before. Refused: a closed one, and one that was confirmed. */
export function confirmChannel(channel: Channel, running: readonly Channel[]): Outcome<ChannelEvent[]> {
  if (channel.closedAt) return refuse("channel.closed", {});
  if (channel.confirmedAt) return refuse("channel.confirmed", {});
  return accept([...running.filter((c) => c.kind === channel.kind && c.id !== channel.id).map(replaced), { type: "channel.confirmed", id: channel.id }]);
}

/** Send a trial message. Refused: a closed channel, and a mailbox nobody has said yes in. */
export function tryChannel(channel: Channel): Outcome<ChannelEvent> {
  if (channel.closedAt) return refuse("channel.closed", {});
  if (!channel.confirmedAt) return refuse("channel.unconfirmed", {});
  return accept({ type: "channel.tried", id: channel.id, bodyId: channel.bodyId });
}

export function closeChannel(channel: Channel, reason: ClosedFor): Outcome<ChannelEvent> {
  return channel.closedAt ? refuse("channel.closed", {}) : accept({ type: "channel.closed", id: channel.id, reason });
}

export function evolveChannel(channel: Channel | null, event: ChannelEvent, by: { at: string; communityId: string; actorId: string }): Channel {
  if (event.type === "channel.opened") {
    const { id, kind, personId, bodyId } = event;
    return {
      communityId: by.communityId,
      id,
      kind,
      personId,
      bodyId,
      openedBy: by.actorId,
      openedAt: by.at,
      confirmedAt: kind === "mail" ? null : by.at,
      closedAt: null,
      version: 1,
    };
  }
  if (!channel) throw new Error(`${event.type} before channel.opened: ${event.id}`);
  const version = channel.version + 1;
  switch (event.type) {
    case "channel.confirmed":
      return { ...channel, confirmedAt: by.at, version };
    case "channel.tried":
      return { ...channel, version };
    case "channel.closed":
      return { ...channel, closedAt: by.at, version };
  }
}

// Addresses as people give them.

const mailbox = z
  .string({ error: "mail.malformed" })
  .trim()
  .max(254, { error: "mail.malformed" })
  .regex(/^[^\s@<>(),;:"\\[\]\p{Cc}]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/iu, { error: "mail.malformed" });
const text = (most: number) => z.string({ error: "address.malformed" }).trim().max(most, { error: "address.malformed" });
export const addressInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("mail"), to: mailbox }),
  z.object({
    kind: z.literal("push"),
    endpoint: text(1000),
    p256dh: text(200).regex(/^[\w-]{80,100}={0,2}$/, { error: "address.malformed" }),
    auth: text(60).regex(/^[\w-]{20,30}={0,2}$/, { error: "address.malformed" }),
  }),
  z.object({ kind: z.literal("wecom"), url: text(500) }),
  z.object({ kind: z.literal("dingtalk"), url: text(500), secret: text(200).regex(/^[\x21-\x7e]{8,}$/, { error: "secret.malformed" }) }),
]);

const robots: Record<RobotKind, { origin: string; path: string; key: string }> = {
  wecom: { origin: "https://qyapi.weixin.qq.com", path: "/cgi-bin/webhook/send", key: "key" },
  dingtalk: { origin: "https://oapi.dingtalk.com", path: "/robot/send", key: "access_token" },
};

/**
 * The services browsers' makers run for push (W3C Push API), by the end of their names: Chrome and what is built on it, Firefox,
 * Safari, Edge. A browser whose maker runs another is told by mail.
 */
const pushServices = ["fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com"] as const;
const isPushService = (host: string): boolean => pushServices.some((service) => host === service || host.endsWith(`.${service}`));

/**
 * Refused: a robot's address anywhere but at its maker's own door, a browser's anywhere but at a known service's. Nobody makes this server knock at doors of theirs. `testOrigin` is the one exception, from the environment.
 */
export function checkAddress(address: Address, testOrigin: string | null): Outcome<Address> {
  if (address.kind === "mail") return accept(address);
  const text = address.kind === "push" ? address.endpoint : address.url;
  const field = address.kind === "push" ? "endpoint" : "url";
  if (!URL.canParse(text)) return refuse("channel.address", {}, field);
  const url = new URL(text);
  if (url.username || url.password || url.hash) return refuse("channel.address", {}, field);
  const test = testOrigin !== null && url.origin === testOrigin;
  if (address.kind === "push") {
    if (!test && (url.protocol !== "https:" || url.port !== "" || !isPushService(url.hostname))) return refuse("channel.pushAddress", {}, field);
    return accept({ ...address, endpoint: url.href });
  }
  const robot = robots[address.kind];
  const key = url.searchParams.get(robot.key) ?? "";
  if ((!test && url.origin !== robot.origin) || url.pathname !== robot.path) return refuse("channel.robotHost", { host: new URL(robot.origin).host }, field);
  if (!/^[\w-]{16,128}$/.test(key)) return refuse("channel.robotKey", { part: robot.key }, field);
  return accept({ ...address, url: `${url.origin}${robot.path}?${robot.key}=${key}` });
}
