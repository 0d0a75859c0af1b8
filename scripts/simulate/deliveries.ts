// Where the year's words go: a real mail server and a robot's door in this process, which outlives every kill, and the book
// that says who was to be told what, worked out from the log and from what was chosen before the year began.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { confirmWordChannel } from "../../app/commands/channel/confirm";
import { openWordChannel } from "../../app/commands/channel/open";
import type { Perform } from "../../app/commands/perform.server";
import { preferWords } from "../../app/commands/word/prefer";
import type { Db } from "../../app/data/dialect.server";
import { loadActor } from "../../app/data/organisation.server";
import type { Store } from "../../app/data/store.server";
import { type DomainEvent, issueOf } from "../../app/domain/event";
import { type Kind, type Mode, type Preference, tellingsOf, usual } from "../../app/domain/word";
import { messageId } from "../../app/work/word/post.server";
import type { Estate } from "./estate";

/** Somebody was to be told about an event by a channel, and how often they were. */
export type Delivery = { communityId: string; seq: number; personId: string; channel: string; wanted: number; delivered: number };

/** What a deliveries table answers: every event that concerned somebody by a channel they had chosen. */
export type DeliveryBook = (db: Db) => Promise<Delivery[]>;

export const origin = "https://yishi.example.cn";

export type PostOffice = {
  smtpUrl: string;
  robotOrigin: string;
  /** How often each mail was taken in, by its Message-ID. */
  mails: Map<string, number>;
  /** Messages the robot took. */
  robot: number;
  close(): Promise<void>;
};

/** Opens both doors. They say "later" to some: to every eleventh mail and every seventh message of the robot. */
export async function openPostOffice(): Promise<PostOffice> {
  let tries = 0;
  let knocks = 0;
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onData(stream, _session, callback) {
      text(stream).then((raw) => {
        if (++tries % 11 === 0) return callback(Object.assign(new Error("later, please"), { responseCode: 451 }));
        const id = raw.match(/^Message-ID: *(<[^>]+>)/im)?.[1] ?? "";
        office.mails.set(id, (office.mails.get(id) ?? 0) + 1);
        callback();
      }, callback);
    },
  });
  // A life that is killed breaks its connection off.
  smtp.on("error", () => {});
  const web = createServer((request, response) => {
    request.resume().on("end", () => {
      if (++knocks % 7 === 0) return response.writeHead(429).end();
      office.robot++;
      response.end(JSON.stringify({ errcode: 0, errmsg: "ok" }));
    });
  });
  await new Promise<void>((ready) => smtp.listen(0, "127.0.0.1", () => ready()));
  await new Promise<void>((ready) => web.listen(0, "127.0.0.1", ready));
  const office: PostOffice = {
    smtpUrl: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    robotOrigin: `http://127.0.0.1:${(web.address() as AddressInfo).port}`,
    mails: new Map(),
    robot: 0,
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
export async function chooseChannels(store: Store, perform: Perform, estate: Estate, office: PostOffice, now: string): Promise<Map<string, Mode>> {
  const chosen = new Map<string, Mode>();
  const does = async (personId: string, ...[command, input]: [Parameters<Perform>[0], object]) => {
    const actor = await loadActor(store.read, estate.communityId, personId, now);
    if (!actor) throw new Error(`Nobody is ${personId}.`);
    const done = await perform(command, actor, input);
    if (!done.ok) throw new Error(`${command.action} was refused: ${JSON.stringify(done.refusal)}`);
    return done.value.events;
  };
  const any = (command: unknown) => command as Parameters<Perform>[0];
  for (const [n, personId] of Object.values(estate.people).entries()) {
    if (n % 3 !== 0) continue;
    const mode = choices[(n / 3) % choices.length] ?? "now";
    const preference: Preference = { ...usual, modes: { mail: every(mode), push: every("never") } };
    await does(personId, any(preferWords), { preference });
    const [opened] = await does(personId, any(openWordChannel), { bodyId: null, address: { kind: "mail", to: `p${n}@example.cn` } });
    await does(personId, any(confirmWordChannel), { channelId: opened?.id });
    chosen.set(personId, mode);
  }
  await does(estate.people.chair ?? "", any(openWordChannel), {
    bodyId: estate.bodies.council,
    address: { kind: "wecom", url: `${office.robotOrigin}/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa` },
    testOrigin: office.robotOrigin,
  });
  return chosen;
}

/**
 * The book of a year. Of every event the table of tellings tells a raiser, their page is to have one word, and their mailbox one or
 * none as they chose; every word that was laid down for a channel is to have left by it once. A mail that came twice under one
 * Message-ID is one mail.
 */
export const bookOf =
  (office: PostOffice, chosen: ReadonlyMap<string, Mode>, from: string): DeliveryBook =>
  async (db) => {
    const channels = new Map((await db.selectFrom("Channel").selectAll().execute()).map((c) => [c.id, c]));
    const letters = new Map((await db.selectFrom("Letter").selectAll().execute()).map((l) => [l.id, l]));
    const words = await db.selectFrom("Word").selectAll().execute();
    const left = (letterId: string | null): boolean => {
      const letter = letterId === null ? undefined : letters.get(letterId);
      if (letter?.status !== "sent") return false;
      return channels.get(letter.channelId)?.kind !== "mail" || office.mails.has(messageId(letter.id, origin));
    };
    const book: Delivery[] = [];
    const told = new Map<string, number>();
    for (const word of words) {
      const kind = channels.get(word.channelId)?.kind ?? "product";
      const reached = kind === "product" || left(word.letterId);
      const key = `${word.seq}/${word.personId}/${kind}`;
      if (reached) told.set(key, (told.get(key) ?? 0) + 1);
      if (kind !== "product")
        book.push({ communityId: word.communityId, seq: word.seq ?? 0, personId: word.personId, channel: kind, wanted: 1, delivered: reached ? 1 : 0 });
    }
    const raisers = new Map<string, string>();
    const events = await db.selectFrom("AuditEvent").select(["seq", "communityId", "subjectId", "type", "actorId", "at", "data"]).orderBy("seq").execute();
    for (const { seq, communityId, subjectId, type, actorId, at, data } of events) {
      if (type === "issue.raised") raisers.set(subjectId, actorId);
      const event = { ...(JSON.parse(data) as object), type, id: subjectId } as DomainEvent;
      const issueId = issueOf(event);
      const personId = issueId === null ? undefined : raisers.get(issueId);
      if (personId === undefined || personId === actorId || at < from || !tellingsOf(event.type).some((telling) => telling.to === "raiser")) continue;
      const say = (channel: string, wanted: number) =>
        book.push({ communityId, seq, personId, channel, wanted, delivered: told.get(`${seq}/${personId}/${channel}`) ?? 0 });
      say("product", 1);
      const mode = chosen.get(personId);
      if (mode) say("mail", mode === "never" ? 0 : 1);
    }
    return book;
  };
