// The live-document server on any http.Server: sockets in, rooms, one commit a turn.
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import * as Y from "yjs";
import { type CloseReason, closeCodes } from "../app/collab/close-codes";
import { messageRecords, messageSaved } from "../app/collab/messages";
import { socketPath } from "../app/collab/room";
import type { UpdateLog } from "./log";
import { askFrame, bareFrame, countFrame, parse } from "./protocol";
import { type Member, OutOfStep, Room } from "./room";

export type Admission = { ok: true; access: "write" | "read"; personId: string; session: string } | { ok: false; reason: CloseReason };

export type Options = {
  log: UpdateLog;
  /** Who may be in a room, asked at the door and again whenever something about them changes. */
  admit(cookie: string | undefined, room: string): Promise<Admission>;
  /** Makes a document what the records say, when it is opened and whenever they change. */
  prepare(room: string): Promise<(doc: Y.Doc) => void>;
  /** Whether a handshake comes from our own pages. */
  sameOrigin(request: IncomingMessage): boolean;
  onError(error: unknown, what: string): void;
  /** Milliseconds after which a room with nobody in it gives its memory back. */
  idleFor?: number;
};

export type Live = {
  /** Ask again who may be here: everybody, or those `of` means. */
  recheck(of?: (who: { room: string; personId: string; session: string }) => boolean): Promise<void>;
  /** Records of a room changed: give its document their blocks, and tell its pages. */
  refresh(rooms: (room: string) => boolean): Promise<void>;
  /** The document of a room as it is on disk, or null when nobody ever wrote. */
  stateOf(room: string): Uint8Array | null;
  close(): Promise<void>;
};

type Socket = Member & { ws: WebSocket; room: string; cookie: string | undefined; personId: string; session: string; alive: boolean };

const maxFrame = 2 * 1024 * 1024;
const maxBehind = 8 * 1024 * 1024;
const beat = 30_000;

/** Take the upgrades under /collab/ of `server`; other upgrades are left to whoever else listens. */
export function attach(server: Server, options: Options): Live {
  const { log, onError, idleFor = 30_000 } = options;
  const rooms = new Map<string, Promise<Room>>();
  const sockets = new Set<Socket>();
  const dirty = new Set<Room>();
  let scheduled = false;
  let rechecks = 0;
  let closed = false;
  const wss = new WebSocketServer({ noServer: true, maxPayload: maxFrame, perMessageDeflate: false });

  const schedule = (room: Room) => {
    dirty.add(room);
    if (scheduled) return;
    scheduled = true;
    setImmediate(commit);
  };

  /** One commit for everything this turn brought, in whatever rooms; only then is anything told to anybody. */
  function commit(): void {
    scheduled = false;
    if (closed) return;
    const group = [...dirty];
    dirty.clear();
    const entries = group.flatMap((room) => room.entries());
    try {
      if (entries.length > 0) log.append(entries);
    } catch (error) {
      onError(error, "Live documents could not be saved. Nobody was told they were; check the disk of DATA_DIR.");
      // What is in memory is more than what is on disk: the rooms are dropped, and the people come back with what they have.
      for (const room of group) drop(room, "cannotSave");
      return;
    }
    for (const room of group) room.committed();
    for (const room of group) if (room.long) shorten(room);
  }

  /** Nothing hangs on it: a log that stays long only opens more slowly. */
  function shorten(room: Room): void {
    try {
      room.compact();
    } catch (error) {
      onError(error, "The log of a live document could not be shortened. Nothing is lost; check the disk of DATA_DIR.");
    }
  }

  function drop(room: Room, reason: CloseReason): void {
    rooms.delete(room.name);
    for (const socket of sockets) if (socket.room === room.name) socket.ws.close(closeCodes[reason]);
    room.destroy();
  }

  function roomNamed(name: string): Promise<Room> {
    let room = rooms.get(name);
    if (!room) {
      room = open(name);
      rooms.set(name, room);
      room.catch(() => rooms.delete(name));
    }
    return room;
  }
  async function open(name: string): Promise<Room> {
    const room = new Room(name, log, schedule);
    try {
      await prepare(room);
    } catch (error) {
      room.destroy();
      throw error;
    }
    // Whether anybody comes in or not: a room left empty is given back.
    giveBackLater(room);
    return room;
  }
  async function prepare(room: Room): Promise<void> {
    const apply = await options.prepare(room.name);
    room.change(apply);
  }

  server.on("upgrade", onUpgrade);
  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const path = (request.url ?? "").split("?")[0] ?? "";
    if (!path.startsWith(`${socketPath}/`)) return;
    stream.on("error", () => stream.destroy());
    if (!options.sameOrigin(request)) {
      stream.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    enter(request, stream, head, path).catch((error) => {
      onError(error, "Somebody could not be let into a live document.");
      stream.destroy();
    });
  }

  async function enter(request: IncomingMessage, stream: Duplex, head: Buffer, path: string): Promise<void> {
    const name = decodeName(path.slice(socketPath.length + 1));
    const { cookie } = request.headers;
    let admission: Admission = { ok: false, reason: "noSuchRoom" };
    let room: Room | null = null;
    // A right may end while the door or the room is still opening, when there is no socket yet to be shown out.
    for (let asked = -1; name !== null && asked !== rechecks; ) {
      asked = rechecks;
      admission = await options.admit(cookie, name);
      room = admission.ok ? await roomNamed(name) : null;
    }
    if (stream.destroyed) return;
    wss.handleUpgrade(request, stream, head, (ws) => {
      ws.on("error", () => ws.terminate());
      if (!admission.ok || !room) {
        ws.close(closeCodes[admission.ok ? "noSuchRoom" : admission.reason]);
        return;
      }
      const asksOurs = new URLSearchParams((request.url ?? "").split("?")[1] ?? "").get("ours") === "1";
      join(ws, room, { ...admission, cookie, asksOurs });
    });
  }

  function join(
    ws: WebSocket,
    room: Room,
    who: { access: "write" | "read"; personId: string; session: string; cookie: string | undefined; asksOurs: boolean },
  ): void {
    const send = (frame: Uint8Array) => {
      if (ws.readyState !== ws.OPEN) return;
      // Whoever does not read is cut off; y-websocket comes back and gets the state in one piece.
      if (ws.bufferedAmount > maxBehind) ws.close(closeCodes.tooSlow);
      else ws.send(frame);
    };
    const socket: Socket = {
      access: who.access,
      personId: who.personId,
      session: who.session,
      cookie: who.cookie,
      ws,
      room: room.name,
      received: 0,
      told: 0,
      presences: new Set(),
      alive: true,
      send,
      saved: (count) => {
        if (who.asksOurs) send(countFrame(messageSaved, count));
      },
    };
    sockets.add(socket);
    room.members.add(socket);
    ws.on("pong", () => {
      socket.alive = true;
    });
    ws.on("message", (data, binary) => receive(socket, room, data, binary));
    ws.on("close", () => {
      sockets.delete(socket);
      room.leave(socket);
      giveBackLater(room);
    });
    // Writers are asked for what they have; readers have nothing to give.
    if (socket.access === "write") send(askFrame(room.stateVector()));
    const present = room.presences();
    if (present) send(present);
  }

  function receive(socket: Socket, room: Room, data: unknown, binary: boolean): void {
    if (socket.ws.readyState !== socket.ws.OPEN) return;
    try {
      if (!binary || !(data instanceof Buffer)) throw new Error("not a binary frame");
      const message = parse(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      if (message.kind === "ask") room.ask(socket, message.stateVector);
      else if (message.kind === "presence") room.receivePresence(socket, message.update);
      else if (message.kind === "askPresence") {
        const present = room.presences();
        if (present) socket.send(present);
      } else if (socket.access === "write") room.receive(socket, message.update);
      else socket.ws.close(closeCodes.notYours);
    } catch (error) {
      // An honest client is out of step when it writes in the moment of coming back: it comes again, with everything.
      // Any other frame is one nobody's client sends. Either way the room goes on untouched.
      socket.ws.close(error instanceof OutOfStep ? closeCodes.again : closeCodes.malformed);
    }
  }

  function giveBackLater(room: Room): void {
    if (room.members.size === 0) setTimeout(() => retire(room), idleFor).unref();
  }

  /** An idle room gives its memory back. */
  function retire(room: Room): void {
    if (closed || !room.idle) return;
    shorten(room);
    rooms.delete(room.name);
    room.destroy();
  }

  async function recheckOne(socket: Socket): Promise<void> {
    const admission = await options.admit(socket.cookie, socket.room);
    if (!admission.ok) socket.ws.close(closeCodes[admission.reason]);
    else if (admission.access !== socket.access) socket.ws.close(closeCodes.again);
  }

  const heart = setInterval(() => {
    for (const socket of sockets) {
      if (!socket.alive) socket.ws.terminate();
      socket.alive = false;
      socket.ws.ping();
    }
    // Terms end by the calendar, sessions by idleness: neither writes an event.
    live.recheck().catch((error) => onError(error, "Live documents could not check who may still be there."));
  }, beat);
  heart.unref();

  const live: Live = {
    async recheck(of = () => true) {
      rechecks++;
      await Promise.all([...sockets].filter(of).map(recheckOne));
    },
    async refresh(of) {
      const again = async (opening: Promise<Room>) => {
        const room = await opening;
        await prepare(room);
        for (const socket of sockets) if (socket.room === room.name) socket.send(bareFrame(messageRecords));
      };
      await Promise.all([...rooms].filter(([name]) => of(name)).map(([, opening]) => again(opening)));
    },
    stateOf(name) {
      const { snapshot, tail } = log.load(name);
      const parts = snapshot ? [snapshot, ...tail] : tail;
      return parts.length === 0 ? null : Y.mergeUpdates(parts);
    },
    async close() {
      clearInterval(heart);
      server.off("upgrade", onUpgrade);
      for (const socket of sockets) socket.ws.terminate();
      commit();
      closed = true;
      wss.close();
      log.close();
    },
  };
  return live;
}

function decodeName(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
