// How one is told, a body's robots, and letters that were given up.
import { closeWordChannel } from "../../../app/commands/channel/close";
import { confirmWordChannel } from "../../../app/commands/channel/confirm";
import { openWordChannel } from "../../../app/commands/channel/open";
import { saveLetter } from "../../../app/data/letters.server";
import type { Letter } from "../../../app/domain/letter";
import type { Action } from "../../../app/domain/permission";
import { usual } from "../../../app/domain/word";
import { done, idOf } from "../house";
import type { Area, Case, Where } from "./stage";

/** Channels that run, wait for a yes and are stopped; letters that were given up and delivered. */
export const word: Area = async ({ on, at, who }, attempt) => {
  const chair = who.by("chair@council");
  const mail = { kind: "mail", to: "chair@example.cn" };
  const wecom = { kind: "wecom", url: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa" };
  const open = async (bodyId: string | null, address: object) => idOf(await done(on.perform, openWordChannel, chair, { bodyId, address }), "channel.opened");
  const stopped = await open(at.bodies.council, wecom);
  await done(on.perform, closeWordChannel, chair, { channelId: stopped });
  const mine = await open(null, { kind: "mail", to: "mine@example.cn" });
  await done(on.perform, confirmWordChannel, chair, { channelId: mine });
  const [robot, box] = [await open(at.bodies.council, wecom), await open(null, mail)];
  const letter = (id: string, status: "dead" | "sent"): Letter => ({
    communityId: at.communityId,
    id,
    channelId: robot,
    status,
    tries: 1,
    nextAt: on.clock.now,
    firstAt: on.clock.now,
    lastAt: on.clock.now,
    fault: "",
    detail: "",
    sentAt: null,
    createdAt: on.clock.now,
  });
  await on.store.write(async (tx) => {
    await saveLetter(tx, letter("dead1", "dead"));
    await saveLetter(tx, letter("sent1", "sent"));
  });
  const group: Where = { bodies: { body: [at.bodies.council], community: [at.bodies.community] }, people: {} };
  const own: Where = { bodies: {}, people: { self: [chair.personId] } };
  const atHome: Where = { bodies: { community: [at.bodies.community] }, people: {} };
  const one = (state: string, action: Action, input: object, where: Where, allowed: boolean): Case => ({
    state,
    action,
    input,
    where,
    allowed,
    communityId: at.communityId,
  });
  const cases: Case[] = [
    one("a robot", "channel.open", { bodyId: at.bodies.council, address: wecom }, group, true),
    one("a robot anywhere else", "channel.open", { bodyId: at.bodies.council, address: { ...wecom, url: "https://example.cn/" } }, group, false),
    one("a robot that runs", "channel.try", { channelId: robot }, group, true),
    one("a robot that was stopped", "channel.try", { channelId: stopped }, group, false),
    one("a robot that runs", "channel.close", { channelId: robot }, group, true),
    one("a robot that was stopped", "channel.close", { channelId: stopped }, group, false),
    one("a mailbox that was confirmed", "channel.try", { channelId: mine }, own, true),
    one("a mailbox nobody said yes in", "channel.try", { channelId: box }, own, false),
    one("a mailbox", "channel.confirm", { channelId: box }, own, true),
    one("a mailbox", "channel.close", { channelId: box }, own, true),
    ...(["letter.resend", "letter.drop"] as const).flatMap((action) => [
      one("given up", action, { letterId: "dead1" }, atHome, true),
      one("delivered", action, { letterId: "sent1" }, atHome, false),
    ]),
  ];
  await attempt(cases);
  // What is only one's own has nothing of anybody else's in it.
  for (const actor of who.actors) {
    const mine = { where: { bodies: {}, people: { self: [actor.personId] } }, allowed: true, communityId: actor.communityId, state: "one's own" };
    await attempt(
      [
        { ...mine, action: "word.prefer", input: { preference: usual } },
        { ...mine, action: "word.markRead", input: { until: on.clock.now } },
        { ...mine, action: "channel.open", input: { bodyId: null, address: mail } },
      ],
      [actor],
    );
  }
};
