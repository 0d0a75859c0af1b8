// Where the year's words go: a real mail server and a robot's door in this process, which outlives every kill, and the book that
// compares what came through them with who was to be told what: the log says that (ledger.ts, telling.ts), and what people chose.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { confirmWordChannel } from "../../app/commands/channel/confirm";
import { openWordChannel } from "../../app/commands/channel/open";
import type { Command } from "../../app/commands/command";
import type { Perform } from "../../app/commands/perform.server";
import { preferWords } from "../../app/commands/word/prefer";
import type { Recorded } from "../../app/data/audit.server";
import type { Db } from "../../app/data/dialect.server";
import { loadActor } from "../../app/data/organisation.server";
import type { Store } from "../../app/data/store.server";
import { type Kind, type Mode, type Preference, usual } from "../../app/domain/word";
import type { Estate } from "./estate";
import { emptyLedger, holder, localClock, localDate, matterIdOf, partsOfDays, tell } from "./ledger";
import { groupOf, hearersOf, peopleOf, pressedBy } from "./telling";

/** Something somebody was to be told by a channel, and how often they were. `personId` is empty for a group. */
export type Delivery = { communityId: string; what: string; personId: string; channel: string; wanted: number; delivered: number };

/** What was to be told, held against what was, worked out from the log. */
export type DeliveryBook = (db: Db, events: readonly Recorded[]) => Promise<Delivery[]>;

/** A message that came through a door, under the id its sender gave it. */
export type Came = { id: string; to: string; text: string; times: number };
/** What every person with a mailbox chose of mails, whose mailbox it is, and which body the robot speaks to. */
export type Chosen = { mailboxes: Record<string, { to: string; mode: Mode }>; robotOf: string };
/** All that came, and what had been chosen: enough to hold a year to it afterwards. */
export type Post = { mails: Came[]; robot: Came[]; chosen: Chosen };

export const origin = "https://yishi.example.cn";

export type PostOffice = {
  smtpUrl: string;
  robotOrigin: string;
  mails: Map<string, Came>;
  robot: Map<string, Came>;
  close(): Promise<void>;
};

/** One more of a message; under an id that came before it is the same message again. */
function take(door: Map<string, Came>, id: string, to: string, said: string): void {
  const before = door.get(id);
  door.set(id, { id, to, text: said, times: (before?.times ?? 0) + 1 });
}

/** Opens both doors. They say "later" to some: to every eleventh mail and every seventh message of the robot. */
export async function openPostOffice(): Promise<PostOffice> {
  let tries = 0;
  let knocks = 0;
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onData(stream, session, callback) {
      text(stream)
        .then((raw) => PostalMime.parse(raw))
        .then((mail) => {
          if (++tries % 11 === 0) return callback(Object.assign(new Error("later, please"), { responseCode: 451 }));
          take(office.mails, mail.messageId ?? "", session.envelope.rcptTo[0]?.address ?? "", (mail.text ?? "").replaceAll("\r\n", "\n"));
          callback();
        }, callback);
    },
  });
  // A life that is killed breaks its connection off.
  smtp.on("error", () => {});
  const web = createServer((request, response) => {
    text(request).then(
      (body) => {
        if (++knocks % 7 === 0) return response.writeHead(429).end();
        const { markdown } = JSON.parse(body) as { markdown: { content: string } };
        take(office.robot, String(request.headers["idempotency-key"]), request.url ?? "", markdown.content);
        response.end(JSON.stringify({ errcode: 0, errmsg: "ok" }));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((ready) => smtp.listen(0, "127.0.0.1", () => ready()));
  await new Promise<void>((ready) => web.listen(0, "127.0.0.1", ready));
  const office: PostOffice = {
    smtpUrl: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    robotOrigin: `http://127.0.0.1:${(web.address() as AddressInfo).port}`,
    mails: new Map(),
    robot: new Map(),
    async close() {
      web.closeAllConnections();
      await Promise.all([new Promise<void>((gone) => smtp.close(() => gone())), new Promise((gone) => web.close(gone))]);
    },
  };
  return office;
}

const every = (mode: Mode): Record<Kind, Mode> => ({ mine: mode, desk: mode, meeting: mode, task: mode, reminder: mode, own: mode });
/** What people chose before the year began, in turn: at once, a letter a day, nothing by mail. */
const choices: readonly Mode[] = ["now", "digest", "never"];

/** Every third person has a mailbox, and the council a robot. @returns what each chose of mails. */
export async function chooseChannels(store: Store, perform: Perform, estate: Estate, office: PostOffice, now: string): Promise<Chosen> {
  const council = estate.bodies.council ?? "";
  const chosen: Chosen = { mailboxes: {}, robotOf: council };
  const does = async <I extends { version?: number | undefined }, S>(personId: string, command: Command<I, S>, input: object) => {
    const actor = await loadActor(store.read, estate.communityId, personId, now);
    if (!actor) throw new Error(`Nobody is ${personId}.`);
    const done = await perform(command, actor, input);
    if (!done.ok) throw new Error(`${command.action} was refused: ${JSON.stringify(done.refusal)}`);
    return done.value.events;
  };
  for (const [n, personId] of Object.values(estate.people).entries()) {
    if (n % 3 !== 0) continue;
    const mode = choices[(n / 3) % choices.length] ?? "now";
    const to = `p${n}@example.cn`;
    const preference: Preference = { ...usual, modes: { mail: every(mode), push: every("never") } };
    await does(personId, preferWords, { preference });
    const [opened] = await does(personId, openWordChannel, { bodyId: null, address: { kind: "mail", to } });
    await does(personId, confirmWordChannel, { channelId: opened?.id });
    chosen.mailboxes[personId] = { to, mode };
  }
  await does(estate.people.chair ?? "", openWordChannel, {
    bodyId: council,
    address: { kind: "wecom", url: `${office.robotOrigin}/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa` },
    testOrigin: office.robotOrigin,
  });
  return chosen;
}

type Tally = Map<string, number>;
const count = (tally: Tally, key: string, n = 1): void => {
  tally.set(key, (tally.get(key) ?? 0) + n);
};

/** An issue's number and the local minute: how a line of a mail is known again. */
const lineOf = (number: string, at: string): string => `${number} at ${localClock(at)}`;

/** What the lines of a mail speak of, and how many more it only counts. The year stands there only when it is not the one the mail was written in. */
function linesIn(mail: Came, year: string): { lines: string[]; more: number } {
  const lines: string[] = [];
  for (const block of mail.text.split("\n\n")) {
    const [, number] = block.match(/^(\d{4}-\d{4,}) /) ?? [];
    for (const [, y, month, day, time] of block.matchAll(/^(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日 (\d\d:\d\d) {2}/gm))
      if (number && month && day) lines.push(`${number} at ${y ?? year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}T${time}`);
  }
  return { lines, more: Number(mail.text.match(/^还有(\d+)条/m)?.[1] ?? 0) };
}

/** Longer than any letter of a day is put off: whom something concerned no more within that time may rightly not get it any more. */
const underway = 3 * 86_400_000;
const robotBytes = 4096;

type Told = {
  /** By number in the log: who had to hear of it, and who may have, for things changed while it was told. */
  sure: Map<number, ReadonlySet<string>>;
  perhaps: Map<number, ReadonlySet<string>>;
  /** By number in the log: of whom it asked something that does not wait for a daily letter, when it happened and when its part of the day was over. */
  pressing: Map<number, readonly [ReadonlySet<string>, ReadonlySet<string>]>;
  /** By a mail's line: how often each person was to read it; null where that is not sure. */
  lines: Map<string, Map<string, number | null>>;
  /** By issue: how often the robot had to name it. */
  group: Tally;
  /** The number of the issue each thing belongs to. */
  numbers: Map<string, string>;
  /** Who left an office or a task when; and which issue left a level. */
  gone: { id: string; at: number }[];
};

/** Whether what was said to somebody, or of something, may have been kept back: it concerned them no more when it was to leave. */
const maybeKept = ({ gone }: Told, ids: readonly string[], at: string): boolean =>
  gone.some((one) => ids.includes(one.id) && one.at - Date.parse(at) > -60_000 && one.at - Date.parse(at) < underway);

const hourMs = 3_600_000;
/** The hour of everybody's daily letter, next after an instant. */
function nextDigest(at: string): number {
  const today = Date.parse(`${localDate(at)}T08:00:00+08:00`);
  return today > Date.parse(at) ? today : today + 24 * hourMs;
}

/** Whether whoever gets one letter a day got something when they should: at once if it presses, with the daily letter if not; null if that is not sure. */
function inTime(told: Told, seq: number, personId: string, at: string, firstAt: string): boolean | null {
  const [then, later] = told.pressing.get(seq) ?? [];
  const [pressed, still] = [then?.has(personId), later?.has(personId)];
  if (pressed === undefined || pressed !== still) return null;
  return pressed ? Date.parse(firstAt) - Date.parse(at) < hourMs : Date.parse(firstAt) >= nextDigest(at);
}

/** Who was to be told what, from the log alone. Whoever stood in it before and after a part of the day had to hear of it. */
function toldBy(events: readonly Recorded[], from: string, robotOf: string): Told {
  const ledger = emptyLedger();
  const told: Told = { sure: new Map(), perhaps: new Map(), pressing: new Map(), lines: new Map(), group: new Map(), numbers: new Map(), gone: [] };
  const left = (id: string, at: string) => told.gone.push({ id, at: Date.parse(at) });
  for (const part of partsOfDays(events)) {
    const atOnce = part.map((recorded) => {
      const { event, at } = recorded;
      const work = ledger.works.get(event.id);
      if (work && (event.type === "task.reassigned" || event.type === "task.handedOver"))
        for (const personId of peopleOf(ledger, work.lead, localDate(at))) left(personId, at);
      if (event.type === "membership.ended" || event.type === "membership.changed") left(event.personId, at);
      // An office that has a last day ends with it, and nothing happens then.
      if (event.type === "membership.begun" && event.endsOn !== null) left(event.personId, `${event.endsOn}T16:00:00Z`);
      const matter = ledger.matters.get(event.id);
      const level = matter && holder(matter);
      tell(ledger, recorded);
      if (matter && holder(matter) !== level) left(event.id, at);
      return { hearers: hearersOf(ledger, recorded), pressed: pressedBy(ledger, recorded) };
    });
    for (const [n, recorded] of part.entries()) {
      const { seq, event, at } = recorded;
      if (at < from) continue;
      const { hearers: before = new Set<string>(), pressed = new Set<string>() } = atOnce[n] ?? {};
      const after = hearersOf(ledger, recorded);
      told.pressing.set(seq, [pressed, pressedBy(ledger, recorded)]);
      const either = new Set([...before, ...after]);
      told.sure.set(seq, new Set([...either].filter((id) => before.has(id) && after.has(id))));
      told.perhaps.set(seq, new Set([...either].filter((id) => before.has(id) !== after.has(id))));
      const number = ledger.matters.get(matterIdOf(ledger, event) ?? "")?.number;
      if (number === undefined) continue;
      // A meeting whose agenda loses or gains an issue is no matter of that issue's.
      if (!event.type.startsWith("meeting.")) told.numbers.set(event.id, number);
      if (groupOf(ledger, event) === robotOf) count(told.group, number);
      const line = told.lines.get(lineOf(number, at)) ?? new Map<string, number | null>();
      told.lines.set(lineOf(number, at), line);
      for (const personId of either) {
        const known = line.get(personId) ?? (line.has(personId) ? null : 0);
        line.set(personId, known === null || !before.has(personId) || !after.has(personId) ? null : known + 1);
      }
    }
  }
  for (const [line, people] of told.lines)
    for (const personId of people.keys()) if (maybeKept(told, [personId], `${line.split(" at ")[1]}:00+08:00`)) people.set(personId, null);
  return told;
}

/**
 * The book of a year. The page of words has one word for everybody who had to hear of something, and for nobody else; their mails, by
 * what stands in them, speak of it once if they chose mails, when they chose; the robot's messages name an issue as often as something was said to the
 * group. A message that came twice under one id is one message. A day's reminders are taken as they were laid down.
 */
export const bookOf =
  ({ mails, robot, chosen }: Post, from: string): DeliveryBook =>
  async (db, events) => {
    const told = toldBy(events, from, chosen.robotOf);
    const communityId = events[0]?.communityId ?? "";
    const book: Delivery[] = [];
    const say = (what: string, personId: string, channel: string, wanted: number, delivered: number) =>
      book.push({ communityId, what, personId, channel, wanted, delivered });

    const words = await db.selectFrom("Word").selectAll().execute();
    const letters = new Map((await db.selectFrom("Letter").selectAll().execute()).map((l) => [l.id, l]));
    const inProduct: Tally = new Map();
    const heard = new Map<number, Set<string>>();
    const letterOf = ({ id }: Came): string => id.match(/^<letter-(.+)@/)?.[1] ?? "";
    const arrived = new Set([...mails.map(letterOf), ...robot.map((m) => m.id)]);
    for (const { seq, personId, channelId, letterId, cause, type, at, subjectId } of words) {
      if (channelId !== "product") {
        // Whatever was laid down for a door went through it, unless all that stood in its letter concerned nobody there any more.
        // Only a reminder asks a level whatever it has then; what came to a level stays said to it.
        const reminder = type.startsWith("reminder.");
        const kept = maybeKept(told, reminder ? [personId, subjectId] : [personId], at);
        const letter = letters.get(letterId ?? "");
        if (!kept || letter?.status !== "dropped") say(cause, personId, "door", 1, letter?.status === "sent" && arrived.has(letter.id) ? 1 : 0);
        const timely =
          seq === null || chosen.mailboxes[personId]?.mode !== "digest" || !letter?.firstAt ? null : inTime(told, seq, personId, at, letter.firstAt);
        if (timely !== null) say(`${cause} in its time`, personId, "mail", 1, timely ? 1 : 0);
        const number = reminder ? told.numbers.get(subjectId) : undefined;
        if (number === undefined) continue;
        const line = told.lines.get(lineOf(number, at)) ?? new Map<string, number | null>();
        told.lines.set(lineOf(number, at), line);
        const known = line.get(personId);
        line.set(personId, known === null || kept ? null : (known ?? 0) + 1);
      } else if (seq !== null) {
        count(inProduct, `${seq}/${personId}`);
        heard.set(seq, (heard.get(seq) ?? new Set()).add(personId));
      }
    }
    for (const [seq, sure] of told.sure)
      for (const personId of new Set([...sure, ...(heard.get(seq) ?? [])]))
        if (!told.perhaps.get(seq)?.has(personId))
          say(`event ${seq}`, personId, "product", sure.has(personId) ? 1 : 0, inProduct.get(`${seq}/${personId}`) ?? 0);

    for (const [personId, { to, mode }] of Object.entries(chosen.mailboxes)) {
      const read: Tally = new Map();
      let more = 0;
      for (const mail of mails) {
        if (mail.to !== to) continue;
        const { lines, more: unlisted } = linesIn(mail, localDate(letters.get(letterOf(mail))?.lastAt ?? `${from}T00:00:00Z`).slice(0, 4));
        for (const line of lines) count(read, line);
        more += unlisted;
      }
      for (const [line, people] of told.lines) {
        const wanted = mode === "never" ? 0 : people.get(personId);
        const delivered = read.get(line) ?? 0;
        read.delete(line);
        if (wanted === null || (wanted === undefined && delivered === 0)) continue;
        // A long letter counts its last lines without saying which.
        const counted = Math.min(more, Math.max(0, (wanted ?? 0) - delivered));
        more -= counted;
        say(line, personId, "mail", wanted ?? 0, delivered + counted);
      }
      for (const [line, n] of read) say(line, personId, "mail", 0, n);
    }

    const named: Tally = new Map();
    for (const message of robot) {
      for (const [, number] of message.text.matchAll(/^\*\*(\d{4}-\d{4,})/gm)) count(named, number ?? "");
      const bytes = Buffer.byteLength(message.text);
      if (bytes > robotBytes) say(`${bytes} bytes at once`, "", "robot", 0, 1);
    }
    for (const number of new Set([...named.keys(), ...told.group.keys()])) say(number, "", "robot", told.group.get(number) ?? 0, named.get(number) ?? 0);
    return book;
  };
