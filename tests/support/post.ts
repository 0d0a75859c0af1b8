// Where words go in tests: a real mail server, and doors that answer as robots and browsers' services do.
import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import pino from "pino";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";
import { confirmWordChannel } from "../../app/commands/channel/confirm";
import { openWordChannel } from "../../app/commands/channel/open";
import type { Actor } from "../../app/domain/permission";
import { readEnv } from "../../app/http/env.server";
import { type Means, makeClockwork } from "../../app/work/clockwork.server";
import { makeDelivery } from "../../app/work/word/deliver.server";
import { planWords, type Step } from "../../app/work/word/plan.server";
import { remindPeople } from "../../app/work/word/remind.server";
import { done, idOf } from "./house";
import type { Bench } from "./store";

export const origin = "https://yishi.example.cn";

export type Mailed = Email & { to: string; raw: string };
export type MailServer = {
  url: string;
  mails: Mailed[];
  answer: { refuse: { code: number; text: string } | null };
  /** Resolves when the next mail has come. */
  next(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
};

/** A mail server on a port of its own; `answer.refuse` makes it say no to every mail. */
export async function mailServer(): Promise<MailServer> {
  const mails: Mailed[] = [];
  const answer: MailServer["answer"] = { refuse: null };
  const came = new EventEmitter();
  let port = 0;
  let server: SMTPServer | null = null;
  const start = () =>
    new Promise<void>((ready) => {
      const begun = new SMTPServer({
        authOptional: true,
        disabledCommands: ["STARTTLS", "AUTH"],
        logger: false,
        async onData(stream, session, callback) {
          const raw = await text(stream);
          if (answer.refuse) return callback(Object.assign(new Error(answer.refuse.text), { responseCode: answer.refuse.code }));
          const parsed = await PostalMime.parse(raw);
          mails.push({ ...parsed, to: session.envelope.rcptTo[0]?.address ?? "", raw } as unknown as Mailed);
          callback();
          came.emit("mail");
        },
      });
      begun.on("error", () => {});
      server = begun;
      begun.listen(port, "127.0.0.1", () => {
        port = (begun.server.address() as AddressInfo).port;
        ready();
      });
    });
  const stop = () => new Promise<void>((gone) => (server ? server.close(() => gone()) : gone()));
  await start();
  onTestFinished(stop);
  return { url: `smtp://127.0.0.1:${port}`, mails, answer, next: async () => void (await once(came, "mail")), stop, start };
}

export type Knock = { method: string; url: string; headers: IncomingMessage["headers"]; body: string; at: number };
export type Door = { origin: string; knocks: Knock[]; answer: (request: Knock, response: ServerResponse) => void };

/** A web server that keeps what it is sent and answers as it is told; at first as a robot that is content. */
export async function door(): Promise<Door> {
  const it: Door = { origin: "", knocks: [], answer: (_request, response) => response.end(JSON.stringify({ errcode: 0, errmsg: "ok" })) };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const knock = {
      method: request.method ?? "",
      url: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString("latin1"),
      at: Date.now(),
    };
    it.knocks.push(knock);
    it.answer(knock, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  it.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(
    () =>
      new Promise<void>((gone) => {
        server.closeAllConnections();
        server.close(() => gone());
      }),
  );
  return it;
}

/** The body of a knock as the text it was sent as. */
export const jsonOf = (knock: Knock | undefined): { msgtype?: string; markdown?: { content?: string; title?: string; text?: string } } =>
  JSON.parse(Buffer.from(knock?.body ?? "{}", "latin1").toString("utf8")) as never;

export type PostOffice = { means: Means /** One round of everything, waited for to the last answer. */; round(): Promise<void> };

/** `limit`: milliseconds the other side has to answer, where a test waits for one that does not. */
export function postOffice(on: Bench, to: { smtp?: string; doors?: string; limit?: number }, step: Step = () => {}): PostOffice {
  const env = readEnv({
    ORIGIN: origin,
    DATA_DIR: on.dir,
    NODE_ENV: "test",
    SMTP_URL: to.smtp,
    MAIL_FROM: to.smtp ? "议事 <yishi@example.cn>" : undefined,
    WORD_TEST_ORIGIN: to.doors,
  });
  const means: Means = { env, store: on.store, perform: on.perform, now: () => on.clock.now, logger: pino({ level: "error" }) };
  const delivery = makeDelivery(step, to.limit);
  const clockwork = makeClockwork(means, [planWords(step), remindPeople(step), delivery]);
  return {
    means,
    async round() {
      await clockwork.tick();
      await delivery.idle();
    },
  };
}

/** A person's mailbox, confirmed. @returns the channel */
export async function mailbox({ perform }: Pick<Bench, "perform">, actor: Actor, to: string): Promise<string> {
  const channelId = idOf(await done(perform, openWordChannel, actor, { bodyId: null, address: { kind: "mail", to } }), "channel.opened");
  await done(perform, confirmWordChannel, actor, { channelId });
  return channelId;
}

/** A body's robot behind a door of ours. */
export async function robot({ perform }: Pick<Bench, "perform">, actor: Actor, bodyId: string, kind: "wecom" | "dingtalk", at: string): Promise<string> {
  const address =
    kind === "wecom"
      ? { kind, url: `${at}/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa` }
      : { kind, url: `${at}/robot/send?access_token=0123456789abcdef0123456789abcdef`, secret: "SECc0ffee00c0ffee00" };
  return idOf(await done(perform, openWordChannel, actor, { bodyId, address, testOrigin: at }), "channel.opened");
}

/** The clock goes on by so many minutes. */
export const pass = (on: Bench, minutes: number): void => {
  on.clock.now = new Date(Date.parse(on.clock.now) + minutes * 60_000).toISOString();
};
