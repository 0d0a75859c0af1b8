// Follows the log by a cursor and lays down who is told what, over which channel, and when it may leave.
import { randomId } from "../../commands/perform.server";
import { type About, aboutOf } from "../../data/about.server";
import { eventsAfter, type Recorded } from "../../data/audit.server";
import { channelsOf, loadChannel } from "../../data/channels.server";
import { maySee, peopleIn } from "../../data/concerned.server";
import type { Db } from "../../data/dialect.server";
import { type Community, loadActor, loadCommunity } from "../../data/organisation.server";
import { wishesOf } from "../../data/preferences.server";
import { layWords, type WordRow } from "../../data/word.server";
import { loadCursor, moveCursor } from "../../data/word-cursors.server";
import { type Channel, inProduct, isRobot } from "../../domain/channel";
import { localDay } from "../../domain/clock";
import { leavesAt } from "../../domain/letter";
import { strongest, type Telling, type ToldType, tellingsOf, usual } from "../../domain/word";
import type { Job, Means } from "../clockwork.server";

/** More than these of the log are left for the next round. */
const batch = 100;
const mostBatches = 10;
/** What happened longer ago is on the page of words and goes nowhere else: after an import nobody gets a year of letters. */
const stillNews = 3 * 86_400_000;

export type Step = (name: string) => void;

/** A reader's passing trouble is no reason to tell nobody: what fails is tried in so many rounds before it is passed over. */
const mostRounds = 3;
export function patience(): (what: string) => boolean {
  const failed = new Map<string, number>();
  return (what) => {
    const rounds = (failed.get(what) ?? 0) + 1;
    if (rounds < mostRounds) failed.set(what, rounds);
    else failed.delete(what);
    return rounds >= mostRounds;
  };
}

/** What a word is the same in, whoever it is for. */
export type Common = Pick<WordRow, "communityId" | "cause" | "seq" | "type" | "subjectId" | "at">;
type To = { personId: string; channelId: string; dueAt: string };
const wordOf = (common: Common, telling: Telling, to: To): WordRow => ({
  ...common,
  ...to,
  id: randomId(),
  why: telling.to,
  kind: telling.kind,
  urgency: telling.urgency,
  letterId: null,
  readAt: null,
});

/** The words one person gets: one in the product, one for each channel they want this kind of thing on. */
export async function wordsFor(db: Db, community: Community, personId: string, telling: Telling, common: Common, now: string): Promise<WordRow[]> {
  const words = [wordOf(common, telling, { personId, channelId: inProduct, dueAt: common.at })];
  if (Date.parse(now) - Date.parse(common.at) > stillNews) return words;
  const wishes = await wishesOf(db, community.id, personId, now, community.timeZone);
  for (const channel of await channelsOf(db, community.id, { personId })) {
    if (channel.confirmedAt === null || isRobot(channel.kind)) continue;
    const dueAt = leavesAt(wishes.modes[channel.kind][telling.kind], wishes, now, community.timeZone, telling.urgency);
    if (dueAt !== null) words.push(wordOf(common, telling, { personId, channelId: channel.id, dueAt }));
  }
  return words;
}

/** Words for the robots of a body: at once, but not in the night. */
async function wordsForGroup(db: Db, community: Community, bodyId: string | null, telling: Telling, common: Common, now: string): Promise<WordRow[]> {
  if (bodyId === null || Date.parse(now) - Date.parse(common.at) > stillNews) return [];
  const dueAt = leavesAt("now", usual, now, community.timeZone) ?? now;
  return (await channelsOf(db, community.id, { bodyId })).map((channel) => wordOf(common, telling, { personId: "", channelId: channel.id, dueAt }));
}

/** A channel's own words leave at once: the question whose mailbox it is, and a trial. */
async function wordsForItself(db: Db, communityId: string, channelId: string, telling: Telling, common: Common, now: string): Promise<WordRow[]> {
  const channel: Channel | null = await loadChannel(db, communityId, channelId);
  if (!channel || channel.closedAt || (common.type === "channel.opened" && channel.confirmedAt !== null)) return [];
  return [wordOf(common, telling, { personId: channel.personId ?? "", channelId, dueAt: now })];
}

/** Whoever is to be told of one happening, once each, with the most urgent reason: not who did it, not who is gone, not who may not see it. */
async function wordsAfter(db: Db, recorded: Recorded, community: Community, now: string): Promise<WordRow[]> {
  const tellings = tellingsOf(recorded.event.type);
  if (tellings.length === 0) return [];
  const about: About = await aboutOf(db, recorded);
  const { communityId, event, seq, at, actorId } = recorded;
  const common: Common = { communityId, cause: `e${seq}`, seq, type: event.type as ToldType, subjectId: event.id, at };
  const today = localDay(now, community.timeZone);
  const words: WordRow[] = [];
  const reasons = new Map<string, Telling[]>();
  // A level that let its deadline pass is asked to acknowledge it: that is the one word it gets of it.
  const climbed = event.type === "issue.escalated" && event.overdue;
  for (const telling of tellings) {
    if (climbed && telling.to === "deskBefore") continue;
    if (telling.to === "group") words.push(...(await wordsForGroup(db, community, about.bodyId, telling, common, now)));
    else if (telling.to === "itself") words.push(...(await wordsForItself(db, communityId, event.id, telling, common, now)));
    else for (const personId of await peopleIn(db, telling.to, about, today)) reasons.set(personId, [...(reasons.get(personId) ?? []), telling]);
  }
  for (const [personId, why] of reasons) {
    const reason = strongest(why);
    if (!reason || personId === actorId) continue;
    const telling: Telling = about.issue?.track === "urgent" && reason.urgency === "owed" ? { ...reason, urgency: "pressing" } : reason;
    const actor = await loadActor(db, communityId, personId, now);
    if (actor && (await maySee(db, actor, about))) words.push(...(await wordsFor(db, community, personId, telling, common, now)));
  }
  return words;
}

/** Follow the log. Words and cursor are one write: a kill before it has told nothing, a kill after it has nothing left to tell. */
export const planWords = (step: Step = () => {}): Job => {
  const mayPass = patience();
  return {
    name: "word.plan",
    async run({ store, now, logger }: Means) {
      const communities = new Map<string, Community | null>();
      for (let n = 0; n < mostBatches; n++) {
        const cursor = await loadCursor(store.read, "log");
        const events = await eventsAfter(store.read, cursor.seq, batch);
        if (events.length === 0) return;
        const words: WordRow[] = [];
        let upTo = cursor.seq;
        for (const recorded of events) {
          const id = recorded.communityId;
          if (!communities.has(id)) communities.set(id, await loadCommunity(store.read, id));
          const community = communities.get(id);
          try {
            if (community) words.push(...(await wordsAfter(store.read, recorded, community, now())));
          } catch (error) {
            // One event nobody can be told of may not silence all that come after it, nor be lost because a reader was busy once.
            logger.error(
              { err: error, seq: recorded.seq },
              "Nobody could be told of an event; after three rounds it is passed over. The page of what happened still has it.",
            );
            if (!mayPass(String(recorded.seq))) break;
          }
          upTo = recorded.seq;
        }
        step("planning");
        await store.write(async (tx) => {
          if (await moveCursor(tx, "log", cursor, { ...cursor, seq: upTo })) await layWords(tx, words);
        });
        step("planned");
        if (upTo !== events.at(-1)?.seq) return;
      }
    },
  };
};
