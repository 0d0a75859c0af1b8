// Gathers words into letters and puts letters on the wire. Every channel has at most one letter under way, and waits for nobody else's.
import { closeWordChannel } from "../../commands/channel/close";
import { randomId } from "../../commands/perform.server";
import { addressOf, loadChannel } from "../../data/channels.server";
import { followUpRule } from "../../data/follow-up.server";
import { dueLetters, giveWords, loadLetter, saveLetter, waitingWords, wordsIn, wordsWaitingFor } from "../../data/letters.server";
import { makeLink } from "../../data/links.server";
import { loadActor, loadBodies, loadCalendar, loadCommunity } from "../../data/organisation.server";
import { wishesOf } from "../../data/preferences.server";
import { linkSecret, vapidKeys } from "../../data/secrets.server";
import { fullName } from "../../domain/body";
import { type Address, type Channel, type ChannelKind, isRobot } from "../../domain/channel";
import { localDay } from "../../domain/clock";
import { askedUntil } from "../../domain/follow-up";
import { type Attempt, backOff, furthestWord, type Letter, leavesAt, mostTries, robotPace, tried } from "../../domain/letter";
import { clockActor } from "../../domain/permission";
import { type Act, actLasts, asks, type Kind, usual } from "../../domain/word";
import { wordsFor } from "../../i18n/t";
import { groupOf, wordItems } from "../../views/word";
import type { Job, Means } from "../clockwork.server";
import type { Step } from "./plan.server";
import { sendMail } from "./post.server";
import { sendPush } from "./push.server";
import { type RobotAddress, robotText, sendToRobot } from "./robots.server";
import { type Parcel, timeLimit } from "./send";

/** One round gathers for no more channels than these; the rest comes with the next. */
const mostGathered = 200;
/** How many letters of a kind are on the wire at once: a slow mail server holds up mails and nothing else. */
const lanes: Record<ChannelKind, number> = { mail: 4, push: 8, wecom: 4, dingtalk: 4 };
/** Words of one letter at most; what is more waits for the next. */
const mostWords = 100;

export type Delivery = Job & {
  /** Resolves when nothing is on the wire. */
  idle(): Promise<void>;
};

/** `step` is called between any two steps of a delivery: tests die there. `limit`: milliseconds the other side has to answer. */
export function makeDelivery(step: Step = () => {}, limit = timeLimit): Delivery {
  const onWire = new Set<string>();
  const carriers = new Map<ChannelKind, Set<Promise<void>>>();
  let stopped = false;

  /** A letter of the kind that may go, marked as ours. What says "sending" and is not on our wire was there when a process died. */
  async function next(means: Means, kind: ChannelKind): Promise<{ key: string; letter: Letter; channel: Channel } | null> {
    const now = means.now();
    const { read } = means.store;
    // Only robots count messages.
    const restedSince = isRobot(kind) ? later(now, -robotPace) : now;
    for (const letter of await dueLetters(read, kind, { now, furthest: later(now, furthestWord), restedSince }, onWire.size + 50)) {
      // A robot is spoken to by one carrier at a time, or two letters would each think it rested.
      const key = `${letter.communityId}/${isRobot(kind) ? letter.channelId : letter.id}`;
      const channel = onWire.has(key) ? null : await loadChannel(read, letter.communityId, letter.channelId);
      if (!channel || onWire.has(key)) continue;
      onWire.add(key);
      return { key, letter, channel };
    }
    return null;
  }

  /** Carry one letter after the other until none of the kind may go. */
  async function carry(means: Means, kind: ChannelKind): Promise<void> {
    for (let one = await next(means, kind); one && !stopped; one = await next(means, kind)) {
      try {
        await sendOne(means, one.letter, one.channel, step, limit);
      } catch (error) {
        means.logger.error({ err: error, letter: one.letter.id }, "A letter could not be sent, or its answer not be kept. It is tried again.");
        return;
      } finally {
        onWire.delete(one.key);
      }
    }
  }

  return {
    name: "word.deliver",
    /** Gather, and see that every kind has its carriers; nobody waits for them here. */
    async run(means) {
      await gather(means, step);
      for (const [kind, most] of Object.entries(lanes) as [ChannelKind, number][]) {
        const of = carriers.get(kind) ?? new Set();
        carriers.set(kind, of);
        while (of.size < most && !stopped) {
          const carrier: Promise<void> = carry(means, kind).finally(() => of.delete(carrier));
          of.add(carrier);
        }
      }
    },
    async idle() {
      for (;;) {
        const all = [...carriers.values()].flatMap((of) => [...of]);
        if (all.length === 0) return;
        await Promise.all(all);
      }
    },
    async stop() {
      stopped = true;
      await this.idle();
    },
  };
}

const later = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString();

/** Give each channel's waiting words to one letter. A channel whose words cannot be put into words does not keep the others waiting. */
async function gather(means: Means, step: Step): Promise<void> {
  const now = means.now();
  for (const { communityId, channelId } of await waitingWords(means.store.read, now, later(now, furthestWord), mostGathered)) {
    try {
      await gatherFor(means, communityId, channelId, step);
    } catch (error) {
      means.logger.error({ err: error, channel: channelId }, "Words could not be gathered for a channel. It is tried again within half a minute.");
    }
  }
}

/** One write: a kill before it has gathered nothing, a kill after it has a letter that waits. */
async function gatherFor(means: Means, communityId: string, channelId: string, step: Step): Promise<void> {
  const { store } = means;
  const now = means.now();
  const rows = await wordsWaitingFor(store.read, communityId, channelId, now, later(now, furthestWord), mostWords);
  const group = await groupOf(store.read, communityId, channelId);
  let ids = rows.map((row) => row.id);
  // A robot's message has a length: the words that stand in it whole are this letter's, the others the next one's.
  if (group) {
    const dressed = await dress(means, communityId, group.posts[0]?.bodyId ?? "");
    const items = dressed ? await wordItems(store.read, group, rows) : [];
    const left = new Set(dressed ? items.slice(robotText(items, dressed).taken).map((item) => item.id) : []);
    ids = ids.filter((id) => !left.has(id));
  }
  step("gathering");
  await store.write(async (tx) => {
    const letter: Letter = {
      communityId,
      id: randomId(),
      channelId,
      status: "planned",
      tries: 0,
      nextAt: now,
      firstAt: null,
      lastAt: null,
      fault: "",
      detail: "",
      sentAt: null,
      createdAt: now,
    };
    if ((await giveWords(tx, communityId, letter.id, ids)) > 0) await saveLetter(tx, letter);
  });
  step("gathered");
}

const originOf = ({ env }: Means): string => env.ORIGIN ?? `http://${env.HOST}:${env.PORT}`;

/** What a group's message is dressed in: its community's language, the names of community and body. */
async function dress(means: Means, communityId: string, bodyId: string) {
  const community = await loadCommunity(means.store.read, communityId);
  const body = (await loadBodies(means.store.read, communityId)).get(bodyId);
  if (!community || !body) return null;
  return { words: wordsFor(community.locale, community.timeZone, means.now()), community: community.name, body: fullName(body), origin: originOf(means) };
}

/** One letter: mark, wire, mark. A kill between the wire and the second mark is the one way a letter goes out twice, under the same id. */
async function sendOne(means: Means, planned: Letter, channel: Channel, step: Step, limit: number): Promise<void> {
  const { store } = means;
  const { communityId, id } = planned;
  const from = await byDay(means, planned, channel, means.now());
  const marked = await store.write(async (tx) => {
    const letter = await loadLetter(tx, communityId, id);
    if (!letter || (letter.status !== "planned" && letter.status !== "sending" && letter.status !== "failed")) return null;
    // It came to another mailbox while we looked.
    if (letter.channelId !== channel.id) return null;
    const now = means.now();
    if (from > now) {
      await saveLetter(tx, { ...letter, nextAt: from });
      return null;
    }
    const tries = letter.tries + 1;
    const next: Letter = { ...letter, status: "sending", tries, firstAt: letter.firstAt ?? now, lastAt: now, nextAt: later(now, backOff(id, tries)) };
    // Its answer was never kept, so often that something is wrong with the letter itself.
    const hopeless: Letter = { ...letter, status: "dead", fault: "unknown", detail: "" };
    await saveLetter(tx, letter.tries >= mostTries ? hopeless : next);
    return letter.tries >= mostTries ? null : next;
  });
  if (!marked) return;
  step("marked");
  const attempt = await transmit(means, marked, channel, limit);
  step("wired");
  await store.write((tx) => saveLetter(tx, attempt === null ? { ...marked, status: "dropped" } : tried(marked, attempt, means.now())));
  step("kept");
  if (attempt && !attempt.ok && attempt.gone) await means.perform(closeWordChannel, clockActor(communityId), { channelId: marked.channelId });
}

/**
 * When a letter may go, asked at every try: one that was laid down by day, left by a dead process or sent again by the secretary
 * waits for the end of the quiet hours like any other. What is pressing does not, nor what somebody asked of the channel itself.
 */
async function byDay({ store }: Means, letter: Letter, channel: Channel, now: string): Promise<string> {
  const community = await loadCommunity(store.read, letter.communityId);
  const rows = await wordsIn(store.read, letter.communityId, letter.id);
  if (!community || rows.some((row) => row.urgency === "pressing" || row.why === "itself")) return now;
  const hours = channel.personId === null ? usual : await wishesOf(store.read, community.id, channel.personId, now, community.timeZone);
  return leavesAt("now", hours, now, community.timeZone) ?? now;
}

/** Put it on the wire. Null: there is nobody (any more) to send it to, or nothing they may see or want to hear. */
async function transmit(means: Means, letter: Letter, channel: Channel, limit: number): Promise<Attempt | null> {
  const { store, env } = means;
  const { communityId } = letter;
  const now = means.now();
  const address = channel.closedAt === null ? await addressOf(store.read, communityId, channel.id) : null;
  const community = await loadCommunity(store.read, communityId);
  if (!address || !community) return null;
  const rows = await wordsIn(store.read, communityId, letter.id);
  const [oldest = now] = rows.map(({ at }) => at).sort();
  const calendar = await loadCalendar(store.read, community, localDay(oldest, community.timeZone));
  const secret = await linkSecret(store, now);
  const rule = await followUpRule(store.read, communityId);
  // From the first try: one that was sent again two weeks later has buttons that work. What is asked about an answer is asked for the raiser's days.
  const until = (act: Act, row: { at: string }) =>
    act === "solved" || act === "unsolved" ? askedUntil(row.at, rule, calendar) : later(letter.firstAt ?? letter.createdAt, actLasts(act));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const base = {
    letter,
    community,
    origin: originOf(means),
    limit,
    link: (item: { id: string }, act: Act) => {
      const row = byId.get(item.id);
      return row ? makeLink(secret, row, act, until(act, row)) : "";
    },
  };
  if (channel.bodyId !== null) {
    const group = await groupOf(store.read, communityId, channel.id);
    const dressed = await dress(means, communityId, channel.bodyId);
    if (!group || !dressed) return null;
    const items = await wordItems(store.read, group, rows);
    return items.length === 0 ? null : sendToRobot({ ...base, address: address as RobotAddress, items, words: dressed.words, name: dressed.body }, now);
  }
  const actor = await loadActor(store.read, communityId, channel.personId ?? "", now);
  if (!actor || channel.kind === "wecom" || channel.kind === "dingtalk") return null;
  // As they wish now: whoever stopped the letters meant those that wait as well.
  const wishes = await wishesOf(store.read, communityId, actor.personId, now, community.timeZone);
  const modes = wishes.modes[channel.kind];
  const wanted = rows.filter((row) => row.why === "itself" || modes[row.kind as Kind] !== "never");
  const items = (await wordItems(store.read, actor, wanted)).filter((item) => item.stands || !asks(item.urgency));
  if (items.length === 0) return null;
  const locale = wishes.locale ?? community.locale;
  const parcel = { ...base, items, words: wordsFor(locale, community.timeZone, now), name: actor.name };
  switch (address.kind) {
    case "mail":
      if (!env.SMTP_URL || !env.MAIL_FROM) return { ok: false, fault: "noMailServer", detail: "" };
      return sendMail({ ...parcel, address } satisfies Parcel<Address & { kind: "mail" }>, { url: env.SMTP_URL, from: env.MAIL_FROM });
    case "push": {
      const keys = await vapidKeys(store, now);
      const subject = env.ORIGIN?.startsWith("https:") ? env.ORIGIN : `mailto:${env.MAIL_FROM ?? "nobody@localhost.localdomain"}`;
      return sendPush({ ...parcel, address }, now, { ...keys, subject });
    }
    case "wecom":
    case "dingtalk":
      return null;
  }
}
