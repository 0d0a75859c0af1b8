// The live-document server on any http.Server: who may come in, what they may ask, and how they are shown out.
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { type CloseReason, closeCodes } from "../app/collab/close-codes";
import { hello } from "../app/collab/messages";
import type { ChangeAs, LivePast } from "../app/collab/past";
import { OtherHistory, OutOfStep } from "./document";
import { pastOf } from "./history";
import { Hub, type Product } from "./hub";
import { Allowance, type Limits, limits as usual, workOfAsking, workOfMessage } from "./limits";
import { type UpdateLog, wholeOf } from "./log";
import { Metrics } from "./metrics";
import { nobody } from "./presence";
import { parse, presenceFrame, recordsFrame } from "./protocol";
import { type Member, NotYours, type Room, TooLarge } from "./room";
import { Malformed, type StateVector } from "./update";

export type Admission =
  | {
      ok: true;
      access: "write" | "read";
      personId: string;
      session: string;
      /** The user others see at this person's cursor, whatever the client says; not given, the client's word stands. */
      shown?: Record<string, unknown>;
    }
  | { ok: false; reason: CloseReason };

export type Options = Product & {
  log: UpdateLog;
  /** The path before a room's name, without a slash at its end. */
  path: string;
  /** Who may be in a room, asked at the door and again whenever something about them changes. */
  admit(cookie: string | undefined, room: string): Promise<Admission>;
  /** Whether a handshake comes from our own pages. */
  sameOrigin(request: IncomingMessage): boolean;
  onError(error: unknown, what: string): void;
  /** Somebody was cut off for what they sent. */
  onCut?(reason: CloseReason, who: { room: string; personId: string }): void;
  /** Milliseconds after which a room with nobody in it gives its memory back. */
  idleFor?: number;
  /** Milliseconds between two looks at whether everybody is still there. */
  beat?: number;
  limits?: Partial<Limits>;
  now?(): number;
};

export type Live = {
  /** Ask again who may be here: everybody, or those `of` means. Rejects, when all were asked about, if there was no answer about somebody. */
  recheck(of?: (who: Who) => boolean): Promise<void>;
  /** Records of a room changed: give its document their blocks, and tell its pages. */
  refresh(rooms: (room: string) => boolean): Promise<void>;
  /** Resolves when everything that came for a room is on disk, or was refused. */
  settle(room: string): Promise<void>;
  /** The document of a room as it is on disk, or null when nobody ever wrote. */
  stateOf(room: string): Uint8Array | null;
  /** Calls `tell` whenever something written in a room is on disk, until what it returns is called. */
  follow(room: string, tell: () => void): () => void;
  /** A person's change made on the server, told to everybody like their typing: see `Hub.changeAs`. */
  changeAs: ChangeAs;
  /** Every moment of every room. */
  past: LivePast;
  /** Numbers for a monitor, as Prometheus text. */
  metrics(): string;
  /** Whether what is written can be saved. */
  healthy(): boolean;
  /** Save and acknowledge what came, then close every connection: they are to come back. */
  close(): Promise<void>;
};
export type Who = { room: string; personId: string; session: string };

/** Milliseconds between two looks at those who do not read. */
const lookBehind = 100;
/** Milliseconds a client that sends too fast is left unread at once: less than anybody would take for dead. */
const longestWait = 1000;
/** How many come in between two looks at the sockets. */
const together = 4;
/**
 * Much at once: how much work of one client is done before others have their turn, milliseconds of quiet after which it
 * begins anew, and milliseconds in which those who still have something are heard at a stretch.
 */
const burst = { each: 20, quiet: 1, all: 2 };
/** What a websocket server says when it goes away to come back. */
const restarting = 1012;

class Client implements Member {
  listening = false;
  givesBack = false;
  received = 0;
  told = 0;
  asked = 0;
  aside = 0;
  behind: StateVector | null = null;
  /** Since the last beat: something came from it, something was written to it. */
  heard = true;
  spoken = false;
  pinged = false;
  gone = false;
  /** Work done for it without a pause, when the last of it ended, and what it brought beyond its part. */
  done = 0;
  doneAt = 0;
  rest: { data: Buffer; binary: boolean }[] | null = null;
  /** It sends faster than it is read at, and is left unread a moment. */
  slowed = false;
  /** Its socket closed: it leaves when what it brought is taken. */
  closed = false;
  /** What it asked last, while the answers it was given before are not paid. */
  question: { vector: StateVector; timer: NodeJS.Timeout } | null = null;
  /** What waited when it was last seen to read, and when that was. */
  stuck = { bytes: 0, since: 0 };

  constructor(
    readonly ws: WebSocket,
    private readonly stream: Duplex,
    readonly room: Room,
    readonly who: Who,
    readonly cookie: string | undefined,
    readonly access: "write" | "read",
    readonly ours: boolean,
    readonly shown: Record<string, unknown> | undefined,
    private readonly most: number,
    /** Those for whom something waits to be read. */
    private readonly backed: Set<Client>,
    private readonly metrics: Metrics,
    readonly allowance: Allowance,
    readonly pace: Allowance,
    private readonly answers: Allowance,
  ) {}
  get by(): string {
    return this.who.personId;
  }
  get waiting(): number {
    return this.stream.writableLength;
  }
  answered(bytes: number, now: number): void {
    this.answers.spend(bytes, now);
  }
  /** Milliseconds until it may be answered again. */
  unpaid(now: number): number {
    this.answers.spend(0, now);
    return this.answers.owed;
  }
  write(...frames: Buffer[]): boolean {
    if (this.gone || this.ws.readyState !== this.ws.OPEN) return true;
    if (this.waiting > this.most) return false;
    if (frames.length > 1) this.stream.cork();
    for (const frame of frames) {
      this.stream.write(frame);
      this.metrics.bytesOut += frame.length;
    }
    if (frames.length > 1) this.stream.uncork();
    if (this.waiting > 0) this.backed.add(this);
    this.spoken = true;
    return true;
  }
}

/** Take the upgrades of `server` under a path; others are left to whoever else listens. */
export function attach(server: Server, options: Options): Live {
  const { log, onError, idleFor = 30_000, beat = 12_000, now = Date.now } = options;
  const limits = { ...usual, ...options.limits };
  const metrics = new Metrics();
  const clients = new Set<Client>();
  const backed = new Set<Client>();
  const allowances = new Map<string, Allowance>();
  /** Those who were asked for what their words lean on. */
  const asked = new Set<Client>();
  const followers = new Map<string, Set<() => void>>();
  /** Those whose last messages are not taken yet. */
  const bursting = new Set<Client>();
  let turn: NodeJS.Immediate | null = null;
  let rechecks = 0;
  let closing = false;
  let stopped = false;
  const hub = new Hub({
    ...options,
    idleFor,
    now,
    metrics,
    limits,
    dress,
    onWritten: (room) => {
      for (const tell of followers.get(room) ?? []) tell();
    },
    onDropped: (room, reason) => {
      for (const client of clients) if (client.room === room) cut(client, reason);
    },
  });
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: limits.message,
    perMessageDeflate: false,
    autoPong: false,
    skipUTF8Validation: true,
    clientTracking: false,
  });

  server.on("upgrade", onUpgrade);
  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const path = (request.url ?? "").split("?")[0] ?? "";
    if (!path.startsWith(`${options.path}/`)) return;
    stream.on("error", () => stream.destroy());
    if (closing) {
      stream.destroy();
      return;
    }
    if (!options.sameOrigin(request)) {
      stream.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    enter(request, stream, head, path).catch((error) => {
      onError(error, "Somebody could not be let into a live document.");
      stream.destroy();
    });
  }

  /** Those who want in come in a few at a time, and in between those inside are heard. */
  const door: { stream: Duplex; enter: () => void }[] = [];
  function knock(stream: Duplex): Promise<void> {
    return new Promise((enter) => {
      if (door.push({ stream, enter }) === 1) setImmediate(letIn);
    });
  }
  function letIn(): void {
    const rest = door.splice(0).filter(({ stream }) => !stream.destroyed);
    for (const { enter } of rest.splice(0, together)) enter();
    door.push(...rest);
    if (door.length > 0) setImmediate(letIn);
  }

  async function enter(request: IncomingMessage, stream: Duplex, head: Buffer, path: string): Promise<void> {
    await knock(stream);
    if (closing) {
      stream.destroy();
      return;
    }
    const name = decodeName(path.slice(options.path.length + 1));
    const { cookie } = request.headers;
    let admission: Admission = { ok: false, reason: "noSuchRoom" };
    let room: Room | null = null;
    // A right may end while the door or the room is still opening, when there is no socket yet to be shown out.
    for (let asked = -1; name !== null && (asked !== rechecks || room?.gone); ) {
      asked = rechecks;
      admission = await options.admit(cookie, name);
      if (admission.ok && crowded(admission.personId, name)) admission = { ok: false, reason: "tooMany" };
      room = admission.ok ? await hub.room(name) : null;
    }
    // Many may have come through the door at once.
    if (admission.ok && crowded(admission.personId, name ?? "")) admission = { ok: false, reason: "tooMany" };
    if (stream.destroyed || closing) {
      stream.destroy();
      return;
    }
    wss.handleUpgrade(request, stream, head, (ws) => {
      ws.on("error", () => ws.terminate());
      if (!admission.ok || !room) {
        const reason = admission.ok ? "noSuchRoom" : admission.reason;
        ws.close(closeCodes[reason], reason);
        return;
      }
      const ours = new URLSearchParams((request.url ?? "").split("?")[1] ?? "").get("ours") === "1";
      const who = { room: room.name, personId: admission.personId, session: admission.session };
      join(
        new Client(
          ws,
          stream,
          room,
          who,
          cookie,
          admission.access,
          ours,
          admission.shown,
          limits.waiting,
          backed,
          metrics,
          allowanceOf(who.personId),
          new Allowance(limits.pace, now()),
          new Allowance(limits.pace, now()),
        ),
      );
    });
  }

  function crowded(personId: string, name: string): boolean {
    if (limits.socketsEach === Number.POSITIVE_INFINITY) return false;
    const rooms = new Set([name]);
    let sockets = 1;
    for (const { who } of clients) {
      if (who.personId !== personId) continue;
      sockets++;
      rooms.add(who.room);
    }
    return sockets > limits.socketsEach || rooms.size > limits.roomsEach;
  }

  /** A person's work is one account, whatever number of times they come; strangers have one a connection. */
  function allowanceOf(personId: string): Allowance {
    const fresh = new Allowance(limits.work, now());
    if (personId === "") return fresh;
    const known = allowances.get(personId) ?? fresh;
    allowances.set(personId, known);
    return known;
  }

  function join(client: Client): void {
    const { ws, room } = client;
    clients.add(client);
    room.members.add(client);
    ws.on("ping", () => {
      if (!spend(client, 1)) return;
      if (client.waiting < limits.waiting) ws.pong();
    });
    ws.on("pong", () => {
      client.heard = true;
    });
    ws.on("message", (data, binary) => receive(client, data as Buffer, binary));
    ws.on("close", () => {
      client.closed = true;
      if (!client.rest) left(client);
    });
    room.wantsPresence(client);
    hub.presenceChanged(room);
  }

  function left(client: Client): void {
    const { room } = client;
    client.gone = true;
    clients.delete(client);
    if (client.question) clearTimeout(client.question.timer);
    if (room.leave(client, now())) hub.presenceChanged(room);
    if (room.members.size === 0) hub.emptied(room);
  }

  function receive(client: Client, data: Buffer, binary: boolean): void {
    if (client.gone || stopped) return;
    client.heard = true;
    metrics.bytesIn += data.length;
    slow(client, data.length);
    if (client.rest) {
      client.rest.push({ data, binary });
      return;
    }
    if (performance.now() - client.doneAt > burst.quiet) client.done = 0;
    if (client.done < burst.each) {
      takeMessage(client, data, binary);
      return;
    }
    client.rest = [{ data, binary }];
    client.ws.pause();
    bursting.add(client);
    if (turn === null) turn = setImmediate(nextTurn);
  }
  /** Those who brought much are heard in turn, for a moment; then whoever else has something to say. */
  function nextTurn(): void {
    const end = performance.now() + burst.all;
    for (const client of bursting) {
      takeRest(client, burst.each);
      if (performance.now() > end) break;
    }
    turn = bursting.size > 0 ? setImmediate(nextTurn) : null;
  }
  /** Take so much of what a client brought; who has more is last in the row. */
  function takeRest(client: Client, most = Number.POSITIVE_INFINITY): void {
    bursting.delete(client);
    client.done = 0;
    let count = 0;
    for (const { data, binary } of client.rest ?? []) {
      if (client.gone || client.done >= most) break;
      takeMessage(client, data, binary);
      count++;
    }
    const rest = client.rest?.slice(count) ?? [];
    client.rest = client.gone || rest.length === 0 ? null : rest;
    if (client.rest) bursting.add(client);
    else if (client.closed) left(client);
    else readOn(client);
  }

  function takeMessage(client: Client, data: Buffer, binary: boolean): void {
    const work = workOfMessage(data.length);
    client.done += work;
    if (!spend(client, work)) return;
    attempt(client, () => {
      if (!binary) throw new Malformed("a message of text");
      take(client, parse(data));
    });
    client.doneAt = performance.now();
  }

  /** Do what a client asked for; whatever is wrong with it ends its connection and nobody else's. */
  function attempt(client: Client, what: () => void): void {
    const { room } = client;
    try {
      what();
    } catch (error) {
      if (error instanceof OutOfStep) cut(client, "again");
      else if (error instanceof OtherHistory) cut(client, "otherHistory");
      else if (error instanceof NotYours) cut(client, "notYours");
      else if (error instanceof TooLarge) cut(client, "tooMuch");
      else if (error instanceof Malformed) cut(client, "malformed");
      else {
        // Not the client's fault, as far as anybody knows; the room goes on without this message.
        onError(error, `A message to the live document ${room.name} could not be taken.`);
        cut(client, "again");
      }
    }
    if (room.waits) hub.schedule(room);
  }

  /** Whoever sends faster than it is read waits: what is under way stays in the sockets, and presses on nobody else. */
  function slow(client: Client, bytes: number): void {
    if (client.pace.spend(bytes, now()) || client.slowed) return;
    client.slowed = true;
    client.ws.pause();
    const over = () => {
      client.slowed = false;
      readOn(client);
    };
    setTimeout(over, Math.min(longestWait, client.pace.owed)).unref();
  }
  function readOn(client: Client): void {
    if (!closing && !client.slowed && !client.rest && client.ws.isPaused) client.ws.resume();
  }

  function take(client: Client, message: ReturnType<typeof parse>): void {
    const { room } = client;
    switch (message.kind) {
      case "ask":
        if (spend(client, room.document.knows(message.vector) ? 0 : workOfAsking(room.document.bytes))) question(client, message.vector);
        break;
      case "update":
      case "answer":
        if (client.access !== "write") throw new NotYours();
        room.receive(client, message.update, message.kind === "answer", now());
        hub.schedule(room);
        if (client.aside > 0 && client.asked > 0 && !asked.has(client)) {
          metrics.resyncs++;
          asked.add(client);
        }
        if (client.aside > limits.outOfStep) throw new OutOfStep();
        break;
      case "presence":
        if (room.receivePresence(client, message.update, now())) hub.presenceChanged(room);
        break;
      case "askPresence":
        room.wantsPresence(client);
        hub.presenceChanged(room);
        break;
      case "hello":
        // It was told, or told us and heard it was saved, more than is here: this is an earlier copy of the document.
        client.givesBack = message.manner === hello.givesBack;
        if (!client.givesBack && !room.document.covers(message.vector)) cut(client, room.document.isOther(message.vector) ? "otherHistory" : "wentBack");
        break;
    }
  }

  /** Whoever asks and asks is answered at a pace, and only what it asked last. */
  function question(client: Client, vector: StateVector): void {
    const unpaid = client.unpaid(now());
    if (client.question) client.question.vector = vector;
    else if (unpaid === 0) client.room.ask(client, vector);
    else {
      const asked = () => {
        const last = client.question;
        client.question = null;
        if (last && !client.gone) attempt(client, () => client.room.ask(client, last.vector));
      };
      client.question = { vector, timer: setTimeout(asked, Math.min(limits.patience, unpaid)).unref() };
    }
  }

  function spend(client: Client, work: number): boolean {
    if (client.allowance.spend(work, now())) return true;
    cut(client, "tooFast");
    return false;
  }

  /** Show a client out: it is heard no more, and told why. */
  function cut(client: Client, reason: CloseReason): void {
    if (client.gone) return;
    client.gone = true;
    metrics.cut.set(reason, (metrics.cut.get(reason) ?? 0) + 1);
    options.onCut?.(reason, client.who);
    client.ws.close(closeCodes[reason], reason);
    // Who goes on sending, or does not read, is not waited for.
    setTimeout(() => client.ws.terminate(), client.waiting > 0 ? 1000 : 5000).unref();
  }

  async function recheckOne(client: Client): Promise<void> {
    const admission = await options.admit(client.cookie, client.room.name);
    if (!admission.ok) cut(client, admission.reason);
    else if (admission.access !== client.access) cut(client, "again");
  }

  const heart = setInterval(() => {
    hub.beat();
    for (const client of clients) {
      // Who says something needs no asking, nor who waits to be heard; who does not answer is gone.
      client.heard ||= client.rest !== null;
      if (!client.heard && client.pinged) client.ws.terminate();
      else if (!client.heard) client.ws.ping();
      client.pinged = !client.heard;
      client.heard = false;
      // y-websocket takes half a minute of silence for a dead connection.
      if (!client.spoken) client.write(presenceFrame(nobody));
      client.spoken = false;
    }
    const here = new Set([...clients].map(({ who }) => who.personId));
    for (const [personId, allowance] of allowances) if (!here.has(personId) && allowance.full(now())) allowances.delete(personId);
    // Terms end by the calendar, sessions by idleness: neither writes an event.
    live.recheck().catch((error) => onError(error, "Live documents could not check who may still be there."));
  }, beat);
  heart.unref();

  const behind = setInterval(() => {
    for (const client of backed) {
      const { waiting, stuck } = client;
      if (client.gone || (waiting === 0 && !client.behind)) {
        backed.delete(client);
        client.stuck = { bytes: 0, since: 0 };
        continue;
      }
      if (waiting < stuck.bytes || stuck.since === 0) client.stuck = { bytes: waiting, since: now() };
      else if (waiting > 0 && now() - stuck.since > limits.patience) cut(client, "tooSlow");
      else stuck.bytes = Math.max(stuck.bytes, waiting);
      if (client.behind && waiting < limits.waiting / 16) {
        client.room.catchUp(client);
        hub.schedule(client.room);
      }
    }
    for (const client of asked) {
      if (client.gone || client.asked === 0) asked.delete(client);
      else if (!client.rest && now() - client.asked > limits.patience) cut(client, "again");
    }
  }, lookBehind);
  behind.unref();

  const live: Live = {
    async recheck(of = () => true) {
      rechecks++;
      // One who cannot be asked about keeps nobody else in.
      const answers = await Promise.allSettled([...clients].filter(({ who }) => of(who)).map(recheckOne));
      const failed = answers.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
      if (failed.length > 0) throw new AggregateError(failed, "It could not be asked who may still be there.");
    },
    async refresh(of) {
      const rooms = await hub.refresh(of);
      for (const room of rooms) for (const member of room.members) if (member.ours) member.write(recordsFrame());
    },
    settle(name) {
      for (const client of bursting) if (client.room.name === name) takeRest(client);
      return hub.settle(name);
    },
    stateOf: (name) => wholeOf(log.load(name)),
    follow(room, tell) {
      const there = followers.get(room) ?? new Set();
      followers.set(room, there.add(tell));
      return () => {
        there.delete(tell);
        if (there.size === 0 && followers.get(room) === there) followers.delete(room);
      };
    },
    async changeAs(name, by, may, change) {
      try {
        return (await hub.changeAs(name, by, may, change)) ? "saved" : "notNow";
      } catch (error) {
        if (error instanceof TooLarge) return "tooMuch";
        throw error;
      }
    },
    past: pastOf(log),
    metrics: () => metrics.text({ rooms: hub.size, sockets: clients.size, logBytes: log.oldest().bytes }),
    healthy: () => !hub.failing,
    async close() {
      closing = true;
      clearInterval(heart);
      clearInterval(behind);
      server.off("upgrade", onUpgrade);
      for (const { ws } of clients) ws.pause();
      // What was read is saved and acknowledged; what was not will be sent again.
      for (const client of bursting) takeRest(client);
      await hub.close();
      stopped = true;
      await Promise.all([...clients].map(({ ws }) => closed(ws)));
      wss.close();
    },
  };
  return live;
}

/** Nobody sits under another's name: the user of a presence is who came in. */
function dress(state: string, member: Member): string {
  const { shown } = member as Client;
  return shown ? JSON.stringify({ ...(JSON.parse(state) as object), user: shown }) : state;
}

/** Close a socket when what was written to it has gone out, or after a second. */
function closed(ws: WebSocket): Promise<void> {
  if (ws.readyState === ws.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const late = setTimeout(() => ws.terminate(), 1000);
    ws.once("close", () => {
      clearTimeout(late);
      resolve();
    });
    ws.resume();
    ws.close(restarting);
  });
}

function decodeName(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
